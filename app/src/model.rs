//! What the page knows: the same index as the server's, the picture of it, and one signal for each part that is drawn.
//!
//! A plain struct: it does no IO and draws nothing. [`crate::conn`] feeds it through [`Model::take_snapshot`] and
//! [`Model::take_changes`]; components read its signals.

mod summary;
mod watched;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use leptos::prelude::*;
use topology::cluster::change::Change;
use topology::cluster::coverage::Coverage;
use topology::cluster::facts::NamespaceCounts;
use topology::cluster::index::{Index, RowChange};
use topology::cluster::key::{Kind, ObjectKey};
use topology::cluster::settings::Settings;
use topology::cluster::view::Cluster;
use topology::find::completion::{self, Completion};
use topology::find::search::{Found, search};
use topology::graph::socket::{Selection, Socket};
use topology::graph::trouble::tally;
use topology::graph::{Severity, Trouble, UnitKey, find_socket, main_socket, namespace_counts};
use topology::path::answer::AssumedSettings;
use topology::path::question::short::{source_in, target_in};
use topology::picture::{Dirty, Group, Lanes, Look, NodeCard, Scene, Shown, Slot, SlotKey};
use topology::wire::{Snapshot, Status};

use crate::question::{Answer, Field, Question};
use crate::url;
pub use summary::ClusterSummary;
pub use watched::Watched;

/// Maximum number of texts that are offered for a half-typed one.
const CHOICES: usize = 30;

/// The Nodes on top of the picture: the cards, and how many Nodes there are and are Ready.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Nodes {
    /// The cards.
    pub cards: Arc<Vec<NodeCard>>,
    /// All Nodes, and how many of them are Ready.
    pub count: (usize, usize),
}

/// Index, picture and signals.
pub struct Model {
    index: Index,
    /// What is drawn by: a page of some namespaces takes it that the others claim none of its addresses.
    coverage: Coverage,
    /// What is really known: of other namespaces, nothing.
    held: Coverage,
    settings: Settings,
    scene: Scene,
    /// The namespaces that the page holds; `None` for all.
    namespaces: Option<Vec<String>>,
    /// Whether the next snapshot decides in how much detail it is drawn.
    by_size: bool,
    groups: BTreeMap<UnitKey, ArcRwSignal<Arc<Group>>>,
    places: BTreeMap<SlotKey, ArcRwSignal<i32>>,
    /// Every part of the picture, from top to bottom.
    pub slots: RwSignal<Arc<Vec<Slot>>>,
    /// The zoom with which it opened, in percent, once that is decided.
    pub opening: RwSignal<Option<u32>>,
    /// The Nodes.
    pub nodes: RwSignal<Nodes>,
    /// Counts up with every change: what is derived from the whole index depends on it.
    pub revision: RwSignal<u64>,
    /// What the inspector asks the server about.
    pub watched: Watched,
}

impl Default for Model {
    fn default() -> Self {
        Self {
            index: Index::default(),
            coverage: Coverage::default(),
            held: Coverage::default(),
            settings: Settings::default(),
            scene: Scene::default(),
            namespaces: None,
            by_size: false,
            groups: BTreeMap::new(),
            places: BTreeMap::new(),
            slots: RwSignal::default(),
            opening: RwSignal::default(),
            nodes: RwSignal::default(),
            revision: RwSignal::new(0),
            watched: Watched::default(),
        }
    }
}

/// What the picture is drawn by. A macro, so that it borrows only these fields.
macro_rules! cluster {
    ($model:ident) => {
        Cluster { index: &$model.index, coverage: &$model.coverage, settings: &$model.settings }
    };
}

impl Model {
    /// Lets the number of Services decide in how much detail the first snapshot is drawn.
    pub fn open_by_size(&mut self) {
        self.by_size = true;
    }

    /// From now on the page holds these namespaces; `None` for all.
    pub fn hold(&mut self, namespaces: Option<&[String]>) {
        self.namespaces = namespaces.map(<[String]>::to_vec);
    }

    /// Unfolds what is asked about.
    pub fn reveal(&mut self, socket: Option<&Socket>) {
        let dirty = self.scene.reveal(cluster!(self), socket);
        self.publish(dirty);
    }

    /// Becomes what a snapshot says; what it does not have is swept, what is equal stays as it is drawn.
    pub fn take_snapshot(&mut self, snapshot: Snapshot) {
        self.coverage = Coverage::default();
        for scope in &snapshot.scopes {
            self.coverage.set(scope.kind, scope.namespace.as_deref().unwrap_or_default(), scope.state);
        }
        self.held = self.coverage.clone();
        Kind::WATCHED.iter().for_each(|kind| self.index.begin(*kind, ""));
        for row in snapshot.rows {
            self.index.merge(Change::Put(row));
        }
        Kind::WATCHED.iter().for_each(|kind| drop(self.index.sweep(*kind, "")));
        let mut look = self.scene.look().clone();
        // An overview has no Services: the first namespace that is opened decides.
        let services = self.index.count(Kind::Service);
        if self.by_size && services > 0 {
            self.by_size = false;
            self.opening.set(Some(url::opening_zoom(services)));
            look.detail = url::detail(url::opening_zoom(services));
        }
        let dirty = match *self.scene.look() == look {
            true => self.scene.rebuild(cluster!(self)),
            false => self.scene.set_look(cluster!(self), look),
        };
        self.publish(dirty);
        self.watched.all();
    }

    /// Takes changes, in order.
    pub fn take_changes(&mut self, changes: Vec<Change>) {
        let mut changed: Vec<RowChange> = Vec::with_capacity(changes.len());
        for change in changes {
            self.index.merge_into(change, &mut changed);
        }
        let dirty = self.scene.update(cluster!(self), &changed);
        self.publish(dirty);
        let targets: Vec<(Kind, ObjectKey)> = changed.iter().map(|(_, change)| change.target()).collect();
        self.watched.note(&self.index, &targets);
    }

    /// Takes what the server says of the watches and of kube-proxy: coverage and settings follow it.
    pub fn take_status(&mut self, status: &Status) {
        let mut coverage = self.coverage.clone();
        for kind in &status.kinds {
            match kind.namespace.as_deref() {
                None if kind.kind.namespaced() && self.namespaces.is_some() => {
                    self.namespaces.iter().flatten().for_each(|own| self.held.set(kind.kind, own, kind.state));
                }
                namespace => self.held.set(kind.kind, namespace.unwrap_or_default(), kind.state),
            }
            coverage.set(kind.kind, kind.namespace.as_deref().unwrap_or_default(), kind.state);
        }
        // kube-proxy's settings: what lights up for a selection depends on them.
        let settings = status.settings.as_deref().cloned().unwrap_or_default();
        if settings != self.settings {
            self.settings = settings;
            self.revision.update(|revision| *revision += 1);
        }
        if coverage != self.coverage {
            self.coverage = coverage;
            let dirty = self.scene.rebuild(cluster!(self));
            self.publish(dirty);
        }
    }

    /// Shows the cluster in another way.
    pub fn look(&mut self, look: Look) {
        let dirty = self.scene.set_look(cluster!(self), look);
        self.publish(dirty);
    }

    /// Folds a namespace, or unfolds it.
    pub fn fold(&mut self, namespace: &str) {
        let closed = !self.scene.is_closed(namespace);
        let dirty = self.scene.set_closed(cluster!(self), namespace, closed);
        self.publish(dirty);
    }

    /// Whether a namespace is folded.
    pub fn is_folded(&self, namespace: &str) -> bool {
        self.scene.is_closed(namespace)
    }

    /// How much of what there is is drawn, and what is wrong with it.
    pub fn shown(&self) -> Shown {
        self.scene.shown()
    }

    /// What is wrong with a group.
    pub fn trouble(&self, key: &UnitKey) -> Option<Trouble> {
        self.scene.group(key)?.unit.trouble.clone()
    }

    /// What is wrong, the worst first, in the picture's order.
    pub fn troubles(&self) -> Vec<(UnitKey, Trouble)> {
        let of = |severity| self.scene.troubles().filter(move |(_, trouble)| trouble.severity() == severity);
        let both = of(Severity::Error).chain(of(Severity::Warning));
        both.map(|(key, trouble)| (key.clone(), trouble.clone())).collect()
    }

    /// What a unit is selected by: its first port, else its name, else what comes first.
    pub fn entry_of(&self, key: &UnitKey) -> Option<Selection> {
        main_socket(&self.index, key).map(|socket| self.selection_of(socket.selection()))
    }

    /// The namespaces, those that are held before the others, each with whether it is and with what it has.
    pub fn counted_namespaces(&self) -> Vec<(String, bool, NamespaceCounts)> {
        let row = |name: &String| (name.clone(), !self.scene.is_unopened(name), self.counts(name));
        let mut all: Vec<_> = self.index.namespaces().map(|fact| row(&fact.name)).collect();
        all.sort_by(|(_, a, _), (_, b, _)| b.cmp(a));
        all
    }

    /// What a reader looks for.
    pub fn search(&self, text: &str) -> Vec<Found> {
        search(&self.index, text, CHOICES)
    }

    /// Shows every member of a group.
    pub fn open(&mut self, key: &UnitKey) {
        let open = !self.scene.is_open(key);
        let dirty = self.scene.set_open(cluster!(self), key, open);
        self.publish(dirty);
    }

    /// What the page shows for a question.
    pub fn answer(&self, question: &Question) -> Answer {
        let Self { index, coverage, held, settings, namespaces, .. } = self;
        let assumed = question.answer(Cluster { index, coverage, settings });
        // What is drawn claims its addresses, and the server is asked whether others do (`server_answer`). But that something is not
        // there, a page of some namespaces cannot say.
        if namespaces.is_none() || assumed.is_claimed(question) {
            return assumed;
        }
        question.answer(Cluster { index, coverage: held, settings })
    }

    /// Some Pod, to ask the server from.
    pub fn some_pod(&self) -> Option<ObjectKey> {
        self.index.pods().find(|pod| !pod.ended() && !pod.ips.is_empty()).map(|pod| pod.key())
    }

    /// What a half-typed text of a field may become.
    pub fn choices(&self, field: Field, text: &str) -> Vec<Completion> {
        match field {
            Field::From => completion::sources(&self.index, text, CHOICES),
            Field::To => completion::targets(&self.index, text, CHOICES),
        }
    }

    /// The exact texts of a question; what cannot be read stays as it was typed.
    pub fn exact(&self, question: Question) -> Question {
        let from = source_in(&self.index, &question.from).map(|source| source.to_string());
        let to = target_in(&self.index, &question.to).map(|target| target.to_string());
        Question { from: from.unwrap_or(question.from), to: to.unwrap_or(question.to), ..question }
    }

    /// The shortest selection that means this socket: its object is named only where the address alone means another's.
    pub fn selection_of(&self, socket: Selection) -> Selection {
        let bare = Selection { object: None, ..socket.clone() };
        let means_it = find_socket(&self.index, &bare).is_some_and(|found| socket.selects(&found));
        if means_it { bare } else { socket }
    }

    /// Where a socket is drawn, from the top of the picture, if it is.
    pub fn place_of(&self, socket: &Socket) -> Option<i32> {
        let key = self.group_of(socket)?;
        let slot = self.scene.slots().iter().find(|slot| slot.key == SlotKey::Group(key.clone()))?;
        let group = self.scene.group(&key)?;
        let card = group.cards.iter().find(|card| card.sockets().contains(&socket))?;
        Some(slot.y + card.area().y)
    }

    /// The group that a socket is drawn in, if it is.
    pub fn group_of(&self, socket: &Socket) -> Option<UnitKey> {
        self.scene.group_of(&self.index, socket).cloned()
    }

    /// The namespaces there are: those of `chosen` first, then the others, by name; and whether each is there.
    pub fn namespaces(&self, chosen: &[String]) -> Vec<(String, bool)> {
        let of_rows =
            self.index.services().map(|row| &row.namespace).chain(self.index.pods().map(|row| &row.namespace));
        let known: BTreeSet<&String> = self.index.namespaces().map(|row| &row.name).chain(of_rows).collect();
        let first: BTreeSet<&String> = chosen.iter().collect();
        let others = known.difference(&first).map(|name| ((*name).clone(), true));
        first.iter().map(|name| ((*name).clone(), known.contains(name))).chain(others).collect()
    }

    /// How many namespaces the cluster has; none if they may not be listed.
    pub fn namespace_count(&self) -> usize {
        self.index.count(Kind::Namespace)
    }

    /// Whether a namespace that is not listed is none.
    pub fn knows_namespaces(&self) -> bool {
        self.held.of(Kind::Namespace).complete()
    }

    /// The cluster in figures.
    pub fn summary(&self, context: String, status: Status) -> ClusterSummary {
        let ips = || self.index.nodes().filter_map(|node| node.first_ip()).map(|ip| ip.0);
        ClusterSummary {
            context,
            services: self.index.count(Kind::Service),
            pods: self.index.pods().filter(|pod| !pod.ended()).count(),
            nodes: self.index.count(Kind::Node),
            closed: self.closed(),
            node_ips: ips().min().zip(ips().max()),
            pod_cidrs: self.index.nodes().flat_map(|node| &node.pod_cidrs).map(ToString::to_string).collect(),
            service_cidrs: self.index.service_cidrs().flat_map(|fact| &fact.cidrs).map(ToString::to_string).collect(),
            settings: AssumedSettings::from(&self.settings),
            namespaces: self.namespaces.clone().unwrap_or_default(),
            status,
        }
    }

    /// Services and Pods of the whole cluster, where every namespace is counted and none is open.
    fn closed(&self) -> Option<(usize, usize)> {
        let mut all = None;
        for fact in self.index.namespaces() {
            let counts = fact.counts.filter(|_| self.scene.is_unopened(&fact.name))?;
            let (services, pods) = all.unwrap_or_default();
            all = Some((services + counts.services, pods + counts.pods));
        }
        all
    }

    /// The lanes of the picture.
    pub fn lanes(&self) -> Lanes {
        *self.scene.lanes()
    }

    /// The height of the whole picture.
    pub fn height(&self) -> i32 {
        self.scene.height()
    }

    /// What a namespace has: as it is held, or as the server counts it.
    pub fn counts(&self, namespace: &str) -> NamespaceCounts {
        if !self.scene.is_unopened(namespace) {
            let mut counts = namespace_counts(&self.index, namespace);
            // What is folded away cannot be seen.
            if self.is_folded(namespace) {
                let own = self.scene.troubles().filter(|(key, _)| key.namespace() == namespace);
                (counts.errors, counts.warnings) = tally(own.map(|(_, trouble)| trouble.severity()));
            }
            return counts;
        }
        self.index.namespace(&ObjectKey::cluster(namespace)).and_then(|fact| fact.counts).unwrap_or_default()
    }

    /// Whether the rows of a namespace are held.
    pub fn holds(&self, namespace: &str) -> bool {
        self.namespaces.as_ref().is_none_or(|held| held.iter().any(|own| own == namespace))
    }

    /// Whether a namespace is counted only.
    pub fn is_unopened(&self, namespace: &str) -> bool {
        self.scene.is_unopened(namespace)
    }

    /// The signal of a group that is drawn.
    pub fn group(&self, key: &UnitKey) -> Option<ArcRwSignal<Arc<Group>>> {
        self.groups.get(key).cloned()
    }

    /// The signal of the place of a part that is drawn.
    pub fn place(&self, key: &SlotKey) -> Option<ArcRwSignal<i32>> {
        self.places.get(key).cloned()
    }

    /// Brings the signals in line with the scene; only what has changed is set.
    fn publish(&mut self, dirty: Dirty) {
        for key in &dirty.groups {
            let Some(group) = self.scene.group(key) else { continue };
            match self.groups.get(key) {
                Some(signal) => signal.set(group.clone()),
                None => {
                    self.groups.insert(key.clone(), ArcRwSignal::new(group.clone()));
                }
            }
        }
        if dirty.slots {
            for slot in self.scene.slots().iter() {
                match self.places.get(&slot.key) {
                    Some(place) if place.get_untracked() == slot.y => {}
                    Some(place) => place.set(slot.y),
                    None => {
                        self.places.insert(slot.key.clone(), ArcRwSignal::new(slot.y));
                    }
                }
            }
            self.slots.set(self.scene.slots().clone());
        }
        let nodes = Nodes { cards: self.scene.nodes().clone(), count: self.scene.node_count() };
        if self.nodes.with_untracked(|old| *old != nodes) {
            self.nodes.set(nodes);
        }
        for key in dirty.gone {
            self.groups.remove(&key);
            self.places.remove(&SlotKey::Group(key));
        }
        self.revision.update(|revision| *revision += 1);
    }
}
