//! The small parts of cards: shapes, lines of text, rectangles, labels.

use leptos::prelude::*;
use topology::graph::socket::{Socket, SocketKind};
use topology::graph::{EndpointState, Readiness, Ready};
use topology::picture::{Area, Light};

use super::{Lit, plate_class, state_of};
use crate::text::text;

/// The group around a socket. It has the socket's data attributes, can be focused, and has a label for screen readers.
pub fn socket_group(socket: Socket, readiness: Option<EndpointState>, lit: Lit, parts: Vec<AnyView>) -> AnyView {
    let (kind, address, object) = (socket.kind.as_str(), socket.address.clone(), socket.object_text());
    let named = socket.clone();
    let label = move || lit.with(|light| label_of(light.as_deref(), &named, readiness));
    let state = move || lit.with(|light| state_of(light.as_deref(), &socket, readiness));
    view! {
        <g class="socket" tabindex="0" role="button" aria-label=label data-socket=kind data-address=address
            data-object=object data-state=state>
            {parts}
        </g>
    }
    .into_any()
}

/// The group around a card or text that is not a socket: lit with its members, dimmed while another path is lit.
pub fn plate_group(members: Vec<Socket>, lit: Lit, parts: Vec<AnyView>) -> AnyView {
    let class = move || lit.with(|light| plate_class(light.as_deref(), &members));
    view! { <g class=class>{parts}</g> }.into_any()
}

/// A stack of cards that opens when it is clicked.
pub fn fold(area: Area, label: String, lit: Lit, mut parts: Vec<AnyView>) -> AnyView {
    let behind = [(6, "stack"), (3, "stack"), (0, "card")];
    let stack = behind.map(|(off, class)| plate(Area { x: area.x + off, y: area.y + off, ..area }, class));
    parts.splice(0..0, stack);
    let class = move || lit.with(|light| format!("{} fold", plate_class(light.as_deref(), &[])));
    view! { <g class=class tabindex="0" role="button" aria-label=label data-fold="true">{parts}</g> }.into_any()
}

/// The label of a socket for screen readers: the drawn words, its readiness, and its state in the lit answer.
pub(crate) fn label_of(light: Option<&Light>, socket: &Socket, readiness: Option<EndpointState>) -> String {
    let words = text();
    let selected = light.is_some_and(|light| light.selected.as_ref() == Some(socket));
    let on_path = light.is_some_and(|light| light.on_path.contains(socket));
    let readiness = readiness.filter(|state| *state != EndpointState::Ready).map(|state| words.endpoint_state(state));
    let lit = if selected { Some(words.socket_selected()) } else { on_path.then_some(words.socket_on_path()) };
    let name = words.socket_label(words.socket_name(socket.kind), &socket.address, socket.object_text());
    readiness.into_iter().chain(lit).fold(name, |label, state| words.socket_label_state(&label, state))
}

/// The shape of a socket of this kind.
pub fn glyph_of(kind: SocketKind) -> &'static str {
    match kind {
        SocketKind::HostPort => "#i-host",
        SocketKind::NodePort | SocketKind::Port | SocketKind::ContainerPort => "#i-port",
        SocketKind::Endpoint => "#i-pair",
        SocketKind::Dns => "#i-dns",
        SocketKind::External
        | SocketKind::NodeIp
        | SocketKind::ClusterIp
        | SocketKind::PodIp
        | SocketKind::ExternalIp
        | SocketKind::LoadBalancerIp => "#i-ip",
    }
}

/// A shape at a point.
pub fn glyph(name: &'static str, class: &'static str, x: i32, y: i32) -> AnyView {
    view! { <use_ class=class href=name x=x y=y></use_> }.into_any()
}

/// A card's rectangle.
pub fn plate(area: Area, class: &'static str) -> AnyView {
    view! { <rect class=class x=area.x y=area.y width=area.w height=area.h rx="6"></rect> }.into_any()
}

/// An invisible rectangle that takes pointer events.
pub fn hit(area: Area) -> AnyView {
    plate(area, "hit")
}

/// A line: a wire, a rule, a chevron.
pub fn stroke(class: &'static str, path: String) -> AnyView {
    view! { <path class=class d=path></path> }.into_any()
}

/// A line of text.
pub fn line(class: &'static str, x: i32, y: i32, words: impl Into<String>) -> AnyView {
    pair(class, x, y, words.into(), None)
}

/// A line of text whose end is of another class.
pub fn pair(class: &'static str, x: i32, y: i32, words: String, end: Option<(&'static str, String)>) -> AnyView {
    let end = end.map(|(class, words)| view! { <tspan class=class>{words}</tspan> });
    view! { <text class=class x=x y=y>{words}{end}</text> }.into_any()
}

/// The shape of a state, the class of its colour, and the class of its word.
pub fn state_mark(state: EndpointState) -> (&'static str, &'static str, &'static str) {
    match state {
        EndpointState::Ready => ("#i-ready", "mark-ok", "state"),
        EndpointState::NotReady => ("#i-unready", "mark-warn", "state t-warn"),
        EndpointState::Terminating => ("#i-ending", "mark-quiet", "state"),
    }
}

/// The shape and the class of the colour of a readiness.
pub fn readiness_mark(readiness: Readiness) -> (&'static str, &'static str) {
    match readiness.ready() {
        Ready::Nothing | Ready::None | Ready::Unread => ("#i-error", "mark-bad"),
        Ready::All => ("#i-ready", "mark-ok"),
        Ready::Ending => ("#i-ending", "mark-quiet"),
        Ready::Partial => ("#i-warning", "mark-warn"),
    }
}

/// Number of characters for a card of this width, in px, where one of the `designed` width holds `characters`.
pub fn room(characters: usize, width: i32, designed: i32) -> usize {
    /// Width of a letter in wide fonts, in px.
    const LETTER: i32 = 9;
    let more = (width - designed) / LETTER;
    usize::try_from(i32::try_from(characters).unwrap_or_default() + more).unwrap_or_default().max(6)
}

/// A text of a card that is cut to at most `characters`; if it is, pointing at it shows the whole text.
pub fn cut(class: &'static str, x: i32, y: i32, whole: &str, characters: usize) -> AnyView {
    let shown = fit(whole, characters);
    let title = (shown != whole).then(|| {
        let whole = whole.to_owned();
        view! { <title>{whole}</title> }
    });
    view! { <text class=class x=x y=y>{shown}{title}</text> }.into_any()
}

/// Cuts a name to at most `characters`, so that it fits its card. It is cut in the middle, because both ends of a Pod's name matter.
pub fn fit(name: &str, characters: usize) -> String {
    let count = name.chars().count();
    if count <= characters {
        return name.to_owned();
    }
    let tail = characters * 2 / 5;
    let head = characters.saturating_sub(tail + 1);
    let start: String = name.chars().take(head).collect();
    let end: String = name.chars().skip(count - tail).collect();
    format!("{start}…{end}")
}
