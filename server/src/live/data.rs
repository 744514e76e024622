use std::collections::BTreeSet;
use std::sync::Arc;
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
use super::scopes::{EncodedScope, EncodedScopes};
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

/// A snapshot of one moment, whose rows are not all encoded yet.
pub(super) struct PlannedSnapshot {
    index: Index,
    scopes: Vec<PlannedScope>,
}

/// One scope of a snapshot. A scope without rows also stands for the namespaces that the snapshot has no rows of.
struct PlannedScope {
    state: ScopeState,
    rows: Option<(Scope, Arc<EncodedScope>)>,
}

impl PlannedSnapshot {
    /// Encodes the rows that nobody requested since they changed. `go_on` is asked before each scope.
    ///
    /// # Errors
    ///
    /// That of `go_on`.
    pub(super) fn encoded<E>(self, go_on: impl Fn() -> Result<(), E>) -> Result<Vec<ScopeSnapshot>, E> {
        let Self { index, scopes } = self;
        let encoded = |PlannedScope { state, rows }| {
            go_on()?;
            let rows = rows.map(|(scope, rows): (Scope, Arc<EncodedScope>)| rows.json(&scope, &index));
            Ok(ScopeSnapshot { state, rows: rows.unwrap_or_default() })
        };
        scopes.into_iter().map(encoded).collect()
    }
}

/// What is known of a context at one moment. It shares the rows with the context, which goes on meanwhile.
pub(super) struct ContextCopy {
    index: Index,
    coverage: Coverage,
    settings: Settings,
    status: Status,
    seq: u64,
}

impl ContextCopy {
    pub(super) fn view(&self) -> ContextView<'_> {
        let Self { index, coverage, settings, status, seq } = self;
        ContextView { index, coverage, settings, status, seq: *seq }
    }
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

    /// A copy of what is known now. This takes microseconds, whatever the size of the cluster.
    pub(super) fn copied(&self) -> ContextCopy {
        ContextCopy {
            index: self.index.clone(),
            coverage: self.coverage.clone(),
            settings: self.settings.clone(),
            status: self.status.clone(),
            seq: self.seq,
        }
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

    /// Counts what has changed in the overview, for [`ContextData::put_overview`]. Counting takes long. It needs no more than a read lock, and
    /// must not run on a thread that serves.
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

    /// A snapshot for this filter, to be encoded without a lock.
    pub(super) fn plan_snapshot(&self, filter: &ScopeFilter, log: &Log) -> PlannedSnapshot {
        let cursor = log.cursor(self.hand_out());
        let mut scopes = Vec::new();
        for kind in Kind::WATCHED {
            let mut namespaces = BTreeSet::new();
            match filter {
                _ if !kind.namespaced() => {
                    namespaces.insert(String::new());
                }
                ScopeFilter::Namespaces(wanted) => namespaces.extend(wanted.iter().cloned()),
                ScopeFilter::All => {
                    let state = ScopeState { namespace: None, kind, state: self.coverage.of(kind), cursor };
                    scopes.push(PlannedScope { state, rows: None });
                    namespaces.extend(self.scopes.namespaces(kind).map(str::to_owned));
                    namespaces.extend(self.health.namespaces(kind));
                }
            }
            scopes.extend(namespaces.into_iter().map(|namespace| {
                let state = self.coverage.in_namespace(kind, &namespace);
                let scope = Scope { namespace, kind };
                let rows = self.scopes.of(&scope).map(|rows| (scope.clone(), rows));
                let namespace = kind.namespaced().then_some(scope.namespace);
                PlannedScope { state: ScopeState { namespace, kind, state, cursor }, rows }
            }));
        }
        PlannedSnapshot { index: self.index.clone(), scopes }
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
