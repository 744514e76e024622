//! POST, PUT, PATCH and DELETE.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

use super::target::Call;
use super::{body, response};
use crate::object::{Object, metadata_mut, metadata_str};
use crate::patch::Style;
use crate::status::Status;
use crate::store::{Origin, Store};

/// Server-side apply.
const APPLY: &str = "application/apply-patch+yaml";

type Raw = Result<Bytes, BytesRejection>;

pub(crate) async fn create(
    State(store): State<Store>,
    call: Result<Call, Status>,
    headers: HeaderMap,
    raw: Raw,
) -> Result<Response, Status> {
    let call = writable(call)?;
    let target = &call.target;
    if target.name.is_some() || target.resource.namespaced != target.namespace.is_some() {
        return Err(Status::method_not_allowed());
    }
    let object = body::object(&headers, raw)?;
    let created = store.create_in(target.resource, target.namespace(), object, Origin::Client)?;
    Ok(answer(StatusCode::CREATED, &created))
}

pub(crate) async fn replace(
    State(store): State<Store>,
    call: Result<Call, Status>,
    headers: HeaderMap,
    raw: Raw,
) -> Result<Response, Status> {
    let call = writable(call)?;
    let target = &call.target;
    let name = target.name()?;
    let object = body::object(&headers, raw)?;
    let updated = store.update_in(target.resource, target.namespace(), name, object, target.status)?;
    Ok(answer(StatusCode::OK, &updated))
}

pub(crate) async fn patch(
    State(store): State<Store>,
    call: Result<Call, Status>,
    headers: HeaderMap,
    raw: Raw,
) -> Result<Response, Status> {
    let call = writable(call)?;
    let target = &call.target;
    let name = target.name()?;
    let media_type = body::media_type(&headers);
    let style = match media_type.as_str() {
        "application/merge-patch+json" | APPLY => Style::Merge,
        "application/strategic-merge-patch+json" => Style::Strategic,
        _ => return Err(Status::unsupported_media_type(&media_type)),
    };
    let mut change = body::object(&headers, raw)?;
    let (resource, namespace) = (target.resource, target.namespace());
    if media_type == APPLY && metadata_str(&change, "name").is_none_or(|own| own == name) {
        metadata_mut(&mut change).insert("name".to_owned(), name.into());
        if !target.status {
            match store.create_in(resource, namespace, change.clone(), Origin::Client) {
                Err(status) if status.reason == "AlreadyExists" => {}
                created => return Ok(answer(StatusCode::CREATED, &*created?)),
            }
        }
    }
    let patched = store.patch_in(resource, namespace, name, change, style, target.status)?;
    Ok(answer(StatusCode::OK, &patched))
}

pub(crate) async fn delete(
    State(store): State<Store>,
    call: Result<Call, Status>,
    headers: HeaderMap,
    raw: Raw,
) -> Result<Response, Status> {
    let call = writable(call)?;
    let target = &call.target;
    let options = body::value(&headers, raw)?;
    if target.status {
        return Err(Status::method_not_allowed());
    }
    let (resource, details) = (
        target.resource,
        |details: Value| json!({"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Success", "details": details}),
    );
    let Some(name) = &target.name else {
        let deleted = store.delete_all(resource, &call.selector()?)?;
        tracing::debug!(k8s.kind = resource.kind, deleted, "deleted a collection");
        return Ok(Json(details(json!({"group": resource.group, "kind": resource.plural}))).into_response());
    };
    let deleted = store.delete_in(resource, target.namespace(), name, &options["preconditions"])?.decode()?;
    let uid = metadata_str(&deleted, "uid");
    let details = details(json!({"name": name, "group": resource.group, "kind": resource.plural, "uid": uid}));
    Ok(Json(details).into_response())
}

fn writable(call: Result<Call, Status>) -> Result<Call, Status> {
    let call = call?;
    if call.options.dry_run {
        return Err(Status::bad_request("the sandbox does not support dryRun"));
    }
    Ok(call)
}

fn answer(code: StatusCode, object: &Object) -> Response {
    let mut response = response::json(Body::from(object.json().clone()));
    *response.status_mut() = code;
    response
}
