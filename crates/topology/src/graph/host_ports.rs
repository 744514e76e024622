//! The hostPorts of a Pod as they are shown.

use std::net::IpAddr;

use crate::cluster::facts::PodFact;
use crate::cluster::index::Index;
use crate::cluster::port::Protocol;
use crate::path::host_port::{MappedHostPort, mapped};

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

/// Whether a Pod has hostPorts that its Node maps.
pub(crate) fn has_host_ports(pod: &PodFact) -> bool {
    mapped(pod).next().is_some()
}

/// The hostPorts of a Pod, in the order of its containers. One without an address is left out: its Node is not known.
pub(crate) fn open_host_ports(index: &Index, pod: &PodFact) -> Vec<OpenHostPort> {
    let open = |own: MappedHostPort<'_>| {
        let (protocol, container_port) = (own.port.protocol, own.port.container_port.0);
        Some(OpenHostPort { ip: own.shown_ip(index)?, port: own.number, protocol, container_port })
    };
    mapped(pod).filter_map(open).collect()
}
