//! What the server finds in namespaces that the page does not hold.

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

/// How long a reader may pause between two letters, in ms.
const PAUSE_MS: i32 = 200;

/// A search that is under way; dropping it ends it.
struct Search {
    _wait: Timeout,
    _fetch: Rc<RefCell<Option<Fetch>>>,
}

/// What the server finds for what is typed, a moment after it was typed; nothing, where the page holds all namespaces.
pub(super) fn found(live: Live, typed: RwSignal<String>) -> RwSignal<Vec<Hit>> {
    let found = RwSignal::new(Vec::new());
    let query = url::query();
    // With the next letter the wait ends, and so does the search that is under way.
    Effect::new(move |_: Option<Option<Search>>| {
        let text = typed.get();
        found.set(Vec::new());
        let query = query.get_untracked();
        if text.trim().is_empty() || query.held().is_none() {
            return None;
        }
        let fetching = Rc::new(RefCell::new(None));
        let fetch_of_search = Rc::clone(&fetching);
        let wait = Timeout::new(PAUSE_MS, move || {
            let call = SearchCall { context: query.context.as_deref(), text: text.trim() };
            let asked = fetch(&call, move |answer| {
                let hits = answer.unwrap_or_default().into_iter();
                found.set(hits.filter_map(|hit| of_other_namespace(hit, live)).collect());
            });
            fetch_of_search.replace(Some(asked));
        });
        Some(Search { _wait: wait, _fetch: fetching })
    });
    found
}

/// A hit of the server's; those in namespaces that are held are found by the page itself.
fn of_other_namespace(hit: SearchHit, live: Live) -> Option<Hit> {
    let SearchHit { select, label, detail, namespace, .. } = hit;
    let namespace = namespace.filter(|name| live.model.with_value(|model| !model.holds(name)))?;
    Some(Hit { selection: Selection::parse(&select)?, label, detail, opens: Some(namespace) })
}
