//! Finds where a hostPort is open. The CNI maps it on the Pod's Node (reference §5); docs/fidelity.md says on which addresses.

use std::net::IpAddr;

use crate::cluster::address::NodeIp;
use crate::cluster::facts::{ContainerFact, ContainerPortFact, NodeFact, PodFact};
use crate::cluster::index::Index;
use crate::cluster::port::Protocol;

/// A hostPort that the CNI maps.
#[derive(Clone, Copy, Debug)]
pub struct MappedHostPort<'a> {
    /// The Pod.
    pub pod: &'a PodFact,
    /// The Pod's Node.
    pub node: &'a str,
    /// The container that declares it.
    pub container: &'a ContainerFact,
    /// The declaration.
    pub port: &'a ContainerPortFact,
    /// The port number on the Node.
    pub number: u16,
}

/// The mapped hostPorts of a Pod in the order of its containers. Empty for a Pod that has ended or has no Node, and for a hostNetwork Pod,
/// whose process listens on the Node itself.
pub fn mapped(pod: &PodFact) -> impl Iterator<Item = MappedHostPort<'_>> {
    let declared =
        pod.containers.iter().flat_map(|container| container.ports.iter().map(move |port| (container, port)));
    declared.filter_map(|(container, port)| of(pod, container, port))
}

/// The hostPort of one declaration of a Pod, if it is mapped.
pub fn of<'a>(
    pod: &'a PodFact,
    container: &'a ContainerFact,
    port: &'a ContainerPortFact,
) -> Option<MappedHostPort<'a>> {
    let node = pod.node.as_deref().filter(|_| !pod.ended() && !pod.host_network)?;
    Some(MappedHostPort { pod, node, container, port, number: port.host_port?.0 })
}

/// Whether the process of a hostNetwork Pod is taken to listen on this address of the Node: the Pod declares the port. A hostIP that names
/// one address limits it.
pub(crate) fn listens_on_host(pod: &PodFact, node: &NodeFact, ip: IpAddr, port: u16, protocol: Protocol) -> bool {
    let is_open =
        |declared: &ContainerPortFact| declared.host_ip.is_none_or(|limit| limit.0.is_unspecified() || limit.0 == ip);
    let on_node = pod.host_network && !pod.ended() && pod.node.as_deref() == Some(node.name.as_str());
    on_node && pod.declared(port, protocol).any(|(_, declared)| is_open(declared))
}

impl MappedHostPort<'_> {
    /// The only address on which it is open; `None` for every address of the Node that [`MappedHostPort::is_open_on`] accepts. An unspecified
    /// hostIP is `None`.
    pub fn only_ip(&self) -> Option<NodeIp> {
        self.port.host_ip.filter(|ip| !ip.0.is_unspecified())
    }

    /// Whether a packet to this address of the Node is mapped. portmap maps the family of hostIP only, also if hostIP is unspecified. It maps
    /// loopback addresses too, though a packet to `::1` cannot leave its Node.
    pub fn is_open_on(&self, ip: IpAddr) -> bool {
        let in_limit = |limit: NodeIp| match limit.0.is_unspecified() {
            true => limit.0.is_ipv4() == ip.is_ipv4(),
            false => limit.0 == ip,
        };
        self.port.host_ip.is_none_or(in_limit)
    }

    /// The address to show with it: its only address, or else the first address of its Node on which it is open. If it is open on none, the
    /// Node's first address.
    pub fn shown_ip(&self, index: &Index) -> Option<IpAddr> {
        let of_node = || {
            let node = index.node(self.node)?;
            node.ips().find(|ip| self.is_open_on(ip.0)).or_else(|| node.first_ip())
        };
        self.only_ip().or_else(of_node).map(|ip| ip.0)
    }

    /// Every known address on which it is open, without loopback addresses that hostIP does not name.
    pub fn ips(&self, index: &Index) -> Vec<IpAddr> {
        match (self.only_ip(), index.node(self.node)) {
            (Some(only), _) => vec![only.0],
            (None, Some(node)) => node.ips().map(|ip| ip.0).filter(|ip| self.is_open_on(*ip)).collect(),
            (None, None) => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{cluster, host_port_pod, node, put};

    fn numbers(pod: &PodFact) -> Vec<u16> {
        mapped(pod).map(|port| port.number).collect()
    }

    #[test]
    fn a_host_port_is_mapped_while_its_pod_runs_on_a_node_with_a_network_of_its_own() {
        let pod = host_port_pod("db", "n3", "10.0.3.14", 8086);
        assert_eq!(numbers(&pod), [8086]);
        assert!(numbers(&PodFact { phase: "Succeeded".into(), ..pod.clone() }).is_empty());
        assert!(numbers(&PodFact { host_network: true, ..pod.clone() }).is_empty());
        assert!(numbers(&PodFact { node: None, ..pod }).is_empty());
    }

    #[test]
    fn a_host_ip_limits_it_to_one_address_unless_it_is_unspecified() {
        let mut index = cluster();
        let mut third = node(3);
        third.internal_ips.extend(NodeIp::parse("192.168.1.4"));
        put(&mut index, crate::cluster::row::Row::Node(third));
        let ip = |text: &str| -> IpAddr { text.parse().unwrap() };
        for (host_ip, expected) in [
            (None, vec![ip("192.168.0.4"), ip("192.168.1.4")]),
            (NodeIp::parse("0.0.0.0"), vec![ip("192.168.0.4"), ip("192.168.1.4")]),
            (NodeIp::parse("192.168.1.4"), vec![ip("192.168.1.4")]),
        ] {
            let mut pod = host_port_pod("db", "n3", "10.0.3.14", 8086);
            pod.containers[0].ports[0].host_ip = host_ip;
            let port = mapped(&pod).next().unwrap();
            assert_eq!(port.ips(&index), expected);
            assert_eq!(port.shown_ip(&index), expected.first().copied());
            assert!(expected.iter().all(|ip| port.is_open_on(*ip)));
            assert_eq!(port.is_open_on(ip("192.168.0.4")), expected.len() > 1);
            assert_eq!(port.is_open_on(ip("127.0.0.1")), expected.len() > 1);
            assert_eq!(port.is_open_on(ip("::1")), host_ip.is_none());
        }
    }

    #[test]
    fn an_unspecified_host_ip_is_open_on_its_own_family_only() {
        let mut index = cluster();
        let mut third = node(3);
        third.internal_ips.extend(NodeIp::parse("fd00:c0::4"));
        put(&mut index, crate::cluster::row::Row::Node(third));
        let ip = |text: &str| -> IpAddr { text.parse().unwrap() };
        for (host_ip, expected) in [
            (None, vec![ip("192.168.0.4"), ip("fd00:c0::4")]),
            (NodeIp::parse("0.0.0.0"), vec![ip("192.168.0.4")]),
            (NodeIp::parse("::"), vec![ip("fd00:c0::4")]),
        ] {
            let mut pod = host_port_pod("db", "n3", "10.0.3.14", 8086);
            pod.containers[0].ports[0].host_ip = host_ip;
            let port = mapped(&pod).next().unwrap();
            assert_eq!(port.ips(&index), expected);
            assert_eq!(port.shown_ip(&index), expected.first().copied());
            assert_eq!(port.is_open_on(ip("127.0.0.1")), expected[0].is_ipv4());
        }
    }

    #[test]
    fn a_host_ip_of_loopback_is_open_on_exactly_that_address() {
        let ip = |text: &str| -> IpAddr { text.parse().unwrap() };
        for host_ip in ["127.0.0.1", "::1"] {
            let mut pod = host_port_pod("db", "n3", "10.0.3.14", 8086);
            pod.containers[0].ports[0].host_ip = NodeIp::parse(host_ip);
            let port = mapped(&pod).next().unwrap();
            assert!(port.is_open_on(ip(host_ip)));
            assert!(!port.is_open_on(ip("127.0.0.2")) && !port.is_open_on(ip("192.168.0.4")));
        }
    }
}
