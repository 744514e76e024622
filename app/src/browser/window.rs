//! The window and its document.

use leptos::ev::EventDescriptor;
use leptos::prelude::{on_cleanup, window_event_listener};
use wasm_bindgen::JsCast;
use web_sys::{Document, Window};

use crate::text::Language;

/// The window; `None` on the server.
pub fn window() -> Option<Window> {
    // The bindings of JavaScript panic outside of a browser.
    cfg!(target_arch = "wasm32").then(web_sys::window).flatten()
}

/// The document; `None` on the server.
pub fn document() -> Option<Document> {
    window()?.document()
}

/// The language of the document, which is the page's. It is available without a context value.
pub fn document_language() -> Language {
    let root = document().and_then(|document| document.document_element());
    root.and_then(|root| Language::of_tag(&root.get_attribute("lang")?)).unwrap_or_default()
}

/// Whether a media query matches; false on the server.
pub fn matches_media(query: &str) -> bool {
    window().and_then(|window| window.match_media(query).ok()?).is_some_and(|media| media.matches())
}

/// Listens on the whole window until the current owner is disposed. Does nothing on the server.
pub fn on_window<E>(event: E, handler: impl Fn(E::EventType) + 'static)
where
    E: EventDescriptor + 'static,
    E::EventType: JsCast,
{
    if window().is_some() {
        let listener = window_event_listener(event, handler);
        on_cleanup(move || listener.remove());
    }
}
