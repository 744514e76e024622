//! Applies loadBalancerSourceRanges: the sources from which a load balancer IP accepts packets (reference §2.7).

use ipnet::IpNet;

use crate::cluster::facts::ServiceFact;
use crate::cluster::settings::Backend;
use crate::path::answer::{ChainRole, EntryKind, Evaluation, Outcome, Reason};
use crate::path::claim::{Claim, ServiceClaim};
use crate::path::packet::{Packet, Step};
use crate::path::source::SourceClass;

/// The decision of a Service's source ranges about a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum SourceRanges {
    /// No source range applies.
    None,
    /// The source is in a range.
    Allow,
    /// The source is in no range.
    Deny,
    /// The decision depends on the source's address, which is not known.
    NotKnown,
}

/// A claim whose source ranges let the packet pass.
pub(crate) struct Passed<'a> {
    /// The claim.
    pub(crate) claim: Claim<'a>,
    /// Whether the packet has passed a chain of source ranges.
    pub(crate) through_firewall: bool,
}

/// Ends the path of a packet that a Service's source ranges deny.
pub(crate) fn filter<'a>(packet: Packet<'a>, claim: Claim<'a>) -> Step<Passed<'a>> {
    let Claim::ServicePort(service, reach) = &claim else {
        return Step::Continue(Passed { claim, through_firewall: false });
    };
    let ranges = source_ranges(packet, service);
    match ranges {
        SourceRanges::NotKnown => {
            let because = Reason::SourceAddressNotKnown { service: service.service.key() };
            Step::Break(service.ends(packet, Outcome::Unknown, because))
        }
        // nftables filters before it looks for endpoints. iptables has no filter rule for a Service without endpoints (reference §2.7).
        SourceRanges::Deny if reach.any || packet.cluster.settings.backend() == Backend::Nftables => {
            let rules = vec![service.chain(packet, ChainRole::Firewall)];
            let because = Reason::SourceNotInRanges { service: service.service.key() };
            Step::Break(Evaluation { rules, ..service.stopped(packet, Outcome::Drop, because) })
        }
        SourceRanges::Deny | SourceRanges::Allow | SourceRanges::None => {
            Step::Continue(Passed { claim, through_firewall: ranges == SourceRanges::Allow })
        }
    }
}

/// The decision of the source ranges. They apply to load balancer IPs only, and also to packets from Pods and from the host.
pub(crate) fn source_ranges(packet: Packet<'_>, claim: &ServiceClaim<'_>) -> SourceRanges {
    let (service, ipv4) = (claim.service, packet.is_ipv4());
    // nftables filters by address, so an external IP that is also a load balancer IP is filtered too.
    let by_address = packet.cluster.settings.backend() == Backend::Nftables && claim.kind == EntryKind::ExternalIp;
    let is_vip = || service.load_balancer_ips(ipv4).any(|ip| ip.0 == packet.to.ip);
    if claim.kind != EntryKind::LoadBalancerIp && !(by_address && is_vip()) {
        return SourceRanges::None;
    }
    let of_family = ranges_of(service, ipv4);
    if of_family.is_empty() {
        return SourceRanges::None;
    }
    let Some(source) = packet.source.ip else {
        let is_pod = packet.source.class == SourceClass::Pod;
        return if is_pod { SourceRanges::NotKnown } else { SourceRanges::Deny };
    };
    let primary = packet.node_fact().and_then(|node| node.primary_ip(ipv4));
    let holds_node = primary.is_some_and(|ip| of_family.iter().any(|range| range.contains(&ip.0)));
    let from_vip = || service.load_balancer_ips(ipv4).any(|ip| ip.0 == source);
    if of_family.iter().any(|range| range.contains(&source)) || (holds_node && from_vip()) {
        SourceRanges::Allow
    } else {
        SourceRanges::Deny
    }
}

/// The source ranges of a Service in an address family; empty if every source may pass (reference §1.2).
pub(crate) fn ranges_of(service: &ServiceFact, ipv4: bool) -> Vec<IpNet> {
    let parsed = service.source_ranges.iter().filter_map(|range| range.trim().parse::<IpNet>().ok());
    let of_family: Vec<IpNet> = parsed.filter(|range| range.addr().is_ipv4() == ipv4).collect();
    if of_family.iter().any(|range| range.prefix_len() == 0) { Vec::new() } else { of_family }
}
