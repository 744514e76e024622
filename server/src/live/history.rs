//! What has changed lately: a bounded ring per context, filled as the index changes.

use std::collections::{BTreeSet, VecDeque};

use topology::history::{FieldChange, differences};
use topology::index::{Changes, Index};
use topology::key::{Kind, ObjectKey, Scope};
use topology::row::Row;
use topology::wire::{Change, ObjectChange, ObjectName};

/// So many changes are kept; older ones are forgotten.
const KEPT: usize = 2000;
/// At most so many are told of one object.
pub(crate) const TOLD: usize = 100;

#[derive(Debug)]
struct Entry {
    at: i64,
    kind: Kind,
    key: ObjectKey,
    /// What it belongs to: a slice to the Service that it names, an endpoint to the Pod that it names.
    about: Option<ObjectKey>,
    change: FieldChange,
}

/// The ring.
#[derive(Debug, Default)]
pub(super) struct History {
    /// Oldest first.
    entries: VecDeque<Entry>,
    /// The watches whose first list is complete. What a first list brings was there before, and is no change.
    listed: BTreeSet<Scope>,
}

impl History {
    /// The first list of this watch is complete.
    pub(super) fn listed(&mut self, watch: &Scope) {
        if !self.listed.contains(watch) {
            self.listed.insert(watch.clone());
        }
    }

    /// Whether changes of such an object are news: its watch, in its namespace or in the whole cluster, has listed once.
    fn is_listed(&self, kind: Kind, namespace: &str) -> bool {
        let watch = |namespace: &str| Scope { namespace: namespace.to_owned(), kind: kind.watched() };
        self.listed.contains(&watch("")) || (!namespace.is_empty() && self.listed.contains(&watch(namespace)))
    }

    fn note(&mut self, at: i64, old: Option<&Row>, change: &Change) {
        let (new, (kind, key)) = (put(change), change.target());
        if !self.is_listed(kind, &key.namespace) {
            return;
        }
        let about = new.and_then(about).or_else(|| old.and_then(about));
        for change in differences(old, new).into_iter().map(shortened) {
            if self.entries.len() == KEPT {
                self.entries.pop_front();
            }
            self.entries.push_back(Entry { at, kind, key: key.clone(), about: about.clone(), change });
        }
    }

    /// The changes of an object, newest first, at most [`TOLD`]. Of a Service also those of its slices, their endpoints and Pods,
    /// as they are now or as these changes themselves know them.
    pub(super) fn of(&self, index: &Index, kind: Kind, key: &ObjectKey) -> Vec<ObjectChange> {
        let behind = if kind == Kind::Service { self.behind(index, key) } else { Behind::default() };
        let own = |entry: &&Entry| (entry.kind == kind && entry.key == *key) || behind.has(entry);
        // A slice's endpoints are rows of their own, but part of it.
        let part = |entry: &Entry| kind == Kind::EndpointSlice && slice_of(entry).as_ref() == Some(key);
        self.entries.iter().rev().filter(|entry| own(entry) || part(entry)).take(TOLD).map(Entry::told).collect()
    }

    fn behind(&self, index: &Index, service: &ObjectKey) -> Behind {
        let mut behind = Behind::default();
        behind.slices.extend(index.slices_of(service).map(|slice| slice.key()));
        let named = self.entries.iter().filter(|entry| entry.kind == Kind::EndpointSlice);
        behind
            .slices
            .extend(named.filter(|entry| entry.about.as_ref() == Some(service)).map(|entry| entry.key.clone()));
        let now =
            behind.slices.iter().flat_map(|slice| index.endpoints_in(slice)).filter_map(|endpoint| endpoint.pod());
        let mut pods: BTreeSet<ObjectKey> = now.collect();
        let endpoints =
            self.entries.iter().filter(|entry| slice_of(entry).is_some_and(|slice| behind.slices.contains(&slice)));
        pods.extend(endpoints.filter_map(|entry| entry.about.clone()));
        behind.pods = pods;
        behind
    }
}

/// What is behind a Service, or was.
#[derive(Default)]
struct Behind {
    slices: BTreeSet<ObjectKey>,
    pods: BTreeSet<ObjectKey>,
}

impl Behind {
    fn has(&self, entry: &Entry) -> bool {
        match entry.kind {
            Kind::EndpointSlice => self.slices.contains(&entry.key),
            Kind::Endpoint => slice_of(entry).is_some_and(|slice| self.slices.contains(&slice)),
            Kind::Pod => self.pods.contains(&entry.key),
            _ => false,
        }
    }
}

/// The slice of an endpoint's entry.
fn slice_of(entry: &Entry) -> Option<ObjectKey> {
    let slice = entry.key.name.split_once('/').filter(|_| entry.kind == Kind::Endpoint)?.0;
    Some(ObjectKey::new(&entry.key.namespace, slice))
}

/// A value may be as long as an object. So many bytes of one are kept, hence some MB in all.
const LONGEST: usize = 1024;

fn shortened(mut change: FieldChange) -> FieldChange {
    for text in [&mut change.from, &mut change.to].into_iter().flatten().filter(|text| text.len() > LONGEST) {
        text.truncate(text.floor_char_boundary(LONGEST));
        text.push('…');
        text.shrink_to_fit();
    }
    change
}

fn put(change: &Change) -> Option<&Row> {
    match change {
        Change::Put(row) => Some(row),
        Change::Delete(..) => None,
    }
}

fn about(row: &Row) -> Option<ObjectKey> {
    match row {
        Row::EndpointSlice(slice) => slice.service_key(),
        Row::Endpoint(endpoint) => endpoint.pod(),
        _ => None,
    }
}

impl Entry {
    /// As the API tells it.
    fn told(&self) -> ObjectChange {
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

/// Takes the changes of an index: all of them for the log, what is news of them for the history.
pub(super) struct Noted<'a> {
    /// The changes, in order.
    pub(super) changes: Vec<Change>,
    /// Where news goes.
    pub(super) history: &'a mut History,
    /// Now, in milliseconds since the Unix epoch.
    pub(super) now_ms: i64,
}

impl Changes for Noted<'_> {
    fn changed(&mut self, old: Option<Row>, change: Change) {
        self.history.note(self.now_ms, old.as_ref(), &change);
        self.changes.push(change);
    }
}

#[cfg(test)]
mod tests {
    use topology::facts::PodFact;
    use topology::index::Object;

    use super::*;

    fn pod(name: &str, ready: bool) -> Object {
        let fact = PodFact { namespace: "a".into(), name: name.into(), ready, ..PodFact::default() };
        Object::Row(Row::Pod(fact))
    }

    #[test]
    fn a_long_value_is_kept_in_part() {
        let long = |text: &str| Some(text.repeat(2000));
        let change = shortened(FieldChange { field: None, from: long("é"), to: Some("short".to_owned()) });
        let from = change.from.unwrap();
        assert!(from.len() <= LONGEST + 3 && from.ends_with("é…"), "{} bytes", from.len());
        assert_eq!(change.to.as_deref(), Some("short"));
    }

    #[test]
    fn the_ring_forgets_what_is_oldest_and_tells_the_newest_first() {
        let (mut index, mut history) = (Index::default(), History::default());
        let first = Scope { namespace: String::new(), kind: Kind::Pod };
        let mut apply = |history: &mut History, now_ms: i64, object| {
            index.apply_into(object, &mut Noted { changes: Vec::new(), history, now_ms });
        };
        apply(&mut history, 0, pod("x", false));
        assert!(history.entries.is_empty(), "a first list is no change");
        history.listed(&first);
        for now in 0..3000 {
            apply(&mut history, now, pod("x", now % 2 == 0));
        }
        apply(&mut history, 3000, pod("y", false));
        assert_eq!(history.entries.len(), KEPT);
        let told = history.of(&index, Kind::Pod, &ObjectKey::new("a", "x"));
        assert_eq!(told.len(), TOLD);
        assert!(told.is_sorted_by(|a, b| a.at > b.at));
        let last = &told[0];
        assert_eq!((last.at, last.field.as_deref(), last.to.as_deref()), (2999, Some("ready"), Some("false")));
        let told = history.of(&index, Kind::Pod, &ObjectKey::new("a", "y"));
        assert_eq!((told.len(), &told[0].field, told[0].to.as_deref()), (1, &None, Some("created")));
    }
}
