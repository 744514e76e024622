//! What is behind a Service: slices and their endpoints, Pods, what is outside, and where a path ends.

use leptos::prelude::*;
use topology::coverage::Known;
use topology::graph::{Area, Backing, Card, EndpointState, Note, SliceWriter};
use topology::key::ObjectKey;
use topology::socket::Socket;
use topology::trace::Outcome;

use super::label::{SocketGroup, fit, glyph, line, plate, state_mark};
use super::{Lit, plate_class};
use crate::text::text;

/// A slice's frame, its name above it.
pub fn slice(area: Area, slice: ObjectKey, writer: SliceWriter, lit: Lit) -> impl IntoView {
    let words = match &writer {
        SliceWriter::Controller => slice.name,
        SliceWriter::Mirror => format!("{}, {}", slice.name, text().card.mirrored),
        SliceWriter::Other(None) => format!("{}, {}", slice.name, text().card.by_hand),
        SliceWriter::Other(Some(name)) => format!("{}, {}", slice.name, (text().card.managed_by)(name)),
    };
    view! {
        <g class=move || lit.with(|light| plate_class(light.as_deref(), &[]))>
            {line("role", area.x + 2, area.y - 6, fit(&words, 34))}
            {plate(area, "frame")}
        </g>
    }
}

/// One line of a slice.
pub fn endpoint(card: Card, lit: Lit) -> impl IntoView {
    let Card::Endpoint { area, first, socket, address, port, protocol, state, backing, .. } = card else {
        return ().into_any();
    };
    let (shape, colour, class) = state_mark(state);
    let words = match (state, backing) {
        (EndpointState::Ready, Backing::Outside) => text().card.ready_unchecked,
        (state, _) => (text().card.state)(state),
    };
    let number = port.map(|port| format!(":{port}{}", protocol.suffix())).unwrap_or_default();
    let ip_class = if address.len() + number.len() > 18 { "ip small" } else { "ip" };
    let shown = fit(&address, 22_usize.saturating_sub(number.len()));
    view! {
        <SocketGroup socket own=Some(state) lit>
            {plate(area, "card")}
            {(!first).then(|| view! { <path class="rule" d=format!("M{} {}h{}", area.x + 1, area.y - 2, area.w - 2)></path> })}
            <text class=ip_class x=area.x + 14 y=area.y + 15>{shown}<tspan class="port">{number}</tspan></text>
            {glyph(shape, colour, area.x + 19, area.y + 25)}
            {line(class, area.x + 28, area.y + 29, words)}
            {glyph("#i-pair", "glyph", area.x, area.middle())}
        </SocketGroup>
    }
    .into_any()
}

/// A Pod.
pub fn pod(card: Card, lit: Lit) -> impl IntoView {
    let Card::Pod { area, socket, pod, node, known, state } = card else { return ().into_any() };
    let right = area.x + area.w;
    let ip = socket.as_ref().map(|socket| socket.address.clone());
    let name = fit(&pod.name, 24);
    let marked = known && state != EndpointState::Ready;
    // The endpoint's line says what it is ready for; the Pod repeats it only where it is not.
    let mark = marked.then(|| {
        let (shape, colour, _) = state_mark(state);
        glyph(shape, colour, right - 16, area.y + 25)
    });
    let place =
        if known { fit(&node.unwrap_or_default(), 10) } else { (text().known.state)(Known::NotLoaded).to_owned() };
    let body = view! {
        {plate(area, if known { "card" } else { "hint" })}
        {line("pod", area.x + 12, area.y + 15, name)}
        {line("ip", area.x + 12, area.y + 29, ip.clone().map_or_else(|| text().card.no_ip.to_owned(), |ip| fit(&ip, 18)))}
        {line("role end", if marked { right - 26 } else { right - 12 }, area.y + 29, place)}
        {mark}
        {glyph("#i-ip", "glyph", area.x, area.middle())}
    };
    match socket {
        Some(socket) => view! { <SocketGroup socket own=Some(state) lit>{body}</SocketGroup> }.into_any(),
        None => view! { <g class=move || lit.with(|light| plate_class(light.as_deref(), &[]))>{body}</g> }.into_any(),
    }
}

/// Something outside the cluster.
pub fn outside(area: Area, socket: Socket, target: String, dns_only: bool, lit: Lit) -> impl IntoView {
    let words = if dns_only { text().card.outside_dns } else { text().card.outside_unchecked };
    view! {
        <SocketGroup socket own=None lit>
            {plate(area, "outside")}
            {line("ip", area.x + 12, area.y + 15, fit(&target, 36))}
            {line("t-ext", area.x + 12, area.y + 29, words)}
            {glyph("#i-leave", "mark-ext", area.x + area.w - 16, area.middle())}
            {glyph("#i-ip", "glyph ext", area.x, area.middle())}
        </SocketGroup>
    }
}

/// Where every packet to these ports ends.
pub fn end(area: Area, outcome: Outcome, note: Option<Note>, ports: Vec<Socket>, lit: Lit) -> impl IntoView {
    let (title, words) = (text().card.end)(outcome);
    view! {
        <g class=move || lit.with(|light| plate_class(light.as_deref(), &ports)) data-verdict=outcome.as_str()>
            {note.map(|note| line("t-bad", area.x + 2, area.y - 6, (text().card.note)(&note)))}
            {plate(area, "end-card")}
            <text class="t-bad" font-weight="600" x=area.x + 28 y=area.y + 15>{title}</text>
            {line("t-bad", area.x + 28, area.y + 29, words)}
            <use_ class="mark-bad" href="#i-error" transform=format!("translate({} {}) scale(1.5)", area.x, area.middle())></use_>
        </g>
    }
}
