use std::time::Duration;

use app::source::View;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{Request, StatusCode, header};
use serde_json::{Map, Value};
use topology::key::ObjectKey;
use topology::kinds::Kind;
use topology::resolve::Cluster;
use topology::selector;
use topology::socket::Selection;

use super::query::{ObjectQuery, is_object_name};
use super::{FIRST_SYNC, Problem, Shared};
use crate::connect::{Asked, Connection, Trouble};
use crate::manifest;

/// How long the cluster may take to answer.
const TIMEOUT: Duration = Duration::from_secs(10);

/// `GET /api/v1/object`: one object as YAML, fetched now and not kept.
pub(super) async fn object(State(shared): State<Shared>, query: ObjectQuery) -> Result<Response, Problem> {
    let ObjectQuery { context, kind, key, socket } = query;
    check(kind, &key)?;
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
    let object = fetch(&connection, kind, &key).await?;
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

/// Passes only kinds that hold no secrets, and only names that are one step of a path.
fn check(kind: Kind, key: &ObjectKey) -> Result<(), Problem> {
    if !is_object_name(&key.name) {
        return Err(Problem::bad_request(format!("name: `{}` cannot be the name of a {kind}", key.name)));
    }
    if !kind.has_manifest() {
        let shown = in_words(Kind::WATCHED.into_iter().filter(|kind| kind.has_manifest()));
        return Err(Problem::bad_request(format!("kind: no manifest of a {kind}; there is that of a {shown}")));
    }
    Ok(())
}

/// Fetches an object that has passed [`check`].
async fn fetch(connection: &Connection, kind: Kind, key: &ObjectKey) -> Result<Map<String, Value>, Problem> {
    let bad_gateway = |reason: String| Problem::new(StatusCode::BAD_GATEWAY, reason);
    let path = format!("{}/{}", kind.api().path(connection.version(kind), &key.namespace), key.name);
    let request = Request::get(path).body(Vec::new()).map_err(|error| bad_gateway(error.to_string()))?;
    let server = &connection.server;
    let Ok(answer) = tokio::time::timeout(TIMEOUT, connection.client.request::<Value>(request)).await else {
        return Err(bad_gateway(Trouble::silent(server, TIMEOUT.as_secs()).message().to_owned()));
    };
    match answer {
        Ok(Value::Object(object)) if object.get("kind").is_none_or(|own| own == kind.as_str()) => Ok(object),
        Ok(_) => Err(bad_gateway(format!("{server} answered with something else than the {kind} {key}"))),
        Err(error) => Err(match Trouble::of_client(&error, server, Asked::of_kind(kind, "get", &key.namespace)) {
            Trouble::Forbidden(reason) => Problem::new(StatusCode::FORBIDDEN, reason),
            Trouble::Absent(_) => {
                Problem::new(StatusCode::NOT_FOUND, format!("{server} has no {kind} {key}, or no longer"))
            }
            trouble => bad_gateway(trouble.message().to_owned()),
        }),
    }
}

/// Kinds as a sentence lists them.
fn in_words(kinds: impl Iterator<Item = Kind>) -> String {
    let names: Vec<&str> = kinds.map(Kind::as_str).collect();
    match names.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        names => names.concat(),
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

    #[test]
    fn kinds_are_listed_as_in_a_sentence() {
        for (kinds, words) in [
            (&[Kind::Node][..], "Node"),
            (&[Kind::Node, Kind::Pod], "Node or Pod"),
            (&[Kind::Node, Kind::Service, Kind::Pod], "Node, Service or Pod"),
        ] {
            assert_eq!(in_words(kinds.iter().copied()), words);
        }
    }
}
