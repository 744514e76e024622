//! The arrangement by Node: each Node with its address and Pod CIDR, the Pods on it, and by which Services they are reached.

use super::build::{Pin, finish, row, wire};
use super::light::port_socket;
use super::model::{Backing, Card, Group, NodeCard, Stroke, lane};
use super::pods::{self, Behind};
use super::service::{Limits, SliceRow, slice_rows, state, used_addresses};
use crate::facts::NodeFact;
use crate::index::Index;
use crate::key::{Kind, ObjectKey};
use crate::socket::{Socket, SocketKind};

/// A Node's own card.
pub(super) fn card(node: &NodeFact, area: super::model::Area) -> NodeCard {
    let ip = node.ips().next();
    NodeCard {
        area,
        socket: ip.map(|ip| Socket::new(SocketKind::NodeIp, ip.to_string(), Kind::Node, node.key())),
        name: node.name.clone(),
        pod_cidrs: node.pod_cidrs.iter().map(ToString::to_string).collect(),
        ready: node.ready,
    }
}

/// A Node with these Pods.
pub(super) fn group(index: &Index, node: &NodeFact, pods: &[ObjectKey], limits: Limits) -> Group {
    let (x, w) = lane::NODE;
    let area = super::model::Area { x, y: 0, w, h: lane::CARD + 16 };
    let mut cards = vec![Card::Node(card(node, area))];
    if pods.len() > limits.pods {
        let folded = pods::folded(index, pods, area.middle());
        cards.push(folded);
        return finish(cards, Vec::new());
    }
    let mut wires = Vec::new();
    let mut y = lane::CARD / 2;
    let mut alone = Vec::new();
    for key in pods {
        let services = index.endpoints_of_pod(key).filter_map(|own| index.slice(&own.slice_key())?.service_key());
        let mut services: Vec<ObjectKey> = services.collect();
        services.sort();
        services.dedup();
        let mut behind = Behind::default();
        let before = y;
        for service in services.iter().filter_map(|service| index.service(service)) {
            let used = used_addresses(index, service);
            let own = |row: &SliceRow<'_>| row.endpoint.pod().as_ref() == Some(key);
            for line in slice_rows(index, service).into_iter().filter(own) {
                let socket = line.socket();
                let is_used = used.contains(&socket);
                let joins = service.ports.iter().find(|port| {
                    line.port.is_some_and(|(name, protocol, _)| name == port.name && protocol == port.protocol)
                });
                if let Some(port) = joins {
                    let via = port_socket(service, port);
                    let stroke = match (is_used, service.headless) {
                        (false, _) => Stroke::Unused,
                        (true, true) => Stroke::Dns,
                        (true, false) => Stroke::Packet,
                    };
                    let from = Pin { x: lane::SERVICE.0 + lane::SERVICE.1, y, socket: Some(&via) };
                    wires.push(wire(from, Pin { x: lane::SLICE.0, y, socket: Some(&socket) }, 606, stroke));
                    cards.push(Card::Via {
                        area: row(lane::SERVICE, y),
                        socket: via,
                        service: service.key(),
                        port: port.port.0,
                        protocol: port.protocol,
                    });
                }
                let port = line.port.map(|(_, protocol, port)| (protocol, port));
                behind.add(index, line.endpoint, port, &socket, y);
                cards.push(Card::Endpoint {
                    area: row(lane::SLICE, y),
                    first: true,
                    socket,
                    address: line.endpoint.address.clone(),
                    port: port.map(|(_, port)| port),
                    protocol: port.map(|(protocol, _)| protocol).unwrap_or_default(),
                    state: state(line.endpoint),
                    used: is_used,
                    backing: Backing::Pod,
                });
                y += lane::PITCH;
            }
        }
        if y == before {
            alone.push(key.clone());
        }
        behind.draw(index, &mut cards, &mut wires);
    }
    pods::list(index, &alone, y, &mut cards, &mut wires);
    finish(cards, wires)
}
