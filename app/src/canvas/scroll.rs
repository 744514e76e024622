//! Keeps [`Viewport`] and the box in step, and the view where it is while the picture changes.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use leptos::svg;
use topology::graph::socket::Socket;
use topology::picture::{Light, Slot, SlotKey};

use super::{Viewport, window};
use crate::browser::on_window;
use crate::live::Live;

/// The smallest scale at which a picture opens: its smallest letters are 9 px high then. A narrower window scrolls sideways.
const SMALLEST: f64 = 0.8;

/// Follows the box's scrolling and size, and scrolls along when something above the view grows or shrinks.
pub(super) fn follow(
    live: Live,
    viewport: RwSignal<Viewport>,
    light: Signal<Option<Arc<Light>>>,
    scroller: NodeRef<html::Main>,
    picture: NodeRef<svg::Svg>,
) {
    // The box is measured once it is there, and whenever the window changes.
    let measure = move |fit: bool| {
        let Some(element) = scroller.get_untracked() else { return };
        viewport.update(|view| {
            view.left = f64::from(element.scroll_left());
            view.top = f64::from(element.scroll_top());
            view.height = f64::from(element.client_height());
            if fit {
                let width = live.model.with_value(|model| model.lanes().width());
                view.fit = (f64::from(element.client_width()) / f64::from(width)).clamp(SMALLEST, 1.0);
                *view = view.zoomed(view.zoom);
            }
        });
    };
    // A listener goes when its handle is dropped: the effect keeps it.
    Effect::new(move |_| {
        let element = scroller.get()?;
        measure(true);
        Some(element.on(leptos::ev::scroll, move |_| measure(false)))
    });
    on_window(leptos::ev::resize, move |_| measure(false));

    // What is selected elsewhere than in the picture, by the search, a list, a link or Back, is brought into view.
    Effect::new(move |before: Option<Option<Socket>>| {
        let now = light.read().as_ref().and_then(|light| light.selected.clone());
        if before.is_some_and(|before| before != now) && now.is_some() {
            let socket = now.clone();
            // The picture unfolds what is selected before that.
            request_animation_frame(move || request_animation_frame(move || show(live, viewport, scroller, socket)));
        }
        now
    });

    // A link to a selection opens where that is: once, when the picture is there.
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
    // What was selected last holds the view as well while it folds again.
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
            // Nothing that was in view is left: the view does not stay where the picture is no more.
            let end = live.model.with_value(|model| f64::from(model.height()) * view.scale) - view.height;
            if view.top > end.max(0.0) {
                element.set_scroll_top(end.max(0.0) as i32);
                measure(false);
            }
        }
        if let (Some(by), Some(element)) = (moved.filter(|by| *by != 0), scroller.get_untracked()) {
            // A box scrolls by whole px. What is rounded off is made up for later, so that many changes do not add up to a drift.
            let exact = f64::from(by) * view.scale + rounded_off.get_value();
            let by = exact.round();
            rounded_off.set_value(exact - by);
            let to = element.scroll_top() + by as i32;
            // The picture's own effect may come later: there must be room to scroll to now. A shorter picture scrolls the box by itself.
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

/// The group of what is selected.
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

/// By how much what is read has moved in the picture: the group of the selected socket if it is in view, else the first in view.
fn moved(before: &[Slot], now: &[Slot], view: Viewport, held: Option<SlotKey>, pointed_at: bool) -> Option<i32> {
    let seen = |slot: &&Slot| {
        let (top, bottom) = (view.top / view.scale, (view.top + view.height) / view.scale);
        f64::from(slot.y + slot.height) > top && f64::from(slot.y) < bottom
    };
    let find = |slots: &[Slot], key: &SlotKey| slots.iter().find(|slot| slot.key == *key).map(|slot| slot.y);
    let own = held.and_then(|key| before.iter().find(|slot| slot.key == key)).filter(seen);
    // At the very top, what is new may come in above; unless the reader is in the picture just now.
    if view.top <= 0.0 && own.is_none() && !pointed_at {
        return None;
    }
    let anchor = own.or_else(|| window::anchor(before, view))?;
    Some(find(now, &anchor.key)? - anchor.y)
}
