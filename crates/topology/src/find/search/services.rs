//! Searches Services.

use std::net::IpAddr;

use super::hits::Hits;
use super::query::{Query, best};
use crate::cluster::facts::{ServiceFact, ServicePortFact, ServiceType};
use crate::cluster::index::Index;
use crate::cluster::key::Kind;
use crate::cluster::port::NodePort;
use crate::graph::socket::{Socket, SocketKind, address_text, port_socket};

pub(super) fn service(hits: &mut Hits, query: &mut Query<'_>, index: &Index, service: &ServiceFact) {
    let (namespace, name) = (service.namespace.as_str(), service.name.as_str());
    if let Some(rank) = hits.wanted(best(query.name(namespace, name), query.labels(&service.selector))) {
        let first = service.ports.first().filter(|_| service.proxied());
        hits.put(rank, first.map_or_else(|| dns(service), |port| port_socket(service, port)), Some(name));
    }
    if let Some(rank) = hits.wanted(query.dns(namespace, name)) {
        hits.put(rank, dns(service), None);
    }
    if service.service_type == ServiceType::ExternalName {
        if let Some(target) = service.external_target()
            && let Some(rank) = hits.wanted(query.outside(target))
        {
            hits.put(rank, of_service(service, SocketKind::External, target.to_owned()), None);
        }
        return;
    }
    for ip in &service.cluster_ips {
        if let Some(rank) = hits.wanted(query.address(ip.0)) {
            hits.put(rank, of_service(service, SocketKind::ClusterIp, ip.to_string()), None);
        }
    }
    let is_host = query.has_port()
        && (query.is_host(namespace, name)
            || query.is(&[name, ".", namespace])
            || query.is(&[name, ".", namespace, ".svc"])
            || service.cluster_ips.iter().any(|ip| query.ip == Some(ip.0)));
    for (n, port) in service.ports.iter().enumerate() {
        if is_host && let Some(rank) = hits.wanted(query.port(port.port.0, port.protocol)) {
            hits.put(rank, port_socket(service, port), None);
        }
        if !service.proxied() {
            continue;
        }
        let mut vip = |kind, ip: IpAddr| {
            // An address without a port finds the first port.
            let alone = if n == 0 { query.address(ip) } else { None };
            let there = if query.ip == Some(ip) { query.port(port.port.0, port.protocol) } else { None };
            if let Some(rank) = hits.wanted(best(alone, there)) {
                hits.put(rank, of_service(service, kind, address_text(ip, port.port.0, port.protocol)), None);
            }
        };
        service.external_ips.iter().for_each(|ip| vip(SocketKind::ExternalIp, ip.0));
        for ip in [true, false].into_iter().flat_map(|ipv4| service.load_balancer_ips(ipv4)) {
            vip(SocketKind::LoadBalancerIp, ip.0);
        }
        if let Some(number) = port.node_port {
            node_port(hits, query, index, service, port, number);
        }
    }
}

fn node_port(
    hits: &mut Hits,
    query: &mut Query<'_>,
    index: &Index,
    service: &ServiceFact,
    port: &ServicePortFact,
    NodePort(number): NodePort,
) {
    let Some(rank) = hits.wanted(query.port_on_node(number, port.protocol)) else { return };
    let first = || {
        let node = index.nodes().next()?;
        node.primary_ips().map(|ip| ip.0).find(|ip| service.proxied_in(ip.is_ipv4()))
    };
    let typed = query.ip.filter(|ip| query.node.is_some() && service.proxied_in(ip.is_ipv4()));
    let socket = match typed.or_else(|| first().filter(|_| query.node.is_none())) {
        Some(ip) => of_service(service, SocketKind::NodePort, address_text(ip, number, port.protocol)),
        // No Node is known, for example because the user may not list them.
        None if query.node.is_none() => port_socket(service, port),
        None => return,
    };
    hits.put(rank, socket, None);
}

fn of_service(service: &ServiceFact, kind: SocketKind, address: String) -> Socket {
    Socket::new(kind, address, Kind::Service, service.key())
}

fn dns(service: &ServiceFact) -> Socket {
    of_service(service, SocketKind::Dns, service.dns_name())
}
