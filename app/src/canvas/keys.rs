//! The keys of the page: arrows move the focus from socket to socket, letters focus a field.

use std::collections::HashSet;

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use topology::graph::socket::{Selection, Socket};
use topology::picture::Light;
use wasm_bindgen::JsCast;
use web_sys::{Element, SvgElement};

pub use super::gesture::is_typing;
use super::gesture::selection_of;
use crate::browser::on_window;
use crate::draw::{Lit, is_lit};

/// The selector of elements of the picture that can have the focus: the stops of the arrow keys.
const STOPS: &str = "[data-socket], [data-fold], [data-namespace]";
/// Maximum horizontal distance of the middles of two stops of one lane, in px.
const LANE: f64 = 60.0;

/// The fields that letter keys focus.
#[derive(Clone, Copy)]
pub struct KeyTargets {
    /// The field of the search.
    pub search: NodeRef<html::Input>,
    /// The first field of the filters. Its panel is opened.
    pub find: NodeRef<html::Input>,
}

/// Listens for keys on the whole page.
pub fn listen(targets: KeyTargets, scroller: NodeRef<html::Main>, lit: Lit) {
    on_window(ev::keydown, move |event| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() || is_typing(event.target()) {
            return;
        }
        let key = event.key();
        let done = match key.as_str() {
            "/" => search(targets.search),
            "f" => open(targets.find),
            "ArrowLeft" => step(scroller, lit, -1.0, 0.0),
            "ArrowRight" => step(scroller, lit, 1.0, 0.0),
            "ArrowUp" => step(scroller, lit, 0.0, -1.0),
            "ArrowDown" => step(scroller, lit, 0.0, 1.0),
            "PageUp" => next_group(scroller, false),
            "PageDown" => next_group(scroller, true),
            "i" => panel_or_picture(),
            _ => false,
        };
        if done {
            event.prevent_default();
        }
    });
}

/// Focuses the search field and selects its text, so that typing replaces the last search.
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

/// Focuses the selected socket once it is drawn, so that the arrow keys continue there.
pub fn focus_selected() {
    /// Maximum number of frames to wait for the socket: its namespace may have to be opened first.
    const FRAMES: u32 = 300;
    fn give(frames: u32) {
        let selected = document().query_selector("main [data-state~=selected]").ok().flatten();
        match selected {
            // The element is HTML in the table and SVG in the picture; both have this method. Cannot fail while the element is in the document.
            Some(selected) => drop(selected.unchecked_into::<web_sys::HtmlElement>().focus()),
            None if frames > 0 => request_animation_frame(move || give(frames - 1)),
            None => {}
        }
    }
    // In the first frame the new selection is lit and scrolled into view.
    request_animation_frame(|| request_animation_frame(|| give(FRAMES)));
}

/// Moves the focus to the panel, and from there back to the selected socket.
fn panel_or_picture() -> bool {
    let Some(panel) = document().query_selector("aside.side").ok().flatten() else { return false };
    if panel.contains(document().active_element().as_deref()) {
        focus_selected();
    } else {
        // Cannot fail while the element is in the document.
        let _focused = panel.unchecked_into::<web_sys::HtmlElement>().focus();
    }
    true
}

/// The group of a stop.
fn group_of(stop: &Element) -> Option<Element> {
    stop.closest("[data-group]").ok().flatten()
}

/// The stops within an element, in the order of the document.
fn stops(within: &Element) -> Vec<Element> {
    let Ok(found) = within.query_selector_all(STOPS) else { return Vec::new() };
    (0..found.length()).filter_map(|n| found.item(n)?.dyn_into().ok()).collect()
}

/// Moves the focus to the first stop of the next group, or of the one before. Returns whether the picture had the focus.
fn next_group(scroller: NodeRef<html::Main>, down: bool) -> bool {
    let (Some(canvas), Some(now)) = (scroller.get_untracked(), document().active_element()) else { return false };
    if !canvas.contains(Some(&now)) || now.closest(STOPS).ok().flatten().is_none() {
        return false;
    }
    let (own, top) = (group_of(&now), middle(&now).1);
    let mut firsts: Vec<(f64, Element)> = Vec::new();
    let mut last = None;
    for stop in stops(&canvas) {
        let group = group_of(&stop);
        if group.is_some() && group != last {
            firsts.push((middle(&stop).1, stop));
            last = group;
        }
    }
    let others = firsts.into_iter().filter(|(_, stop)| group_of(stop) != own);
    let is_nearer = |a: &(f64, Element), b: &(f64, Element)| (a.0 - top).abs().total_cmp(&(b.0 - top).abs());
    let next = others.filter(|(y, _)| if down { *y > top } else { *y < top }).min_by(is_nearer);
    if let Some(stop) = next.and_then(|(_, stop)| stop.dyn_into::<SvgElement>().ok()) {
        // Cannot fail while the element is in the document.
        let _focused = stop.focus();
        stop.scroll_into_view_with_scroll_into_view_options(&nearest());
    }
    true
}

/// Moves the focus from a stop of the picture to the next stop of its group in this direction. From a stop on the lit path, stops on the path
/// come first. Returns whether the picture had the focus; without it the browser scrolls.
fn step(scroller: NodeRef<html::Main>, lit: Lit, dx: f64, dy: f64) -> bool {
    let (Some(canvas), Some(now)) = (scroller.get_untracked(), document().active_element()) else { return false };
    if !canvas.contains(Some(&now)) || now.closest(STOPS).ok().flatten().is_none() {
        return false;
    }
    let from = middle(&now);
    let path = lit.with_untracked(|light| selections_on_path(light.as_deref()));
    let is_on_path = |stop: &Element| selection_of(stop).is_some_and(|selection| path.contains(&selection));
    let from_path = is_on_path(&now);
    let mut best: Option<(f64, Element)> = None;
    let own = group_of(&now);
    for stop in stops(&canvas).into_iter().filter(|stop| own.is_none() || group_of(stop) == own) {
        let to = middle(&stop);
        let (x, y) = (to.0 - from.0, to.1 - from.1);
        let (along, across) = if dx == 0.0 { (y * dy, x.abs()) } else { (x * dx, y.abs()) };
        let fits = if dx == 0.0 { along > 4.0 && across < LANE } else { along > LANE };
        if !fits || stop == now {
            continue;
        }
        // A stop off the path is chosen only if no stop of the path lies in this direction.
        let off_path = if from_path && !is_on_path(&stop) { 100_000.0 } else { 0.0 };
        let cost = along + 3.0 * across + off_path;
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, stop));
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

/// The selections of the sockets on the lit path; empty while nothing is selected.
fn selections_on_path(light: Option<&Light>) -> HashSet<Selection> {
    let light = light.filter(|light| is_lit(Some(light)));
    light.iter().flat_map(|light| &light.on_path).map(Socket::selection).collect()
}
