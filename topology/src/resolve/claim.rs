//! Who claims a destination on a Node, in the order in which claims are matched (reference §2.4, §9).

use std::net::IpAddr;

use super::{Cluster, Destination};
use crate::facts::{ContainerFact, ContainerPortFact, NodeFact, PodFact, ServiceFact, ServicePortFact};
use crate::index::IpRole;
use crate::settings::ProxyMode;
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
        for service in cluster.index.services_with_ip(to.ip, role).filter(|service| service.proxied()) {
            let port = service.ports.iter().find(|port| port.port.0 == number && port.protocol == to.protocol);
            let known = claims.iter().any(|claim| claim.service.key() == service.key());
            if let (Some(port), false) = (port, known) {
                claims.push(ServiceClaim { kind, service, port });
            }
        }
    }
    claims
}

/// The Service whose nodePort this is, if the address is one that kube-proxy accepts nodePorts on.
pub(super) fn by_node_port<'a>(cluster: Cluster<'a>, node: &NodeFact, to: Destination) -> Option<ServiceClaim<'a>> {
    if !accepts_node_ports(cluster.settings.proxy_mode, node, to.ip) {
        return None;
    }
    let number = to.port?;
    let service = cluster.index.services_with_node_port(number, to.protocol).find(|service| service.proxied())?;
    let named = |port: &&ServicePortFact| port.node_port.is_some_and(|port| port.0 == number) && port.protocol == to.protocol;
    let port = service.ports.iter().find(named)?;
    Some(ServiceClaim { kind: EntryKind::NodePort, service, port })
}

/// iptables takes nodePorts on every address of the Node, nftables on its primary one only (reference §2.4).
fn accepts_node_ports(mode: ProxyMode, node: &NodeFact, ip: IpAddr) -> bool {
    match mode {
        ProxyMode::Iptables => node.ips().any(|own| own.0 == ip),
        ProxyMode::Nftables => {
            node.ips().find(|own| own.0.is_ipv4() == ip.is_ipv4()).is_some_and(|primary| primary.0 == ip)
        }
    }
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
