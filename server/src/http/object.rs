use std::time::Duration;

use app::source::View;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{Request, StatusCode, header};
use k8s_openapi::api::core::v1::{Endpoints, Node, Pod, Service};
use k8s_openapi::api::discovery::v1::EndpointSlice;
use kube::Resource;
use serde_json::{Map, Value};
use topology::key::{Kind, ObjectKey};
use topology::resolve::Cluster;
use topology::selector;
use topology::socket::Selection;

use super::query::{ObjectQuery, is_object_name};
use super::{FIRST_SYNC, Problem, Shared};
use crate::connect::{Asked, Connection, Rule, Trouble};
use crate::manifest;
use crate::watch::resource;

/// How long the cluster may take to answer.
const TIMEOUT: Duration = Duration::from_secs(10);

/// `GET /api/v1/object`: one object as YAML, fetched now and not kept.
pub(super) async fn object(State(shared): State<Shared>, query: ObjectQuery) -> Result<Response, Problem> {
    let ObjectQuery { context, kind, key, socket } = query;
    let place = Place::of(kind, &key)?;
    let socket = match &socket {
        Some(text) => Some(Selection::parse(text).ok_or_else(|| {
            Problem::bad_request(format!("socket: `{text}` is none; it looks like nodePort:192.168.56.12:30001"))
        })?),
        None => None,
    };
    let lease = shared.contexts.open(context.as_deref())?;
    lease.permits(&key.namespace).map_err(|reason| Problem::new(StatusCode::FORBIDDEN, reason))?;
    let unreachable = |reason: String| Problem::new(StatusCode::BAD_GATEWAY, reason);
    let Some(connection) = lease.connection(FIRST_SYNC).await else {
        let error = lease.follow_status().borrow().status.error.clone();
        return Err(unreachable(error.unwrap_or_else(|| "kubehop is not connected to this cluster yet".to_owned())));
    };
    let object = place.fetch(&connection, kind, &key).await?;
    let unmatched = kind == Kind::Service
        && lease.live().with_view(|View { index, coverage, settings, .. }| {
            let service = index.service(&key);
            service.is_some_and(|own| selector::unmatched(Cluster { index, coverage, settings }, own).is_some())
        });
    let json = manifest::encoded(kind, &key, object, socket.as_ref(), unmatched)
        .map_err(|reason| unreachable(format!("{kind} {key}: {reason}")))?;
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, json).into_response())
}

/// Where an object is in the API.
struct Place {
    path: String,
    resource: String,
}

impl Place {
    /// Only kinds that hold no secrets, and only names that are one step of a path.
    fn of(kind: Kind, key: &ObjectKey) -> Result<Self, Problem> {
        if !is_object_name(&key.name) {
            return Err(Problem::bad_request(format!("name: `{}` cannot be the name of a {kind}", key.name)));
        }
        match kind {
            Kind::Node => Ok(Self::in_collection::<Node>(key)),
            Kind::Service => Ok(Self::in_collection::<Service>(key)),
            Kind::EndpointSlice => Ok(Self::in_collection::<EndpointSlice>(key)),
            Kind::Endpoints => Ok(Self::in_collection::<Endpoints>(key)),
            Kind::Pod => Ok(Self::in_collection::<Pod>(key)),
            Kind::Namespace | Kind::ServiceCIDR | Kind::Endpoint => Err(Problem::bad_request(format!(
                "kind: no manifest of a {kind}; there is that of a Node, Service, EndpointSlice, Endpoints or Pod"
            ))),
        }
    }

    fn in_collection<K: Resource<DynamicType = ()>>(key: &ObjectKey) -> Self {
        let namespace = Some(key.namespace.as_str()).filter(|namespace| !namespace.is_empty());
        Self { path: format!("{}/{}", K::url_path(&(), namespace), key.name), resource: resource::<K>() }
    }

    async fn fetch(&self, connection: &Connection, kind: Kind, key: &ObjectKey) -> Result<Map<String, Value>, Problem> {
        let bad_gateway = |reason: String| Problem::new(StatusCode::BAD_GATEWAY, reason);
        let request = Request::get(&self.path).body(Vec::new()).map_err(|error| bad_gateway(error.to_string()))?;
        let (server, resource) = (&connection.server, self.resource.as_str());
        let Ok(answer) = tokio::time::timeout(TIMEOUT, connection.client.request::<Value>(request)).await else {
            return Err(bad_gateway(Trouble::silent(server, TIMEOUT.as_secs()).message().to_owned()));
        };
        let asked = Asked { resource, verb: "get", namespace: &key.namespace, rule: Rule::watched(resource) };
        match answer {
            Ok(Value::Object(object)) if object.get("kind").is_none_or(|own| own == kind.as_str()) => Ok(object),
            Ok(_) => Err(bad_gateway(format!("{server} answered with something else than the {kind} {key}"))),
            Err(error) => Err(match Trouble::of_client(&error, server, asked) {
                Trouble::Forbidden(reason) => Problem::new(StatusCode::FORBIDDEN, reason),
                Trouble::Absent(_) => {
                    Problem::new(StatusCode::NOT_FOUND, format!("{server} has no {kind} {key}, or no longer"))
                }
                trouble => bad_gateway(trouble.message().to_owned()),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::KINDS;

    #[test]
    fn there_is_a_place_for_each_kind_that_has_manifests_and_for_no_other() {
        for kind in Kind::WATCHED.into_iter().chain([Kind::Endpoint]) {
            assert_eq!(Place::of(kind, &ObjectKey::new("shop", "web")).is_ok(), KINDS.contains(&kind), "{kind}");
        }
    }
}
