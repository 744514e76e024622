//! Which changes of the stream are news, by the cursors of the snapshot that it continues.

use topology::cluster::change::Change;
use topology::cluster::key::{Kind, Scope};
use topology::wire::{Cursor, Snapshot};

/// An event that belongs to another log than the snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OtherEpoch;

/// The cursors of a snapshot, and how far the stream has come since.
///
/// The stream begins at the lowest cursor of the snapshot's scopes, so it repeats what the other scopes have in
/// their rows already (design §3, resume). Gaps in the sequence are no errors: other scopes' changes lie in them.
#[derive(Clone, Debug)]
pub struct Filter {
    position: Cursor,
    opened_at: u64,
    /// Above it, nothing is in the snapshot: the usual case, which then costs no look-up.
    highest: u64,
    scopes: Vec<(Scope, u64)>,
}

impl Filter {
    /// The filter for the stream that continues this snapshot.
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

    /// Where to continue: the position of the last event, or the snapshot's.
    pub fn position(&self) -> Cursor {
        self.position
    }

    /// Moves the position to that of an event, and keeps those of its changes that are news.
    ///
    /// # Errors
    ///
    /// When the event is of another log: then no position or cursor means anything any more.
    pub fn accept(&mut self, at: Cursor, mut changes: Vec<Change>) -> Result<Vec<Change>, OtherEpoch> {
        if at.epoch != self.position.epoch {
            return Err(OtherEpoch);
        }
        self.position = self.position.max(at);
        if at.seq <= self.highest {
            changes.retain(|change| at.seq > self.known_up_to(change));
        }
        Ok(changes)
    }

    fn known_up_to(&self, change: &Change) -> u64 {
        let (kind, key) = change.target();
        let scope = Scope::of(kind, &key);
        let whole_cluster = |kind: Kind| Scope { namespace: String::new(), kind };
        let of = |scope: &Scope| self.scopes.iter().find(|(own, _)| own == scope).map(|(_, seq)| *seq);
        of(&scope).or_else(|| of(&whole_cluster(scope.kind))).unwrap_or(self.opened_at)
    }
}

#[cfg(test)]
mod tests;
