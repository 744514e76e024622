//! The entries of a Service: addresses and ports by which packets enter from outside.

use super::build::Builder;
use super::extent::Extent;
use super::limits::LISTED_NODES;
use super::link::{Link, LinkKind, PartId};
use super::part::{AddressEntry, EntryPart, UnlistedNodes};
use super::sockets;
use crate::cluster::facts::{NodeFact, ServiceFact, ServicePortFact, TrafficPolicy};
use crate::cluster::key::{Kind, ObjectKey};
use crate::cluster::view::Cluster;
use crate::graph::socket::SocketKind;
use crate::path::endpoints::{DuplicateChoice, PortEndpoints};

impl<'a> Builder<'a> {
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
        let cluster = self.cluster;
        let index = cluster.index;
        let nodes = index.count(Kind::Node);
        let first = if nodes <= self.limits.nodes { nodes } else { self.limits.most_nodes };
        let asked = self.limits.asked.filter(|_| first == 0).and_then(|ip| index.node_with_ip(ip));
        let listed: Vec<&NodeFact> = match asked {
            Some(asked) => std::iter::once(asked).chain(Self::different_from(cluster, asked, service, port)).collect(),
            None => index.nodes().take(first).collect(),
        };
        listed.iter().for_each(|node| self.node_port_on(node, service, port, owner, to));
        if nodes > listed.len() {
            let (port, protocol) = (node_port.0, port.protocol);
            let rest = UnlistedNodes {
                port,
                protocol,
                nodes: nodes - listed.len(),
                others: !listed.is_empty(),
                opens: first == 0,
            };
            self.entry(EntryPart::UnlistedNodes(rest), to);
        }
    }

    /// The first Nodes that do with packets to a nodePort what the asked one does not: with policy Local those without an endpoint drop them.
    fn different_from(
        cluster: Cluster<'a>,
        asked: &NodeFact,
        service: &ServiceFact,
        port: &ServicePortFact,
    ) -> Vec<&'a NodeFact> {
        if service.external_traffic_policy != TrafficPolicy::Local {
            return Vec::new();
        }
        let ipv4 = asked.first_ip().is_none_or(|ip| ip.0.is_ipv4());
        let endpoints = PortEndpoints::of(cluster.index, service, port, ipv4, DuplicateChoice::default());
        let drops = |node: &NodeFact| endpoints.reach(cluster, Some(&node.name)).local.is_empty();
        let own = drops(asked);
        cluster.index.nodes().filter(|node| drops(node) != own).take(LISTED_NODES).collect()
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
