//! Keeps [`Viewport`] equal to the box's scroll position and size, and keeps the view in place while the picture changes.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use leptos::svg;
use topology::graph::socket::Socket;
use topology::picture::{Light, Slot, SlotKey};

use super::{Viewport, window};
use crate::browser::on_window;
use crate::live::Live;

/// Minimum scale of the picture when the page opens: its smallest letters are then 9 px high. A narrower window scrolls sideways.
const MIN_SCALE: f64 = 0.8;

/// Follows the box's scroll position and size, and scrolls the box when a part above the view grows or shrinks.
pub(super) fn follow(
    live: Live,
    viewport: RwSignal<Viewport>,
    light: Signal<Option<Arc<Light>>>,
    scroller: NodeRef<html::Main>,
    picture: NodeRef<svg::Svg>,
) {
    // The box is measured when it is mounted and when the window's size changes: lanes and scale follow its width.
    let measure = move |fit: bool| {
        let Some(element) = scroller.get_untracked() else { return };
        if fit {
            live.model.update_value(|model| model.fit_lanes(element.client_width()));
        }
        viewport.update(|view| {
            view.left = f64::from(element.scroll_left());
            view.top = f64::from(element.scroll_top());
            view.height = f64::from(element.client_height());
            if fit {
                let width = live.model.with_value(|model| model.lanes.get_untracked().width());
                view.fit = (f64::from(element.client_width()) / f64::from(width)).clamp(MIN_SCALE, 1.0);
                *view = view.zoomed(view.zoom);
            }
        });
    };
    // A listener is removed when its handle is dropped, so the effect keeps the handle.
    Effect::new(move |_| {
        let element = scroller.get()?;
        measure(true);
        Some(element.on(leptos::ev::scroll, move |_| measure(false)))
    });
    on_window(leptos::ev::resize, move |_| measure(true));

    // A selection that was not made in the picture (by the search, a list, a link or Back) is scrolled into view.
    Effect::new(move |before: Option<Option<Socket>>| {
        let now = light.read().as_ref().and_then(|light| light.selected.clone());
        if before.is_some_and(|before| before != now) && now.is_some() {
            let socket = now.clone();
            // Before these two frames are over, the picture has unfolded the selected group.
            request_animation_frame(move || request_animation_frame(move || show(live, viewport, scroller, socket)));
        }
        now
    });

    // For a link to a selection, the view scrolls there once, when the picture is drawn.
    Effect::new(move |shown: Option<bool>| {
        let already = shown.unwrap_or(false);
        if already || !live.loaded.get() {
            return already;
        }
        let light = light.get_untracked();
        let selected = light.as_ref().and_then(|light| light.selected.as_ref());
        let place = selected.and_then(|socket| {
            live.model.with_value(|model| model.group_of(socket).and_then(|key| model.place(&SlotKey::Group(key))))
        });
        if let (Some(place), Some(element)) = (place, scroller.get_untracked()) {
            let view = viewport.get_untracked();
            let y = f64::from(place.get_untracked()) * view.scale;
            if y < view.top || y > view.top + view.height * 0.7 {
                request_animation_frame(move || element.set_scroll_top((y - view.height / 3.0).round() as i32));
            }
        }
        true
    });

    let slots = live.model.with_value(|model| model.slots);
    let rounded_off = StoredValue::new(0.0_f64);
    // After a selection is cleared, its group still anchors the view while it folds again.
    let last = StoredValue::new(None::<SlotKey>);
    Effect::new(move |before: Option<Arc<Vec<Slot>>>| {
        let now = slots.get();
        let view = viewport.get_untracked();
        let moved = before.as_deref().and_then(|before| {
            let pointed_at = scroller.get_untracked().is_some_and(|element| element.matches(":hover").unwrap_or(false));
            let selected = selected(live, light.get_untracked().as_deref());
            let held = selected.clone().or(last.get_value());
            last.set_value(selected);
            moved(before, &now, view, held, pointed_at)
        });
        if let (None, Some(element)) = (moved, scroller.get_untracked()) {
            // No part that was in view is left: the view must not stay below the end of the picture.
            let end = live.model.with_value(|model| f64::from(model.height()) * view.scale) - view.height;
            if view.top > end.max(0.0) {
                element.set_scroll_top(end.max(0.0) as i32);
                measure(false);
            }
        }
        if let (Some(by), Some(element)) = (moved.filter(|by| *by != 0), scroller.get_untracked()) {
            // A box scrolls by whole px. The rounding error is added to the next distance, so that many changes do not cause a drift.
            let exact = f64::from(by) * view.scale + rounded_off.get_value();
            let by = exact.round();
            rounded_off.set_value(exact - by);
            let to = element.scroll_top() + by as i32;
            // The picture's own effect may run later, but the box needs the height now to scroll. When the picture gets shorter, the browser
            // scrolls the box.
            if let Some(picture) = picture.get_untracked() {
                let height = live
                    .model
                    .with_value(|model| f64::from(model.height()) * view.scale)
                    .max(view.top + by + view.height);
                drop(picture.set_attribute("height", &(height.round() as i32).to_string()));
            }
            element.set_scroll_top(to);
            measure(false);
        }
        now
    });
}

/// The group of the selection.
fn selected(live: Live, light: Option<&Light>) -> Option<SlotKey> {
    let socket = light.and_then(|light| light.selected.as_ref())?;
    live.model.with_value(|model| model.group_of(socket)).map(SlotKey::Group)
}

/// Scrolls to a socket that is out of view.
fn show(live: Live, viewport: RwSignal<Viewport>, scroller: NodeRef<html::Main>, socket: Option<Socket>) {
    let place = socket.and_then(|socket| live.model.with_value(|model| model.place_of(&socket)));
    let (Some(place), Some(element)) = (place, scroller.get_untracked()) else { return };
    let view = viewport.get_untracked();
    let y = f64::from(place) * view.scale;
    let (top, height) = (f64::from(element.scroll_top()), f64::from(element.client_height()));
    if y < top + 8.0 || y > top + height - 40.0 {
        element.set_scroll_top((y - height / 3.0) as i32);
    }
}

/// The distance by which the anchor of the view has moved in the picture. The anchor is the group of the selected socket if it is in
/// view, else the first group in view.
fn moved(before: &[Slot], now: &[Slot], view: Viewport, held: Option<SlotKey>, pointed_at: bool) -> Option<i32> {
    let seen = |slot: &&Slot| {
        let (top, bottom) = (view.top / view.scale, (view.top + view.height) / view.scale);
        f64::from(slot.y + slot.height) > top && f64::from(slot.y) < bottom
    };
    let find = |slots: &[Slot], key: &SlotKey| slots.iter().find(|slot| slot.key == *key).map(|slot| slot.y);
    let held_slot = held.and_then(|key| before.iter().find(|slot| slot.key == key)).filter(seen);
    // At the very top, new groups may come in above, unless the mouse is in the picture.
    if view.top <= 0.0 && held_slot.is_none() && !pointed_at {
        return None;
    }
    let anchor = held_slot.or_else(|| window::anchor(before, view))?;
    Some(find(now, &anchor.key)? - anchor.y)
}
