//! Pointer and keys of the table: they select, open, and move the focus from row to row.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use topology::graph::UnitKey;
use topology::graph::socket::Selection;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::Sheet;
use crate::browser::on_window;
use crate::canvas::{is_typing, point, selection_of};
use crate::live::Live;

/// Listens on the whole page for keys and on the box for clicks. The browser turns Enter and Space on a button into clicks.
pub(super) fn listen(
    live: Live,
    sheet: Sheet,
    scroller: NodeRef<html::Main>,
    on_select: Callback<(Option<Selection>,)>,
) {
    let url = crate::url::here();
    // A listener is removed when its handle is dropped, so the effect keeps the handle.
    Effect::new(move |_| {
        let element = scroller.get()?;
        Some(element.on(ev::click, move |event: ev::MouseEvent| {
            let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
            let closest = |selector: &str| target.closest(selector).ok().flatten();
            if closest("[data-namespace][role=button]").is_some() {
                point(live, url, event.target(), on_select, false);
            }
            let Some(row) = closest(".row") else { return };
            // A click on the head of the selected row clears the selection.
            if closest(".row-head").is_some() && selection_of(&row).is_some_and(|selection| sheet.selects(&selection)) {
                on_select.run((None,));
                return;
            }
            let group = row.get_attribute("data-group").unwrap_or_default();
            let note = Callback::new(move |(selection,): (Option<Selection>,)| {
                sheet.clicked.set(selection.clone().zip(UnitKey::parse(&group)));
                on_select.run((selection,));
            });
            point(live, url, event.target(), note, false);
        }))
    });
    on_window(ev::keydown, move |event| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() || is_typing(event.target()) {
            return;
        }
        let moved = match event.key().as_str() {
            "Escape" => {
                on_select.run((None,));
                false
            }
            "ArrowDown" => step(scroller, 1),
            "ArrowUp" => step(scroller, -1),
            _ => false,
        };
        if moved {
            event.prevent_default();
        }
    });
}

/// Moves the focus by this number of rows, from the row that has it.
fn step(scroller: NodeRef<html::Main>, by: isize) -> bool {
    let moved = || {
        let row = document().active_element()?.closest(".row, .opened").ok()??;
        let heads = scroller.get_untracked()?.query_selector_all(".row .row-head").ok()?;
        let all: Vec<HtmlElement> = (0..heads.length()).filter_map(|n| heads.item(n)?.dyn_into().ok()).collect();
        // A step up from the path below a row leads to that row.
        let head_of_row = row.query_selector(".row-head").ok().flatten();
        let head_of_row = head_of_row.or_else(|| row.previous_element_sibling()?.query_selector(".row-head").ok()?);
        let at =
            all.iter().position(|head| head_of_row.as_ref().is_some_and(|focused| head.is_same_node(Some(focused))))?;
        all.get(at.checked_add_signed(by)?)?.focus().ok()
    };
    moved().is_some()
}
