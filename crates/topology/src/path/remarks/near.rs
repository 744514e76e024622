//! Finds the port that was probably meant where nothing has the port that was asked.

use std::collections::BTreeSet;

use crate::cluster::facts::{AddressType, NodeFact, ServiceFact, ServicePortFact, ServiceType};
use crate::cluster::key::Kind;
use crate::cluster::port::{Protocol, TargetPort};
use crate::cluster::settings::{Backend, ProxyMode};
use crate::cluster::view::Cluster;
use crate::path::answer::{NodePortOfService, Remark};
use crate::path::host_port::{self, MappedHostPort};
use crate::path::question::Destination;

/// Maximum number of nodePorts or Services that a remark names.
const LISTED: usize = 3;

/// What was probably meant by a port that a Service does not have.
pub(super) fn of_service(cluster: Cluster<'_>, service: &ServiceFact, to: Destination) -> Option<Remark> {
    let (asked, protocol) = to.port_and_protocol()?;
    let key = || service.key();
    let other_protocol = service.ports.iter().find(|port| port.port.0 == asked);
    let same_protocol = || service.ports.iter().filter(|port| port.protocol == protocol);
    let target = || same_protocol().find(|port| is_target(cluster, service, port, asked));
    let node_port = || same_protocol().find(|port| port.node_port.is_some_and(|own| own.0 == asked));
    let target = || target().map(|port| Remark::PortIsTargetPort { service: key(), asked, port: port.port.0 });
    let node_port = || node_port().map(|port| Remark::PortIsNodePort { service: key(), asked, port: port.port.0 });
    let other =
        other_protocol.map(|port| Remark::PortOfOtherProtocol { service: key(), asked, protocol: port.protocol });
    other.or_else(target).or_else(node_port)
}

/// Whether a number is the targetPort of a Service port, or the number that slices have for it.
fn is_target(cluster: Cluster<'_>, service: &ServiceFact, port: &ServicePortFact, asked: u16) -> bool {
    let in_slice = || {
        let mut ports = cluster.index.slices_of(&service.key()).flat_map(|slice| &slice.ports);
        ports.any(|own| own.joins(port) && own.port.is_some_and(|number| number.0 == asked))
    };
    port.target_port == TargetPort::Number(asked.into()) || in_slice()
}

/// What was probably meant by a port of a Node that nothing is known to have.
pub(super) fn on_node(cluster: Cluster<'_>, node: &str, to: Destination) -> Vec<Remark> {
    let Some((asked, protocol)) = to.port_and_protocol() else { return Vec::new() };
    let host = cluster.index.node(node);
    let not_here: Vec<Remark> = cluster
        .index
        .services_with_node_port(asked, protocol)
        .filter_map(|service| node_port_not_here(cluster, service, host, to))
        .take(LISTED)
        .collect();
    if !not_here.is_empty() {
        return not_here;
    }
    let mut remarks: Vec<Remark> = Vec::new();
    remarks.extend(host_port_elsewhere(cluster, node, asked, protocol));
    remarks.extend(other_protocol(cluster, asked, protocol));
    if remarks.is_empty() {
        remarks.extend(ports_of_services(cluster, asked, protocol));
    }
    if remarks.is_empty() {
        remarks.extend(nearest(cluster, asked, protocol));
    }
    remarks
}

/// Why kube-proxy does not serve the nodePort of a Service on this address.
fn node_port_not_here(
    cluster: Cluster<'_>,
    service: &ServiceFact,
    host: Option<&NodeFact>,
    to: Destination,
) -> Option<Remark> {
    let (settings, ip, key) = (cluster.settings, to.ip, service.key());
    if service.other_proxy {
        return Some(Remark::NodePortOfOtherProxy { service: key, proxy: service.proxy_name.to_string() });
    }
    if !service.proxied_in(ip.is_ipv4()) {
        return service
            .proxied()
            .then(|| Remark::NodePortOfOtherFamily { service: key, asked: AddressType::of_family(ip.is_ipv4()) });
    }
    if ip.is_loopback() && !settings.serves_loopback(ip) {
        let mode = match settings.backend() {
            Backend::Iptables => ProxyMode::Iptables,
            Backend::Nftables => ProxyMode::Nftables,
        };
        return Some(Remark::NodePortNotOnLoopback { service: key, mode });
    }
    let accepted = host.is_some_and(|host| settings.accepts_node_ports(host, ip));
    (!accepted).then_some(Remark::NodePortNotOnAddress { service: key })
}

/// A Pod that has the hostPort on another Node.
fn host_port_elsewhere(cluster: Cluster<'_>, node: &str, asked: u16, protocol: Protocol) -> Option<Remark> {
    let mapped = cluster.index.pods_with_host_port(asked, protocol).flat_map(host_port::mapped);
    let is_asked = |own: &MappedHostPort<'_>| (own.number, own.port.protocol) == (asked, protocol) && own.node != node;
    let mut mapped = mapped.filter(is_asked);
    mapped.next().map(|own| Remark::HostPortOnOtherNode { pod: own.pod.key(), node: own.node.to_owned() })
}

/// A nodePort of this number with another protocol.
fn other_protocol(cluster: Cluster<'_>, asked: u16, protocol: Protocol) -> Option<Remark> {
    let others = [Protocol::Tcp, Protocol::Udp, Protocol::Sctp].into_iter().filter(|other| *other != protocol);
    let mut found = others.filter_map(|protocol| {
        let service = cluster.index.services_with_node_port(asked, protocol).find(|service| service.proxied())?;
        Some(Remark::NodePortOfOtherProtocol { service: service.key(), asked, protocol })
    });
    found.next()
}

/// The Services that are reached from outside and have the asked number as a port or as a targetPort.
fn ports_of_services(cluster: Cluster<'_>, asked: u16, protocol: Protocol) -> Vec<Remark> {
    let outside = |service: &&ServiceFact| {
        service.proxied() && matches!(service.service_type, ServiceType::NodePort | ServiceType::LoadBalancer)
    };
    let of_port = |service: &ServiceFact, port: &ServicePortFact| match port.node_port {
        Some(own) => {
            Some(Remark::NodePortOfPort { service: service.key(), asked, port: port.port.0, node_port: own.0 })
        }
        None => {
            service.no_node_ports.then(|| Remark::NoNodePortAllocated { service: service.key(), port: port.port.0 })
        }
    };
    let meant = |is_it: &dyn Fn(&ServiceFact, &ServicePortFact) -> bool| -> Vec<Remark> {
        let services = cluster.index.services().filter(outside);
        let found = services.filter_map(|service| {
            let mut ports = service.ports.iter().filter(|port| port.protocol == protocol);
            of_port(service, ports.find(|port| is_it(service, port))?)
        });
        found.take(LISTED).collect()
    };
    let by_port = meant(&|_, port| port.port.0 == asked);
    if by_port.is_empty() { meant(&|_, port| port.target_port == TargetPort::Number(asked.into())) } else { by_port }
}

/// The nodePorts with the nearest numbers, if the asked one is a number for nodePorts.
fn nearest(cluster: Cluster<'_>, asked: u16, protocol: Protocol) -> Option<Remark> {
    let (from, to) = cluster.settings.node_port_range;
    if !(from..=to).contains(&asked) || cluster.index.count(Kind::Service) == 0 {
        return None;
    }
    let all = cluster.index.services().filter(|service| service.proxied()).flat_map(|service| {
        let ports = service.ports.iter().filter(|port| port.protocol == protocol);
        ports.filter_map(move |port| Some((port.node_port?.0, service, port.port.0)))
    });
    // The nearest so far, by distance. Only a few are kept, because there can be many nodePorts.
    let mut nearest = BTreeSet::new();
    for (number, service, port) in all {
        nearest.insert((number.abs_diff(asked), number, service.key(), port));
        if nearest.len() > LISTED {
            nearest.pop_last();
        }
    }
    let node_ports: Vec<NodePortOfService> = nearest
        .into_iter()
        .map(|(_, node_port, service, port)| NodePortOfService { node_port, service, port })
        .collect();
    (!node_ports.is_empty()).then_some(Remark::NearestNodePorts { asked, node_ports })
}
