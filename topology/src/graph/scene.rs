//! The whole picture: Nodes on top, then a group after the other, kept up to date change by change.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::group::{GroupKey, GroupKind};
use super::model::{Area, Group, lane};
use super::{pods, service};
use crate::coverage::Coverage;
use crate::index::Index;
use crate::key::{Kind, ObjectKey};
use crate::order::{map, set};
use crate::row::Row;
use crate::socket::{Socket, SocketKind};

/// Up to so many Nodes have a card on top.
const NODE_CARDS: usize = 9;
const NODE_COLUMNS: usize = 3;

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

/// A Node on top of the picture.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NodeCard {
    /// Where, from the top of the picture.
    pub area: Area,
    /// Its address, if it has one.
    pub socket: Option<Socket>,
    /// Its name.
    pub name: String,
    /// Its Pod CIDRs.
    pub pod_cidrs: Vec<String>,
    /// Whether it is Ready.
    pub ready: bool,
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
    /// Only groups of these namespaces are drawn; empty for all.
    only: Vec<String>,
    /// Groups whose every member is shown.
    open: BTreeSet<GroupKey>,
    /// Groups that the selected socket is in: they show every member as well.
    revealed: BTreeSet<GroupKey>,
    /// Pods that nothing leads to, by namespace.
    others: BTreeSet<ObjectKey>,
    /// The Service that each slice named last, to find it again when the slice is gone.
    services: BTreeMap<ObjectKey, ObjectKey>,
    /// The Pod that each endpoint named last.
    pods: BTreeMap<ObjectKey, ObjectKey>,
    slots: Arc<Vec<Slot>>,
    nodes: Arc<Vec<NodeCard>>,
    /// All Nodes and how many of them are Ready.
    node_count: (usize, usize),
}

impl Scene {
    /// The picture of a whole index.
    pub fn new(index: &Index, coverage: &Coverage) -> Self {
        let mut scene = Self::default();
        scene.rebuild(index, coverage);
        scene
    }

    /// The picture of some namespaces of an index; of all, if none is named.
    pub fn within(index: &Index, coverage: &Coverage, namespaces: &[String]) -> Self {
        let mut scene = Self { only: namespaces.to_vec(), ..Self::default() };
        scene.rebuild(index, coverage);
        scene
    }

    /// Draws everything anew, keeping what is open. Says what that changed.
    pub fn rebuild(&mut self, index: &Index, coverage: &Coverage) -> Dirty {
        self.pods = map(&mut index.endpoints().filter_map(|endpoint| Some((endpoint.key(), endpoint.pod()?))));
        self.services = map(&mut index.slices().filter_map(|slice| Some((slice.key(), slice.service_key()?))));
        self.others.clear();
        for pod in index.pods() {
            self.place_pod(index, &pod.key());
        }
        let mut wanted = set(self.groups.keys().cloned());
        wanted.extend(index.services().map(|service| GroupKey::service(service.key())));
        wanted.extend(index.pods().filter(|pod| pods::has_host_ports(pod)).map(|pod| GroupKey::host_ports(pod.key())));
        wanted.extend(self.others.iter().map(|pod| GroupKey::pods(&pod.namespace)));
        wanted.retain(|key| self.only.is_empty() || self.only.iter().any(|own| own == key.namespace()));
        let nodes = self.draw_nodes(index);
        self.redraw(index, coverage, wanted, nodes)
    }

    /// Draws what these rows, which have changed in the index already, have to do with.
    pub fn update<'a>(
        &mut self,
        index: &Index,
        coverage: &Coverage,
        changed: impl IntoIterator<Item = &'a (Kind, ObjectKey)>,
    ) -> Dirty {
        let mut wanted = BTreeSet::new();
        for (kind, key) in changed {
            match kind {
                // Nodes stand in every group with a nodePort, and they change rarely.
                Kind::Node => return self.rebuild(index, coverage),
                Kind::Service | Kind::Endpoints => {
                    wanted.insert(GroupKey::service(key.clone()));
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
                    }
                }
                Kind::Pod => {
                    for endpoint in index.endpoints_of_pod(key) {
                        self.slice_changed(index, &endpoint.slice_key(), &mut wanted);
                    }
                    wanted.insert(GroupKey::host_ports(key.clone()));
                    wanted.extend(self.place_pod(index, key));
                    if self.others.contains(key) {
                        wanted.insert(GroupKey::pods(&key.namespace));
                    }
                }
                Kind::Namespace | Kind::ServiceCIDR => {}
            }
        }
        self.redraw(index, coverage, wanted, false)
    }

    /// Shows every member of a group, or folds it again.
    pub fn set_open(&mut self, index: &Index, coverage: &Coverage, key: &GroupKey, open: bool) -> Dirty {
        let changed = if open { self.open.insert(key.clone()) } else { self.open.remove(key) };
        if !changed {
            return Dirty::default();
        }
        self.redraw(index, coverage, set([key.clone()]), false)
    }

    /// Shows every member of the groups that a socket is in, and folds those of the last one again.
    pub fn reveal(&mut self, index: &Index, coverage: &Coverage, socket: Option<&Socket>) -> Dirty {
        let now: BTreeSet<GroupKey> = socket.map(|socket| homes(index, socket)).unwrap_or_default();
        let changed = set(now.symmetric_difference(&self.revealed).cloned());
        self.revealed = now;
        let drawn = set(changed.into_iter().filter(|key| self.groups.contains_key(key)));
        self.redraw(index, coverage, drawn, false)
    }

    /// One group.
    pub fn group(&self, key: &GroupKey) -> Option<&Arc<Group>> {
        self.groups.get(key)
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

    fn slice_changed(&mut self, index: &Index, slice: &ObjectKey, wanted: &mut BTreeSet<GroupKey>) {
        let before = self.services.remove(slice);
        let fact = index.slice(slice);
        let now = fact.and_then(|fact| Some(ObjectKey::new(&fact.namespace, fact.service.as_ref()?)));
        if let Some(service) = &now {
            self.services.insert(slice.clone(), service.clone());
        }
        wanted.extend(before.into_iter().chain(now).map(GroupKey::service));
    }

    /// Notes whether a Pod is one that nothing leads to; returns the group of such Pods if that changed.
    fn place_pod(&mut self, index: &Index, key: &ObjectKey) -> Option<GroupKey> {
        let alone = index.pod(key).is_some_and(|pod| {
            !pod.ended() && !pods::has_host_ports(pod) && index.endpoints_of_pod(key).next().is_none()
        });
        let changed = if alone { self.others.insert(key.clone()) } else { self.others.remove(key) };
        changed.then(|| GroupKey::pods(&key.namespace))
    }

    fn draw(&self, index: &Index, known: bool, key: &GroupKey) -> Option<Group> {
        let open = self.open.contains(key) || self.revealed.contains(key);
        match key.kind {
            GroupKind::Service => index.service(&key.object).map(|fact| service::group(index, fact, known, open)),
            GroupKind::HostPorts => {
                let pod = index.pod(&key.object).filter(|pod| pods::has_host_ports(pod))?;
                Some(pods::host_port_group(index, pod))
            }
            GroupKind::Pods => {
                let from = ObjectKey::new(key.namespace(), "");
                let own = self.others.range(from..).take_while(|pod| pod.namespace == key.namespace());
                let others: Vec<ObjectKey> = own.cloned().collect();
                if others.is_empty() {
                    return None;
                }
                Some(pods::other_pods_group(index, &others, open))
            }
        }
    }

    fn redraw(&mut self, index: &Index, coverage: &Coverage, wanted: BTreeSet<GroupKey>, nodes: bool) -> Dirty {
        let mut dirty = Dirty { nodes, ..Dirty::default() };
        for key in wanted {
            let known = coverage.in_namespace(Kind::EndpointSlice, key.namespace()).complete();
            match self.draw(index, known, &key) {
                Some(group) => {
                    if self.groups.get(&key).is_none_or(|old| **old != group) {
                        self.groups.insert(key.clone(), Arc::new(group));
                        dirty.groups.insert(key);
                    }
                }
                None => {
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

    /// Stacks everything in its order.
    fn place(&self) -> Vec<Slot> {
        const NAMESPACE: i32 = 16;
        let rows = self.nodes.len().div_ceil(NODE_COLUMNS) as i32;
        let mut slots = vec![Slot { key: SlotKey::Nodes, y: 16, height: (rows * lane::PITCH).max(lane::PITCH) - 4 }];
        let mut y = 16 + (rows.max(1) * lane::PITCH) + 16;
        let mut namespace: Option<&str> = None;
        for (key, group) in &self.groups {
            if namespace != Some(key.namespace()) {
                namespace = Some(key.namespace());
                slots.push(Slot { key: SlotKey::Namespace(key.namespace().to_owned()), y, height: NAMESPACE });
                y += NAMESPACE + lane::GAP;
            }
            slots.push(Slot { key: SlotKey::Group(key.clone()), y, height: group.height });
            y += group.height + lane::GAP + 4;
        }
        slots
    }

    fn draw_nodes(&mut self, index: &Index) -> bool {
        const WIDTH: i32 = 320;
        let card = |(n, node): (usize, &crate::facts::NodeFact)| {
            let (column, line) = ((n % NODE_COLUMNS) as i32, (n / NODE_COLUMNS) as i32);
            let area = Area { x: lane::NODE.0 + column * (WIDTH + 20), y: line * lane::PITCH, w: WIDTH, h: lane::CARD };
            let ip = node.ips().next();
            NodeCard {
                area,
                socket: ip.map(|ip| Socket::new(SocketKind::NodeIp, ip.to_string(), Kind::Node, node.key())),
                name: node.name.clone(),
                pod_cidrs: node.pod_cidrs.iter().map(ToString::to_string).collect(),
                ready: node.ready,
            }
        };
        let nodes: Vec<NodeCard> = index.nodes().enumerate().take(NODE_CARDS).map(card).collect();
        let ready = index.nodes().filter(|node| node.ready).count();
        let count = (index.count(Kind::Node), ready);
        let changed = *self.nodes != nodes || self.node_count != count;
        self.node_count = count;
        if changed {
            self.nodes = Arc::new(nodes);
        }
        changed
    }
}

/// The groups that a socket is drawn in, or would be if they were not folded.
fn homes(index: &Index, socket: &Socket) -> BTreeSet<GroupKey> {
    let service_of = |slice: &ObjectKey| {
        let name = index.slice(slice).and_then(|slice| slice.service.as_ref());
        name.map(|name| GroupKey::service(ObjectKey::new(&slice.namespace, name)))
    };
    match socket.object_kind {
        Kind::Service => set([GroupKey::service(socket.object.clone())]),
        Kind::EndpointSlice => set(service_of(&socket.object)),
        Kind::Pod => {
            let own = [GroupKey::host_ports(socket.object.clone()), GroupKey::pods(&socket.object.namespace)];
            let endpoints = index.endpoints_of_pod(&socket.object);
            set(endpoints.filter_map(|endpoint| service_of(&endpoint.slice_key())).chain(own))
        }
        _ => BTreeSet::new(),
    }
}

/// How many Services and Pods a namespace has.
pub fn namespace_counts(index: &Index, namespace: &str) -> (usize, usize) {
    let pods = index.rows(Kind::Pod, namespace).filter(|row| matches!(row, Row::Pod(pod) if !pod.ended())).count();
    (index.rows(Kind::Service, namespace).count(), pods)
}
