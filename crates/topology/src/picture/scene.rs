//! The whole picture: Nodes on top, then a group after the other, kept up to date change by change.

mod reveal;
mod seen;
mod stack;
#[cfg(test)]
mod tests;
mod units;

use std::collections::{BTreeMap, BTreeSet};
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
use seen::ServiceSeen;

/// A part of the column that the picture is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SlotKey {
    /// The Nodes on top.
    Nodes,
    /// The heading of a namespace.
    Namespace(String),
    /// The heading of what is on no Node, in the arrangement by Node.
    OffNodes,
    /// A group.
    Group(UnitKey),
}

/// The place of a part of the picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The part.
    pub key: SlotKey,
    /// Its top, in px.
    pub y: i32,
    /// Its height in px, without the gap below it.
    pub height: i32,
}

/// How much of what there is is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// Number of Services (or Nodes, in the arrangement by Node) that are drawn.
    pub drawn: usize,
    /// Number of all that are held.
    pub all: usize,
    /// Number of units with an error, drawn or not.
    pub errors: usize,
    /// Number of units with a warning, drawn or not.
    pub warnings: usize,
}

/// What an update changed in the picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dirty {
    /// Groups that are new or look different.
    pub groups: BTreeSet<UnitKey>,
    /// Groups that are gone.
    pub gone: BTreeSet<UnitKey>,
    /// Whether any slot has come, gone or moved.
    pub slots: bool,
    /// Whether the Nodes on top look different.
    pub nodes: bool,
}

/// The picture of an index.
#[derive(Clone, Debug, Default)]
pub struct Scene {
    graph: Graph,
    lanes: Lanes,
    groups: BTreeMap<UnitKey, Arc<Group>>,
    look: Look,
    /// Groups whose every member is shown, since the reader opened them.
    open: BTreeSet<UnitKey>,
    /// Groups that the selected socket is in: they show every member as well.
    revealed: BTreeSet<UnitKey>,
    /// Namespaces whose groups are folded away.
    closed: BTreeSet<String>,
    /// Namespaces that are not drawn, but counted.
    unopened: BTreeSet<String>,
    /// Units that the filters leave out.
    left_out: BTreeSet<UnitKey>,
    /// What is wrong with each Service and each Pod with hostPorts, in any arrangement.
    troubles: BTreeMap<UnitKey, Trouble>,
    /// In the arrangement by Node: the nodePorts that every Node has.
    node_ports: NodePorts,
    /// In the arrangement by Node: of each Service what the units of Nodes depend on.
    services_seen: BTreeMap<ObjectKey, ServiceSeen>,
    slots: Arc<Vec<Slot>>,
    nodes: Arc<Vec<NodeCard>>,
    /// Number of all Nodes, and of those that are Ready.
    node_count: (usize, usize),
}

impl Scene {
    /// The picture of a whole index.
    pub fn new(cluster: Cluster<'_>) -> Self {
        Self::with(cluster, Look::default())
    }

    /// The picture of an index as a reader wants to see it.
    pub fn with(cluster: Cluster<'_>, look: Look) -> Self {
        let mut scene = Self { look, ..Self::default() };
        scene.rebuild(cluster);
        scene
    }

    /// Draws everything anew, keeping what is open. Says what that changed.
    pub fn rebuild(&mut self, cluster: Cluster<'_>) -> Dirty {
        let index = cluster.index;
        self.graph = Graph::of(index, self.look.only.as_deref(), self.look.arrangement == Arrangement::Node);
        self.troubles.clear();
        self.node_ports.clear();
        self.services_seen.clear();
        let mut units = self.graph.keys(index);
        units.extend(self.groups.keys().cloned());
        let nodes = self.draw_nodes(index);
        self.note_namespaces(index);
        let affected = Affected { units, ..Affected::default() };
        Dirty { nodes, ..self.redraw(cluster, affected, true) }
    }

    /// Draws what these changes, which the index has taken already, affect.
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

    /// Shows the cluster in another way.
    pub fn set_look(&mut self, cluster: Cluster<'_>, look: Look) -> Dirty {
        if self.look == look {
            return Dirty::default();
        }
        self.look = look;
        self.rebuild(cluster)
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

    /// Folds the groups of a namespace away, or shows them again. In the arrangement by Node nothing is folded away.
    pub fn set_closed(&mut self, cluster: Cluster<'_>, namespace: &str, closed: bool) -> Dirty {
        let changed = if closed { self.closed.insert(namespace.to_owned()) } else { self.closed.remove(namespace) };
        if changed { self.redraw(cluster, Affected::default(), true) } else { Dirty::default() }
    }

    /// Whether the groups of a namespace are folded away.
    pub fn is_closed(&self, namespace: &str) -> bool {
        self.closed.contains(namespace)
    }

    /// One group.
    pub fn group(&self, key: &UnitKey) -> Option<&Arc<Group>> {
        self.groups.get(key)
    }

    /// Every group that is held, drawn or not, in the picture's order.
    pub fn groups(&self) -> impl Iterator<Item = (&UnitKey, &Arc<Group>)> {
        self.groups.iter()
    }

    /// What is wrong, in the picture's order; also what the picture does not draw.
    pub fn troubles(&self) -> impl Iterator<Item = (&UnitKey, &Trouble)> {
        self.troubles.iter()
    }

    /// Every part of the picture, from top to bottom.
    pub fn slots(&self) -> &Arc<Vec<Slot>> {
        &self.slots
    }

    /// The Nodes that have a card on top.
    pub fn nodes(&self) -> &Arc<Vec<NodeCard>> {
        &self.nodes
    }

    /// Number of Nodes, and of those that are Ready.
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

    /// Whether a namespace is not drawn, but counted: a heading stands for it.
    pub fn is_unopened(&self, namespace: &str) -> bool {
        self.unopened.contains(namespace)
    }

    /// How much of what there is is drawn, and what is wrong with it.
    pub fn shown(&self) -> Shown {
        let counted = match self.look.arrangement {
            Arrangement::Service => UnitKind::Service,
            Arrangement::Node => UnitKind::Node,
        };
        let mut shown = Shown::default();
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

    /// Whether the namespace of a unit is folded away; what is asked about is drawn all the same.
    fn is_folded_away(&self, key: &UnitKey) -> bool {
        self.look.arrangement == Arrangement::Service
            && self.closed.contains(key.namespace())
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
