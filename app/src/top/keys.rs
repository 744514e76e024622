//! Keys of the frame: what they do does not depend on where the picture stands. Those of the picture are in `canvas::gesture`.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::url::{self, PageUrl, View};

/// Listens on the whole page.
pub(super) fn listen(here: PageUrl, help: RwSignal<bool>, paused: RwSignal<bool>) {
    let keys = window_event_listener(leptos::ev::keydown, move |event| match plain(&event).as_str() {
        "?" => help.set(true),
        "p" => paused.update(|paused| *paused = !*paused),
        "g" => url::show(here, View::Graph),
        "t" => url::show(here, View::Table),
        _ => {}
    });
    on_cleanup(move || keys.remove());
}

/// The key, unless it is typed into a field or is part of a shortcut of the browser's.
fn plain(event: &KeyboardEvent) -> String {
    let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let types = |element: Element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT");
    let elsewhere =
        event.ctrl_key() || event.meta_key() || event.alt_key() || event.repeat() || element.is_some_and(types);
    if elsewhere { String::new() } else { event.key() }
}
