//! How packets enter: clients, and addresses with a port.

use std::net::IpAddr;

use leptos::prelude::*;
use topology::graph::Area;
use topology::port::Protocol;
use topology::socket::{Socket, SocketKind};

use super::label::{SocketGroup, fit, glyph, glyph_of, line, plate};
use super::{Lit, is_lit, plate_class};
use crate::text::text;

/// Any client outside; on a lit path, the one that the path was traced from.
pub fn client(area: Area, entries: Vec<Socket>, lit: Lit) -> impl IntoView {
    let words = text();
    let own = entries.clone();
    let traced = Memo::new(move |_| {
        lit.with(|light| {
            let light = light.as_ref().filter(|light| own.iter().any(|entry| light.on_path.contains(entry)))?;
            light.from.ip.filter(|_| light.from.kind == "external").map(|ip| ip.to_string())
        })
    });
    let first = move || match traced.get() {
        Some(ip) => line("ip small", area.x + 8, area.y + 15, fit(&ip, 12)).into_any(),
        None => line("pod", area.x + 8, area.y + 15, words.card.outside).into_any(),
    };
    let second = move || if traced.read().is_some() { words.card.outside } else { words.card.any_client };
    view! {
        <g class=move || lit.with(|light| plate_class(light.as_deref(), &entries))>
            {plate(area, "card")}
            {first}
            <text class="role" x=area.x + 8 y=area.y + 29>{second}</text>
        </g>
    }
}

/// An address with a port.
pub fn entry(
    area: Area,
    socket: Socket,
    ip: IpAddr,
    port: u16,
    protocol: Protocol,
    node: Option<String>,
    lit: Lit,
) -> impl IntoView {
    let kind = socket.kind;
    let ip = ip.to_string();
    let ip_class = if ip.len() > 16 { "ip small" } else { "ip" };
    let right = area.x + area.w;
    view! {
        <SocketGroup socket own=None lit>
            {plate(area, "card")}
            {line(ip_class, area.x + 12, area.y + 15, fit(&ip, 19))}
            {line("port end", right - 12, area.y + 15, format!(":{port}{}", protocol.suffix()))}
            {line("role", area.x + 12, area.y + 29, fit(&node.unwrap_or_default(), 16))}
            {line("role end", right - 12, area.y + 29, (text().socket.name)(kind))}
            {glyph("#i-ip", "glyph", area.x, area.middle())}
            {glyph(if kind == SocketKind::HostPort { "#i-host" } else { glyph_of(SocketKind::Port) }, "glyph", right, area.middle())}
        </SocketGroup>
    }
}

/// One nodePort on more Nodes than are listed.
pub fn entries(area: Area, port: u16, protocol: Protocol, nodes: usize, lit: Lit) -> impl IntoView {
    let right = area.x + area.w;
    let class = move || lit.with(|light| if is_lit(light.as_deref()) { "plate dim" } else { "plate" });
    view! {
        <g class=class>
            {plate(Area { x: area.x + 3, y: area.y + 3, ..area }, "stack")}
            {plate(area, "card")}
            {line("pod", area.x + 12, area.y + 15, (text().card.any_of_nodes)(nodes))}
            {line("port end", right - 12, area.y + 15, format!(":{port}{}", protocol.suffix()))}
            {line("role end", right - 12, area.y + 29, (text().socket.name)(SocketKind::NodePort))}
            {glyph("#i-ip", "glyph", area.x, area.middle())}
            {glyph("#i-port", "glyph", right, area.middle())}
        </g>
    }
}
