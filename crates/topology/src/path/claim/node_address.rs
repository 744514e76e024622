//! Finds claims on a Node's own addresses, including loopback: nodePorts, hostPorts, processes of the host.

use std::collections::BTreeSet;

use super::claimed::{Claim, Claimed, Claims};
use super::service_claim::{ServiceClaim, WithoutEndpoints, by_node_port, unapplied_by_node_port};
use super::service_port::with_endpoints;
use crate::cluster::facts::{NodeFact, PodFact, ServiceFact, TrafficPolicy};
use crate::cluster::key::Kind;
use crate::cluster::port::{Protocol, TransportProtocol};
use crate::cluster::settings::Backend;
use crate::path::answer::{Evaluation, Outcome, Reason, Remark};
use crate::path::endpoints::Candidate;
use crate::path::host_port::{self, MappedHostPort};
use crate::path::packet::{Packet, Step};

/// Every claim on a packet to one of `host`'s own addresses.
pub(super) fn claims<'a>(packet: Packet<'a>, host: &'a NodeFact) -> Step<Claims<'a>> {
    with_remark(packet, host, of_local_address(packet, host))
}

/// The claims of hostPorts on one of `host`'s own addresses. There need not be any.
pub(super) fn host_port_claims<'a>(packet: Packet<'a>, host: &'a NodeFact) -> Step<Claims<'a>> {
    let claimed = match packet.knows_all(Kind::Pod) {
        true => Step::Continue(host_ports(packet, host).collect()),
        false => Step::Break(packet.unknown(Reason::HostPortsNotKnown)),
    };
    with_remark(packet, host, claimed)
}

/// Adds the remark about a Node's ExternalIP.
fn with_remark<'a>(packet: Packet<'a>, host: &NodeFact, claimed: Step<Vec<Claimed<'a>>>) -> Step<Claims<'a>> {
    let is_assumed = host.is_only_external_ip(packet.to.ip);
    let remark = is_assumed.then(|| Remark::ExternalIpAssumed { node: host.name.clone() });
    match claimed {
        Step::Continue(claimed) => Step::Continue(Claims { claimed, remark }),
        Step::Break(mut end) => {
            end.remarks.extend(remark);
            Step::Break(end)
        }
    }
}

fn of_local_address<'a>(packet: Packet<'a>, host: &'a NodeFact) -> Step<Vec<Claimed<'a>>> {
    if !packet.knows_all(Kind::Pod) {
        return Step::Break(packet.unknown(Reason::HostPortsNotKnown));
    }
    let mut claimed: Vec<Claimed<'a>> =
        by_node_port(packet.cluster, packet.to).filter_map(|claim| node_port(packet, host, claim)).collect();
    claimed.extend(host_ports(packet, host));
    if claimed.is_empty() {
        claimed.extend(process_of_host(packet, host).map(|pod| Claim::Pod(pod).on(packet)));
    }
    if claimed.is_empty()
        && let Some(service) = unapplied_by_node_port(packet.cluster, packet.to)
    {
        return Step::Break(packet.unknown(Reason::ServiceNotApplied { service: service.key() }));
    }
    if claimed.is_empty() {
        let nothing = || Reason::NoListenerKnown { node: host.name.clone() };
        let because = health_check(packet, host).unwrap_or_else(nothing);
        return Step::Break(packet.ends(Outcome::Unhandled, because));
    }
    Step::Continue(claimed)
}

/// A hostNetwork Pod of the Node that declares the port. Its process listens on every address of the Node.
fn process_of_host<'a>(packet: Packet<'a>, host: &'a NodeFact) -> Option<&'a PodFact> {
    let (port, protocol) = packet.to.port_and_protocol()?;
    let index = packet.cluster.index;
    // The API server makes a hostPort of every port that such a Pod declares; a file need not have it.
    let by_address = host.ips().flat_map(|ip| index.pods_with_ip(ip.0));
    let listens = |pod: &&PodFact| host_port::listens_on_host(pod, host, packet.to.ip, port, protocol);
    let found: Vec<&PodFact> = by_address.chain(index.pods_with_host_port(port, protocol)).filter(listens).collect();
    found.iter().find(|pod| !pod.terminating).or(found.first()).copied()
}

/// The reason for a port on which kube-proxy itself answers the health checks of a Service (reference §2.9).
fn health_check(packet: Packet<'_>, host: &NodeFact) -> Option<Reason> {
    let (cluster, ipv4) = (packet.cluster, packet.is_ipv4());
    let (port, Protocol::Tcp) = packet.to.port_and_protocol()? else { return None };
    let mut services = cluster.index.services_with_health_check_port(port);
    let service = services.find(|service| service.proxied_in(ipv4))?;
    if !cluster.settings.accepts_node_ports(host, packet.to.ip) {
        return None;
    }
    let known = cluster.coverage.in_namespace(Kind::EndpointSlice, &service.namespace).complete();
    let local_endpoints = known.then(|| local_endpoints(packet, host, service));
    Some(Reason::HealthCheckPort { service: service.key(), node: host.name.clone(), local_endpoints })
}

/// Number of addresses of ready endpoints of a Service on a Node, over all its ports (reference §2.9).
fn local_endpoints<'a>(packet: Packet<'a>, host: &NodeFact, service: &'a ServiceFact) -> usize {
    let of_port = |port| packet.endpoints(service, port).candidates().to_vec();
    let node = packet.cluster.settings.hostname(&host.name);
    let here = |found: &Candidate<'_>| found.fact.is_ready() && found.fact.node.as_deref() == Some(node);
    let ips = service.ports.iter().flat_map(of_port).filter(here).map(|found| found.ip);
    BTreeSet::from_iter(ips).len()
}

/// The claim of a nodePort with this number on this address (reference §2.4); `None` if kube-proxy does not handle the packet.
fn node_port<'a>(packet: Packet<'a>, host: &NodeFact, claim: ServiceClaim<'a>) -> Option<Claimed<'a>> {
    let (settings, ip) = (packet.cluster.settings, packet.to.ip);
    let accepted = settings.accepts_node_ports(host, ip);
    let ends = |end| Some(Claimed { packet, claim: Step::Break(end) });
    match (settings.backend(), ip.is_loopback()) {
        (_, false) if accepted => Some(with_endpoints(claim, packet)),
        (Backend::Iptables, true) if accepted && settings.serves_loopback(ip) => Some(with_endpoints(claim, packet)),
        (Backend::Iptables, _) => stopped_by_filter(packet, claim).and_then(ends),
        (Backend::Nftables, true) if settings.serves_loopback(ip) => {
            if !settings.names_loopback(host, ip) || packet.to.protocol != TransportProtocol::Tcp {
                let because = Reason::LoopbackNodePortRefused { service: claim.service.key() };
                return ends(claim.ends(packet, Outcome::Reject, because));
            }
            listener(packet, claim)
        }
        (Backend::Nftables, _) => None,
    }
}

/// Applies iptables' filter rule of a nodePort. It matches every local address, also addresses on which nodePorts are not accepted
/// (reference §2.4, localhost). `None` if the packet passes.
fn stopped_by_filter<'a>(packet: Packet<'a>, claim: ServiceClaim<'a>) -> Option<Evaluation> {
    if let Some(because) = claim.endpoints_not_known(packet) {
        return Some(claim.ends(packet, Outcome::Unknown, because));
    }
    let service = claim.service.key();
    let (outcome, because) = match claim.without_endpoints(&claim.reach(packet))? {
        WithoutEndpoints::Refused => (Outcome::Reject, Reason::NodePortRefused { service }),
        WithoutEndpoints::Dropped => (Outcome::Drop, Reason::NodePortDropped { service }),
    };
    Some(claim.stopped(packet, outcome, because))
}

/// The listener of nftables' kube-proxy on a loopback address. It connects to an endpoint itself and respects policy Local. `None` if the
/// Service has no usable endpoint.
fn listener<'a>(packet: Packet<'a>, claim: ServiceClaim<'a>) -> Option<Claimed<'a>> {
    if let Some(because) = claim.endpoints_not_known(packet) {
        return Some(Claimed { packet, claim: Step::Break(claim.ends(packet, Outcome::Unknown, because)) });
    }
    let reach = claim.reach(packet);
    let chosen = if claim.traffic_policy() == TrafficPolicy::Local { reach.local } else { reach.cluster };
    (!chosen.is_empty()).then(|| Claim::Listener(claim, chosen).on(packet))
}

/// The hostPorts on this address, mapped by the CNI. A Pod that has addresses, but none of the packet's family, is not mapped there.
fn host_ports<'a>(packet: Packet<'a>, host: &'a NodeFact) -> impl Iterator<Item = Claimed<'a>> {
    by_host_port(packet, host).filter_map(move |mapped| {
        let ips = &mapped.pod.ips;
        match ips.iter().find(|ip| ip.0.is_ipv4() == packet.is_ipv4()) {
            Some(ip) => Some(Claim::HostPort(mapped, ip.0).on(packet)),
            None if ips.is_empty() => {
                let end = packet.unknown(Reason::HostPortPodWithoutIp { pod: mapped.pod.key() });
                Some(Claimed { packet, claim: Step::Break(end) })
            }
            None => None,
        }
    })
}

/// The hostPorts of this number that Pods of this Node have on this address.
fn by_host_port<'a>(packet: Packet<'a>, node: &'a NodeFact) -> impl Iterator<Item = MappedHostPort<'a>> {
    let pods =
        packet.to.port_and_protocol().map(|(port, protocol)| packet.cluster.index.pods_with_host_port(port, protocol));
    pods.into_iter().flatten().flat_map(host_port::mapped).filter(move |mapped| {
        mapped.node == node.name
            && Some((mapped.number, mapped.port.protocol)) == packet.to.port_and_protocol()
            && mapped.is_open_on(packet.to.ip)
    })
}
