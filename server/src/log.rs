//! The log: one order of changes per context, kept for a while in a bounded ring of encoded frames.
//!
//! A frame is encoded once and shared by every client. A client is a position and a filter, never a queue: whoever is so
//! slow that its position has left the ring is told so ([`Lost`]); nobody is waited for and nothing is skipped silently.

mod frame;
#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, VecDeque};

use bytes::Bytes;
use parking_lot::RwLock;
use tokio::sync::watch;
use topology::key::Scope;
use topology::wire::Cursor;

use crate::metrics::Metrics;

pub use frame::{Frame, frames};

/// How much the ring holds.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// At most this many frames.
    pub frames: usize,
    /// At most this many bytes of frames; the newest frame is kept whatever its size.
    pub bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { frames: 8192, bytes: 8 * 1024 * 1024 }
    }
}

/// How much of a log one read returns: enough to keep a socket busy, little enough to be no queue.
const BATCH_BYTES: usize = 64 * 1024;

/// Which namespaces a client follows. Cluster-scoped kinds are followed always.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filter {
    /// All of them.
    All,
    /// These.
    Namespaces(BTreeSet<String>),
}

impl Filter {
    /// Whether changes of this scope concern the client.
    pub fn covers(&self, scope: &Scope) -> bool {
        match self {
            Self::All => true,
            Self::Namespaces(namespaces) => scope.namespace.is_empty() || namespaces.contains(&scope.namespace),
        }
    }
}

/// The position is of another log, or has fallen off the ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// The cursor's epoch is not this log's.
    UnknownEpoch,
    /// The changes after the position are no longer kept.
    FellOff,
}

impl Lost {
    /// For the `reset` event.
    pub fn reason(self) -> &'static str {
        match self {
            Self::UnknownEpoch => "the position is of an earlier connection to the cluster",
            Self::FellOff => "the position is too old: the changes since are no longer kept",
        }
    }
}

/// What a client reads at once.
#[derive(Debug)]
pub struct Batch {
    /// The frames that concern it, as they go over the wire.
    pub frames: Vec<Bytes>,
    /// Its new position.
    pub position: u64,
}

/// One context's log.
#[derive(Debug)]
pub struct Log {
    epoch: u32,
    limits: Limits,
    ring: RwLock<Ring>,
    head: watch::Sender<u64>,
    metrics: Metrics,
}

/// The frames after `floor`, numbered without a gap.
#[derive(Debug, Default)]
struct Ring {
    frames: VecDeque<Frame>,
    bytes: usize,
    /// The number of the last frame that is no longer here.
    floor: u64,
}

impl Log {
    /// An empty log of a random epoch.
    pub fn new(limits: Limits, metrics: Metrics) -> Self {
        Self { epoch: rand::random(), limits, ring: RwLock::default(), head: watch::Sender::new(0), metrics }
    }

    /// The position of this number in this log.
    pub fn cursor(&self, seq: u64) -> Cursor {
        Cursor { epoch: self.epoch, seq }
    }

    /// Follows the number of the newest frame.
    pub fn follow(&self) -> watch::Receiver<u64> {
        self.head.subscribe()
    }

    /// Adds frames, whose numbers follow the newest one's, and wakes the readers.
    pub(crate) fn append(&self, frames: Vec<Frame>) {
        self.metrics.logged(&frames);
        let mut ring = self.ring.write();
        for frame in frames {
            debug_assert_eq!(frame.seq, ring.head() + 1, "frames are numbered without a gap");
            ring.bytes += frame.bytes.len();
            ring.frames.push_back(frame);
        }
        while ring.frames.len() > self.limits.frames.max(1) || (ring.bytes > self.limits.bytes && ring.frames.len() > 1)
        {
            ring.drop_oldest();
        }
        self.head.send_replace(ring.head());
    }

    /// Forgets every frame: no position before this number was ever given to anybody.
    pub(crate) fn skip_to(&self, seq: u64) {
        *self.ring.write() = Ring { floor: seq, ..Ring::default() };
        self.head.send_replace(seq);
    }

    /// The number after which a client reads on, for the cursor that it brings.
    ///
    /// # Errors
    ///
    /// The cursor is of another log, or too old, or of the future.
    pub fn position(&self, cursor: Cursor) -> Result<u64, Lost> {
        if cursor.epoch != self.epoch {
            return Err(Lost::UnknownEpoch);
        }
        let ring = self.ring.read();
        if (ring.floor..=ring.head()).contains(&cursor.seq) { Ok(cursor.seq) } else { Err(Lost::FellOff) }
    }

    /// What comes after a position, as far as the filter covers it.
    ///
    /// # Errors
    ///
    /// The position has fallen off the ring.
    pub fn read(&self, position: u64, filter: &Filter) -> Result<Batch, Lost> {
        let ring = self.ring.read();
        let start = position.checked_sub(ring.floor).ok_or(Lost::FellOff)?;
        let start = usize::try_from(start).map_err(|_| Lost::FellOff)?;
        let mut batch = Batch { frames: Vec::new(), position };
        let mut bytes = 0;
        for frame in ring.frames.range(start.min(ring.frames.len())..) {
            if bytes >= BATCH_BYTES {
                break;
            }
            if filter.covers(&frame.scope) {
                bytes += frame.bytes.len();
                batch.frames.push(frame.bytes.clone());
            }
            batch.position = frame.seq;
        }
        Ok(batch)
    }
}

impl Ring {
    fn head(&self) -> u64 {
        self.frames.back().map_or(self.floor, |frame| frame.seq)
    }

    fn drop_oldest(&mut self) {
        if let Some(frame) = self.frames.pop_front() {
            self.bytes -= frame.bytes.len();
            self.floor = frame.seq;
        }
    }
}
