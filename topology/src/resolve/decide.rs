//! The decision on one Node: who claims the destination, and what that means (reference §9).

use std::net::IpAddr;

use super::place::{Class, Place};
use super::{Cluster, Destination, claim, hops, own, service};
use crate::facts::{PodFact, ServiceFact};
use crate::index::{Index, IpRole};
use crate::key::Kind;
use crate::port::Protocol;
use crate::settings::ProxyMode;
use crate::trace::{DeclaredPort, EndpointHop, Entry, EntryKind, Evaluation, Outcome};

/// What happens to the packet on this Node.
pub(super) fn on_node(cluster: Cluster<'_>, place: &Place, to: Destination, node: Option<&str>) -> Evaluation {
    let blank = blank(to, node);
    if let Some(evaluation) = without_port(cluster, &blank, to) {
        return evaluation;
    }
    let whole = |kind: Kind| cluster.coverage.of(kind).complete();
    let claims = claim::by_address(cluster, to);
    if claims.len() > 1 {
        return ambiguous(blank, claims.iter().map(|claim| service::decide(cluster, place, to, node, claim)).collect());
    }
    if let Some(claim) = claims.first() {
        // A Cluster IP belongs to one Service by allocation; other addresses may be claimed by a Service that is not known.
        if claim.kind != EntryKind::ClusterIp && !whole(Kind::Service) {
            return unknown(blank, "Services of other namespaces are not known, and one may claim this address too");
        }
        return service::decide(cluster, place, to, node, claim);
    }
    if !whole(Kind::Service) {
        return unknown(blank, "no known Service has this address, and not all Services are known");
    }
    if let Some(evaluation) = unowned_service_ip(cluster, &blank, to) {
        return evaluation;
    }
    if let Some(pod) = cluster
        .index
        .pods_with_ip(to.ip)
        .find(|pod| !pod.host_network && !pod.terminating)
        .or_else(|| cluster.index.pods_with_ip(to.ip).find(|pod| !pod.host_network))
    {
        return direct(blank, pod, to);
    }
    if to.ip.is_loopback() && matches!(place.class, Class::Pod | Class::External) {
        let reason = "a loopback address means the source itself: the packet never leaves it".to_owned();
        return Evaluation { outcome: Outcome::Unhandled, reason, ..blank };
    }
    let host = if to.ip.is_loopback() {
        place.node.as_deref().and_then(|name| cluster.index.node(name))
    } else {
        cluster.index.node_with_ip(to.ip)
    };
    match host {
        Some(host) => own::decide(cluster, place, to, node, host, blank),
        None if !whole(Kind::Node) => unknown(blank, "not all Nodes are known, and this may be a Node's address"),
        None if !whole(Kind::Pod) => unknown(blank, "not all Pods are known, and this may be a Pod's address"),
        None => Evaluation {
            outcome: Outcome::Unhandled,
            reason: outside(cluster.index, to.ip),
            node: None,
            nodes: Vec::new(),
            ..blank
        },
    }
}

fn no_such_port(service: &ServiceFact) -> String {
    let ports = service.ports.iter().take(4).map(|port| format!("{}{}", port.port, port.protocol.suffix()));
    let ports: Vec<String> = ports.collect();
    if ports.is_empty() {
        return "it has no port".to_owned();
    }
    let more = if service.ports.len() > 4 { ", ..." } else { "" };
    format!("it has no such port (but {}{more})", ports.join(", "))
}

/// Nothing of the cluster has this address. An endpoint written by hand may.
fn outside(index: &Index, ip: IpAddr) -> String {
    let slice = index.endpoints_with_ip(ip).find_map(|endpoint| index.slice(&endpoint.slice_key()));
    match slice.and_then(|slice| slice.service_key()) {
        Some(service) => {
            format!("an endpoint of Service {service} outside the cluster: no Node and no Pod has this address")
        }
        None => "no Service, Node or Pod has this address: the packet leaves the cluster's knowledge".to_owned(),
    }
}

/// Without a port no claim matches. A ping of a service IP is still refused or dropped under nftables (reference §2.13).
fn without_port(cluster: Cluster<'_>, blank: &Evaluation, to: Destination) -> Option<Evaluation> {
    if to.icmp {
        let pod = cluster.index.pods_with_ip(to.ip).find(|pod| !pod.host_network);
        let evaluation =
            unowned_service_ip(cluster, blank, to).or_else(|| pod.map(|pod| direct(blank.clone(), pod, to)));
        return Some(evaluation.unwrap_or_else(|| {
            let reason = "kube-proxy has no rule for ICMP: whoever owns the address answers".to_owned();
            Evaluation { outcome: Outcome::Unhandled, reason, ..blank.clone() }
        }));
    }
    let reason = "no port: only an address with a port is translated".to_owned();
    to.port.is_none().then(|| Evaluation { outcome: Outcome::Unhandled, reason, ..blank.clone() })
}

/// A service IP that no Service port claims: REJECT or DROP under nftables only (reference §2.13).
fn unowned_service_ip(cluster: Cluster<'_>, blank: &Evaluation, to: Destination) -> Option<Evaluation> {
    let ipv4 = to.ip.is_ipv4();
    let owner = cluster.index.services_with_ip(to.ip, IpRole::ClusterIp).find(|service| service.proxied_in(ipv4));
    let (outcome, reason) = match (owner, cluster.settings.proxy_mode) {
        (Some(service), ProxyMode::Iptables) => {
            let what = if to.icmp { "nothing answers a ping of it".to_owned() } else { no_such_port(service) };
            (
                Outcome::Unhandled,
                format!("the Cluster IP of Service {}: {what}, and no device owns the address", service.key()),
            )
        }
        (Some(service), ProxyMode::Nftables) => {
            (Outcome::Reject, format!("the Cluster IP of Service {}, and no port of it", service.key()))
        }
        (None, ProxyMode::Nftables)
            if !in_service_cidr(cluster, to.ip) && !cluster.coverage.of(Kind::ServiceCIDR).complete() =>
        {
            return not_a_known_address(cluster, to.ip).then(|| {
                unknown(
                    blank.clone(),
                    "the ServiceCIDRs are not known, and nftables drops what is in one and belongs to no Service",
                )
            });
        }
        (None, _) if !in_service_cidr(cluster, to.ip) => return None,
        (None, ProxyMode::Iptables) => {
            (Outcome::Unhandled, "no Service has this Cluster IP, and no device owns the address".to_owned())
        }
        (None, ProxyMode::Nftables) => (Outcome::Drop, "no Service has this Cluster IP".to_owned()),
    };
    Some(Evaluation { outcome, reason, ..blank.clone() })
}

/// Whether no Node and no Pod has the address, so that it might be a service IP.
fn not_a_known_address(cluster: Cluster<'_>, ip: IpAddr) -> bool {
    !ip.is_loopback() && cluster.index.node_with_ip(ip).is_none() && cluster.index.pods_with_ip(ip).next().is_none()
}

fn in_service_cidr(cluster: Cluster<'_>, ip: IpAddr) -> bool {
    let known = cluster.index.service_cidrs().flat_map(|fact| &fact.cidrs);
    known.chain(&cluster.settings.service_cidrs).any(|cidr| cidr.contains(&ip))
}

/// Straight to a Pod's own address.
pub(super) fn direct(blank: Evaluation, pod: &PodFact, to: Destination) -> Evaluation {
    let port = to.port.unwrap_or_default();
    let declared = pod.declared(port, to.protocol).next();
    let hop = EndpointHop {
        container: declared.map(|(container, _)| container.name.clone()),
        container_port: declared
            .map(|(_, port)| DeclaredPort { name: port.name.clone(), number: port.container_port.0 }),
        ..pod_hop(pod, to.ip, port, to.protocol)
    };
    let hops = hops::direct(&hop, to);
    let reason = match declared {
        _ if to.icmp => format!("the address of Pod {}: it answers pings itself", pod.key()),
        Some(_) => format!("the address of Pod {}: nothing is translated", pod.key()),
        None => format!(
            "the address of Pod {}, none of whose containers declares this port: it may listen all the same",
            pod.key()
        ),
    };
    let entry = Some(entry_without_service(EntryKind::PodIp));
    Evaluation { outcome: Outcome::Direct, entry, endpoints: vec![hop], reason, hops, ..blank }
}

/// The only place where a packet ends that kube-proxy has no part in.
pub(super) fn pod_hop(pod: &PodFact, ip: IpAddr, port: u16, protocol: Protocol) -> EndpointHop {
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

pub(super) fn entry_without_service(kind: EntryKind) -> Entry {
    Entry { kind, service: None, port_name: None, port: None, target_port: None, node_port: None }
}

pub(super) fn blank(to: Destination, node: Option<&str>) -> Evaluation {
    Evaluation::undecided(Some(to.to()), node)
}

pub(super) fn unknown(blank: Evaluation, reason: &str) -> Evaluation {
    Evaluation { outcome: Outcome::Unknown, reason: reason.to_owned(), ..blank }
}

pub(super) fn ambiguous(blank: Evaluation, alternatives: Vec<Evaluation>) -> Evaluation {
    let reason = "more than one rule claims this address and port, and nothing in the API tells which wins".to_owned();
    Evaluation { outcome: Outcome::Ambiguous, entry: None, alternatives, reason, ..blank }
}
