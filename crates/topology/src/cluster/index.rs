//! The index: every row of a context, with lookups by IP, by port, by Service, by Pod.
//!
//! One struct, owned and changed by one task, synchronous. The server feeds it objects from its watches
//! ([`Index::apply`], [`Index::delete`], [`Index::reset`]) and sends the changes that come back; the browser feeds it
//! those changes ([`Index::merge`]). So both sides hold the same rows and the same lookups.
//!
//! A relist sweeps by generation: [`Index::begin`], then an `apply` for each listed object, then [`Index::sweep`] removes
//! what was not listed. The index never fails: what an object says wrongly stays in its row.

mod links;
mod lookup;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use links::IpRole;
use links::Links;
pub use lookup::Behind;

use crate::cluster::change::Change;
use crate::cluster::facts::{EndpointFact, SliceFact};
use crate::cluster::key::{Kind, ObjectKey};
use crate::cluster::row::Row;

/// An object as a watch brings it: one row, or a slice with its endpoints.
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
    row: Row,
    /// The generation in which the row was last said to exist.
    generation: u64,
}

/// What takes the changes of an index while they are made.
pub trait Changes {
    /// A row became another one; `old` is what it was, if it was there.
    fn changed(&mut self, old: Option<Row>, change: Change);
}

impl Changes for Vec<Change> {
    fn changed(&mut self, _: Option<Row>, change: Change) {
        self.push(change);
    }
}

/// A change with the row as it was before, if it was there.
pub type RowChange = (Option<Row>, Change);

impl Changes for Vec<RowChange> {
    fn changed(&mut self, old: Option<Row>, change: Change) {
        self.push((old, change));
    }
}

type Table = BTreeMap<ObjectKey, Stored>;

/// All rows of a context.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// By kind, in the order of [`Kind`]; as many as were needed.
    tables: Vec<Table>,
    links: Links,
    generation: u64,
    /// Relists under way: what is watched (kind, and namespace or empty for all), and the generation each began in.
    relists: Vec<(Kind, String, u64)>,
}

impl Index {
    /// Takes an object as it is now; returns what that changes: nothing, if it was known already.
    pub fn apply(&mut self, object: Object) -> Vec<Change> {
        let mut changes = Vec::new();
        self.apply_into(object, &mut changes);
        changes
    }

    /// [`Index::apply`], with the changes told to `changes`.
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

    /// Forgets an object; a slice goes with its endpoints.
    pub fn delete(&mut self, kind: Kind, key: &ObjectKey) -> Vec<Change> {
        let mut changes = Vec::new();
        self.delete_into(kind, key, &mut changes);
        changes
    }

    /// [`Index::delete`], with the changes told to `changes`.
    pub fn delete_into(&mut self, kind: Kind, key: &ObjectKey, changes: &mut impl Changes) {
        if kind == Kind::EndpointSlice {
            for endpoint in self.endpoint_keys(key) {
                self.remove(Kind::Endpoint, &endpoint, changes);
            }
        }
        self.remove(kind, key, changes);
    }

    /// Makes the objects of a kind, in a namespace or (if empty) everywhere, exactly these.
    pub fn reset(&mut self, kind: Kind, namespace: &str, objects: impl IntoIterator<Item = Object>) -> Vec<Change> {
        self.begin(kind, namespace);
        let mut changes: Vec<Change> = objects.into_iter().flat_map(|object| self.apply(object)).collect();
        changes.extend(self.sweep(kind, namespace));
        changes
    }

    /// A list of a kind begins, in a namespace or (if empty) everywhere.
    pub fn begin(&mut self, kind: Kind, namespace: &str) {
        self.generation += 1;
        self.relists.retain(|(other, within, _)| *other != kind || within != namespace);
        self.relists.push((kind, namespace.to_owned(), self.generation));
    }

    /// The list that began last is complete: what it did not bring is gone.
    pub fn sweep(&mut self, kind: Kind, namespace: &str) -> Vec<Change> {
        let mut changes = Vec::new();
        self.sweep_into(kind, namespace, &mut changes);
        changes
    }

    /// [`Index::sweep`], with the changes told to `changes`.
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

    /// Takes a change that another index has made. True if it changed this one too.
    pub fn merge(&mut self, change: Change) -> bool {
        let mut changes: Vec<Change> = Vec::new();
        self.merge_into(change, &mut changes);
        !changes.is_empty()
    }

    /// [`Index::merge`], with the change told to `changes` if it changed this index too.
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
            self.tables.resize_with(at + 1, Table::new);
        }
        let table = &mut self.tables[at];
        let old = if let Some(stored) = table.get_mut(&key) {
            stored.generation = self.generation;
            if stored.row == row {
                return;
            }
            self.links.unlink(&stored.row);
            self.links.link(&row);
            Some(std::mem::replace(&mut stored.row, row.clone()))
        } else {
            self.links.link(&row);
            table.insert(key, Stored { row: row.clone(), generation: self.generation });
            None
        };
        changes.changed(old, Change::Put(row));
    }

    fn remove(&mut self, kind: Kind, key: &ObjectKey, changes: &mut impl Changes) {
        if let Some(stored) = self.tables.get_mut(kind as usize).and_then(|table| table.remove(key)) {
            self.links.unlink(&stored.row);
            changes.changed(Some(stored.row), Change::Delete(kind, key.clone()));
        }
    }

    fn table(&self, kind: Kind) -> Option<&Table> {
        self.tables.get(kind as usize)
    }

    fn stored(&self, kind: Kind, namespace: &str) -> impl Iterator<Item = (&ObjectKey, &Stored)> + use<'_> {
        let from = ObjectKey::new(namespace, "");
        let rows = self.table(kind).into_iter().flat_map({
            let from = from.clone();
            move |table| table.range(&from..)
        });
        rows.take_while(move |(key, _)| from.namespace.is_empty() || key.namespace == from.namespace)
    }

    fn endpoint_keys(&self, slice: &ObjectKey) -> Vec<ObjectKey> {
        self.endpoints_in(slice).map(|endpoint| endpoint.key().into()).collect()
    }
}
