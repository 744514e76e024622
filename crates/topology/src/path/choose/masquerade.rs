//! Decides whether the endpoint sees a Node's address instead of the client's (reference §2.6).

use crate::cluster::facts::{EndpointFact, ServiceFact, ServicePortFact, SliceFact, TrafficPolicy};
use crate::cluster::index::IpRole;
use crate::cluster::key::Kind;
use crate::cluster::port::Protocol;
use crate::cluster::settings::Backend;
use crate::path::answer::EntryKind;
use crate::path::claim::ServiceClaim;
use crate::path::endpoints::Candidate;
use crate::path::host_port;
use crate::path::packet::Packet;

/// Whether the Service's own rules mark the packet, whichever endpoint it goes to.
pub(super) fn is_marked(packet: Packet<'_>, claim: &ServiceClaim<'_>) -> bool {
    let of_cluster_ip = || packet.cluster.settings.masquerade_all || packet.is_from_pod() == Some(false);
    if claim.kind == EntryKind::ClusterIp {
        return of_cluster_ip();
    }
    // nftables marks by the address alone: an external IP can be another Service's Cluster IP (`nftables/proxier.go`, `setupNFTables`).
    (packet.cluster.settings.backend() == Backend::Nftables && is_cluster_ip(packet) && of_cluster_ip())
        || claim.traffic_policy() == TrafficPolicy::Cluster
        || (packet.is_from_host() && packet.is_from_pod() != Some(true))
}

/// Whether the destination is in nftables' set `cluster-ips`.
fn is_cluster_ip(packet: Packet<'_>) -> bool {
    let mut owners = packet.cluster.index.services_with_ip(packet.to.ip, IpRole::ClusterIp);
    owners.any(|service| service.proxied_in(packet.is_ipv4()))
}

/// Whether the source is translated on the way to this endpoint; `None` if the known facts do not decide it.
pub(crate) fn is_translated(
    packet: Packet<'_>,
    claim: &ServiceClaim<'_>,
    endpoint: &Candidate<'_>,
    marked: bool,
) -> Option<bool> {
    let of_node = packet.node.is_some() && packet.is_address_of_node(endpoint.ip);
    let in_set = || in_hairpin_set(packet, claim.port.protocol, endpoint);
    decided(packet, endpoint, marked, of_node, is_hairpin(packet, endpoint, in_set))
}

/// Whether the source is translated on the way to this endpoint, on a Node that does not have the endpoint.
pub(crate) fn is_translated_elsewhere(packet: Packet<'_>, endpoint: &Candidate<'_>, marked: bool) -> Option<bool> {
    // nftables' set of hairpin connections contains only endpoints on the Node itself.
    decided(packet, endpoint, marked, false, is_hairpin(packet, endpoint, || false))
}

fn decided(
    packet: Packet<'_>,
    endpoint: &Candidate<'_>,
    marked: bool,
    of_node: bool,
    hairpin: Option<bool>,
) -> Option<bool> {
    match (marked, hairpin) {
        (false, Some(false)) => Some(false),
        (true, _) | (false, Some(true)) => ends_here(packet, endpoint, of_node).map(|here| !here),
        (false, None) => None,
    }
}

/// Whether a packet from another host ends on the evaluation node itself, which has the address (`of_node`). It passes INPUT and not
/// POSTROUTING, where sources are translated, so it keeps its source even if it is marked (docs/fidelity.md, F1). `None` if the endpoint can
/// be an address of a Node that is not known.
fn ends_here(packet: Packet<'_>, endpoint: &Candidate<'_>, of_node: bool) -> Option<bool> {
    if packet.is_from_host() {
        return Some(false);
    }
    let of_pod = || packet.cluster.index.pod_with_own_ip(endpoint.ip).is_some();
    (of_node || packet.knows_all(Kind::Node) || of_pod()).then_some(of_node)
}

/// Whether the source is the endpoint itself (reference §2.6). nftables' set is that of a Node, and has endpoints of every Service.
fn is_hairpin(packet: Packet<'_>, endpoint: &Candidate<'_>, in_set: impl FnOnce() -> bool) -> Option<bool> {
    if packet.source.ip != Some(endpoint.ip) {
        return Some(false);
    }
    let is_in = packet.cluster.settings.backend() == Backend::Iptables || in_set();
    if !is_in && may_portmap_masquerade(packet, endpoint) {
        return None;
    }
    let known = packet.node_fact().is_some() || (packet.node.is_none() && packet.knows_all(Kind::Node));
    let all_known = known && packet.knows_all(Kind::Service) && packet.knows_all(Kind::EndpointSlice);
    (is_in || all_known).then_some(is_in)
}

/// Whether the CNI's portmap may translate the source of a Pod that reaches itself: with nftables it does so for each Pod with hostPorts,
/// whatever the destination was (docs/fidelity.md, F8). The API does not say with which backend it works.
fn may_portmap_masquerade(packet: Packet<'_>, endpoint: &Candidate<'_>) -> bool {
    let pod = packet.cluster.index.pod_with_own_ip(endpoint.ip);
    pod.is_some_and(|pod| host_port::mapped(pod).next().is_some())
}

/// Whether the endpoint is in nftables' set `hairpin-connections`. The set is common to all Services and contains the endpoints of any of
/// them whose `nodeName` is this Node (`nftables/proxier.go`; docs/fidelity.md, F4).
fn in_hairpin_set<'a>(packet: Packet<'a>, protocol: Protocol, endpoint: &Candidate<'_>) -> bool {
    let (cluster, ipv4) = (packet.cluster, endpoint.ip.is_ipv4());
    let Some(node) = packet.node else { return false };
    let here = |fact: &EndpointFact| fact.node.as_deref() == Some(cluster.settings.hostname(node));
    let used = |service: &'a ServiceFact, port: &'a ServicePortFact| {
        let reach = packet.reach(service, port);
        let mut all = reach.cluster.iter().chain(reach.local.iter());
        all.any(|each| each.ip == endpoint.ip && each.port == endpoint.port && here(each.fact))
    };
    // An endpoint that is chosen is used.
    here(endpoint.fact)
        || cluster.index.endpoints_with_ip(endpoint.ip).filter(|fact| here(fact)).any(|fact| {
            let owner = cluster.index.slice(&fact.slice_key()).and_then(SliceFact::service_key);
            let service =
                owner.and_then(|owner| cluster.index.service(&owner)).filter(|service| service.proxied_in(ipv4));
            let mut ports =
                service.into_iter().flat_map(|service| service.ports.iter().map(move |port| (service, port)));
            ports.any(|(service, port)| port.protocol == protocol && used(service, port))
        })
}
