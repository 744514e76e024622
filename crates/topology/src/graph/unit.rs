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

/// A unit of the graph: everything about one Service, one Pod with hostPorts, a namespace's other Pods, or one Node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its key.
    pub key: UnitKey,
    /// The worst trouble of the Service or Pod.
    pub trouble: Option<Trouble>,
    /// Its parts or its summary.
    pub content: Content,
}

/// The content of a unit at the requested [`super::Depth`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Its parts and the links between them.
    Parts(Box<Parts>),
    /// Numbers, and the first entry, port and target.
    Summary(Box<Summary>),
}

/// The parts of a unit and the links between them.
///
/// The lists are in the order in which a packet passes their parts. Within a list, parts are sorted by namespace and name of their object,
/// and endpoints by address. Links are sorted by the part at which they begin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// The Node that the unit is about.
    pub node: Option<NodePart>,
    /// The entries.
    pub entries: Vec<EntryPart>,
    /// The number of entries that are counted and not listed.
    pub unlisted_entries: Option<UnlistedEntries>,
    /// Services.
    pub services: Vec<ServicePart>,
    /// Ports of the Services.
    pub ports: Vec<PortPart>,
    /// Slices with an endpoint in the unit.
    pub slices: Vec<SlicePart>,
    /// One item for each endpoint and each port of its slice.
    pub endpoints: Vec<EndpointPart>,
    /// The number of endpoints, if they are counted and not listed.
    pub endpoint_count: Option<Readiness>,
    /// The ends of ports whose packets no endpoint gets.
    pub ends: Vec<EndPart>,
    /// Pods.
    pub pods: Vec<PodPart>,
    /// The number of Pods, if they are counted and not listed.
    pub pod_count: Option<Readiness>,
    /// Ports of the Pods.
    pub container_ports: Vec<ContainerPortPart>,
    /// Targets that are not Pods.
    pub targets: Vec<TargetPart>,
    /// The Endpoints object with the Service's name, if there is one; `None` in a folded unit.
    pub evidence: Option<EndpointsEvidence>,
    /// Whether not all slices of the Service are known. If so, no part is reported as missing.
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

    /// Whether the unit has Pods or other endpoints.
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

    /// The sockets of the entries.
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

    /// The links grouped by the part at which they begin.
    pub fn links_by_source(&self) -> BTreeMap<PartId, Vec<Link>> {
        let mut links: BTreeMap<PartId, Vec<Link>> = BTreeMap::new();
        for link in &self.links {
            links.entry(link.from).or_default().push(*link);
        }
        links
    }
}
