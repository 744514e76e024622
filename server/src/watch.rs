//! Watching: from an API server to facts.
//!
//! One task per watched kind (and namespace, with `--namespaces`) lists and watches, and sends what it sees to the context's
//! owner. It holds no copy of anything.
//!
//! Any failure but the regular end of a watch makes a new watcher, hence a new list. A resumed watch would say nothing until the next
//! change, so nobody could tell when the data are good again; and a version that the server answers with HTTP 410 would be
//! asked for for ever. A list says both, and sweeps what went away meanwhile.

mod narrow;
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
use narrow::{May, Parts, may_list};
pub(crate) use probe::{Permitted, probe};
pub(crate) use proxy::follow as follow_settings;
pub(crate) use retry::Retry;
use watched::Watched;
pub use watched::from_event;

/// How long one page of a list may take before the server counts as dead. A watch that says nothing is ended by the client's
/// [`crate::connect::Watchdog`], and resumed where it was.
const LIST_TIMEOUT: Duration = Duration::from_secs(60);

/// So many objects are asked for at once. A page is held as text until it is read, and whoever may create objects makes them up to 1.5 MB
/// large.
const PAGE: u32 = 100;

/// A watch that was up for this long was a success: the next retry is quick again.
const SETTLED: Duration = Duration::from_secs(10);

/// What a watch tells the context's owner. A watch is named by its scope; the empty namespace is the whole cluster.
#[derive(Debug)]
pub(crate) enum Event {
    /// There is no client to watch with, for this reason.
    Disconnected(String),
    /// There is a client.
    Connected,
    /// A list begins.
    Begin(Scope),
    /// An object is there, or has become this.
    Apply(Object),
    /// An object is gone.
    Delete(Kind, ObjectKey),
    /// The list is complete, and is being watched.
    Done(Scope),
    /// kube-proxy's settings are these.
    Settings(Settings),
    /// The watch is down and will be tried again.
    Failed(Scope, Trouble),
    /// A kind may not be listed in the whole cluster, but in these namespaces too, where it is watched now.
    Narrowed(Kind, Vec<String>),
    /// The namespace of such a watch is gone.
    Gone(Scope),
}

/// The watches of a context: each kind in each of these namespaces, or in the whole cluster if there are none.
pub(crate) fn scopes(namespaces: &[String]) -> Vec<Scope> {
    let in_scopes = |kind: Kind| {
        let narrowed = kind.namespaced() && !namespaces.is_empty();
        let namespaces = if narrowed { namespaces.to_vec() } else { vec![String::new()] };
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
                // It ends when nobody takes its events; then there is nobody to tell.
                let _ = keep::<D>(scope, connections, events).await;
            })
        }
    }
    visit_decoder(scope.kind, Run(scope, connections, events))
}

/// So often in a row a kind that was listed before is refused until the namespaces are tried: an API server that starts refuses for a
/// moment what it permits.
const PATIENCE: u32 = 4;

/// Nobody takes the events any more.
struct Closed;

async fn keep<D: Decoder>(
    scope: Scope,
    mut connections: watch::Receiver<Connection>,
    events: mpsc::Sender<Event>,
) -> Result<(), Closed> {
    let narrows = D::KIND.namespaced() && scope.namespace.is_empty();
    let mut retry = Retry::default();
    let mut parts = Parts::default();
    // Whether it ever was listed.
    let mut listed = false;
    let mut refusals = 0;
    loop {
        let connection = connections.borrow_and_update().clone();
        let delay = if parts.are_running() && may_list::<D>(&connection, "").await != May::Yes {
            retry.after(&Trouble::Forbidden(String::new()))
        } else {
            parts.end(&scope, &events).await?;
            let (trouble, synced) = follow::<D>(&connection, &scope, &events, &mut retry).await?;
            listed |= synced;
            // Who may list and not watch is taken to be so in a namespace, too.
            refusals = if matches!(trouble, Trouble::Forbidden(_)) && !synced { refusals + 1 } else { 0 };
            let delay = retry.after(&trouble);
            // At once: to try the namespaces takes a while.
            events.send(Event::Failed(scope.clone(), trouble)).await.map_err(|_| Closed)?;
            delay
        };
        if narrows && (parts.are_running() || refusals >= if listed { PATIENCE } else { 1 }) {
            parts.look::<D>(&scope, &connections, &events).await?;
        }
        tokio::select! {
            () = tokio::time::sleep(delay) => {}
            // A client made of another configuration is tried at once.
            Ok(()) = connections.changed() => {
                retry = Retry::default();
                parts.try_again();
            }
        }
    }
}

/// Lists and watches until something goes wrong. Says whether the list was complete before.
async fn follow<D: Decoder>(
    connection: &Connection,
    scope: &Scope,
    events: &mpsc::Sender<Event>,
    retry: &mut Retry,
) -> Result<(Trouble, bool), Closed> {
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
            watcher::Event::Init => Some(Event::Begin(scope.clone())),
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
                Some(Event::Done(scope.clone()))
            }
        };
        if let Some(event) = event {
            events.send(event).await.map_err(|_| Closed)?;
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
