//! What a Service does with a packet that is addressed to it (reference §2.3, §2.6, §2.7).

use std::net::IpAddr;

use ipnet::IpNet;

use super::claim::ServiceClaim;
use super::decide::{blank, unknown};
use super::endpoints::{Candidate, Reach, candidates, reach};
use super::place::{Class, Place};
use super::{Cluster, Destination, claim, hops};
use crate::facts::{EndpointFact, ServiceFact, ServicePortFact, SliceFact, TrafficPolicy};
use crate::index::{Behind, Index, IpRole};
use crate::key::{Kind, ObjectKey};
use crate::port::Protocol;
use crate::rules::{Chain, ServicePortName};
use crate::selector;
use crate::settings::{DetectLocal, ProxyMode};
use crate::trace::{DeclaredPort, EndpointHop, Entry, EntryKind, Evaluation, Outcome};

/// How the Service is entered.
pub(super) fn entry(claim: &ServiceClaim<'_>) -> Entry {
    let ServiceClaim { kind, service, port } = *claim;
    Entry {
        kind,
        service: Some(service.key()),
        port_name: Some(port.name.clone()),
        port: Some(port.port.0),
        target_port: Some(port.target_port.clone()),
        node_port: port.node_port.map(|port| port.0),
    }
}

/// The Service decides.
pub(super) fn decide(
    cluster: Cluster<'_>,
    place: &Place,
    to: Destination,
    node: Option<&str>,
    claim: &ServiceClaim<'_>,
) -> Evaluation {
    let ServiceClaim { kind, service, .. } = *claim;
    let blank = Evaluation { entry: Some(entry(claim)), ..blank(to, node) };
    if let Some(reason) = not_known(cluster, claim) {
        return unknown(blank, reason);
    }
    let ipv4 = to.ip.is_ipv4();
    let fact = node.and_then(|node| cluster.index.node(node));
    if let Some(reason) = node_decides(cluster, claim, ipv4).filter(|_| fact.is_none()) {
        return unknown(blank, reason);
    }
    let reach = reach(cluster, service, claim.port, ipv4, node);
    let firewall = firewall(cluster, place, to, node, claim);
    let ends = |outcome, what, rules: Vec<String>, reason| {
        let hops = hops::stopped(node, place, to, kind, what);
        Evaluation { outcome, rules, reason, hops, ..blank.clone() }
    };
    match firewall {
        Firewall::NotKnown => {
            return unknown(blank, "the source's address decides by loadBalancerSourceRanges, and is not known");
        }
        // nftables filters before it looks for endpoints, iptables has no such rule then (reference §2.7).
        Firewall::Denies if reach.any || cluster.settings.proxy_mode == ProxyMode::Nftables => {
            let rules = vec![chain(cluster, claim, Chain::Firewall)];
            let reason = format!("the source is in none of the loadBalancerSourceRanges of Service {}", service.key());
            return ends(Outcome::Drop, "drop", rules, reason);
        }
        Firewall::Denies | Firewall::Allows | Firewall::None => {}
    }
    if !reach.any {
        // The rule that refuses is not in the path of what the Node itself sends to an address that is not its own (reference §2.13).
        let passes_by = cluster.settings.proxy_mode == ProxyMode::Iptables
            && matches!(kind, EntryKind::ExternalIp | EntryKind::LoadBalancerIp)
            && place.is_host_of(node)
            && !is_address_of(cluster.index, node, to.ip);
        if passes_by {
            if let Some(owner) = cluster.index.node_with_ip(to.ip) {
                return decide(cluster, place, to, Some(&owner.name), claim);
            }
            let reason = format!(
                "Service {} has no usable endpoint, and nothing refuses what the Node itself sends",
                service.key()
            );
            return Evaluation { outcome: Outcome::Unhandled, entry: None, reason, ..blank };
        }
        let unmatched = selector::unmatched(cluster, service)
            .map(|selector| format!("; no Pod has the labels of its selector, {selector}"))
            .unwrap_or_default();
        let reason = format!(
            "Service {} has no usable endpoint for this port: kube-proxy refuses the connection{unmatched}",
            service.key()
        );
        return ends(Outcome::Reject, "reject", Vec::new(), reason);
    }
    let (policy, name) = match kind {
        EntryKind::ClusterIp => (service.internal_traffic_policy, "internalTrafficPolicy"),
        _ => (service.external_traffic_policy, "externalTrafficPolicy"),
    };
    let from_pod = place.is_pod(cluster.settings, fact);
    // Traffic from inside the cluster to an external address ignores the Local policy (reference §2.3).
    let inside = kind != EntryKind::ClusterIp && (from_pod == Some(true) || place.is_host_of(node));
    let local = policy == TrafficPolicy::Local && !inside;
    let chosen = if local { &reach.local } else { &reach.cluster };
    let mut rules: Vec<String> = Vec::new();
    if firewall == Firewall::Allows {
        rules.push(chain(cluster, claim, Chain::Firewall));
    }
    if kind != EntryKind::ClusterIp {
        rules.push(chain(cluster, claim, Chain::External));
    }
    if chosen.is_empty() {
        let reason = format!("{name} is Local and the Node has no usable endpoint: kube-proxy drops the packet");
        return ends(Outcome::Drop, "drop", rules, reason);
    }
    rules.push(chain(cluster, claim, if local { Chain::Local } else { Chain::Cluster }));
    let marked = if kind == EntryKind::ClusterIp {
        cluster.settings.masquerade_all || from_pod == Some(false)
    } else {
        policy == TrafficPolicy::Cluster || (place.is_host_of(node) && from_pod != Some(true))
    };
    let hop = |endpoint: &Candidate<'_>| {
        let masquerade = marked || is_hairpin(cluster, place, node, claim, endpoint);
        let masquerade = masquerade && !ends_here(cluster.index, place, node, endpoint.ip);
        endpoint_hop(cluster, place, node, claim, endpoint, chosen.len(), Some(masquerade))
    };
    let mut endpoints: Vec<EndpointHop> = chosen.iter().map(hop).collect();
    sort(&mut endpoints);
    let mut reason = match endpoints.len() {
        1 => "delivered to the only usable endpoint".to_owned(),
        many => format!("delivered to one of {many} usable endpoints, at random"),
    };
    if let Some((endpoint, other)) = endpoints.iter().find_map(|hop| Some((hop, claimant(cluster, hop)?))) {
        reason.push_str(&format!(
            "; {} is itself an address of Service {other}: kube-proxy translates only once, so its filters or nobody may answer there",
            endpoint.address()
        ));
    }
    if kind == EntryKind::ClusterIp && place.class == Class::External {
        reason.push_str("; if anything routes it to a Node: a Cluster IP is not reachable from outside by itself");
    }
    let hops = hops::service(node, place, to, kind, &endpoints);
    Evaluation { outcome: Outcome::Endpoints, endpoints, rules, reason, hops, marked, ..blank }
}

/// iptables' filter rule of a nodePort: it matches every local address, also those that nodePorts are not accepted on
/// (reference §2.4, localhost). `None`: the packet passes.
pub(super) fn stopped_by_filter(
    cluster: Cluster<'_>,
    place: &Place,
    to: Destination,
    node: Option<&str>,
    claim: &ServiceClaim<'_>,
) -> Option<Evaluation> {
    let blank = Evaluation { entry: Some(entry(claim)), ..blank(to, node) };
    if let Some(reason) = not_known(cluster, claim) {
        return Some(unknown(blank, reason));
    }
    let reach: Reach<'_> = reach(cluster, claim.service, claim.port, to.ip.is_ipv4(), node);
    let service = claim.service.key();
    let (outcome, what, reason) = if !reach.any {
        (
            Outcome::Reject,
            "reject",
            format!("Service {service} has no usable endpoint: its nodePort is refused on every local address"),
        )
    } else if claim.service.external_traffic_policy == TrafficPolicy::Local && reach.local.is_empty() {
        (
            Outcome::Drop,
            "drop",
            format!("externalTrafficPolicy of Service {service} is Local and this Node has no usable endpoint"),
        )
    } else {
        return None;
    };
    let hops = hops::stopped(node, place, to, claim.kind, what);
    Some(Evaluation { outcome, reason, hops, ..blank })
}

pub(super) fn not_known(cluster: Cluster<'_>, claim: &ServiceClaim<'_>) -> Option<&'static str> {
    let slices = cluster.coverage.in_namespace(Kind::EndpointSlice, &claim.service.namespace);
    (!slices.complete()).then_some("the EndpointSlices of its namespace are not known")
}

/// Why the answer depends on facts of the Node, if it does.
fn node_decides(cluster: Cluster<'_>, claim: &ServiceClaim<'_>, ipv4: bool) -> Option<&'static str> {
    let policy = match claim.kind {
        EntryKind::ClusterIp => claim.service.internal_traffic_policy,
        _ => claim.service.external_traffic_policy,
    };
    let hinted = |found: &Candidate<'_>| !found.fact.zone_hints.is_empty() || !found.fact.node_hints.is_empty();
    if policy == TrafficPolicy::Local {
        Some("the traffic policy is Local, so each Node decides by itself, and the Node is not known")
    } else if candidates(cluster.index, &claim.service.key(), claim.port, ipv4).iter().any(hinted) {
        Some("topology hints choose endpoints by the Node and its zone, and the Node is not known")
    } else if cluster.settings.detect_local == DetectLocal::NodeCIDR {
        Some("Pods are told from others by their Node's Pod CIDR, and the Node is not known")
    } else {
        None
    }
}

fn chain(cluster: Cluster<'_>, claim: &ServiceClaim<'_>, chain: Chain) -> String {
    let service = claim.service.key();
    let name = ServicePortName { service: &service, port: &claim.port.name, protocol: claim.port.protocol };
    name.chain(cluster.settings.proxy_mode, chain)
}

/// The source is the endpoint itself (reference §2.6).
fn is_hairpin(
    cluster: Cluster<'_>,
    place: &Place,
    node: Option<&str>,
    claim: &ServiceClaim<'_>,
    endpoint: &Candidate<'_>,
) -> bool {
    let iptables = cluster.settings.proxy_mode == ProxyMode::Iptables;
    place.ip == Some(endpoint.ip) && (iptables || in_hairpin_set(cluster, node, claim.port.protocol, endpoint))
}

/// nftables has one set for all Services: addresses and ports that any of them uses on this Node and says to be on it
/// (`nftables/proxier.go`, `hairpin-connections`; docs/fidelity.md, F4).
fn in_hairpin_set(cluster: Cluster<'_>, node: Option<&str>, protocol: Protocol, endpoint: &Candidate<'_>) -> bool {
    let (Some(node), ipv4) = (node, endpoint.ip.is_ipv4()) else { return false };
    let here = |fact: &EndpointFact| fact.node.as_deref() == Some(cluster.settings.hostname(node));
    let used = |service: &ServiceFact, port: &ServicePortFact| {
        let reach = reach(cluster, service, port, ipv4, Some(node));
        let mut all = reach.cluster.iter().chain(&reach.local);
        all.any(|each| each.ip == endpoint.ip && each.port == endpoint.port && here(each.fact))
    };
    cluster.index.endpoints_with_ip(endpoint.ip).filter(|fact| here(fact)).any(|fact| {
        let owner = cluster.index.slice(&fact.slice_key()).and_then(SliceFact::service_key);
        let service = owner.and_then(|owner| cluster.index.service(&owner)).filter(|service| service.proxied_in(ipv4));
        let mut ports = service.into_iter().flat_map(|service| service.ports.iter().map(move |port| (service, port)));
        ports.any(|(service, port)| port.protocol == protocol && used(service, port))
    })
}

/// A packet that came from elsewhere and ends on the evaluation node itself passes INPUT, never POSTROUTING, where sources are
/// translated: whatever is marked keeps its source (docs/fidelity.md, F1).
fn ends_here(index: &Index, place: &Place, node: Option<&str>, endpoint: IpAddr) -> bool {
    node.is_some() && !place.is_host_of(node) && is_address_of(index, node, endpoint)
}

fn is_address_of(index: &Index, node: Option<&str>, ip: IpAddr) -> bool {
    index.node_with_ip(ip).is_some_and(|owner| Some(owner.name.as_str()) == node)
}

/// A Service that claims the very address and port of an endpoint (docs/fidelity.md).
fn claimant(cluster: Cluster<'_>, hop: &EndpointHop) -> Option<ObjectKey> {
    let of_service = |role| matches!(role, IpRole::ClusterIp | IpRole::ExternalIp | IpRole::LoadBalancerIp);
    cluster.index.claims(hop.ip).find(|(role, _)| of_service(*role))?;
    claim::by_address(cluster, Destination::port(hop.ip, hop.port, hop.protocol))
        .first()
        .map(|claim| claim.service.key())
}

/// The Node that an address is really on, whatever a slice says: its Pod's, its own, or the one whose Pod CIDR holds it.
pub(super) fn place_of(index: &Index, ip: IpAddr) -> Option<&str> {
    let pod = index.pods_with_ip(ip).find_map(|pod| pod.node.as_deref());
    pod.or_else(|| index.node_with_ip(ip).or_else(|| index.node_with_pod_cidr(ip)).map(|node| node.name.as_str()))
}

/// By numeric address, then by port (design §4.2).
pub(super) fn sort(endpoints: &mut [EndpointHop]) {
    endpoints.sort_by_key(|a| (a.ip, a.port));
}

/// One endpoint of the answer.
pub(super) fn endpoint_hop(
    cluster: Cluster<'_>,
    place: &Place,
    node: Option<&str>,
    claim: &ServiceClaim<'_>,
    endpoint: &Candidate<'_>,
    many: usize,
    masquerade: Option<bool>,
) -> EndpointHop {
    let pod_key = match cluster.index.behind(endpoint.fact) {
        Behind::Pod(key) => Some(key),
        Behind::Node(_) | Behind::Outside => None,
    };
    let pod = pod_key.as_ref().and_then(|key| cluster.index.pod(key));
    let declared = pod.and_then(|pod| pod.declared(endpoint.port, claim.port.protocol).next());
    let on_node = endpoint.fact.node.clone().or_else(|| pod.and_then(|pod| pod.node.clone()));
    // Without masquerade the reply must pass the evaluation node: client or endpoint must be there, whatever the slice says of it, and
    // not be one and the same (reference §2.6).
    let endpoint_here = || place_of(cluster.index, endpoint.ip).or(on_node.as_deref()) == node;
    let to_itself = place.ip == Some(endpoint.ip) && !place.is_host_of(node);
    let passes = || !to_itself && (place.is_on(node) || endpoint_here());
    let asymmetric_return = masquerade == Some(false) && node.is_some() && !passes();
    let service = claim.service.key();
    let name = ServicePortName { service: &service, port: &claim.port.name, protocol: claim.port.protocol };
    EndpointHop {
        ip: endpoint.ip,
        port: endpoint.port,
        probability: 1.0 / many as f64,
        masquerade,
        asymmetric_return,
        pod: pod_key,
        node: on_node,
        container: declared.map(|(container, _)| container.name.clone()),
        container_port: declared
            .map(|(_, port)| DeclaredPort { name: port.name.clone(), number: port.container_port.0 }),
        policy: None,
        rule: Some(name.endpoint(cluster.settings.proxy_mode, endpoint.ip, endpoint.port)),
        slice: Some(endpoint.fact.slice_key()),
        protocol: claim.port.protocol,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Firewall {
    /// None applies.
    None,
    Allows,
    Denies,
    /// The source's address would decide.
    NotKnown,
}

/// loadBalancerSourceRanges (reference §2.7): for load balancer IPs only; also for Pods and processes of the host.
pub(super) fn firewall(
    cluster: Cluster<'_>,
    place: &Place,
    to: Destination,
    node: Option<&str>,
    claim: &ServiceClaim<'_>,
) -> Firewall {
    let (service, ipv4) = (claim.service, to.ip.is_ipv4());
    // nftables filters by address, before it matters as what the address was claimed.
    let by_address = cluster.settings.proxy_mode == ProxyMode::Nftables && claim.kind == EntryKind::ExternalIp;
    let is_vip = || service.load_balancer_ips(ipv4).any(|ip| ip.0 == to.ip);
    if claim.kind != EntryKind::LoadBalancerIp && !(by_address && is_vip()) {
        return Firewall::None;
    }
    let parsed = service.source_ranges.iter().filter_map(|range| range.trim().parse::<IpNet>().ok());
    let ranges: Vec<IpNet> = parsed.collect();
    let of_family: Vec<&IpNet> = ranges.iter().filter(|range| range.addr().is_ipv4() == ipv4).collect();
    if of_family.is_empty() || of_family.iter().any(|range| range.prefix_len() == 0) {
        return Firewall::None;
    }
    let Some(source) = place.ip else {
        return if place.class == Class::Pod { Firewall::NotKnown } else { Firewall::Denies };
    };
    let primary = node.and_then(|node| cluster.index.node(node)).and_then(|node| node.primary_ip(ipv4));
    let own = primary.is_some_and(|ip| of_family.iter().any(|range| range.contains(&ip.0)));
    let from_vip = || service.load_balancer_ips(ipv4).any(|ip| ip.0 == source);
    if of_family.iter().any(|range| range.contains(&source)) || (own && from_vip()) {
        Firewall::Allows
    } else {
        Firewall::Denies
    }
}
