//! Pointing at an address shows its path, before anything is selected: the wires get stronger, and nothing dims.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;
use topology::graph::socket::Selection;
use topology::picture::{Light, SlotKey};
use wasm_bindgen::JsCast;

use super::gesture::selection_of;
use crate::browser::{Timeout, on_window};
use crate::draw::is_on_path;
use crate::live::Live;
use crate::question::Question;

/// How long the mouse must rest on an address before its path is shown, in ms.
const REST_MS: i32 = 60;

/// The wires of the path from what the mouse points at, above the parts of the picture that are near the view.
pub(super) fn wires(live: Live, near: Memo<Vec<SlotKey>>, question: Memo<Question>) -> AnyView {
    let pointed = RwSignal::new(None::<Selection>);
    Effect::new(move |_| listen(pointed));
    let light = Memo::new(move |_| {
        let select = Some(pointed.get()?);
        live.model.with_value(|model| {
            model.revision.track();
            let from = question.get().from;
            model.answer(&Question { select, from, to: String::new() }).light
        })
    });
    let parts = move || match light.get() {
        Some(light) => near.get().into_iter().filter_map(|key| part(live, key, &light)).collect(),
        None => Vec::new(),
    };
    view! { <g class="preview" aria-hidden="true">{parts}</g> }.into_any()
}

/// The wires of one group that are on the path, if there are some.
fn part(live: Live, key: SlotKey, light: &Arc<Light>) -> Option<AnyView> {
    let SlotKey::Group(own) = &key else { return None };
    let (place, group) = live.model.with_value(|model| Some((model.place(&key)?, model.group(own)?)))?;
    let group = group.get();
    let paths: Vec<&str> =
        group.wires.iter().filter(|wire| is_on_path(light, wire)).map(|wire| wire.path.as_str()).collect();
    if paths.is_empty() {
        return None;
    }
    let (d, transform) = (paths.join(" "), format!("translate(0 {})", place.get()));
    Some(view! { <path d=d transform=transform></path> }.into_any())
}

/// Follows the mouse. A finger points at nothing before it selects.
fn listen(pointed: RwSignal<Option<Selection>>) {
    let resting = StoredValue::new_local(None::<Timeout>);
    let last = StoredValue::new(None::<Selection>);
    on_window(ev::pointerover, move |event: ev::PointerEvent| {
        let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let socket = element.and_then(|element| element.closest(".graph [data-socket]").ok().flatten());
        let now = socket.filter(|_| event.pointer_type() == "mouse").and_then(|socket| selection_of(&socket));
        if last.get_value() == now {
            return;
        }
        last.set_value(now.clone());
        if pointed.with_untracked(Option::is_some) {
            pointed.set(None);
        }
        resting.set_value(now.map(|now| Timeout::new(REST_MS, move || pointed.set(Some(now)))));
    });
}
