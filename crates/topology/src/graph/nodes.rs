//! The unit of a Node: the nodePorts and hostPorts that are open on it, and the Pods that run on it.

use std::collections::BTreeMap;

use super::backing::add_lone_pod;
use super::build::Builder;
use super::extent::Extent;
use super::host_ports::{has_host_ports, open_host_ports};
use super::joined::JoinedService;
use super::limits::Limits;
use super::link::PartId;
use super::part::{NodePart, UnlistedEntries};
use super::readiness::Readiness;
use super::service::{Ends, ends};
use super::slices::{SliceLine, slice_lines};
use super::sockets;
use super::unit::Parts;
use crate::cluster::facts::{EndpointFact, NodeFact, PodFact, ServiceFact, ServicePortFact};
use crate::cluster::index::Index;
use crate::cluster::key::ObjectKey;
use crate::cluster::view::Cluster;

/// The input from which the unit of a Node is built.
pub(super) struct NodeContent<'a> {
    /// The Node.
    pub(super) node: &'a NodeFact,
    /// The Pods on the Node that have not ended, sorted by key.
    pub(super) pods: Vec<&'a PodFact>,
    /// The nodePorts that are open on every Node.
    pub(super) node_ports: &'a NodePorts,
}

/// The nodePorts that are open on every Node, by Service.
pub(crate) type NodePorts = BTreeMap<ObjectKey, NodePortService>;

/// The nodePorts of one Service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NodePortService {
    /// The ports that have a nodePort, as indexes into `spec.ports`.
    ports: Vec<usize>,
    /// The ports whose packets no endpoint gets.
    ends: Option<Ends>,
}

/// The properties that all endpoints of a Service decide together, on whatever Node they are. Units of Nodes depend on them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ServiceReach {
    ends: Option<Ends>,
    last_resorts: Vec<(usize, bool)>,
}

impl ServiceReach {
    pub(crate) fn of(cluster: Cluster<'_>, service: &ServiceFact, joined: &JoinedService<'_>) -> Self {
        Self { ends: ends(cluster, service, joined), last_resorts: joined.last_resorts() }
    }

    /// The nodePorts of a Service that are open on every Node; `None` if it has none.
    pub(crate) fn node_ports(&self, service: &ServiceFact) -> Option<NodePortService> {
        let with_node_port = |n: &usize| service.ports[*n].node_port.is_some();
        let ports: Vec<usize> = (0..service.ports.len()).filter(with_node_port).collect();
        let is_open = service.proxied() && !ports.is_empty();
        is_open.then(|| NodePortService { ports, ends: self.ends.clone() })
    }
}

/// The first Nodes, those that are not Ready before the others.
pub fn node_parts(index: &Index, most: usize) -> Vec<NodePart> {
    let mut facts: Vec<&NodeFact> = index.nodes().collect();
    if facts.len() > most {
        facts.sort_by_key(|node| node.ready);
    }
    facts.into_iter().take(most).map(node_part).collect()
}

/// The part of a Node.
fn node_part(node: &NodeFact) -> NodePart {
    NodePart {
        socket: sockets::node_ip(node),
        name: node.name.clone(),
        pod_cidrs: node.pod_cidrs.iter().map(ToString::to_string).collect(),
        ready: node.ready,
    }
}

/// The unit of a Node. `endpoints` returns the endpoints on the Node, sorted by key; it is called only if they are listed.
pub(super) fn unit<'a>(
    cluster: Cluster<'a>,
    content: &NodeContent<'a>,
    endpoints: impl FnOnce() -> Vec<&'a EndpointFact>,
    limits: Limits,
) -> Parts {
    let mut builder = Builder::new(cluster, limits);
    builder.parts.node = Some(node_part(content.node));
    if content.pods.len() > limits.pods {
        builder.count_all(content);
    } else {
        builder.list_all(content, &endpoints());
    }
    builder.finished()
}

impl<'a> Builder<'a> {
    /// Adds the numbers of Pods and entries.
    fn count_all(&mut self, content: &NodeContent<'_>) {
        self.parts.pod_count = Some(Readiness::of_pods(content.pods.iter().copied()));
        let with_host_ports = content.pods.iter().filter(|pod| has_host_ports(pod));
        let host_ports = with_host_ports.map(|pod| open_host_ports(self.cluster.index, pod).len()).sum();
        let node_ports = content.node_ports.values().map(|service| service.ports.len()).sum();
        self.unlisted(UnlistedEntries { node_ports, host_ports, opens: true });
    }

    fn list_all(&mut self, content: &NodeContent<'a>, endpoints: &[&'a EndpointFact]) {
        let index = self.cluster.index;
        let services = by_service(index, endpoints);
        for (key, lines) in &services {
            let Some(service) = index.service(key) else { continue };
            let joined = JoinedService::of(index, service);
            self.service(service, &joined, lines, Extent::OnNode(content.node), false);
        }
        content.pods.iter().filter(|pod| has_host_ports(pod)).for_each(|pod| self.host_ports(pod));
        self.other_node_ports(content, &services);
        let backing = std::mem::take(&mut self.backing);
        let lone: Vec<ObjectKey> = content.pods.iter().map(|pod| pod.key()).filter(|key| !backing.has(key)).collect();
        backing.add_to(index, &mut self.parts);
        lone.iter().for_each(|key| add_lone_pod(index, key, &mut self.parts));
    }

    /// Adds the nodePorts of Services that have no endpoint on this Node.
    fn other_node_ports(&mut self, content: &NodeContent<'_>, here: &BTreeMap<ObjectKey, Vec<SliceLine<'_>>>) {
        let others = || content.node_ports.iter().filter(|(key, _)| !here.contains_key(key));
        let all: usize = others().map(|(_, service)| service.ports.len()).sum();
        let most = if all <= self.limits.node_ports { all } else { self.limits.most_node_ports };
        let mut listed = 0;
        for (key, open) in others() {
            let Some(service) = self.cluster.index.service(key) else { continue };
            if listed + open.ports.len() > most {
                break;
            }
            listed += open.ports.len();
            self.elsewhere(content.node, service, open);
        }
        self.unlisted(UnlistedEntries { node_ports: all - listed, host_ports: 0, opens: listed == 0 });
    }

    /// Adds the nodePorts of a Service without its endpoints.
    fn elsewhere(&mut self, node: &NodeFact, service: &ServiceFact, open: &NodePortService) {
        let owner = service.key();
        let facts: Vec<&ServicePortFact> = open.ports.iter().map(|n| &service.ports[*n]).collect();
        let (own, first_entry) = (self.parts.services.len(), self.parts.entries.len());
        let places = self.service_part(service, &facts, Readiness::default(), true);
        for (place, port) in places.clone().zip(facts) {
            self.node_port_on(node, service, port, &owner, PartId::Port(place));
        }
        self.parts.services[own].entries = first_entry..self.parts.entries.len();
        if let Some(Ends { ports, cause }) = &open.ends {
            let dead: Vec<usize> =
                places.zip(&open.ports).filter(|(_, n)| ports.contains(n)).map(|own| own.0).collect();
            if !dead.is_empty() {
                self.end(own, dead.into_iter(), *cause);
            }
        }
    }

    fn unlisted(&mut self, unlisted: UnlistedEntries) {
        let some = unlisted.node_ports + unlisted.host_ports > 0;
        self.parts.unlisted_entries = some.then_some(unlisted);
    }
}

/// Groups endpoint lines by Service. `endpoints` must be sorted by key.
fn by_service<'a>(index: &'a Index, endpoints: &[&'a EndpointFact]) -> BTreeMap<ObjectKey, Vec<SliceLine<'a>>> {
    let mut services: BTreeMap<ObjectKey, Vec<SliceLine<'a>>> = BTreeMap::new();
    for own in endpoints.chunk_by(|a, b| (&a.namespace, &a.slice) == (&b.namespace, &b.slice)) {
        let slice = own.first().and_then(|endpoint| index.slice(&endpoint.slice_key()));
        let Some((slice, service)) = slice.and_then(|slice| Some((slice, slice.service_key()?))) else { continue };
        services.entry(service).or_default().extend(slice_lines(slice, own.to_vec()));
    }
    services
}
