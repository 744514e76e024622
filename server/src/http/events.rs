use std::collections::VecDeque;
use std::time::Duration;

use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures::{Stream, stream};
use http::{HeaderMap, header};
use tokio::sync::watch;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at};
use tokio_util::sync::CancellationToken;
use topology::wire::log::{LostPosition, ScopeFilter};
use topology::wire::{self, Reset};

use super::query::{ContextQuery, cursor};
use super::{Problem, Shared};
use crate::contexts::ContextLease;
use crate::live::StatusEvent;
use crate::metrics::{Counted, Metrics};

/// Interval of keep-alives. They keep proxies from closing the connection, and show both sides when the other one is gone.
const KEEP_ALIVE_INTERVAL: Duration = Duration::from_secs(15);
/// The keep-alive as a comment.
const KEEP_ALIVE_COMMENT: &[u8] = b":\n\n";
/// The keep-alive as an event. A browser hides comments from the page, and this event lets the page notice a dead stream.
const KEEP_ALIVE_EVENT: &[u8] = b"event: alive\ndata:\n\n";

/// `GET /api/v1/events`: all changes from now on, or from a cursor on.
pub(super) async fn events(
    State(shared): State<Shared>,
    query: ContextQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    // A browser that reconnects requests the same URL again, and sends the last id that it saw in this header.
    let last_seen = match headers.get("last-event-id").filter(|id| !id.is_empty()) {
        Some(id) => Some(cursor("Last-Event-ID", id.to_str().unwrap_or("?"))?),
        None => None,
    };
    let lease = shared.contexts.open(query.context.as_deref())?;
    let position = match last_seen.or(query.since) {
        Some(cursor) => lease.log().position(cursor),
        None => Ok(lease.now().seq),
    };
    let mut reader = EventStream::new(lease, query.filter, position, &shared);
    if query.alive {
        reader.alive = KEEP_ALIVE_EVENT;
    }
    let headers = [
        (header::CONTENT_TYPE, "text/event-stream"),
        (header::CACHE_CONTROL, "no-cache, no-transform"),
        // This header stops nginx from buffering the stream.
        (header::HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    Ok((headers, Body::from_stream(reader.into_stream())).into_response())
}

/// One client: a position in the log. Frames that it has not read stay in the log, or are lost; there is no queue per client.
struct EventStream {
    lease: ContextLease,
    filter: ScopeFilter,
    position: u64,
    /// The bytes to send next: at most one batch of the log, whose bytes are shared.
    next: VecDeque<Bytes>,
    /// Whether the stream ends after `next`.
    ends: bool,
    head: watch::Receiver<u64>,
    status: watch::Receiver<StatusEvent>,
    keep_alive: Interval,
    /// The bytes of a keep-alive.
    alive: &'static [u8],
    shutdown: CancellationToken,
    metrics: Metrics,
    _counted: Counted,
}

impl EventStream {
    fn new(lease: ContextLease, filter: ScopeFilter, position: Result<u64, LostPosition>, shared: &Shared) -> Self {
        let mut status = lease.follow_status();
        let head = lease.log().follow();
        let mut keep_alive = interval_at(Instant::now() + KEEP_ALIVE_INTERVAL, KEEP_ALIVE_INTERVAL);
        keep_alive.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let status_now = status.borrow_and_update().bytes.clone();
        let next = VecDeque::from([Bytes::from_static(b"retry: 2000\n\n"), status_now]);
        let (shutdown, metrics) = (shared.shutdown.clone(), shared.contexts.metrics().clone());
        let _counted = metrics.stream();
        let mut reader = Self {
            lease,
            filter,
            position: 0,
            next,
            ends: false,
            head,
            status,
            keep_alive,
            alive: KEEP_ALIVE_COMMENT,
            shutdown,
            metrics,
            _counted,
        };
        match position {
            Ok(position) => reader.position = position,
            Err(lost) => reader.reset(lost),
        }
        reader
    }

    fn into_stream(self) -> impl Stream<Item = Result<Bytes, std::convert::Infallible>> {
        stream::unfold(self, async |mut reader| reader.next().await.map(|bytes| (Ok(bytes), reader)))
    }

    async fn next(&mut self) -> Option<Bytes> {
        loop {
            if self.shutdown.is_cancelled() {
                return None;
            }
            if let Some(bytes) = self.next.pop_front() {
                self.metrics.sent(bytes.len());
                return Some(bytes);
            }
            if self.ends {
                return None;
            }
            self.head.mark_unchanged();
            match self.lease.log().read(self.position, &self.filter) {
                Err(lost) => self.reset(lost),
                Ok(batch) if batch.position == self.position => self.wait().await,
                Ok(batch) => {
                    self.position = batch.position;
                    self.next.extend(batch.frames);
                }
            }
        }
    }

    /// Waits until there are bytes to send, or the stream ends.
    async fn wait(&mut self) {
        tokio::select! {
            biased;
            () = self.shutdown.cancelled() => self.ends = true,
            () = self.lease.closed().cancelled() => self.ends = true,
            Ok(()) = self.status.changed() => self.next.push_back(self.status.borrow_and_update().bytes.clone()),
            Ok(()) = self.head.changed() => {}
            _ = self.keep_alive.tick() => self.next.push_back(Bytes::from_static(self.alive)),
        }
    }

    fn reset(&mut self, lost: LostPosition) {
        self.metrics.reset(lost);
        let data = wire::encode(&Reset { reason: lost.reason().to_owned() });
        self.next.push_back(format!("event: reset\ndata: {data}\n\n").into());
        self.ends = true;
    }
}
