//! How packets enter: clients, and addresses with a port.

use std::net::IpAddr;

use leptos::prelude::*;
use topology::graph::Area;
use topology::port::Protocol;
use topology::socket::{Socket, SocketKind};

use super::Lit;
use super::card::fold;
use super::label::{fit, glyph, glyph_of, line, plate, plate_group, socket_group};
use crate::text::text;

/// Any client outside; on a lit path, whoever the path was traced from.
pub fn client(area: Area, entries: Vec<Socket>, lit: Lit) -> AnyView {
    let words = text();
    let own = entries.clone();
    let traced = ArcMemo::new(move |_| {
        lit.with(|light| {
            let light = light.as_ref().filter(|light| own.iter().any(|entry| light.on_path.contains(entry)))?;
            let from = &light.from;
            let who = match from.kind {
                "external" => words.card_outside(),
                "pod" => from.name.clone().unwrap_or_default(),
                _ => from.node.clone().unwrap_or_default(),
            };
            Some((from.ip?.to_string(), who))
        })
    });
    let lines = move || match traced.get() {
        Some((ip, who)) => vec![
            line("ip small", area.x + 8, area.y + 15, fit(&ip, 12)),
            line("role", area.x + 8, area.y + 29, fit(&who, 13)),
        ],
        None => vec![
            line("pod", area.x + 8, area.y + 15, words.card_outside()),
            line("role", area.x + 8, area.y + 29, words.card_any_client()),
        ],
    };
    plate_group(entries, lit, vec![plate(area, "card"), lines.into_any()])
}

/// An address with a port.
pub fn entry(
    area: Area,
    socket: Socket,
    (ip, port, protocol): (IpAddr, u16, Protocol),
    node: Option<String>,
    lit: Lit,
) -> AnyView {
    let kind = socket.kind;
    let ip = ip.to_string();
    let ip_class = if ip.len() > 16 { "ip small" } else { "ip" };
    let right = area.x + area.w;
    let exit = if kind == SocketKind::HostPort { SocketKind::HostPort } else { SocketKind::Port };
    let parts = vec![
        plate(area, "card"),
        line(ip_class, area.x + 12, area.y + 15, fit(&ip, 19)),
        line("port end", right - 12, area.y + 15, format!(":{port}{}", protocol.suffix())),
        line("role", area.x + 12, area.y + 29, fit(&node.unwrap_or_default(), 16)),
        line("role end", right - 12, area.y + 29, text().socket_name(kind)),
        glyph("#i-ip", "glyph", area.x, area.middle()),
        glyph(glyph_of(exit), "glyph", right, area.middle()),
    ];
    socket_group(socket, None, lit, parts)
}

/// One nodePort on more Nodes than are listed; `opens` lists them.
pub fn entries(area: Area, (port, protocol): (u16, Protocol), nodes: usize, opens: bool, lit: Lit) -> AnyView {
    let right = area.x + area.w;
    let words = if opens { text().card_any_of_nodes(nodes) } else { text().card_more_nodes(nodes) };
    let parts = vec![
        line("pod", area.x + 12, area.y + 15, words.clone()),
        line("port end", right - 12, area.y + 15, format!(":{port}{}", protocol.suffix())),
        line("role end", right - 12, area.y + 29, text().socket_name(SocketKind::NodePort)),
        glyph("#i-ip", "glyph", area.x, area.middle()),
        glyph("#i-port", "glyph", right, area.middle()),
    ];
    if opens {
        return fold(area, words, lit, parts);
    }
    plate_group(Vec::new(), lit, std::iter::once(plate(area, "card")).chain(parts).collect())
}
