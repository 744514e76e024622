//! Which groups a row that has changed has to do with: it is remembered what it named before.

use std::collections::BTreeSet;

use super::Scene;
use crate::graph::group::GroupKey;
use crate::graph::model::Arrangement;
use crate::graph::pods;
use crate::index::Index;
use crate::key::ObjectKey;

impl Scene {
    pub(super) fn slice_changed(&mut self, index: &Index, slice: &ObjectKey, wanted: &mut BTreeSet<GroupKey>) {
        let before = self.services.remove(slice);
        let now = index.slice(slice).and_then(|fact| fact.service_key());
        if let Some(service) = &now {
            self.services.insert(slice.clone(), service.clone());
        }
        wanted.extend(before.into_iter().chain(now).map(GroupKey::service));
    }

    /// Notes whether a Pod is one that nothing leads to, and its Node; returns the group of such Pods if that changed.
    pub(super) fn place_pod(&mut self, index: &Index, key: &ObjectKey) -> Option<GroupKey> {
        let pod = index.pod(key).filter(|pod| !pod.ended());
        if self.look.arrangement == Arrangement::Node {
            if let Some(before) = self.node_of.remove(key) {
                self.on_node.remove(&(before, key.clone()));
            }
            if let Some(node) = pod.and_then(|pod| pod.node.clone()).filter(|_| self.holds(&key.namespace)) {
                self.on_node.insert((node.clone(), key.clone()));
                self.node_of.insert(key.clone(), node);
            }
        }
        let alone = pod.is_some_and(|pod| !pods::has_host_ports(pod) && index.endpoints_of_pod(key).next().is_none());
        let changed = if alone { self.others.insert(key.clone()) } else { self.others.remove(key) };
        changed.then(|| GroupKey::pods(&key.namespace))
    }

    pub(super) fn want_node_of(&self, pod: &ObjectKey, wanted: &mut BTreeSet<GroupKey>) {
        wanted.extend(self.node_of.get(pod).map(|node| GroupKey::node(node)));
    }
}
