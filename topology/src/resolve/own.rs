//! A destination on one of a Node's own addresses, loopback included: nodePort, hostPort, a process of the host.

use super::claim::{self, ServiceClaim};
use super::decide::{ambiguous, direct, entry_without_service, pod_hop, unknown};
use super::endpoints::reach;
use super::place::Place;
use super::{Cluster, Destination, hops, service};
use crate::facts::{NodeFact, TrafficPolicy};
use crate::key::Kind;
use crate::port::Protocol;
use crate::settings::ProxyMode;
use crate::trace::{DeclaredPort, EndpointHop, EntryKind, Evaluation, Outcome};

/// What happens on `host` to a packet to one of its own addresses.
pub(super) fn decide(
    cluster: Cluster<'_>,
    place: &Place,
    to: Destination,
    node: Option<&str>,
    host: &NodeFact,
    blank: Evaluation,
) -> Evaluation {
    let mut evaluation = of_local_address(cluster, place, to, node, host, blank);
    if host.external_ips.iter().any(|ip| ip.0 == to.ip) && !host.internal_ips.iter().any(|ip| ip.0 == to.ip) {
        evaluation.reason.push_str("; the Node's ExternalIP is assumed to be an address of one of its interfaces");
    }
    evaluation
}

fn of_local_address(
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
    let mut found: Vec<Evaluation> = claim::by_node_port(cluster, to)
        .iter()
        .filter_map(|claim| node_port(cluster, place, to, node, host, claim))
        .collect();
    if !to.ip.is_loopback() {
        found.extend(host_ports(cluster, place, to, host, &blank));
    }
    if found.len() > 1 {
        return ambiguous(blank, found);
    }
    if let Some(only) = found.pop() {
        return only;
    }
    let listens = |port: u16| {
        cluster
            .index
            .pods_with_ip(to.ip)
            .find(|pod| pod.host_network && pod.declared(port, to.protocol).next().is_some())
    };
    match to.port.and_then(listens) {
        Some(pod) => direct(blank, pod, to),
        None => Evaluation {
            outcome: Outcome::Unhandled,
            reason: format!(
                "no nodePort and no hostPort of {} takes this: a process of the host may listen",
                host.name
            ),
            ..blank
        },
    }
}

/// A nodePort of this number, as the backend treats it on this address (reference §2.4); `None` where it leaves the packet alone.
fn node_port(
    cluster: Cluster<'_>,
    place: &Place,
    to: Destination,
    node: Option<&str>,
    host: &NodeFact,
    claim: &ServiceClaim<'_>,
) -> Option<Evaluation> {
    let settings = cluster.settings;
    let accepted = settings.accepts_node_ports(host, to.ip);
    match (settings.proxy_mode, to.ip.is_loopback()) {
        (_, false) if accepted => Some(service::decide(cluster, place, to, node, claim)),
        (ProxyMode::Iptables, true) if accepted && settings.localhost_node_ports && to.ip.is_ipv4() => {
            Some(service::decide(cluster, place, to, node, claim))
        }
        (ProxyMode::Iptables, _) => service::stopped_by_filter(cluster, place, to, node, claim),
        (ProxyMode::Nftables, true) if settings.nftables_localhost => {
            if !settings.names_loopback(host, to.ip) || to.protocol != Protocol::Tcp {
                let reason = "kube-proxy refuses nodePorts on this loopback address".to_owned();
                let entry = Some(service::entry(claim));
                return Some(Evaluation { outcome: Outcome::Reject, reason, entry, ..super::decide::blank(to, node) });
            }
            userspace(cluster, place, to, node, claim)
        }
        (ProxyMode::Nftables, _) => None,
    }
}

/// The listener of nftables' kube-proxy on a loopback address: it dials an endpoint itself, and honours policy Local.
fn userspace(
    cluster: Cluster<'_>,
    place: &Place,
    to: Destination,
    node: Option<&str>,
    claim: &ServiceClaim<'_>,
) -> Option<Evaluation> {
    if let Some(reason) = service::not_known(cluster, claim) {
        let entry = Some(service::entry(claim));
        return Some(unknown(Evaluation { entry, ..super::decide::blank(to, node) }, reason));
    }
    let reach = reach(cluster, claim.service, claim.port, to.ip.is_ipv4(), node);
    let local = claim.service.external_traffic_policy == TrafficPolicy::Local;
    let chosen = if local { reach.local } else { reach.cluster };
    if chosen.is_empty() {
        return None;
    }
    let mut endpoints: Vec<EndpointHop> = chosen
        .iter()
        .map(|endpoint| service::endpoint_hop(cluster, place, node, claim, endpoint, chosen.len(), Some(true)))
        .collect();
    endpoints.iter_mut().for_each(|endpoint| endpoint.rule = None);
    service::sort(&mut endpoints);
    let hops = hops::service(node, place, to, claim.kind, &endpoints);
    let reason = "kube-proxy itself listens on this loopback address and connects to an endpoint".to_owned();
    let entry = Some(service::entry(claim));
    Some(Evaluation { outcome: Outcome::Endpoints, entry, endpoints, reason, hops, ..super::decide::blank(to, node) })
}

/// The hostPorts on this address, mapped by the CNI.
fn host_ports<'a>(
    cluster: Cluster<'a>,
    place: &'a Place,
    to: Destination,
    host: &'a NodeFact,
    blank: &'a Evaluation,
) -> impl Iterator<Item = Evaluation> {
    claim::by_host_port(cluster, host, to).map(move |(pod, container, port)| {
        let Some(ip) = pod.ips.iter().find(|ip| ip.0.is_ipv4() == to.ip.is_ipv4()) else {
            return unknown(blank.clone(), "the Pod with this hostPort has no IP of this family yet");
        };
        let declared = DeclaredPort { name: port.name.clone(), number: port.container_port.0 };
        let endpoints = vec![EndpointHop {
            container: Some(container.name.clone()),
            container_port: Some(declared),
            ..pod_hop(pod, ip.0, port.container_port.0, to.protocol)
        }];
        let entry = Some(entry_without_service(EntryKind::HostPort));
        let reason =
            format!("hostPort of Pod {}: the CNI maps it on {} only, whatever its readiness", pod.key(), host.name);
        let hops = hops::host_port(&host.name, place, to, &endpoints);
        Evaluation { outcome: Outcome::HostPort, entry, endpoints, reason, hops, ..blank.clone() }
    })
}
