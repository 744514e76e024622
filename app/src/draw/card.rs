//! Cards, by what they are.

use leptos::prelude::*;
use topology::graph::{Area, Card, Note, Readiness};

use super::label::{SocketGroup, fit, glyph, line, plate};
use super::{Lit, plate_class};
use super::{endpoint, entry, service};
use crate::text::text;

/// Any card.
#[component]
pub fn CardView(
    /// The card.
    card: Card,
    /// What is lit.
    lit: Lit,
) -> impl IntoView {
    match card {
        Card::Client { area, entries } => entry::client(area, entries, lit).into_any(),
        Card::Entry { area, socket, ip, port, protocol, node } => {
            entry::entry(area, socket, ip, port, protocol, node, lit).into_any()
        }
        Card::Entries { area, port, protocol, nodes } => entry::entries(area, port, protocol, nodes, lit).into_any(),
        card @ Card::Service { .. } => service::service(card, lit).into_any(),
        Card::Slice { area, slice, writer } => endpoint::slice(area, slice, writer, lit).into_any(),
        card @ Card::Endpoint { .. } => endpoint::endpoint(card, lit).into_any(),
        Card::Endpoints { area, readiness } => {
            folded(area, (text().card.endpoints)(readiness.total), readiness, lit).into_any()
        }
        card @ Card::Pod { .. } => endpoint::pod(card, lit).into_any(),
        Card::Pods { area, readiness } => folded(area, (text().card.pods)(readiness.total), readiness, lit).into_any(),
        Card::Container { area, socket, container, port, protocol } => {
            let number = format!(":{port}{}", protocol.suffix());
            view! {
                <SocketGroup socket own=None lit>
                    {plate(area, "card")}
                    {line("port", area.x + 12, area.y + 15, number)}
                    {line("role", area.x + 12, area.y + 29, fit(&container, 13))}
                    {glyph("#i-port", "glyph", area.x, area.middle())}
                </SocketGroup>
            }
            .into_any()
        }
        Card::Undeclared { area, port, protocol } => {
            let number = format!(":{port}{}", protocol.suffix());
            view! {
                <g class=move || lit.with(|light| plate_class(light.as_deref(), &[]))>
                    {plate(area, "hint")}
                    {line("port", area.x + 12, area.y + 15, number)}
                    {line("role", area.x + 12, area.y + 29, text().card.not_declared)}
                </g>
            }
            .into_any()
        }
        Card::Outside { area, socket, target, dns_only } => {
            endpoint::outside(area, socket, target, dns_only, lit).into_any()
        }
        Card::End { area, outcome, note, ports } => endpoint::end(area, outcome, note, ports, lit).into_any(),
        Card::Note { area, note } => remark(area, &note, lit).into_any(),
    }
}

/// Many of something, as a count.
fn folded(area: Area, words: String, readiness: Readiness, lit: Lit) -> impl IntoView {
    let label = words.clone();
    let behind = [(6, "stack"), (3, "stack"), (0, "card")];
    view! {
        <g class=move || lit.with(|light| format!("{} fold", plate_class(light.as_deref(), &[]))) tabindex="0" role="button"
            aria-label=label data-fold="true">
            {behind.map(|(off, class)| plate(Area { x: area.x + off, y: area.y + off, ..area }, class)).collect_view()}
            {line("pod", area.x + 14, area.y + 15, words)}
            {glyph("#i-ready", "mark-ok", area.x + 19, area.y + 25)}
            {line("state", area.x + 28, area.y + 29, (text().card.ready_of)(readiness.ready, readiness.total))}
            {glyph("#i-fold", "glyph quiet", area.x + area.w - 14, area.middle())}
        </g>
    }
}

/// A remark's text: on its wire, or beside what it speaks of.
fn remark(area: Area, note: &Note, lit: Lit) -> impl IntoView + use<> {
    let words = (text().card.note)(note);
    let (class, x, y) = match note {
        Note::HostPort | Note::CName => ("note on-wire mid", area.x + area.w / 2, area.middle() + 4),
        Note::Endpoints { .. } => ("note", area.x + 2, area.y + 15),
        _ => ("note", area.x + 2, area.y - 6),
    };
    view! { <g class=move || lit.with(|light| plate_class(light.as_deref(), &[]))>{line(class, x, y, words)}</g> }
}
