//! Rights in some namespaces only: a kind that may not be listed in the whole cluster is watched in the namespaces where it may be
//! listed. They are looked up again from time to time, since namespaces and rights change.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use futures::future::BoxFuture;
use futures::{StreamExt, stream};
use kube::api::ListParams;
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout};
use tokio_util::task::AbortOnDropHandle;
use topology::cluster::key::Scope;
use topology::cluster::kinds::Kind;
use topology::decode::{Decoder, PartialNamespace};
use topology::wire::AccessProblem;

use super::event::{Event, OwnerGone, send};
use super::watched::Watched;
use crate::connect::{Connection, DeniedRequest, WatchFailure};

/// Time limit of one request to the API server.
const TIMEOUT: Duration = Duration::from_secs(10);
/// Maximum number of namespaces that are tried; for more there is `--namespaces`.
const MAX_NAMESPACES: u32 = 100;
/// Number of namespaces that are tried at once.
const CONCURRENCY: usize = 4;
/// Time until the namespaces are tried again, which is one request for each of them.
const RETRY: Duration = Duration::from_secs(300);
/// Time until the namespaces are tried again where the kind may be listed in none: a starting API server briefly refuses requests that it
/// permits later.
const RETRY_REFUSED: Duration = Duration::from_secs(60);
/// Time until the namespaces are tried again where some requests had no answer.
const RETRY_UNANSWERED: Duration = Duration::from_secs(15);

/// Whether a kind may be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ListAccess {
    Granted,
    Refused,
    /// The server was too busy to answer, or did not answer.
    Unknown,
}

/// Whether the kind may be listed in a namespace, or in the whole cluster if it is empty.
pub(super) async fn list_access<D: Decoder>(connection: &Connection, namespace: &str) -> ListAccess {
    let api = Watched::<D>::api(connection, namespace);
    match timeout(TIMEOUT, api.list(&ListParams::default().limit(1))).await {
        Ok(Ok(_)) => ListAccess::Granted,
        Ok(Err(error)) if is_refusal(D::KIND, &error, connection) => ListAccess::Refused,
        Ok(Err(_)) | Err(_) => ListAccess::Unknown,
    }
}

fn is_refusal(kind: Kind, error: &kube::Error, connection: &Connection) -> bool {
    let asked = DeniedRequest::of_kind(kind, "list", "");
    matches!(WatchFailure::of_client(error, &connection.server, asked), WatchFailure::Forbidden(_))
}

/// The existing namespaces, as far as they may be listed.
enum ExistingNamespaces {
    /// All of them.
    All(BTreeSet<String>),
    /// The first ones of more than [`MAX_NAMESPACES`].
    First(BTreeSet<String>),
    /// The namespaces may not be listed.
    Refused,
    /// The server was too busy to answer, or did not answer.
    Unknown,
}

async fn existing_namespaces(connection: &Connection) -> ExistingNamespaces {
    let api = Watched::<PartialNamespace>::api(connection, "");
    match timeout(TIMEOUT, api.list(&ListParams::default().limit(MAX_NAMESPACES))).await {
        Ok(Ok(list)) => {
            let names =
                list.items.into_iter().filter_map(|namespace| Some(namespace.object?.target().1.name)).collect();
            if list.metadata.continue_.is_none_or(|more| more.is_empty()) {
                return ExistingNamespaces::All(names);
            }
            tracing::warn!(
                "only the first {MAX_NAMESPACES} namespaces are tried for rights: name others with --namespaces"
            );
            ExistingNamespaces::First(names)
        }
        Ok(Err(error)) if is_refusal(Kind::Namespace, &error, connection) => ExistingNamespaces::Refused,
        Ok(Err(_)) | Err(_) => ExistingNamespaces::Unknown,
    }
}

/// The result of trying the namespaces.
struct Survey {
    /// The namespaces where the kind may be listed.
    permitted: Vec<String>,
    /// All namespaces, if they may be listed.
    existing: Option<BTreeSet<String>>,
    /// Whether every request had an answer.
    answered: bool,
}

/// Tries each known namespace that is not watched yet, and the namespace of the credentials (the kubeconfig context's, or the Pod's own).
async fn survey<D: Decoder>(connection: &Connection, watched: &BTreeSet<String>) -> Survey {
    let existing = existing_namespaces(connection).await;
    let mut candidates = match &existing {
        ExistingNamespaces::All(names) | ExistingNamespaces::First(names) => names.clone(),
        ExistingNamespaces::Refused | ExistingNamespaces::Unknown => BTreeSet::new(),
    };
    candidates.insert(connection.client.default_namespace().to_owned());
    let tried: Vec<(String, ListAccess)> = stream::iter(candidates.into_iter().filter(|name| !watched.contains(name)))
        .map(async |namespace| (namespace.clone(), list_access::<D>(connection, &namespace).await))
        .buffer_unordered(CONCURRENCY)
        .collect()
        .await;
    let answered = !matches!(existing, ExistingNamespaces::Unknown)
        && tried.iter().all(|(_, access)| *access != ListAccess::Unknown);
    let granted = tried.into_iter().filter(|(_, access)| *access == ListAccess::Granted);
    let mut permitted: Vec<String> = granted.map(|(namespace, _)| namespace).collect();
    permitted.sort();
    let existing = match existing {
        ExistingNamespaces::All(names) => Some(names),
        _ => None,
    };
    Survey { permitted, existing, answered }
}

/// The namespaces in which the kind may be listed.
pub(super) async fn permitted<D: Decoder>(connection: &Connection) -> Vec<String> {
    survey::<D>(connection, &BTreeSet::new()).await.permitted
}

/// The watches of a kind in single namespaces, while the whole cluster may not be watched.
#[derive(Default)]
pub(super) struct NamespaceWatches {
    running: BTreeMap<String, AbortOnDropHandle<()>>,
    /// Namespaces that were watched until the whole cluster could be listed.
    before: BTreeSet<String>,
    /// When the namespaces are tried next; `None` means at once.
    due: Option<Instant>,
}

impl NamespaceWatches {
    /// Whether any namespace is watched.
    pub(super) fn are_running(&self) -> bool {
        !self.running.is_empty()
    }

    /// The credentials may have changed, so the namespaces are tried at once.
    pub(super) fn try_again(&mut self) {
        self.due = None;
    }

    /// Finds namespaces in which the kind may be listed, if that is due, and starts `follow` in the new ones.
    pub(super) async fn update<D: Decoder>(
        &mut self,
        scope: &Scope,
        connection: &Connection,
        follow: &(dyn Fn(Scope) -> BoxFuture<'static, ()> + Sync),
        events: &mpsc::Sender<Event>,
    ) -> Result<(), OwnerGone> {
        if self.due.is_some_and(|due| Instant::now() < due) {
            return Ok(());
        }
        let watched = self.running.keys().cloned().collect();
        let Survey { permitted, existing, answered } = survey::<D>(connection, &watched).await;
        let pause = match (answered, watched.is_empty() && permitted.is_empty()) {
            (false, _) => RETRY_UNANSWERED,
            (true, true) => RETRY_REFUSED,
            (true, false) => RETRY,
        };
        self.due = Some(Instant::now() + pause);
        let own = |namespace: &String| Scope { namespace: namespace.clone(), kind: scope.kind };
        // A deleted namespace would be refused from now on, and count as stale.
        for gone in watched.iter().filter(|name| existing.as_ref().is_some_and(|all| !all.contains(*name))) {
            end(self.running.remove(gone)).await;
            send(events, Event::NamespaceGone(own(gone))).await?;
        }
        // A namespace that is not permitted any more would not be watched again.
        if answered {
            for gone in std::mem::take(&mut self.before).iter().filter(|name| !permitted.contains(name)) {
                send(events, Event::NamespaceGone(own(gone))).await?;
            }
        }
        // Sent before the watches begin, so that no event is of an unknown scope.
        if !permitted.is_empty() {
            let event = Event::NamespacesPermitted(scope.kind, permitted.clone());
            send(events, event).await?;
        }
        for namespace in permitted {
            let task = tokio::spawn(follow(own(&namespace)));
            self.running.insert(namespace, AbortOnDropHandle::new(task));
        }
        Ok(())
    }

    /// Ends these watches, because the whole cluster may be listed. Until that list is complete, their rows are stale.
    pub(super) async fn end(&mut self, scope: &Scope, events: &mpsc::Sender<Event>) -> Result<(), OwnerGone> {
        self.due = None;
        for (namespace, task) in std::mem::take(&mut self.running) {
            end([task]).await;
            self.before.insert(namespace.clone());
            let failure = WatchFailure::Other(AccessProblem::ListedAnew);
            let own = Scope { namespace, kind: scope.kind };
            send(events, Event::Failed(own, failure)).await?;
        }
        Ok(())
    }
}

/// Ends tasks and waits until they have ended, so that none of their events comes after the caller's next one.
async fn end(tasks: impl IntoIterator<Item = AbortOnDropHandle<()>>) {
    for task in tasks {
        task.abort();
        // The only possible error is that the task was aborted.
        let _ = task.await;
    }
}
