//! Searches Nodes and Pods.

use super::hits::Hits;
use super::query::{Query, best};
use crate::cluster::facts::{ContainerFact, ContainerPortFact, NodeFact, PodFact};
use crate::cluster::index::Index;
use crate::cluster::key::Kind;
use crate::graph::socket::{Socket, SocketKind, address_text, container_text};
use crate::path::host_port::{self, MappedHostPort};

pub(super) fn node(hits: &mut Hits, query: &mut Query<'_>, node: &NodeFact) {
    // The card of a Node shows only its first address.
    let Some(first) = node.first_ip() else { return };
    let socket = || Socket::new(SocketKind::NodeIp, first.to_string(), Kind::Node, node.key());
    if let Some(rank) = hits.wanted(query.name("", &node.name)) {
        hits.put(rank, socket(), Some(&node.name));
    }
    for ip in node.ips() {
        if let Some(rank) = hits.wanted(query.address(ip.0)) {
            hits.put(rank, socket(), Some(&ip.to_string()));
        }
    }
}

pub(super) fn pod(hits: &mut Hits, query: &mut Query<'_>, index: &Index, pod: &PodFact) {
    let (namespace, name) = (pod.namespace.as_str(), pod.name.as_str());
    // The card of a Pod shows only its first address.
    let first = pod.ips.first();
    let own = |address: String| Socket::new(SocketKind::PodIp, address, Kind::Pod, pod.key());
    if let Some(rank) = hits.wanted(best(query.name(namespace, name), query.labels(&pod.labels))) {
        let port = pod.containers.iter().find_map(|container| Some((container, container.ports.first()?)));
        let port = || port.map(|(container, port)| container_socket(pod, container, port));
        if let Some(socket) = first.map(|ip| own(ip.to_string())).or_else(port) {
            hits.put(rank, socket, Some(name));
        }
    }
    for ip in &pod.ips {
        if let (Some(rank), Some(first)) = (hits.wanted(query.address(ip.0)), first) {
            hits.put(rank, own(first.to_string()), Some(&ip.to_string()));
        }
    }
    let by_ip = query.ip.is_some_and(|ip| pod.ips.iter().any(|own| own.0 == ip));
    let by_host = by_ip || (query.has_port() && query.is_host(namespace, name));
    for container in &pod.containers {
        for port in &container.ports {
            let meant = by_host || (query.has_port() && query.is(&[namespace, "/", name, "/", &container.name]));
            let rank = if meant { query.port(port.container_port.0, port.protocol) } else { None };
            // An address with a port finds the endpoint before the container.
            if let Some(rank) = hits.wanted(rank.map(|rank| if by_ip { rank.max(1) } else { rank })) {
                hits.put(rank, container_socket(pod, container, port), None);
            }
            if let Some(mapped) = host_port::of(pod, container, port) {
                open_host_port(hits, query, index, mapped);
            }
        }
    }
}

fn open_host_port(hits: &mut Hits, query: &mut Query<'_>, index: &Index, mapped: MappedHostPort<'_>) {
    if query.node.is_some_and(|node| mapped.node != node.name) {
        return;
    }
    let (number, protocol) = (mapped.number, mapped.port.protocol);
    let Some(rank) = hits.wanted(query.port_on_node(number, protocol)) else { return };
    let Some(node) = index.node(mapped.node) else { return };
    // hostIP must be an address of the Node.
    if let Some(ip) = mapped.shown_ip(index).filter(|ip| node.ips().any(|own| own.0 == *ip)) {
        let address = address_text(ip, number, protocol);
        hits.put(rank, Socket::new(SocketKind::HostPort, address, Kind::Pod, mapped.pod.key()), None);
    }
}

fn container_socket(pod: &PodFact, container: &ContainerFact, port: &ContainerPortFact) -> Socket {
    let key = pod.key();
    let address = container_text(&key, &container.name, port.container_port.0, port.protocol);
    Socket::new(SocketKind::ContainerPort, address, Kind::Pod, key)
}
