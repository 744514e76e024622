//! A Service: its name in DNS above the card, its Cluster IPs in the header, a row for each port.

use leptos::prelude::*;
use topology::cluster::facts::ServiceType;
use topology::graph::socket::Socket;
use topology::graph::{Readiness, Ready, Severity};
use topology::path::answer::Outcome;
use topology::picture::{Area, Light, PortRow, ServiceCard, size};

use super::Lit;
use super::label::{cut, fit, glyph, hit, line, plate, plate_group, readiness_mark, room, socket_group, stroke};
use crate::text::text;

/// The widths of letters in wide fonts, in tenths of a px: 13 px bold, 11 px.
const BOLD: i32 = 83;
const SMALL: i32 = 63;

/// The card of a Service.
pub fn service(card: ServiceCard, lit: Lit) -> AnyView {
    let ServiceCard { area, service, service_type, headless, dns, cluster_ips, readiness, stopped, ports } = card;
    let of_ports = ports.iter().map(|row| &row.port.socket);
    let members: Vec<Socket> = std::iter::once(&dns).chain(&cluster_ips).chain(of_ports).cloned().collect();
    let right = area.x + area.w;
    let kind = if headless { text().card_headless() } else { service_type.as_str().to_owned() };
    let external = service_type == ServiceType::ExternalName;
    // The title is drawn after the socket of the DNS name, whose lit card would cover it. It is dimmed with the card, not with that socket.
    let (room, letters) = ((area.w - 24) * 10, |text: &str| text.chars().count() as i32);
    let mut title = vec![cut("name", area.x + 12, area.y + 15, &service.name, (room / BOLD) as usize)];
    // The type gives way to a long name; the table has it.
    if letters(&service.name) * BOLD + letters(&kind) * SMALL <= room {
        title.push(line("tag end", right - 12, area.y + 15, kind));
    }
    let mut header = vec![plate(area, "card service")];
    if cluster_ips.is_empty() {
        let words = if external { text().card_dns_only() } else { text().card_no_cluster_ip() };
        header.push(line("role", area.x + 12, area.y + 30, words));
    } else {
        header.push(stroke("wire", format!("M{} {}h14", area.x - 14, area.y + 27)));
        header.push(glyph("#i-pods", "glyph quiet", area.x - 18, area.y + 27));
    }
    if !external {
        header.extend(badge(area, readiness, stopped));
    }
    header.extend(ports.iter().map(|port| rule(area, port.y)));

    let title = view! { <g class="title">{plate_group(members.clone(), lit, title)}</g> }.into_any();
    let mut parts = vec![plate_group(members, lit, header), dns_name(area, dns, lit), title];
    parts.extend(cluster_ips.into_iter().enumerate().map(|(n, socket)| cluster_ip(area, n, socket, lit)));
    parts.extend(ports.into_iter().map(|port| port_row(area, port, headless, lit)));
    parts.into_any()
}

fn dns_name(area: Area, dns: Socket, lit: Lit) -> AnyView {
    // A click on the Service's name in the card selects the DNS name too. What is outlined is only the name in DNS, above the card.
    let above = Area { x: area.x, y: area.y - 19, w: area.w, h: 18 };
    let in_card = plate(Area { x: area.x, y: area.y - 2, w: area.w, h: 20 }, "reach");
    let name = cut("role", area.x + 16, area.y - 6, &dns.address, room(36, area.w, 216));
    socket_group(
        dns,
        None,
        lit,
        vec![in_card, hit(above), glyph("#i-dns", "glyph quiet", area.x + 6, area.y - 10), name],
    )
}

fn rule(area: Area, y: i32) -> AnyView {
    stroke("rule", format!("M{} {}h{}", area.x + 1, y - size::PITCH / 2, area.w - 2))
}

/// The second line of the header: a Cluster IP and its role. A second address, of the other family, is drawn in the place of the role.
fn cluster_ip(area: Area, n: usize, socket: Socket, lit: Lit) -> AnyView {
    let small = socket.address.len() > 15;
    let y = area.y + 19 - if n > 0 { 34 } else { 0 };
    let x = area.x + if n > 0 { 108 } else { 0 };
    let width = if small || n > 0 { 120 } else { 112 };
    let parts = vec![
        hit(Area { x: x + 2, y, w: width, h: 16 }),
        line(if small { "ip small" } else { "ip" }, x + 12, y + 12, fit(&socket.address, 18)),
        glyph("#i-ip", "glyph", x, y + 8),
    ];
    socket_group(socket, None, lit, parts)
}

/// The number of ready endpoints, with the shape of the readiness, or of what stops packets all the same.
fn badge(area: Area, readiness: Readiness, stopped: Option<Severity>) -> [AnyView; 2] {
    let of = text().ready_of(readiness);
    let (words, class) = match readiness.ready() {
        Ready::Nothing => (text().card_no_endpoints(), "end t-bad"),
        Ready::All => (of, "end t-ok"),
        Ready::Unread | Ready::None => (of, "end t-bad"),
        Ready::Ending => (of, "end"),
        Ready::Partial => (of, "end t-warn"),
    };
    let (shape, colour) = readiness_mark(readiness);
    let is_fine = matches!(readiness.ready(), Ready::All | Ready::Ending);
    let (class, shape, colour) = match stopped.filter(|_| is_fine) {
        Some(Severity::Error) => ("end t-bad", "#i-error", "mark-bad"),
        Some(Severity::Warning) => ("end t-warn", "#i-warning", "mark-warn"),
        None => (class, shape, colour),
    };
    let right = area.x + area.w;
    [line(class, right - 26, area.y + 30, words), glyph(shape, colour, right - 16, area.y + 26)]
}

fn port_row(area: Area, PortRow { y, port }: PortRow, headless: bool, lit: Lit) -> AnyView {
    let right = area.x + area.w;
    let number = format!(":{}{}", port.port, port.protocol.suffix());
    let name = match (port.name.as_str(), headless) {
        ("", true) => text().card_port_not_mapped(),
        ("", false) => text().card_port(),
        (name, _) => text().card_port_named(name),
    };
    let mut parts = vec![
        hit(Area { x: area.x + 2, y: y - 18, w: area.w - 4, h: 36 }),
        line("port", area.x + 12, y - 3, number),
        cut("role", area.x + 12, y + 11, &name, room(22, area.w, 216)),
    ];
    match &port.target_port {
        Some(target) => parts.extend([
            line("role mid", area.x + area.w / 2, y + 4, "→"),
            // A port's name has at most 15 characters; a longer text would cover its neighbour.
            line("port end", right - 12, y - 3, fit(&target.to_string(), 15)),
            line("role end", right - 12, y + 11, text().card_target_port()),
        ]),
        None => parts.push(line("role end", right - 12, y - 3, text().card_dns_gives_pod_ips())),
    }
    let stopped = port.socket.clone();
    parts.push((move || lit.with(|light| drops(light.as_deref(), &stopped)).then(|| fading(right, y))).into_any());
    parts.push(glyph("#i-port", "glyph", area.x, y));
    parts.push(glyph(if headless { "#i-ip" } else { "#i-port" }, "glyph", right, y));
    socket_group(port.socket, None, lit, parts)
}

/// Whether packets of the lit path are dropped behind this port.
fn drops(light: Option<&Light>, port: &Socket) -> bool {
    light.is_some_and(|light| {
        light.stopped() && light.broken.iter().any(|(own, outcome)| own == port && *outcome == Outcome::Drop)
    })
}

/// A wire that fades, because nobody says that the packet is dropped.
fn fading(x: i32, y: i32) -> AnyView {
    let pieces = format!("M{} {y}h16m4 0h5m4 0h3.5m4 0h2m4 0h1.4", x + 5);
    view! { <g class="fades">{stroke("wire broken lit", pieces)}{line("mid t-bad strong on-wire", x + 26, y - 8, Outcome::Drop.as_str().to_owned())}</g> }
        .into_any()
}
