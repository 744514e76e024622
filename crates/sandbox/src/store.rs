//! The objects, their versions and their history: what an API server and its etcd are, in one lock.

mod commit;
mod identity;
mod read;
mod write;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::RwLock;
use tokio::sync::watch;

use crate::history::History;
use crate::object::{Key, Object};
use crate::resources::{self, Resource};

pub(crate) use read::{Cursor, Page};
pub(crate) use write::Origin;

/// How long the store remembers and how often watches hear from it.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Events kept per resource; a watch that falls further behind gets 410. Default 8192.
    pub history: usize,
    /// Bytes of JSON that these events may keep per resource, before and after each of them. Default 32 MiB.
    pub history_bytes: usize,
    /// Time between two bookmarks of one watch. Default 60 s.
    pub bookmark_every: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self { history: 8192, history_bytes: 32 << 20, bookmark_every: Duration::from_secs(60) }
    }
}

/// A handle on the objects; clones share them.
///
/// Every write takes the next `resourceVersion` of one counter for all resources. A write that changes nothing is none.
#[derive(Clone, Debug)]
pub struct Store {
    state: Arc<RwLock<State>>,
}

#[derive(Debug)]
struct State {
    /// The version of the last write.
    version: u64,
    /// Versions before this one were forgotten by [`Store::compact`].
    compacted: u64,
    /// Counts the calls of [`Store::close_watches`].
    generation: u64,
    settings: Settings,
    /// By the resource's index.
    tables: Vec<Table>,
}

#[derive(Debug)]
struct Table {
    objects: BTreeMap<Key, Arc<Object>>,
    history: History,
    /// Wakes the watches of this resource.
    changed: watch::Sender<()>,
}

impl Store {
    pub(crate) fn new() -> Self {
        let table =
            |_| Table { objects: BTreeMap::new(), history: History::default(), changed: watch::Sender::new(()) };
        let tables = resources::ALL.iter().map(table).collect();
        let state = State { version: 1, compacted: 0, generation: 0, settings: Settings::default(), tables };
        Self { state: Arc::new(RwLock::new(state)) }
    }

    /// Changes the settings; watches that run keep their bookmark interval.
    pub fn configure(&self, settings: Settings) {
        self.state.write().settings = settings;
    }

    pub(crate) fn settings(&self) -> Settings {
        self.state.read().settings
    }

    /// The version of the last write.
    pub fn resource_version(&self) -> u64 {
        self.state.read().version
    }

    /// Forgets all history, as etcd does: older watches and continue tokens get 410 Expired.
    ///
    /// A watch that runs and has seen everything goes on; one with events still to read gets the 410 in its stream.
    pub fn compact(&self) {
        let mut state = self.state.write();
        state.compacted = state.version;
        for table in &mut state.tables {
            table.history.clear();
        }
    }

    /// Ends every watch that runs, as the restart of an API server does. With [`Store::compact`] clients must relist.
    pub fn close_watches(&self) {
        let mut state = self.state.write();
        state.generation += 1;
        for table in &state.tables {
            table.changed.send_replace(());
        }
    }

    /// Resolves once per batch of changes to the resource, for whoever follows it in process.
    pub fn changes(&self, resource: &Resource) -> watch::Receiver<()> {
        self.state.read().table(resource).changed.subscribe()
    }

    pub(crate) fn generation(&self) -> u64 {
        self.state.read().generation
    }
}

impl State {
    fn table(&self, resource: &Resource) -> &Table {
        &self.tables[resource.index]
    }

    fn table_mut(&mut self, resource: &Resource) -> &mut Table {
        &mut self.tables[resource.index]
    }
}
