//! The index: every row of a context, with lookups by IP, by port, by Service, by Pod.
//!
//! The index is synchronous; one task owns and changes it. The server applies objects from its watches ([`Index::apply`],
//! [`Index::delete`], [`Index::reset`]) and sends the returned changes. The browser merges these changes ([`Index::merge`]), so that both
//! sides have the same rows and lookups.
//!
//! A relist uses generations: [`Index::begin`], then an `apply` for each listed object, then [`Index::sweep`] removes the objects that were
//! not listed. The index never fails: a wrong value of an object stays in its row.

mod links;
mod lookup;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use imbl::OrdMap;
pub use links::IpRole;
use links::Links;
pub use lookup::EndpointBacking;

use crate::cluster::change::Change;
use crate::cluster::facts::{EndpointFact, SliceFact};
use crate::cluster::key::{Kind, ObjectKey};
use crate::cluster::row::Row;

/// An object from a watch: one row, or a slice with its endpoints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Object {
    /// An object that is one row.
    Row(Row),
    /// An EndpointSlice and the endpoints in it.
    Slice(SliceFact, Vec<EndpointFact>),
}

impl Object {
    /// The kind and key of the object.
    pub fn target(&self) -> (Kind, ObjectKey) {
        match self {
            Self::Row(row) => (row.kind(), row.key()),
            Self::Slice(slice, _) => (Kind::EndpointSlice, slice.key()),
        }
    }
}

#[derive(Clone, Debug)]
struct Stored {
    /// Shared with the copies of the index.
    row: Arc<Row>,
    /// The generation in which the row was last applied.
    generation: u64,
}

/// Receives the changes of an index as they happen.
pub trait Changes {
    /// A row has changed. `old` is the previous row, if there was one.
    fn changed(&mut self, old: Option<Row>, change: Change);
}

impl Changes for Vec<Change> {
    fn changed(&mut self, _: Option<Row>, change: Change) {
        self.push(change);
    }
}

/// A change with the previous row, if there was one.
pub type RowChange = (Option<Row>, Change);

impl Changes for Vec<RowChange> {
    fn changed(&mut self, old: Option<Row>, change: Change) {
        self.push((old, change));
    }
}

type Table = OrdMap<ObjectKey, Stored>;

/// All rows of a context. A copy shares all rows with the index and takes microseconds: readers read a copy, while the index changes.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// One table for each kind, in the order of [`Kind`]. Tables are added when a kind is first used.
    tables: Vec<Table>,
    links: Links,
    generation: u64,
    /// Relists in progress: kind, namespace (empty for all), and the generation in which the relist began.
    relists: Vec<(Kind, String, u64)>,
}

impl Index {
    /// Stores an object. Returns the changes; empty if the object was stored already.
    pub fn apply(&mut self, object: Object) -> Vec<Change> {
        let mut changes = Vec::new();
        self.apply_into(object, &mut changes);
        changes
    }

    /// [`Index::apply`], with the changes passed to `changes`.
    pub fn apply_into(&mut self, object: Object, changes: &mut impl Changes) {
        match object {
            Object::Row(row) => self.put(row, changes),
            Object::Slice(slice, endpoints) => {
                let key = slice.key();
                self.put(Row::EndpointSlice(slice), changes);
                let mut gone: Vec<ObjectKey> = self.endpoint_keys(&key);
                for endpoint in endpoints {
                    let endpoint_key = ObjectKey::from(endpoint.key());
                    gone.retain(|known| *known != endpoint_key);
                    self.put(Row::Endpoint(endpoint), changes);
                }
                for key in gone {
                    self.remove(Kind::Endpoint, &key, changes);
                }
            }
        }
    }

    /// Removes an object. A slice is removed with its endpoints.
    pub fn delete(&mut self, kind: Kind, key: &ObjectKey) -> Vec<Change> {
        let mut changes = Vec::new();
        self.delete_into(kind, key, &mut changes);
        changes
    }

    /// [`Index::delete`], with the changes passed to `changes`.
    pub fn delete_into(&mut self, kind: Kind, key: &ObjectKey, changes: &mut impl Changes) {
        if kind == Kind::EndpointSlice {
            for endpoint in self.endpoint_keys(key) {
                self.remove(Kind::Endpoint, &endpoint, changes);
            }
        }
        self.remove(kind, key, changes);
    }

    /// Replaces all objects of a kind in a namespace, or in all namespaces if it is empty.
    pub fn reset(&mut self, kind: Kind, namespace: &str, objects: impl IntoIterator<Item = Object>) -> Vec<Change> {
        self.begin(kind, namespace);
        let mut changes: Vec<Change> = objects.into_iter().flat_map(|object| self.apply(object)).collect();
        changes.extend(self.sweep(kind, namespace));
        changes
    }

    /// Begins a relist of a kind in a namespace, or in all namespaces if it is empty.
    pub fn begin(&mut self, kind: Kind, namespace: &str) {
        self.generation += 1;
        self.relists.retain(|(other, within, _)| *other != kind || within != namespace);
        self.relists.push((kind, namespace.to_owned(), self.generation));
    }

    /// Ends a relist. Removes the objects that were not applied since [`Index::begin`].
    pub fn sweep(&mut self, kind: Kind, namespace: &str) -> Vec<Change> {
        let mut changes = Vec::new();
        self.sweep_into(kind, namespace, &mut changes);
        changes
    }

    /// [`Index::sweep`], with the changes passed to `changes`.
    pub fn sweep_into(&mut self, kind: Kind, namespace: &str, changes: &mut impl Changes) {
        let own = self.relists.iter().position(|(other, within, _)| *other == kind && within == namespace);
        let Some((_, _, began)) = own.map(|own| self.relists.swap_remove(own)) else { return };
        for kind in kind.parts().chain([kind]) {
            let old: Vec<ObjectKey> = self
                .stored(kind, namespace)
                .filter(|(_, stored)| stored.generation < began)
                .map(|(key, _)| key.clone())
                .collect();
            for key in old {
                self.remove(kind, &key, changes);
            }
        }
    }

    /// Applies a change from another index. Returns whether it changed this index.
    pub fn merge(&mut self, change: Change) -> bool {
        let mut changes: Vec<Change> = Vec::new();
        self.merge_into(change, &mut changes);
        !changes.is_empty()
    }

    /// [`Index::merge`], with the change passed to `changes` if it changed this index.
    pub fn merge_into(&mut self, change: Change, changes: &mut impl Changes) {
        match change {
            Change::Put(row) => self.put(row, changes),
            Change::Delete(kind, key) => self.remove(kind, &key, changes),
        }
    }

    fn put(&mut self, row: Row, changes: &mut impl Changes) {
        let (kind, key) = (row.kind(), row.key());
        let at = kind as usize;
        if self.tables.len() <= at {
            self.tables.resize_with(at + 1, Table::default);
        }
        let table = &mut self.tables[at];
        let old = if let Some(stored) = table.get_mut(&key) {
            stored.generation = self.generation;
            if *stored.row == row {
                return;
            }
            self.links.unlink(&stored.row);
            self.links.link(&row);
            Some(owned(std::mem::replace(&mut stored.row, Arc::new(row.clone()))))
        } else {
            self.links.link(&row);
            table.insert(key, Stored { row: Arc::new(row.clone()), generation: self.generation });
            None
        };
        changes.changed(old, Change::Put(row));
    }

    fn remove(&mut self, kind: Kind, key: &ObjectKey, changes: &mut impl Changes) {
        if let Some(stored) = self.tables.get_mut(kind as usize).and_then(|table| table.remove(key)) {
            self.links.unlink(&stored.row);
            changes.changed(Some(owned(stored.row)), Change::Delete(kind, key.clone()));
        }
    }

    fn table(&self, kind: Kind) -> Option<&Table> {
        self.tables.get(kind as usize)
    }

    fn stored(&self, kind: Kind, namespace: &str) -> impl Iterator<Item = (&ObjectKey, &Stored)> + use<'_> {
        let from = ObjectKey::new(namespace, "");
        let rows = self.table(kind).map(|table| table.range(from.clone()..));
        rows.into_iter()
            .flatten()
            .take_while(move |(key, _)| from.namespace.is_empty() || key.namespace == from.namespace)
    }

    fn endpoint_keys(&self, slice: &ObjectKey) -> Vec<ObjectKey> {
        self.endpoints_in(slice).map(|endpoint| endpoint.key().into()).collect()
    }
}

/// The row itself; a copy, if a copy of the index has it too.
fn owned(row: Arc<Row>) -> Row {
    Arc::unwrap_or_clone(row)
}
