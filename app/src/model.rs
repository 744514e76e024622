//! The page's data: the same index as the server's, the scene of its picture, and a signal for each drawn part.
//!
//! [`Model`] is a plain struct: it does no IO and draws nothing. [`crate::conn`] feeds it through [`Model::take_snapshot`] and
//! [`Model::take_changes`]; components read its signals.

mod namespaces;
mod summary;
mod watched;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use leptos::prelude::*;
use topology::cluster::change::Change;
use topology::cluster::coverage::Coverage;
use topology::cluster::index::{Index, RowChange};
use topology::cluster::key::{Kind, ObjectKey};
use topology::cluster::settings::Settings;
use topology::cluster::view::Cluster;
use topology::find::completion::Completion;
use topology::find::search::SearchMatch;
use topology::graph::socket::{Selection, Socket};
use topology::graph::trouble::FailingQuestion;
use topology::graph::{NodePart, Severity, Trouble, UnitKey, find_socket, node_parts};
use topology::path::answer::AssumedSettings;
use topology::picture::{Dirty, Group, Lanes, Look, NodeCard, Scene, SceneCounts, Slot, SlotKey};
use topology::wire::{Snapshot, Status};

use crate::question::{Answer, Field, Question};
use crate::resolver::Resolver;
use crate::url;
pub use summary::{AddressRanges, ClusterSummary};
pub use watched::Watched;

/// Maximum number of completions and of search hits.
const CHOICES: usize = 30;

/// The Nodes at the top of the picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Nodes {
    /// The cards of Nodes.
    pub cards: Arc<Vec<NodeCard>>,
    /// Number of Nodes, and number of Ready Nodes.
    pub count: (usize, usize),
}

/// The page's index, scene and signals.
pub struct Model {
    index: Index,
    /// The coverage for drawing. It assumes that namespaces that the page does not hold claim none of its addresses.
    coverage: Coverage,
    /// The coverage without this assumption: namespaces that the page does not hold are unknown.
    held: Coverage,
    settings: Settings,
    scene: Scene,
    ranges: Arc<AddressRanges>,
    /// The namespaces that the page holds; `None` for all.
    namespaces: Option<Vec<String>>,
    /// Whether the next snapshot with Services chooses the zoom.
    by_size: bool,
    /// Whether the table is shown, whose groups are always drawn in full detail.
    tabular: bool,
    groups: BTreeMap<UnitKey, ArcRwSignal<Arc<Group>>>,
    places: BTreeMap<SlotKey, ArcRwSignal<i32>>,
    /// All parts of the picture, from top to bottom.
    pub slots: RwSignal<Arc<Vec<Slot>>>,
    /// The zoom that the first snapshot chose, in percent.
    pub opening: RwSignal<Option<u32>>,
    /// The Nodes.
    pub nodes: RwSignal<Nodes>,
    /// Counts up with every change. Values that depend on the whole index track it.
    pub revision: RwSignal<u64>,
    /// The lanes of the picture. They follow the window, and no change of the cluster.
    pub lanes: RwSignal<Lanes>,
    /// The resolver, once its code is loaded.
    resolver: Option<Resolver>,
    /// The object whose details the inspector requests from the server.
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
            ranges: Arc::default(),
            namespaces: None,
            by_size: false,
            tabular: false,
            groups: BTreeMap::new(),
            places: BTreeMap::new(),
            slots: RwSignal::default(),
            opening: RwSignal::default(),
            nodes: RwSignal::default(),
            revision: RwSignal::new(0),
            lanes: RwSignal::default(),
            resolver: None,
            watched: Watched::default(),
        }
    }
}

/// The cluster for drawing. It is a macro, so that it borrows only these fields.
macro_rules! cluster {
    ($model:ident) => {
        Cluster { index: &$model.index, coverage: &$model.coverage, settings: &$model.settings }
    };
}

impl Model {
    /// Lets the number of Services in the first snapshot choose the zoom.
    pub fn open_by_size(&mut self) {
        self.by_size = true;
    }

    /// Sets the namespaces that the page holds; `None` for all.
    pub fn hold(&mut self, namespaces: Option<&[String]>) {
        self.namespaces = namespaces.map(<[String]>::to_vec);
    }

    /// Unfolds the group of a socket.
    pub fn reveal(&mut self, socket: Option<&Socket>) {
        let dirty = self.scene.reveal(cluster!(self), socket);
        self.publish(dirty);
    }

    /// Applies a snapshot: removes the rows that it does not have. Parts of the picture that do not change are not drawn again.
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
        self.ranges = Arc::new(AddressRanges::of(&self.index));
        let mut look = self.scene.look().clone();
        // An overview has no Services, so the first opened namespace chooses the zoom.
        let services = self.index.count(Kind::Service);
        if self.by_size && services > 0 {
            self.by_size = false;
            self.opening.set(Some(url::opening_zoom(services)));
            if !self.tabular {
                look.detail = url::detail(url::opening_zoom(services));
            }
        }
        let dirty = self.scene.rebuild_as(cluster!(self), look);
        self.publish(dirty);
        self.watched.update_all();
    }

    /// Applies changes in their order.
    pub fn take_changes(&mut self, changes: Vec<Change>) {
        let mut changed: Vec<RowChange> = Vec::with_capacity(changes.len());
        for change in changes {
            self.index.merge_into(change, &mut changed);
        }
        if AddressRanges::depend_on(&changed) {
            self.ranges = Arc::new(AddressRanges::of(&self.index));
        }
        let dirty = self.scene.update(cluster!(self), &changed);
        self.publish(dirty);
        let targets: Vec<(Kind, ObjectKey)> = changed.iter().map(|(_, change)| change.target()).collect();
        self.watched.update(&self.index, &targets);
    }

    /// Applies a status: it sets the coverage by the state of the watches, and kube-proxy's settings.
    pub fn take_status(&mut self, status: &Status) {
        let mut coverage = self.coverage.clone();
        for kind in &status.kinds {
            match kind.namespace.as_deref() {
                None if kind.kind.namespaced() && self.namespaces.is_some() => {
                    self.namespaces
                        .iter()
                        .flatten()
                        .for_each(|namespace| self.held.set(kind.kind, namespace, kind.state));
                }
                namespace => self.held.set(kind.kind, namespace.unwrap_or_default(), kind.state),
            }
            coverage.set(kind.kind, kind.namespace.as_deref().unwrap_or_default(), kind.state);
        }
        // The answer to a question depends on kube-proxy's settings, so the revision changes with them.
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

    /// Sets the look of the picture, and whether the table is shown instead.
    pub fn look(&mut self, look: Look, tabular: bool) {
        self.tabular = tabular;
        let dirty = self.scene.set_look(cluster!(self), look);
        self.publish(dirty);
    }

    /// Whether a namespace is folded.
    pub fn is_folded(&self, namespace: &str) -> bool {
        self.scene.is_closed(namespace)
    }

    /// The numbers of drawn groups, of all groups, and of problems.
    pub fn shown(&self) -> SceneCounts {
        self.scene.shown()
    }

    /// The problem of a group.
    pub fn trouble(&self, key: &UnitKey) -> Option<Trouble> {
        self.scene.group(key)?.unit.trouble.clone()
    }

    /// All problems, errors before warnings, each in the picture's order.
    pub fn problems(&self) -> Vec<(UnitKey, Trouble)> {
        let of = |severity| self.scene.troubles().filter(move |(_, trouble)| trouble.severity() == severity);
        let both = of(Severity::Error).chain(of(Severity::Warning));
        both.map(|(key, trouble)| (key.clone(), trouble.clone())).collect()
    }

    /// The names of the Nodes on which a problem is; none if it is on every Node.
    pub fn troubled_nodes(&self, key: &UnitKey, trouble: &Trouble) -> BTreeSet<String> {
        self.resolver.map(|resolver| (resolver.troubled_nodes)(cluster!(self), key, trouble)).unwrap_or_default()
    }

    /// The question that shows a unit's problem, on a Node where it fails.
    pub fn failing_question(&self, key: &UnitKey) -> Option<Question> {
        let FailingQuestion { select, from } =
            (self.resolver?.failing_question)(cluster!(self), key, &self.trouble(key)?)?;
        let from = from.map(|from| from.to_string()).unwrap_or_default();
        Some(Question { select: Some(self.selection_of(select.selection())), from, to: String::new() })
    }

    /// Searches the index for a text.
    pub fn search(&self, text: &str) -> Vec<SearchMatch> {
        self.resolver.map(|resolver| (resolver.search)(&self.index, text, CHOICES)).unwrap_or_default()
    }

    /// Opens the folds of a group, or closes them if they are open.
    pub fn open(&mut self, key: &UnitKey) {
        let open = !self.scene.is_open(key);
        let dirty = self.scene.set_open(cluster!(self), key, open);
        self.publish(dirty);
    }

    /// Takes the resolver, whose code was loaded.
    pub fn take_resolver(&mut self, resolver: Resolver) {
        self.resolver = Some(resolver);
        self.revision.update(|revision| *revision += 1);
    }

    /// The page's answer to a question. Before the resolver is loaded there is none.
    pub fn answer(&self, question: &Question) -> Answer {
        let Some(resolver) = &self.resolver else { return Answer::default() };
        let Self { index, coverage, held, settings, namespaces, .. } = self;
        let assumed = question.answer(Cluster { index, coverage, settings }, resolver);
        // The page assumes that no other namespace claims the addresses of a known object, and asks the server too (`server_answer`). But a
        // page that holds some namespaces cannot answer that an object does not exist.
        if namespaces.is_none() || assumed.is_claimed(question) {
            return assumed;
        }
        question.answer(Cluster { index, coverage: held, settings }, resolver)
    }

    /// Any running Pod, as the source of a question to the server.
    pub fn some_pod(&self) -> Option<ObjectKey> {
        self.index.pods().find(|pod| !pod.ended() && !pod.ips.is_empty()).map(|pod| pod.key())
    }

    /// The completions of a text in a field.
    pub fn choices(&self, field: Field, text: &str) -> Vec<Completion> {
        let Some(resolver) = self.resolver else { return Vec::new() };
        match field {
            Field::From => (resolver.sources)(&self.index, text, CHOICES),
            Field::To => (resolver.targets)(&self.index, text, CHOICES),
        }
    }

    /// The question with exact texts. A text that does not parse stays as typed.
    pub fn exact(&self, question: Question) -> Question {
        // Nobody types before it is loaded.
        let Some(resolver) = &self.resolver else { return question };
        let from = (resolver.source_in)(&self.index, &question.from);
        let source = from.as_ref().ok();
        let to = (resolver.target_in)(&self.index, &question.to, source).map(|target| target.to_string());
        // What does not parse goes into the address of the page too.
        let to = to.unwrap_or_else(|_| (resolver.without_credentials)(&question.to));
        let from = from.map_or(question.from, |source| source.to_string());
        Question { from, to, ..question }
    }

    /// The shortest selection of this socket. It has the object only if the address alone selects another object's socket.
    pub fn selection_of(&self, socket: Selection) -> Selection {
        let bare = Selection { object: None, ..socket.clone() };
        let means_it = find_socket(&self.index, &bare).is_some_and(|found| socket.selects(&found));
        if means_it { bare } else { socket }
    }

    /// Distance of a socket from the top of the picture, in px; `None` if it is not drawn.
    pub fn place_of(&self, socket: &Socket) -> Option<i32> {
        let key = self.group_of(socket)?;
        let slot = self.scene.slots().iter().find(|slot| slot.key == SlotKey::Group(key.clone()))?;
        let group = self.scene.group(&key)?;
        let card = group.cards.iter().find(|card| card.sockets().contains(&socket))?;
        Some(slot.y + card.area().y)
    }

    /// The group of a socket; `None` if it is not drawn.
    pub fn group_of(&self, socket: &Socket) -> Option<UnitKey> {
        self.scene.group_of(&self.index, socket).cloned()
    }

    /// The summary of the cluster.
    pub fn summary(&self, context: String, status: Status) -> ClusterSummary {
        ClusterSummary {
            context,
            services: self.index.count(Kind::Service),
            pods: self.index.pods().filter(|pod| !pod.ended()).count(),
            nodes: self.index.count(Kind::Node),
            closed: self.closed(),
            ranges: self.ranges.clone(),
            settings: AssumedSettings::from(&self.settings),
            namespaces: self.namespaces.clone().unwrap_or_default(),
            status,
        }
    }

    /// The first Nodes, those that are not Ready before the others.
    pub fn node_parts(&self, most: usize) -> Vec<NodePart> {
        node_parts(&self.index, most)
    }

    /// Lays the picture out for a box of this width, in px.
    pub fn fit_lanes(&mut self, width: i32) {
        let lanes = Lanes::of_box(width);
        let dirty = self.scene.set_lanes(cluster!(self), lanes);
        if self.lanes.get_untracked() != lanes {
            self.publish(dirty);
            self.lanes.set(lanes);
        }
    }

    /// The height of the whole picture.
    pub fn height(&self) -> i32 {
        self.scene.height()
    }

    /// The signal of a drawn group.
    pub fn group(&self, key: &UnitKey) -> Option<ArcRwSignal<Arc<Group>>> {
        self.groups.get(key).cloned()
    }

    /// The signal of a drawn part's distance from the top of the picture, in px.
    pub fn place(&self, key: &SlotKey) -> Option<ArcRwSignal<i32>> {
        self.places.get(key).cloned()
    }

    /// Sets the signals of the parts of the scene that changed.
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
