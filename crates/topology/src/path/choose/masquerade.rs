//! Decides whether the endpoint sees a Node's address instead of the client's (reference §2.6).

use crate::cluster::facts::{EndpointFact, ServiceFact, ServicePortFact, SliceFact, TrafficPolicy};
use crate::cluster::port::Protocol;
use crate::cluster::settings::Backend;
use crate::path::answer::EntryKind;
use crate::path::claim::ServiceClaim;
use crate::path::endpoints::Candidate;
use crate::path::packet::Packet;

/// Whether the Service's own rules mark the packet, whichever endpoint it goes to.
pub(super) fn is_marked(packet: Packet<'_>, claim: &ServiceClaim<'_>) -> bool {
    if claim.kind == EntryKind::ClusterIp {
        return packet.cluster.settings.masquerade_all || packet.is_from_pod() == Some(false);
    }
    claim.traffic_policy() == TrafficPolicy::Cluster || (packet.is_from_host() && packet.is_from_pod() != Some(true))
}

/// Whether the source is translated on the way to this endpoint.
pub(crate) fn is_translated(
    packet: Packet<'_>,
    claim: &ServiceClaim<'_>,
    endpoint: &Candidate<'_>,
    marked: bool,
) -> bool {
    (marked || is_hairpin(packet, claim, endpoint)) && !ends_here(packet, endpoint)
}

/// Whether the source is translated on the way to this endpoint, on a Node that does not have the endpoint.
pub(crate) fn is_translated_elsewhere(packet: Packet<'_>, endpoint: &Candidate<'_>, marked: bool) -> bool {
    // nftables' set of hairpin connections contains only endpoints on the Node itself.
    marked || (packet.source.ip == Some(endpoint.ip) && is_iptables(packet))
}

fn is_iptables(packet: Packet<'_>) -> bool {
    packet.cluster.settings.backend() == Backend::Iptables
}

/// Whether a packet from another host ends on the evaluation node itself. It passes INPUT and not POSTROUTING, where sources are translated,
/// so it keeps its source even if it is marked (docs/fidelity.md, F1).
fn ends_here(packet: Packet<'_>, endpoint: &Candidate<'_>) -> bool {
    packet.node.is_some() && !packet.is_from_host() && packet.is_address_of_node(endpoint.ip)
}

/// Whether the source is the endpoint itself (reference §2.6).
fn is_hairpin(packet: Packet<'_>, claim: &ServiceClaim<'_>, endpoint: &Candidate<'_>) -> bool {
    packet.source.ip == Some(endpoint.ip)
        && (is_iptables(packet) || in_hairpin_set(packet, claim.port.protocol, endpoint))
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
    cluster.index.endpoints_with_ip(endpoint.ip).filter(|fact| here(fact)).any(|fact| {
        let owner = cluster.index.slice(&fact.slice_key()).and_then(SliceFact::service_key);
        let service = owner.and_then(|owner| cluster.index.service(&owner)).filter(|service| service.proxied_in(ipv4));
        let mut ports = service.into_iter().flat_map(|service| service.ports.iter().map(move |port| (service, port)));
        ports.any(|(service, port)| port.protocol == protocol && used(service, port))
    })
}
