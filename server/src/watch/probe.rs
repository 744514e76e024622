//! Whether a kind may be watched, found out by asking for a little of it. A SelfSubjectAccessReview would be a write.

use std::time::Duration;

use kube::api::{ListParams, WatchParams};
use tokio::time::timeout;
use topology::key::{Kind, Scope};

use super::{
    EndpointsPart, NamespacePart, NodePart, PodPart, ServiceCidrPart, ServicePart, SlicePart, Watched, resource,
};
use crate::connect::{Asked, Connection, Rule, Trouble};

const TIMEOUT: Duration = Duration::from_secs(10);

/// Lists one object and opens a watch, both by GET.
///
/// # Errors
///
/// What is in the way; a refusal names the rule that would permit it.
pub(crate) async fn probe(scope: &Scope, connection: &Connection) -> Result<(), Trouble> {
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

async fn of<K: Watched>(scope: &Scope, connection: &Connection) -> Result<(), Trouble> {
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
