//! The page's connection to kubehop: one snapshot, then one stream of changes, for as long as the tab is shown.
//!
//! What to do when is decided in [`machine`], which does no IO and runs in native tests; `browser` does what it says. [`Call`] is a
//! question to the server's API.

mod calls;
mod filter;
pub mod machine;

use topology::cluster::change::Change;
use topology::wire::{Snapshot, Status};

use crate::text::Words;
pub use calls::{
    Call, ContextsCall, HistoryCall, ManifestCall, SearchCall, SnapshotCall, TraceCall, address, events_address,
};

/// What to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// The context by name; none for the current one.
    pub context: Option<String>,
    /// The namespaces; empty for all, or for none if it is an overview.
    pub namespaces: Vec<String>,
    /// Whether the rest of the cluster is too big to be held, and only counted.
    pub overview: bool,
}

impl Query {
    /// The namespaces that are held; `None` for all.
    pub fn held(&self) -> Option<&[String]> {
        (self.overview || !self.namespaces.is_empty()).then_some(&self.namespaces)
    }
}

/// Why there is no answer from the kubehop server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Nobody said why.
    Nothing,
    /// The server has not begun its answer within so many seconds.
    NoAnswer(u32),
    /// The answer does not decode; why.
    Undecodable(String),
    /// What the server said, in the page's language, or what the browser said, in its own.
    Said(String),
}

impl Failure {
    /// In words; nothing where nobody said anything.
    pub fn text(&self, words: &Words) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::NoAnswer(seconds) => words.fetch_no_answer(*seconds),
            Self::Undecodable(reason) => words.fetch_undecodable(reason),
            Self::Said(text) => text.clone(),
        }
    }
}

/// What a connection reports.
#[derive(Clone, Debug)]
pub enum Event {
    /// A whole snapshot: replace everything, reconcile by key.
    Snapshot(Snapshot),
    /// What has changed since the snapshot or the last changes; at most one of these per animation frame.
    Changes {
        /// In the order in which they happened; none that is in the snapshot already, never empty.
        changes: Vec<Change>,
        /// The position in the context's log that the stream has reached with them.
        seq: u64,
    },
    /// The page is paused, and so many changes wait; or none, because it goes on.
    Waiting(usize),
    /// Changes come so many milliseconds later than the quickest did; 0 when they are in time again.
    Behind(u32),
    /// How the context is doing, as the server says. What had changed before it has been reported before it.
    Status(Status),
    /// The page has no connection to kubehop itself. What was shown is as it was. Said again, with the same
    /// `since`, when the error becomes another one.
    Lost {
        /// Since when, in milliseconds since the Unix epoch.
        since: f64,
        /// Why.
        error: Failure,
    },
    /// The page has its connection: the stream is open for the first time, or again after [`Event::Lost`].
    Live,
}
