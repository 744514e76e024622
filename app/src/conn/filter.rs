//! Which changes of a stream are not in the snapshot that the stream continues, by the snapshot's cursors.

use topology::cluster::change::Change;
use topology::cluster::key::{Kind, Scope};
use topology::wire::{Cursor, Snapshot};

/// The error of an event that belongs to another log than the snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OtherEpoch;

/// The cursors of a snapshot, and the position of the stream.
///
/// The stream begins at the lowest cursor of the snapshot's scopes, so it repeats changes that the rows of the other scopes include
/// (design §3, resume). Gaps in the sequence are no errors: they are changes of scopes that the page does not hold.
#[derive(Clone, Debug)]
pub struct Filter {
    position: Cursor,
    opened_at: u64,
    /// The highest cursor of the snapshot. No later change is in the snapshot, so it needs no look-up.
    highest: u64,
    scopes: Vec<(Scope, u64)>,
}

impl Filter {
    /// Creates the filter for the stream that continues this snapshot.
    pub fn new(snapshot: &Snapshot) -> Self {
        let opened_at = snapshot.cursor.seq;
        let scopes: Vec<_> = snapshot
            .scopes
            .iter()
            .map(|scope| {
                let namespace = scope.namespace.clone().unwrap_or_default();
                (Scope { namespace, kind: scope.kind }, scope.cursor.seq)
            })
            .collect();
        let highest = scopes.iter().map(|(_, seq)| *seq).fold(opened_at, u64::max);
        Self { position: snapshot.cursor, opened_at, highest, scopes }
    }

    /// The position of the last event, or the snapshot's: a new stream continues there.
    pub fn position(&self) -> Cursor {
        self.position
    }

    /// Moves the position to `at`, the position of an event, and returns the event's changes that are not in the snapshot.
    ///
    /// # Errors
    ///
    /// The event is of another log: the position and the cursors are then meaningless.
    pub fn accept(&mut self, at: Cursor, mut changes: Vec<Change>) -> Result<Vec<Change>, OtherEpoch> {
        if at.epoch != self.position.epoch {
            return Err(OtherEpoch);
        }
        self.position = self.position.max(at);
        if at.seq <= self.highest {
            changes.retain(|change| at.seq > self.snapshot_cursor_of(change));
        }
        Ok(changes)
    }

    /// The sequence number up to which the snapshot includes changes of the change's scope.
    fn snapshot_cursor_of(&self, change: &Change) -> u64 {
        let (kind, key) = change.target();
        let scope = Scope::of(kind, &key);
        let whole_cluster = |kind: Kind| Scope { namespace: String::new(), kind };
        let of = |scope: &Scope| self.scopes.iter().find(|(own, _)| own == scope).map(|(_, seq)| *seq);
        of(&scope).or_else(|| of(&whole_cluster(scope.kind))).unwrap_or(self.opened_at)
    }
}

#[cfg(test)]
mod tests;
