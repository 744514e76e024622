//! The log of a context, shared by its owner and its streams: [`topology::wire::log`] behind a lock, and a channel that wakes the readers.

use bytes::Bytes;
use parking_lot::RwLock;
use tokio::sync::watch;
use topology::wire::Cursor;
use topology::wire::log::{Batch, FrameLog, LogLimits, LostPosition, ScopeFilter};

use crate::metrics::Metrics;

/// A frame of the log. All senders share its bytes.
pub(crate) type Frame = topology::wire::log::Frame<Bytes>;

/// One context's log.
#[derive(Debug)]
pub struct Log {
    frames: RwLock<FrameLog<Bytes>>,
    head: watch::Sender<u64>,
    metrics: Metrics,
}

impl Log {
    /// An empty log with a random epoch.
    pub fn new(limits: LogLimits, metrics: Metrics) -> Self {
        let frames = RwLock::new(FrameLog::new(rand::random(), limits));
        Self { frames, head: watch::Sender::new(0), metrics }
    }

    /// The cursor of this number in this log.
    pub fn cursor(&self, seq: u64) -> Cursor {
        self.frames.read().cursor(seq)
    }

    /// Follows the number of the newest frame.
    pub fn follow(&self) -> watch::Receiver<u64> {
        self.head.subscribe()
    }

    /// Appends frames, whose numbers follow the newest one's, and wakes the readers.
    pub(crate) fn append(&self, frames: Vec<Frame>) {
        frames.iter().for_each(|frame| self.metrics.logged(frame.bytes.len()));
        let mut log = self.frames.write();
        log.append(frames);
        self.head.send_replace(log.head());
    }

    /// Drops every frame. No position before this number was ever given to a client.
    pub(crate) fn skip_to(&self, seq: u64) {
        self.frames.write().skip_to(seq);
        self.head.send_replace(seq);
    }

    /// The number after which a client reads on, from its cursor.
    ///
    /// # Errors
    ///
    /// The cursor is of another log, too old, or in the future.
    pub fn position(&self, cursor: Cursor) -> Result<u64, LostPosition> {
        self.frames.read().position(cursor)
    }

    /// The frames after a position that the filter covers.
    ///
    /// # Errors
    ///
    /// The position has left the ring.
    pub fn read(&self, position: u64, filter: &ScopeFilter) -> Result<Batch<Bytes>, LostPosition> {
        self.frames.read().read(position, filter)
    }
}
