//! Whether a kind may be read, found out by small read requests. A SelfSubjectAccessReview would be a write.

use std::time::Duration;

use futures::future::BoxFuture;
use kube::api::{ListParams, WatchParams};
use tokio::time::timeout;
use topology::cluster::key::Scope;
use topology::decode::{Decoder, DecoderVisitor, visit_decoder};

use super::namespaces;
use super::watched::Watched;
use crate::connect::{Connection, DeniedRequest, WatchFailure};

const TIMEOUT: Duration = Duration::from_secs(10);

/// The rights of the credentials for a kind in a scope.
pub(crate) struct Permissions {
    /// Whether the kind may be listed and watched; a refusal names the rule that would permit it.
    pub(crate) watch: Result<(), WatchFailure>,
    /// Whether one object may be fetched, for its manifest. Not tried for kinds without manifests, or that may not be watched.
    pub(crate) get: Result<(), WatchFailure>,
    /// The namespaces where the kind may be watched, if the whole scope may not.
    pub(crate) namespaces: Vec<String>,
}

/// Lists one object, opens a watch, and fetches an object that does not exist, all by GET.
pub(crate) fn probe<'a>(scope: &'a Scope, connection: &'a Connection) -> BoxFuture<'a, Permissions> {
    struct Probe<'a>(&'a Scope, &'a Connection);
    impl<'a> DecoderVisitor for Probe<'a> {
        type Output = BoxFuture<'a, Permissions>;

        fn visit<D: Decoder>(self) -> Self::Output {
            Box::pin(permissions::<D>(self.0, self.1))
        }
    }
    visit_decoder(scope.kind, Probe(scope, connection))
}

async fn permissions<D: Decoder>(scope: &Scope, connection: &Connection) -> Permissions {
    let watch = watch::<D>(scope, connection).await;
    let mut found = Permissions { watch, get: Ok(()), namespaces: Vec::new() };
    match &found.watch {
        Ok(()) if D::KIND.has_manifest() => found.get = get::<D>(scope, connection).await,
        Err(WatchFailure::Forbidden(_)) if D::KIND.namespaced() && scope.namespace.is_empty() => {
            found.namespaces = namespaces::permitted::<D>(connection).await;
        }
        Ok(()) | Err(_) => {}
    }
    found
}

async fn watch<D: Decoder>(scope: &Scope, connection: &Connection) -> Result<(), WatchFailure> {
    let server = &connection.server;
    let failure = |verb: &str, error: kube::Error| {
        WatchFailure::of_client(&error, server, DeniedRequest::of_kind(D::KIND, verb, &scope.namespace))
    };
    let silent = || WatchFailure::silent(server, TIMEOUT.as_secs());
    let api = Watched::<D>::api(connection, &scope.namespace);
    let list = timeout(TIMEOUT, api.list(&ListParams::default().limit(1))).await.map_err(|_| silent())?;
    let version = list.map_err(|error| failure("list", error))?.metadata.resource_version.unwrap_or_default();
    // Only the head of the response is needed; the stream is dropped.
    let watch =
        timeout(TIMEOUT, api.watch(&WatchParams::default().timeout(1), &version)).await.map_err(|_| silent())?;
    watch.map(drop).map_err(|error| failure("watch", error))
}

/// An API server checks the right before it looks for the object, so any name will do.
async fn get<D: Decoder>(scope: &Scope, connection: &Connection) -> Result<(), WatchFailure> {
    let namespace = match scope.namespace.as_str() {
        "" => connection.client.default_namespace(),
        own => own,
    };
    let server = &connection.server;
    let api = Watched::<D>::api(connection, namespace);
    let answer = timeout(TIMEOUT, api.get_opt("kubehop-doctor")).await;
    let answer = answer.map_err(|_| WatchFailure::silent(server, TIMEOUT.as_secs()))?;
    let asked = DeniedRequest::of_kind(D::KIND, "get", &scope.namespace);
    answer.map(drop).map_err(|error| WatchFailure::of_client(&error, server, asked))
}
