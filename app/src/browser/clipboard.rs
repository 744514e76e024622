//! The clipboard.

use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::console;

use super::window::window;

/// Copies a text into the clipboard. Returns whether there is a clipboard: browsers have one on HTTPS and on localhost only.
pub fn copy(text: &str) -> bool {
    let Some(window) = window() else { return false };
    let navigator = window.navigator();
    let there = js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|clipboard| !clipboard.is_undefined());
    if there {
        let written = JsFuture::from(navigator.clipboard().write_text(text));
        spawn_local(async move {
            if let Err(error) = written.await {
                console::warn_1(&error);
            }
        });
    }
    there
}
