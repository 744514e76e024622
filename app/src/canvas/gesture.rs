//! Pointer and keys of the picture: they select, open folds, drag and zoom.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use topology::graph::UnitKey;
use topology::graph::socket::Selection;
use wasm_bindgen::JsCast;

use super::{Viewport, Views};
use crate::browser::{Timeout, on_window};
use crate::live::Live;
use crate::url::{MAX_ZOOM, MIN_ZOOM, PageUrl};

/// Maximum distance that the pointer moves during a click, in px. A pointer that moves further drags.
const MAX_CLICK_DISTANCE: f64 = 4.0;

/// Pause after the wheel's last turn that ends a gesture, in ms.
const GESTURE_PAUSE_MS: i32 = 120;

#[derive(Clone, Copy, Default)]
struct Drag {
    last: (f64, f64),
    distance: f64,
    held: bool,
}

/// Listens for keys on the whole page and for the pointer on the box.
pub(super) fn listen(
    live: Live,
    views: Views,
    scroller: NodeRef<html::Main>,
    on_select: Callback<(Option<Selection>,)>,
) {
    let url = crate::url::here();
    let viewport = views.drawn;
    let drag = StoredValue::new(Drag::default());
    // A listener is removed when its handle is dropped, so the effect keeps the handles.
    Effect::new(move |_| {
        let element = scroller.get()?;
        // The end of the gesture, some time after the wheel's last turn.
        let last_turn = StoredValue::new_local(None::<Timeout>);
        let down = element.on(ev::pointerdown, move |event: ev::PointerEvent| {
            // The browser scrolls by touch itself.
            let held = event.button() == 0 && event.pointer_type() == "mouse";
            drag.set_value(Drag {
                last: (f64::from(event.client_x()), f64::from(event.client_y())),
                distance: 0.0,
                held,
            });
        });
        let wheel = element.on(ev::wheel, move |event: ev::WheelEvent| {
            if event.ctrl_key() || event.meta_key() {
                event.prevent_default();
                let by = (-event.delta_y() * 0.002).exp();
                zoom_by(views, scroller, by, (f64::from(event.client_x()), f64::from(event.client_y())));
                let end = Timeout::new(GESTURE_PAUSE_MS, move || settle(views, scroller));
                last_turn.try_set_value(Some(end));
            }
        });
        let click = element.on(ev::click, move |event: ev::MouseEvent| {
            if drag.get_value().distance <= MAX_CLICK_DISTANCE {
                point(live, url, event.target(), on_select, true);
            }
        });
        Some((down, wheel, click))
    });
    on_window(ev::pointermove, move |event| {
        let now = (f64::from(event.client_x()), f64::from(event.client_y()));
        let Some(element) = scroller.get_untracked().filter(|_| drag.get_value().held) else { return };
        drag.update_value(|drag| {
            let by = (drag.last.0 - now.0, drag.last.1 - now.1);
            drag.distance += by.0.abs() + by.1.abs();
            drag.last = now;
            if drag.distance > MAX_CLICK_DISTANCE {
                element.scroll_by_with_x_and_y(by.0, by.1);
            }
        });
    });
    on_window(ev::pointerup, move |_| drag.update_value(|drag| drag.held = false));
    on_window(ev::keydown, move |event| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() || is_typing(event.target()) {
            return;
        }
        match event.key().as_str() {
            "Escape" => on_select.run((None,)),
            "Enter" | " " => {
                let in_picture = scroller.get_untracked().zip(document().active_element());
                if !in_picture.is_some_and(|(canvas, focused)| canvas.contains(Some(&focused))) {
                    return;
                }
                if point(live, url, event.target(), on_select, false) {
                    event.prevent_default();
                }
            }
            "+" | "=" => step(viewport, scroller, true),
            "-" => step(viewport, scroller, false),
            "0" => zoom_middle(viewport, scroller, 100.0),
            _ => {}
        }
    });
}

/// The selection of an element with `data-socket`, with its object.
pub(crate) fn selection_of(socket: &web_sys::Element) -> Option<Selection> {
    let attribute = |name: &str| socket.get_attribute(name).unwrap_or_default();
    let selection = Selection::parse(&format!("{}:{}", attribute("data-socket"), attribute("data-address")))?;
    Some(Selection { object: Some(attribute("data-object")), address: attribute("data-address"), ..selection })
}

/// Selects the socket of the event's target, or opens its fold. Anywhere else in the picture, the selection is cleared if `clear`.
/// Returns whether the target is a socket, an end of a path, a heading or a fold.
pub(crate) fn point(
    live: Live,
    url: PageUrl,
    target: Option<web_sys::EventTarget>,
    on_select: Callback<(Option<Selection>,)>,
    clear: bool,
) -> bool {
    let Some(element) = target.and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else { return false };
    let closest = |selector: &str| element.closest(selector).ok().flatten();
    let attribute = |element: &web_sys::Element, name: &str| element.get_attribute(name).unwrap_or_default();
    if let Some(socket) = closest("[data-socket]") {
        if let Some(selection) = selection_of(&socket) {
            on_select.run((Some(live.model.with_value(|model| model.selection_of(selection))),));
        }
        return true;
    }
    // The end of a path selects the first port of its group, whose packets end there.
    if let Some(group) = closest("[data-verdict]").and_then(|_| closest("[data-group]")) {
        let port = group.query_selector("[data-socket=port]").ok().flatten();
        if let Some(selection) = port.and_then(|port| selection_of(&port)) {
            on_select.run((Some(live.model.with_value(|model| model.selection_of(selection))),));
        }
        return true;
    }
    if let Some(head) = closest("[data-namespace][role=button]") {
        let name = attribute(&head, "data-namespace");
        if live.model.with_value(|model| model.is_unopened(&name)) {
            url.go(&[("namespaces", &url.with_namespace(&name))]);
        } else {
            url.fold(&name);
        }
        return true;
    }
    if closest("[data-fold]").is_some() {
        let group = closest("[data-group]").and_then(|group| UnitKey::parse(&attribute(&group, "data-group")));
        if let Some(key) = group {
            live.model.update_value(|model| model.open(&key));
        }
        return true;
    }
    if clear && closest("svg").is_some() {
        on_select.run((None,));
    }
    false
}

/// Whether the target of an event is a field for text.
pub fn is_typing(target: Option<web_sys::EventTarget>) -> bool {
    let element = target.and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    element.is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"))
}

/// The zoom steps of keys and buttons, in percent.
const STEPS: [u32; 8] = [50, 75, 100, 125, 150, 200, 250, 300];

/// Zooms to the next larger (`closer`) or smaller step.
pub fn step(viewport: RwSignal<Viewport>, scroller: NodeRef<html::Main>, closer: bool) {
    let now = viewport.get_untracked().zoom;
    let mut steps = STEPS.iter().map(|step| f64::from(*step));
    let next = if closer { steps.find(|step| *step > now + 1.0) } else { steps.rfind(|step| *step < now - 1.0) };
    if let Some(next) = next {
        zoom_middle(viewport, scroller, next);
    }
}

fn zoom_middle(viewport: RwSignal<Viewport>, scroller: NodeRef<html::Main>, to: f64) {
    let Some(element) = scroller.get_untracked() else { return };
    let area = element.get_bounding_client_rect();
    zoom(viewport, scroller, to, (area.x() + area.width() / 2.0, area.y() + area.height() / 2.0));
}

/// Zooms to `to` percent. If the scale changes, the point of the window stays over the same point of the picture. If the detail of the
/// groups changes, the first group in view stays (`scroll`).
fn zoom(viewport: RwSignal<Viewport>, scroller: NodeRef<html::Main>, to: f64, point: (f64, f64)) {
    if let Some(after) = zoomed(viewport.get_untracked(), scroller, to, point) {
        draw(viewport, scroller, after);
    }
}

/// Goes on with a gesture that zooms: the picture that is there is transformed until [`settle`]. Where the groups change and not the scale, the
/// picture is drawn at once.
fn zoom_by(views: Views, scroller: NodeRef<html::Main>, by: f64, point: (f64, f64)) {
    let drawn = views.drawn.get_untracked();
    let before = views.zooming.get_untracked().unwrap_or(drawn);
    let Some(after) = zoomed(before, scroller, before.zoom * by, point) else { return };
    if after.zoom < 100.0 {
        views.zooming.set(None);
        draw(views.drawn, scroller, after);
    } else {
        views.zooming.set(Some(after));
    }
}

/// Ends a gesture: the picture is drawn in its new size.
fn settle(views: Views, scroller: NodeRef<html::Main>) {
    if let Some(after) = views.zooming.try_get_untracked().flatten() {
        views.zooming.set(None);
        draw(views.drawn, scroller, after);
    }
}

/// Draws the picture for a viewport, and scrolls there.
fn draw(viewport: RwSignal<Viewport>, scroller: NodeRef<html::Main>, after: Viewport) {
    let scales = after.scale != viewport.get_untracked().scale;
    viewport.set(after);
    if scales {
        // The picture has its new size in the next frame; before, the box cannot scroll far enough.
        request_animation_frame(move || {
            if let Some(element) = scroller.try_get_untracked().flatten() {
                element.set_scroll_left(after.left.round() as i32);
                element.set_scroll_top(after.top.round() as i32);
            }
        });
    }
}

/// The viewport after zooming to `to` percent around a point of the window.
fn zoomed(before: Viewport, scroller: NodeRef<html::Main>, to: f64, point: (f64, f64)) -> Option<Viewport> {
    let element = scroller.get_untracked()?;
    let area = element.get_bounding_client_rect();
    let mut after = before.zoomed(to.clamp(f64::from(MIN_ZOOM), f64::from(MAX_ZOOM)));
    let ratio = after.scale / before.scale;
    let (x, y) = (point.0 - area.x(), point.1 - area.y());
    after.left = ((before.left + x) * ratio - x).max(0.0);
    after.top = ((before.top + y) * ratio - y).max(0.0);
    Some(after)
}
