//! The inputs and outputs of the state machine of a connection.

use topology::wire::{Cursor, Snapshot};

use crate::conn::{Event, Failure};

/// Something that happened.
#[derive(Debug)]
pub enum Input {
    /// The tab is shown.
    Shown,
    /// The tab is hidden, or the page is about to be left.
    Hidden,
    /// The fetch of a snapshot has ended.
    Fetched(Result<Snapshot, Failure>),
    /// The stream is open.
    Opened,
    /// The stream broke. Unless it is `closed`, the browser reconnects it by itself.
    Broken {
        /// Whether the browser does not reconnect the stream.
        closed: bool,
    },
    /// A `delta` event.
    Delta {
        /// The event's id: a cursor.
        id: String,
        /// The event's data, in JSON.
        data: String,
    },
    /// A `status` event.
    Status {
        /// The event's data, in JSON.
        data: String,
    },
    /// A `reset` event.
    Reset,
    /// An `alive` event: the stream works and has no changes.
    Alive,
    /// No event came for so long that the stream counts as dead, or it did not open.
    Silent,
    /// The wait of [`Output::Wait`] is over.
    Retry,
    /// The time of [`Output::Grace`] is over: the stream did not open in time.
    Overdue,
    /// An animation frame begins.
    Frame,
    /// The reader pauses the page.
    Pause,
    /// The reader resumes the page.
    Resume,
}

/// Something to do.
#[derive(Debug)]
pub enum Output {
    /// Fetch a snapshot.
    Fetch,
    /// Open the stream of the changes after this position.
    Open(Cursor),
    /// End the stream, the fetch and the wait, as far as they exist.
    Close,
    /// Give [`Input::Retry`] after this time, in ms.
    Wait(i32),
    /// Give [`Input::Overdue`] after this time, in ms.
    Grace(i32),
    /// Cancel [`Output::Grace`]: the stream has opened, or no stream is wanted.
    NoGrace,
    /// Give [`Input::Frame`] when the next animation frame begins.
    Frame,
    /// Report this event to the page.
    Emit(Event),
    /// Write an error to the console.
    Log(String),
}
