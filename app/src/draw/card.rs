//! Cards of every kind.

use leptos::prelude::*;
use topology::graph::Note;
use topology::picture::{Card, ContainerPortCard, CountCard, NoteCard, ServicePortCard};

use super::Lit;
use super::label::{cut, fit, fold, glyph, line, plate, plate_group, readiness_mark, room, socket_group};
use super::{endpoint, entry, service};
use crate::text::text;

/// Draws a card of any kind.
pub fn card(card: Card, lit: Lit) -> AnyView {
    match card {
        Card::Client(card) => entry::client(card, lit),
        Card::Entry(card) => entry::entry(card, lit),
        Card::NodePorts(card) => entry::node_ports(card, lit),
        Card::UnlistedEntries(card) => entry::unlisted(card, lit),
        Card::Service(card) => service::service(card, lit),
        Card::ServicePort(card) => service_port(card, lit),
        Card::Slice(card) => endpoint::slice(card, lit),
        Card::Endpoint(card) => endpoint::endpoint(card, lit),
        Card::EndpointCount(card) => count(card, text().card_endpoints(card.readiness.total), lit),
        Card::End(card) => endpoint::end(card, lit),
        Card::Pod(card) => endpoint::pod(card, lit),
        Card::PodCount(card) => count(card, text().card_pods(card.readiness.total), lit),
        Card::ContainerPort(card) => container_port(card, lit),
        Card::Target(card) => endpoint::target(card, lit),
        Card::Node(card) => super::nodes::node_group(card, lit),
        Card::Line(card) => super::line::line_card(*card, lit),
        Card::Note(card) => note(card, lit),
    }
}

/// A port of a Pod, with its container if a container declares it.
fn container_port(ContainerPortCard { area, port }: ContainerPortCard, lit: Lit) -> AnyView {
    let number = format!(":{}{}", port.port, port.protocol.suffix());
    let number = line("port", area.x + 12, area.y + 15, number);
    let role = |words: String| line("role", area.x + 12, area.y + 29, words);
    match port.declared {
        Some(declared) => {
            let mark = glyph("#i-port", "glyph", area.x, area.middle());
            let parts = vec![plate(area, "card"), number, role(fit(&declared.container, 13)), mark];
            socket_group(declared.socket, None, lit, parts)
        }
        None => {
            let parts = vec![plate(area, "hint"), number, role(text().card_not_declared())];
            plate_group(Vec::new(), lit, parts)
        }
    }
}

/// A port of a Service whose other parts are in another group.
fn service_port(ServicePortCard { area, service, port }: ServicePortCard, lit: Lit) -> AnyView {
    let number = format!(":{}{}", port.port, port.protocol.suffix());
    let parts = vec![
        plate(area, "card"),
        cut("name", area.x + 12, area.y + 15, &service.name, room(24, area.w, 216)),
        line("role", area.x + 12, area.y + 29, fit(&service.namespace, 20)),
        line("port end", area.right() - 12, area.y + 29, number),
        glyph("#i-port", "glyph", area.x, area.middle()),
    ];
    socket_group(port.socket, None, lit, parts)
}

/// Endpoints or Pods as a count.
fn count(CountCard { area, readiness }: CountCard, words: String, lit: Lit) -> AnyView {
    // A count of zero is shown as ready: the endpoints' targets are outside the cluster.
    let (shape, colour) = if readiness.total == 0 { ("#i-ready", "mark-ok") } else { readiness_mark(readiness) };
    let parts = vec![
        line("pod", area.x + 14, area.y + 15, words.clone()),
        glyph(shape, colour, area.x + 19, area.y + 25),
        line("state", area.x + 28, area.y + 29, text().ready_of(readiness)),
        glyph("#i-fold", "glyph quiet", area.x + area.w - 14, area.middle()),
    ];
    fold(area, words, lit, parts)
}

/// A remark's text, on its wire or beside its subject.
fn note(NoteCard { area, note }: NoteCard, lit: Lit) -> AnyView {
    let words = text().note(&note);
    let (class, x, y) = match note {
        Note::HostPort | Note::CName => ("note on-wire mid", area.x + area.w / 2, area.middle() + 4),
        Note::Endpoints { .. } => ("note", area.x + 2, area.y + 15),
        _ => ("note", area.x + 2, area.y - 6),
    };
    plate_group(Vec::new(), lit, vec![line(class, x, y, words)])
}
