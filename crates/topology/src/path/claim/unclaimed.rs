//! Evaluates packets whose destination nothing claims.

use std::net::IpAddr;

use crate::cluster::facts::{ServiceFact, ServicePortFact};
use crate::cluster::index::{Index, IpRole};
use crate::cluster::key::Kind;
use crate::cluster::port::TransportProtocol;
use crate::cluster::settings::Backend;
use crate::cluster::view::Cluster;
use crate::path::answer::{Evaluation, Outcome, PortOfService, Reason};
use crate::path::packet::{Packet, Step};

/// Maximum number of ports of a Service that a reason names.
const LISTED_PORTS: usize = 4;

/// A service IP that no Service port claims: REJECT or DROP under nftables only (reference §2.13).
pub(super) fn service_ip(packet: Packet<'_>) -> Step<()> {
    let (cluster, ip) = (packet.cluster, packet.to.ip);
    Step::Break(match (owner(cluster, ip), cluster.settings.backend()) {
        (Some(service), Backend::Iptables) if packet.to.protocol == TransportProtocol::Icmp => {
            packet.ends(Outcome::Unhandled, Reason::PingOfClusterIp { service: service.key() })
        }
        (Some(service), Backend::Iptables) => packet.ends(Outcome::Unhandled, no_such_port(service)),
        (Some(service), Backend::Nftables) => {
            packet.ends(Outcome::Reject, Reason::NoSuchPortRefused { service: service.key() })
        }
        (None, Backend::Nftables)
            if !in_service_cidr(cluster, ip)
                && !packet.knows_all(Kind::ServiceCIDR)
                && may_be_service_ip(cluster, ip) =>
        {
            packet.unknown(Reason::ServiceCidrsNotKnown)
        }
        (None, _) if !in_service_cidr(cluster, ip) => return Step::Continue(()),
        (None, Backend::Iptables) => {
            packet.ends(Outcome::Unhandled, of_other_proxy(cluster.index, ip).unwrap_or(Reason::UnusedClusterIp))
        }
        (None, Backend::Nftables) => {
            packet.ends(Outcome::Drop, of_other_proxy(cluster.index, ip).unwrap_or(Reason::UnusedClusterIpDropped))
        }
    })
}

/// The Service of kube-proxy that has this Cluster IP.
pub(crate) fn owner<'a>(cluster: Cluster<'a>, ip: IpAddr) -> Option<&'a ServiceFact> {
    cluster.index.services_with_ip(ip, IpRole::ClusterIp).find(|service| service.proxied_in(ip.is_ipv4()))
}

/// The reason for an address of a Service that another proxy handles (reference §1.1).
fn of_other_proxy(index: &Index, ip: IpAddr) -> Option<Reason> {
    let roles = [IpRole::ClusterIp, IpRole::ExternalIp, IpRole::LoadBalancerIp];
    let mut owners = roles.into_iter().flat_map(|role| index.services_with_ip(ip, role));
    let service = owners.find(|service| service.other_proxy)?;
    Some(Reason::ServiceOfOtherProxy { service: service.key(), proxy: service.proxy_name.to_string() })
}

fn no_such_port(service: &ServiceFact) -> Reason {
    let port = |own: &ServicePortFact| PortOfService { port: own.port.0, protocol: own.protocol };
    let ports = service.ports.iter().take(LISTED_PORTS).map(port).collect();
    Reason::NoSuchPort { service: service.key(), ports, port_count: service.ports.len() }
}

/// Whether no Node and no Pod has the address, so that it can be a service IP.
fn may_be_service_ip(cluster: Cluster<'_>, ip: IpAddr) -> bool {
    !ip.is_loopback() && cluster.index.node_with_ip(ip).is_none() && cluster.index.pods_with_ip(ip).next().is_none()
}

/// Whether the address is in a known ServiceCIDR.
pub(crate) fn in_service_cidr(cluster: Cluster<'_>, ip: IpAddr) -> bool {
    let known = cluster.index.service_cidrs().flat_map(|fact| &fact.cidrs);
    known.chain(&cluster.settings.service_cidrs).any(|cidr| cidr.contains(&ip))
}

/// An address that no Service, no Pod and no Node is known to have.
pub(super) fn address(packet: Packet<'_>) -> Evaluation {
    if !packet.knows_all(Kind::Node) {
        return packet.unknown(Reason::NodesNotKnown);
    }
    if !packet.knows_all(Kind::Pod) {
        return packet.unknown(Reason::PodsNotKnown);
    }
    let because = outside(packet.cluster.index, packet.to.ip);
    Evaluation { node: None, nodes: Vec::new(), ..packet.ends(Outcome::Unhandled, because) }
}

/// The reason for an address that no Node, no Pod and no Service of kube-proxy has. An endpoint that a person has written can have it.
fn outside(index: &Index, ip: IpAddr) -> Reason {
    if let Some(because) = of_other_proxy(index, ip) {
        return because;
    }
    let slice = index.endpoints_with_ip(ip).find_map(|endpoint| index.slice(&endpoint.slice_key()));
    match slice.and_then(|slice| slice.service_key()) {
        Some(service) => Reason::EndpointOutsideCluster { service },
        None => Reason::AddressOfNobody,
    }
}
