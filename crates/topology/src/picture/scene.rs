//! The whole picture: Nodes at the top, one group below the other, updated with each change of the index.

mod remembered_service;
mod reveal;
mod stack;
#[cfg(test)]
mod tests;
mod units;

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::sync::Arc;

use super::card::NodeCard;
use super::lanes::Lanes;
use super::layout::Group;
use super::look::{Arrangement, Look};
use super::size;
use crate::cluster::facts::NamespaceFact;
use crate::cluster::index::{Index, RowChange};
use crate::cluster::key::ObjectKey;
use crate::cluster::view::Cluster;
use crate::graph::trouble::tally;
use crate::graph::{Affected, Graph, NodePorts, Trouble, UnitKey, UnitKind};
use remembered_service::RememberedService;

/// Identifies one part of the picture, which is a single column of parts.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SlotKey {
    /// The cards of Nodes at the top.
    Nodes,
    /// The heading of a namespace.
    Namespace(String),
    /// The heading above the objects that are on no Node, in the arrangement by Node.
    OffNodes,
    /// A group.
    Group(UnitKey),
}

/// The vertical position of one part of the picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The part.
    pub key: SlotKey,
    /// Its top, in px.
    pub y: i32,
    /// Its height in px, without the gap below it.
    pub height: i32,
}

/// Numbers of drawn and existing units, and of units with a trouble.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SceneCounts {
    /// Number of Services (or Nodes, in the arrangement by Node) that are drawn.
    pub drawn: usize,
    /// Number of Services (or Nodes) that the scene holds, drawn or not.
    pub all: usize,
    /// Number of units with an error, drawn or not.
    pub errors: usize,
    /// Number of units with a warning, drawn or not.
    pub warnings: usize,
}

/// The parts of the picture that an update has changed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dirty {
    /// Groups that are new or look different.
    pub groups: BTreeSet<UnitKey>,
    /// Groups that were removed.
    pub gone: BTreeSet<UnitKey>,
    /// Whether a slot was added, removed or moved.
    pub slots: bool,
    /// Whether the cards of Nodes at the top look different.
    pub nodes: bool,
}

/// The picture of an index.
#[derive(Clone, Debug, Default)]
pub struct Scene {
    graph: Graph,
    lanes: Lanes,
    groups: BTreeMap<UnitKey, Arc<Group>>,
    look: Look,
    /// Groups that the reader has opened: every member is shown.
    open: BTreeSet<UnitKey>,
    /// Groups that contain the selected socket: every Pod is shown, and the Node that is asked about.
    revealed: BTreeSet<UnitKey>,
    /// An address of that Node.
    asked: Option<IpAddr>,
    /// Whether the selected socket is a Pod's or an endpoint's.
    asks_for_pod: bool,
    /// Namespaces with objects that [`Look::only`] excludes. Each is drawn as a heading with counts.
    unopened: BTreeSet<String>,
    /// Units that the reader's filters exclude.
    left_out: BTreeSet<UnitKey>,
    /// The trouble of each Service and of each Pod with hostPorts, in both arrangements.
    troubles: BTreeMap<UnitKey, Trouble>,
    /// Arrangement by Node only: the nodePorts that are open on every Node.
    node_ports: NodePorts,
    /// Arrangement by Node only: the state of each Service that units of Nodes depend on.
    remembered_services: BTreeMap<ObjectKey, RememberedService>,
    slots: Arc<Vec<Slot>>,
    nodes: Arc<Vec<NodeCard>>,
    /// Number of Nodes, and number of Ready Nodes.
    node_count: (usize, usize),
}

impl Scene {
    /// The picture of a whole index.
    pub fn new(cluster: Cluster<'_>) -> Self {
        Self::with(cluster, Look::default())
    }

    /// The picture of an index with a reader's settings.
    pub fn with(cluster: Cluster<'_>, look: Look) -> Self {
        let mut scene = Self { look, ..Self::default() };
        scene.rebuild(cluster);
        scene
    }

    /// Draws all units again. Opened groups stay open. Returns the changed parts.
    pub fn rebuild(&mut self, cluster: Cluster<'_>) -> Dirty {
        let index = cluster.index;
        self.graph = Graph::of(index, self.look.only.as_deref(), self.look.arrangement == Arrangement::Node);
        self.troubles.clear();
        self.node_ports.clear();
        self.remembered_services.clear();
        let mut units = self.graph.keys(index);
        units.extend(self.groups.keys().cloned());
        let nodes = self.draw_nodes(index);
        self.note_namespaces(index);
        let affected = Affected { units, ..Affected::default() };
        Dirty { nodes, ..self.redraw(cluster, affected, true) }
    }

    /// Draws all units of an index that has changed as a whole, and shows them in this way.
    pub fn rebuild_as(&mut self, cluster: Cluster<'_>, look: Look) -> Dirty {
        self.look = look;
        self.rebuild(cluster)
    }

    /// Redraws the units that `changes` affect. The index must contain the changes already. Returns the changed parts.
    pub fn update<'a>(&mut self, cluster: Cluster<'_>, changes: impl IntoIterator<Item = &'a RowChange>) -> Dirty {
        let affected = self.graph.follow(cluster.index, changes);
        if affected.all {
            return self.rebuild(cluster);
        }
        if affected.namespaces {
            self.note_namespaces(cluster.index);
        }
        let moved = affected.namespaces;
        self.redraw(cluster, affected, moved)
    }

    /// Changes how the cluster is shown. The index must be the one that is drawn. Returns the changed parts.
    pub fn set_look(&mut self, cluster: Cluster<'_>, look: Look) -> Dirty {
        if self.look == look {
            return Dirty::default();
        }
        let before = std::mem::replace(&mut self.look, look);
        let only_closed = Look { closed: self.look.closed.clone(), ..before.clone() } == self.look;
        let only_detail = Look { detail: self.look.detail, ..before } == self.look;
        if only_closed {
            return self.redraw(cluster, Affected::default(), true);
        }
        if only_detail {
            // What the units are about stays, and what is wrong with them.
            let nodes = self.draw_nodes(cluster.index);
            let affected = Affected { units: self.groups.keys().cloned().collect(), ..Affected::default() };
            return Dirty { nodes, ..self.redraw(cluster, affected, true) };
        }
        self.rebuild(cluster)
    }

    /// Lays all groups out in other lanes. Returns the changed parts.
    pub fn set_lanes(&mut self, cluster: Cluster<'_>, lanes: Lanes) -> Dirty {
        if self.lanes == lanes {
            return Dirty::default();
        }
        self.lanes = lanes;
        for group in self.groups.values_mut() {
            *group = Arc::new(Group::of(group.unit.clone(), &lanes));
        }
        let nodes = self.draw_nodes(cluster.index);
        let dirty = self.redraw(cluster, Affected::default(), true);
        Dirty { nodes, groups: self.groups.keys().cloned().collect(), ..dirty }
    }

    /// How the cluster is shown.
    pub fn look(&self) -> &Look {
        &self.look
    }

    /// The lanes that groups are laid out in.
    pub fn lanes(&self) -> &Lanes {
        &self.lanes
    }

    /// Shows every member of a group, or folds it again.
    pub fn set_open(&mut self, cluster: Cluster<'_>, key: &UnitKey, open: bool) -> Dirty {
        let changed = if open { self.open.insert(key.clone()) } else { self.open.remove(key) };
        if !changed {
            return Dirty::default();
        }
        self.redraw(cluster, Affected { units: BTreeSet::from([key.clone()]), ..Affected::default() }, false)
    }

    /// Whether the reader has hidden the groups of a namespace.
    pub fn is_closed(&self, namespace: &str) -> bool {
        self.look.closed.contains(namespace)
    }

    /// One group.
    pub fn group(&self, key: &UnitKey) -> Option<&Arc<Group>> {
        self.groups.get(key)
    }

    /// Every group in the picture's order, drawn or not.
    pub fn groups(&self) -> impl Iterator<Item = (&UnitKey, &Arc<Group>)> {
        self.groups.iter()
    }

    /// All troubles in the picture's order, also of units that are not drawn.
    pub fn troubles(&self) -> impl Iterator<Item = (&UnitKey, &Trouble)> {
        self.troubles.iter()
    }

    /// Every part of the picture, from top to bottom.
    pub fn slots(&self) -> &Arc<Vec<Slot>> {
        &self.slots
    }

    /// The cards of Nodes at the top.
    pub fn nodes(&self) -> &Arc<Vec<NodeCard>> {
        &self.nodes
    }

    /// Number of Nodes, and number of Ready Nodes.
    pub fn node_count(&self) -> (usize, usize) {
        self.node_count
    }

    /// Height of the whole picture, in px.
    pub fn height(&self) -> i32 {
        self.slots.last().map_or(0, |slot| slot.y + slot.height + size::GAP)
    }

    /// Whether the reader has opened a group.
    pub fn is_open(&self, key: &UnitKey) -> bool {
        self.open.contains(key)
    }

    /// Whether [`Look::only`] excludes a namespace that has objects. The picture has only a heading with counts for it.
    pub fn is_unopened(&self, namespace: &str) -> bool {
        self.unopened.contains(namespace)
    }

    /// Counts drawn and existing units, errors and warnings.
    pub fn shown(&self) -> SceneCounts {
        let counted = match self.look.arrangement {
            Arrangement::Service => UnitKind::Service,
            Arrangement::Node => UnitKind::Node,
        };
        let mut shown = SceneCounts::default();
        for key in self.groups.keys().filter(|key| key.kind == counted) {
            shown.all += 1;
            shown.drawn += usize::from(self.is_drawn(key));
        }
        (shown.errors, shown.warnings) = tally(self.troubles.values().map(Trouble::severity));
        shown
    }

    fn is_drawn(&self, key: &UnitKey) -> bool {
        self.revealed.contains(key) || (!self.left_out.contains(key) && !self.is_folded_away(key))
    }

    /// Whether a unit is hidden because the reader has closed its namespace. A revealed unit is never hidden.
    fn is_folded_away(&self, key: &UnitKey) -> bool {
        self.look.arrangement == Arrangement::Service
            && self.look.closed.contains(key.namespace())
            && !self.revealed.contains(key)
    }

    fn note_namespaces(&mut self, index: &Index) {
        let counted = |fact: &&NamespaceFact| {
            let some = fact.counts.is_some_and(|counts| counts.services + counts.pods > 0);
            some && self.look.arrangement == Arrangement::Service && !self.graph.holds(&fact.name)
        };
        self.unopened = index.namespaces().filter(counted).map(|fact| fact.name.clone()).collect();
    }
}
