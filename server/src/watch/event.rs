use tokio::sync::mpsc;
use topology::cluster::index::Object;
use topology::cluster::key::{ObjectKey, Scope};
use topology::cluster::kinds::Kind;
use topology::cluster::settings::Settings;
use topology::wire::AccessProblem;

use crate::connect::WatchFailure;

/// An event that a watch sends to the context's owner. A watch is identified by its scope; the empty namespace is the whole cluster.
#[derive(Debug)]
pub(crate) enum Event {
    /// There is no client for the watches.
    Disconnected(AccessProblem),
    /// There is a client.
    Connected,
    /// A list begins.
    ListBegins(Scope),
    /// An object was created or changed.
    Apply(Object),
    /// An object was deleted.
    Delete(Kind, ObjectKey),
    /// The list is complete, and the watch goes on from it.
    ListComplete(Scope),
    /// kube-proxy's settings.
    Settings(Settings),
    /// The watch is down and will be retried.
    Failed(Scope, WatchFailure),
    /// A kind may not be listed in the whole cluster, but in these namespaces, where it is watched from now on.
    NamespacesPermitted(Kind, Vec<String>),
    /// Nothing is watched in this namespace any more: it was deleted, or may not be listed.
    NamespaceGone(Scope),
}

/// The context's owner has ended and receives no more events.
pub(super) struct OwnerGone;

/// Sends an event to the context's owner.
pub(super) async fn send(events: &mpsc::Sender<Event>, event: Event) -> Result<(), OwnerGone> {
    events.send(event).await.map_err(|_| OwnerGone)
}
