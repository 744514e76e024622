//! Watches: a stream of events, one JSON object per line.
//!
//! A watch is a position in the watch cache of its resource. It has no queue, so a slow reader holds no memory. A reader whose position
//! was dropped gets the error 410 as its last event. That is an event in a stream of status 200 and never the HTTP status, for which
//! kube's watcher would repeat the same request for ever.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::Body;
use axum::response::Response;
use bytes::{BufMut, Bytes, BytesMut};
use futures::stream;
use serde_json::json;
use tokio::sync::watch::Receiver;
use tokio::time::{Instant, timeout_at};

use super::query::Options;
use super::response;
use super::target::Call;
use crate::resources::Resource;
use crate::selector::Selector;
use crate::status::Status;
use crate::store::{Cursor, Store};
use crate::watch_cache::Event;

/// Number of events or objects in one chunk of the stream.
const BATCH: usize = 256;
/// Duration of a watch without a timeout; an API server takes between this and twice as much.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(1800);
/// Time between the last bookmark of a watch and its timeout; the next watch begins at that bookmark.
const LAST_BOOKMARK: Duration = Duration::from_secs(2);

struct Watch {
    store: Store,
    resource: &'static Resource,
    selector: Selector,
    phase: Phase,
    changed: Receiver<()>,
    generation: u64,
    bookmarks: Option<Bookmarks>,
    deadline: Instant,
}

enum Phase {
    /// Sends the objects that exist at a version as added.
    Initial {
        version: u64,
        after: Option<Cursor>,
        mark_end: bool,
    },
    /// Sends the events after a version.
    Live {
        position: u64,
    },
    Failed(Status),
    Ended,
}

struct Bookmarks {
    every: Duration,
    next: Instant,
    /// When the bookmark before the timeout is due; `None` after it was sent.
    last: Option<Instant>,
}

/// Starts a watch. Its only error responses are those of malformed selectors; any other error is an event.
pub(crate) fn start(store: Store, call: &Call) -> Result<Response, Status> {
    let (resource, options) = (call.target.resource, &call.options);
    let selector = call.selector()?;
    let now = Instant::now();
    let timeout = options.timeout_seconds.map_or(DEFAULT_TIMEOUT, Duration::from_secs);
    // A timeout beyond the clock's range is replaced by the default.
    let deadline = now.checked_add(timeout).unwrap_or(now + DEFAULT_TIMEOUT);
    let bookmarks = options.bookmarks.then(|| {
        // At most what the clock can add, and at least 1 ms, so that bookmarks leave time for events.
        let every = store.settings().bookmark_every.clamp(Duration::from_millis(1), DEFAULT_TIMEOUT);
        Bookmarks { every, next: now + every, last: Some(deadline - LAST_BOOKMARK.min((deadline - now) / 2)) }
    });
    let watch = Watch {
        phase: phase(&store, resource, options),
        // Subscribed before the first read, so that no change between the two is missed.
        changed: store.changes(resource),
        generation: store.generation(),
        store,
        resource,
        selector,
        bookmarks,
        deadline,
    };
    let lines = stream::unfold(watch, |mut watch| async move {
        let piece = watch.next().await?;
        Some((Ok::<Bytes, Infallible>(piece), watch))
    });
    Ok(response::json(Body::from_stream(lines)))
}

fn phase(store: &Store, resource: &Resource, options: &Options) -> Phase {
    let latest = store.resource_version();
    let version = options.version.unwrap_or(0);
    match options.initial_events {
        Some(true) if version > latest => Phase::Failed(Status::version_too_large(version, latest)),
        Some(true) => Phase::Initial { version: latest, after: None, mark_end: options.bookmarks },
        None if version == 0 => Phase::Initial { version: latest, after: None, mark_end: false },
        Some(false) if version == 0 => Phase::Live { position: latest },
        _ => match store.check_watchable(resource, version) {
            Ok(()) => Phase::Live { position: version },
            Err(status) => Phase::Failed(status),
        },
    }
}

impl Watch {
    /// The next chunk of the stream; `None` at its end.
    async fn next(&mut self) -> Option<Bytes> {
        loop {
            let mut piece = BytesMut::new();
            if let Err(status) = self.advance(&mut piece) {
                put(&mut piece, "ERROR", status.to_value().to_string().as_bytes());
                self.phase = Phase::Ended;
            }
            if !piece.is_empty() {
                return Some(piece.freeze());
            }
            if matches!(self.phase, Phase::Ended) {
                return None;
            }
            self.wait().await;
        }
    }

    /// Sleeps until there may be something to send. A change since the last read wakes it at once.
    async fn wait(&mut self) {
        let bookmark = self.bookmarks.as_ref().map(Bookmarks::due);
        let until = bookmark.map_or(self.deadline, |bookmark| bookmark.min(self.deadline));
        // The next read finds out whether this was a change or the time.
        let _ = timeout_at(until, self.changed.changed()).await;
    }

    /// Writes what is to be sent now; nothing if there is nothing.
    fn advance(&mut self, piece: &mut BytesMut) -> Result<(), Status> {
        let now = Instant::now();
        if now >= self.deadline || self.store.generation() != self.generation {
            self.phase = Phase::Ended;
        }
        match &mut self.phase {
            Phase::Ended => {}
            Phase::Failed(status) => return Err(status.clone()),
            Phase::Initial { version, after, mark_end } => {
                let page = self.store.page(self.resource, &self.selector, Some(*version), after.as_ref(), BATCH)?;
                for object in &page.items {
                    put(piece, "ADDED", object.json());
                }
                *after = page.next;
                if after.is_none() {
                    let (position, mark_end) = (*version, *mark_end);
                    if mark_end {
                        put_bookmark(piece, self.resource, position, true);
                    }
                    self.phase = Phase::Live { position };
                    if piece.is_empty() {
                        return self.advance(piece);
                    }
                }
            }
            Phase::Live { position } => {
                self.changed.borrow_and_update();
                // A batch in which no event matches the selector is no reason to wait while more events are there.
                while piece.is_empty() {
                    let (events, reached) = self.store.events(self.resource, *position, BATCH)?;
                    *position = reached;
                    for event in &events {
                        put_event(piece, self.resource, &self.selector, event)?;
                    }
                    if events.len() < BATCH {
                        break;
                    }
                }
                if self.bookmarks.as_mut().is_some_and(|bookmarks| bookmarks.take(now)) {
                    put_bookmark(piece, self.resource, *position, false);
                }
            }
        }
        Ok(())
    }
}

impl Bookmarks {
    fn due(&self) -> Instant {
        self.last.map_or(self.next, |last| last.min(self.next))
    }

    /// Whether a bookmark is due; a due one counts as sent.
    fn take(&mut self, now: Instant) -> bool {
        let due = now >= self.due();
        if due {
            self.next = now + self.every;
            self.last = self.last.filter(|last| now < *last);
        }
        due
    }
}

fn put(piece: &mut BytesMut, kind: &str, object: &[u8]) {
    piece.put_slice(format!(r#"{{"type":"{kind}","object":"#).as_bytes());
    piece.put_slice(object);
    piece.put_slice(b"}\n");
}

/// Writes an event as the selector sees it: an object that stops to match is deleted, one that begins to match is added.
fn put_event(piece: &mut BytesMut, resource: &Resource, selector: &Selector, event: &Event) -> Result<(), Status> {
    let before = event.previous.as_ref().filter(|previous| selector.matches(previous));
    let after = !event.deleted && selector.matches(&event.object);
    match (before, after) {
        (None, false) => {}
        (None, true) => put(piece, "ADDED", event.object.json()),
        (Some(_), true) => put(piece, "MODIFIED", event.object.json()),
        (Some(_), false) if event.deleted => put(piece, "DELETED", event.object.json()),
        (Some(before), false) => {
            let last_seen = before.at_version(resource, event.resource_version)?;
            put(piece, "DELETED", last_seen.json());
        }
    }
    Ok(())
}

fn put_bookmark(piece: &mut BytesMut, resource: &Resource, version: u64, initial_events_end: bool) {
    let mut metadata = json!({"resourceVersion": version.to_string(), "creationTimestamp": null});
    if initial_events_end {
        metadata["annotations"] = json!({"k8s.io/initial-events-end": "true"});
    }
    let object = json!({"kind": resource.kind, "apiVersion": resource.api_version(), "metadata": metadata});
    put(piece, "BOOKMARK", object.to_string().as_bytes());
}
