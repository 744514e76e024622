use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use app::source::ContextView;
use bytes::Bytes;
use topology::cluster::change::Change;
use topology::cluster::coverage::Coverage;
use topology::cluster::index::Index;
use topology::cluster::key::{ObjectKey, Scope};
use topology::cluster::kinds::Kind;
use topology::cluster::row::Row;
use topology::cluster::settings::Settings;
use topology::cluster::view::Cluster;
use topology::history::{ChangeRecorder, History};
use topology::wire::log::{ScopeFilter, encode_frames};
use topology::wire::{AccessProblem, ObjectChange, ScopeState, Status};

use super::health::Health;
use super::overview::{Overview, Recount};
use super::scopes::EncodedScopes;
use crate::log::Log;
use crate::proxy::NAMESPACE;
use crate::watch::Event;

/// Everything that is known of a context, consistent with itself and with the log.
#[derive(Debug)]
pub(crate) struct ContextData {
    index: Index,
    coverage: Coverage,
    /// kube-proxy's settings as flags and its ConfigMap give them.
    given: Settings,
    /// The same, with what Nodes and kube-proxy's Pods tell of the others.
    settings: Settings,
    /// Whether the cluster was asked for kube-proxy's settings.
    settings_asked: bool,
    health: Health,
    status: Status,
    /// The namespaces that namespaced kinds are watched in; none is the whole cluster.
    namespaces: Vec<String>,
    /// The number of the last frame in the log.
    seq: u64,
    /// Whether anybody was ever told a position. Until then nobody can miss a frame, and none is made.
    handed_out: AtomicBool,
    /// Figures of each namespace, where the cluster is big.
    overview: Overview,
    scopes: EncodedScopes,
    history: History,
}

/// One scope of a snapshot.
#[derive(Clone, Debug)]
pub struct ScopeSnapshot {
    /// The scope, and the position as of which the rows are true.
    pub state: ScopeState,
    /// Its rows in JSON, separated by commas; empty if there are none.
    pub rows: Bytes,
}

/// How one scope of a snapshot is made.
pub(super) enum PlannedScope {
    /// The scope's rows are read.
    Rows(Scope),
    /// Nothing is read: the scope stands for the namespaces that the snapshot has no rows of.
    Rest(ScopeState),
}

impl ContextData {
    pub(super) fn new(namespaces: &[String], settings: Settings) -> Self {
        let health = Health::new(namespaces);
        Self {
            index: Index::default(),
            coverage: health.coverage(),
            given: settings.clone(),
            settings,
            settings_asked: false,
            status: health.status(),
            health,
            namespaces: namespaces.to_vec(),
            seq: 0,
            handed_out: AtomicBool::new(false),
            overview: Overview::default(),
            scopes: EncodedScopes::default(),
            history: History::default(),
        }
    }

    /// The namespaces that namespaced kinds are watched in; none is the whole cluster.
    pub(super) fn namespaces(&self) -> &[String] {
        &self.namespaces
    }

    /// The recent changes of an object, newest first.
    pub(super) fn history(&self, kind: Kind, key: &ObjectKey) -> Vec<ObjectChange> {
        self.history.of(&self.index, kind, key)
    }

    pub(super) fn status(&self) -> &Status {
        &self.status
    }

    pub(super) fn view(&self) -> ContextView<'_> {
        let Self { index, coverage, settings, status, seq, .. } = self;
        ContextView { index, coverage, settings, status, seq: *seq }
    }

    /// The present position, on which somebody will rely from now on.
    pub(super) fn hand_out(&self) -> u64 {
        self.handed_out.store(true, Relaxed);
        self.seq
    }

    /// Takes events of the watches, in their order; appends the changes to the log. True if the status changed.
    pub(super) fn take(&mut self, events: impl IntoIterator<Item = Event>, log: &Log, now_ms: i64) -> bool {
        let mut recorder = ChangeRecorder { changes: Vec::new(), history: &mut self.history, now_ms };
        let mut health_touched = false;
        for event in events {
            health_touched |= !matches!(event, Event::Apply(_) | Event::Delete(..) | Event::ListBegins(_));
            match event {
                Event::Apply(object) => self.index.apply_into(self.overview.kept(object), &mut recorder),
                Event::Delete(kind, key) => self.index.delete_into(kind, &key, &mut recorder),
                Event::ListBegins(scope) => self.index.begin(scope.kind, &scope.namespace),
                Event::ListComplete(scope) => {
                    self.index.sweep_into(scope.kind, &scope.namespace, &mut recorder);
                    recorder.history.listed(&scope);
                    self.health.synced(&scope);
                }
                Event::Failed(scope, failure) => {
                    // Of a list that does not end nothing can be kept: it would never be swept.
                    let is_endless = matches!(failure.problem(), AccessProblem::ListEndless { .. });
                    self.health.failed(&scope, failure, now_ms);
                    // The cluster no longer has this kind, hence nothing of it.
                    if is_endless || self.health.is_absent(&scope) {
                        self.index.begin(scope.kind, &scope.namespace);
                        self.index.sweep_into(scope.kind, &scope.namespace, &mut recorder);
                    }
                }
                Event::NamespacesPermitted(kind, namespaces) => {
                    self.health.namespaces_permitted(kind, &namespaces);
                }
                Event::NamespaceGone(scope) => {
                    self.index.begin(scope.kind, &scope.namespace);
                    self.index.sweep_into(scope.kind, &scope.namespace, &mut recorder);
                    self.health.namespace_gone(&scope);
                }
                Event::Settings(settings) => {
                    self.given = settings;
                    self.settings_asked = true;
                }
                Event::Connected => self.health.disconnected(None),
                Event::Disconnected(problem) => self.health.disconnected(Some(problem)),
            }
        }
        let changes = recorder.changes;
        let told = health_touched || changes.iter().any(tells_settings);
        self.append(changes, log);
        if told {
            let settings = self.given.recognised(&self.index);
            health_touched |= settings != self.settings;
            self.settings = settings;
        }
        health_touched && self.refresh_status()
    }

    /// Whether an overview is kept.
    pub(super) fn is_big(&self) -> bool {
        self.overview.is_kept()
    }

    /// Counts what has changed in the overview, for [`ContextData::put_overview`]. Counting takes long, and needs no more than a read lock.
    pub(super) fn recount(&self) -> Recount {
        self.overview.recount(Cluster { index: &self.index, coverage: &self.coverage, settings: &self.settings })
    }

    /// Brings the overview up to date, and tells whoever follows the namespaces.
    pub(super) fn put_overview(&mut self, recount: Recount, log: &Log) {
        let mut changes = Vec::new();
        for object in self.overview.put(recount, &self.index) {
            changes.extend(self.index.apply(object));
        }
        self.append(changes, log);
    }

    fn append(&mut self, changes: Vec<Change>, log: &Log) {
        if changes.is_empty() {
            return;
        }
        self.overview.note(&changes, &self.index);
        let touched: BTreeSet<Scope> = changes.iter().map(scope_of).collect();
        for scope in touched {
            self.scopes.changed(scope, &self.index);
        }
        if *self.handed_out.get_mut() {
            let frames = encode_frames(changes, log.cursor(self.seq), jiff::Timestamp::now().as_millisecond());
            self.seq += frames.len() as u64;
            log.append(frames);
        } else {
            self.seq += 1;
            log.skip_to(self.seq);
        }
    }

    fn refresh_status(&mut self) -> bool {
        let settings = self.settings_asked.then(|| Box::new(self.settings.clone()));
        let status = Status { settings, ..self.health.status() };
        let changed = status != self.status;
        if changed {
            self.status = status;
            self.coverage = self.health.coverage();
        }
        changed
    }

    /// The scopes of a snapshot for this filter, to be read one by one with [`ContextData::read_scope`].
    pub(super) fn plan_snapshot(&self, filter: &ScopeFilter, log: &Log) -> Vec<PlannedScope> {
        let cursor = log.cursor(self.hand_out());
        let mut plan = Vec::new();
        for kind in Kind::WATCHED {
            let mut namespaces = BTreeSet::new();
            match filter {
                _ if !kind.namespaced() => {
                    namespaces.insert(String::new());
                }
                ScopeFilter::Namespaces(wanted) => namespaces.extend(wanted.iter().cloned()),
                ScopeFilter::All => {
                    let rest = ScopeState { namespace: None, kind, state: self.coverage.of(kind), cursor };
                    plan.push(PlannedScope::Rest(rest));
                    namespaces.extend(self.scopes.namespaces(kind).map(str::to_owned));
                    namespaces.extend(self.health.namespaces(kind));
                }
            }
            plan.extend(namespaces.into_iter().map(|namespace| PlannedScope::Rows(Scope { namespace, kind })));
        }
        plan
    }

    /// Reads a scope as it is now.
    pub(super) fn read_scope(&self, planned: PlannedScope, log: &Log) -> ScopeSnapshot {
        let scope = match planned {
            PlannedScope::Rows(scope) => scope,
            PlannedScope::Rest(state) => return ScopeSnapshot { state, rows: Bytes::new() },
        };
        let rows = self.scopes.json(&scope, &self.index);
        let state = self.coverage.in_namespace(scope.kind, &scope.namespace);
        let namespace = scope.kind.namespaced().then_some(scope.namespace);
        ScopeSnapshot { state: ScopeState { namespace, kind: scope.kind, state, cursor: log.cursor(self.seq) }, rows }
    }

    /// Drops the encoded rows that nobody asked for since the last call.
    pub(super) fn forget_unread(&mut self) {
        self.scopes.forget_unread();
    }
}

fn scope_of(change: &Change) -> Scope {
    let (kind, key) = change.target();
    Scope::of(kind, &key)
}

/// Whether kube-proxy's settings can be recognised by this row: a Node, or a Pod of kube-proxy. A Pod's arguments never change, so only one
/// that is gone is looked for by its namespace.
fn tells_settings(change: &Change) -> bool {
    match change {
        Change::Put(Row::Node(_)) | Change::Delete(Kind::Node, _) => true,
        Change::Put(Row::Pod(pod)) => !pod.proxy_arguments().is_empty(),
        Change::Delete(Kind::Pod, key) => key.namespace == NAMESPACE,
        Change::Put(_) | Change::Delete(..) => false,
    }
}
