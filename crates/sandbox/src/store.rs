//! The objects, their versions and their watch caches: what an API server and its etcd hold, under one lock.

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

use crate::object::{Key, Object};
use crate::resources::{self, Resource};
use crate::watch_cache::WatchCache;

pub(crate) use read::{Cursor, Page};
pub(crate) use write::Origin;

/// Limits of the watch caches, and the interval of bookmarks.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Maximum number of events per resource; a watch that falls further behind gets 410. Default 8192.
    pub watch_cache_events: usize,
    /// Maximum size, per resource, of the objects in these events before and after each change, in bytes of JSON. Default 32 MiB.
    pub watch_cache_bytes: usize,
    /// Time between two bookmarks of one watch. Default 60 s.
    pub bookmark_every: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self { watch_cache_events: 8192, watch_cache_bytes: 32 << 20, bookmark_every: Duration::from_secs(60) }
    }
}

/// A handle on the objects; all clones share them.
///
/// Every write takes the next `resourceVersion` of one counter for all resources. A write that changes nothing takes none.
#[derive(Clone, Debug)]
pub struct Store {
    state: Arc<RwLock<State>>,
}

#[derive(Debug)]
struct State {
    /// The version of the last write.
    version: u64,
    /// Versions before this one were dropped by [`Store::compact`].
    compacted: u64,
    /// Number of calls of [`Store::close_watches`].
    generation: u64,
    settings: Settings,
    /// One table per resource, by the resource's index.
    tables: Vec<Table>,
}

#[derive(Debug)]
struct Table {
    objects: BTreeMap<Key, Arc<Object>>,
    watch_cache: WatchCache,
    /// Wakes the watches of this resource.
    changed: watch::Sender<()>,
}

impl Store {
    pub(crate) fn new() -> Self {
        let table =
            |_| Table { objects: BTreeMap::new(), watch_cache: WatchCache::default(), changed: watch::Sender::new(()) };
        let tables = resources::ALL.iter().map(table).collect();
        let state = State { version: 1, compacted: 0, generation: 0, settings: Settings::default(), tables };
        Self { state: Arc::new(RwLock::new(state)) }
    }

    /// Changes the settings; running watches keep their bookmark interval.
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

    /// Drops all events, as etcd's compaction does: older watches and continue tokens get 410 Expired.
    ///
    /// A running watch that has read all events goes on; one with unread events gets the 410 in its stream.
    pub fn compact(&self) {
        let mut state = self.state.write();
        state.compacted = state.version;
        for table in &mut state.tables {
            table.watch_cache.clear();
        }
    }

    /// Ends every running watch, as a restart of an API server does. After [`Store::compact`] clients must list again.
    pub fn close_watches(&self) {
        let mut state = self.state.write();
        state.generation += 1;
        for table in &state.tables {
            table.changed.send_replace(());
        }
    }

    /// Signals each batch of changes to the resource, for readers in this process.
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
