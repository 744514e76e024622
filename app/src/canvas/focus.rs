//! Keeps the keyboard focus on its socket. A card that changes becomes a new element, and the focus is lost with the old one.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, FocusOptions, SvgElement};

use crate::live::Live;

/// The attributes that identify a socket (design §5).
const NAMED_BY: [&str; 3] = ["data-socket", "data-address", "data-object"];

/// Restores the focus of a socket that became a new element while it had the focus.
pub(super) fn keep(live: Live, scroller: NodeRef<html::Main>) {
    Effect::new(move |_| follow(live, scroller));
}

fn follow(live: Live, scroller: NodeRef<html::Main>) {
    let focused = StoredValue::new_local(None::<Element>);
    // A listener is removed when its handle is dropped, so the effect keeps the handles.
    Effect::new(move |_| {
        let element = scroller.get()?;
        let came = element.on(ev::focusin, move |event: ev::FocusEvent| {
            focused.set_value(target(&event).filter(|element| element.has_attribute("data-socket")));
        });
        let left = element.on(ev::focusout, move |event: ev::FocusEvent| {
            // An element that is removed from the document loses the focus too, although the reader has not left it.
            let last = target(&event);
            queue_microtask(move || {
                if focused.try_get_value() == Some(last.clone()) && last.is_some_and(|element| element.is_connected()) {
                    focused.set_value(None);
                }
            });
        });
        Some((came, left))
    });
    Effect::new(move |_| {
        live.model.with_value(|model| model.revision.track());
        request_animation_frame(move || {
            // The canvas may be gone when the frame begins.
            let Some(lost) = focused.try_get_value().flatten().filter(|element| !element.is_connected()) else {
                return;
            };
            let nowhere = document().active_element().is_none_or(|element| element.tag_name() == "BODY");
            let again = scroller.get_untracked().filter(|_| nowhere).and_then(|element| same(&element, &lost));
            focused.set_value(again.clone());
            if let Some(element) = again.and_then(|element| element.dyn_into::<SvgElement>().ok()) {
                let options = FocusOptions::new();
                options.set_prevent_scroll(true);
                // Cannot fail while the element is in the document.
                let _focused = element.focus_with_options(&options);
            }
        });
    });
}

fn target(event: &Event) -> Option<Element> {
    event.target().and_then(|target| target.dyn_into().ok())
}

/// The current element of this socket, if it is drawn.
fn same(within: &Element, socket: &Element) -> Option<Element> {
    let sockets = within.query_selector_all("[data-socket]").ok()?;
    let elements = (0..sockets.length()).filter_map(|n| sockets.item(n)?.dyn_into::<Element>().ok());
    elements
        .into_iter()
        .find(|element| NAMED_BY.iter().all(|name| element.get_attribute(name) == socket.get_attribute(name)))
}
