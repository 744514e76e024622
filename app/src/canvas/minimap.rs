//! The minimap beside the canvas: the whole picture with the visible part and the problems.

use std::sync::Arc;

use leptos::ev::PointerEvent;
use leptos::html;
use leptos::prelude::*;
use topology::graph::{Severity, Trouble};
use topology::picture::{Light, SlotKey};
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::Views;
use super::gesture::step;
use crate::live::Live;
use crate::text::text;

/// The content of a pixel row of the minimap, which its colour says; the most important last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum MinimapMark {
    #[default]
    Nothing,
    Group,
    Warning,
    Error,
    Lit,
}

/// The pixel rows of a minimap, as one path per mark.
fn paths(rows: &[MinimapMark]) -> [String; 4] {
    [MinimapMark::Group, MinimapMark::Warning, MinimapMark::Error, MinimapMark::Lit].map(|mark| {
        let mut path = String::new();
        let mut y = 0;
        while y < rows.len() {
            let end = rows[y..].iter().position(|row| *row != mark).map_or(rows.len(), |length| y + length);
            if end > y {
                path.push_str(&format!("M8 {y}h32v{}h-32z", end - y));
            }
            y = end.max(y + 1);
        }
        path
    })
}

/// The minimap, and the zoom below it.
#[component]
pub fn Minimap(
    /// The page's data.
    live: Live,
    /// The visible part of the picture.
    views: Views,
    /// The answer that is lit.
    light: Signal<Option<Arc<Light>>>,
    /// The box that scrolls.
    scroller: NodeRef<html::Main>,
) -> AnyView {
    let words = text();
    let viewport = views.drawn;
    let slots = live.model.with_value(|model| model.slots);
    let whole = Memo::new(move |_| {
        slots.track();
        live.model.with_value(|model| f64::from(model.height())).max(1.0)
    });
    // Number of px of the picture per row of the minimap, at least 12.
    let ratio = move || (whole.get() / (viewport.read().height - 48.0).max(100.0)).max(12.0);
    let rows = Memo::new(move |_| {
        let ratio = ratio();
        let mut rows = vec![MinimapMark::Nothing; (whole.get() / ratio) as usize + 1];
        live.model.with_value(|model| {
            model.revision.track();
            let lit = light.read().as_ref().and_then(|light| light.selected.clone());
            let lit = lit.and_then(|socket| model.group_of(&socket));
            for slot in slots.read().iter() {
                let SlotKey::Group(key) = &slot.key else { continue };
                let mark = match model.trouble(key).as_ref().map(Trouble::severity) {
                    _ if lit.as_ref() == Some(key) => MinimapMark::Lit,
                    Some(Severity::Error) => MinimapMark::Error,
                    Some(Severity::Warning) => MinimapMark::Warning,
                    None => MinimapMark::Group,
                };
                let first = (f64::from(slot.y) / ratio) as usize;
                let last = (f64::from(slot.y + slot.height) / ratio) as usize;
                // A thin gap stays between groups, and a group has at least one row, so that a problem stays visible.
                for row in rows.iter_mut().take(last.max(first + 1)).skip(first) {
                    *row = mark.max(*row);
                }
            }
        });
        rows
    });
    let path = move |n: usize| rows.with(|rows| paths(rows)[n].clone());
    let window = move || {
        let view = views.seen();
        let ratio = ratio();
        let (y, h) = (view.top / view.scale / ratio, view.height / view.scale / ratio);
        format!("M4 {}h40v{}h-40z", y as i32 + 1, (h as i32).max(8))
    };
    let to = move |event: PointerEvent| {
        let held = event.buttons() & 1 == 1;
        let element = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
        if let (true, Some(element), Some(scroller)) = (held, element, scroller.get_untracked()) {
            let view = viewport.get_untracked();
            let y = f64::from(event.client_y()) - element.get_bounding_client_rect().y();
            let ratio = (whole.get_untracked() / (view.height - 48.0).max(100.0)).max(12.0);
            scroller.set_scroll_top((y * ratio * view.scale - view.height / 2.0) as i32);
        }
    };
    let step = move |closer| step(viewport, scroller, closer);
    view! {
        <div class="minimap">
            <svg aria-hidden="true" on:pointerdown=to on:pointermove=to>
                <path class="some" d=move || path(0)></path>
                <path class="warn" d=move || path(1)></path>
                <path class="bad" d=move || path(2)></path>
                <path class="lit" d=move || path(3)></path>
                <path class="window" d=window></path>
            </svg>
            <div class="zoom" role="group" aria-label=words.frame_zoom()>
                <button type="button" class="plain-button" aria-label=words.frame_zoom_in() title=words.frame_zoom_in() on:click=move |_| step(true)>"+"</button>
                <output role="none">{move || format!("{}%", views.seen().zoom as u32)}</output>
                <button type="button" class="plain-button" aria-label=words.frame_zoom_out() title=words.frame_zoom_out() on:click=move |_| step(false)>"−"</button>
            </div>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_mark_is_one_path_of_its_rows() {
        let (none, some, bad) = (MinimapMark::Nothing, MinimapMark::Group, MinimapMark::Error);
        let [group, warning, error, lit] = paths(&[none, some, some, bad, none, some]);
        assert_eq!(group, "M8 1h32v2h-32zM8 5h32v1h-32z");
        assert_eq!(error, "M8 3h32v1h-32z");
        assert!(warning.is_empty() && lit.is_empty());
    }
}
