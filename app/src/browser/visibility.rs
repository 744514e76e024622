//! Whether the tab is visible.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventTarget, VisibilityState};

use super::window::{document, window};

/// Watches whether the tab is shown, until it is dropped.
pub struct Visibility {
    listening: Vec<(EventTarget, &'static str)>,
    on_event: Closure<dyn Fn(Event)>,
}

impl Visibility {
    /// Reports when the tab is shown or hidden, and when the page is left or restored: the browser may keep a left page in its
    /// back/forward cache, but not one with an open stream. The same state may be reported twice.
    pub fn watch(report: impl Fn(bool) + 'static) -> Self {
        let on_event = Closure::<dyn Fn(Event)>::new(move |event: Event| {
            report(event.type_() != "pagehide" && shown());
        });
        let mut listening = Vec::new();
        if let Some(window) = window() {
            listening.extend(window.document().map(|document| (EventTarget::from(document), "visibilitychange")));
            listening.push((EventTarget::from(window.clone()), "pagehide"));
            listening.push((EventTarget::from(window), "pageshow"));
        }
        for (target, event) in &listening {
            // Adding and removing a listener cannot fail for a function.
            let _added = target.add_event_listener_with_callback(event, on_event.as_ref().unchecked_ref());
        }
        Self { listening, on_event }
    }

    /// Whether it is shown now.
    pub fn shown(&self) -> bool {
        shown()
    }
}

impl Drop for Visibility {
    fn drop(&mut self) {
        for (target, event) in &self.listening {
            let _removed = target.remove_event_listener_with_callback(event, self.on_event.as_ref().unchecked_ref());
        }
    }
}

fn shown() -> bool {
    document().is_some_and(|document| document.visibility_state() == VisibilityState::Visible)
}
