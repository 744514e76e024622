//! One unit of the graph.

use std::collections::BTreeMap;

use super::key::UnitKey;
use super::link::{Link, PartId};
use super::part::{
    ContainerPortPart, EndPart, EndpointPart, EndpointsEvidence, EntryPart, NodePart, PodPart, PortPart, ServicePart,
    SlicePart, TargetPart, UnlistedEntries,
};
use super::readiness::Readiness;
use super::summary::Summary;
use super::trouble::Trouble;
use crate::graph::socket::Socket;

/// A unit of the graph: all about one Service, one Pod with hostPorts, a namespace's other Pods, or one Node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its key.
    pub key: UnitKey,
    /// The worst that is wrong with what it is about.
    pub trouble: Option<Trouble>,
    /// What it has.
    pub content: Content,
}

/// What a unit has, in as much detail as was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Its parts and the links between them.
    Parts(Box<Parts>),
    /// Figures and the first of each.
    Summary(Box<Summary>),
}

/// The parts of a unit and the links between them.
///
/// Lists are in the order in which a packet passes and, within that, in the order of the objects: by namespace and name, of endpoints by
/// address. Links are in the order of the parts that they begin at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// The Node that the unit is about.
    pub node: Option<NodePart>,
    /// Ways in.
    pub entries: Vec<EntryPart>,
    /// Ways in that are only counted.
    pub unlisted_entries: Option<UnlistedEntries>,
    /// Services.
    pub services: Vec<ServicePart>,
    /// Ports of the Services.
    pub ports: Vec<PortPart>,
    /// Slices that have an endpoint here.
    pub slices: Vec<SlicePart>,
    /// Endpoints, each with each port of its slice.
    pub endpoints: Vec<EndpointPart>,
    /// The endpoints, where they are only counted.
    pub endpoint_count: Option<Readiness>,
    /// Where ports end.
    pub ends: Vec<EndPart>,
    /// Pods.
    pub pods: Vec<PodPart>,
    /// The Pods, where they are only counted.
    pub pod_count: Option<Readiness>,
    /// Ports of the Pods.
    pub container_ports: Vec<ContainerPortPart>,
    /// Targets that are no Pods.
    pub targets: Vec<TargetPart>,
    /// The Endpoints object of the Service's name, where it tells something.
    pub evidence: Option<EndpointsEvidence>,
    /// Whether the slices of the Service are not all known, so that nothing is said to be missing.
    pub slices_unknown: bool,
    /// Links.
    pub links: Vec<Link>,
}

impl Unit {
    /// The parts, unless the unit is a summary.
    pub fn parts(&self) -> Option<&Parts> {
        match &self.content {
            Content::Parts(parts) => Some(parts),
            Content::Summary(_) => None,
        }
    }

    /// Whether the unit has Pods, or endpoints that are none.
    pub fn has_pods(&self) -> bool {
        match &self.content {
            Content::Parts(parts) => !parts.pods.is_empty() || !parts.endpoints.is_empty() || parts.pod_count.is_some(),
            Content::Summary(summary) => summary.pods > 0,
        }
    }

    /// Every socket of the unit.
    pub fn sockets(&self) -> Vec<&Socket> {
        match &self.content {
            Content::Parts(parts) => parts.sockets(),
            Content::Summary(summary) => summary.socket.iter().collect(),
        }
    }
}

impl Parts {
    /// Every socket, in the order of the parts.
    pub fn sockets(&self) -> Vec<&Socket> {
        let mut sockets: Vec<&Socket> = self.node.iter().filter_map(|node| node.socket.as_ref()).collect();
        sockets.extend(self.entry_sockets());
        for service in self.services.iter().filter(|service| !service.elsewhere) {
            sockets.push(&service.dns);
            sockets.extend(&service.cluster_ips);
        }
        sockets.extend(self.ports.iter().map(|port| &port.socket));
        sockets.extend(self.endpoints.iter().map(|endpoint| &endpoint.socket));
        sockets.extend(self.pods.iter().filter_map(|pod| pod.socket.as_ref()));
        sockets.extend(self.container_ports.iter().filter_map(|port| Some(&port.declared.as_ref()?.socket)));
        sockets.extend(self.targets.iter().map(|target| &target.socket));
        sockets
    }

    /// The sockets of the ways in.
    pub fn entry_sockets(&self) -> impl Iterator<Item = &Socket> {
        self.entries.iter().filter_map(|entry| match entry {
            EntryPart::Address(entry) => Some(&entry.socket),
            EntryPart::UnlistedNodes(_) => None,
        })
    }

    /// The socket of a part, if it has one.
    pub fn socket(&self, part: PartId) -> Option<&Socket> {
        match part {
            PartId::Entry(n) => match &self.entries[n] {
                EntryPart::Address(entry) => Some(&entry.socket),
                EntryPart::UnlistedNodes(_) => None,
            },
            PartId::Name(n) => Some(&self.services[n].dns),
            PartId::Port(n) => Some(&self.ports[n].socket),
            PartId::Endpoint(n) => Some(&self.endpoints[n].socket),
            PartId::Pod(n) => self.pods[n].socket.as_ref(),
            PartId::ContainerPort(n) => self.container_ports[n].declared.as_ref().map(|declared| &declared.socket),
            PartId::Target(n) => Some(&self.targets[n].socket),
            PartId::Client | PartId::EndpointCount | PartId::PodCount | PartId::End(_) => None,
        }
    }

    /// The links by the part that they begin at, in their order.
    pub fn links_by_source(&self) -> BTreeMap<PartId, Vec<Link>> {
        let mut links: BTreeMap<PartId, Vec<Link>> = BTreeMap::new();
        for link in &self.links {
            links.entry(link.from).or_default().push(*link);
        }
        links
    }
}
