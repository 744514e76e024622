//! The page's connection to kubehop: one snapshot, then one stream of changes, for as long as the tab is shown.
//!
//! [`machine`] decides what to do. It does no IO and runs in native tests. `browser` performs its outputs. [`Call`] is a request to the
//! server's API.

mod calls;
mod filter;
pub mod machine;

use topology::cluster::change::Change;
use topology::wire::{Snapshot, Status};

use crate::text::Words;
pub use calls::{
    Call, ContextsCall, HistoryCall, ManifestCall, OutlineCall, SearchCall, SnapshotCall, TraceCall, address,
    events_address,
};

/// The part of the cluster that the page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// The context's name; `None` for the current context.
    pub context: Option<String>,
    /// The namespaces whose rows are requested. Empty means all namespaces, or with `overview` none.
    pub namespaces: Vec<String>,
    /// Whether the cluster is too big to be held: the other namespaces are then only counted.
    pub overview: bool,
}

impl Query {
    /// The namespaces whose rows the page holds; `None` for all.
    pub fn held(&self) -> Option<&[String]> {
        (self.overview || !self.namespaces.is_empty()).then_some(&self.namespaces)
    }
}

/// Why there is no answer from the kubehop server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// No reason is known.
    Unexplained,
    /// The server did not begin its answer within this number of seconds.
    NoAnswer(u32),
    /// The answer does not decode; the value is the reason.
    Undecodable(String),
    /// The server's message in the page's language, or the browser's message in the browser's language.
    Message(String),
}

impl Failure {
    /// The failure as text; empty if no reason is known.
    pub fn text(&self, words: &Words) -> String {
        match self {
            Self::Unexplained => String::new(),
            Self::NoAnswer(seconds) => words.fetch_no_answer(*seconds),
            Self::Undecodable(reason) => words.fetch_undecodable(reason),
            Self::Message(text) => text.clone(),
        }
    }
}

/// A report of a connection to the page.
#[derive(Clone, Debug)]
pub enum Event {
    /// A whole snapshot. It replaces all rows; they are reconciled by key.
    Snapshot(Snapshot),
    /// The changes since the snapshot or since the last `Changes`; at most one such event per animation frame.
    Changes {
        /// The changes in the order in which they happened, never empty. Changes that the snapshot includes are left out.
        changes: Vec<Change>,
        /// The position in the context's log after these changes.
        seq: u64,
    },
    /// Number of changes that wait while the page is paused; 0 when the page resumes.
    Waiting(usize),
    /// The delay of the last changes beyond the smallest delay seen, in ms; 0 when changes are in time again.
    Behind(u32),
    /// The state of the context, from the server. Changes that came before it are reported before it.
    Status(Status),
    /// The page has no connection to kubehop itself; the rows stay as they were. Reported again, with the same `since`, when the error
    /// changes.
    Lost {
        /// The time of the loss, in ms since the Unix epoch.
        since: f64,
        /// The reason.
        error: Failure,
    },
    /// The stream is open, for the first time or again after [`Event::Lost`].
    Live,
}
