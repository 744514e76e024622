//! Tracks which Pods and endpoints belong to which unit, where the index has no lookup for it. Updated with each change of the index.

mod by_node;

use std::collections::BTreeSet;

use super::extent::node_of;
use super::host_ports::has_host_ports;
use crate::cluster::facts::{EndpointFact, PodFact, ServiceType};
use crate::cluster::index::Index;
use crate::cluster::key::{EndpointKey, Kind, ObjectKey};
use crate::cluster::row::Row;
use by_node::ByNode;

/// Whether neither a hostPort nor an endpoint of a known Service leads to a Pod.
pub(crate) fn is_lone(index: &Index, pod: &PodFact) -> bool {
    let leads = |endpoint: &EndpointFact| {
        let service = index.slice(&endpoint.slice_key()).and_then(|slice| index.service(&slice.service_key()?));
        service.is_some_and(|service| service.service_type != ServiceType::ExternalName)
    };
    !pod.ended() && !has_host_ports(pod) && !index.endpoints_of_pod(&pod.key()).any(leads)
}

/// Pods that no Service and no hostPort leads to, and optionally the Pods and endpoints of each Node.
#[derive(Clone, Debug, Default)]
pub(super) struct Members {
    /// Pods that no Service and no hostPort leads to.
    lone_pods: BTreeSet<ObjectKey>,
    on_nodes: Option<OnNodes>,
}

/// The Pods and endpoints of each known Node.
#[derive(Clone, Debug, Default)]
struct OnNodes {
    /// Pods that have not ended.
    pods: ByNode,
    /// Endpoints that name no Pod of `pods`. An endpoint that names one is on the Node of that Pod.
    endpoints: ByNode,
    /// Endpoints that are on no Node.
    off_nodes: BTreeSet<ObjectKey>,
}

impl Members {
    /// The members of the units of these namespaces; `None` for all. `by_node` also tracks the Pods and endpoints of each Node.
    pub(super) fn of(index: &Index, only: Option<&[String]>, by_node: bool) -> Self {
        let mut members = Self { on_nodes: by_node.then(OnNodes::default), ..Self::default() };
        let everywhere = [String::new()];
        let namespaces = only.unwrap_or(&everywhere);
        for row in namespaces.iter().flat_map(|own| index.rows(Kind::Pod, own)) {
            if let Row::Pod(pod) = row {
                members.place_lone_pod(index, &pod.key());
                members.place_pod(index, &pod.key());
            }
        }
        // The Node of an endpoint is the Node of its Pod, so Pods are placed before endpoints.
        for row in namespaces.iter().filter(|_| by_node).flat_map(|own| index.rows(Kind::Endpoint, own)) {
            if let Row::Endpoint(endpoint) = row {
                members.place_endpoint(index, endpoint);
            }
        }
        members
    }

    /// Updates whether a Pod is lone. Returns whether that has changed.
    pub(super) fn place_lone_pod(&mut self, index: &Index, key: &ObjectKey) -> bool {
        if index.pod(key).is_some_and(|pod| is_lone(index, pod)) {
            self.lone_pods.insert(key.clone())
        } else {
            self.lone_pods.remove(key)
        }
    }

    /// Updates the Node of a Pod. Returns its previous and its current Node.
    pub(super) fn place_pod(&mut self, index: &Index, key: &ObjectKey) -> Vec<String> {
        let Some(on_nodes) = &mut self.on_nodes else { return Vec::new() };
        let pod = index.pod(key).filter(|pod| !pod.ended());
        let node = pod.and_then(|pod| index.node(pod.node.as_deref()?));
        on_nodes.pods.put(key, node.map(|node| node.name.as_str()))
    }

    /// Updates the Node of an endpoint from the index. Returns its previous and its current Node. The Node of a Pod that the endpoint named
    /// before is not returned.
    pub(super) fn place_endpoint(&mut self, index: &Index, endpoint: &EndpointFact) -> Vec<String> {
        let Some(on_nodes) = &mut self.on_nodes else { return Vec::new() };
        let key = ObjectKey::from(endpoint.key());
        on_nodes.off_nodes.remove(&key);
        let Some(now) = index.endpoint(&key) else { return on_nodes.endpoints.put(&key, None) };
        if let Some(node) = now.pod().and_then(|pod| on_nodes.pods.node_of(&pod)) {
            let by_pod = node.to_owned();
            return on_nodes.endpoints.put(&key, None).into_iter().chain([by_pod]).collect();
        }
        let node = node_of(index, now);
        if node.is_none() {
            on_nodes.off_nodes.insert(key.clone());
        }
        on_nodes.endpoints.put(&key, node.map(|node| node.name.as_str()))
    }

    /// Whether no Service and no hostPort leads to a Pod.
    pub(super) fn is_lone(&self, pod: &ObjectKey) -> bool {
        self.lone_pods.contains(pod)
    }

    /// The lone Pods of all namespaces.
    pub(super) fn lone_pods(&self) -> impl Iterator<Item = &ObjectKey> {
        self.lone_pods.iter()
    }

    /// The lone Pods of a namespace.
    pub(super) fn lone_pods_in(&self, namespace: &str) -> impl Iterator<Item = &ObjectKey> {
        let from = ObjectKey::new(namespace, "");
        let namespace = from.namespace.clone();
        self.lone_pods.range(from..).take_while(move |pod| pod.namespace == namespace)
    }

    /// Whether the Pods and endpoints of each Node are tracked. The methods below return nothing if they are not.
    pub(super) fn by_node(&self) -> bool {
        self.on_nodes.is_some()
    }

    /// The Node of a Pod.
    pub(super) fn node_of_pod(&self, pod: &ObjectKey) -> Option<&str> {
        self.on_nodes.as_ref()?.pods.node_of(pod)
    }

    /// The Node of an endpoint.
    pub(super) fn node_of_endpoint(&self, endpoint: &EndpointFact) -> Option<&str> {
        let on_nodes = self.on_nodes.as_ref()?;
        let by_pod = endpoint.pod().and_then(|pod| on_nodes.pods.node_of(&pod));
        by_pod.or_else(|| on_nodes.endpoints.node_of(&endpoint.key().into()))
    }

    /// The Pods on a Node that have not ended, sorted by key.
    pub(super) fn pods_on(&self, node: &str) -> impl Iterator<Item = &ObjectKey> {
        self.on_nodes.iter().flat_map(move |on_nodes| on_nodes.pods.on(node))
    }

    /// The endpoints on a Node, sorted by key.
    pub(super) fn endpoints_on<'a>(&self, index: &'a Index, node: &str) -> Vec<&'a EndpointFact> {
        let by_pod = self.pods_on(node).flat_map(|pod| index.endpoints_of_pod(pod));
        let others = self.on_nodes.iter().flat_map(|on_nodes| on_nodes.endpoints.on(node));
        let mut endpoints: Vec<&EndpointFact> = by_pod.chain(others.filter_map(|key| index.endpoint(key))).collect();
        endpoints.sort_by_cached_key(|endpoint| endpoint.key());
        endpoints
    }

    /// The endpoints of a slice that are on no Node, sorted by key.
    pub(super) fn endpoints_off_nodes<'a>(&self, index: &'a Index, slice: &ObjectKey) -> Vec<&'a EndpointFact> {
        let from = ObjectKey::new(&slice.namespace, EndpointKey::name_prefix(slice));
        let off_nodes = self.on_nodes.iter().flat_map(|on_nodes| on_nodes.off_nodes.range(&from..));
        let own = off_nodes.take_while(|key| key.namespace == from.namespace && key.name.starts_with(&from.name));
        own.filter_map(|key| index.endpoint(key)).collect()
    }
}
