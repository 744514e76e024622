//! The server's search hits in namespaces that the page does not hold.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use topology::graph::socket::Selection;
use topology::wire::SearchHit;

use super::hit::Hit;
use crate::browser::{Fetch, Timeout, fetch};
use crate::conn::SearchCall;
use crate::live::Live;
use crate::url;

/// Delay between the last typed letter and the request, in ms.
const TYPING_DELAY_MS: i32 = 200;

/// A running search; dropping it ends the search.
struct Search {
    _wait: Timeout,
    _fetch: Rc<RefCell<Option<Fetch>>>,
}

/// The server's hits for the typed text, requested after a short delay; empty where the page holds all namespaces.
pub(super) fn follow(live: Live, typed: RwSignal<String>) -> RwSignal<Vec<Hit>> {
    let hits_of_server = RwSignal::new(Vec::new());
    let query = url::query();
    // The next letter drops the search before: its wait and its fetch end.
    Effect::new(move |_: Option<Option<Search>>| {
        let text = typed.get();
        hits_of_server.set(Vec::new());
        let query = query.get_untracked();
        if text.trim().is_empty() || query.held().is_none() {
            return None;
        }
        let fetching = Rc::new(RefCell::new(None));
        let fetch_of_search = Rc::clone(&fetching);
        let wait = Timeout::new(TYPING_DELAY_MS, move || {
            let call = SearchCall { context: query.context.as_deref(), text: text.trim() };
            let request = fetch(&call, move |answer| {
                let hits = answer.unwrap_or_default().into_iter();
                hits_of_server.set(hits.filter_map(|hit| of_other_namespace(hit, live)).collect());
            });
            fetch_of_search.replace(Some(request));
        });
        Some(Search { _wait: wait, _fetch: fetching })
    });
    hits_of_server
}

/// A hit of the server in a namespace that the page does not hold. The page finds the others itself.
fn of_other_namespace(hit: SearchHit, live: Live) -> Option<Hit> {
    let SearchHit { select, label, detail, namespace, .. } = hit;
    let namespace = namespace.filter(|name| live.model.with_value(|model| !model.holds(name)))?;
    Some(Hit { selection: Selection::parse(&select)?, label, detail, opens: Some(namespace) })
}
