//! Decides what becomes of a packet after its translation to an endpoint. kube-proxy translates a packet once. Then the packet passes the
//! filters, which match the endpoint's address as they match that of any packet (docs/fidelity.md), and the kernel routes it.

use std::net::IpAddr;

use crate::cluster::key::Kind;
use crate::cluster::settings::Backend;
use crate::path::answer::{EndpointHop, EntryKind, Remark};
use crate::path::claim::{ServiceClaim, WithoutEndpoints, by_address, by_node_port, unclaimed};
use crate::path::firewall::ranges_of;
use crate::path::packet::Packet;
use crate::path::question::Destination;
use crate::path::source::SourceClass;

/// The Node whose filters a packet passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OnNode {
    /// The evaluation node.
    This,
    /// Any that has neither the endpoint nor an endpoint of a Service with its address.
    Elsewhere,
}

impl OnNode {
    fn has(self, packet: Packet<'_>, ip: IpAddr) -> bool {
        self == Self::This && packet.is_address_of_node(ip)
    }
}

/// What becomes of packets to an endpoint after their translation.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AfterTranslation {
    /// Whether they arrive; `None` if the known facts do not decide it.
    pub(crate) delivered: Option<bool>,
    /// What there is to say of it.
    pub(crate) remark: Option<Remark>,
}

impl AfterTranslation {
    const PASSES: Self = Self { delivered: Some(true), remark: None };

    fn stopped(remark: Remark) -> Self {
        Self { delivered: Some(false), remark: Some(remark) }
    }

    fn not_known(remark: Remark) -> Self {
        Self { delivered: None, remark: Some(remark) }
    }

    fn may_be_service(&self) -> bool {
        matches!(self.remark, Some(Remark::EndpointMayBeServiceAddress { .. }))
    }
}

/// What becomes of packets that were translated to this endpoint: on the packet's Node, or on any that the endpoint
/// does not depend on.
pub(crate) fn after_translation(packet: Packet<'_>, endpoint: &EndpointHop, on: OnNode) -> AfterTranslation {
    let EndpointHop { ip, port, protocol, masquerade, .. } = *endpoint;
    if let Some(remark) = loopback_source(packet, ip, masquerade == Some(true), on) {
        return AfterTranslation::stopped(remark);
    }
    match by_filters(packet, Destination::port(ip, port, protocol), on) {
        // A slice that names a Pod has the Pod's address.
        after if after.may_be_service() && endpoint.pod.is_some() => AfterTranslation::PASSES,
        after => after,
    }
}

/// Why a packet from a loopback address does not leave its Node: the kernel routes such packets only with the sysctl `route_localnet`, which
/// exists for IPv4, and answers come back only if another source is put into them.
pub(crate) fn loopback_source(packet: Packet<'_>, to: IpAddr, masquerade: bool, on: OnNode) -> Option<Remark> {
    let node = packet.source.node.as_deref().filter(|_| packet.source.class == SourceClass::Localhost)?;
    let stays = to.is_loopback() || on.has(packet, to);
    let leaves = masquerade && to.is_ipv4() && route_localnet(packet);
    (!stays && !leaves).then(|| Remark::LoopbackSource { node: node.to_owned() })
}

/// Whether kube-proxy sets `route_localnet`: iptables, if it accepts nodePorts on 127.0.0.0/8 (`iptables/proxier.go`, `NewProxier`).
fn route_localnet(packet: Packet<'_>) -> bool {
    let settings = packet.cluster.settings;
    let accepts = || packet.node_fact().is_some_and(|node| settings.accepts_node_ports(node, [127, 0, 0, 1].into()));
    settings.backend() == Backend::Iptables && settings.localhost_node_ports && accepts()
}

/// What kube-proxy's filters do with a packet that has been translated to this destination, in the order of their rules.
fn by_filters(packet: Packet<'_>, to: Destination, on: OnNode) -> AfterTranslation {
    let (cluster, nftables) = (packet.cluster, packet.cluster.settings.backend() == Backend::Nftables);
    let (ip, port) = (to.ip, to.port.unwrap_or_default());
    let claims = by_address(cluster, to);
    if let Some(stopped) = claims.iter().find_map(|claim| of_service(packet, claim, to, on)) {
        return stopped;
    }
    if let Some(owner) = unclaimed::owner(cluster, ip) {
        let service = owner.key();
        // nftables refuses whatever is sent to a Cluster IP and was not translated from it (cluster-ips-check). Under iptables nobody has the
        // address, unless something routes it to another Node.
        return match nftables {
            true => AfterTranslation::stopped(Remark::EndpointRefused { ip, port, service }),
            false => AfterTranslation::not_known(Remark::EndpointIsServiceAddress { ip, port, service }),
        };
    }
    if on.has(packet, ip) {
        return of_node_port(packet, to);
    }
    if let Some(claim) = claims.first() {
        let remark = Remark::EndpointIsServiceAddress { ip, port, service: claim.service.key() };
        return AfterTranslation { remark: Some(remark), ..AfterTranslation::PASSES };
    }
    let unused_cluster_ip = unclaimed::in_service_cidr(cluster, ip);
    let remark = Remark::EndpointIsUnusedClusterIp { ip, port };
    // nftables drops it whosever address it is, as it drops a packet that is sent there.
    if nftables && unused_cluster_ip {
        return AfterTranslation::stopped(remark);
    }
    if cluster.index.pods_with_ip(ip).next().is_some() || cluster.index.node_with_ip(ip).is_some() {
        return AfterTranslation::PASSES;
    }
    if unused_cluster_ip {
        return AfterTranslation::not_known(remark);
    }
    let all_known = packet.knows_all(Kind::Service) && packet.knows_all(Kind::ServiceCIDR);
    match all_known || cluster.index.node_with_pod_cidr(ip).is_some() {
        true => AfterTranslation::PASSES,
        false => AfterTranslation::not_known(Remark::EndpointMayBeServiceAddress { ip, port }),
    }
}

/// What the filter rules of a Service do with a packet to its own address; `None` if they let it pass.
fn of_service<'a>(
    packet: Packet<'a>,
    claim: &ServiceClaim<'a>,
    to: Destination,
    on: OnNode,
) -> Option<AfterTranslation> {
    let (ip, port) = (to.ip, to.port.unwrap_or_default());
    let iptables = packet.cluster.settings.backend() == Backend::Iptables;
    let is_cluster_ip = claim.kind == EntryKind::ClusterIp;
    let service = claim.service.key();
    if !is_cluster_ip && iptables && packet.is_from_host() && !on.has(packet, ip) {
        // The rules about external addresses do not match what the Node itself sends elsewhere (KUBE-EXTERNAL-SERVICES).
        return None;
    }
    if !iptables && is_cluster_ip {
        // It is stopped with or without endpoints.
        return None;
    }
    if claim.endpoints_not_known(packet).is_some() {
        return Some(AfterTranslation::not_known(Remark::EndpointIsServiceAddress { ip, port, service }));
    }
    if let Some(stopped) = without_endpoints(packet, claim, to, on) {
        return Some(stopped);
    }
    // KUBE-PROXY-FIREWALL drops what its Service's chain of source ranges has not translated.
    let firewall = claim.kind == EntryKind::LoadBalancerIp && !ranges_of(claim.service, ip.is_ipv4()).is_empty();
    (iptables && firewall).then(|| AfterTranslation::stopped(Remark::EndpointDropped { ip, port, service }))
}

/// What the rules of a Service without endpoints do with a packet; `None` if the Service has endpoints for it.
fn without_endpoints<'a>(
    packet: Packet<'a>,
    claim: &ServiceClaim<'a>,
    to: Destination,
    on: OnNode,
) -> Option<AfterTranslation> {
    let (ip, port, service) = (to.ip, to.port.unwrap_or_default(), claim.service.key());
    let reach = match on {
        OnNode::This => claim.reach(packet),
        OnNode::Elsewhere => claim.reach_elsewhere(packet),
    };
    let remark = match claim.without_endpoints(&reach)? {
        WithoutEndpoints::Refused => Remark::EndpointRefused { ip, port, service },
        WithoutEndpoints::Dropped => Remark::EndpointDropped { ip, port, service },
    };
    Some(AfterTranslation::stopped(remark))
}

/// What the filter rules of nodePorts do with a packet to an address of the Node itself. iptables' match every local address.
fn of_node_port(packet: Packet<'_>, to: Destination) -> AfterTranslation {
    let (settings, port) = (packet.cluster.settings, to.port.unwrap_or_default());
    let accepted = || packet.node_fact().is_some_and(|node| settings.accepts_node_ports(node, to.ip));
    if settings.backend() == Backend::Nftables && !accepted() {
        return AfterTranslation::PASSES;
    }
    let not_known = |claim: &ServiceClaim<'_>| claim.endpoints_not_known(packet).is_some();
    let mut claims = by_node_port(packet.cluster, to).filter(|claim| !not_known(claim));
    if let Some(stopped) = claims.find_map(|claim| without_endpoints(packet, &claim, to, OnNode::This)) {
        return stopped;
    }
    let (first, last) = settings.node_port_range;
    let all_known = packet.knows_all(Kind::Service) && !by_node_port(packet.cluster, to).any(|claim| not_known(&claim));
    match all_known || !(first..=last).contains(&port) {
        true => AfterTranslation::PASSES,
        false => AfterTranslation::not_known(Remark::EndpointMayBeServiceAddress { ip: to.ip, port }),
    }
}
