//! What a connection is told, and what it wants done.

use topology::wire::{Cursor, Snapshot};

use crate::conn::{Event, Failure};

/// What has happened.
#[derive(Debug)]
pub enum Input {
    /// The tab is shown.
    Shown,
    /// The tab is hidden, or the page is about to be left.
    Hidden,
    /// The fetch has ended: with a snapshot, or with what went wrong.
    Fetched(Result<Snapshot, Failure>),
    /// The stream is open.
    Opened,
    /// The stream is broken. If it is not `closed`, the browser is reconnecting it by itself.
    Broken {
        /// Whether the browser has given it up.
        closed: bool,
    },
    /// A `delta` event.
    Delta {
        /// Its id.
        id: String,
        /// Its data.
        data: String,
    },
    /// A `status` event.
    Status {
        /// Its data.
        data: String,
    },
    /// A `reset` event.
    Reset,
    /// An `alive` event: the stream is there, and has nothing to say.
    Alive,
    /// Nothing has come for so long that the stream is dead, or does not open.
    Silent,
    /// The wait is over.
    Retry,
    /// The time to open the stream is over.
    Overdue,
    /// An animation frame begins.
    Frame,
    /// The reader wants the picture to stand still.
    Pause,
    /// The reader wants it to go on.
    Resume,
}

/// What to do.
#[derive(Debug)]
pub enum Output {
    /// Fetch a snapshot.
    Fetch,
    /// Open the stream from here.
    Open(Cursor),
    /// End the stream, the fetch and the wait, whichever there is.
    Close,
    /// Give [`Input::Retry`] after so many milliseconds.
    Wait(i32),
    /// Give [`Input::Overdue`] after so many milliseconds.
    Grace(i32),
    /// The stream has opened, or nobody waits for it any more: no [`Input::Overdue`].
    NoGrace,
    /// Give [`Input::Frame`] when the next animation frame begins.
    Frame,
    /// Report this.
    Emit(Event),
    /// Write an error to the console.
    Log(String),
}
