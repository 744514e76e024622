//! Rights in some namespaces only: where a kind may not be listed in the whole cluster, it is watched in the namespaces in which it
//! may. They are looked for again now and then, since namespaces and rights come and go.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use futures::{StreamExt, stream};
use kube::api::ListParams;
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, timeout};
use tokio_util::task::AbortOnDropHandle;
use topology::decode::{Decoder, PartialNamespace};
use topology::key::Scope;
use topology::kinds::Kind;

use super::{Closed, Event, Watched, run};
use crate::connect::{Asked, Connection, Trouble};

/// How long one question may take.
const TIMEOUT: Duration = Duration::from_secs(10);
/// So many namespaces are tried; for others there is `--namespaces`.
const MOST: u32 = 100;
/// So many are tried at once.
const AT_ONCE: usize = 4;
/// The namespaces are tried again after so long: it is a question for each of them.
const AGAIN: Duration = Duration::from_secs(300);
/// The same, where the kind may be listed nowhere: an API server that starts refuses for a moment what it permits.
const AGAIN_REFUSED: Duration = Duration::from_secs(60);
/// The same, where some of the questions had no answer.
const AGAIN_UNANSWERED: Duration = Duration::from_secs(15);

/// Whether a kind may be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum May {
    Yes,
    No,
    /// The server was too busy to say, or did not answer.
    Unanswered,
}

/// Whether the kind may be listed in a namespace, or everywhere if it is empty.
pub(super) async fn may_list<D: Decoder>(connection: &Connection, namespace: &str) -> May {
    let api = Watched::<D>::api(connection, namespace);
    match timeout(TIMEOUT, api.list(&ListParams::default().limit(1))).await {
        Ok(Ok(_)) => May::Yes,
        Ok(Err(error)) if is_refusal(D::KIND, &error, connection) => May::No,
        Ok(Err(_)) | Err(_) => May::Unanswered,
    }
}

fn is_refusal(kind: Kind, error: &kube::Error, connection: &Connection) -> bool {
    let asked = Asked::of_kind(kind, "list", "");
    matches!(Trouble::of_client(error, &connection.server, asked), Trouble::Forbidden(_))
}

/// What is to be found out about namespaces.
struct Survey {
    /// Where the kind may be listed.
    permitted: Vec<String>,
    /// All namespaces, where that may be known.
    existing: Option<BTreeSet<String>>,
    /// Whether every question had an answer.
    answered: bool,
}

/// Asks in each namespace that there is, as far as that may be known, and in the one that the credentials are for (the kubeconfig's
/// context, or the Pod's own).
async fn survey<D: Decoder>(connection: &Connection, watched: &BTreeSet<String>) -> Survey {
    let own = connection.client.default_namespace().to_owned();
    let all = Watched::<PartialNamespace>::api(connection, "");
    let mut answered = true;
    let existing = match timeout(TIMEOUT, all.list(&ListParams::default().limit(MOST))).await {
        Ok(Ok(list)) => {
            let more = list.metadata.continue_.as_ref().is_some_and(|more| !more.is_empty());
            if more {
                tracing::warn!("only the first {MOST} namespaces are tried for rights: name others with --namespaces");
            }
            let names: BTreeSet<String> =
                list.items.iter().filter_map(|own| Some(own.object.as_ref()?.target().1.name)).collect();
            Some((names, more))
        }
        Ok(Err(error)) if is_refusal(Kind::Namespace, &error, connection) => None,
        Ok(Err(_)) | Err(_) => {
            answered = false;
            None
        }
    };
    let names = existing.iter().flat_map(|(names, _)| names).chain([&own]);
    let candidates: BTreeSet<String> = names.filter(|name| !watched.contains(*name)).cloned().collect();
    let tried: Vec<(String, May)> = stream::iter(candidates)
        .map(async |namespace| (namespace.clone(), may_list::<D>(connection, &namespace).await))
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;
    answered &= tried.iter().all(|(_, may)| *may != May::Unanswered);
    let mut permitted: Vec<String> =
        tried.into_iter().filter(|(_, may)| *may == May::Yes).map(|(namespace, _)| namespace).collect();
    permitted.sort();
    // Of a list that goes on nobody knows what is not in it.
    let existing = existing.filter(|(_, more)| !more).map(|(names, _)| names);
    Survey { permitted, existing, answered }
}

/// The namespaces in which the kind may be listed.
pub(super) async fn permitted<D: Decoder>(connection: &Connection) -> Vec<String> {
    survey::<D>(connection, &BTreeSet::new()).await.permitted
}

/// The watches of a kind in single namespaces, while the whole cluster may not be watched.
#[derive(Default)]
pub(super) struct Parts {
    watched: BTreeMap<String, AbortOnDropHandle<()>>,
    /// Those that were watched until the whole cluster was to be listed.
    before: BTreeSet<String>,
    /// When the namespaces are to be tried; at once, if they never were.
    due: Option<Instant>,
}

impl Parts {
    /// Whether any namespace is watched.
    pub(super) fn are_running(&self) -> bool {
        !self.watched.is_empty()
    }

    /// The credentials may be others now.
    pub(super) fn try_again(&mut self) {
        self.due = None;
    }

    /// Looks for namespaces in which the kind may be listed, if it is time to, and watches those that are new.
    pub(super) async fn look<D: Decoder>(
        &mut self,
        scope: &Scope,
        connections: &watch::Receiver<Connection>,
        events: &mpsc::Sender<Event>,
    ) -> Result<(), Closed> {
        if self.due.is_some_and(|due| Instant::now() < due) {
            return Ok(());
        }
        let connection = connections.borrow().clone();
        let watched = self.watched.keys().cloned().collect();
        let Survey { permitted, existing, answered } = survey::<D>(&connection, &watched).await;
        self.due = Some(
            Instant::now()
                + match (answered, watched.is_empty() && permitted.is_empty()) {
                    (false, _) => AGAIN_UNANSWERED,
                    (true, true) => AGAIN_REFUSED,
                    (true, false) => AGAIN,
                },
        );
        let own = |namespace: &String| Scope { namespace: namespace.clone(), kind: scope.kind };
        // A namespace that was deleted would be refused from now on, and count as stale.
        for gone in watched.iter().filter(|name| existing.as_ref().is_some_and(|all| !all.contains(*name))) {
            end(self.watched.remove(gone)).await;
            events.send(Event::Gone(own(gone))).await.map_err(|_| Closed)?;
        }
        // Nor would one be watched again that is not permitted any more.
        if answered {
            for gone in std::mem::take(&mut self.before).iter().filter(|name| !permitted.contains(name)) {
                events.send(Event::Gone(own(gone))).await.map_err(|_| Closed)?;
            }
        }
        // Before their watches begin, so that nothing that they say is of a scope that is not known.
        if !permitted.is_empty() {
            events.send(Event::Narrowed(scope.kind, permitted.clone())).await.map_err(|_| Closed)?;
        }
        for namespace in permitted {
            let task = tokio::spawn(run(own(&namespace), connections.clone(), events.clone()));
            self.watched.insert(namespace, AbortOnDropHandle::new(task));
        }
        Ok(())
    }

    /// Ends these watches, because the whole cluster may be listed. Until it is, what they saw is of an earlier moment.
    pub(super) async fn end(&mut self, scope: &Scope, events: &mpsc::Sender<Event>) -> Result<(), Closed> {
        self.due = None;
        for (namespace, task) in std::mem::take(&mut self.watched) {
            end([task]).await;
            self.before.insert(namespace.clone());
            let trouble = Trouble::Other("the whole cluster may be listed now, and is being listed".to_owned());
            let own = Scope { namespace, kind: scope.kind };
            events.send(Event::Failed(own, trouble)).await.map_err(|_| Closed)?;
        }
        Ok(())
    }
}

/// Ends tasks and waits until they have, so that no event of theirs comes after what is said of it.
async fn end(tasks: impl IntoIterator<Item = AbortOnDropHandle<()>>) {
    for task in tasks {
        task.abort();
        // That it was ended is the one way in which it fails.
        let _ = task.await;
    }
}
