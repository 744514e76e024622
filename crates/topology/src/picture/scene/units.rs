//! Draws units again: what is wrong with them, whether the reader wants to see them, and what they look like.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::seen::ServiceSeen;
use super::{Dirty, Scene};
use crate::cluster::facts::{EndpointFact, NodeFact, PodFact, ServiceFact, SliceFact};
use crate::cluster::index::Behind;
use crate::cluster::key::ObjectKey;
use crate::cluster::view::Cluster;
use crate::graph::{
    Affected, Depth, Extent, Graph, JoinedService, Limits, ServiceReach, Trouble, Unit, UnitKey, UnitKind, Wanted,
    has_host_ports, trouble,
};
use crate::picture::layout::Group;
use crate::picture::look::{Arrangement, Detail, Look};

impl Scene {
    /// Draws units again. `moved` if slots have to be stacked again whatever the units look like.
    pub(super) fn redraw(&mut self, cluster: Cluster<'_>, affected: Affected, mut moved: bool) -> Dirty {
        let mut dirty = Dirty::default();
        let Affected { units, nodes, .. } = affected;
        let (mut of_nodes, others): (BTreeSet<_>, BTreeSet<_>) =
            units.into_iter().partition(|key| key.kind == UnitKind::Node);
        let mut all_nodes = nodes;
        for key in others {
            let unit = match key.kind {
                UnitKind::Service => self.service(cluster, &key, &mut of_nodes, &mut all_nodes),
                UnitKind::HostPorts => self.host_ports(cluster, &key),
                UnitKind::Pods | UnitKind::Node => self.lone_pods(cluster, &key),
            };
            moved |= self.put(cluster, key, unit, &mut dirty);
        }
        // What is on a Node depends on its Services: it comes after them.
        if self.look.arrangement == Arrangement::Node && all_nodes {
            of_nodes.extend(cluster.index.nodes().map(|node| UnitKey::node(&node.name)));
        }
        for key in of_nodes {
            let node = cluster.index.node(&key.object.name).filter(|_| self.look.arrangement == Arrangement::Node);
            let unit = node.map(|node| self.node(cluster, node));
            moved |= self.put(cluster, key, unit, &mut dirty);
        }
        if moved {
            let slots = self.stack();
            dirty.slots = *self.slots != slots;
            if dirty.slots {
                self.slots = Arc::new(slots);
            }
        }
        dirty
    }

    /// Takes a unit as it is now, or that it is gone; says whether others have to move.
    fn put(&mut self, cluster: Cluster<'_>, key: UnitKey, unit: Option<Unit>, dirty: &mut Dirty) -> bool {
        let Some(unit) = unit else {
            self.left_out.remove(&key);
            let gone = self.groups.remove(&key).is_some();
            if gone {
                dirty.gone.insert(key);
            }
            return gone;
        };
        let left_out = !self.wants(cluster, &key, &unit);
        let mut moved = self.left_out.contains(&key) != left_out;
        if left_out {
            self.left_out.insert(key.clone());
        } else {
            self.left_out.remove(&key);
        }
        let before = self.groups.get(&key);
        if before.is_none_or(|before| before.unit != unit) {
            let group = Group::of(unit, &self.lanes);
            moved |= before.is_none_or(|before| before.height != group.height);
            self.groups.insert(key.clone(), Arc::new(group));
            dirty.groups.insert(key);
        }
        moved
    }

    /// How much of a unit is built.
    fn depth(&self, key: &UnitKey) -> Depth {
        match (self.open.contains(key) || self.revealed.contains(key), self.look.detail) {
            (true, _) => Depth::Parts(Limits::OPENED),
            (false, Detail::Full) => Depth::Parts(Limits::LISTED),
            (false, Detail::Folded) => Depth::Parts(Limits::FOLDED),
            (false, Detail::Line) => Depth::Summary,
        }
    }

    /// What of a Service, or of a namespace's Pods, has a unit of its own: in the arrangement by Node what is on no Node.
    fn extent(&self) -> Extent<'static> {
        match self.look.arrangement {
            Arrangement::Service => Extent::Whole,
            Arrangement::Node => Extent::OffNodes,
        }
    }

    fn note_trouble(&mut self, key: &UnitKey, trouble: Option<&Trouble>) {
        match trouble {
            Some(trouble) => drop(self.troubles.insert(key.clone(), trouble.clone())),
            None => drop(self.troubles.remove(key)),
        }
    }

    fn service(
        &mut self,
        cluster: Cluster<'_>,
        key: &UnitKey,
        of_nodes: &mut BTreeSet<UnitKey>,
        all_nodes: &mut bool,
    ) -> Option<Unit> {
        let held = self.graph.holds(key.namespace());
        let Some(service) = cluster.index.service(&key.object).filter(|_| held) else {
            self.note_trouble(key, None);
            self.services_seen.remove(&key.object);
            *all_nodes |= self.node_ports.remove(&key.object).is_some();
            return None;
        };
        let joined = JoinedService::of(cluster.index, service);
        let trouble = trouble::of_joined(cluster, service, &joined);
        self.note_trouble(key, trouble.as_ref());
        if self.look.arrangement == Arrangement::Node {
            *all_nodes |= self.see_service(cluster, service, &joined, trouble.is_some(), of_nodes);
        }
        self.graph.service(cluster, service, &joined, self.extent(), self.depth(key), trouble)
    }

    /// Notes what the units of Nodes depend on; says whether those of all Nodes do.
    fn see_service(
        &mut self,
        cluster: Cluster<'_>,
        service: &ServiceFact,
        joined: &JoinedService<'_>,
        troubled: bool,
        of_nodes: &mut BTreeSet<UnitKey>,
    ) -> bool {
        let key = service.key();
        let unit = UnitKey::service(key.clone());
        let wanted = self.filters_hold(cluster, &unit) && (!self.look.troubled || troubled);
        let seen = ServiceSeen { reach: ServiceReach::of(cluster, service, joined), wanted };
        let open = seen.reach.node_ports(service).filter(|_| wanted);
        // Those of a Service that is new are affected by its row.
        if self.services_seen.insert(key.clone(), seen.clone()).is_some_and(|before| before != seen) {
            of_nodes.extend(self.graph.nodes_of_service(cluster.index, &key));
        }
        let changed = self.node_ports.get(&key) != open.as_ref();
        match open {
            Some(open) => drop(self.node_ports.insert(key, open)),
            None => drop(self.node_ports.remove(&key)),
        }
        changed
    }

    fn host_ports(&mut self, cluster: Cluster<'_>, key: &UnitKey) -> Option<Unit> {
        let held = self.graph.holds(key.namespace());
        let pod = cluster.index.pod(&key.object).filter(|pod| held && has_host_ports(pod));
        let trouble = pod.and_then(trouble::of_pod);
        self.note_trouble(key, trouble.as_ref());
        // In the arrangement by Node hostPorts are on their Node, if it is known.
        let on_node = |pod: &PodFact| pod.node.as_deref().is_some_and(|name| cluster.index.node(name).is_some());
        let pod = pod.filter(|pod| self.look.arrangement == Arrangement::Service || !on_node(pod))?;
        Graph::host_ports(cluster, pod, self.depth(key), trouble)
    }

    fn lone_pods(&self, cluster: Cluster<'_>, key: &UnitKey) -> Option<Unit> {
        self.graph.lone_pods(cluster, key.namespace(), self.extent(), self.depth(key))
    }

    fn node(&self, cluster: Cluster<'_>, node: &NodeFact) -> Unit {
        let wanted = WantedOnNode { scene: self, cluster };
        self.graph.node(cluster, node, &self.node_ports, &wanted, self.depth(&UnitKey::node(&node.name)))
    }

    fn is_filtered(&self) -> bool {
        let Look { find, hide, troubled, .. } = &self.look;
        !find.is_empty() || !hide.is_empty() || *troubled
    }

    fn filters_hold(&self, cluster: Cluster<'_>, key: &UnitKey) -> bool {
        let Look { find, hide, .. } = &self.look;
        (find.is_empty() || find.holds(cluster.index, key)) && (hide.is_empty() || !hide.holds(cluster.index, key))
    }

    /// Whether the reader wants to see a unit.
    fn wants(&self, cluster: Cluster<'_>, key: &UnitKey, unit: &Unit) -> bool {
        let Look { find, troubled, .. } = &self.look;
        if key.kind == UnitKind::Node {
            let asked = !find.is_empty() || *troubled;
            return !asked || unit.has_pods();
        }
        self.filters_hold(cluster, key) && (!troubled || unit.trouble.is_some())
    }
}

/// What a reader wants to see on a Node.
struct WantedOnNode<'a> {
    scene: &'a Scene,
    cluster: Cluster<'a>,
}

impl WantedOnNode<'_> {
    /// A Pod by its own merits, not by those of its Services.
    fn wants(&self, key: &ObjectKey) -> bool {
        let (Look { find, hide, troubled, .. }, index) = (&self.scene.look, self.cluster.index);
        let trouble = || index.pod(key).and_then(trouble::of_pod);
        (find.is_empty() || find.holds_pod(index, key))
            && (hide.is_empty() || !hide.holds_pod(index, key))
            && (!troubled || trouble().is_some())
    }
}

impl Wanted for WantedOnNode<'_> {
    fn pod(&self, pod: &PodFact) -> bool {
        !self.scene.is_filtered() || self.wants(&pod.key())
    }

    /// An endpoint as its Pod, or else as its Service.
    fn endpoint(&self, endpoint: &EndpointFact) -> bool {
        let index = self.cluster.index;
        if !self.scene.is_filtered() {
            return true;
        }
        if let Behind::Pod(pod) = index.behind(endpoint) {
            return self.wants(&pod);
        }
        let service = index.slice(&endpoint.slice_key()).and_then(SliceFact::service_key);
        service.is_some_and(|service| self.scene.services_seen.get(&service).is_some_and(|seen| seen.wanted))
    }
}
