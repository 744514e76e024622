use serde_json::Value;
use topology::index::Index;
use topology::json::{Reader, read};
use topology::row::Row;
use topology::wire::{Change, Cursor, Delta, ScopeState, Snapshot, Status, write_delta};

use crate::cluster::{exercise, survives_the_wire};
use crate::text;

/// What the browser reads: a snapshot, changes, a status, a row. Its reader takes exactly the JSON that `serde_json` takes, and what
/// it has read it reads again from what the server writes.
pub fn wire(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let mut reader = Reader::new(text);
    let accepted = reader.skip().is_ok() && reader.end().is_ok();
    match serde_json::from_str::<Value>(text) {
        Ok(_) => assert!(accepted, "JSON is refused"),
        // A number that no f64 holds is of no matter to who skips it.
        Err(error) => {
            assert!(!accepted || error.to_string().starts_with("number out of range"), "{error}, and is accepted")
        }
    }
    let mut index = Index::default();
    if let Ok(row) = read::<Row>(text) {
        survives_the_wire(&row);
        index.merge(Change::Put(row));
    }
    if let Ok(snapshot) = read::<Snapshot>(text) {
        for row in snapshot.rows {
            index.merge(Change::Put(row));
        }
        snapshot.scopes.iter().for_each(same::<ScopeState>);
    }
    if let Ok(Delta { changes, at }) = read::<Delta>(text) {
        let mut json = Vec::new();
        write_delta(&mut json, &changes, at);
        let again = read::<Delta>(std::str::from_utf8(&json).expect("JSON is UTF-8")).expect("a delta is read");
        assert_eq!((&again.changes, again.at), (&changes, at));
        for change in changes {
            index.merge(change);
        }
    }
    if let Ok(status) = read::<Status>(text) {
        same(&status);
    }
    if let Ok(cursor) = read::<Cursor>(text) {
        same(&cursor);
    }
    exercise(&index);
}

fn same<T: serde::Serialize + topology::json::Read + PartialEq + std::fmt::Debug>(value: &T) {
    let json = serde_json::to_string(value).expect("it is plain data");
    assert_eq!(read::<T>(&json).as_ref(), Ok(value), "{json}");
}
