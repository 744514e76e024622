use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;

use crate::cluster::change::Change;
use crate::cluster::key::Scope;
use crate::wire::{Cursor, write_delta};

/// Maximum number of changes in a frame, so that a relist of a big cluster is split into many frames.
const MAX_CHANGES: usize = 200;

/// One `delta` event: changes of one scope, encoded as bytes for the wire.
#[derive(Clone, Debug)]
pub struct Frame<B> {
    /// Its number in the log.
    pub seq: u64,
    /// The scope of all its changes.
    pub scope: Scope,
    /// The complete event.
    pub bytes: B,
}

/// Encodes changes as frames numbered from `after + 1`: one for each scope, split at [`MAX_CHANGES`].
///
/// Of several changes of one row, only the last one is kept. The order of the last changes is kept. `now` is in ms since the Unix epoch.
pub fn encode_frames<B: From<Vec<u8>>>(changes: Vec<Change>, after: Cursor, now: i64) -> Vec<Frame<B>> {
    let mut scopes: BTreeMap<Scope, Vec<Change>> = BTreeMap::new();
    for change in changes {
        let (kind, key) = change.target();
        scopes.entry(Scope::of(kind, &key)).or_default().push(change);
    }
    let mut cursor = after;
    let mut frames = Vec::new();
    for (scope, changes) in scopes {
        for changes in latest(changes).chunks(MAX_CHANGES) {
            cursor.seq += 1;
            frames.push(Frame { seq: cursor.seq, scope: scope.clone(), bytes: encode(cursor, changes, now).into() });
        }
    }
    frames
}

/// The last change of each row.
fn latest(changes: Vec<Change>) -> Vec<Change> {
    let mut seen = BTreeSet::new();
    let mut latest: Vec<Change> = changes.into_iter().rev().filter(|change| seen.insert(change.target())).collect();
    latest.reverse();
    latest
}

fn encode(id: Cursor, changes: &[Change], now: i64) -> Vec<u8> {
    let mut event = Vec::with_capacity(64 + 512 * changes.len());
    // Writing to a Vec cannot fail; JSON has no raw newline, so one data line is enough.
    let _ = write!(event, "id: {id}\nevent: delta\ndata: ");
    write_delta(&mut event, changes, Some(now));
    event.extend_from_slice(b"\n\n");
    event
}
