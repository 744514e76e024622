//! What the server finds in namespaces that the page does not hold.

use leptos::prelude::*;
#[cfg(feature = "browser")]
use topology::socket::Selection;
#[cfg(feature = "browser")]
use topology::wire::SearchHit;

use super::search::Hit;
use crate::live::Live;

/// What the server finds for what is typed, a moment after it was typed; nothing, where the page holds all namespaces.
pub(super) fn found(live: Live, typed: RwSignal<String>) -> RwSignal<Vec<Hit>> {
    let found = RwSignal::new(Vec::new());
    #[cfg(feature = "browser")]
    {
        use crate::browser::{Fetch, Timeout, fetch};
        use crate::conn::SearchCall;

        /// How long a reader may pause between two letters, in milliseconds.
        const PAUSE_MS: i32 = 200;
        let query = crate::url::query();
        let fetching = StoredValue::new_local(None::<Fetch>);
        Effect::new(move |_: Option<Option<Timeout>>| {
            let text = typed.get();
            fetching.set_value(None);
            found.set(Vec::new());
            let query = query.get_untracked();
            if text.trim().is_empty() || query.held().is_none() {
                return None;
            }
            Some(Timeout::new(PAUSE_MS, move || {
                let call = SearchCall { context: query.context.as_deref(), text: text.trim() };
                let asked = fetch(&call, move |answer| {
                    let hits = answer.unwrap_or_default().into_iter();
                    found.set(hits.filter_map(|hit| of_other_namespace(hit, live)).collect());
                });
                fetching.set_value(Some(asked));
            }))
        });
    }
    #[cfg(not(feature = "browser"))]
    let _ = (live, typed);
    found
}

/// A hit of the server's; those in namespaces that are held are found by the page itself.
#[cfg(feature = "browser")]
fn of_other_namespace(hit: SearchHit, live: Live) -> Option<Hit> {
    let SearchHit { select, label, detail, namespace, .. } = hit;
    let namespace = namespace.filter(|name| live.model.with_value(|model| !model.holds(name)))?;
    Some(Hit { selection: Selection::parse(&select)?, label, detail, opens: Some(namespace) })
}
