//! Builds the evaluation of a packet that reaches endpoints, Pods or containers, with the headers on the way.

mod list;

use std::net::IpAddr;
use std::rc::Rc;

use crate::cluster::facts::{ContainerPortFact, PodFact};
use crate::cluster::index::EndpointBacking;
use crate::cluster::port::{Protocol, TransportProtocol};
use crate::path::answer::{
    DeclaredPort, EndpointHop, EndpointList, Entry, EntryKind, Evaluation, Outcome, Reason, Remark,
};
use crate::path::choose::Chosen;
use crate::path::claim::ServiceClaim;
use crate::path::doubts;
use crate::path::endpoints::Candidate;
use crate::path::filters::{OnNode, loopback_source};
use crate::path::hops;
use crate::path::host_port::MappedHostPort;
use crate::path::packet::Packet;
use crate::path::rules::ServicePortName;
use crate::path::shared::DeliveredList;
use crate::path::source::SourceClass;

/// The evaluation of a packet that no earlier step has stopped.
pub(crate) fn deliver<'a>(packet: Packet<'a>, chosen: Chosen<'a>) -> Evaluation {
    match chosen {
        Chosen::Endpoints { claim, endpoints, rules, marked } => {
            Evaluation { rules, marked, ..to_endpoints(packet, &claim, &endpoints, marked) }
        }
        Chosen::Listener(claim, endpoints) => by_listener(packet, &claim, &endpoints),
        Chosen::HostPort(mapped, ip) => by_host_port(packet, mapped, ip),
        Chosen::Pod(pod) => directly(packet, pod),
    }
}

/// Delivery through kube-proxy's rules to one of the endpoints.
fn to_endpoints<'a>(
    packet: Packet<'a>,
    claim: &ServiceClaim<'a>,
    chosen: &Rc<[Candidate<'a>]>,
    marked: bool,
) -> Evaluation {
    let list = DeliveredList::get(packet, claim, chosen, marked);
    let (endpoints, afterwards) = list.on_node(packet, claim, marked);
    let because = Reason::DeliveredToEndpoints { count: endpoints.len() };
    let hops = hops::service(packet, claim.kind, &endpoints);
    let mut remarks: Vec<Remark> = afterwards.into_iter().chain(not_routed(packet, claim.kind)).collect();
    remarks.extend(doubts::of_endpoints(packet, &endpoints, &list.doubts));
    Evaluation { endpoints, hops, remarks, ..claim.ends(packet, Outcome::Endpoints, because) }
}

/// Whether delivery depends on an external route: a client outside the cluster reaches a Cluster IP or a Pod IP only if a route exists.
fn needs_route(packet: Packet<'_>, address: EntryKind) -> bool {
    matches!(address, EntryKind::ClusterIp | EntryKind::PodIp) && packet.source.class == SourceClass::External
}

fn not_routed(packet: Packet<'_>, address: EntryKind) -> Option<Remark> {
    needs_route(packet, address).then_some(Remark::NotRouted { address })
}

/// Whether a packet that nothing stops arrives; `None` if that depends on a route that no API reports.
fn arrives(packet: Packet<'_>, address: EntryKind) -> Option<bool> {
    (!needs_route(packet, address)).then_some(true)
}

/// Whether packets arrive that have two things to pass.
fn both(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// Delivery by the listener of nftables' kube-proxy on a loopback address. No rule is involved.
fn by_listener(packet: Packet<'_>, claim: &ServiceClaim<'_>, chosen: &[Candidate<'_>]) -> Evaluation {
    let hop = |endpoint| EndpointHop {
        rule: None,
        masquerade: Some(true),
        ..endpoint_hop(packet, claim, endpoint, chosen.len())
    };
    let mut endpoints: Vec<EndpointHop> = chosen.iter().map(hop).collect();
    endpoints.sort_by_key(|endpoint| (endpoint.ip, endpoint.port));
    let doubts = doubts::of_list(packet, &endpoints);
    let endpoints = EndpointList::from(endpoints);
    let hops = hops::service(packet, claim.kind, &endpoints);
    let remarks = doubts::of_endpoints(packet, &endpoints, &doubts);
    Evaluation { endpoints, hops, remarks, ..claim.ends(packet, Outcome::Endpoints, Reason::KubeProxyListener) }
}

/// Delivery by the CNI's mapping of a hostPort.
fn by_host_port(packet: Packet<'_>, mapped: MappedHostPort<'_>, ip: IpAddr) -> Evaluation {
    let MappedHostPort { pod, node, container, port, .. } = mapped;
    // portmap makes the sysctl that lets packets from 127.0.0.0/8 leave their Node; for ::1 there is none.
    let is_lost = packet.to.ip.is_loopback() && packet.to.ip.is_ipv6();
    let lost = is_lost.then(|| Remark::LoopbackSource { node: node.to_owned() });
    let endpoint = EndpointHop {
        container: Some(container.name.clone()),
        container_port: Some(declared_port(port)),
        delivered: Some(!is_lost),
        ..pod_hop(pod, ip, port.container_port.0, port.protocol)
    };
    let because = Reason::HostPort { pod: pod.key(), node: node.to_owned() };
    let hops = hops::host_port(packet, node, &endpoint);
    let entry = Some(Entry::without_service(EntryKind::HostPort));
    let endpoints = vec![endpoint];
    let remarks = lost.into_iter().chain(doubts::policies(packet, &endpoints)).collect();
    Evaluation { entry, endpoints: endpoints.into(), hops, remarks, ..packet.ends(Outcome::HostPort, because) }
}

/// Delivery to a Pod's own address, or to a hostNetwork Pod on an address of its Node. A ping has no port that a container can declare.
fn directly(packet: Packet<'_>, pod: &PodFact) -> Evaluation {
    let to = packet.to;
    let (port, protocol) = to.port_and_protocol().unwrap_or_default();
    let declared = pod.declared(port, protocol).next();
    // Packets to an address of a Node need no route into the Pod network.
    let needs_route = !pod.host_network && needs_route(packet, EntryKind::PodIp);
    let loopback = loopback_source(packet, to.ip, false, OnNode::This);
    let hop = EndpointHop {
        container: declared.map(|(container, _)| container.name.clone()),
        container_port: declared.map(|(_, port)| declared_port(port)),
        delivered: if loopback.is_some() { Some(false) } else { (!needs_route).then_some(true) },
        ..pod_hop(pod, to.ip, port, protocol)
    };
    let hops = hops::direct(packet, &hop);
    let is_own = pod.ips.iter().any(|ip| ip.0 == to.ip);
    let because = match (declared, &pod.node, pod.key()) {
        (_, _, pod) if to.protocol == TransportProtocol::Icmp => Reason::PodAnswersPing { pod },
        (Some(_), Some(node), pod) if !is_own => Reason::HostNetworkPod { pod, node: node.clone() },
        (Some(_), _, pod) => Reason::PodAddress { pod },
        (None, _, pod) => Reason::PodPortNotDeclared { pod },
    };
    let entry = Some(Entry::without_service(EntryKind::PodIp));
    let endpoints = vec![hop];
    let not_routed = needs_route.then_some(Remark::NotRouted { address: EntryKind::PodIp });
    let remarks = loopback.into_iter().chain(not_routed).chain(doubts::policies(packet, &endpoints)).collect();
    Evaluation { entry, endpoints: endpoints.into(), hops, remarks, ..packet.ends(Outcome::Direct, because) }
}

fn declared_port(port: &ContainerPortFact) -> DeclaredPort {
    DeclaredPort { name: port.name.clone(), number: port.container_port.0 }
}

/// The single endpoint of a packet that kube-proxy does not handle.
fn pod_hop(pod: &PodFact, ip: IpAddr, port: u16, protocol: Protocol) -> EndpointHop {
    EndpointHop {
        ip,
        port,
        probability: 1.0,
        masquerade: None,
        asymmetric_return: false,
        delivered: Some(true),
        pod: Some(pod.key()),
        node: pod.node.clone(),
        container: None,
        container_port: None,
        policy: None,
        rule: None,
        slice: None,
        protocol,
    }
}

/// One endpoint of a Service. It gets one of `of` equal shares of new connections.
fn endpoint_hop(packet: Packet<'_>, claim: &ServiceClaim<'_>, endpoint: &Candidate<'_>, of: usize) -> EndpointHop {
    let index = packet.cluster.index;
    let pod_key = match index.endpoint_backing(endpoint.fact) {
        EndpointBacking::Pod(key) => Some(key),
        EndpointBacking::Node(_) | EndpointBacking::Outside => None,
    };
    let pod = pod_key.as_ref().and_then(|key| index.pod(key));
    let declared = pod.and_then(|pod| pod.declared(endpoint.port, claim.port.protocol).next());
    let node = endpoint.fact.node.clone().or_else(|| pod.and_then(|pod| pod.node.clone()));
    let service = claim.service.key();
    let name = ServicePortName { service: &service, port: &claim.port.name, protocol: claim.port.protocol };
    EndpointHop {
        ip: endpoint.ip,
        port: endpoint.port,
        probability: 1.0 / of as f64,
        masquerade: None,
        asymmetric_return: false,
        delivered: arrives(packet, claim.kind),
        pod: pod_key,
        node,
        container: declared.map(|(container, _)| container.name.clone()),
        container_port: declared.map(|(_, port)| declared_port(port)),
        policy: None,
        rule: Some(name.endpoint(packet.cluster.settings.backend(), endpoint.ip, endpoint.port)),
        slice: Some(endpoint.fact.slice_key()),
        protocol: claim.port.protocol,
    }
}
