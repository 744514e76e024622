//! Lists and builds the units of a cluster.

use std::collections::BTreeSet;

use super::extent::Extent;
use super::host_ports::has_host_ports;
use super::joined::JoinedService;
use super::key::{UnitKey, UnitKind};
use super::limits::Limits;
use super::members::Members;
use super::nodes::{self, NodeContent, NodePorts, ServiceReach};
use super::trouble::{self, Trouble};
use super::unit::{Content, Parts, Unit};
use super::{pods, service, slices, sockets, summary};
use crate::cluster::facts::{EndpointFact, NodeFact, PodFact, ServiceFact, ServiceType};
use crate::cluster::index::Index;
use crate::cluster::key::{Kind, ObjectKey};
use crate::cluster::row::Row;
use crate::cluster::view::Cluster;
use summary::Summary;

/// The depth to which a unit is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Numbers, and the first entry, port and target.
    Summary,
    /// Parts and links, up to these limits.
    Parts(Limits),
}

/// The units of a cluster.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// The namespaces whose units the graph has; `None` for all. Units of Nodes are not restricted.
    only: Option<Vec<String>>,
    pub(super) members: Members,
}

impl Graph {
    /// The units of these namespaces; `None` for all. `by_node` adds the units of Nodes.
    pub fn of(index: &Index, only: Option<&[String]>, by_node: bool) -> Self {
        Self { members: Members::of(index, only, by_node), only: only.map(<[String]>::to_vec) }
    }

    /// Whether the graph has the units of a namespace. Always true for the empty namespace of Nodes.
    pub(crate) fn holds(&self, namespace: &str) -> bool {
        namespace.is_empty() || self.only.as_ref().is_none_or(|only| only.iter().any(|own| own == namespace))
    }

    /// The keys of the units of Services, Pods and, if the graph was made with `by_node`, Nodes.
    pub fn keys(&self, index: &Index) -> BTreeSet<UnitKey> {
        let everywhere = [String::new()];
        let namespaces = self.only.as_deref().unwrap_or(&everywhere);
        let rows = namespaces.iter().flat_map(|own| [Kind::Service, Kind::Pod].map(|kind| index.rows(kind, own)));
        let of_row = |row: &Row| match row {
            Row::Service(service) => Some(UnitKey::service(service.key())),
            Row::Pod(pod) if has_host_ports(pod) => Some(UnitKey::host_ports(pod.key())),
            _ => None,
        };
        let mut keys: BTreeSet<UnitKey> = rows.flatten().filter_map(of_row).collect();
        keys.extend(self.members.lone_pods().map(|pod| UnitKey::pods(&pod.namespace)));
        if self.members.by_node() {
            keys.extend(index.nodes().map(|node| UnitKey::node(&node.name)));
        }
        keys
    }

    /// The whole unit of this key; `None` if there is no such unit.
    pub fn unit(&self, cluster: Cluster<'_>, key: &UnitKey, depth: Depth) -> Option<Unit> {
        let (index, object) = (cluster.index, &key.object);
        match key.kind {
            UnitKind::Service => {
                let service = index.service(object)?;
                let joined = JoinedService::of(index, service);
                let trouble = trouble::of_joined(cluster, service, &joined);
                self.service(cluster, service, &joined, Extent::Whole, depth, trouble)
            }
            UnitKind::HostPorts => {
                let pod = index.pod(object)?;
                Self::host_ports(cluster, pod, depth, trouble::of_pod(pod))
            }
            UnitKind::Pods => self.lone_pods(cluster, &object.namespace, Extent::Whole, depth),
            UnitKind::Node => {
                let node = index.node(&object.name)?;
                let open = |service: &ServiceFact| {
                    let reach = ServiceReach::of(cluster, service, &JoinedService::of(index, service));
                    Some((service.key(), reach.node_ports(service)?))
                };
                let held = index.services().filter(|service| self.holds(&service.namespace));
                Some(self.node(cluster, node, &held.filter_map(open).collect(), &AllMembers, depth))
            }
        }
    }

    /// The unit of a Service, or of its part on no Node; `None` if that part is empty because all endpoints are on Nodes.
    pub(crate) fn service(
        &self,
        cluster: Cluster<'_>,
        service: &ServiceFact,
        joined: &JoinedService<'_>,
        extent: Extent<'_>,
        depth: Depth,
        trouble: Option<Trouble>,
    ) -> Option<Unit> {
        let (index, key) = (cluster.index, service.key());
        let off_nodes =
            || index.slices_of(&key).map(|slice| (slice, self.members.endpoints_off_nodes(index, &slice.key())));
        let is_off_nodes = matches!(extent, Extent::OffNodes);
        if is_off_nodes && service.service_type != ServiceType::ExternalName {
            let mut all = index.endpoints_of(&key);
            if all.next().is_some() && off_nodes().all(|(_, own)| own.is_empty()) {
                return None;
            }
        }
        let content = match depth {
            Depth::Parts(limits) => {
                let lines = match is_off_nodes {
                    true => off_nodes().flat_map(|(slice, own)| slices::slice_lines(slice, own)).collect(),
                    false => slices::lines(index, &key),
                };
                let mut unit = service::unit(cluster, service, joined, &lines, extent, limits);
                for part in &mut unit.services {
                    part.stopped = trouble.as_ref().filter(|trouble| trouble.stops()).map(Trouble::severity);
                }
                parts(unit)
            }
            Depth::Summary => summary(summary::service(index, service)),
        };
        Some(Unit { key: UnitKey::service(key), trouble, content })
    }

    /// The unit of a Pod's hostPorts; `None` if the CNI maps none of them.
    pub(crate) fn host_ports(
        cluster: Cluster<'_>,
        pod: &PodFact,
        depth: Depth,
        trouble: Option<Trouble>,
    ) -> Option<Unit> {
        let content = match depth {
            _ if !has_host_ports(pod) => return None,
            Depth::Parts(_) => parts(pods::host_ports_unit(cluster, pod)),
            Depth::Summary => summary(summary::host_ports(cluster.index, pod)),
        };
        Some(Unit { key: UnitKey::host_ports(pod.key()), trouble, content })
    }

    /// The unit of the lone Pods of a namespace, or of those on no Node; `None` if there are none.
    pub(crate) fn lone_pods(
        &self,
        cluster: Cluster<'_>,
        namespace: &str,
        extent: Extent<'_>,
        depth: Depth,
    ) -> Option<Unit> {
        let off_nodes = matches!(extent, Extent::OffNodes);
        let own = self.members.lone_pods_in(namespace);
        let own = own.filter(|pod| !off_nodes || self.members.node_of_pod(pod).is_none());
        let pods: Vec<ObjectKey> = own.cloned().collect();
        let content = match depth {
            _ if pods.is_empty() => return None,
            Depth::Parts(limits) => parts(pods::lone_pods_unit(cluster, &pods, limits)),
            Depth::Summary => {
                let facts = pods.iter().filter_map(|key| cluster.index.pod(key));
                summary(summary::pods(String::new(), None, facts))
            }
        };
        Some(Unit { key: UnitKey::pods(namespace), trouble: None, content })
    }

    /// The unit of a Node with those of its Pods and endpoints that the filter accepts.
    pub(crate) fn node(
        &self,
        cluster: Cluster<'_>,
        node: &NodeFact,
        node_ports: &NodePorts,
        wanted: &dyn MemberFilter,
        depth: Depth,
    ) -> Unit {
        let index = cluster.index;
        let pods = self.members.pods_on(&node.name).filter_map(|key| index.pod(key));
        let pods = pods.filter(|pod| wanted.pod(pod));
        let content = match depth {
            Depth::Summary => {
                let pods: Vec<&PodFact> = pods.collect();
                summary(summary::pods(node.name.clone(), sockets::node_ip(node), pods.into_iter()))
            }
            Depth::Parts(limits) => {
                let endpoints = || {
                    let mut endpoints = self.members.endpoints_on(index, &node.name);
                    endpoints.retain(|endpoint| wanted.endpoint(endpoint));
                    endpoints
                };
                let content = NodeContent { node, pods: pods.collect(), node_ports };
                parts(nodes::unit(cluster, &content, endpoints, limits))
            }
        };
        Unit { key: UnitKey::node(&node.name), trouble: None, content }
    }
}

/// Selects the Pods and endpoints of a Node's unit.
pub(crate) trait MemberFilter {
    /// Whether the unit contains this Pod.
    fn pod(&self, pod: &PodFact) -> bool;
    /// Whether the unit contains this endpoint.
    fn endpoint(&self, endpoint: &EndpointFact) -> bool;
}

/// Selects all Pods and endpoints.
struct AllMembers;

impl MemberFilter for AllMembers {
    fn pod(&self, _: &PodFact) -> bool {
        true
    }

    fn endpoint(&self, _: &EndpointFact) -> bool {
        true
    }
}

fn parts(parts: Parts) -> Content {
    Content::Parts(Box::new(parts))
}

fn summary(summary: Summary) -> Content {
    Content::Summary(Box::new(summary))
}
