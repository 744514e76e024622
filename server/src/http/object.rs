use std::time::Duration;

use app::source::ContextView;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{Request, StatusCode, header};
use serde_json::{Map, Value};
use topology::cluster::key::ObjectKey;
use topology::cluster::kinds::Kind;
use topology::cluster::name::is_object_name;
use topology::cluster::view::Cluster;
use topology::graph::socket::Selection;
use topology::path::selector;

use super::query::ObjectQuery;
use super::{Detail, FIRST_SYNC, Problem, Shared};
use crate::connect::{Connection, DeniedRequest, WatchFailure};
use crate::manifest::{self, MAX_MANIFEST_BYTES, NoManifest};
use crate::work::Wanted;

/// How long the cluster may take to answer.
const TIMEOUT: Duration = Duration::from_secs(10);

/// `GET /api/v1/object`: one object as YAML, fetched now and not kept.
pub(super) async fn object(State(shared): State<Shared>, query: ObjectQuery) -> Result<Response, Problem> {
    let ObjectQuery { context, kind, key, socket } = query;
    check(kind, &key)?;
    let socket = match &socket {
        Some(text) => Some(
            Selection::parse(text).ok_or_else(|| Problem::bad_request(Detail::NoSelection("socket", text.clone())))?,
        ),
        None => None,
    };
    let lease = shared.contexts.open(context.as_deref())?;
    lease.permits(&key.namespace).map_err(|shown| {
        Problem::new(StatusCode::FORBIDDEN, Detail::NamespaceNotShown(shown, key.namespace.clone()))
    })?;
    let Some(connection) = lease.connection(FIRST_SYNC).await else {
        let problem = lease.follow_status().borrow().status.problem.clone();
        return Err(bad_gateway(problem.map_or(Detail::NotConnected, Detail::Access)));
    };
    let object = fetch(&connection, kind, &key).await?;
    let encode = move |_: &Wanted| {
        let unmatched = kind == Kind::Service
            && lease.live().with_view(|ContextView { index, coverage, settings, .. }| {
                let service = index.service(&key);
                service.is_some_and(|own| selector::unmatched(Cluster { index, coverage, settings }, own).is_some())
            });
        let json = manifest::encoded(kind, &key, object, socket.as_ref(), unmatched);
        Ok(json.map_err(|error| bad_gateway(no_manifest(kind, &key, &error))))
    };
    let json = shared.work.run(encode).await??;
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, json).into_response())
}

/// 502: the cluster, or what it answered, is to blame.
fn bad_gateway(detail: Detail) -> Problem {
    Problem::new(StatusCode::BAD_GATEWAY, detail)
}

fn access(failure: &WatchFailure) -> Detail {
    Detail::Access(failure.problem().clone())
}

fn no_manifest(kind: Kind, key: &ObjectKey, error: &NoManifest) -> Detail {
    match error {
        NoManifest::TooLong => Detail::ManifestTooLong(kind, key.clone(), MAX_MANIFEST_BYTES / 1000),
        other => Detail::ManifestNotWritten(kind, key.clone(), other.to_string()),
    }
}

/// Passes only kinds that hold no secrets, and only names that are one step of a path.
fn check(kind: Kind, key: &ObjectKey) -> Result<(), Problem> {
    if !is_object_name(&key.name) {
        return Err(Problem::bad_request(Detail::NoName(kind, key.name.clone())));
    }
    if !kind.has_manifest() {
        return Err(Problem::bad_request(Detail::NoManifestOfKind(kind)));
    }
    Ok(())
}

/// Fetches an object that has passed [`check`].
async fn fetch(connection: &Connection, kind: Kind, key: &ObjectKey) -> Result<Map<String, Value>, Problem> {
    let path = format!("{}/{}", kind.api().path(connection.version(kind), &key.namespace), key.name);
    let request =
        Request::get(path).body(Vec::new()).map_err(|error| bad_gateway(Detail::Library(error.to_string())))?;
    let server = &connection.server;
    let Ok(answer) = tokio::time::timeout(TIMEOUT, connection.client.request::<Value>(request)).await else {
        return Err(bad_gateway(access(&WatchFailure::silent(server, TIMEOUT.as_secs()))));
    };
    match answer {
        Ok(Value::Object(object)) if object.get("kind").is_none_or(|own| own == kind.as_str()) => Ok(object),
        Ok(_) => Err(bad_gateway(Detail::OtherAnswer(server.clone(), kind, key.clone()))),
        Err(error) => {
            Err(match WatchFailure::of_client(&error, server, DeniedRequest::of_kind(kind, "get", &key.namespace)) {
                WatchFailure::Forbidden(problem) => Problem::new(StatusCode::FORBIDDEN, Detail::Access(problem)),
                WatchFailure::Absent(_) => {
                    Problem::new(StatusCode::NOT_FOUND, Detail::NoObject(server.clone(), kind, key.clone()))
                }
                failure => bad_gateway(access(&failure)),
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_of_each_kind_that_has_manifests_is_fetched_and_of_no_other() {
        for kind in Kind::ALL {
            assert_eq!(check(kind, &ObjectKey::new("shop", "web")).is_ok(), kind.has_manifest(), "{kind}");
        }
    }
}
