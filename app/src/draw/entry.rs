//! The cards where packets enter: clients, and addresses with a port.

use leptos::prelude::*;
use topology::graph::socket::SocketKind;
use topology::graph::{AddressEntry, UnlistedNodes};
use topology::path::answer::SourceKind;
use topology::picture::{ClientCard, EntryCard, NodePortsCard, UnlistedEntriesCard};

use super::Lit;
use super::label::{cut, fit, fold, glyph, glyph_of, line, plate, plate_group, room, socket_group};
use crate::text::text;

/// Any client outside the cluster; on a lit path, the source of the path.
pub fn client(ClientCard { area, entries }: ClientCard, lit: Lit) -> AnyView {
    let words = text();
    let own = entries.clone();
    let traced = ArcMemo::new(move |_| {
        lit.with(|light| {
            let light = light.as_ref().filter(|light| own.iter().any(|entry| light.on_path.contains(entry)))?;
            let from = light.from.as_ref()?;
            let who = match from.kind {
                SourceKind::External => words.card_outside(),
                SourceKind::Pod => from.name.clone().unwrap_or_default(),
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

/// The widths of letters in wide fonts, in tenths of a px: 12 px and 11 px mono.
const MONO: i32 = 73;
const SMALL_MONO: i32 = 67;

/// An address with a port.
pub fn entry(EntryCard { area, entry }: EntryCard, lit: Lit) -> AnyView {
    let AddressEntry { socket, ip, port, protocol, node } = entry;
    let kind = socket.kind;
    let ip = ip.to_string();
    let right = area.x + area.w;
    let exit = if kind == SocketKind::HostPort { SocketKind::HostPort } else { SocketKind::Port };
    let number = format!(":{port}{}", protocol.suffix());
    let (room_in_line, letters) = ((area.w - 24) * 10, |text: &str| text.len() as i32);
    let beside = letters(&number) * MONO;
    let is_small = letters(&ip) * MONO + beside > room_in_line;
    // An address is never cut: where it and its port need more than a line, the port stands below, and the Node's name yields.
    let is_long = letters(&ip) * SMALL_MONO + beside > room_in_line;
    let mut parts = vec![
        plate(area, "card"),
        cut(
            if is_small { "ip small" } else { "ip" },
            area.x + 12,
            area.y + 15,
            &ip,
            (room_in_line / SMALL_MONO) as usize,
        ),
        line("port end", right - 12, area.y + if is_long { 29 } else { 15 }, number),
        glyph("#i-ip", "glyph", area.x, area.middle()),
        glyph(glyph_of(exit), "glyph", right, area.middle()),
    ];
    if is_long {
        parts.push(line("role", area.x + 12, area.y + 29, text().socket_name(kind)));
    } else {
        parts.push(cut("role", area.x + 12, area.y + 29, &node.unwrap_or_default(), room(16, area.w, 176)));
        parts.push(line("role end", right - 12, area.y + 29, text().socket_name(kind)));
    }
    socket_group(socket, None, lit, parts)
}

/// A nodePort on Nodes that are not listed.
pub fn node_ports(NodePortsCard { area, unlisted }: NodePortsCard, lit: Lit) -> AnyView {
    let UnlistedNodes { port, protocol, opens, .. } = unlisted;
    let right = area.x + area.w;
    let words = text().unlisted_nodes(unlisted);
    // A line of its own: they are longer than a name.
    let parts = vec![
        line("pod", area.x + 12, area.y + 15, words.clone()),
        line("role", area.x + 12, area.y + 29, text().socket_name(SocketKind::NodePort)),
        line("port end", right - 12, area.y + 29, format!(":{port}{}", protocol.suffix())),
        glyph("#i-ip", "glyph", area.x, area.middle()),
        glyph("#i-port", "glyph", right, area.middle()),
    ];
    if opens {
        return fold(area, words, lit, parts);
    }
    plate_group(Vec::new(), lit, std::iter::once(plate(area, "card")).chain(parts).collect())
}

/// nodePorts and hostPorts of a Node that are not listed.
pub fn unlisted(UnlistedEntriesCard { area, unlisted }: UnlistedEntriesCard, lit: Lit) -> AnyView {
    let node_ports = (unlisted.node_ports > 0).then(|| text().card_node_ports(unlisted.node_ports));
    let host_ports = (unlisted.host_ports > 0).then(|| text().card_host_ports(unlisted.host_ports));
    let lines: Vec<String> = node_ports.into_iter().chain(host_ports).collect();
    let label = lines.join(", ");
    let mut parts: Vec<AnyView> =
        (0..).zip(lines).map(|(n, words)| line("pod", area.x + 12, area.y + 15 + 14 * n, words)).collect();
    parts.push(glyph("#i-ip", "glyph", area.x, area.middle()));
    if unlisted.opens {
        parts.push(glyph("#i-fold", "glyph quiet", area.right() - 14, area.middle()));
        return fold(area, label, lit, parts);
    }
    plate_group(Vec::new(), lit, std::iter::once(plate(area, "card")).chain(parts).collect())
}
