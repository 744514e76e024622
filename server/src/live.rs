//! A live context: its rows, its log, its state, and the tasks that keep them true.
//!
//! One task, the owner, changes the index; everybody else reads it under a lock. The owner takes the index, the log and the
//! state from one consistent moment to the next under that lock, so that a snapshot's rows and its cursor always fit.

mod data;
mod health;
mod overview;
mod owner;
mod scopes;

use std::sync::Arc;
use std::time::Duration;

use app::source::{Source, View};
use bytes::Bytes;
use parking_lot::RwLock;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use topology::key::ObjectKey;
use topology::kinds::Kind;
use topology::log::ScopeFilter;
use topology::wire::{self, AccessProblem, ContextState, Cursor, ObjectChange, Status};

use crate::connect::{Connection, Target};
use crate::contexts::Options;
use crate::log::Log;
use crate::metrics::Metrics;
use data::ContextData;
pub use data::ScopeSnapshot;

/// A context's state as it is sent: once encoded, shared by every client.
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
    /// The client that the watches use; `None` until there is one.
    connection: watch::Sender<Option<Connection>>,
    metrics: Metrics,
}

impl Live {
    /// Connects, lists and watches, until [`Live::close`]. With namespaces, namespaced kinds are watched in these only. The flags go
    /// before what the cluster says of kube-proxy's settings.
    ///
    /// Must be called within a tokio runtime.
    pub fn open(name: &str, target: Target, options: &Options) -> Arc<Self> {
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
        });
        tokio::spawn(owner::run(name.to_owned(), target, namespaces, flags, live.clone()));
        live
    }

    /// Ends the tasks, and with them the connections to the cluster. The streams of this context end too.
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

    /// Waits until everything that may be listed has been listed once and kube-proxy's settings were asked for, but no longer than this.
    pub async fn settled(&self, at_most: Duration) {
        let mut status = self.status.subscribe();
        // Whether it settled is in the state, which is sent either way.
        let _ = tokio::time::timeout(at_most, status.wait_for(|event| settled(&event.status))).await;
    }

    /// Waits as long as it takes, until everything is known or the connection fails.
    ///
    /// # Errors
    ///
    /// What is wrong with the connection.
    pub async fn settled_or_failed(&self) -> Result<(), AccessProblem> {
        let mut status = self.status.subscribe();
        let decided = status.wait_for(|event| settled(&event.status) || event.status.error.is_some()).await;
        let event = decided.map_err(|_| AccessProblem::Closed)?;
        event.status.problem.clone().map_or(Ok(()), Err)
    }

    /// Reads everything as it is at this moment; the owner waits meanwhile.
    pub fn with_view<T>(&self, read: impl FnOnce(View<'_>) -> T) -> T {
        read(self.data.read().view())
    }

    /// Whether the cluster is too big for a page to hold all of it: an overview is kept then.
    pub fn is_big(&self) -> bool {
        self.data.read().is_big()
    }

    /// The client of this context, which can only read; `None` if there is none within this time.
    pub async fn connection(&self, at_most: Duration) -> Option<Connection> {
        let mut connection = self.connection.subscribe();
        let connected = tokio::time::timeout(at_most, connection.wait_for(Option::is_some)).await;
        connected.ok()?.ok()?.clone()
    }

    /// Whether objects of this namespace, or of the cluster if it is empty, are shown.
    ///
    /// # Errors
    ///
    /// kubehop was started for other namespaces; in words for a reader.
    pub fn permits(&self, namespace: &str) -> Result<(), Vec<String>> {
        let data = self.data.read();
        let shown = data.namespaces();
        if namespace.is_empty() || shown.is_empty() || shown.iter().any(|own| own == namespace) {
            return Ok(());
        }
        Err(shown.to_vec())
    }

    /// The recent changes of an object, newest first; of a Service also those of what is behind it.
    pub fn history(&self, kind: Kind, key: &ObjectKey) -> Vec<ObjectChange> {
        self.data.read().history(kind, key)
    }

    /// Where a stream opens that wants to hear only of what happens from now on.
    pub fn now(&self) -> Cursor {
        self.log.cursor(self.data.read().hand_out())
    }

    /// The rows of the scopes that a filter covers, each with the cursor as of which they are true.
    ///
    /// Each scope is read under a lock of its own, so that a big snapshot never holds the owner up for long.
    pub fn snapshot(&self, filter: &ScopeFilter) -> Vec<ScopeSnapshot> {
        let plan = self.data.read().plan_snapshot(filter, &self.log);
        plan.into_iter().map(|scope| self.data.read().read_scope(scope, &self.log)).collect()
    }
}

fn settled(status: &Status) -> bool {
    !matches!(status.state, ContextState::Idle | ContextState::Connecting) && status.settings.is_some()
}

impl Source for Live {
    fn read(&self, visit: &mut dyn FnMut(View<'_>)) {
        visit(self.data.read().view());
    }
}
