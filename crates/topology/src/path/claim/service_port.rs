//! Finds the endpoints of a Service port's claim that the packet's Node can use.

use super::claimed::{Claim, Claimed};
use super::service_claim::ServiceClaim;
use crate::cluster::facts::TrafficPolicy;
use crate::cluster::settings::{Backend, DetectLocal};
use crate::path::answer::{EntryKind, Outcome, Reason};
use crate::path::endpoints::Candidate;
use crate::path::packet::{Packet, Step};
use crate::path::source::SourceClass;

/// The claim with the endpoints that can be reached from the packet's Node.
pub(super) fn with_endpoints<'a>(claim: ServiceClaim<'a>, packet: Packet<'a>) -> Claimed<'a> {
    let on_node = || if packet.node_fact().is_none() { depends_on_node(claim, packet) } else { None };
    if let Some(because) = claim.endpoints_not_known(packet).or_else(on_node).or_else(|| detector_not_known(packet)) {
        return Claimed { packet, claim: Step::Break(claim.ends(packet, Outcome::Unknown, because)) };
    }
    let reach = claim.reach(packet);
    if reach.any || !refusal_passes_by(claim, packet) {
        return Claim::ServicePort(claim, reach).on(packet);
    }
    match packet.cluster.index.node_with_ip(packet.to.ip) {
        Some(owner) => with_endpoints(claim, packet.on(&owner.name)),
        None => {
            let because = Reason::NothingRefusesOwnTraffic { service: claim.service.key() };
            Claimed { packet, claim: Step::Break(packet.ends(Outcome::Unhandled, because)) }
        }
    }
}

/// Whether the packet does not pass iptables' REJECT rule. The rule does not apply to packets that the Node itself sends to an address that
/// is not its own (reference §2.13).
fn refusal_passes_by(claim: ServiceClaim<'_>, packet: Packet<'_>) -> bool {
    packet.cluster.settings.backend() == Backend::Iptables
        && matches!(claim.kind, EntryKind::ExternalIp | EntryKind::LoadBalancerIp)
        && packet.is_from_host()
        && !packet.is_address_of_node(packet.to.ip)
}

/// The reason why it is not known whether the detector classifies the source as a Pod; `None` if it is.
fn detector_not_known(packet: Packet<'_>) -> Option<Reason> {
    let is_pod = packet.source.class == SourceClass::Pod;
    let by_interface = packet.cluster.settings.detects_by_interface();
    (is_pod && by_interface && !packet.source.is_located(packet.cluster)).then_some(Reason::DetectorNodeNotKnown)
}

/// The reason why the answer depends on facts of the Node; `None` if it does not.
fn depends_on_node<'a>(claim: ServiceClaim<'a>, packet: Packet<'a>) -> Option<Reason> {
    let hinted = |found: &Candidate<'_>| !found.fact.zone_hints.is_empty() || !found.fact.node_hints.is_empty();
    if claim.traffic_policy() == TrafficPolicy::Local {
        Some(Reason::LocalPolicyNodeNotKnown)
    } else if packet.endpoints(claim.service, claim.port).with_duplicates().any(hinted) {
        Some(Reason::HintsNodeNotKnown)
    } else if packet.cluster.settings.detect_local == DetectLocal::NodeCIDR {
        Some(Reason::PodCidrNodeNotKnown)
    } else {
        None
    }
}
