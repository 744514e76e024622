//! Derives the units that a changed row affects. No other module does.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use super::key::UnitKey;
use super::units::Graph;
use crate::cluster::facts::{EndpointFact, PodFact, ServiceFact, SliceFact};
use crate::cluster::index::{Index, RowChange};
use crate::cluster::key::ObjectKey;
use crate::cluster::row::Row;

/// The units to build again after some rows have changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Affected {
    /// The units.
    pub(crate) units: BTreeSet<UnitKey>,
    /// Whether all units are affected.
    pub(crate) all: bool,
    /// Whether the units of all Nodes are affected.
    pub(crate) nodes: bool,
    /// Whether Namespaces have changed.
    pub(crate) namespaces: bool,
}

impl Graph {
    /// Updates the graph with changes that the index contains already, and returns the affected units.
    pub(crate) fn follow<'a>(&mut self, index: &Index, changes: impl IntoIterator<Item = &'a RowChange>) -> Affected {
        let mut affected = Affected::default();
        for (before, change) in changes {
            let after = change.row();
            for row in before.iter().chain(after) {
                match row {
                    // Every unit with a nodePort contains Nodes. Nodes change rarely, so building all units again is cheap enough.
                    Row::Node(_) => affected.all = true,
                    Row::Namespace(_) => affected.namespaces = true,
                    Row::ServiceCIDR(_) => {}
                    Row::Endpoints(object) => drop(affected.units.insert(UnitKey::service(object.key()))),
                    Row::Service(service) => self.service_changed(index, service, &mut affected),
                    Row::EndpointSlice(slice) => self.slice_changed(index, slice, &mut affected),
                    Row::Endpoint(endpoint) => self.endpoint_changed(index, endpoint, &mut affected),
                    Row::Pod(pod) => self.pod_changed(index, pod, &mut affected),
                }
            }
        }
        affected
    }

    fn service_changed(&mut self, index: &Index, service: &ServiceFact, affected: &mut Affected) {
        affected.units.insert(UnitKey::service(service.key()));
        self.place_lone_pods(index, index.endpoints_of(&service.key()), affected);
        if self.members.by_node() {
            affected.nodes |= service.ports.iter().any(|port| port.node_port.is_some());
            affected.units.extend(self.nodes_of_service(index, &service.key()));
        }
    }

    /// The units of the Nodes that endpoints of a Service are on.
    pub(crate) fn nodes_of_service(&self, index: &Index, service: &ObjectKey) -> BTreeSet<UnitKey> {
        index.endpoints_of(service).filter_map(|endpoint| self.node_unit_of(endpoint)).collect()
    }

    fn node_unit_of(&self, endpoint: &EndpointFact) -> Option<UnitKey> {
        self.members.node_of_endpoint(endpoint).map(UnitKey::node)
    }

    fn slice_changed(&mut self, index: &Index, slice: &SliceFact, affected: &mut Affected) {
        affected.units.extend(slice.service_key().map(UnitKey::service));
        self.place_lone_pods(index, index.endpoints_in(&slice.key()), affected);
        if self.members.by_node() {
            affected.units.extend(index.endpoints_in(&slice.key()).filter_map(|own| self.node_unit_of(own)));
        }
    }

    fn endpoint_changed(&mut self, index: &Index, endpoint: &EndpointFact, affected: &mut Affected) {
        self.want_service_of(index, endpoint, affected);
        self.place_endpoint(index, endpoint, affected);
        if let Some(pod) = endpoint.pod() {
            self.place_lone_pod(index, &pod, affected);
            affected.units.extend(self.members.node_of_pod(&pod).map(UnitKey::node));
        }
        if self.members.by_node() {
            // kube-proxy uses one of several endpoints with the same address, so a change of one can change whether another is used.
            let same_address = endpoint.ip().into_iter().flat_map(|ip| index.endpoints_with_ip(ip));
            affected.units.extend(same_address.filter_map(|other| self.node_unit_of(other)));
        }
    }

    fn pod_changed(&mut self, index: &Index, pod: &PodFact, affected: &mut Affected) {
        let key = pod.key();
        let named = index.endpoints_of_pod(&key);
        // An endpoint that names no Pod is found by its address.
        let by_address = pod.ips.iter().flat_map(|ip| index.endpoints_with_ip(ip.0));
        let by_address = by_address.filter(|endpoint| endpoint.pod_name().is_none());
        let leading_to_pod: Vec<&EndpointFact> = named.chain(by_address).collect();
        // The Node of an endpoint is the Node of its Pod.
        if self.holds(&key.namespace) {
            affected.units.extend(self.members.place_pod(index, &key).iter().map(|node| UnitKey::node(node)));
        }
        for endpoint in leading_to_pod {
            self.want_service_of(index, endpoint, affected);
            self.place_endpoint(index, endpoint, affected);
        }
        affected.units.insert(UnitKey::host_ports(key.clone()));
        self.place_lone_pod(index, &key, affected);
        if self.members.is_lone(&key) {
            affected.units.insert(UnitKey::pods(&key.namespace));
        }
    }

    fn want_service_of(&self, index: &Index, endpoint: &EndpointFact, affected: &mut Affected) {
        let service = index.slice(&endpoint.slice_key()).and_then(SliceFact::service_key);
        affected.units.extend(service.map(UnitKey::service));
    }

    fn place_endpoint(&mut self, index: &Index, endpoint: &EndpointFact, affected: &mut Affected) {
        if self.holds(&endpoint.namespace) {
            let nodes = self.members.place_endpoint(index, endpoint);
            affected.units.extend(nodes.iter().map(|node| UnitKey::node(node)));
        }
    }

    /// Updates whether the Pods of these endpoints are lone.
    fn place_lone_pods<'a>(
        &mut self,
        index: &Index,
        endpoints: impl Iterator<Item = &'a EndpointFact>,
        affected: &mut Affected,
    ) {
        endpoints.filter_map(EndpointFact::pod).for_each(|pod| self.place_lone_pod(index, &pod, affected));
    }

    fn place_lone_pod(&mut self, index: &Index, pod: &ObjectKey, affected: &mut Affected) {
        if self.holds(&pod.namespace) && self.members.place_lone_pod(index, pod) {
            affected.units.insert(UnitKey::pods(&pod.namespace));
        }
    }
}
