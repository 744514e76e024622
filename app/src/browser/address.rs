//! The page's address, and the browser's history of it.

use wasm_bindgen::JsValue;

use super::window::window;

/// The whole address.
pub fn whole_address() -> String {
    window().and_then(|window| window.location().href().ok()).unwrap_or_default()
}

/// The query of the address, without `?`.
pub fn address_query() -> String {
    let search = window().and_then(|window| window.location().search().ok()).unwrap_or_default();
    search.trim_start_matches('?').to_owned()
}

/// Changes the query of the address. With `step`, Back undoes the change.
pub fn change_query(query: &str, step: bool) {
    let parts = window().and_then(|window| Some((window.history().ok()?, window.location().pathname().ok()?)));
    let Some((history, path)) = parts else { return };
    let address = if query.is_empty() { path } else { format!("{path}?{query}") };
    let (state, title) = (JsValue::NULL, "");
    // Fails only for a page that changes its address hundreds of times a second.
    let _changed = if step {
        history.push_state_with_url(&state, title, Some(&address))
    } else {
        history.replace_state_with_url(&state, title, Some(&address))
    };
}
