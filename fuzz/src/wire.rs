use serde::Serialize;
use serde::de::DeserializeOwned;
use topology::cluster::change::Change;
use topology::cluster::index::Index;
use topology::cluster::row::Row;
use topology::wire::{Cursor, Delta, Snapshot, Status, write_delta};

use crate::cluster::{exercise, survives_the_wire};
use crate::text;

/// The documents that the browser reads: a snapshot, changes, a status, a row. What was read is the same after it is written and read
/// again.
pub fn wire(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let mut index = Index::default();
    if let Ok(row) = serde_json::from_str::<Row>(text) {
        survives_the_wire(&row);
        index.merge(Change::Put(row));
    }
    if let Ok(snapshot) = serde_json::from_str::<Snapshot>(text) {
        for row in snapshot.rows {
            index.merge(Change::Put(row));
        }
    }
    if let Ok(Delta { changes, at }) = serde_json::from_str::<Delta>(text) {
        let mut json = Vec::new();
        write_delta(&mut json, &changes, at);
        let again: Delta = serde_json::from_slice(&json).expect("a delta is read");
        assert_eq!((&again.changes, again.at), (&changes, at));
        for change in changes {
            index.merge(change);
        }
    }
    if let Ok(status) = serde_json::from_str::<Status>(text) {
        same(&status);
    }
    if let Ok(cursor) = serde_json::from_str::<Cursor>(text) {
        same(&cursor);
    }
    exercise(&index);
}

fn same<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(value: &T) {
    let json = serde_json::to_string(value).expect("it is plain data");
    assert_eq!(serde_json::from_str::<T>(&json).as_ref().ok(), Some(value), "{json}");
}
