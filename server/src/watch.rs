//! Watching: from an API server to facts.
//!
//! One task per watched kind (and namespace, with `--namespaces`) lists and watches, and sends each change to the context's owner. It
//! holds no copy of anything.
//!
//! Any failure but the regular end of a watch makes a new watcher, hence a new list. A resumed watch would be silent until the next
//! change, so nobody could tell when the data are good again; and a version that the server answers with HTTP 410 would be asked for
//! again and again. A list shows that the data are good, and sweeps the objects that were deleted meanwhile.

mod namespaces;
mod probe;
mod proxy;
mod retry;
mod watched;

use std::pin::pin;
use std::time::Duration;

use futures::StreamExt;
use futures::future::BoxFuture;
use kube::runtime::watcher;
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, timeout};
use topology::decode::{Decoder, DecoderVisitor, visit_decoder};
use topology::index::Object;
use topology::key::{ObjectKey, Scope};
use topology::kinds::Kind;
use topology::settings::Settings;

use crate::connect::{Connection, Trouble};
use namespaces::{ListAccess, NamespaceWatches, list_access};
pub(crate) use probe::{Permissions, probe};
pub(crate) use proxy::follow as follow_settings;
pub(crate) use retry::Retry;
use watched::Watched;
pub use watched::from_event;

/// Time limit of one page of a list; then the server counts as dead. A watch that is silent is ended by the client's
/// [`crate::connect::Watchdog`], and resumed where it was.
const LIST_TIMEOUT: Duration = Duration::from_secs(60);

/// Number of objects in one page of a list. A page is held as text until it is read, and an object may be 1.5 MB large.
const PAGE: u32 = 100;

/// After this time a watch was a success: the next retry is quick again.
const SETTLED: Duration = Duration::from_secs(10);

/// An event that a watch sends to the context's owner. A watch is named by its scope; the empty namespace is the whole cluster.
#[derive(Debug)]
pub(crate) enum Event {
    /// There is no client to watch with, for this reason.
    Disconnected(String),
    /// There is a client.
    Connected,
    /// A list begins.
    ListBegins(Scope),
    /// An object exists, and is this now.
    Apply(Object),
    /// An object was deleted.
    Delete(Kind, ObjectKey),
    /// The list is complete, and is being watched.
    ListComplete(Scope),
    /// kube-proxy's settings are these.
    Settings(Settings),
    /// The watch is down and will be tried again.
    Failed(Scope, Trouble),
    /// A kind may not be listed in the whole cluster, but in these namespaces, too, in which it is watched from now on.
    NamespacesPermitted(Kind, Vec<String>),
    /// Nothing is watched in this namespace any more: it is gone, or may not be listed.
    NamespaceGone(Scope),
}

/// The watches of a context: each kind in each of these namespaces, or in the whole cluster if there are none.
pub(crate) fn scopes(namespaces: &[String]) -> Vec<Scope> {
    let in_scopes = |kind: Kind| {
        let in_namespaces = kind.namespaced() && !namespaces.is_empty();
        let namespaces = if in_namespaces { namespaces.to_vec() } else { vec![String::new()] };
        namespaces.into_iter().map(move |namespace| Scope { namespace, kind })
    };
    Kind::WATCHED.into_iter().flat_map(in_scopes).collect()
}

/// Watches one scope. It ends when nobody takes its events any more, or with its task.
pub(crate) fn run(
    scope: Scope,
    connections: watch::Receiver<Connection>,
    events: mpsc::Sender<Event>,
) -> BoxFuture<'static, ()> {
    struct Run(Scope, watch::Receiver<Connection>, mpsc::Sender<Event>);
    impl DecoderVisitor for Run {
        type Output = BoxFuture<'static, ()>;

        fn visit<D: Decoder>(self) -> Self::Output {
            let Self(scope, connections, events) = self;
            Box::pin(async move {
                // It ends when the owner is gone; then there is nobody to tell.
                let _ = watch_again_and_again::<D>(scope, connections, events).await;
            })
        }
    }
    visit_decoder(scope.kind, Run(scope, connections, events))
}

/// Number of refusals in a row, of a kind that was listed before, until the namespaces are tried: an API server that starts refuses for
/// a moment what it permits.
const MAX_REFUSALS: u32 = 4;

/// Nobody takes the events any more.
struct OwnerGone;

/// Lists and watches again after each failure. Where the whole cluster may not be listed, its namespaces are watched meanwhile.
async fn watch_again_and_again<D: Decoder>(
    scope: Scope,
    mut connections: watch::Receiver<Connection>,
    events: mpsc::Sender<Event>,
) -> Result<(), OwnerGone> {
    let may_be_in_namespaces = D::KIND.namespaced() && scope.namespace.is_empty();
    let mut retry = Retry::default();
    let mut namespaces = NamespaceWatches::default();
    // Whether it was ever listed.
    let mut listed = false;
    let mut refusals = 0;
    loop {
        let connection = connections.borrow_and_update().clone();
        let delay = if namespaces.are_running() && list_access::<D>(&connection, "").await != ListAccess::Granted {
            retry.after(&Trouble::Forbidden(String::new()))
        } else {
            namespaces.end(&scope, &events).await?;
            let (trouble, synced) = list_and_watch::<D>(&connection, &scope, &events, &mut retry).await?;
            listed |= synced;
            // Credentials that may list and not watch are taken to be the same in a namespace.
            refusals = if matches!(trouble, Trouble::Forbidden(_)) && !synced { refusals + 1 } else { 0 };
            let delay = retry.after(&trouble);
            // At once: trying the namespaces takes a while.
            events.send(Event::Failed(scope.clone(), trouble)).await.map_err(|_| OwnerGone)?;
            delay
        };
        if may_be_in_namespaces && (namespaces.are_running() || refusals >= if listed { MAX_REFUSALS } else { 1 }) {
            namespaces.update::<D>(&scope, &connections, &events).await?;
        }
        tokio::select! {
            () = tokio::time::sleep(delay) => {}
            // A client made of another configuration is tried at once.
            Ok(()) = connections.changed() => {
                retry = Retry::default();
                namespaces.try_again();
            }
        }
    }
}

/// Lists and watches until something goes wrong. Returns what, and whether the list was complete before.
async fn list_and_watch<D: Decoder>(
    connection: &Connection,
    scope: &Scope,
    events: &mpsc::Sender<Event>,
    retry: &mut Retry,
) -> Result<(Trouble, bool), OwnerGone> {
    let api = Watched::<D>::api(connection, &scope.namespace);
    let mut stream = pin!(watcher(api, watcher::Config::default().page_size(PAGE)));
    let mut watching_since: Option<Instant> = None;
    let trouble = loop {
        let next =
            if watching_since.is_some() { Ok(stream.next().await) } else { timeout(LIST_TIMEOUT, stream.next()).await };
        let event = match next {
            Ok(Some(Ok(event))) => event,
            Ok(Some(Err(error))) => break Trouble::of(&error, &connection.server, scope),
            // The watcher's stream has no end of its own.
            Ok(None) | Err(_) => break Trouble::silent(&connection.server, LIST_TIMEOUT.as_secs()),
        };
        let event = match event {
            watcher::Event::Init => Some(Event::ListBegins(scope.clone())),
            // In a list an object without a name can only be passed over.
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
            events.send(event).await.map_err(|_| OwnerGone)?;
        }
    };
    if watching_since.is_some_and(|since| since.elapsed() >= SETTLED) {
        *retry = Retry::default();
    }
    Ok((trouble, watching_since.is_some()))
}

/// Something happened to an object, and it is not known to which one: the list is read again.
fn nameless(server: &str) -> Trouble {
    Trouble::undecodable(server, &"an object without a name")
}
