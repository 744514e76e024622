//! What the server finds in namespaces that the page does not hold.

use leptos::prelude::*;

use super::search::Hit;
use crate::live::Live;

/// What the server finds for what is typed, a moment after it was typed; nothing, where the page holds all namespaces.
pub(super) fn found(live: Live, typed: RwSignal<String>) -> RwSignal<Vec<Hit>> {
    let found = RwSignal::new(Vec::new());
    #[cfg(feature = "browser")]
    {
        use crate::conn::{Fetch, Timeout, search_url};

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
            let url = search_url(query.context.as_deref(), text.trim());
            Some(Timeout::new(PAUSE_MS, move || {
                let fetch = Fetch::json(&url, move |answer| {
                    let hits = answer.as_ref().ok().map(|answer| read(answer, live)).unwrap_or_default();
                    found.set(hits);
                });
                fetching.set_value(Some(fetch));
            }))
        });
    }
    #[cfg(not(feature = "browser"))]
    let _ = (live, typed);
    found
}

/// The hits of an answer; those in namespaces that are held are found by the page itself.
#[cfg(feature = "browser")]
fn read(answer: &wasm_bindgen::JsValue, live: Live) -> Vec<Hit> {
    use js_sys::{Array, Reflect};
    use topology::socket::Selection;
    use wasm_bindgen::{JsCast, JsValue};

    let Some(list) = answer.dyn_ref::<Array>() else { return Vec::new() };
    let string = |hit: &JsValue, key: &str| Reflect::get(hit, &JsValue::from_str(key)).ok()?.as_string();
    let hit = |hit: JsValue| {
        let namespace = string(&hit, "namespace").filter(|name| live.model.with_value(|model| !model.holds(name)))?;
        let selection = Selection::parse(&string(&hit, "select")?)?;
        Some(Hit { selection, label: string(&hit, "label")?, detail: string(&hit, "detail")?, opens: Some(namespace) })
    };
    list.iter().filter_map(hit).collect()
}
