//! The whole picture: Nodes on top, then a group after the other, kept up to date change by change.

mod concern;
mod draw;
mod place;
mod reveal;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::group::{GroupKey, GroupKind};
use super::model::{Arrangement, Detail, Group, NodeCard, lane};
use super::pods;
use crate::facts::{NamespaceCounts, NamespaceFact};
use crate::filter::Filter;
use crate::health::{self, Trouble};
use crate::index::Index;
use crate::key::{Kind, ObjectKey};
use crate::resolve::Cluster;
use crate::row::Row;

/// What the picture is made of.
const KINDS: [Kind; 3] = [Kind::Endpoint, Kind::EndpointSlice, Kind::Pod];

/// Something with a height in the column of the picture.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SlotKey {
    /// The Nodes.
    Nodes,
    /// The heading of a namespace.
    Namespace(String),
    /// A group.
    Group(GroupKey),
}

/// Where a part of the picture is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Which.
    pub key: SlotKey,
    /// Its top.
    pub y: i32,
    /// Its height, without the gap below it.
    pub height: i32,
}

/// How a reader wants to see the cluster.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Only groups of these namespaces are drawn; `None` for all.
    pub only: Option<Vec<String>>,
    /// How much of each group is drawn.
    pub detail: Detail,
    /// By what it is grouped.
    pub arrangement: Arrangement,
    /// Only what this holds for is drawn.
    pub find: Filter,
    /// What this holds for is left out, unless it is empty.
    pub hide: Filter,
    /// Only what something is wrong with is drawn.
    pub troubled: bool,
}

/// How much of what there is is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// Services (or Nodes, in the arrangement by Node) that are drawn.
    pub drawn: usize,
    /// All that are held.
    pub all: usize,
    /// Groups with an error among all.
    pub errors: usize,
    /// Groups with a warning among all.
    pub warnings: usize,
}

/// What an update changed in the picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dirty {
    /// Groups that are new or look different.
    pub groups: BTreeSet<GroupKey>,
    /// Groups that are gone.
    pub gone: BTreeSet<GroupKey>,
    /// Whether any slot has come, gone or moved.
    pub slots: bool,
    /// Whether the Nodes look different.
    pub nodes: bool,
}

/// The picture of an index.
#[derive(Clone, Debug, Default)]
pub struct Scene {
    groups: BTreeMap<GroupKey, Arc<Group>>,
    look: Look,
    /// Groups whose every member is shown.
    open: BTreeSet<GroupKey>,
    /// Groups that the selected socket is in: they show every member as well.
    revealed: BTreeSet<GroupKey>,
    /// Namespaces whose groups are folded away.
    closed: BTreeSet<String>,
    /// Namespaces that are not drawn, but counted.
    unopened: BTreeSet<String>,
    /// Groups that the filters leave out.
    left_out: BTreeSet<GroupKey>,
    /// What is wrong with each Service and each Pod with hostPorts, whatever the picture is arranged by.
    troubles: BTreeMap<GroupKey, Trouble>,
    /// Pods that nothing leads to, by namespace.
    others: BTreeSet<ObjectKey>,
    /// The Service that each slice named last, to find it again when the slice is gone.
    services: BTreeMap<ObjectKey, ObjectKey>,
    /// The Pod that each endpoint named last.
    pods: BTreeMap<ObjectKey, ObjectKey>,
    /// The Node that each Pod was on last, and the other way round; in the arrangement by Node only.
    node_of: BTreeMap<ObjectKey, String>,
    on_node: BTreeSet<(String, ObjectKey)>,
    slots: Arc<Vec<Slot>>,
    nodes: Arc<Vec<NodeCard>>,
    /// All Nodes and how many of them are Ready.
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
        self.pods.clear();
        self.services.clear();
        self.others.clear();
        self.node_of.clear();
        self.on_node.clear();
        self.troubles.clear();
        let namespaces = self.look.only.clone().unwrap_or_else(|| vec![String::new()]);
        for row in namespaces.iter().flat_map(|own| KINDS.into_iter().flat_map(|kind| index.rows(kind, own))) {
            match row {
                Row::Endpoint(endpoint) => self.pods.extend(endpoint.pod().map(|pod| (endpoint.key(), pod))),
                Row::EndpointSlice(slice) => self.services.extend(slice.service_key().map(|own| (slice.key(), own))),
                Row::Pod(pod) => drop(self.place_pod(index, &pod.key())),
                _ => {}
            }
        }
        let mut wanted: BTreeSet<GroupKey> = self.groups.keys().cloned().collect();
        for row in namespaces
            .iter()
            .flat_map(|own| [Kind::Service, Kind::Pod].into_iter().flat_map(|kind| index.rows(kind, own)))
        {
            match row {
                Row::Service(service) => drop(wanted.insert(GroupKey::service(service.key()))),
                Row::Pod(pod) if pods::has_host_ports(pod) => drop(wanted.insert(GroupKey::host_ports(pod.key()))),
                _ => {}
            }
        }
        match self.look.arrangement {
            Arrangement::Node => wanted.extend(index.nodes().map(|node| GroupKey::node(&node.name))),
            Arrangement::Service => wanted.extend(self.others.iter().map(|pod| GroupKey::pods(&pod.namespace))),
        }
        let nodes = self.draw_nodes(index);
        self.note_namespaces(index);
        self.redraw(cluster, wanted, nodes)
    }

    /// Draws what these rows, which have changed in the index already, have to do with.
    pub fn update<'a>(
        &mut self,
        cluster: Cluster<'_>,
        changed: impl IntoIterator<Item = &'a (Kind, ObjectKey)>,
    ) -> Dirty {
        let index = cluster.index;
        let mut wanted = BTreeSet::new();
        for (kind, key) in changed {
            match kind {
                // Nodes stand in every group with a nodePort, and they change rarely.
                Kind::Node => return self.rebuild(cluster),
                Kind::Service | Kind::Endpoints => {
                    wanted.insert(GroupKey::service(key.clone()));
                    if self.look.arrangement == Arrangement::Node {
                        let pods: Vec<ObjectKey> =
                            index.endpoints_of(key).filter_map(|endpoint| endpoint.pod()).collect();
                        pods.iter().for_each(|pod| self.want_node_of(pod, &mut wanted));
                    }
                }
                Kind::EndpointSlice => self.slice_changed(index, key, &mut wanted),
                Kind::Endpoint => {
                    let slice = key.name.split('/').next().unwrap_or_default();
                    self.slice_changed(index, &ObjectKey::new(&key.namespace, slice), &mut wanted);
                    let now = index.endpoint(key).and_then(|endpoint| endpoint.pod());
                    let before = match &now {
                        Some(pod) => self.pods.insert(key.clone(), pod.clone()),
                        None => self.pods.remove(key),
                    };
                    for pod in before.into_iter().chain(now) {
                        wanted.extend(self.place_pod(index, &pod));
                        self.want_node_of(&pod, &mut wanted);
                    }
                }
                Kind::Pod => {
                    for endpoint in index.endpoints_of_pod(key) {
                        self.slice_changed(index, &endpoint.slice_key(), &mut wanted);
                    }
                    wanted.insert(GroupKey::host_ports(key.clone()));
                    self.want_node_of(key, &mut wanted);
                    wanted.extend(self.place_pod(index, key));
                    self.want_node_of(key, &mut wanted);
                    if self.others.contains(key) {
                        wanted.insert(GroupKey::pods(&key.namespace));
                    }
                }
                Kind::Namespace => self.note_namespaces(index),
                Kind::ServiceCIDR => {}
            }
        }
        self.redraw(cluster, wanted, false)
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

    /// Shows every member of a group, or folds it again.
    pub fn set_open(&mut self, cluster: Cluster<'_>, key: &GroupKey, open: bool) -> Dirty {
        let changed = if open { self.open.insert(key.clone()) } else { self.open.remove(key) };
        if !changed {
            return Dirty::default();
        }
        self.redraw(cluster, BTreeSet::from([key.clone()]), false)
    }

    /// Folds the groups of a namespace away, or shows them again.
    pub fn set_closed(&mut self, cluster: Cluster<'_>, namespace: &str, closed: bool) -> Dirty {
        let changed = if closed { self.closed.insert(namespace.to_owned()) } else { self.closed.remove(namespace) };
        if changed { self.redraw(cluster, BTreeSet::new(), false) } else { Dirty::default() }
    }

    /// Whether the groups of a namespace are folded away.
    pub fn is_closed(&self, namespace: &str) -> bool {
        self.closed.contains(namespace)
    }

    /// One group.
    pub fn group(&self, key: &GroupKey) -> Option<&Arc<Group>> {
        self.groups.get(key)
    }

    /// Every group that is held, drawn or not, in the picture's order.
    pub fn groups(&self) -> impl Iterator<Item = (&GroupKey, &Arc<Group>)> {
        self.groups.iter()
    }

    /// A group as it is, or would be if the picture were arranged by Service.
    pub fn group_by_service(&self, cluster: Cluster<'_>, key: &GroupKey) -> Option<Arc<Group>> {
        self.groups.get(key).cloned().or_else(|| self.make(cluster, key, None).map(Arc::new))
    }

    /// What is wrong, in the picture's order; also what the picture does not draw.
    pub fn troubles(&self) -> impl Iterator<Item = (&GroupKey, &Trouble)> {
        self.troubles.iter()
    }

    /// Every part of the picture, from top to bottom.
    pub fn slots(&self) -> &Arc<Vec<Slot>> {
        &self.slots
    }

    /// The Nodes that have a card.
    pub fn nodes(&self) -> &Arc<Vec<NodeCard>> {
        &self.nodes
    }

    /// How many Nodes there are, and how many are Ready.
    pub fn node_count(&self) -> (usize, usize) {
        self.node_count
    }

    /// The height of the whole picture.
    pub fn height(&self) -> i32 {
        self.slots.last().map_or(0, |slot| slot.y + slot.height + lane::GAP)
    }

    /// Whether every member of a group is shown.
    pub fn is_open(&self, key: &GroupKey) -> bool {
        self.open.contains(key)
    }

    /// Namespaces that are not drawn, but counted: a heading stands for each.
    pub fn is_unopened(&self, namespace: &str) -> bool {
        self.unopened.contains(namespace)
    }

    /// How much of what there is is drawn, and what is wrong with it.
    pub fn shown(&self) -> Shown {
        let counted = match self.look.arrangement {
            Arrangement::Service => GroupKind::Service,
            Arrangement::Node => GroupKind::Node,
        };
        let mut shown = Shown::default();
        for key in self.groups.keys() {
            if key.kind == counted {
                shown.all += 1;
                shown.drawn += usize::from(self.is_drawn(key));
            }
        }
        (shown.errors, shown.warnings) = health::tally(self.troubles.values().map(Trouble::severity));
        shown
    }

    fn is_drawn(&self, key: &GroupKey) -> bool {
        self.revealed.contains(key) || (!self.left_out.contains(key) && !self.closed.contains(key.namespace()))
    }

    fn note_namespaces(&mut self, index: &Index) {
        let held = |name: &str| self.holds(name);
        let counted = |fact: &&NamespaceFact| {
            let some = fact.counts.is_some_and(|counts| counts.services + counts.pods > 0);
            some && self.look.arrangement == Arrangement::Service && !held(&fact.name)
        };
        self.unopened = index.namespaces().filter(counted).map(|fact| fact.name.clone()).collect();
    }

    fn holds(&self, namespace: &str) -> bool {
        self.look.only.as_ref().is_none_or(|only| only.iter().any(|own| own == namespace))
    }

    fn redraw(&mut self, cluster: Cluster<'_>, wanted: BTreeSet<GroupKey>, nodes: bool) -> Dirty {
        let mut dirty = Dirty { nodes, ..Dirty::default() };
        for key in wanted {
            let trouble = self.trouble(cluster, &key);
            match &trouble {
                Some(trouble) => drop(self.troubles.insert(key.clone(), trouble.clone())),
                None => drop(self.troubles.remove(&key)),
            }
            match self.draw(cluster, &key, trouble) {
                Some(group) => {
                    if self.fits(cluster, &key, &group) {
                        self.left_out.remove(&key);
                    } else {
                        self.left_out.insert(key.clone());
                    }
                    if self.groups.get(&key).is_none_or(|old| **old != group) {
                        self.groups.insert(key.clone(), Arc::new(group));
                        dirty.groups.insert(key);
                    }
                }
                None => {
                    self.left_out.remove(&key);
                    if self.groups.remove(&key).is_some() {
                        dirty.gone.insert(key);
                    }
                }
            }
        }
        let slots = self.place();
        dirty.slots = *self.slots != slots;
        if dirty.slots {
            self.slots = Arc::new(slots);
        }
        dirty
    }
}

/// How many Services and Pods a namespace has; what is wrong with them is not looked at.
pub fn namespace_counts(index: &Index, namespace: &str) -> NamespaceCounts {
    let pods = index.rows(Kind::Pod, namespace).filter(|row| matches!(row, Row::Pod(pod) if !pod.ended())).count();
    NamespaceCounts { services: index.rows(Kind::Service, namespace).count(), pods, ..NamespaceCounts::default() }
}
