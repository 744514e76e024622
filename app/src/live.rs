//! The live side of the page: what the connection reports becomes model and signals.

use leptos::prelude::*;
use topology::wire::Status;

use crate::browser::{Connection, Timeout, open};
use crate::conn::Event;
use crate::conn::{Failure, Query};
use crate::model::Model;

/// How long the page says that changes come late, after the last late one, in ms.
const SAID_MS: i32 = 5_000;

/// The page has no connection to kubehop.
#[derive(Clone, Debug, PartialEq)]
pub struct Lost {
    /// Since when, in milliseconds since the Unix epoch.
    pub since: i64,
    /// Why.
    pub error: Failure,
}

/// The connection that is open.
struct OpenConnection {
    query: Query,
    paused: bool,
    connection: Connection,
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
    /// How much later than usual the last changes came, in s.
    pub behind: RwSignal<u32>,
    /// Whether the reader has stopped the picture. The button and the key set it.
    pub paused: RwSignal<bool>,
    /// Number of changes that wait for the end of the pause.
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
        Effect::new(move |before: Option<OpenConnection>| {
            let (query, paused) = (query.get(), live.paused.get());
            if let Some(open) = before.filter(|open| open.query == query) {
                if open.paused != paused {
                    open.connection.pause(paused);
                }
                return OpenConnection { paused, ..open };
            }
            live.waiting.set(0);
            live.model.update_value(|model| model.hold(query.held()));
            let connection = open(query.clone(), move |event| live.take(event));
            // A picture of other namespaces is taken as it is, and stands still again.
            if paused {
                connection.pause(true);
            }
            OpenConnection { query, paused, connection }
        });
        // Nobody says when changes are in time again if none come: the delay is shown for a while only.
        Effect::new(move |_: Option<Option<Timeout>>| {
            (live.behind.get() > 0).then(|| Timeout::new(SAID_MS, move || live.behind.set(0)))
        });
        live
    }

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
