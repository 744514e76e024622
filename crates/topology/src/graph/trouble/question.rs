//! The question that fails where something is wrong, on a Node where it fails.

use std::collections::BTreeSet;

use super::{JoinedService, LocalGap, Trouble, local_gap};
use crate::cluster::facts::{ServiceFact, TrafficPolicy};
use crate::cluster::view::Cluster;
use crate::graph::readiness::EndpointState;
use crate::graph::socket::{Socket, SocketKind};
use crate::graph::{UnitKey, UnitKind, main_socket, sockets};
use crate::path::endpoints::externally_accessible;
use crate::path::question::Source;

/// A question whose answer shows a trouble.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailingQuestion {
    /// The socket that is asked about.
    pub select: Socket,
    /// The source; `None` for the usual one of the socket.
    pub from: Option<Source>,
}

/// The question that shows a unit's trouble: where packets are refused a port that refuses, where they are dropped an address of a Node that
/// drops them. `None` if the unit has no socket.
pub fn failing_question(cluster: Cluster<'_>, key: &UnitKey, trouble: &Trouble) -> Option<FailingQuestion> {
    let service = cluster.index.service(&key.object).filter(|_| key.kind == UnitKind::Service);
    let ask = |select| FailingQuestion { select, from: None };
    let found = service.and_then(|service| match trouble {
        Trouble::Refused { .. } => refused(cluster, service).map(ask),
        Trouble::NoAddress(_) => Some(ask(sockets::dns(service))),
        Trouble::Dropped { .. } => dropped(cluster, service),
        Trouble::NotReady { .. } => not_ready(cluster, service).map(ask),
        Trouble::NotKnown => None,
    });
    found.or_else(|| main_socket(cluster.index, key).map(ask))
}

fn refused(cluster: Cluster<'_>, service: &ServiceFact) -> Option<Socket> {
    let first = *JoinedService::of(cluster.index, service).ports_without_endpoint().first()?;
    Some(sockets::port(service, &service.ports[first]))
}

fn dropped(cluster: Cluster<'_>, service: &ServiceFact) -> Option<FailingQuestion> {
    let LocalGap { port, ipv4, nodes, .. } = local_gap(cluster, service, &JoinedService::of(cluster.index, service))?;
    let port = &service.ports[port];
    let from_outside =
        service.external_traffic_policy == TrafficPolicy::Local && externally_accessible(service, port, ipv4);
    if !from_outside {
        let from = Some(Source::Node(nodes.first()?.to_string()));
        return Some(FailingQuestion { select: sockets::port(service, port), from });
    }
    let key = service.key();
    let on_node = |number: u16| {
        nodes.iter().find_map(|name| {
            let node = cluster.index.node(name)?;
            let takes = |ip: &std::net::IpAddr| ip.is_ipv4() == ipv4 && cluster.settings.accepts_node_ports(node, *ip);
            let ip = node.ips().map(|ip| ip.0).find(takes)?;
            Some(sockets::entry(SocketKind::NodePort, &key, ip, number, port.protocol))
        })
    };
    let by_node_port = port.node_port.and_then(|number| on_node(number.0));
    // Whatever else leads to the Service is answered for each Node.
    let by_load_balancer = || {
        let ip = service.load_balancer_ips(ipv4).next()?;
        Some(sockets::entry(SocketKind::LoadBalancerIp, &key, ip.0, port.port.0, port.protocol))
    };
    let by_external_ip = || {
        let ip = service.external_ips.iter().map(|ip| ip.0).find(|ip| ip.is_ipv4() == ipv4)?;
        Some(sockets::entry(SocketKind::ExternalIp, &key, ip, port.port.0, port.protocol))
    };
    let select = by_node_port.or_else(by_load_balancer).or_else(by_external_ip)?;
    Some(FailingQuestion { select, from: None })
}

/// The first endpoint that is not ready.
fn not_ready(cluster: Cluster<'_>, service: &ServiceFact) -> Option<Socket> {
    let index = cluster.index;
    let mut endpoints = index.endpoints_of(&service.key());
    let out = endpoints.find(|endpoint| EndpointState::of_endpoint(endpoint) == EndpointState::NotReady)?;
    let slice = index.slice(&out.slice_key())?;
    let port = slice.ports.iter().find_map(|port| Some((port.protocol, port.number()?)));
    Some(sockets::endpoint(out, port))
}

/// The names of the Nodes on which a unit's trouble is: those that drop packets, those with an endpoint that is not ready. Empty if it is on every
/// Node.
pub fn troubled_nodes(cluster: Cluster<'_>, key: &UnitKey, trouble: &Trouble) -> BTreeSet<String> {
    let index = cluster.index;
    let service = index.service(&key.object).filter(|_| key.kind == UnitKind::Service);
    match (trouble, service) {
        (Trouble::Dropped { .. }, Some(service)) => {
            let gap = local_gap(cluster, service, &JoinedService::of(index, service));
            gap.into_iter().flat_map(|gap| gap.nodes).map(str::to_owned).collect()
        }
        (Trouble::NotReady { .. }, Some(service)) => {
            let out = index
                .endpoints_of(&service.key())
                .filter(|one| EndpointState::of_endpoint(one) == EndpointState::NotReady);
            out.filter_map(|endpoint| endpoint.node.clone()).collect()
        }
        (Trouble::NotReady { .. }, None) => {
            index.pod(&key.object).and_then(|pod| pod.node.clone()).into_iter().collect()
        }
        _ => BTreeSet::new(),
    }
}
