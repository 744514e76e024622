//! What Prometheus reads of a running server: figures and the names of kinds, never a name or an address of the cluster.

use std::sync::atomic::AtomicU64;
use std::time::Duration;

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::{Registry, Unit};
use topology::wire::log::LostPosition;

use crate::connect::WatchFailure;
use crate::watch::Event;

/// One label, `(name, value)`.
pub(crate) type OneLabel = [(&'static str, &'static str); 1];
/// Two labels, each `(name, value)`.
pub(crate) type TwoLabels = [(&'static str, &'static str); 2];
/// A figure in seconds.
pub(crate) type Seconds = Gauge<f64, AtomicU64>;

/// The counters. Clones count into the same ones.
#[derive(Clone, Debug)]
pub struct Metrics {
    events: Family<TwoLabels, Counter>,
    lists: Family<OneLabel, Counter>,
    failures: Family<TwoLabels, Counter>,
    heard: Family<OneLabel, Seconds>,
    publish: Histogram,
    frames: Counter,
    frame_bytes: Counter,
    streams: Gauge,
    sent_bytes: Counter,
    resets: Family<OneLabel, Counter>,
    traces: Histogram,
    connections: Gauge,
    refused: Counter,
}

impl Default for Metrics {
    fn default() -> Self {
        Self {
            events: Family::default(),
            lists: Family::default(),
            failures: Family::default(),
            heard: Family::default(),
            publish: Histogram::new(exponential_buckets(0.0005, 2.0, 14)),
            frames: Counter::default(),
            frame_bytes: Counter::default(),
            streams: Gauge::default(),
            sent_bytes: Counter::default(),
            resets: Family::default(),
            traces: Histogram::new(exponential_buckets(0.0001, 2.0, 14)),
            connections: Gauge::default(),
            refused: Counter::default(),
        }
    }
}

impl Metrics {
    /// Counts an event of a watch.
    pub(crate) fn watch_event(&self, event: &Event) {
        let kind = match event {
            Event::Apply(object) => {
                let kind = object.target().0;
                self.events.get_or_create(&[("kind", kind.as_str()), ("op", "apply")]).inc();
                kind
            }
            Event::Delete(kind, _) => {
                self.events.get_or_create(&[("kind", kind.as_str()), ("op", "delete")]).inc();
                *kind
            }
            Event::ListComplete(scope) => {
                self.lists.get_or_create(&[("kind", scope.kind.as_str())]).inc();
                scope.kind
            }
            Event::Failed(scope, failure) => {
                self.failures.get_or_create(&[("kind", scope.kind.as_str()), ("reason", reason(failure))]).inc();
                return;
            }
            Event::ListBegins(_)
            | Event::NamespacesPermitted(..)
            | Event::NamespaceGone(_)
            | Event::Connected
            | Event::Disconnected(_)
            | Event::Settings(_) => return,
        };
        let now = jiff::Timestamp::now().as_millisecond();
        self.heard.get_or_create(&[("kind", kind.as_str())]).set(now as f64 / 1000.0);
    }

    /// Events have become frames. `took` is the time since the first of them was taken.
    pub(crate) fn published(&self, took: Duration) {
        self.publish.observe(took.as_secs_f64());
    }

    /// A frame of this size was put into a log.
    pub(crate) fn logged(&self, frame_bytes: usize) {
        self.frames.inc();
        self.frame_bytes.inc_by(frame_bytes as u64);
    }

    /// Counts an open event stream until the returned value is dropped.
    pub(crate) fn stream(&self) -> Counted {
        Counted::new(&self.streams)
    }

    /// Bytes were sent to a stream.
    pub(crate) fn sent(&self, bytes: usize) {
        self.sent_bytes.inc_by(bytes as u64);
    }

    /// A stream could not go on where its client was.
    pub(crate) fn reset(&self, lost: LostPosition) {
        let reason = match lost {
            LostPosition::UnknownEpoch => "unknown-epoch",
            LostPosition::FellOff => "fell-off",
        };
        self.resets.get_or_create(&[("reason", reason)]).inc();
    }

    /// A trace was answered. `took` is the time that it took.
    pub(crate) fn traced(&self, took: Duration) {
        self.traces.observe(took.as_secs_f64());
    }

    /// Counts an open connection until the returned value is dropped.
    pub(crate) fn connection(&self) -> Counted {
        Counted::new(&self.connections)
    }

    /// A connection was refused, because the limit was reached.
    pub(crate) fn refused(&self) {
        self.refused.inc();
    }

    /// Registers the counters.
    pub(crate) fn register(&self, registry: &mut Registry) {
        let Self { events, lists, failures, heard, publish, frames, frame_bytes, .. } = self.clone();
        registry.register("watch_events", "Objects that watches and lists told of", events);
        registry.register("watch_lists", "Lists that were completed: the first one, and each relist", lists);
        registry.register("watch_failures", "Times that a watch went down or could not be opened", failures);
        let help = "When a watch of this kind last told of something, since the Unix epoch";
        registry.register_with_unit("watch_last_event_timestamp", help, Unit::Seconds, heard);
        let help = "From taking a watch's events to their being in the log, for every stream to read";
        registry.register_with_unit("publish_duration", help, Unit::Seconds, publish);
        registry.register("log_frames", "Frames that were put into a log", frames);
        registry.register_with_unit("log_frame", "Bytes of these frames", Unit::Bytes, frame_bytes);
        let Self { streams, sent_bytes, resets, traces, connections, refused, .. } = self.clone();
        registry.register("sse_clients", "Open event streams", streams);
        registry.register_with_unit("sse_sent", "Bytes that were given to event streams", Unit::Bytes, sent_bytes);
        registry.register("sse_resets", "Streams whose client must begin anew", resets);
        registry.register_with_unit("trace_duration", "How long a trace took", Unit::Seconds, traces);
        registry.register("http_connections", "Open connections", connections);
        registry.register("http_refused_connections", "Connections that were one too many", refused);
    }
}

/// An increment of a gauge. Dropping it takes the increment back.
#[derive(Debug)]
pub(crate) struct Counted(Gauge);

impl Counted {
    fn new(gauge: &Gauge) -> Self {
        gauge.inc();
        Self(gauge.clone())
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.dec();
    }
}

fn reason(failure: &WatchFailure) -> &'static str {
    match failure {
        WatchFailure::Unreachable(_) => "unreachable",
        WatchFailure::Tls(_) => "tls",
        WatchFailure::Unauthorized(_) => "unauthorized",
        WatchFailure::Forbidden(_) => "forbidden",
        WatchFailure::Absent(_) => "absent",
        WatchFailure::Expired(_) => "expired",
        WatchFailure::Busy(..) => "busy",
        WatchFailure::Malformed(_) => "malformed",
        WatchFailure::Other(_) => "other",
    }
}
