//! How packets enter a Service from outside: an address with a port each.

use super::build::row;
use super::model::{Card, lane};
use super::service::Limits;
use crate::facts::ServiceFact;
use crate::index::Index;
use crate::key::Kind;
use crate::socket::{Socket, SocketKind, address_text};

/// Up to so many Nodes have a line each in every group; more are one line, unless the group is opened.
pub(super) const LISTED_NODES: usize = 3;
/// Up to so many have a line each in a group that is opened.
pub(super) const OPENED_NODES: usize = 100;

/// An address by which packets enter, with the port of the Service that they reach.
pub(super) struct EntryRow {
    pub(super) card: Card,
    pub(super) socket: Option<Socket>,
    pub(super) port: usize,
}

/// Every entry, by port: load balancer IPs, external IPs, nodePorts.
pub(super) fn entries(index: &Index, service: &ServiceFact, limits: Limits) -> Vec<EntryRow> {
    let mut rows = Vec::new();
    if !service.proxied() {
        return rows;
    }
    let owner = service.key();
    let area = row(lane::NODE, 0);
    for (n, port) in service.ports.iter().enumerate() {
        let (number, protocol) = (port.port.0, port.protocol);
        let mut push = |kind, ip, number, node: Option<String>| {
            let socket = Socket::new(kind, address_text(ip, number, protocol), Kind::Service, owner.clone());
            let card = Card::Entry { area, socket: socket.clone(), ip, port: number, protocol, node };
            rows.push(EntryRow { card, socket: Some(socket), port: n });
        };
        let vips = service.load_balancer.iter().filter(|lb| !lb.proxy_mode).filter_map(|lb| lb.ip);
        vips.for_each(|ip| push(SocketKind::LoadBalancerIp, ip.0, number, None));
        service.external_ips.iter().for_each(|ip| push(SocketKind::ExternalIp, ip.0, number, None));
        let Some(node_port) = port.node_port else { continue };
        let nodes = index.count(Kind::Node);
        let listed = if nodes <= limits.nodes { nodes } else { limits.most_nodes };
        for node in index.nodes().take(listed) {
            for ip in [true, false].into_iter().filter_map(|ipv4| node.primary_ip(ipv4)) {
                if service.proxied_in(ip.0.is_ipv4()) {
                    push(SocketKind::NodePort, ip.0, node_port.0, Some(node.name.clone()));
                }
            }
        }
        if nodes > listed {
            let opens = listed == 0;
            let card = Card::Entries { area, port: node_port.0, protocol, nodes: nodes - listed, opens };
            rows.push(EntryRow { card, socket: None, port: n });
        }
    }
    rows
}
