use std::collections::BTreeMap;

use topology::cluster::coverage::{Coverage, Known};
use topology::cluster::key::Scope;
use topology::cluster::kinds::Kind;
use topology::wire::{AccessProblem, ContextState, KindStatus, Status};

use crate::connect::{WatchFailure, english};
use crate::watch;

/// The state of each watch of a context.
#[derive(Clone, Debug)]
pub(super) struct Health {
    watches: BTreeMap<Scope, Watch>,
    /// Why there is no client.
    disconnected: Option<AccessProblem>,
    /// Whether every kind that may be listed has been listed once.
    settled: bool,
}

#[derive(Clone, Debug, Default)]
struct Watch {
    known: Known,
    /// When it became stale, in milliseconds since the Unix epoch.
    since: Option<i64>,
    failure: Option<WatchFailure>,
}

impl Health {
    pub(super) fn new(namespaces: &[String]) -> Self {
        let watch = Watch { known: Known::Loading, ..Watch::default() };
        let watches = watch::scopes(namespaces).into_iter().map(|scope| (scope, watch.clone())).collect();
        Self { watches, disconnected: None, settled: false }
    }

    pub(super) fn disconnected(&mut self, problem: Option<AccessProblem>) {
        self.disconnected = problem;
    }

    /// The kind is watched in these namespaces, because it may not be watched in the whole cluster. The refusal of the whole cluster
    /// stays in the status.
    pub(super) fn namespaces_permitted(&mut self, kind: Kind, namespaces: &[String]) {
        for namespace in namespaces {
            let watch = Watch { known: Known::Loading, ..Watch::default() };
            self.watches.entry(Scope { namespace: namespace.clone(), kind }).or_insert(watch);
        }
    }

    /// The namespaces in which a kind is watched one by one.
    pub(super) fn namespaces(&self, kind: Kind) -> impl Iterator<Item = String> {
        let own = self.watches.keys().filter(move |scope| scope.kind == kind && !scope.namespace.is_empty());
        own.map(|scope| scope.namespace.clone())
    }

    /// Nothing is watched in this scope any more.
    pub(super) fn namespace_gone(&mut self, scope: &Scope) {
        self.watches.remove(scope);
    }

    pub(super) fn synced(&mut self, scope: &Scope) {
        // The kind may now be watched in the whole cluster.
        if scope.namespace.is_empty() {
            self.watches.retain(|other, _| other.kind != scope.kind || other.namespace.is_empty());
        }
        self.set(scope, Watch { known: Known::Synced, since: None, failure: None });
    }

    /// The watch is down. A kind that was listed before becomes stale, whatever the failure: its rows may be outdated. A kind that was never
    /// listed is forbidden, absent or still loading.
    pub(super) fn failed(&mut self, scope: &Scope, failure: WatchFailure, now_ms: i64) {
        let Some(before) = self.watches.get(scope) else { return };
        // A new list follows at once; until it is complete the rows stay current.
        if matches!(failure, WatchFailure::Expired(_)) {
            return;
        }
        let known = match (before.known, &failure) {
            // Its rows are gone.
            (_, WatchFailure::Malformed(AccessProblem::ListEndless { .. })) => Known::Loading,
            (_, WatchFailure::Absent(_)) if scope.kind.api().optional => Known::Absent,
            (Known::Synced | Known::Stale, _) => Known::Stale,
            (_, WatchFailure::Forbidden(_) | WatchFailure::Unauthorized(_)) => Known::Forbidden,
            (known, _) => known,
        };
        let since = (known == Known::Stale).then(|| before.since.unwrap_or(now_ms));
        let failure = (known != Known::Absent).then_some(failure);
        self.set(scope, Watch { known, since, failure });
    }

    /// Whether the cluster does not have this kind.
    pub(super) fn is_absent(&self, scope: &Scope) -> bool {
        self.watches.get(scope).is_some_and(|watch| watch.known == Known::Absent)
    }

    fn set(&mut self, scope: &Scope, watch: Watch) {
        if let Some(known) = self.watches.get_mut(scope) {
            *known = watch;
        }
        self.settled |= self.watches.values().all(|watch| watch.known != Known::Loading) && !self.nothing_works();
    }

    /// Whether nothing was ever listed, because of the connection.
    fn nothing_works(&self) -> bool {
        let listed = |watch: &Watch| matches!(watch.known, Known::Synced | Known::Stale);
        !self.watches.values().any(listed) && self.problem().is_some()
    }

    fn problem(&self) -> Option<AccessProblem> {
        let failures = || self.watches.values().filter_map(|watch| watch.failure.as_ref());
        let connection =
            || failures().find(|failure| failure.with_connection()).map(|failure| failure.problem().clone());
        // Before everything is listed, whatever keeps a kind from being listed keeps the context from being connected. What passes by itself
        // does not count.
        let unlisted = || {
            let loading = self.watches.values().filter(|watch| !self.settled && watch.known == Known::Loading);
            let lasting =
                |failure: &&WatchFailure| !matches!(failure, WatchFailure::Busy(..) | WatchFailure::Expired(_));
            let failures = loading.filter_map(|watch| watch.failure.as_ref()).find(lasting);
            failures.map(|failure| failure.problem().clone())
        };
        self.disconnected.clone().or_else(connection).or_else(unlisted)
    }

    pub(super) fn coverage(&self) -> Coverage {
        let mut coverage = Coverage::default();
        for (scope, watch) in &self.watches {
            coverage.set(scope.kind, &scope.namespace, watch.known);
        }
        coverage
    }

    pub(super) fn status(&self) -> Status {
        let problem = self.problem();
        let since = self.watches.values().filter_map(|watch| watch.since).min();
        let state = match () {
            () if !self.settled => ContextState::Connecting,
            () if since.is_some() || problem.is_some() => ContextState::Stale,
            () => ContextState::Live,
        };
        let kind = |(scope, watch): (&Scope, &Watch)| KindStatus {
            kind: scope.kind,
            namespace: (!scope.namespace.is_empty()).then(|| scope.namespace.clone()),
            state: watch.known,
            since: watch.since,
            error: watch.failure.as_ref().map(|failure| english(failure.problem())),
            problem: watch.failure.as_ref().map(|failure| failure.problem().clone()),
        };
        // In the order in which the kinds are listed, not by name.
        let in_order =
            Kind::WATCHED.iter().flat_map(|wanted| self.watches.iter().filter(move |(scope, _)| scope.kind == *wanted));
        let error = problem.as_ref().map(english);
        Status { state, since, kinds: in_order.map(kind).collect(), error, problem, settings: None }
    }
}
