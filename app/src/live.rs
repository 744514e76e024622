//! The live side of the page: what the connection reports becomes model and signals.

use leptos::prelude::*;
use topology::wire::Status;

#[cfg(feature = "browser")]
use crate::browser::{Connection, Timeout, open};
#[cfg(feature = "browser")]
use crate::conn::Event;
use crate::conn::{Failure, Query};
use crate::model::Model;

/// That changes were late is said for so many milliseconds after the last of them.
#[cfg(feature = "browser")]
const SAID_MS: i32 = 5_000;

/// The page has no connection to kubehop.
#[derive(Clone, Debug, PartialEq)]
pub struct Lost {
    /// Since when, in milliseconds since the Unix epoch.
    pub since: i64,
    /// Why.
    pub error: Failure,
}

/// What components read.
#[derive(Clone, Copy)]
pub struct Live {
    /// Rows and picture.
    pub model: StoredValue<Model>,
    /// What the server says of the context; `None` before it said anything.
    pub status: RwSignal<Option<Status>>,
    /// No connection to kubehop itself.
    pub lost: RwSignal<Option<Lost>>,
    /// Whether a snapshot has been applied, so that the live picture takes the place of the first one.
    pub loaded: RwSignal<bool>,
    /// The last change applied.
    pub seq: RwSignal<u64>,
    /// So many seconds later than usual the last changes came.
    pub behind: RwSignal<u32>,
    /// The reader has stopped the picture; to be set by whoever stops it.
    pub paused: RwSignal<bool>,
    /// So many changes wait for the end of the pause.
    pub waiting: RwSignal<usize>,
}

impl Live {
    /// Nothing yet; in the browser, the connection follows `query`.
    pub fn follow(query: Memo<Query>) -> Self {
        let live = Self {
            model: StoredValue::new(Model::default()),
            status: RwSignal::default(),
            lost: RwSignal::default(),
            loaded: RwSignal::default(),
            seq: RwSignal::default(),
            behind: RwSignal::default(),
            paused: RwSignal::default(),
            waiting: RwSignal::default(),
        };
        #[cfg(feature = "browser")]
        {
            let connection = StoredValue::new_local(None::<Connection>);
            Effect::new(move |_| {
                let query = query.get();
                connection.set_value(None);
                live.waiting.set(0);
                live.model.update_value(|model| model.hold(query.held()));
                let opened = open(query, move |event| live.take(event));
                // A picture of other namespaces is taken as it is, and stands still again.
                if live.paused.get_untracked() {
                    opened.pause(true);
                }
                connection.set_value(Some(opened));
            });
            // Nothing is known of what does not come: it is said for a while only.
            Effect::new(move |_: Option<Option<Timeout>>| {
                (live.behind.get() > 0).then(|| Timeout::new(SAID_MS, move || live.behind.set(0)))
            });
            Effect::new(move |before: Option<bool>| {
                let paused = live.paused.get();
                if before.is_some_and(|before| before != paused) {
                    connection.with_value(|connection| connection.as_ref().map(|open| open.pause(paused)));
                }
                paused
            });
        }
        #[cfg(not(feature = "browser"))]
        let _ = query;
        live
    }

    #[cfg(feature = "browser")]
    fn take(self, event: Event) {
        match event {
            Event::Snapshot(snapshot) => {
                let seq = snapshot.scopes.iter().map(|scope| scope.cursor.seq).fold(snapshot.cursor.seq, u64::max);
                self.model.update_value(|model| model.take_snapshot(snapshot));
                self.seq.set(seq);
                self.loaded.set(true);
            }
            Event::Changes { changes, seq } => {
                self.model.update_value(|model| model.take_changes(changes));
                self.seq.update(|known| *known = seq.max(*known));
            }
            Event::Behind(ms) => self.behind.set(ms / 1000),
            Event::Waiting(changes) => self.waiting.set(changes),
            Event::Status(status) => {
                self.model.update_value(|model| model.take_status(&status));
                self.status.set(Some(status));
            }
            Event::Lost { since, error } => self.lost.set(Some(Lost { since: since as i64, error })),
            Event::Live => self.lost.set(None),
        }
    }
}
