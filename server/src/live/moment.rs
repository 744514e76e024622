use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use app::source::View;
use bytes::Bytes;
use topology::coverage::Coverage;
use topology::history::{ChangeRecorder, History};
use topology::index::Index;
use topology::key::{Kind, ObjectKey, Scope};
use topology::log::{ScopeFilter, encode_frames};
use topology::resolve::Cluster;
use topology::row::Row;
use topology::settings::Settings;
use topology::wire::{Change, ObjectChange, ScopeState, Status};

use super::health::Health;
use super::overview::{Overview, Recount};
use crate::log::Log;
use crate::watch::Event;

/// Everything that is true of a context at one moment.
#[derive(Debug)]
pub(crate) struct Moment {
    index: Index,
    coverage: Coverage,
    settings: Settings,
    /// Whether the cluster was asked for kube-proxy's settings.
    settings_asked: bool,
    health: Health,
    status: Status,
    /// The namespaces that namespaced kinds are watched in; none is the whole cluster.
    narrowed: Vec<String>,
    /// The number of the last frame in the log.
    seq: u64,
    /// Whether anybody was ever told a position. Until then nobody can miss a frame, and none is made.
    handed_out: AtomicBool,
    /// What each namespace has, where the cluster is big.
    overview: Overview,
    /// The scopes that have rows.
    scopes: BTreeMap<Scope, ScopeCache>,
    history: History,
}

/// A scope's rows in JSON, encoded when first asked for and kept until the scope changes.
#[derive(Debug, Default)]
struct ScopeCache {
    rows: OnceLock<Bytes>,
    /// Whether it was asked for since the last [`Moment::forget_unread`].
    read: AtomicBool,
}

/// A scope of a snapshot.
#[derive(Clone, Debug)]
pub struct Scoped {
    /// What it is, and as of when.
    pub state: ScopeState,
    /// Its rows in JSON, separated by commas; empty if there are none.
    pub rows: Bytes,
}

/// What a snapshot has to read of a scope.
pub(super) enum Planned {
    /// The scope's rows.
    Rows(Scope),
    /// Nothing: the scope stands for the namespaces that the snapshot has no rows of.
    Rest(ScopeState),
}

impl Moment {
    pub(super) fn new(namespaces: &[String], settings: Settings) -> Self {
        let health = Health::new(namespaces);
        Self {
            index: Index::default(),
            coverage: health.coverage(),
            settings,
            settings_asked: false,
            status: health.status(),
            health,
            narrowed: namespaces.to_vec(),
            seq: 0,
            handed_out: AtomicBool::new(false),
            overview: Overview::default(),
            scopes: BTreeMap::new(),
            history: History::default(),
        }
    }

    /// The namespaces that namespaced kinds are watched in; none is the whole cluster.
    pub(super) fn narrowed(&self) -> &[String] {
        &self.narrowed
    }

    /// The recent changes of an object, newest first.
    pub(super) fn history(&self, kind: Kind, key: &ObjectKey) -> Vec<ObjectChange> {
        self.history.of(&self.index, kind, key)
    }

    pub(super) fn status(&self) -> &Status {
        &self.status
    }

    pub(super) fn view(&self) -> View<'_> {
        let Self { index, coverage, settings, status, seq, .. } = self;
        View { index, coverage, settings, status, seq: *seq }
    }

    /// The present position, which somebody will now rely on.
    pub(super) fn hand_out(&self) -> u64 {
        self.handed_out.store(true, Relaxed);
        self.seq
    }

    /// Takes what the watches saw, in its order; appends the changes to the log. True if the status changed.
    pub(super) fn take(&mut self, events: impl IntoIterator<Item = Event>, log: &Log, now_ms: i64) -> bool {
        let mut recorder = ChangeRecorder { changes: Vec::new(), history: &mut self.history, now_ms };
        let mut health_touched = false;
        for event in events {
            health_touched |= !matches!(event, Event::Apply(_) | Event::Delete(..) | Event::Begin(_));
            match event {
                Event::Apply(object) => self.index.apply_into(self.overview.kept(object), &mut recorder),
                Event::Delete(kind, key) => self.index.delete_into(kind, &key, &mut recorder),
                Event::Begin(scope) => self.index.begin(scope.kind, &scope.namespace),
                Event::Done(scope) => {
                    self.index.sweep_into(scope.kind, &scope.namespace, &mut recorder);
                    recorder.history.listed(&scope);
                    self.health.synced(&scope);
                }
                Event::Failed(scope, trouble) => {
                    self.health.failed(&scope, trouble, now_ms);
                    // The cluster no longer has this kind, hence nothing of it.
                    if self.health.is_absent(&scope) {
                        self.index.begin(scope.kind, &scope.namespace);
                        self.index.sweep_into(scope.kind, &scope.namespace, &mut recorder);
                    }
                }
                Event::Narrowed(kind, namespaces) => {
                    self.health.narrowed(kind, &namespaces);
                }
                Event::Gone(scope) => {
                    self.index.begin(scope.kind, &scope.namespace);
                    self.index.sweep_into(scope.kind, &scope.namespace, &mut recorder);
                    self.health.gone(&scope);
                }
                Event::Settings(settings) => {
                    self.settings = settings;
                    self.settings_asked = true;
                }
                Event::Connected => self.health.disconnected(None),
                Event::Disconnected(reason) => self.health.disconnected(Some(reason)),
            }
        }
        let changes = recorder.changes;
        self.append(changes, log);
        health_touched && self.refresh_status()
    }

    /// Whether an overview is kept.
    pub(super) fn is_big(&self) -> bool {
        self.overview.is_kept()
    }

    /// What has changed in the overview, to be put into it by [`Moment::put_overview`]. Reading takes long; writing does not.
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
            // What was encoded of it is no longer true.
            if self.rows(&scope).next().is_some() {
                self.scopes.insert(scope, ScopeCache::default());
            } else {
                self.scopes.remove(&scope);
            }
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

    /// What a snapshot has to read, for this filter.
    pub(super) fn plan(&self, filter: &ScopeFilter, log: &Log) -> Vec<Planned> {
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
                    plan.push(Planned::Rest(rest));
                    let with_rows = self.scopes.keys().filter(|scope| scope.kind == kind);
                    namespaces.extend(with_rows.map(|scope| scope.namespace.clone()));
                    namespaces.extend(self.health.namespaces(kind));
                }
            }
            plan.extend(namespaces.into_iter().map(|namespace| Planned::Rows(Scope { namespace, kind })));
        }
        plan
    }

    /// Reads what was planned.
    pub(super) fn scoped(&self, planned: Planned, log: &Log) -> Scoped {
        let scope = match planned {
            Planned::Rows(scope) => scope,
            Planned::Rest(state) => return Scoped { state, rows: Bytes::new() },
        };
        let rows = self.scopes.get(&scope).map_or_else(Bytes::new, |cache| {
            cache.read.store(true, Relaxed);
            cache.rows.get_or_init(|| self.encode(&scope)).clone()
        });
        let state = self.coverage.in_namespace(scope.kind, &scope.namespace);
        let namespace = scope.kind.namespaced().then_some(scope.namespace);
        Scoped { state: ScopeState { namespace, kind: scope.kind, state, cursor: log.cursor(self.seq) }, rows }
    }

    /// Drops the encoded rows that nobody asked for since the last call: they cost as much memory as the rows themselves.
    pub(super) fn forget_unread(&mut self) {
        for cache in self.scopes.values_mut() {
            if !std::mem::take(cache.read.get_mut()) {
                cache.rows.take();
            }
        }
    }

    fn rows(&self, scope: &Scope) -> impl Iterator<Item = &Row> {
        let kinds = std::iter::once(scope.kind).chain(scope.kind.parts());
        kinds.flat_map(|kind| self.index.rows(kind, &scope.namespace))
    }

    fn encode(&self, scope: &Scope) -> Bytes {
        let mut json = Vec::new();
        for row in self.rows(scope) {
            if !json.is_empty() {
                json.push(b',');
            }
            row.write_json(&mut json);
        }
        json.into()
    }
}

fn scope_of(change: &Change) -> Scope {
    let (kind, key) = change.target();
    Scope::of(kind, &key)
}
