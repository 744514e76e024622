//! The hostPorts of a Pod with the address that is shown for each.

use std::net::IpAddr;

use crate::cluster::facts::PodFact;
use crate::cluster::index::Index;
use crate::cluster::port::Protocol;
use crate::path::host_port::{MappedHostPort, mapped};

/// A hostPort with the address that is shown for it.
pub(crate) struct OpenHostPort {
    /// The address: `hostIP`, or else the first address of the Node.
    pub(crate) ip: IpAddr,
    /// The hostPort.
    pub(crate) port: u16,
    /// The protocol.
    pub(crate) protocol: Protocol,
    /// The containerPort that it is mapped to.
    pub(crate) container_port: u16,
}

/// Whether a Pod has hostPorts that the CNI maps on its Node.
pub(crate) fn has_host_ports(pod: &PodFact) -> bool {
    mapped(pod).next().is_some()
}

/// The hostPorts of a Pod in the order of its containers. A hostPort without an address is skipped, because its Node is not known.
pub(crate) fn open_host_ports(index: &Index, pod: &PodFact) -> Vec<OpenHostPort> {
    let open = |own: MappedHostPort<'_>| {
        let (protocol, container_port) = (own.port.protocol, own.port.container_port.0);
        Some(OpenHostPort { ip: own.shown_ip(index)?, port: own.number, protocol, container_port })
    };
    mapped(pod).filter_map(open).collect()
}
