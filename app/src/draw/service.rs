//! A Service: its name in DNS above the card, its Cluster IPs in the header, a row for each port.

use leptos::prelude::*;
use topology::facts::ServiceType;
use topology::graph::{Area, Card, PortRow, Readiness, lane};
use topology::socket::Socket;

use super::label::{SocketGroup, fit, glyph, line, plate};
use super::{Lit, plate_class};
use crate::text::text;

/// The card of a Service.
pub fn service(card: Card, lit: Lit) -> impl IntoView {
    let members: Vec<Socket> = card.sockets().into_iter().cloned().collect();
    let Card::Service { area, service, service_type, headless, dns, cluster_ips, readiness, ports } = card else {
        return ().into_any();
    };
    let right = area.x + area.w;
    let kind = if headless { text().card.headless } else { service_type.as_str() };
    let dns_name = dns.address.clone();
    let external = service_type == ServiceType::ExternalName;
    let class = move || lit.with(|light| plate_class(light.as_deref(), &members));
    let second_line = match (cluster_ips.is_empty(), external) {
        (false, _) => None,
        (true, true) => Some(text().card.dns_only),
        (true, false) => Some(text().card.no_cluster_ip),
    };
    let stub = (!cluster_ips.is_empty()).then(|| {
        view! {
            <path class="wire" d=format!("M{} {}h14", area.x - 14, area.y + 27)></path>
            {glyph("#i-pods", "glyph quiet", area.x - 18, area.y + 27)}
        }
    });
    view! {
        <SocketGroup socket=dns own=None lit>
            <rect class="hit" x=area.x y=area.y - 18 width=area.w height="16" rx="4"></rect>
            {glyph("#i-dns", "glyph quiet", area.x + 6, area.y - 10)}
            {line("role", area.x + 16, area.y - 6, fit(&dns_name, 36))}
        </SocketGroup>
        <g class=class>
            {plate(area, "card")}
            {line("name", area.x + 12, area.y + 15, fit(&service.name, 20))}
            {line("tag end", right - 12, area.y + 15, kind)}
            {second_line.map(|words| line("role", area.x + 12, area.y + 30, words))}
            {stub}
            {(!external).then(|| badge(area, readiness))}
            {ports.iter().map(|port| rule(area, port.y)).collect_view()}
        </g>
        {cluster_ips.into_iter().enumerate().map(|(n, socket)| cluster_ip(area, n, socket, lit)).collect_view()}
        {ports.into_iter().map(|port| port_row(area, port, headless, lit)).collect_view()}
    }
    .into_any()
}

fn rule(area: Area, y: i32) -> impl IntoView {
    let top = y - lane::PITCH / 2;
    view! { <path class="rule" d=format!("M{} {top}h{}", area.x + 1, area.w - 2)></path> }
}

/// The second line of the header; a second address, of the other family, takes the place of its role.
fn cluster_ip(area: Area, n: usize, socket: Socket, lit: Lit) -> impl IntoView {
    let ip = socket.address.clone();
    let small = ip.len() > 15;
    let y = area.y + 19 - if n > 0 { 34 } else { 0 };
    let x = area.x + if n > 0 { 108 } else { 0 };
    let width = if small || n > 0 { 120 } else { 112 };
    let class = if small { "ip small" } else { "ip" };
    let shown = fit(&ip, 18);
    view! {
        <SocketGroup socket own=None lit>
            <rect class="hit" x=x + 2 y=y width=width height="16" rx="4"></rect>
            {line(class, x + 12, y + 12, shown)}
            {glyph("#i-ip", "glyph", x, y + 8)}
        </SocketGroup>
    }
}

/// How many endpoints are ready, with the shape that says so.
fn badge(area: Area, readiness: Readiness) -> impl IntoView {
    let (words, class, shape, colour) = match readiness {
        Readiness { total: 0, .. } => (text().card.no_endpoints.to_owned(), "end t-bad", "#i-error", "mark-bad"),
        Readiness { ready, total, .. } if ready == total => {
            ((text().card.ready_of)(ready, total), "end t-ok", "#i-ready", "mark-ok")
        }
        Readiness { ready, terminating, total } if ready + terminating == total => {
            ((text().card.ready_of)(ready, total), "end", "#i-ending", "mark-quiet")
        }
        Readiness { ready, total, .. } => {
            ((text().card.ready_of)(ready, total), "end t-warn", "#i-warning", "mark-warn")
        }
    };
    view! {
        {line(class, area.x + area.w - 26, area.y + 30, words)}
        {glyph(shape, colour, area.x + area.w - 16, area.y + 26)}
    }
}

fn port_row(area: Area, port: PortRow, headless: bool, lit: Lit) -> impl IntoView {
    let (y, right) = (port.y, area.x + area.w);
    let number = format!(":{}{}", port.port, port.protocol.suffix());
    let name = match (port.name.as_str(), headless) {
        ("", true) => text().card.port_not_mapped.to_owned(),
        ("", false) => text().card.port.to_owned(),
        (name, _) => format!("{} {name}", text().card.port),
    };
    let target = match &port.target {
        Some(target) => view! {
            {line("role mid", area.x + area.w / 2, y + 4, "→")}
            {line("port end", right - 12, y - 3, target.to_string())}
            {line("role end", right - 12, y + 11, text().card.target_port)}
        }
        .into_any(),
        None => line("role end", right - 12, y - 3, text().card.dns_gives_pod_ips).into_any(),
    };
    let exit = if headless { "#i-ip" } else { "#i-port" };
    view! {
        <SocketGroup socket=port.socket own=None lit>
            <rect class="hit" x=area.x + 2 y=y - 18 width=area.w - 4 height="36" rx="4"></rect>
            {line("port", area.x + 12, y - 3, number)}
            {line("role", area.x + 12, y + 11, fit(&name, 22))}
            {target}
            {glyph("#i-port", "glyph", area.x, y)}
            {glyph(exit, "glyph", right, y)}
        </SocketGroup>
    }
}
