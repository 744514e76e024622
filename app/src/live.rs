//! The live data of the page: events of the connection change the model and signals.

use leptos::prelude::*;
use topology::wire::Status;
use wasm_bindgen_futures::spawn_local;

use crate::browser::{Connection, Timeout, open};
use crate::conn::Event;
use crate::conn::{Failure, Query};
use crate::model::Model;
use crate::resolver::{self, NotLoaded};

/// Time for which the page shows a delay after the last late changes, in ms.
const DELAY_SHOWN_MS: i32 = 5_000;
/// Time between the first two attempts to load the resolver, in ms; it doubles.
const RESOLVER_RETRY_MS: i32 = 1_000;
/// Maximum time between two attempts, in ms.
const MAX_RESOLVER_RETRY_MS: i32 = 30_000;

/// A lost connection to kubehop.
#[derive(Clone, Debug, PartialEq)]
pub struct Lost {
    /// The time of the loss, in ms since the Unix epoch.
    pub since: i64,
    /// The reason.
    pub error: Failure,
}

/// The connection that is open.
struct OpenConnection {
    query: Query,
    paused: bool,
    connection: Connection,
}

/// The data and signals that components read.
#[derive(Clone, Copy)]
pub struct Live {
    /// Rows and picture.
    pub model: StoredValue<Model>,
    /// The context's status; `None` before the first status event.
    pub status: RwSignal<Option<Status>>,
    /// The lost connection to kubehop itself; `None` while there is one.
    pub lost: RwSignal<Option<Lost>>,
    /// Whether a snapshot was applied, so that the live picture replaces the first one.
    pub loaded: RwSignal<bool>,
    /// The sequence number of the last applied change.
    pub seq: RwSignal<u64>,
    /// The delay of the last changes, in s; 0 if they were in time.
    pub behind: RwSignal<u32>,
    /// Whether the reader has paused the page. The button and the key set it.
    pub paused: RwSignal<bool>,
    /// Number of changes that wait for the end of the pause.
    pub waiting: RwSignal<usize>,
}

impl Live {
    /// Creates empty data. In the browser a connection follows `query`.
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
            // The new connection applies its first snapshot and is then paused again.
            if paused {
                connection.pause(true);
            }
            OpenConnection { query, paused, connection }
        });
        // Without further changes no event ends the delay, so it is shown for a limited time.
        Effect::new(move |_: Option<Option<Timeout>>| {
            (live.behind.get() > 0).then(|| Timeout::new(DELAY_SHOWN_MS, move || live.behind.set(0)))
        });
        Effect::new(move |_| live.load_resolver(StoredValue::new_local(None), RESOLVER_RETRY_MS));
        live
    }

    /// Loads the resolver's code, and tries again after a while if that fails.
    fn load_resolver(self, retry: StoredValue<Option<Timeout>, LocalStorage>, wait: i32) {
        spawn_local(async move {
            match resolver::load().await {
                Ok(resolve) => {
                    self.model.try_update_value(|model| model.take_resolver(resolve));
                }
                Err(NotLoaded) => {
                    let again =
                        Timeout::new(wait, move || self.load_resolver(retry, (2 * wait).min(MAX_RESOLVER_RETRY_MS)));
                    retry.try_set_value(Some(again));
                }
            }
        });
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
