//! Redraws units: finds their troubles, applies the reader's filters, and lays them out.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::remembered_service::RememberedService;
use super::{Dirty, Scene};
use crate::cluster::facts::{EndpointFact, NodeFact, PodFact, ServiceFact, SliceFact};
use crate::cluster::index::EndpointBacking;
use crate::cluster::key::ObjectKey;
use crate::cluster::view::Cluster;
use crate::graph::{
    Affected, Depth, Extent, Graph, JoinedService, Limits, MemberFilter, ServiceReach, Trouble, Unit, UnitKey,
    UnitKind, has_host_ports, trouble,
};
use crate::picture::layout::Group;
use crate::picture::look::{Arrangement, Detail, Look};

impl Scene {
    /// Redraws the affected units. `moved` forces the slots to be stacked again even if no unit changes its height.
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
        // Units of Nodes depend on the state of Services, so they are redrawn after all other units.
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

    /// Stores the new state of a unit; `None` removes it. Returns whether the slots have to be stacked again.
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

    /// The depth to which a unit is built.
    fn depth(&self, key: &UnitKey) -> Depth {
        match self.look.detail {
            _ if self.open.contains(key) => Depth::Parts(Limits::OPENED),
            _ if self.revealed.contains(key) => Depth::Parts(Limits::revealed(self.asked, self.asks_for_pod)),
            Detail::Full => Depth::Parts(Limits::LISTED),
            Detail::Folded => Depth::Parts(Limits::FOLDED),
            Detail::Line => Depth::Summary,
        }
    }

    /// The part of a Service, or of a namespace's Pods, that its own unit contains. In the arrangement by Node this is the part on no Node.
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
            self.remembered_services.remove(&key.object);
            *all_nodes |= self.node_ports.remove(&key.object).is_some();
            return None;
        };
        let joined = JoinedService::of(cluster.index, service);
        let trouble = trouble::of_joined(cluster, service, &joined);
        self.note_trouble(key, trouble.as_ref());
        if self.look.arrangement == Arrangement::Node {
            *all_nodes |= self.remember_service(cluster, service, &joined, trouble.is_some(), of_nodes);
        }
        self.graph.service(cluster, service, &joined, self.extent(), self.depth(key), trouble)
    }

    /// Remembers the state of a Service that units of Nodes depend on. Adds the Nodes to redraw to `of_nodes`; returns whether all Nodes
    /// must be redrawn.
    fn remember_service(
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
        let remembered = RememberedService { reach: ServiceReach::of(cluster, service, joined), wanted };
        let open = remembered.reach.node_ports(service).filter(|_| wanted);
        // The Nodes of a new Service need no entry here: `Affected` derives them from the Service's row.
        if self.remembered_services.insert(key.clone(), remembered.clone()).is_some_and(|before| before != remembered) {
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
        // In the arrangement by Node the unit of the Pod's Node contains its hostPorts, if the Node is known.
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

    /// Whether the reader's filters let a unit be drawn.
    fn wants(&self, cluster: Cluster<'_>, key: &UnitKey, unit: &Unit) -> bool {
        let Look { find, troubled, .. } = &self.look;
        if key.kind == UnitKind::Node {
            let asked = !find.is_empty() || *troubled;
            return !asked || unit.has_pods();
        }
        self.filters_hold(cluster, key) && (!troubled || unit.trouble.is_some())
    }
}

/// The reader's filters, applied to the Pods and endpoints of a Node.
struct WantedOnNode<'a> {
    scene: &'a Scene,
    cluster: Cluster<'a>,
}

impl WantedOnNode<'_> {
    /// Whether the filters hold for a Pod itself. The Services of the Pod are not considered.
    fn wants(&self, key: &ObjectKey) -> bool {
        let (Look { find, hide, troubled, .. }, index) = (&self.scene.look, self.cluster.index);
        let trouble = || index.pod(key).and_then(trouble::of_pod);
        (find.is_empty() || find.holds_pod(index, key))
            && (hide.is_empty() || !hide.holds_pod(index, key))
            && (!troubled || trouble().is_some())
    }
}

impl MemberFilter for WantedOnNode<'_> {
    fn pod(&self, pod: &PodFact) -> bool {
        !self.scene.is_filtered() || self.wants(&pod.key())
    }

    /// An endpoint is drawn if its Pod is wanted. An endpoint without a Pod is drawn if its Service is wanted.
    fn endpoint(&self, endpoint: &EndpointFact) -> bool {
        let index = self.cluster.index;
        if !self.scene.is_filtered() {
            return true;
        }
        if let EndpointBacking::Pod(pod) = index.endpoint_backing(endpoint) {
            return self.wants(&pod);
        }
        let service = index.slice(&endpoint.slice_key()).and_then(SliceFact::service_key);
        service.is_some_and(|service| {
            self.scene.remembered_services.get(&service).is_some_and(|remembered| remembered.wanted)
        })
    }
}
