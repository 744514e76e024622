//! The menus of the top bar. They are native `details` elements, so the browser opens them by mouse, touch and keyboard. Escape closes
//! an open menu, and so does a click or focus outside of it.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventTarget, HtmlElement, Node};

use crate::browser::on_window;
use crate::icons::Icon;

/// A menu with its class `name`, its `label`, and the panel below it. `open` follows whether the menu is open.
pub(super) fn menu(name: &'static str, label: AnyView, open: RwSignal<bool>, panel: AnyView) -> AnyView {
    view! {
        <details class=format!("menu {name}") on:toggle=move |event| open.set(is_open(&event))>
            <summary>{label}<Icon name="i-open" size=12/></summary>
            // The panel takes the focus when its text is clicked, so that this click does not close the menu.
            <div class="panel" tabindex="-1">{panel}</div>
        </details>
    }
    .into_any()
}

/// The label of a menu: the name of what it chooses, and the chosen value.
pub(super) fn label(name: String, key: &'static str, value: impl Fn() -> String + Send + 'static) -> AnyView {
    view! { <span class="what">{name}</span><span class="value" data-view=key>{value}</span> }.into_any()
}

const OPEN: &str = ".menu[open]";

fn is_open(event: &Event) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    element.is_some_and(|element| element.has_attribute("open"))
}

fn open_menu() -> Option<Element> {
    document().query_selector(OPEN).ok().flatten()
}

/// Closes the open menu and moves the focus to its label. Returns whether a menu was open.
pub(super) fn close() -> bool {
    let Some(menu) = open_menu() else { return false };
    let summary = menu.query_selector("summary").ok().flatten().and_then(|one| one.dyn_into::<HtmlElement>().ok());
    // Cannot fail while the menu is in the document.
    let _done = (menu.remove_attribute("open"), summary.map(|summary| summary.focus()));
    true
}

/// Closes a menu when something else is clicked or focused.
pub(super) fn close_when_left() {
    let left = |target: Option<EventTarget>| {
        let target = target.and_then(|target| target.dyn_into::<Node>().ok());
        if let Some(menu) = open_menu().filter(|menu| !menu.contains(target.as_ref())) {
            let _done = menu.remove_attribute("open");
        }
    };
    on_window(ev::pointerdown, move |event| left(event.target()));
    on_window(ev::focusin, move |event| left(event.target()));
}
