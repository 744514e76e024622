//! The owner task of a context, and the supervisor of its connection.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, sleep, sleep_until};
use topology::cluster::coverage::Known;
use topology::wire::{AccessProblem, ContextState, Status};

use super::{Live, StatusEvent};
use crate::connect::{Connection, Target, WatchFailure, english};
use crate::proxy::ProxyFlags;
use crate::watch::{self as watches, Event, Retry};

/// Time to collect further changes while the log is busy: a frame of a screen. After a pause a change goes out at once.
const COALESCE_DELAY: Duration = Duration::from_millis(16);
/// Maximum number of events that are applied at once: readers wait meanwhile.
const MAX_EVENTS: usize = 1000;
/// Capacity of the queue between the watches and the owner; a watch waits while it is full.
const QUEUE_CAPACITY: usize = 1024;
/// Interval at which encoded scopes that nobody requested are dropped.
const FORGET_INTERVAL: Duration = Duration::from_secs(30);
/// Interval at which the overview of a big cluster is recounted (design §3).
const RECOUNT_INTERVAL: Duration = Duration::from_secs(1);
/// While the connection is down: interval at which the configuration is compared, and interval at which a new client is made in any case
/// (a certificate or a token may have changed in a file that the configuration only names).
const CONFIG_CHECK_INTERVAL: Duration = Duration::from_secs(2);
const NEW_CLIENT_INTERVAL: Duration = Duration::from_secs(30);

/// Runs a context until it is closed. All tasks that it started end with it.
pub(super) async fn run(
    name: String,
    target: Target,
    namespaces: Vec<String>,
    flags: ProxyFlags,
    live: Arc<Live>,
    after: Option<Duration>,
) {
    let (events, incoming) = mpsc::channel(QUEUE_CAPACITY);
    let closed = live.closed.clone();
    let work = async {
        tokio::select! {
            () = apply_watch_events(&name, &live, incoming) => {}
            () = supervise(&target, &namespaces, flags, &live, events, after) => {}
        }
    };
    tokio::select! {
        () = closed.cancelled() => tracing::info!(k8s.context = name, "disconnected from the cluster"),
        () = work => {}
    }
}

/// Applies the events of the watches to the context's data, in order.
async fn apply_watch_events(name: &str, live: &Arc<Live>, mut incoming: mpsc::Receiver<Event>) {
    let mut events = Vec::new();
    let mut flushed: Option<Instant> = None;
    let mut forget = tokio::time::interval(FORGET_INTERVAL);
    forget.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut recount = tokio::time::interval(RECOUNT_INTERVAL);
    recount.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            received = incoming.recv_many(&mut events, MAX_EVENTS) => if received == 0 { return },
            _ = forget.tick() => {
                live.data.write().forget_unread();
                continue;
            }
            _ = recount.tick() => {
                recount_overview(live).await;
                continue;
            }
        }
        let began = Instant::now();
        if let Some(until) = flushed.map(|at| at + COALESCE_DELAY) {
            gather(&mut incoming, &mut events, until).await;
        }
        flushed = Some(Instant::now());
        let before = live.status.borrow().status.clone();
        if live.take(events.drain(..)) {
            log_status(name, &before, &live.status.borrow().status);
        }
        live.metrics.published(began.elapsed());
    }
}

/// Collects more events until this moment, or until the maximum is reached.
async fn gather(incoming: &mut mpsc::Receiver<Event>, events: &mut Vec<Event>, until: Instant) {
    while events.len() < MAX_EVENTS {
        tokio::select! {
            biased;
            () = sleep_until(until) => return,
            received = incoming.recv_many(events, MAX_EVENTS) => if received == 0 { return },
        }
    }
}

/// Recounts the overview. The counting does not block readers, and does not run on a thread that serves.
async fn recount_overview(live: &Arc<Live>) {
    let counting = live.clone();
    let counted = tokio::task::spawn_blocking(move || counting.data.read().recount()).await;
    // A panic of the counting is the owner's. It is cancelled only when the runtime ends.
    match counted {
        Ok(recount) if recount.is_empty() => {}
        Ok(recount) => live.data.write().put_overview(recount, &live.log),
        Err(failed) => {
            if let Ok(panic) = failed.try_into_panic() {
                std::panic::resume_unwind(panic);
            }
        }
    }
}

impl Live {
    /// Applies events to the context's data. Returns whether the status changed.
    pub(super) fn take(&self, events: impl IntoIterator<Item = Event>) -> bool {
        let mut data = self.data.write();
        let events = events.into_iter().inspect(|event| self.metrics.watch_event(event));
        let changed = data.take(events, &self.log, jiff::Timestamp::now().as_millisecond());
        if changed {
            self.status.send_replace(StatusEvent::new(data.status().clone()));
        }
        changed
    }
}

/// Makes a client as soon as the configuration allows it, starts the watches, and makes a new client when the configuration is corrected
/// after the connection failed.
async fn supervise(
    target: &Target,
    namespaces: &[String],
    flags: ProxyFlags,
    live: &Live,
    events: mpsc::Sender<Event>,
    after: Option<Duration>,
) {
    if let Some(delay) = after {
        let problem = AccessProblem::ContextFailed { seconds: delay.as_secs() };
        if events.send(Event::Disconnected(problem)).await.is_err() {
            return;
        }
        sleep(delay).await;
    }
    let mut retry = Retry::default();
    let mut connection = loop {
        match target.connect().await {
            Ok(connection) => break connection,
            Err(problem) => {
                let delay = retry.after(&WatchFailure::Other(problem.clone()));
                if events.send(Event::Disconnected(problem)).await.is_err() {
                    return;
                }
                sleep(delay).await;
            }
        }
    };
    live.connection.send_replace(Some(connection.clone()));
    let (connections, following) = watch::channel(connection.clone());
    let mut tasks = JoinSet::new();
    for scope in watches::scopes(namespaces) {
        tasks.spawn(watches::follow_scope(scope, following.clone(), events.clone()));
    }
    tasks.spawn(watches::follow_settings(flags, following.clone(), events.clone()));
    if events.send(Event::Connected).await.is_err() || !target.can_reconnect() {
        return std::future::pending().await;
    }
    let mut status = live.status.subscribe();
    loop {
        if status.wait_for(|event| event.status.error.is_some()).await.is_err() {
            return;
        }
        if let Some(new) = reconnect(target, &connection, &mut status).await {
            connection = new;
            live.connection.send_replace(Some(connection.clone()));
            connections.send_replace(connection.clone());
        }
    }
}

/// Waits while the connection is down. Returns a new client once the configuration has changed or `NEW_CLIENT_INTERVAL` has passed; `None` if
/// the connection works again.
async fn reconnect(target: &Target, old: &Connection, status: &mut watch::Receiver<StatusEvent>) -> Option<Connection> {
    let anew = Instant::now() + NEW_CLIENT_INTERVAL;
    loop {
        tokio::select! {
            () = sleep(CONFIG_CHECK_INTERVAL) => {}
            _ = status.wait_for(|event| event.status.error.is_none()) => return None,
        }
        if !target.changed_since(old).await && Instant::now() < anew {
            continue;
        }
        match target.connect().await {
            Ok(connection) => return Some(connection),
            Err(problem) => tracing::warn!("cannot make a new client: {}", english(&problem)),
        }
    }
}

/// Logs what has changed, once and not for each retry.
fn log_status(name: &str, before: &Status, after: &Status) {
    if let Some(error) = after.error.as_ref().filter(|error| before.error.as_ref() != Some(error)) {
        tracing::warn!(k8s.context = name, "{error}");
    }
    for kind in &after.kinds {
        let old = before.kinds.iter().find(|old| (old.kind, &old.namespace) == (kind.kind, &kind.namespace));
        let known = old.and_then(|old| old.error.as_ref());
        // A connection that is down is logged once, above, and not for each kind.
        let own = after.error.is_none() || kind.state == Known::Forbidden;
        let news = |error: &&String| own && known != Some(error) && after.error.as_ref() != Some(error);
        if let Some(error) = kind.error.as_ref().filter(news) {
            let namespace = kind.namespace.as_deref().unwrap_or_default();
            tracing::warn!(k8s.context = name, k8s.kind = %kind.kind, k8s.namespace = namespace, "{error}");
        }
    }
    if before.state != after.state {
        match after.state {
            ContextState::Live => tracing::info!(k8s.context = name, "every kind is listed and watched"),
            ContextState::Stale => {
                tracing::warn!(k8s.context = name, "at least one watch is down: what is shown is stale")
            }
            ContextState::Idle | ContextState::Connecting => {}
        }
    }
}
