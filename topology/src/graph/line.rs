//! Groups of one line each: what is left of them when many are looked at.

use std::collections::BTreeSet;

use super::light::port_socket;
use super::model::{Area, Card, Group, Line, LineEntry, lane};
use crate::address::ip_port;
use crate::facts::{PodFact, ServiceFact, ServiceType};
use crate::health::{self, Readiness, Trouble};
use crate::index::Index;
use crate::key::{Kind, ObjectKey};
use crate::socket::{Socket, SocketKind, address_text};

fn group(line: Line) -> Group {
    let area =
        Area { x: lane::CLIENT.0, y: 0, w: lane::CONTAINER.0 + lane::CONTAINER.1 - lane::CLIENT.0, h: lane::LINE };
    let trouble = line.trouble.clone();
    Group { height: lane::LINE, wires: Vec::new(), cards: vec![Card::Line(Box::new(Line { area, ..line }))], trouble }
}

/// A Service.
pub(super) fn service(index: &Index, service: &ServiceFact, trouble: Option<Trouble>) -> Group {
    let key = service.key();
    let external = service.service_type == ServiceType::ExternalName;
    let first = service.ports.first().filter(|_| !external);
    let dns = || Socket::new(SocketKind::Dns, service.dns_name(), Kind::Service, key.clone());
    let (mut pods, mut nodes, mut ports) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut outside = service.external_target().map(str::to_owned);
    for slice in index.slices_of(&key) {
        let port = slice.ports.iter().find_map(|port| port.port).map(|port| port.0);
        ports.extend(slice.ports.iter().filter_map(|port| port.port).map(|port| port.0));
        for endpoint in index.endpoints_in(&slice.key()) {
            match endpoint.pod() {
                Some(pod) => drop(pods.insert(pod)),
                None if outside.is_none() => {
                    let address = endpoint.ip().zip(port).map(|(ip, port)| ip_port(ip, port));
                    outside = Some(address.unwrap_or_else(|| endpoint.address.clone()));
                }
                None => {}
            }
            nodes.extend(endpoint.node.clone());
        }
    }
    let entries = entries(index, service);
    group(Line {
        socket: Some(first.map_or_else(dns, |port| port_socket(service, port))),
        name: service.name.clone(),
        more_entries: entries.len().saturating_sub(1),
        entry: entries.into_iter().next(),
        port: first.map(|port| (port.port.0, port.protocol, (!service.headless).then(|| port.target_port.clone()))),
        more_ports: service.ports.len().saturating_sub(1),
        dns_only: service.headless || external,
        readiness: health::readiness(index, &key),
        pods: (pods.len(), nodes.len()),
        container: ports.iter().next().copied().filter(|_| ports.len() == 1 && outside.is_none()),
        outside,
        trouble,
        ..Line::default()
    })
}

fn entries(index: &Index, service: &ServiceFact) -> Vec<LineEntry> {
    let mut entries = Vec::new();
    if !service.proxied() {
        return entries;
    }
    for port in &service.ports {
        let entry = |ip| LineEntry { ip, nodes: 0, port: port.port.0, protocol: port.protocol, host_port: false };
        let balancers = service.load_balancer.iter().filter(|ingress| !ingress.proxy_mode).filter_map(|lb| lb.ip);
        entries.extend(balancers.map(|ip| entry(Some(ip.0))));
        entries.extend(service.external_ips.iter().map(|ip| entry(Some(ip.0))));
        if let Some(number) = port.node_port {
            entries.push(LineEntry { nodes: index.count(Kind::Node), port: number.0, ..entry(None) });
        }
    }
    entries
}

/// A Pod with hostPorts.
pub(super) fn host_ports(index: &Index, pod: &PodFact) -> Group {
    let node = pod.node.as_deref().and_then(|name| index.node(name));
    let own = node.and_then(|node| node.ips().next());
    let asked = pod.containers.iter().flat_map(|container| &container.ports).filter(|port| port.host_port.is_some());
    let entries: Vec<(LineEntry, u16)> = asked
        .filter_map(|port| {
            let ip = port.host_ip.filter(|ip| !ip.0.is_unspecified()).or(own)?.0;
            let entry =
                LineEntry { ip: Some(ip), nodes: 1, port: port.host_port?.0, protocol: port.protocol, host_port: true };
            Some((entry, port.container_port.0))
        })
        .collect();
    let first = entries.first().cloned();
    let socket = first.as_ref().and_then(|(entry, _)| {
        let address = address_text(entry.ip?, entry.port, entry.protocol);
        Some(Socket::new(SocketKind::HostPort, address, Kind::Pod, pod.key()))
    });
    let trouble = health::of_pod(pod);
    group(Line {
        socket,
        name: pod.name.clone(),
        more_entries: entries.len().saturating_sub(1),
        entry: first.as_ref().map(|(entry, _)| entry.clone()),
        container: first.map(|(_, port)| port),
        readiness: Readiness { ready: usize::from(pod.ready), terminating: usize::from(pod.terminating), total: 1 },
        pods: (1, 1),
        trouble,
        ..Line::default()
    })
}

/// Pods that are only counted: those of a namespace that nothing leads to, or those of a Node.
pub(super) fn pods(index: &Index, name: String, socket: Option<Socket>, pods: &[ObjectKey]) -> Group {
    let (mut readiness, mut nodes) = (Readiness::default(), BTreeSet::new());
    for pod in pods.iter().filter_map(|key| index.pod(key)) {
        readiness.total += 1;
        readiness.ready += usize::from(pod.ready);
        readiness.terminating += usize::from(pod.terminating);
        nodes.extend(pod.node.clone());
    }
    group(Line { socket, name, readiness, pods: (readiness.total, nodes.len()), ..Line::default() })
}
