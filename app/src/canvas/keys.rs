//! The keys of the page: arrows from socket to socket, and letters that go somewhere.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, SvgElement};

pub use super::gesture::is_typing;
use crate::browser::on_window;

/// What can have the focus in the picture.
const STOPS: &str = "[data-socket], [data-fold], [data-namespace]";
/// Stops whose middles are no further apart, in px, are in one lane.
const LANE: f64 = 60.0;

/// Where the letters lead.
#[derive(Clone, Copy)]
pub struct Places {
    /// The search.
    pub search: NodeRef<html::Input>,
    /// The first field of the filters, whose panel opens.
    pub find: NodeRef<html::Input>,
}

/// Listens on the whole page.
pub fn listen(places: Places, scroller: NodeRef<html::Main>) {
    on_window(ev::keydown, move |event| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() || is_typing(event.target()) {
            return;
        }
        let key = event.key();
        let done = match key.as_str() {
            "/" => search(places.search),
            "f" => open(places.find),
            "ArrowLeft" => step(scroller, -1.0, 0.0),
            "ArrowRight" => step(scroller, 1.0, 0.0),
            "ArrowUp" => step(scroller, 0.0, -1.0),
            "ArrowDown" => step(scroller, 0.0, 1.0),
            _ => false,
        };
        if done {
            event.prevent_default();
        }
    });
}

/// What was looked for last is selected: what is typed next takes its place.
fn search(field: NodeRef<html::Input>) -> bool {
    let Some(field) = field.get_untracked() else { return false };
    field.select();
    field.focus().is_ok()
}

fn open(field: NodeRef<html::Input>) -> bool {
    let Some(field) = field.get_untracked() else { return false };
    if let Some(panel) = field.closest("details").ok().flatten() {
        // Cannot fail for an attribute of this name.
        let _ = panel.set_attribute("open", "");
    }
    field.focus().is_ok()
}

/// Gives the focus to what is selected, once it is drawn: the arrows go on from there.
pub fn focus_selected() {
    /// A namespace may have to be opened first.
    const FRAMES: u32 = 300;
    fn give(frames: u32) {
        let selected = document().query_selector("main [data-state~=selected]").ok().flatten();
        match selected {
            // In the table it is HTML and in the picture SVG; both have this method. Cannot fail while the element is in the document.
            Some(selected) => drop(selected.unchecked_into::<web_sys::HtmlElement>().focus()),
            None if frames > 0 => request_animation_frame(move || give(frames - 1)),
            None => {}
        }
    }
    // In the first frame it is lit and brought into view, in place of what was selected before.
    request_animation_frame(|| request_animation_frame(|| give(FRAMES)));
}

/// Moves the focus from a stop of the picture to the next one in this direction: along the lit path if it is on it, else by place.
/// Without a focus in the picture the arrows scroll, as they do anywhere.
fn step(scroller: NodeRef<html::Main>, dx: f64, dy: f64) -> bool {
    let (Some(canvas), Some(now)) = (scroller.get_untracked(), document().active_element()) else { return false };
    if !canvas.contains(Some(&now)) || now.closest(STOPS).ok().flatten().is_none() {
        return false;
    }
    let from = middle(&now);
    let lit = is_lit(&now);
    let mut best: Option<(f64, Element)> = None;
    let Ok(stops) = canvas.query_selector_all(STOPS) else { return false };
    for stop in (0..stops.length()).filter_map(|n| stops.item(n)?.dyn_into::<Element>().ok()) {
        let to = middle(&stop);
        let (x, y) = (to.0 - from.0, to.1 - from.1);
        let (along, across) = if dx == 0.0 { (y * dy, x.abs()) } else { (x * dx, y.abs()) };
        let fits = if dx == 0.0 { along > 4.0 && across < LANE } else { along > LANE };
        if !fits || stop == now {
            continue;
        }
        // Off the path only if nothing of it lies that way.
        let off = if lit && !is_lit(&stop) { 100_000.0 } else { 0.0 };
        let far = along + 3.0 * across + off;
        if best.as_ref().is_none_or(|(least, _)| far < *least) {
            best = Some((far, stop));
        }
    }
    let Some(stop) = best.and_then(|(_, stop)| stop.dyn_into::<SvgElement>().ok()) else { return true };
    // Cannot fail while the element is in the document.
    let _focused = stop.focus();
    stop.scroll_into_view_with_scroll_into_view_options(&nearest());
    true
}

fn nearest() -> web_sys::ScrollIntoViewOptions {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    options.set_inline(web_sys::ScrollLogicalPosition::Nearest);
    options
}

fn middle(element: &Element) -> (f64, f64) {
    let area = element.get_bounding_client_rect();
    (area.x() + area.width() / 2.0, area.y() + area.height() / 2.0)
}

fn is_lit(element: &Element) -> bool {
    element.get_attribute("data-state").is_some_and(|state| state.contains("on-path"))
}
