//! The group of a Service: entries on the left, the Service, its slices, Pods and containers on the right.

use std::collections::BTreeSet;

use super::build::{Pin, finish, row, wire};
use super::entries::{EntryRow, LISTED_NODES, OPENED_NODES, entries};
use super::light::port_socket;
use super::model::{Area, Card, Detail, EndpointState, Group, Note, PortRow, SliceWriter, Stroke, Wire, lane};
use super::pods::Behind;
use crate::facts::{EndpointFact, ServiceFact, ServicePortFact, ServiceType, SliceFact};
use crate::health::{Readiness, dead_ports, readiness, why};
use crate::index::Index;
use crate::key::{Kind, ObjectKey};
use crate::port::Protocol;
use crate::resolve::endpoints::{candidates, usable};
use crate::socket::{Socket, SocketKind, address_text, name_text};
use crate::trace::Outcome;

/// Up to so many Pods are drawn one by one; more fold into a count, unless the group is opened.
pub(super) const LISTED_PODS: usize = 10;

/// How much of a group is listed one by one.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    /// More Nodes than this are one line.
    pub(super) nodes: usize,
    /// So many Nodes are listed, if they are.
    pub(super) most_nodes: usize,
    /// More Pods than this are a count.
    pub(super) pods: usize,
}

impl Limits {
    /// Of a group in this detail; one that the reader opened shows all.
    pub(super) fn of(detail: Detail, open: bool) -> Self {
        match (open, detail) {
            (true, _) => Self { nodes: LISTED_NODES, most_nodes: OPENED_NODES, pods: usize::MAX },
            (false, Detail::Full) => Self { nodes: LISTED_NODES, most_nodes: 0, pods: LISTED_PODS },
            (false, Detail::Folded | Detail::Line) => Self { nodes: 1, most_nodes: 0, pods: 1 },
        }
    }
}

/// Draws a Service. `known` says whether its slices are.
pub(super) fn group(index: &Index, service: &ServiceFact, known: bool, limits: Limits) -> Group {
    let rows = slice_rows(index, service);
    let pods = rows.iter().map(|row| row.behind()).collect::<BTreeSet<_>>().len();
    let folded = pods > limits.pods;
    let entries = entries(index, service, limits);
    let ends = if known { dead_ports(index, service) } else { Vec::new() };
    let external_name = service.service_type == ServiceType::ExternalName;

    // Everything is centred on the Service's port rows. Endpoints come and go, so a column of them that is longer than what stands
    // left of it grows downwards only: the Service and its entries keep their place (design §1.6).
    let ports = service.ports.len() as i32;
    let right = span(&rows);
    let left = (entries.len() as i32 - 1).max(0) * lane::PITCH;
    let to_centre = lane::CARD / 2 + if ports > 0 && !external_name { lane::PITCH * (ports + 1) / 2 } else { 0 };
    let top = (left / 2 + lane::CARD / 2 - to_centre).max(0);
    let centre = top + to_centre;

    let mut draw = Draw { cards: Vec::new(), wires: Vec::new() };
    let port_rows = port_rows(service, top);
    draw.entries(&entries, &port_rows, centre - left / 2);
    draw.cards.push(service_card(index, service, top, port_rows.clone()));
    if external_name {
        draw.external_name(service, centre);
    } else if folded {
        draw.folded(index, service, &rows, &port_rows, &ends, centre);
    } else {
        draw.endpoints(index, service, &rows, &port_rows, &ends, (centre - right / 2).max(lane::CARD / 2));
    }
    if !known && !external_name {
        let area = Area { x: lane::SLICE.0, y: top, w: lane::SLICE.1, h: lane::CARD };
        draw.cards.push(Card::Note { area, note: Note::NotKnown });
    }
    finish(draw.cards, draw.wires)
}

/// One line of a slice's card: an endpoint with one of the slice's ports.
pub(super) struct SliceRow<'a> {
    pub(super) slice: &'a SliceFact,
    pub(super) endpoint: &'a EndpointFact,
    /// The port's name, protocol and number; `None` where the slice has no ports.
    pub(super) port: Option<(&'a str, Protocol, u16)>,
}

impl SliceRow<'_> {
    /// What is behind it: its Pod, else its address.
    fn behind(&self) -> String {
        self.endpoint.pod().map_or_else(|| self.endpoint.address.clone(), |pod| pod.to_string())
    }

    pub(super) fn socket(&self) -> Socket {
        let (kind, slice) = (SocketKind::Endpoint, self.slice.key());
        let address = match (self.endpoint.ip(), self.port) {
            (Some(ip), Some((_, protocol, port))) => address_text(ip, port, protocol),
            (_, Some((_, protocol, port))) => name_text(&self.endpoint.address, port, protocol),
            (_, None) => self.endpoint.address.clone(),
        };
        Socket::new(kind, address, Kind::EndpointSlice, slice)
    }
}

/// Lines by slice, then by address, then by port as the slice has them.
pub(super) fn slice_rows<'a>(index: &'a Index, service: &ServiceFact) -> Vec<SliceRow<'a>> {
    let mut rows = Vec::new();
    for slice in index.slices_of(&service.key()) {
        let mut endpoints: Vec<&EndpointFact> = index.endpoints_in(&slice.key()).collect();
        endpoints.sort_by_key(|a| (a.ip(), a.key()));
        let ports: Vec<_> =
            slice.ports.iter().filter_map(|port| Some((port.name.as_deref()?, port.protocol, port.port?.0))).collect();
        for endpoint in endpoints {
            if ports.is_empty() {
                rows.push(SliceRow { slice, endpoint, port: None });
            }
            rows.extend(ports.iter().map(|port| SliceRow { slice, endpoint, port: Some(*port) }));
        }
    }
    rows
}

/// From the middle of the first line to the middle of the last one, with a gap between slices.
fn span(rows: &[SliceRow<'_>]) -> i32 {
    let slices = rows.windows(2).filter(|pair| pair[0].slice.name != pair[1].slice.name).count() as i32;
    (rows.len() as i32 - 1).max(0) * lane::PITCH + slices * lane::GAP
}

fn port_rows(service: &ServiceFact, top: i32) -> Vec<PortRow> {
    if service.service_type == ServiceType::ExternalName {
        return Vec::new();
    }
    let make = |(n, port): (usize, &ServicePortFact)| PortRow {
        y: top + lane::CARD / 2 + lane::PITCH * (n as i32 + 1),
        socket: port_socket(service, port),
        name: port.name.clone(),
        port: port.port.0,
        protocol: port.protocol,
        target: (!service.headless).then(|| port.target_port.clone()),
    };
    service.ports.iter().enumerate().map(make).collect()
}

fn service_card(index: &Index, service: &ServiceFact, top: i32, ports: Vec<PortRow>) -> Card {
    let key = service.key();
    let readiness = readiness(index, &key);
    let (x, w) = lane::SERVICE;
    let h = lane::CARD + lane::PITCH * ports.len() as i32;
    let cluster_ips = service.cluster_ips.iter().filter(|_| !service.headless);
    Card::Service {
        area: Area { x, y: top, w, h },
        service: key.clone(),
        service_type: service.service_type,
        headless: service.headless,
        dns: Socket::new(SocketKind::Dns, service.dns_name(), Kind::Service, key.clone()),
        cluster_ips: cluster_ips
            .map(|ip| Socket::new(SocketKind::ClusterIp, ip.to_string(), Kind::Service, key.clone()))
            .collect(),
        readiness,
        ports,
    }
}

struct Draw {
    cards: Vec<Card>,
    wires: Vec<Wire>,
}

impl Draw {
    fn entries(&mut self, entries: &[EntryRow], ports: &[PortRow], first: i32) {
        if entries.is_empty() {
            return;
        }
        let last = first + (entries.len() as i32 - 1) * lane::PITCH;
        let client = row(lane::CLIENT, (first + last) / 2);
        let sockets = entries.iter().filter_map(|entry| entry.socket.clone()).collect();
        self.cards.push(Card::Client { area: client, entries: sockets });
        for (n, entry) in entries.iter().enumerate() {
            let area = row(lane::NODE, first + n as i32 * lane::PITCH);
            let y = area.middle();
            let socket = entry.socket.as_ref();
            let from = Pin { x: client.x + client.w, y: client.middle(), socket: None };
            self.wires.push(wire(from, Pin { x: area.x, y, socket }, 120, Stroke::Packet));
            if let Some(port) = ports.get(entry.port) {
                let to = Pin { x: lane::SERVICE.0, y: port.y, socket: Some(&port.socket) };
                let from = Pin { x: area.x + area.w, y, socket };
                self.wires.push(wire(from, to, trunk(344, entry.port, ports.len()), Stroke::Packet));
            }
            let mut card = entry.card.clone();
            if let Card::Entry { area: place, .. } | Card::Entries { area: place, .. } = &mut card {
                *place = area;
            }
            self.cards.push(card);
        }
    }

    fn external_name(&mut self, service: &ServiceFact, y: i32) {
        self.cards.push(Card::Note { area: row((lane::SLICE.0, lane::SLICE.1), y), note: Note::CName });
        let Some(target) = service.external_target() else { return };
        let socket = Socket::new(SocketKind::External, target, Kind::Service, service.key());
        let dns = Socket::new(SocketKind::Dns, service.dns_name(), Kind::Service, service.key());
        let from = Pin { x: lane::SERVICE.0 + lane::SERVICE.1, y, socket: Some(&dns) };
        self.wires.push(wire(from, Pin { x: lane::OUTSIDE.0, y, socket: Some(&socket) }, 606, Stroke::Dns));
        let target = target.to_owned();
        self.cards.push(Card::Outside { area: row(lane::OUTSIDE, y), socket, target, node: None, dns_only: true });
    }

    fn folded(
        &mut self,
        index: &Index,
        service: &ServiceFact,
        rows: &[SliceRow<'_>],
        ports: &[PortRow],
        ends: &[&ServicePortFact],
        y: i32,
    ) {
        let mut readiness = Readiness::default();
        for row in rows {
            readiness.total += 1;
            readiness.ready += usize::from(row.endpoint.is_ready());
            readiness.terminating += usize::from(row.endpoint.is_terminating() && !row.endpoint.is_ready());
        }
        for (n, port) in ports.iter().enumerate() {
            let from = Pin { x: lane::SERVICE.0 + lane::SERVICE.1, y: port.y, socket: Some(&port.socket) };
            let dead = ends.iter().any(|end| end.name == port.name && end.protocol == port.protocol);
            let stroke = match (dead, service.headless) {
                (true, _) => Stroke::Unused,
                (false, true) => Stroke::Dns,
                (false, false) => Stroke::Packet,
            };
            self.wires.push(wire(from, Pin { x: lane::SLICE.0, y, socket: None }, trunk(606, n, ports.len()), stroke));
        }
        self.cards.push(Card::Endpoints { area: row(lane::SLICE, y), readiness });
        let from = Pin { x: lane::SLICE.0 + lane::SLICE.1, y, socket: None };
        self.wires.push(wire(from, Pin { x: lane::POD.0, y, socket: None }, 812, Stroke::Packet));
        let keys = BTreeSet::from_iter(rows.iter().filter_map(|row| row.endpoint.pod()));
        let mut pods = Readiness { total: keys.len(), ..Readiness::default() };
        for pod in keys.iter().filter_map(|key| index.pod(key)) {
            pods.ready += usize::from(pod.ready);
            pods.terminating += usize::from(pod.terminating);
        }
        self.cards.push(Card::Pods { area: row(lane::POD, y), readiness: pods });
        if !ends.is_empty() {
            self.end(index, service, ports, ends, y + lane::PITCH + lane::GAP);
        }
    }

    fn endpoints(
        &mut self,
        index: &Index,
        service: &ServiceFact,
        rows: &[SliceRow<'_>],
        ports: &[PortRow],
        ends: &[&ServicePortFact],
        first: i32,
    ) {
        let mut y = first;
        let used = used_addresses(index, service);
        let mut behind = Behind::default();
        let mut frame: Option<(&SliceFact, i32, i32)> = None;
        let card =
            self.cards.iter().find(|card| matches!(card, Card::Service { .. })).map(Card::area).unwrap_or_default();
        let middle = card.y + lane::CARD / 2;
        let frames_at = self.cards.len();
        let mut frames = Vec::new();
        for slice_row in rows {
            if let Some((slice, top, bottom)) = frame.filter(|(slice, ..)| slice.name != slice_row.slice.name) {
                frames.push(slice_frame(slice, top, bottom));
                frame = None;
                y += lane::GAP;
            }
            let area = row(lane::SLICE, y);
            let is_first = frame.is_none();
            frame = Some((slice_row.slice, frame.map_or(area.y, |(_, top, _)| top), area.y + area.h));
            let socket = slice_row.socket();
            let is_used = used.contains(&socket);
            if service.headless && ports.is_empty() {
                // A name without ports: DNS answers with the addresses all the same.
                let dns = Socket::new(SocketKind::Dns, service.dns_name(), Kind::Service, service.key());
                let from = Pin { x: lane::SERVICE.0 + lane::SERVICE.1, y: middle, socket: Some(&dns) };
                let stroke = if is_used { Stroke::Dns } else { Stroke::Unused };
                self.wires.push(wire(
                    from,
                    Pin { x: lane::SLICE.0, y, socket: Some(&socket) },
                    trunk(606, 0, 1),
                    stroke,
                ));
            }
            for (n, port) in ports.iter().enumerate() {
                let joins =
                    slice_row.port.is_some_and(|(name, protocol, _)| name == port.name && protocol == port.protocol);
                if joins || (service.headless && slice_row.port.is_none()) {
                    let stroke = match (is_used, service.headless) {
                        (false, _) => Stroke::Unused,
                        (true, true) => Stroke::Dns,
                        (true, false) => Stroke::Packet,
                    };
                    let from = Pin { x: lane::SERVICE.0 + lane::SERVICE.1, y: port.y, socket: Some(&port.socket) };
                    let to = Pin { x: lane::SLICE.0, y, socket: Some(&socket) };
                    self.wires.push(wire(from, to, trunk(606, n, ports.len()), stroke));
                }
            }
            let backing = behind.add(
                index,
                slice_row.endpoint,
                slice_row.port.map(|(_, protocol, port)| (protocol, port)),
                &socket,
                y,
            );
            self.cards.push(Card::Endpoint {
                area,
                first: is_first,
                socket,
                address: slice_row.endpoint.address.clone(),
                port: slice_row.port.map(|(_, _, port)| port),
                protocol: slice_row.port.map(|(_, protocol, _)| protocol).unwrap_or_default(),
                state: state(slice_row.endpoint),
                used: is_used,
                backing,
            });
            y += lane::PITCH;
        }
        frames.extend(frame.map(|(slice, top, bottom)| slice_frame(slice, top, bottom)));
        self.cards.splice(frames_at..frames_at, frames);
        // After the endpoints, so that none of them moves when the last one fails.
        if !ends.is_empty() {
            self.end(index, service, ports, ends, if rows.is_empty() { y } else { y + lane::GAP });
        }
        behind.draw(index, &mut self.cards, &mut self.wires);
        self.evidence(index, service, y);
    }

    /// Where packets to these ports end.
    fn end(&mut self, index: &Index, service: &ServiceFact, ports: &[PortRow], ends: &[&ServicePortFact], y: i32) {
        let note = Note::Dead(why(index, service, ends));
        let is_end = |row: &&PortRow| ends.iter().any(|port| port.name == row.name && port.protocol == row.protocol);
        let dead: Vec<&PortRow> = ports.iter().filter(is_end).collect();
        for port in &dead {
            let from = Pin { x: lane::SERVICE.0 + lane::SERVICE.1, y: port.y, socket: Some(&port.socket) };
            self.wires.push(wire(from, Pin { x: lane::SLICE.0 - 8, y, socket: None }, 606, Stroke::Broken));
        }
        let sockets = dead.iter().map(|port| port.socket.clone()).collect();
        debug_assert!(service.proxied(), "only what kube-proxy handles is refused by it");
        let area = row(lane::SLICE, y);
        self.cards.push(Card::End { area, outcome: Outcome::Reject, note: Some(note), ports: sockets });
    }

    fn evidence(&mut self, index: &Index, service: &ServiceFact, y: i32) {
        let Some(object) = index.endpoints_object(&service.key()) else { return };
        let addresses = object.addresses;
        let mirrored = index.slices_of(&service.key()).any(|slice| writer(slice) == SliceWriter::Mirror);
        let below = self
            .cards
            .iter()
            .filter(|card| card.area().x == lane::SLICE.0)
            .map(|card| card.area().y + card.area().h)
            .max();
        let top = below.unwrap_or(y);
        let area = Area { x: lane::SLICE.0, y: top, w: lane::SLICE.1, h: 20 };
        self.cards.push(Card::Note { area, note: Note::Endpoints { addresses, mirrored } });
    }
}

fn slice_frame(slice: &SliceFact, top: i32, bottom: i32) -> Card {
    let (x, w) = lane::SLICE;
    Card::Slice { area: Area { x, y: top, w, h: bottom - top }, slice: slice.key(), writer: writer(slice) }
}

fn writer(slice: &SliceFact) -> SliceWriter {
    match slice.managed_by.as_deref() {
        Some("endpointslice-controller.k8s.io") => SliceWriter::Controller,
        Some("endpointslicemirroring-controller.k8s.io") => SliceWriter::Mirror,
        other => SliceWriter::Other(other.map(str::to_owned)),
    }
}

pub(super) fn state(endpoint: &EndpointFact) -> EndpointState {
    if endpoint.is_ready() {
        EndpointState::Ready
    } else if endpoint.is_terminating() {
        EndpointState::Terminating
    } else {
        EndpointState::NotReady
    }
}

/// The sockets of the endpoints that packets, or DNS answers, lead to now.
pub(super) fn used_addresses(index: &Index, service: &ServiceFact) -> BTreeSet<Socket> {
    let socket =
        |slice: ObjectKey, address: String| Socket::new(SocketKind::Endpoint, address, Kind::EndpointSlice, slice);
    if service.headless {
        let rows = slice_rows(index, service);
        return BTreeSet::from_iter(rows.iter().filter(|row| row.endpoint.is_ready()).map(SliceRow::socket));
    }
    let families = [true, false];
    service
        .ports
        .iter()
        .flat_map(|port| families.map(|ipv4| (port, ipv4)))
        .filter(|(_, ipv4)| service.cluster_ips.iter().any(|ip| ip.0.is_ipv4() == *ipv4))
        .flat_map(|(port, ipv4)| {
            usable(&candidates(index, &service.key(), port, ipv4))
                .into_iter()
                .map(|c| socket(c.fact.slice_key(), address_text(c.ip, c.port, port.protocol)))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// Trunks of different ports stand apart, so that a wire can be followed by eye.
fn trunk(base: i32, n: usize, of: usize) -> i32 {
    const APART: i32 = 6;
    let spread = (of.min(5) as i32 - 1) * APART;
    base + (n as i32 % 5) * APART - if base == 344 { spread / 2 } else { 0 }
}
