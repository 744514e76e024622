//! Where a Pod's hostPorts are open.

use std::net::IpAddr;

use crate::facts::{ContainerPortFact, PodFact};
use crate::index::Index;
use crate::port::Protocol;

/// A hostPort with the address that it is shown on.
pub(crate) struct OpenHostPort {
    /// The address: that of `hostIP`, else the Node's first.
    pub(crate) ip: IpAddr,
    /// The hostPort.
    pub(crate) port: u16,
    /// The protocol.
    pub(crate) protocol: Protocol,
    /// The port of the container that it is mapped to.
    pub(crate) container_port: u16,
}

/// Whether a Pod has hostPorts that its Node maps. With hostNetwork nothing is mapped: the process listens on the Node itself.
pub(crate) fn has_host_ports(pod: &PodFact) -> bool {
    !pod.ended() && !pod.host_network && pod.node.is_some() && declared(pod).next().is_some()
}

/// The hostPorts of a Pod, in the order of its containers. One without an address is left out: its Node is not known.
pub(crate) fn open_host_ports(index: &Index, pod: &PodFact) -> Vec<OpenHostPort> {
    let node = pod.node.as_deref().and_then(|name| index.node(name));
    let first = node.and_then(|node| node.ips().next());
    let open = |port: &ContainerPortFact| {
        let ip = port.host_ip.filter(|ip| !ip.0.is_unspecified()).or(first)?;
        let (protocol, container_port) = (port.protocol, port.container_port.0);
        Some(OpenHostPort { ip: ip.0, port: port.host_port?.0, protocol, container_port })
    };
    declared(pod).filter_map(open).collect()
}

fn declared(pod: &PodFact) -> impl Iterator<Item = &ContainerPortFact> {
    pod.containers.iter().flat_map(|container| &container.ports).filter(|port| port.host_port.is_some())
}
