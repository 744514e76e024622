//! The log: the ordered changes of a context in a bounded ring of encoded frames.
//!
//! A frame is encoded once and shared by all clients. A client has a position and a filter, and no queue. If the ring no longer has a slow
//! client's position, the client gets [`LostPosition`]. The log never waits for a client and never skips a change silently.
//!
//! The log has no lock and no wake-ups: its owner provides them. `B` is the type of a frame's bytes. It must be cheap to clone, because each
//! client gets a clone.

mod filter;
mod frame;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;

use crate::wire::Cursor;

pub use filter::ScopeFilter;
pub use frame::{Frame, encode_frames};

/// The capacity of a log.
#[derive(Clone, Copy, Debug)]
pub struct LogLimits {
    /// Maximum number of frames.
    pub frames: usize,
    /// Maximum size of all frames in bytes. The newest frame is kept whatever its size.
    pub bytes: usize,
}

impl Default for LogLimits {
    fn default() -> Self {
        Self { frames: 8192, bytes: 8 * 1024 * 1024 }
    }
}

/// Size in bytes after which a read ends: enough to keep a socket busy, and too small to act as a queue.
const BATCH_BYTES: usize = 64 * 1024;

/// The position belongs to another log, or the ring no longer has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LostPosition {
    /// The cursor's epoch is not this log's.
    UnknownEpoch,
    /// The changes after the position are no longer kept.
    FellOff,
}

impl LostPosition {
    /// The reason in the `reset` event.
    pub fn reason(self) -> &'static str {
        match self {
            Self::UnknownEpoch => "the position is of an earlier connection to the cluster",
            Self::FellOff => "the position is too old: the changes since are no longer kept",
        }
    }
}

/// The result of one read.
#[derive(Debug)]
pub struct Batch<B> {
    /// The frames that the client's filter covers, as bytes for the wire.
    pub frames: Vec<B>,
    /// The client's new position.
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
    /// The number of the last frame that was dropped.
    floor: u64,
}

impl<B: AsRef<[u8]> + Clone> FrameLog<B> {
    /// An empty log. The epoch must be random, because it distinguishes positions of different logs.
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

    /// Drops every frame and continues after this number. No position before it may have been given to a client.
    pub fn skip_to(&mut self, seq: u64) {
        self.frames.clear();
        (self.bytes, self.floor) = (0, seq);
    }

    /// The position of a client with this cursor.
    ///
    /// # Errors
    ///
    /// The cursor belongs to another log, is too old, or is beyond the newest frame.
    pub fn position(&self, cursor: Cursor) -> Result<u64, LostPosition> {
        if cursor.epoch != self.epoch {
            return Err(LostPosition::UnknownEpoch);
        }
        if (self.floor..=self.head()).contains(&cursor.seq) { Ok(cursor.seq) } else { Err(LostPosition::FellOff) }
    }

    /// The frames after a position that the filter covers.
    ///
    /// # Errors
    ///
    /// The ring no longer has the position.
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
