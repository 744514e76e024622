//! Whether a kind may be read, found out by asking for a little of it. A SelfSubjectAccessReview would be a write.

use std::time::Duration;

use kube::api::{ListParams, WatchParams};
use tokio::time::timeout;
use topology::key::{Kind, Scope};

use super::{
    EndpointsPart, NamespacePart, NodePart, PodPart, ServiceCidrPart, ServicePart, SlicePart, Watched, narrow, resource,
};
use crate::connect::{Asked, Connection, Rule, Trouble};
use crate::manifest;

const TIMEOUT: Duration = Duration::from_secs(10);

/// What is permitted of a kind in a scope.
pub(crate) struct Permitted {
    /// Whether it may be listed and watched; a refusal names the rule that would permit it.
    pub(crate) watch: Result<(), Trouble>,
    /// Whether one object may be fetched, for its manifest. It is not asked where there are none, or the kind may not be watched.
    pub(crate) get: Result<(), Trouble>,
    /// Where the kind may be watched, if not in the whole scope.
    pub(crate) namespaces: Vec<String>,
}

/// Lists one object, opens a watch, and fetches an object that there is not, all by GET.
pub(crate) async fn probe(scope: &Scope, connection: &Connection) -> Permitted {
    match scope.kind {
        Kind::Node => of::<NodePart>(scope, connection).await,
        Kind::Namespace => of::<NamespacePart>(scope, connection).await,
        Kind::ServiceCIDR => of::<ServiceCidrPart>(scope, connection).await,
        Kind::Service => of::<ServicePart>(scope, connection).await,
        Kind::EndpointSlice | Kind::Endpoint => of::<SlicePart>(scope, connection).await,
        Kind::Endpoints => of::<EndpointsPart>(scope, connection).await,
        Kind::Pod => of::<PodPart>(scope, connection).await,
    }
}

async fn of<K: Watched>(scope: &Scope, connection: &Connection) -> Permitted {
    let watch = watch::<K>(scope, connection).await;
    let mut found = Permitted { watch, get: Ok(()), namespaces: Vec::new() };
    match &found.watch {
        Ok(()) if manifest::KINDS.contains(&K::KIND) => found.get = get::<K>(scope, connection).await,
        Err(Trouble::Forbidden(_)) if K::KIND.namespaced() && scope.namespace.is_empty() => {
            found.namespaces = narrow::permitted::<K>(connection).await;
        }
        Ok(()) | Err(_) => {}
    }
    found
}

async fn watch<K: Watched>(scope: &Scope, connection: &Connection) -> Result<(), Trouble> {
    let (server, resource) = (&connection.server, resource::<K>());
    let trouble = |verb: &str, error: kube::Error| {
        let rule = Rule::watched(&resource);
        Trouble::of_client(&error, server, Asked { resource: &resource, verb, namespace: &scope.namespace, rule })
    };
    let silent = || Trouble::silent(server, TIMEOUT.as_secs());
    let api = K::api(connection.client.clone(), &scope.namespace);
    let list = timeout(TIMEOUT, api.list(&ListParams::default().limit(1))).await.map_err(|_| silent())?;
    let version = list.map_err(|error| trouble("list", error))?.metadata.resource_version.unwrap_or_default();
    // The answer's head says whether it may; the stream is dropped.
    let watch =
        timeout(TIMEOUT, api.watch(&WatchParams::default().timeout(1), &version)).await.map_err(|_| silent())?;
    watch.map(drop).map_err(|error| trouble("watch", error))
}

/// Who may not get any object of a kind is told so before it is looked for.
async fn get<K: Watched>(scope: &Scope, connection: &Connection) -> Result<(), Trouble> {
    let namespace = match scope.namespace.as_str() {
        "" => connection.client.default_namespace(),
        own => own,
    };
    let (server, resource) = (&connection.server, resource::<K>());
    let api = K::api(connection.client.clone(), if K::KIND.namespaced() { namespace } else { "" });
    let answer = timeout(TIMEOUT, api.get_opt("kubehop-doctor")).await;
    let answer = answer.map_err(|_| Trouble::silent(server, TIMEOUT.as_secs()))?;
    let rule = Rule::watched(&resource);
    let asked = Asked { resource: &resource, verb: "get", namespace: &scope.namespace, rule };
    answer.map(drop).map_err(|error| Trouble::of_client(&error, server, asked))
}
