//! The cards behind a Service: slices with their endpoints, Pods, targets outside the cluster, and ends of paths.

use leptos::prelude::*;
use topology::graph::{Backing, EndpointPart, EndpointState, Note, PodPart, SliceWriter, TargetPart};
use topology::picture::{EndCard, EndpointCard, PodCard, SliceCard, TargetCard};

use super::label::{cut, fit, glyph, line, pair, plate, plate_group, room, socket_group, state_mark, stroke};
use super::{Lit, plate_class};
use crate::text::text;

/// The frame of a slice, with its name above.
pub fn slice(SliceCard { area, slice, writer }: SliceCard, lit: Lit) -> AnyView {
    let words = match writer {
        SliceWriter::Controller => slice.name,
        SliceWriter::Mirror => text().card_slice_mirrored(&slice.name),
        SliceWriter::Other(None) => text().card_slice_by_hand(&slice.name),
        SliceWriter::Other(Some(name)) => text().card_slice_managed_by(&slice.name, &name),
    };
    let parts = vec![cut("role", area.x + 2, area.y - 6, &words, room(34, area.w, 144)), plate(area, "frame")];
    plate_group(Vec::new(), lit, parts)
}

/// An endpoint: one line of a slice.
pub fn endpoint(EndpointCard { area, first, endpoint }: EndpointCard, lit: Lit) -> AnyView {
    let EndpointPart { socket, address, port, protocol, state, backing, .. } = endpoint;
    let (shape, colour, class) = state_mark(state);
    let words = match (state, backing) {
        (EndpointState::Ready, Backing::Outside) => text().endpoint_ready_unchecked(),
        (state, _) => text().endpoint_state(state),
    };
    let number = port.map(|port| format!(":{port}{}", protocol.suffix())).unwrap_or_default();
    let ip_class = if address.len() + number.len() > 18 { "ip small" } else { "ip" };
    let shown = fit(&address, room(22, area.w, 144).saturating_sub(number.len()));
    let mut parts = vec![plate(area, "card")];
    if !first {
        parts.push(stroke("rule", format!("M{} {}h{}", area.x + 1, area.y - 2, area.w - 2)));
    }
    parts.extend([
        pair(ip_class, area.x + 14, area.y + 15, shown, Some(("port", number))),
        glyph(shape, colour, area.x + 19, area.y + 25),
        line(class, area.x + 28, area.y + 29, words),
        glyph("#i-pair", "glyph", area.x, area.middle()),
    ]);
    socket_group(socket, Some(state), lit, parts)
}

/// A Pod.
pub fn pod(PodCard { area, pod }: PodCard, lit: Lit) -> AnyView {
    let PodPart { socket, pod, node, known, state } = pod;
    let right = area.x + area.w;
    let ip = socket.as_ref().map(|socket| fit(&socket.address, 18));
    // The endpoint's line shows the state; the Pod repeats it only if it is not ready.
    let marked = known && state != EndpointState::Ready;
    // In tenths of a px. The letters of an address are wider than those of a name.
    let for_node = (area.w - if marked { 46 } else { 32 }) * 10 - ip.as_ref().map_or(0, |ip| 73 * ip.len() as i32);
    let place = match known {
        true => fit(&node.unwrap_or_default(), (for_node / 62).clamp(0, 10) as usize),
        false => text().card_pod_not_known(),
    };
    let mut parts = vec![
        plate(area, if known { "card" } else { "hint" }),
        cut("pod", area.x + 12, area.y + 15, &pod.name, room(22, area.w, 176)),
        line("ip", area.x + 12, area.y + 29, ip.unwrap_or_else(|| text().card_no_ip())),
        line("role end", if marked { right - 26 } else { right - 12 }, area.y + 29, place),
    ];
    if marked {
        let (shape, colour, _) = state_mark(state);
        parts.push(glyph(shape, colour, right - 16, area.y + 25));
    }
    parts.push(glyph("#i-ip", "glyph", area.x, area.middle()));
    match socket {
        Some(socket) => socket_group(socket, Some(state), lit, parts),
        None => plate_group(Vec::new(), lit, parts),
    }
}

/// A target outside the cluster, or a process on a Node's own address.
pub fn target(TargetCard { area, target }: TargetCard, lit: Lit) -> AnyView {
    let TargetPart { socket, target, node, dns_only } = target;
    let words = match (node.as_deref(), dns_only) {
        (Some(node), _) => text().card_node_process(node),
        (None, true) => text().card_outside_dns(),
        (None, false) => text().card_outside_unchecked(),
    };
    let ours = node.is_some();
    let mut parts = vec![
        plate(area, if ours { "card" } else { "outside" }),
        cut("ip", area.x + 12, area.y + 15, &target, room(36, area.w, 304)),
        line(if ours { "role" } else { "t-ext" }, area.x + 12, area.y + 29, words),
    ];
    if !ours {
        parts.push(glyph("#i-leave", "mark-ext", area.x + area.w - 16, area.middle()));
    }
    parts.push(glyph("#i-ip", if ours { "glyph" } else { "glyph ext" }, area.x, area.middle()));
    socket_group(socket, None, lit, parts)
}

/// The end of the path of every packet to these ports.
pub fn end(EndCard { area, end }: EndCard, lit: Lit) -> AnyView {
    let (outcome, ports) = (end.outcome, end.ports);
    let title = if outcome.delivered() { "" } else { outcome.as_str() };
    let class = move || lit.with(|light| plate_class(light.as_deref(), &ports));
    let mut parts = vec![line("t-bad", area.x + 2, area.y - 6, text().note(&Note::PortWithoutEndpoint(end.cause)))];
    parts.extend([
        plate(area, "end-card"),
        line("t-bad strong", area.x + 28, area.y + 15, title),
        line("t-bad", area.x + 28, area.y + 29, text().outcome_end(outcome)),
        glyph("#i-stop", "mark-bad", area.x, area.middle()),
    ]);
    view! { <g class=class data-verdict=outcome.as_str()>{parts}</g> }.into_any()
}
