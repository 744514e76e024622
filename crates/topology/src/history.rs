//! Recent changes of objects: a bounded ring for each context, filled with the changes of the index.

mod differences;
#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, VecDeque};

use crate::cluster::change::Change;
use crate::cluster::index::{Changes, Index};
use crate::cluster::key::{EndpointKey, ObjectKey, Scope};
use crate::cluster::kinds::Kind;
use crate::cluster::row::Row;
use crate::wire::{ObjectChange, ObjectName};

pub use differences::{FieldChange, differences};

/// Maximum number of changes in the ring; older ones are dropped. Each has texts of bounded length, so that the ring needs a few MB at most.
const CAPACITY: usize = 2000;
/// Maximum number of changes in one answer.
const MAX_ANSWER: usize = 100;

/// The recent changes of one context.
#[derive(Debug, Default)]
pub struct History {
    /// Oldest first.
    entries: VecDeque<RecordedChange>,
    /// The watches whose first list is complete. Objects in a first list existed before, so they are not changes.
    listed: BTreeSet<Scope>,
}

#[derive(Debug)]
struct RecordedChange {
    /// Time of the change, in ms since the Unix epoch.
    at: i64,
    kind: Kind,
    key: ObjectKey,
    /// The object that the changed object names: the Service of a slice, the Pod of an endpoint.
    named: Option<ObjectKey>,
    change: FieldChange,
}

impl History {
    /// Records that the first list of this watch is complete.
    pub fn listed(&mut self, watch: &Scope) {
        if !self.listed.contains(watch) {
            self.listed.insert(watch.clone());
        }
    }

    /// Whether changes of an object are recorded: the first list of its watch (of its namespace or of the whole cluster) is complete.
    fn is_listed(&self, kind: Kind, namespace: &str) -> bool {
        let watch = |namespace: &str| Scope { namespace: namespace.to_owned(), kind: kind.watched() };
        self.listed.contains(&watch("")) || (!namespace.is_empty() && self.listed.contains(&watch(namespace)))
    }

    fn add(&mut self, at: i64, old: Option<&Row>, change: &Change) {
        let (kind, key) = change.target();
        if !self.is_listed(kind, &key.namespace) {
            return;
        }
        let new = match change {
            Change::Put(row) => Some(row),
            Change::Delete(..) => None,
        };
        let named = new.and_then(named_object).or_else(|| old.and_then(named_object));
        for change in differences(old, new) {
            if self.entries.len() == CAPACITY {
                self.entries.pop_front();
            }
            self.entries.push_back(RecordedChange { at, kind, key: key.clone(), named: named.clone(), change });
        }
    }

    /// The changes of an object, newest first, at most [`MAX_ANSWER`]. For a Service also those of its slices, endpoints and Pods, from the
    /// current index and from the recorded changes.
    pub fn of(&self, index: &Index, kind: Kind, key: &ObjectKey) -> Vec<ObjectChange> {
        let parts = if kind == Kind::Service { self.service_parts(index, key) } else { ServiceParts::default() };
        let own = |entry: &&RecordedChange| (entry.kind == kind && entry.key == *key) || parts.contain(entry);
        // Endpoints are separate rows, but belong to their slice.
        let in_slice = |entry: &RecordedChange| kind == Kind::EndpointSlice && entry.slice().as_ref() == Some(key);
        let found = self.entries.iter().rev().filter(|entry| own(entry) || in_slice(entry));
        found.take(MAX_ANSWER).map(RecordedChange::line).collect()
    }

    fn service_parts(&self, index: &Index, service: &ObjectKey) -> ServiceParts {
        let mut slices: BTreeSet<ObjectKey> = index.slices_of(service).map(|slice| slice.key()).collect();
        let of_service =
            |entry: &&RecordedChange| entry.kind == Kind::EndpointSlice && entry.named.as_ref() == Some(service);
        slices.extend(self.entries.iter().filter(of_service).map(|entry| entry.key.clone()));
        let endpoints = slices.iter().flat_map(|slice| index.endpoints_in(slice));
        let mut pods: BTreeSet<ObjectKey> = endpoints.filter_map(|endpoint| endpoint.pod()).collect();
        let in_slices = |entry: &&RecordedChange| entry.slice().is_some_and(|slice| slices.contains(&slice));
        pods.extend(self.entries.iter().filter(in_slices).filter_map(|entry| entry.named.clone()));
        ServiceParts { slices, pods }
    }
}

impl RecordedChange {
    /// The slice of an endpoint.
    fn slice(&self) -> Option<ObjectKey> {
        (self.kind == Kind::Endpoint).then(|| EndpointKey::of_row(&self.key).slice())
    }

    fn line(&self) -> ObjectChange {
        let Self { at, kind, key, change, .. } = self;
        let namespace = kind.namespaced().then(|| key.namespace.clone());
        ObjectChange {
            at: *at,
            object: ObjectName { kind: *kind, namespace, name: key.name.clone() },
            field: change.field.as_ref().map(ToString::to_string),
            from: change.from.clone(),
            to: change.to.clone(),
        }
    }
}

/// The object that a row names: the Service of a slice, the Pod of an endpoint.
fn named_object(row: &Row) -> Option<ObjectKey> {
    match row {
        Row::EndpointSlice(slice) => slice.service_key(),
        Row::Endpoint(endpoint) => endpoint.pod(),
        _ => None,
    }
}

/// The slices and Pods of a Service, current and earlier ones.
#[derive(Default)]
struct ServiceParts {
    slices: BTreeSet<ObjectKey>,
    pods: BTreeSet<ObjectKey>,
}

impl ServiceParts {
    fn contain(&self, entry: &RecordedChange) -> bool {
        match entry.kind {
            Kind::EndpointSlice => self.slices.contains(&entry.key),
            Kind::Endpoint => entry.slice().is_some_and(|slice| self.slices.contains(&slice)),
            Kind::Pod => self.pods.contains(&entry.key),
            _ => false,
        }
    }
}

/// Receives the changes of an index. Collects all of them for the log, and adds those after a first list to a history.
pub struct ChangeRecorder<'a> {
    /// The changes, in order.
    pub changes: Vec<Change>,
    /// The history.
    pub history: &'a mut History,
    /// Current time, in ms since the Unix epoch.
    pub now_ms: i64,
}

impl Changes for ChangeRecorder<'_> {
    fn changed(&mut self, old: Option<Row>, change: Change) {
        self.history.add(self.now_ms, old.as_ref(), &change);
        self.changes.push(change);
    }
}
