//! Cards, by what they are.

use leptos::prelude::*;
use topology::graph::{Area, Card, Note};
use topology::health::Readiness;

use super::label::{fit, glyph, line, plate, plate_group, readiness_mark, socket_group};
use super::{Lit, plate_class};
use super::{endpoint, entry, service};
use crate::text::text;

/// Any card.
pub fn card(card: Card, lit: Lit) -> AnyView {
    match card {
        Card::Client { area, entries } => entry::client(area, entries, lit),
        Card::Entry { area, socket, ip, port, protocol, node } => {
            entry::entry(area, socket, (ip, port, protocol), node, lit)
        }
        Card::Entries { area, port, protocol, nodes, opens } => {
            entry::entries(area, (port, protocol), nodes, opens, lit)
        }
        card @ Card::Service { .. } => service::service(card, lit),
        Card::Slice { area, slice, writer } => endpoint::slice(area, slice, &writer, lit),
        card @ Card::Endpoint { .. } => endpoint::endpoint(card, lit),
        Card::Endpoints { area, readiness } => folded(area, text().card_endpoints(readiness.total), readiness, lit),
        card @ Card::Pod { .. } => endpoint::pod(card, lit),
        Card::Pods { area, readiness } => folded(area, text().card_pods(readiness.total), readiness, lit),
        Card::Container { area, socket, container, port, protocol } => {
            let number = format!(":{port}{}", protocol.suffix());
            let parts = vec![
                plate(area, "card"),
                line("port", area.x + 12, area.y + 15, number),
                line("role", area.x + 12, area.y + 29, fit(&container, 13)),
                glyph("#i-port", "glyph", area.x, area.middle()),
            ];
            socket_group(socket, None, lit, parts)
        }
        Card::Undeclared { area, port, protocol } => {
            let number = format!(":{port}{}", protocol.suffix());
            let parts = vec![
                plate(area, "hint"),
                line("port", area.x + 12, area.y + 15, number),
                line("role", area.x + 12, area.y + 29, text().card_not_declared()),
            ];
            plate_group(Vec::new(), lit, parts)
        }
        Card::Outside { area, socket, target, node, dns_only } => {
            endpoint::outside(area, socket, &target, node.as_deref(), dns_only, lit)
        }
        Card::End { area, outcome, note, ports } => endpoint::end(area, outcome, note, ports, lit),
        Card::Line(line) => super::line::line_card(*line, lit),
        Card::Node(node) => super::nodes::node_group(node, lit),
        Card::Via { area, socket, service, port, protocol } => {
            let number = format!(":{port}{}", protocol.suffix());
            let parts = vec![
                plate(area, "card"),
                line("name", area.x + 12, area.y + 15, fit(&service.name, 24)),
                line("role", area.x + 12, area.y + 29, fit(&service.namespace, 20)),
                line("port end", area.x + area.w - 12, area.y + 29, number),
                glyph("#i-port", "glyph", area.x + area.w, area.middle()),
            ];
            socket_group(socket, None, lit, parts)
        }
        Card::Note { area, note } => remark(area, &note, lit),
    }
}

/// Many of something, as a count.
fn folded(area: Area, words: String, readiness: Readiness, lit: Lit) -> AnyView {
    // None of none is in order: what is behind the endpoints is outside the cluster.
    let (shape, colour) = if readiness.total == 0 { ("#i-ready", "mark-ok") } else { readiness_mark(readiness) };
    let parts = vec![
        line("pod", area.x + 14, area.y + 15, words.clone()),
        glyph(shape, colour, area.x + 19, area.y + 25),
        line("state", area.x + 28, area.y + 29, text().ready_of(readiness)),
        glyph("#i-fold", "glyph quiet", area.x + area.w - 14, area.middle()),
    ];
    fold(area, words, lit, parts)
}

/// A stack of cards that opens when it is clicked.
pub(super) fn fold(area: Area, label: String, lit: Lit, mut parts: Vec<AnyView>) -> AnyView {
    let behind = [(6, "stack"), (3, "stack"), (0, "card")];
    let stack = behind.map(|(off, class)| plate(Area { x: area.x + off, y: area.y + off, ..area }, class));
    parts.splice(0..0, stack);
    let class = move || lit.with(|light| format!("{} fold", plate_class(light.as_deref(), &[])));
    view! { <g class=class tabindex="0" role="button" aria-label=label data-fold="true">{parts}</g> }.into_any()
}

/// A remark's text: on its wire, or beside what it speaks of.
fn remark(area: Area, note: &Note, lit: Lit) -> AnyView {
    let words = text().note(note);
    let (class, x, y) = match note {
        Note::HostPort | Note::CName => ("note on-wire mid", area.x + area.w / 2, area.middle() + 4),
        Note::Endpoints { .. } => ("note", area.x + 2, area.y + 15),
        _ => ("note", area.x + 2, area.y - 6),
    };
    plate_group(Vec::new(), lit, vec![line(class, x, y, words)])
}
