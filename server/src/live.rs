//! A connected context: its rows, its log, its state, and the tasks that keep them up to date.
//!
//! One task, the owner, changes the index. It moves index, log and state from one consistent state to the next under a lock, so that the
//! rows and the cursor of a snapshot always match. Readers take a copy of the index under that lock, which shares its rows, and read it
//! without the lock: nobody waits for a reader. (The history of an object is short, and read under it.)

mod data;
mod health;
mod options;
mod overview;
mod owner;
mod scopes;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use app::source::{ContextView, Source};
use bytes::Bytes;
use parking_lot::RwLock;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use topology::cluster::key::ObjectKey;
use topology::cluster::kinds::Kind;
use topology::wire::log::ScopeFilter;
use topology::wire::{self, AccessProblem, ContextState, Cursor, ObjectChange, Status};

use crate::connect::{Connection, Target, english};
use crate::log::Log;
use crate::metrics::Metrics;
use data::ContextData;
pub use data::ScopeSnapshot;
pub use options::Options;

/// Pause before a context that failed begins anew. It doubles each time, up to the longest.
pub(crate) const RESTART_DELAY: Duration = Duration::from_secs(1);
pub(crate) const LONGEST_RESTART_DELAY: Duration = Duration::from_secs(60);

/// A context's state as it is sent: encoded once, shared by every client.
#[derive(Clone, Debug, Default)]
pub struct StatusEvent {
    /// The state.
    pub status: Arc<Status>,
    /// The complete `status` event.
    pub bytes: Bytes,
}

impl StatusEvent {
    fn new(status: Status) -> Self {
        let json = wire::encode(&status);
        Self { status: Arc::new(status), bytes: format!("event: status\ndata: {json}\n\n").into() }
    }
}

/// One connected context.
#[derive(Debug)]
pub struct Live {
    log: Log,
    data: RwLock<ContextData>,
    status: watch::Sender<StatusEvent>,
    closed: CancellationToken,
    /// The client of the watches; `None` until there is one.
    connection: watch::Sender<Option<Connection>>,
    metrics: Metrics,
    /// Whether the owner's work failed.
    failed: AtomicBool,
}

impl Live {
    /// Connects, lists and watches, until [`Live::close`]. With namespaces, namespaced kinds are watched in these only. Flags override
    /// the cluster's kube-proxy settings.
    ///
    /// Must be called within a tokio runtime.
    ///
    /// `after` is a pause before it connects: the context failed before, and the status says so meanwhile.
    pub fn open(name: &str, target: Target, options: &Options, after: Option<Duration>) -> Arc<Self> {
        let Options { namespaces, proxy: flags, limits, metrics, .. } = options.clone();
        let log = Log::new(limits, metrics.clone());
        let data = ContextData::new(&namespaces, flags.settings(None).0);
        let status = watch::Sender::new(StatusEvent::new(data.status().clone()));
        let live = Arc::new(Self {
            log,
            data: RwLock::new(data),
            status,
            closed: CancellationToken::new(),
            connection: watch::Sender::new(None),
            metrics,
            failed: AtomicBool::new(false),
        });
        let work = owner::run(name.to_owned(), target, namespaces, flags, live.clone(), after);
        tokio::spawn(live.clone().watch_over(work));
        live
    }

    /// Does the owner's work. If it panics, the status says so and the context is closed: its rows may be half changed, and nobody brings them
    /// up to date any more. Whoever opens it again gets a new one.
    pub(crate) async fn watch_over(self: Arc<Self>, work: impl Future<Output = ()> + Send + 'static) {
        if tokio::spawn(work).await.is_err() && !self.closed.is_cancelled() {
            tracing::error!("the work on a context failed: it begins anew");
            self.failed.store(true, Ordering::SeqCst);
            let problem = AccessProblem::ContextFailed { seconds: RESTART_DELAY.as_secs() };
            self.status.send_modify(|event| {
                let error = Some(english(&problem));
                let status =
                    Status { state: ContextState::Stale, error, problem: Some(problem), ..(*event.status).clone() };
                *event = StatusEvent::new(status);
            });
            self.close();
        }
    }

    /// Whether the owner's work failed.
    pub(crate) fn has_failed(&self) -> bool {
        self.failed.load(Ordering::SeqCst)
    }

    /// Ends the tasks, and thereby the connections to the cluster. The streams of this context end too.
    pub fn close(&self) {
        self.closed.cancel();
    }

    /// Cancelled when the context is closed.
    pub fn closed(&self) -> &CancellationToken {
        &self.closed
    }

    /// The log of changes.
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// The present state.
    pub fn state(&self) -> ContextState {
        self.status.borrow().status.state
    }

    /// Follows the state.
    pub fn follow_status(&self) -> watch::Receiver<StatusEvent> {
        self.status.subscribe()
    }

    /// Waits until every kind that may be listed has been listed once and kube-proxy's settings were requested, but no longer than
    /// `at_most`.
    pub async fn settled(&self, at_most: Duration) {
        let mut status = self.status.subscribe();
        // A timeout is fine: the state, which is sent in any case, shows whether everything is listed.
        let _ = tokio::time::timeout(at_most, status.wait_for(|event| settled(&event.status))).await;
    }

    /// Waits, without a limit, until everything is listed or the connection fails.
    ///
    /// # Errors
    ///
    /// The problem of the connection.
    pub async fn settled_or_failed(&self) -> Result<(), AccessProblem> {
        let mut status = self.status.subscribe();
        let decided = status.wait_for(|event| settled(&event.status) || event.status.error.is_some()).await;
        let event = decided.map_err(|_| AccessProblem::Closed)?;
        event.status.problem.clone().map_or(Ok(()), Err)
    }

    /// Reads all data of one moment; the context goes on meanwhile.
    pub fn with_view<T>(&self, read: impl FnOnce(ContextView<'_>) -> T) -> T {
        let copy = self.data.read().copied();
        read(copy.view())
    }

    /// Whether the cluster is too big for a page to hold all of it; an overview is kept then.
    pub fn is_big(&self) -> bool {
        self.data.read().is_big()
    }

    /// The client of this context, which can only read; `None` if there is none within this time.
    pub async fn connection(&self, at_most: Duration) -> Option<Connection> {
        let mut connection = self.connection.subscribe();
        let connected = tokio::time::timeout(at_most, connection.wait_for(Option::is_some)).await;
        connected.ok()?.ok()?.clone()
    }

    /// Whether objects of this namespace, or cluster-scoped ones if it is empty, are shown.
    ///
    /// # Errors
    ///
    /// kubehop was started for these other namespaces.
    pub fn permits(&self, namespace: &str) -> Result<(), Vec<String>> {
        let data = self.data.read();
        let shown = data.namespaces();
        if namespace.is_empty() || shown.is_empty() || shown.iter().any(|own| own == namespace) {
            return Ok(());
        }
        Err(shown.to_vec())
    }

    /// The recent changes of an object, newest first; for a Service also those of its slices and Pods.
    pub fn history(&self, kind: Kind, key: &ObjectKey) -> Vec<ObjectChange> {
        self.data.read().history(kind, key)
    }

    /// The position of a stream that begins now.
    pub fn now(&self) -> Cursor {
        self.log.cursor(self.data.read().hand_out())
    }

    /// The rows of the scopes that a filter covers, each with the cursor up to which they are current. `go_on` is asked before each scope.
    ///
    /// # Errors
    ///
    /// That of `go_on`.
    pub fn snapshot<E>(
        &self,
        filter: &ScopeFilter,
        go_on: impl Fn() -> Result<(), E>,
    ) -> Result<Vec<ScopeSnapshot>, E> {
        let plan = self.data.read().plan_snapshot(filter, &self.log);
        plan.encoded(go_on)
    }
}

fn settled(status: &Status) -> bool {
    !matches!(status.state, ContextState::Idle | ContextState::Connecting) && status.settings.is_some()
}

impl Source for Live {
    fn read(&self, visit: &mut dyn FnMut(ContextView<'_>)) {
        self.with_view(visit);
    }
}
