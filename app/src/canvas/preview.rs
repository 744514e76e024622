//! The preview of a path while the mouse points at an address: its wires are drawn stronger, and nothing is dimmed or selected.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;
use topology::graph::LinkKind;
use topology::graph::socket::Selection;
use topology::picture::{Light, SlotKey, Wire};
use wasm_bindgen::JsCast;

use super::gesture::selection_of;
use crate::browser::{Timeout, on_window};
use crate::draw::is_on_path;
use crate::live::Live;
use crate::question::Question;

/// Time that the mouse rests on an address before its path is shown, in ms.
const REST_MS: i32 = 60;

/// The wires of the pointed address's path, drawn over the parts of the picture near the view.
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

/// The wires of a group that are on the path; `None` if there are none.
fn part(live: Live, key: SlotKey, light: &Arc<Light>) -> Option<AnyView> {
    let SlotKey::Group(group_key) = &key else { return None };
    let (place, group) = live.model.with_value(|model| Some((model.place(&key)?, model.group(group_key)?)))?;
    let group = group.get();
    let wires: Vec<&Wire> = group.wires.iter().filter(|wire| is_on_path(light, wire)).collect();
    if wires.is_empty() {
        return None;
    }
    let transform = format!("translate(0 {})", place.get());
    // Dashed wires stay dashed.
    let of_kind = |kinds: &[LinkKind], class: &'static str| {
        let paths = wires.iter().filter(|wire| kinds.contains(&wire.kind)).map(|wire| wire.path.as_str());
        let d = paths.collect::<Vec<_>>().join(" ");
        let transform = transform.clone();
        (!d.is_empty()).then(|| view! { <path class=class d=d transform=transform></path> }.into_any())
    };
    let paths = [
        of_kind(&[LinkKind::Packet, LinkKind::Broken], ""),
        of_kind(&[LinkKind::Unused], "unused"),
        of_kind(&[LinkKind::Dns], "dns"),
    ];
    Some(paths.into_iter().flatten().collect_view().into_any())
}

/// Follows the mouse. Touch has no preview, because a touch selects at once.
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
