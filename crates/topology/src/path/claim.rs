//! Finds the claims on a destination on a Node, in the order in which kube-proxy matches them (reference §2.4, §9).

mod claimed;
mod node_address;
mod service_claim;
mod service_port;
pub(crate) mod unclaimed;

pub(crate) use claimed::{Claim, Claimed, Claims};
pub(crate) use service_claim::{ServiceClaim, WithoutEndpoints, by_address, by_node_port};
pub(crate) use unclaimed::in_service_cidr;

use crate::cluster::facts::PodFact;
use crate::cluster::key::Kind;
use crate::cluster::port::TransportProtocol;
use crate::cluster::view::Cluster;
use crate::path::answer::{EntryKind, Outcome, Reason};
use crate::path::packet::{Packet, Step};
use crate::path::question::Destination;
use crate::path::source::SourceClass;

/// Every claim on the packet's destination. Ends the path if there is none.
pub(crate) fn claims<'a>(packet: Packet<'a>) -> Step<Claims<'a>> {
    let index = packet.cluster.index;
    if packet.to.protocol == TransportProtocol::Icmp {
        return ping(packet);
    }
    if packet.to.port.is_none() {
        return Step::Break(packet.ends(Outcome::Unhandled, Reason::NoPort));
    }
    let services = by_address(packet.cluster, packet.to);
    if let Some(only) = services.first() {
        // A Cluster IP is allocated to one Service. A Service that is not known can claim any other address too.
        if services.len() == 1 && only.kind != EntryKind::ClusterIp && !packet.knows_all(Kind::Service) {
            return Step::Break(packet.unknown(Reason::OtherServicesNotKnown));
        }
        let on_node = |claim: ServiceClaim<'a>| service_port::with_endpoints(claim.entered(packet), packet);
        return Step::Continue(services.into_iter().map(on_node).collect());
    }
    if !packet.knows_all(Kind::Service) {
        return Step::Break(packet.unknown(Reason::ServicesNotKnown));
    }
    if let Some(service) = service_claim::unapplied_by_address(packet.cluster, packet.to) {
        return Step::Break(packet.unknown(Reason::ServiceNotApplied { service: service.key() }));
    }
    unclaimed::service_ip(packet)?;
    let running = index.pods_with_ip(packet.to.ip).find(|pod| !pod.host_network && !pod.terminating);
    if let Some(pod) = running.or_else(|| pod_with_ip(packet)) {
        return Step::Continue(Claim::Pod(pod).on(packet).into());
    }
    if packet.to.ip.is_loopback() && matches!(packet.source.class, SourceClass::Pod | SourceClass::External) {
        return Step::Break(packet.ends(Outcome::Unhandled, Reason::LoopbackOfSource));
    }
    match packet.host() {
        Some(host) => node_address::claims(packet, host),
        None => Step::Break(unclaimed::address(packet)),
    }
}

/// Whether a Service has a nodePort of the destination's number. The destination address is not checked.
pub(crate) fn has_node_port(cluster: Cluster<'_>, to: Destination) -> bool {
    by_node_port(cluster, to).next().is_some()
}

/// The hostPorts that map a packet which kube-proxy refuses on this Node. kube-proxy refuses in the filter table, and the CNI translates before
/// that (docs/fidelity.md, F7).
pub(crate) fn before_filter<'a>(packet: Packet<'a>, node: Option<&str>) -> Step<Claims<'a>> {
    match packet.cluster.index.node_with_ip(packet.to.ip).filter(|host| Some(host.name.as_str()) == node) {
        Some(host) => node_address::host_port_claims(packet.on(&host.name), host),
        None => Step::Continue(Claims::default()),
    }
}

/// Claims on a ping. It has no port that a Service can claim, but nftables refuses or drops a ping of a service IP (reference §2.13).
fn ping(packet: Packet<'_>) -> Step<Claims<'_>> {
    unclaimed::service_ip(packet)?;
    match pod_with_ip(packet) {
        Some(pod) => Step::Continue(Claim::Pod(pod).on(packet).into()),
        None => Step::Break(packet.ends(Outcome::Unhandled, Reason::IcmpNotHandled)),
    }
}

/// A Pod that has the destination's address for itself.
fn pod_with_ip<'a>(packet: Packet<'a>) -> Option<&'a PodFact> {
    packet.cluster.index.pod_with_own_ip(packet.to.ip)
}
