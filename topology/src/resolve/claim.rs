//! Who claims a destination on a Node, in the order in which claims are matched (reference §2.4, §9).

use super::{Cluster, Destination};
use crate::facts::{ContainerFact, ContainerPortFact, NodeFact, PodFact, ServiceFact, ServicePortFact};
use crate::index::IpRole;
use crate::trace::EntryKind;

/// A claim of kube-proxy on a destination.
#[derive(Clone, Copy, Debug)]
pub(super) struct ServiceClaim<'a> {
    pub(super) kind: EntryKind,
    pub(super) service: &'a ServiceFact,
    pub(super) port: &'a ServicePortFact,
}

/// Services that claim exactly this address and port: Cluster IPs, then external IPs, then load balancer IPs. One claim for
/// each Service, its first.
pub(super) fn by_address<'a>(cluster: Cluster<'a>, to: Destination) -> Vec<ServiceClaim<'a>> {
    let Some(number) = to.port else { return Vec::new() };
    let mut claims: Vec<ServiceClaim<'a>> = Vec::new();
    for (role, kind) in [
        (IpRole::ClusterIp, EntryKind::ClusterIp),
        (IpRole::ExternalIp, EntryKind::ExternalIp),
        (IpRole::LoadBalancerIp, EntryKind::LoadBalancerIp),
    ] {
        if kind == EntryKind::ExternalIp && !cluster.settings.allow_external_ips {
            continue;
        }
        for service in cluster.index.services_with_ip(to.ip, role).filter(|service| service.proxied_in(to.ip.is_ipv4()))
        {
            let port = service.ports.iter().find(|port| port.port.0 == number && port.protocol == to.protocol);
            let known = claims.iter().any(|claim| claim.service.key() == service.key());
            if let (Some(port), false) = (port, known) {
                claims.push(ServiceClaim { kind, service, port });
            }
        }
    }
    claims
}

/// Services whose nodePort this is, wherever the packet is addressed to.
pub(super) fn by_node_port<'a>(cluster: Cluster<'a>, to: Destination) -> Vec<ServiceClaim<'a>> {
    let Some(number) = to.port else { return Vec::new() };
    let named = move |port: &&ServicePortFact| {
        port.node_port.is_some_and(|port| port.0 == number) && port.protocol == to.protocol
    };
    cluster
        .index
        .services_with_node_port(number, to.protocol)
        .filter(|service| service.proxied_in(to.ip.is_ipv4()))
        .filter_map(|service| {
            let port = service.ports.iter().find(named)?;
            Some(ServiceClaim { kind: EntryKind::NodePort, service, port })
        })
        .collect()
}

/// Pods of this Node that have this hostPort mapped on this address, with the declaration (reference §5).
pub(super) fn by_host_port<'a>(
    cluster: Cluster<'a>,
    node: &'a NodeFact,
    to: Destination,
) -> impl Iterator<Item = (&'a PodFact, &'a ContainerFact, &'a ContainerPortFact)> {
    let number = to.port.unwrap_or_default();
    cluster
        .index
        .pods_with_host_port(number, to.protocol)
        .filter(|pod| !pod.ended() && !pod.host_network && pod.node.as_deref() == Some(&node.name))
        .flat_map(|pod| pod.containers.iter().flat_map(move |c| c.ports.iter().map(move |port| (pod, c, port))))
        .filter(move |(_, _, port)| {
            port.host_port.is_some_and(|port| port.0 == number)
                && port.protocol == to.protocol
                && port.host_ip.is_none_or(|ip| ip.0.is_unspecified() || ip.0 == to.ip)
        })
}
