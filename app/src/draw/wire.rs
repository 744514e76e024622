//! Wires.

use leptos::prelude::*;
use topology::graph::LinkKind;
use topology::graph::socket::SocketKind;
use topology::picture::{Area, Light, Wire};

use super::label::{line, plate, stroke};
use super::{Lit, is_lit};
use crate::text;

/// A wire. A lit one has a chevron and its share of new connections.
pub fn wire(wire: Wire, lit: Lit) -> AnyView {
    let (path, mark) = (wire.path.clone(), wire.mark);
    let kind = match wire.kind {
        LinkKind::Packet => "packet",
        LinkKind::Unused => "unused",
        LinkKind::Dns => "dns",
        LinkKind::Broken => "broken",
    };
    let look = ArcMemo::new(move |_| lit.with(|light| WireLook::of(light.as_deref(), &wire)));
    let look_of_class = look.clone();
    let class = move || format!("wire {kind}{}", look_of_class.read().class());
    let marks = move || {
        let look = look.read();
        match (look.lit, look.share.as_ref()) {
            (false, _) => Vec::new(),
            (true, Some(share)) => share_chip(share, mark),
            (true, None) => vec![stroke("chevron", format!("M{} {}l4 4-4 4", mark.0 - 2, mark.1 - 4))],
        }
    };
    view! {
        <path class=class d=path></path>
        {marks}
    }
    .into_any()
}

/// Whether a wire is on the lit path.
pub fn is_on_path(light: &Light, wire: &Wire) -> bool {
    WireLook::of(Some(light), wire).lit
}

#[derive(Clone, Debug, Default, PartialEq)]
struct WireLook {
    lit: bool,
    dimmed: bool,
    broken: bool,
    supposed: bool,
    share: Option<String>,
}

impl WireLook {
    fn of(light: Option<&Light>, wire: &Wire) -> Self {
        let Some(light) = light.filter(|light| is_lit(Some(light))) else { return Self::default() };
        let on = |socket: &Option<topology::graph::socket::Socket>| {
            socket.as_ref().is_some_and(|socket| light.on_path.contains(socket))
        };
        // A wire is on the path if both its ends are. A wire with only one end is on the path if the path ends there.
        let lit = match (&wire.from, &wire.to) {
            (Some(_), Some(_)) => on(&wire.from) && on(&wire.to),
            // Of a nodePort on many Nodes, the wire of those that are only counted is not that of a listed one.
            (None, Some(to)) => on(&wire.to) && !(to.kind == SocketKind::Port && by_node_port(light)),
            (Some(from), None) => light.is_broken(from) && wire.kind == LinkKind::Broken,
            (None, None) => false,
        };
        let share = wire.to.as_ref().filter(|_| lit && on(&wire.from)).and_then(|to| light.share(to));
        Self {
            lit,
            dimmed: !lit,
            broken: lit && (light.stopped() || wire.kind == LinkKind::Broken),
            supposed: light.supposed,
            share: share.map(text::share),
        }
    }

    fn class(&self) -> &'static str {
        match self {
            Self { lit: true, broken: true, .. } => " lit broken",
            Self { lit: true, supposed: true, .. } => " lit supposed",
            Self { lit: true, .. } => " lit",
            Self { dimmed: true, .. } => " dimmed",
            Self { .. } => "",
        }
    }
}

fn by_node_port(light: &Light) -> bool {
    light.on_path.iter().any(|socket| socket.kind == SocketKind::NodePort)
}

fn share_chip(share: &str, (x, y): (i32, i32)) -> Vec<AnyView> {
    let w = 12 + 6 * share.len() as i32;
    vec![plate(Area { x: x - w / 2, y: y - 8, w, h: 16 }, "chip"), line("chip-text", x, y + 4, share)]
}
