//! `GET /metrics`: what Prometheus reads.

use prometheus_client::encoding::text;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::{Registry, Unit};
use topology::cluster::coverage::Known;
use topology::cluster::kinds::Kind;
use topology::wire::{ContextState, KindStatus};

use crate::contexts::Contexts;
use crate::metrics::{OneLabel, Seconds, TwoLabels};

/// The counters, and the present state of the contexts, in the text format of OpenMetrics.
pub(super) fn encode(contexts: &Contexts) -> Result<String, std::fmt::Error> {
    let mut registry = Registry::with_prefix("kubehop");
    let build = Family::<OneLabel, Gauge>::default();
    build.get_or_create(&[("version", env!("CARGO_PKG_VERSION"))]).set(1);
    registry.register("build", "The version that runs", build);
    contexts.metrics().register(&mut registry);
    State::of(contexts).register(&mut registry);
    let mut text = String::new();
    text::encode(&mut text, &registry)?;
    Ok(text)
}

/// The present state of the contexts.
#[derive(Default)]
struct State {
    contexts: Family<OneLabel, Gauge>,
    watches: Family<TwoLabels, Gauge>,
    stale: Family<OneLabel, Seconds>,
    rows: Family<OneLabel, Gauge>,
}

impl State {
    fn of(contexts: &Contexts) -> Self {
        let state = Self::default();
        let now = jiff::Timestamp::now().as_millisecond();
        for summary in contexts.summaries().iter().filter(|summary| summary.state != ContextState::Idle) {
            state.contexts.get_or_create(&[("state", summary.state.as_str())]).inc();
        }
        for live in contexts.live() {
            live.with_view(|view| {
                view.status.kinds.iter().for_each(|kind| state.watch(kind, now));
                for kind in Kind::ALL {
                    let rows = i64::try_from(view.index.count(kind)).unwrap_or(i64::MAX);
                    state.rows.get_or_create(&[("kind", kind.as_str())]).inc_by(rows);
                }
            });
        }
        state
    }

    fn watch(&self, watch: &KindStatus, now_ms: i64) {
        let kind = ("kind", watch.kind.as_str());
        self.watches.get_or_create(&[kind, ("state", known(watch.state))]).inc();
        let seconds = watch.since.map_or(0.0, |since| (now_ms - since).max(0) as f64 / 1000.0);
        let stale = self.stale.get_or_create(&[kind]);
        stale.set(stale.get().max(seconds));
    }

    fn register(self, registry: &mut Registry) {
        registry.register("contexts", "Contexts that are connected or connecting, by their state", self.contexts);
        registry.register("watches", "Watches by what is known of their kind", self.watches);
        let help = "For how long a watch of this kind has been down, at most; 0 while none is";
        registry.register_with_unit("watch_stale", help, Unit::Seconds, self.stale);
        registry.register("index_rows", "Rows in memory", self.rows);
    }
}

fn known(known: Known) -> &'static str {
    match known {
        Known::NotLoaded => "not-loaded",
        Known::Loading => "loading",
        Known::Synced => "synced",
        Known::Stale => "stale",
        Known::Forbidden => "forbidden",
        Known::Absent => "absent",
        Known::NotInFiles => "not-in-files",
        Known::OmittedFromFiles => "omitted-from-files",
        Known::NotApplied => "not-applied",
    }
}
