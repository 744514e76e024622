//! The log: one order of changes per context, kept for a while in a bounded ring of encoded frames.
//!
//! A frame is encoded once and shared by every client. A client is a position and a filter, never a queue: a client that is so slow that
//! its position has left the ring is told so ([`LostPosition`]); nobody is waited for and nothing is skipped silently.
//!
//! The log has no lock and wakes nobody: that is for whoever owns it. `B` is the type of a frame's bytes: cheap to clone, since each
//! client takes a clone.

mod filter;
mod frame;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;

use crate::wire::Cursor;

pub use filter::ScopeFilter;
pub use frame::{Frame, encode_frames};

/// How much a log holds.
#[derive(Clone, Copy, Debug)]
pub struct LogLimits {
    /// Maximum number of frames.
    pub frames: usize,
    /// Maximum number of bytes in frames; the newest frame is kept whatever its size.
    pub bytes: usize,
}

impl Default for LogLimits {
    fn default() -> Self {
        Self { frames: 8192, bytes: 8 * 1024 * 1024 }
    }
}

/// After this many bytes a read ends: enough to keep a socket busy, little enough to be no queue.
const BATCH_BYTES: usize = 64 * 1024;

/// The position is of another log, or has fallen off the ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LostPosition {
    /// The cursor's epoch is not this log's.
    UnknownEpoch,
    /// The changes after the position are no longer kept.
    FellOff,
}

impl LostPosition {
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
pub struct Batch<B> {
    /// The frames that concern it, as they go over the wire.
    pub frames: Vec<B>,
    /// Its new position.
    pub position: u64,
}

/// One context's log: the frames after `floor`, numbered without a gap.
#[derive(Debug)]
pub struct FrameLog<B> {
    epoch: u32,
    limits: LogLimits,
    frames: VecDeque<Frame<B>>,
    /// Bytes of all frames.
    bytes: usize,
    /// The number of the last frame that is no longer here.
    floor: u64,
}

impl<B: AsRef<[u8]> + Clone> FrameLog<B> {
    /// An empty log. The epoch tells its positions from those of other logs, so it must be random.
    pub fn new(epoch: u32, limits: LogLimits) -> Self {
        Self { epoch, limits, frames: VecDeque::new(), bytes: 0, floor: 0 }
    }

    /// The position of this number in this log.
    pub fn cursor(&self, seq: u64) -> Cursor {
        Cursor { epoch: self.epoch, seq }
    }

    /// The number of the newest frame.
    pub fn head(&self) -> u64 {
        self.frames.back().map_or(self.floor, |frame| frame.seq)
    }

    /// Adds frames, whose numbers follow the newest one's, and drops the oldest ones beyond the limits.
    pub fn append(&mut self, frames: Vec<Frame<B>>) {
        for frame in frames {
            debug_assert_eq!(frame.seq, self.head() + 1, "frames are numbered without a gap");
            self.bytes += frame.bytes.as_ref().len();
            self.frames.push_back(frame);
        }
        while self.frames.len() > self.limits.frames.max(1) || (self.bytes > self.limits.bytes && self.frames.len() > 1)
        {
            self.drop_oldest();
        }
    }

    fn drop_oldest(&mut self) {
        if let Some(frame) = self.frames.pop_front() {
            self.bytes -= frame.bytes.as_ref().len();
            self.floor = frame.seq;
        }
    }

    /// Forgets every frame: no position before this number was ever given to anybody.
    pub fn skip_to(&mut self, seq: u64) {
        self.frames.clear();
        (self.bytes, self.floor) = (0, seq);
    }

    /// The number after which a client reads on, for the cursor that it brings.
    ///
    /// # Errors
    ///
    /// The cursor is of another log, or too old, or of the future.
    pub fn position(&self, cursor: Cursor) -> Result<u64, LostPosition> {
        if cursor.epoch != self.epoch {
            return Err(LostPosition::UnknownEpoch);
        }
        if (self.floor..=self.head()).contains(&cursor.seq) { Ok(cursor.seq) } else { Err(LostPosition::FellOff) }
    }

    /// What comes after a position, as far as the filter covers it.
    ///
    /// # Errors
    ///
    /// The position has fallen off the ring.
    pub fn read(&self, position: u64, filter: &ScopeFilter) -> Result<Batch<B>, LostPosition> {
        let start = position.checked_sub(self.floor).ok_or(LostPosition::FellOff)?;
        let start = usize::try_from(start).map_err(|_| LostPosition::FellOff)?;
        let mut batch = Batch { frames: Vec::new(), position };
        let mut bytes = 0;
        for frame in self.frames.range(start.min(self.frames.len())..) {
            if bytes >= BATCH_BYTES {
                break;
            }
            if filter.covers(&frame.scope) {
                bytes += frame.bytes.as_ref().len();
                batch.frames.push(frame.bytes.clone());
            }
            batch.position = frame.seq;
        }
        Ok(batch)
    }
}
