//! The known contexts, and the connected ones among them.
//!
//! A context connects when it is first opened, and disconnects some time after its last user has gone; when it is opened again, it is a
//! new context with a new log. A user of a context holds a [`ContextLease`]. Leases are made and contexts are closed under the same lock, so
//! that no lease is given for a context that is being closed.

mod names;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, Weak};
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::watch;
use tokio::time::Instant;
use topology::wire::{ContextState, ContextSummary};
use words::{Language, Words};

use crate::live::{LONGEST_RESTART_DELAY, Live, Options, RESTART_DELAY};
use crate::metrics::Metrics;
pub use names::Clusters;
use names::Names;
pub(crate) use names::chosen;

/// The error of a context name that does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownContext {
    /// The requested name.
    pub name: String,
    /// The names of all contexts.
    pub known: Vec<String>,
}

impl UnknownContext {
    /// The error as a sentence, with the names of the contexts.
    pub fn text(&self, words: &Words) -> String {
        words.http_no_context(&self.name, words.list(&self.known))
    }
}

/// In English.
impl fmt::Display for UnknownContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Language::English.words()))
    }
}

impl std::error::Error for UnknownContext {}

/// All contexts.
#[derive(Debug)]
pub struct Contexts {
    options: Options,
    state: Mutex<State>,
    /// A reference to this value, for the tasks that close contexts.
    me: Weak<Self>,
}

#[derive(Debug)]
struct State {
    names: Names,
    live: BTreeMap<String, Opened>,
    /// The contexts whose own work failed.
    failures: BTreeMap<String, Failure>,
}

/// When the work on a context failed, and the pause before it is done again.
#[derive(Debug)]
struct Failure {
    at: Instant,
    delay: Duration,
}

#[derive(Debug)]
struct Opened {
    live: Arc<Live>,
    users: watch::Sender<usize>,
}

/// The use of a connected context: the context stays connected at least as long as its lease exists.
#[derive(Debug)]
pub struct ContextLease {
    live: Arc<Live>,
    users: watch::Sender<usize>,
}

impl ContextLease {
    fn new(opened: &Opened) -> Self {
        opened.users.send_modify(|users| *users += 1);
        Self { live: opened.live.clone(), users: opened.users.clone() }
    }

    /// The context, for reading.
    pub fn live(&self) -> &Arc<Live> {
        &self.live
    }
}

impl Deref for ContextLease {
    type Target = Live;

    fn deref(&self) -> &Live {
        &self.live
    }
}

impl Drop for ContextLease {
    fn drop(&mut self) {
        self.users.send_modify(|users| *users -= 1);
    }
}

impl Contexts {
    /// The contexts of these clusters, none of them connected.
    pub fn new(clusters: Clusters, options: Options) -> Arc<Self> {
        let state = State { names: Names::new(clusters), live: BTreeMap::new(), failures: BTreeMap::new() };
        Arc::new_cyclic(|me| Self { options, state: Mutex::new(state), me: me.clone() })
    }

    /// Opens a context, and connects it unless it is connected; without a name the current one. Must be called within a tokio runtime.
    ///
    /// # Errors
    ///
    /// No context has this name.
    pub fn open(&self, name: Option<&str>) -> Result<ContextLease, UnknownContext> {
        let mut state = self.state.lock();
        state.refresh();
        let name = state.names.resolve(name)?;
        state.remove_failed(&name);
        if let Some(opened) = state.live.get(&name) {
            return Ok(ContextLease::new(opened));
        }
        let target = state.names.target(&name);
        tracing::info!(k8s.context = name, "connecting to the cluster");
        let after = state.failures.get(&name).map(|failure| failure.delay);
        let live = Live::open(&name, target, &self.options, after);
        let opened = Opened { live, users: watch::Sender::new(0) };
        let lease = ContextLease::new(&opened);
        tokio::spawn(close_when_unused(
            self.me.clone(),
            opened.live.clone(),
            opened.users.subscribe(),
            self.options.linger,
        ));
        state.live.insert(name, opened);
        Ok(lease)
    }

    /// The name of the context that is used when a request names none.
    pub fn current(&self) -> String {
        let mut state = self.state.lock();
        state.refresh();
        state.names.current().to_owned()
    }

    /// Every context with its state.
    pub fn summaries(&self) -> Vec<ContextSummary> {
        let mut state = self.state.lock();
        state.refresh();
        let State { names, live, .. } = &*state;
        let summary = |name: &String| ContextSummary {
            name: name.clone(),
            current: *name == names.current(),
            state: live.get(name).map_or(ContextState::Idle, |opened| opened.live.state()),
        };
        names.all().iter().map(summary).collect()
    }

    /// Number of users of all connected contexts: streams, and requests in progress.
    pub fn users(&self) -> usize {
        self.state.lock().live.values().map(|opened| *opened.users.borrow()).sum()
    }

    /// The connected contexts.
    pub(crate) fn live(&self) -> Vec<Arc<Live>> {
        self.state.lock().live.values().map(|opened| opened.live.clone()).collect()
    }

    /// The counters of all contexts.
    pub(crate) fn metrics(&self) -> &Metrics {
        &self.options.metrics
    }

    /// Disconnects every context.
    pub fn close(&self) {
        for (_, opened) in std::mem::take(&mut self.state.lock().live) {
            opened.live.close();
        }
    }

    /// Disconnects this context unless it is in use. Returns whether it is disconnected.
    fn close_unused(&self, live: &Arc<Live>) -> bool {
        let mut state = self.state.lock();
        let used = |opened: &Opened| *opened.users.borrow() > 0;
        let Some(name) =
            state.live.iter().find(|(_, opened)| Arc::ptr_eq(&opened.live, live)).map(|(name, _)| name.clone())
        else {
            return true;
        };
        if state.live.get(&name).is_some_and(used) {
            return false;
        }
        state.live.remove(&name);
        live.close();
        true
    }
}

impl Drop for Contexts {
    fn drop(&mut self) {
        self.close();
    }
}

impl State {
    /// Forgets a context whose own work failed, so that a new one takes its place. One that has worked for a while may fail once without a long
    /// pause.
    fn remove_failed(&mut self, name: &str) {
        if !self.live.get(name).is_some_and(|opened| opened.live.has_failed()) {
            return;
        }
        self.live.remove(name);
        let before = self.failures.remove(name).filter(|failure| failure.at.elapsed() < 2 * LONGEST_RESTART_DELAY);
        let delay = before.map_or(RESTART_DELAY, |failure| (failure.delay * 2).min(LONGEST_RESTART_DELAY));
        self.failures.insert(name.to_owned(), Failure { at: Instant::now(), delay });
    }

    /// Reads the names again. A context that was opened while its kubeconfig could not be read gets its real name here.
    fn refresh(&mut self) {
        let before = self.names.current();
        self.names.refresh();
        let after = self.names.current();
        if before != after
            && let Some(opened) = self.live.remove(&before)
        {
            self.live.entry(after).or_insert(opened);
        }
    }
}

async fn close_when_unused(
    contexts: Weak<Contexts>,
    live: Arc<Live>,
    mut users: watch::Receiver<usize>,
    linger: Duration,
) {
    loop {
        tokio::select! {
            () = live.closed().cancelled() => return,
            unused = users.wait_for(|users| *users == 0) => if unused.is_err() { return },
        }
        tokio::select! {
            () = live.closed().cancelled() => return,
            changed = users.changed() => if changed.is_ok() { continue } else { return },
            () = tokio::time::sleep(linger) => {}
        }
        if contexts.upgrade().is_none_or(|contexts| contexts.close_unused(&live)) {
            return;
        }
    }
}
