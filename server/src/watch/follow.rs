//! Follows one scope: lists it, watches it, and lists it again after each failure.

use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::time::Duration;

use futures::future::BoxFuture;
use futures::{FutureExt, TryStreamExt};
use kube::Api;
use kube::api::WatchParams;
use kube::core::WatchEvent;
use tokio::sync::{mpsc, watch};
use tokio::time::Instant;
use topology::cluster::index::Object;
use topology::cluster::key::Scope;
use topology::decode::{Decoder, DecoderVisitor, visit_decoder};
use topology::wire::AccessProblem;

use super::event::{Event, OwnerGone, send};
use super::list::{Listed, Stop, list};
use super::namespaces::{ListAccess, NamespaceWatches, list_access};
use super::retry::Retry;
use super::watched::Watched;
use crate::connect::{Connection, DeniedRequest, WatchFailure};

/// Number of objects in one page of a list. A page is held as text until it is decoded, and an object can have 1.5 MB.
const PAGE: u32 = 100;
/// The next page has this much fewer objects, after one was too large to be read.
const SMALLER: u32 = 4;

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
                let follow = || keep_following::<D>(scope.clone(), connections.clone(), events.clone());
                // An error means that the owner is gone, so there is nobody to report it to.
                let _ = unless_it_panics(&scope, follow, &events).await;
            })
        }
    }
    visit_decoder(scope.kind, Follow(scope, connections, events))
}

/// Follows a scope, and begins anew after a panic, which the status says: a task that has ended would leave its rows as they are.
async fn unless_it_panics<F: Future<Output = Result<(), OwnerGone>>>(
    scope: &Scope,
    follow: impl Fn() -> F,
    events: &mpsc::Sender<Event>,
) -> Result<(), OwnerGone> {
    let mut retry = Retry::default();
    loop {
        // Nothing of a panicked future is used again.
        if let Ok(ended) = AssertUnwindSafe(follow()).catch_unwind().await {
            return ended;
        }
        let delay = retry.after(&WatchFailure::Other(AccessProblem::Unknown));
        let failure = WatchFailure::Other(AccessProblem::ContextFailed { seconds: delay.as_secs().max(1) });
        send(events, Event::Failed(scope.clone(), failure)).await?;
        tokio::time::sleep(delay).await;
    }
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
    let mut page = PAGE;
    let mut expired = 0;
    loop {
        let connection = connections.borrow_and_update().clone();
        let delay = if namespaces.are_running() && list_access::<D>(&connection, "").await != ListAccess::Granted {
            retry.after(&WatchFailure::Forbidden(AccessProblem::Unknown))
        } else {
            namespaces.end(&scope, &events).await?;
            let (failure, reached) = list_and_watch::<D>(&connection, &scope, &events, &mut retry, page).await?;
            let synced = reached != Reached::Nothing;
            listed |= synced;
            if matches!(failure.problem(), AccessProblem::AnswerTooLarge { .. }) && !synced {
                page = (page / SMALLER).max(1);
            }
            // A version may expire while a watch is down. Said of a version that is new, it is a failure like others.
            expired = if matches!(failure, WatchFailure::Expired(_)) { expired + 1 } else { 0 };
            let failure = match failure {
                WatchFailure::Expired(problem) if !synced || expired > 1 => WatchFailure::Other(problem),
                failure => failure,
            };
            // Credentials that may list but not watch are assumed to have the same rights in a namespace.
            refusals = if matches!(failure, WatchFailure::Forbidden(_)) && !synced { refusals + 1 } else { 0 };
            let delay = if reached == Reached::Watch { retry.after_watch(&failure) } else { retry.after(&failure) };
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

/// What was complete before a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reached {
    Nothing,
    List,
    /// The list, and the watch had begun.
    Watch,
}

/// Lists and watches until there is an error. Returns the error, and what was complete before it.
async fn list_and_watch<D: Decoder>(
    connection: &Connection,
    scope: &Scope,
    events: &mpsc::Sender<Event>,
    retry: &mut Retry,
    page: u32,
) -> Result<(WatchFailure, Reached), OwnerGone> {
    let api = Watched::<D>::api(connection, &scope.namespace);
    let server = &connection.server;
    let Listed { version, nameless } = match list(&api, scope, server, page, events).await {
        Ok(listed) => listed,
        Err(Stop::Failed(failure)) => return Ok((failure, Reached::Nothing)),
        Err(Stop::OwnerGone) => return Err(OwnerGone),
    };
    send(events, Event::ListComplete(scope.clone())).await?;
    // What could be read is shown, and the list is read again: nobody knows what the others are.
    if nameless {
        return Ok((WatchFailure::nameless(server), Reached::List));
    }
    let watching_since = Instant::now();
    let mut reached = Reached::List;
    let failure = match watch::<D>(&api, scope, server, version, events, &mut reached).await {
        Ok(never) => match never {},
        Err(Stop::Failed(failure)) => failure,
        Err(Stop::OwnerGone) => return Err(OwnerGone),
    };
    if watching_since.elapsed() >= SUCCESS_AFTER {
        *retry = Retry::default();
    }
    Ok((failure, reached))
}

/// Watches from this version on, until there is an error. A watch that ends is resumed; the client's [`crate::connect::Watchdog`] ends a silent
/// one.
async fn watch<D: Decoder>(
    api: &Api<Watched<D>>,
    scope: &Scope,
    server: &str,
    mut version: String,
    events: &mpsc::Sender<Event>,
    reached: &mut Reached,
) -> Result<std::convert::Infallible, Stop> {
    let asked = || DeniedRequest::of_kind(D::KIND, "watch", &scope.namespace);
    let failed = |error: kube::Error| WatchFailure::of_client(&error, server, asked());
    loop {
        let mut stream = pin!(api.watch(&WatchParams::default(), &version).await.map_err(failed)?);
        *reached = Reached::Watch;
        while let Some(event) = stream.try_next().await.map_err(failed)? {
            let event = match event {
                WatchEvent::Added(changed) | WatchEvent::Modified(changed) => {
                    Event::Apply(object(changed, &mut version, server)?)
                }
                WatchEvent::Deleted(deleted) => {
                    Event::Delete(D::KIND, object(deleted, &mut version, server)?.target().1)
                }
                WatchEvent::Bookmark(bookmark) => {
                    version = bookmark.metadata.resource_version;
                    continue;
                }
                WatchEvent::Error(status) => return Err(WatchFailure::of_status(&status, server, asked()).into()),
            };
            send(events, event).await?;
        }
    }
}

/// The object of an event, whose version is the watch's from now on. Of an event about an object without a name or a version it is unknown
/// what has changed, so the list is read again.
fn object<D: Decoder>(changed: Watched<D>, version: &mut String, server: &str) -> Result<Object, WatchFailure> {
    let (Some(object), Some(own)) = (changed.object, changed.meta.resource_version.filter(|own| !own.is_empty()))
    else {
        return Err(WatchFailure::nameless(server));
    };
    *version = own;
    Ok(object)
}
