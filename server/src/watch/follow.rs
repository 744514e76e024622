//! Follows one scope: lists it, watches it, and lists it again after each failure.

use std::pin::pin;
use std::time::Duration;

use futures::StreamExt;
use futures::future::BoxFuture;
use kube::runtime::watcher;
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, timeout};
use topology::cluster::key::Scope;
use topology::decode::{Decoder, DecoderVisitor, visit_decoder};
use topology::wire::AccessProblem;

use super::event::{Event, OwnerGone, send};
use super::namespaces::{ListAccess, NamespaceWatches, list_access};
use super::retry::Retry;
use super::watched::Watched;
use crate::connect::{Connection, WatchFailure};

/// Time limit of one page of a list; after it the server counts as dead. The client's [`crate::connect::Watchdog`] ends a silent watch,
/// which is then resumed at its resource version.
const LIST_TIMEOUT: Duration = Duration::from_secs(60);

/// Number of objects in one page of a list. A page is held as text until it is decoded, and an object can have 1.5 MB.
const PAGE: u32 = 100;

/// After this time a watch counts as a success: the next retry comes quickly.
const SUCCESS_AFTER: Duration = Duration::from_secs(10);

/// Follows one scope. It ends when the owner is gone, or with its task.
pub(crate) fn follow_scope(
    scope: Scope,
    connections: watch::Receiver<Connection>,
    events: mpsc::Sender<Event>,
) -> BoxFuture<'static, ()> {
    struct Follow(Scope, watch::Receiver<Connection>, mpsc::Sender<Event>);
    impl DecoderVisitor for Follow {
        type Output = BoxFuture<'static, ()>;

        fn visit<D: Decoder>(self) -> Self::Output {
            let Self(scope, connections, events) = self;
            Box::pin(async move {
                // An error means that the owner is gone, so there is nobody to report it to.
                let _ = keep_following::<D>(scope, connections, events).await;
            })
        }
    }
    visit_decoder(scope.kind, Follow(scope, connections, events))
}

/// Number of consecutive refusals, of a kind that was listed before, until the namespaces are tried: a starting API server briefly
/// refuses requests that it permits later.
const MAX_REFUSALS: u32 = 4;

/// Lists and watches again after each failure. Where the whole cluster may not be listed, its namespaces are watched meanwhile.
async fn keep_following<D: Decoder>(
    scope: Scope,
    mut connections: watch::Receiver<Connection>,
    events: mpsc::Sender<Event>,
) -> Result<(), OwnerGone> {
    let may_be_in_namespaces = D::KIND.namespaced() && scope.namespace.is_empty();
    let mut retry = Retry::default();
    let mut namespaces = NamespaceWatches::default();
    // Whether this scope was ever listed.
    let mut listed = false;
    let mut refusals = 0;
    loop {
        let connection = connections.borrow_and_update().clone();
        let delay = if namespaces.are_running() && list_access::<D>(&connection, "").await != ListAccess::Granted {
            retry.after(&WatchFailure::Forbidden(AccessProblem::Unknown))
        } else {
            namespaces.end(&scope, &events).await?;
            let (failure, synced) = list_and_watch::<D>(&connection, &scope, &events, &mut retry).await?;
            listed |= synced;
            // Credentials that may list but not watch are assumed to have the same rights in a namespace.
            refusals = if matches!(failure, WatchFailure::Forbidden(_)) && !synced { refusals + 1 } else { 0 };
            let delay = retry.after(&failure);
            // Sent at once, because trying the namespaces takes a while.
            send(&events, Event::Failed(scope.clone(), failure)).await?;
            delay
        };
        if may_be_in_namespaces && (namespaces.are_running() || refusals >= if listed { MAX_REFUSALS } else { 1 }) {
            let connection = connections.borrow().clone();
            let follow = |scope| follow_scope(scope, connections.clone(), events.clone());
            namespaces.update::<D>(&scope, &connection, &follow, &events).await?;
        }
        tokio::select! {
            () = tokio::time::sleep(delay) => {}
            // A client of a new configuration is tried at once.
            Ok(()) = connections.changed() => {
                retry = Retry::default();
                namespaces.try_again();
            }
        }
    }
}

/// Lists and watches until there is an error. Returns the error, and whether the list was complete before it.
async fn list_and_watch<D: Decoder>(
    connection: &Connection,
    scope: &Scope,
    events: &mpsc::Sender<Event>,
    retry: &mut Retry,
) -> Result<(WatchFailure, bool), OwnerGone> {
    let api = Watched::<D>::api(connection, &scope.namespace);
    let mut stream = pin!(watcher(api, watcher::Config::default().page_size(PAGE)));
    let mut watching_since: Option<Instant> = None;
    let failure = loop {
        let next =
            if watching_since.is_some() { Ok(stream.next().await) } else { timeout(LIST_TIMEOUT, stream.next()).await };
        let event = match next {
            Ok(Some(Ok(event))) => event,
            Ok(Some(Err(error))) => break WatchFailure::of(&error, &connection.server, scope),
            // The watcher's stream never ends by itself.
            Ok(None) | Err(_) => break WatchFailure::silent(&connection.server, LIST_TIMEOUT.as_secs()),
        };
        let event = match event {
            watcher::Event::Init => Some(Event::ListBegins(scope.clone())),
            // In a list an object without a name can only be skipped.
            watcher::Event::InitApply(listed) => listed.object.map(Event::Apply),
            watcher::Event::Apply(changed) => match changed.object {
                Some(object) => Some(Event::Apply(object)),
                None => break nameless(&connection.server),
            },
            watcher::Event::Delete(deleted) => match deleted.object {
                Some(object) => Some(Event::Delete(D::KIND, object.target().1)),
                None => break nameless(&connection.server),
            },
            watcher::Event::InitDone => {
                watching_since = Some(Instant::now());
                Some(Event::ListComplete(scope.clone()))
            }
        };
        if let Some(event) = event {
            send(events, event).await?;
        }
    };
    if watching_since.is_some_and(|since| since.elapsed() >= SUCCESS_AFTER) {
        *retry = Retry::default();
    }
    Ok((failure, watching_since.is_some()))
}

/// An event without an object name: it is unknown which object changed, so the list is read again.
fn nameless(server: &str) -> WatchFailure {
    WatchFailure::Other(AccessProblem::NamelessObject { server: server.to_owned() })
}
