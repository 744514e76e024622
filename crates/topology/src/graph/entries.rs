//! The entries of a Service: addresses and ports by which packets enter from outside.

use super::build::Builder;
use super::extent::Extent;
use super::link::{Link, LinkKind, PartId};
use super::part::{AddressEntry, EntryPart, UnlistedNodes};
use super::sockets;
use crate::cluster::facts::{NodeFact, ServiceFact, ServicePortFact};
use crate::cluster::key::{Kind, ObjectKey};
use crate::graph::socket::SocketKind;

impl Builder<'_> {
    /// Adds the entries of a Service for each port: load balancer IPs, external IPs, nodePorts. `first_port` is the index of its first port.
    pub(super) fn service_entries(&mut self, service: &ServiceFact, first_port: usize, extent: Extent<'_>) {
        if !service.proxied() {
            return;
        }
        let owner = service.key();
        for (n, port) in service.ports.iter().enumerate() {
            let to = PartId::Port(first_port + n);
            let (number, protocol) = (port.port.0, port.protocol);
            let balancers = service.load_balancer_vips().map(|ip| (SocketKind::LoadBalancerIp, ip.0));
            let external = service.external_ips.iter().map(|ip| (SocketKind::ExternalIp, ip.0));
            for (kind, ip) in balancers.chain(external) {
                let socket = sockets::entry(kind, &owner, ip, number, protocol);
                self.entry(EntryPart::Address(AddressEntry { socket, ip, port: number, protocol, node: None }), to);
            }
            match extent {
                Extent::Whole | Extent::OffNodes => self.node_port_entries(service, port, &owner, to),
                Extent::OnNode(node) => self.node_port_on(node, service, port, &owner, to),
            }
        }
    }

    /// Adds a nodePort on the listed Nodes, and the number of the other Nodes.
    fn node_port_entries(&mut self, service: &ServiceFact, port: &ServicePortFact, owner: &ObjectKey, to: PartId) {
        let Some(node_port) = port.node_port else { return };
        let index = self.cluster.index;
        let nodes = index.count(Kind::Node);
        let listed = if nodes <= self.limits.nodes { nodes } else { self.limits.most_nodes };
        index.nodes().take(listed).for_each(|node| self.node_port_on(node, service, port, owner, to));
        if nodes > listed {
            let (port, protocol) = (node_port.0, port.protocol);
            let rest = UnlistedNodes { port, protocol, nodes: nodes - listed, opens: listed == 0 };
            self.entry(EntryPart::UnlistedNodes(rest), to);
        }
    }

    /// Adds a nodePort on one Node, for each address family in which kube-proxy opens it.
    pub(super) fn node_port_on(
        &mut self,
        node: &NodeFact,
        service: &ServiceFact,
        port: &ServicePortFact,
        owner: &ObjectKey,
        to: PartId,
    ) {
        let Some(node_port) = port.node_port else { return };
        for ip in node.primary_ips().map(|ip| ip.0).filter(|ip| service.proxied_in(ip.is_ipv4())) {
            let (port, protocol) = (node_port.0, port.protocol);
            let socket = sockets::entry(SocketKind::NodePort, owner, ip, port, protocol);
            self.entry(
                EntryPart::Address(AddressEntry { socket, ip, port, protocol, node: Some(node.name.clone()) }),
                to,
            );
        }
    }

    fn entry(&mut self, entry: EntryPart, to: PartId) {
        let own = PartId::Entry(self.parts.entries.len());
        self.parts.links.push(Link::new(PartId::Client, own, LinkKind::Packet));
        self.parts.links.push(Link::new(own, to, LinkKind::Packet));
        self.parts.entries.push(entry);
    }
}
