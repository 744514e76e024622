//! The watch cache of one resource: a ring of its last events. Watches replay it, and pages of one list use it to read an older version.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use crate::object::{Key, Object};

/// One write to one object.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) resource_version: u64,
    pub(crate) deleted: bool,
    /// The object after the write; of a deletion its last content, at the version of the deletion.
    pub(crate) object: Arc<Object>,
    /// The object before the write; `None` if it was created.
    pub(crate) previous: Option<Arc<Object>>,
}

impl Event {
    /// Upper bound of the event's memory, in bytes; an object that two events share counts twice.
    fn bytes(&self) -> usize {
        let previous = self.previous.as_ref().map_or(0, |previous| previous.json().len());
        self.object.json().len() + previous
    }
}

/// The limits of a watch cache.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Capacity {
    pub(crate) events: usize,
    /// Total size of the objects in the events, in bytes of JSON.
    pub(crate) bytes: usize,
}

/// The last events of one resource, oldest first.
#[derive(Debug, Default)]
pub(crate) struct WatchCache {
    events: VecDeque<Event>,
    /// Total size of all events, in bytes.
    bytes: usize,
    /// The version of the newest dropped event: a reader at an older version cannot be served.
    dropped: u64,
}

impl WatchCache {
    /// Appends an event, and drops the oldest ones above the limits. The limit in bytes never drops the newest event.
    pub(crate) fn push(&mut self, event: Event, capacity: Capacity) {
        self.bytes += event.bytes();
        self.events.push_back(event);
        while self.events.len() > capacity.events || self.events.len() > 1 && self.bytes > capacity.bytes {
            self.drop_oldest();
        }
    }

    pub(crate) fn clear(&mut self) {
        while !self.events.is_empty() {
            self.drop_oldest();
        }
    }

    fn drop_oldest(&mut self) {
        if let Some(event) = self.events.pop_front() {
            self.bytes -= event.bytes();
            self.dropped = event.resource_version;
        }
    }

    /// Whether the cache holds every event after a version.
    pub(crate) fn reaches(&self, version: u64) -> bool {
        version >= self.dropped
    }

    /// The events after a version; `None` if some of them were dropped.
    pub(crate) fn after(&self, version: u64) -> Option<impl Iterator<Item = &Event>> {
        let start = self.events.partition_point(|event| event.resource_version <= version);
        self.reaches(version).then(|| self.events.range(start..))
    }

    /// The differences between a version and now: each object written since, as it was at that version (`None`: it did not exist).
    pub(crate) fn undo(&self, version: u64) -> Option<BTreeMap<Key, Option<Arc<Object>>>> {
        let mut then = BTreeMap::new();
        for event in self.after(version)? {
            then.entry(event.object.key.clone()).or_insert_with(|| event.previous.clone());
        }
        Some(then)
    }
}
