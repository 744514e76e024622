//! The decision on one Node (reference §2.3 and §9).

use std::net::IpAddr;

use super::claim::{self, ServiceClaim};
use super::endpoints::{self, Candidate};
use super::place::{Class, Place};
use super::{Cluster, Destination, hops};
use crate::facts::{NodeFact, PodFact, TrafficPolicy};
use crate::index::IpRole;
use crate::key::Kind;
use crate::port::Protocol;
use crate::settings::{ProxyMode, Settings};
use crate::trace::{DeclaredPort, EndpointHop, Entry, EntryKind, Evaluation, Outcome};

/// What happens to the packet on this Node.
pub(super) fn on_node(cluster: Cluster<'_>, place: &Place, to: Destination, node: Option<&str>) -> Evaluation {
    let blank = blank(to, node);
    if to.port.is_none() {
        return Evaluation { outcome: Outcome::Unhandled, reason: "no port: only an address with a port is translated".into(), ..blank };
    }
    let whole = |kind: Kind| cluster.coverage.of(kind).complete();
    let claims = claim::by_address(cluster, to);
    if claims.len() > 1 {
        return ambiguous(blank, claims.iter().map(|claim| by_service(cluster, place, to, node, claim)).collect());
    }
    if let Some(claim) = claims.first() {
        // A Cluster IP belongs to one Service by allocation; other addresses may be claimed by a Service that is not known.
        if claim.kind != EntryKind::ClusterIp && !whole(Kind::Service) {
            return unknown(blank, "Services of other namespaces are not known, and one may claim this address too");
        }
        return by_service(cluster, place, to, node, claim);
    }
    if !whole(Kind::Service) {
        return unknown(blank, "no known Service has this address, and not all Services are known");
    }
    if let Some(evaluation) = unowned_service_ip(cluster, &blank, to) {
        return evaluation;
    }
    let host = cluster.index.node_with_ip(to.ip);
    if let Some(pod) = cluster.index.pods_with_ip(to.ip).find(|pod| !pod.host_network) {
        return direct(blank, pod, to);
    }
    match host {
        Some(host) => on_own_address(cluster, place, to, node, host, blank),
        None if !whole(Kind::Node) => unknown(blank, "not all Nodes are known, and this may be a Node's address"),
        None if !whole(Kind::Pod) => unknown(blank, "not all Pods are known, and this may be a Pod's address"),
        None => Evaluation {
            outcome: Outcome::Unhandled,
            reason: "no Service, Node or Pod has this address: the packet leaves the cluster's knowledge".into(),
            ..blank
        },
    }
}

/// A destination on one of the Node's own addresses: nodePort, hostPort, a process of the host.
fn on_own_address(
    cluster: Cluster<'_>,
    place: &Place,
    to: Destination,
    node: Option<&str>,
    host: &NodeFact,
    blank: Evaluation,
) -> Evaluation {
    if !cluster.coverage.of(Kind::Pod).complete() {
        return unknown(blank, "not all Pods are known, and one may claim this port as its hostPort");
    }
    let mut found: Vec<Evaluation> = Vec::new();
    if let Some(claim) = claim::by_node_port(cluster, host, to) {
        found.push(by_service(cluster, place, to, node, &claim));
    }
    for (pod, container, port) in claim::by_host_port(cluster, host, to) {
        let declared = DeclaredPort { name: port.name.clone(), number: port.container_port.0 };
        let ips = pod.ips.iter().filter(|ip| ip.0.is_ipv4() == to.ip.is_ipv4()).take(1);
        let endpoints: Vec<_> = ips
            .map(|ip| EndpointHop {
                container: Some(container.name.clone()),
                container_port: Some(declared.clone()),
                ..pod_hop(pod, ip.0, port.container_port.0, to.protocol)
            })
            .collect();
        if endpoints.is_empty() {
            found.push(unknown(blank.clone(), "the Pod with this hostPort has no IP of this family yet"));
            continue;
        }
        let entry = entry_without_service(EntryKind::HostPort);
        let reason = format!("hostPort of Pod {}: the CNI maps it on {} only, whatever its readiness", pod.key(), host.name);
        let hops = hops::host_port(&host.name, place, to, &endpoints);
        found.push(Evaluation { outcome: Outcome::HostPort, entry: Some(entry), endpoints, reason, hops, ..blank.clone() });
    }
    if found.len() > 1 {
        return ambiguous(blank, found);
    }
    if let Some(only) = found.pop() {
        return only;
    }
    let listening = cluster.index.pods_with_ip(to.ip).find(|pod| {
        pod.host_network && to.port.is_some_and(|port| pod.declared(port, to.protocol).next().is_some())
    });
    match listening {
        Some(pod) => direct(blank, pod, to),
        None => Evaluation {
            outcome: Outcome::Unhandled,
            reason: format!("no nodePort and no hostPort of {} has this number: a process of the host may listen", host.name),
            ..blank
        },
    }
}

/// A service IP that no Service port claims: REJECT or DROP under nftables only (reference §2.13).
fn unowned_service_ip(cluster: Cluster<'_>, blank: &Evaluation, to: Destination) -> Option<Evaluation> {
    let owner = cluster.index.services_with_ip(to.ip, IpRole::ClusterIp).find(|service| service.proxied());
    let in_range = cluster.index.service_cidrs().flat_map(|fact| &fact.cidrs).any(|cidr| cidr.contains(&to.ip));
    let (outcome, reason) = match (owner, cluster.settings.proxy_mode) {
        (Some(service), ProxyMode::Iptables) => {
            (Outcome::Unhandled, format!("Service {} has no such port: the packet keeps a destination that nobody owns", service.key()))
        }
        (Some(service), ProxyMode::Nftables) => (Outcome::Reject, format!("Service {} has no such port", service.key())),
        (None, _) if !in_range => return None,
        (None, ProxyMode::Iptables) => {
            (Outcome::Unhandled, "no Service has this Cluster IP: the packet keeps a destination that nobody owns".to_owned())
        }
        (None, ProxyMode::Nftables) => (Outcome::Drop, "no Service has this Cluster IP".to_owned()),
    };
    Some(Evaluation { outcome, reason, ..blank.clone() })
}

/// The Service decides (reference §2.3).
fn by_service(cluster: Cluster<'_>, place: &Place, to: Destination, node: Option<&str>, claim: &ServiceClaim<'_>) -> Evaluation {
    let ServiceClaim { kind, service, port } = *claim;
    let entry = Entry {
        kind,
        service: Some(service.key()),
        port_name: Some(port.name.clone()),
        port: Some(port.port.0),
        target_port: Some(port.target_port.clone()),
        node_port: port.node_port.map(|port| port.0),
    };
    let blank = Evaluation { entry: Some(entry), ..blank(to, node) };
    if !cluster.coverage.in_namespace(Kind::EndpointSlice, &service.namespace).complete() {
        return unknown(blank, "the EndpointSlices of its namespace are not known");
    }
    if kind == EntryKind::LoadBalancerIp && !service.source_ranges.is_empty() {
        return unknown(blank, "loadBalancerSourceRanges are set, which are not evaluated yet");
    }
    let reach = endpoints::reach(cluster.index, service, port, to.ip.is_ipv4(), node);
    if !reach.any {
        let reason = format!("Service {} has no usable endpoint for this port: kube-proxy refuses the connection", service.key());
        let hops = hops::stopped(node, place, to, kind, "reject");
        return Evaluation { outcome: Outcome::Reject, reason, hops, ..blank };
    }
    let (policy, name) = match kind {
        EntryKind::ClusterIp => (service.internal_traffic_policy, "internalTrafficPolicy"),
        _ => (service.external_traffic_policy, "externalTrafficPolicy"),
    };
    // Traffic from inside the cluster to an external address ignores the Local policy (reference §2.3).
    let inside = kind != EntryKind::ClusterIp && is_inside(cluster.settings, place, node);
    let chosen = if policy == TrafficPolicy::Local && !inside { &reach.local } else { &reach.cluster };
    if chosen.is_empty() {
        let where_ = node.unwrap_or("this Node");
        let reason = format!("{name} is Local and {where_} has no usable endpoint: kube-proxy drops the packet");
        let hops = hops::stopped(node, place, to, kind, "drop");
        return Evaluation { outcome: Outcome::Drop, reason, hops, ..blank };
    }
    let mut found: Vec<EndpointHop> =
        chosen.iter().map(|endpoint| endpoint_hop(cluster, place, node, claim, policy, endpoint, chosen.len())).collect();
    found.sort_by_key(|hop| (hop.ip, hop.port));
    let reason = match found.len() {
        1 => "delivered to the only usable endpoint".to_owned(),
        many => format!("delivered to one of {many} usable endpoints, at random"),
    };
    let hops = hops::service(node, place, to, kind, &found);
    Evaluation { outcome: Outcome::Endpoints, endpoints: found, reason, hops, ..blank }
}

/// Whether the source counts as inside for the short-circuit: a Pod by the detector, or the Node's own address.
fn is_inside(settings: &Settings, place: &Place, node: Option<&str>) -> bool {
    // The detector looks at addresses only; some Pod, whichever, is taken for one that it knows.
    let detected = place.ip.map_or(place.class == Class::Pod, |ip| settings.is_pod_source(ip) == Some(true));
    detected || (place.class == Class::Host && place.node.as_deref() == node)
}

/// Whether the source address is replaced (reference §2.6).
fn masquerade(settings: &Settings, place: &Place, node: Option<&str>, kind: EntryKind, policy: TrafficPolicy, to: IpAddr) -> bool {
    if place.ip == Some(to) {
        return true;
    }
    if kind == EntryKind::ClusterIp {
        let outside = place.ip.is_some_and(|ip| settings.is_pod_source(ip) == Some(false));
        return settings.masquerade_all || outside;
    }
    policy == TrafficPolicy::Cluster || (place.class == Class::Host && place.node.as_deref() == node)
}

fn endpoint_hop(
    cluster: Cluster<'_>,
    place: &Place,
    node: Option<&str>,
    claim: &ServiceClaim<'_>,
    policy: TrafficPolicy,
    endpoint: &Candidate<'_>,
    many: usize,
) -> EndpointHop {
    let pod = endpoint
        .fact
        .pod()
        .and_then(|key| cluster.index.pod(&key))
        .or_else(|| cluster.index.pods_with_ip(endpoint.ip).find(|pod| !pod.host_network));
    let declared = pod.and_then(|pod| pod.declared(endpoint.port, claim.port.protocol).next());
    let masquerade = masquerade(cluster.settings, place, node, claim.kind, policy, endpoint.ip);
    let on_node = endpoint.fact.node.clone().or_else(|| pod.and_then(|pod| pod.node.clone()));
    // Without masquerade the reply must pass the evaluation node (reference §2.6).
    let client_here = place.class == Class::Pod && place.ip.is_none() || place.node.as_deref() == node;
    let asymmetric_return = !masquerade && !client_here && on_node.as_deref() != node;
    EndpointHop {
        ip: endpoint.ip,
        port: endpoint.port,
        probability: 1.0 / many as f64,
        masquerade: Some(masquerade),
        asymmetric_return,
        pod: pod.map(PodFact::key).or_else(|| endpoint.fact.pod()),
        node: on_node,
        container: declared.map(|(container, _)| container.name.clone()),
        container_port: declared
            .map(|(_, port)| DeclaredPort { name: port.name.clone(), number: port.container_port.0 }),
        policy: None,
        rule: None,
        slice: Some(endpoint.fact.slice_key()),
        protocol: claim.port.protocol,
    }
}

fn direct(blank: Evaluation, pod: &PodFact, to: Destination) -> Evaluation {
    let port = to.port.unwrap_or_default();
    let declared = pod.declared(port, to.protocol).next();
    let hop = EndpointHop {
        container: declared.map(|(container, _)| container.name.clone()),
        container_port: declared.map(|(_, port)| DeclaredPort { name: port.name.clone(), number: port.container_port.0 }),
        ..pod_hop(pod, to.ip, port, to.protocol)
    };
    let hops = hops::direct(&hop);
    Evaluation {
        outcome: Outcome::Direct,
        entry: Some(entry_without_service(EntryKind::PodIp)),
        endpoints: vec![hop],
        reason: format!("the address of Pod {}: nothing is translated", pod.key()),
        hops,
        ..blank
    }
}

fn pod_hop(pod: &PodFact, ip: IpAddr, port: u16, protocol: Protocol) -> EndpointHop {
    EndpointHop {
        ip,
        port,
        probability: 1.0,
        masquerade: None,
        asymmetric_return: false,
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

fn entry_without_service(kind: EntryKind) -> Entry {
    Entry { kind, service: None, port_name: None, port: None, target_port: None, node_port: None }
}

fn blank(to: Destination, node: Option<&str>) -> Evaluation {
    Evaluation {
        node: node.map(str::to_owned),
        nodes: node.map(str::to_owned).into_iter().collect(),
        to: Some(to.to()),
        outcome: Outcome::Unknown,
        entry: None,
        endpoints: Vec::new(),
        rules: Vec::new(),
        hops: Vec::new(),
        alternatives: Vec::new(),
        reason: String::new(),
        findings: Vec::new(),
    }
}

fn unknown(blank: Evaluation, reason: &str) -> Evaluation {
    Evaluation { outcome: Outcome::Unknown, reason: reason.to_owned(), ..blank }
}

fn ambiguous(blank: Evaluation, alternatives: Vec<Evaluation>) -> Evaluation {
    let reason = "more than one rule claims this address and port, and nothing in the API tells which wins".to_owned();
    Evaluation { outcome: Outcome::Ambiguous, entry: None, alternatives, reason, ..blank }
}
