//! What changed lately, per resource: a bounded ring that watches replay and consistent pages look back through.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use crate::object::{Key, Object};

/// One write to one object.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) resource_version: u64,
    pub(crate) deleted: bool,
    /// The object after the write; if deleted, its last content at the version of the deletion.
    pub(crate) object: Arc<Object>,
    /// The object before the write; none if it was created.
    pub(crate) previous: Option<Arc<Object>>,
}

impl Event {
    /// What it keeps in memory, at most: what it shares with the event before counts twice.
    fn bytes(&self) -> usize {
        let previous = self.previous.as_ref().map_or(0, |previous| previous.json().len());
        self.object.json().len() + previous
    }
}

/// How much a history holds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Capacity {
    pub(crate) events: usize,
    /// The objects in them, as JSON.
    pub(crate) bytes: usize,
}

/// The last events of one resource, oldest first.
#[derive(Debug, Default)]
pub(crate) struct History {
    events: VecDeque<Event>,
    /// The sum over the events.
    bytes: usize,
    /// The version of the newest event that was dropped: nobody who stands before it can be served.
    dropped: u64,
}

impl History {
    /// Appends an event, and drops the oldest beyond the capacity. The bytes never cost the newest event.
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

    /// Whether every event after a version is still here.
    pub(crate) fn reaches(&self, version: u64) -> bool {
        version >= self.dropped
    }

    /// The events after a version, or none if some of them are gone.
    pub(crate) fn after(&self, version: u64) -> Option<impl Iterator<Item = &Event>> {
        let start = self.events.partition_point(|event| event.resource_version <= version);
        self.reaches(version).then(|| self.events.range(start..))
    }

    /// What differed at a version from now: each object written since, as it was then (none: it did not exist).
    pub(crate) fn undo(&self, version: u64) -> Option<BTreeMap<Key, Option<Arc<Object>>>> {
        let mut then = BTreeMap::new();
        for event in self.after(version)? {
            then.entry(event.object.key.clone()).or_insert_with(|| event.previous.clone());
        }
        Some(then)
    }
}
