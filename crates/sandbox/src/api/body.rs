//! The body of a write: JSON, or YAML where the content type says so.

use axum::extract::rejection::BytesRejection;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use serde_json::{Map, Value};

use crate::status::Status;

/// The media type of a request, without its parameters; empty if there is none.
pub(crate) fn media_type(headers: &HeaderMap) -> String {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Decodes a body that must be an object.
pub(crate) fn object(headers: &HeaderMap, body: Result<Bytes, BytesRejection>) -> Result<Map<String, Value>, Status> {
    match value(headers, body)? {
        Value::Object(object) => Ok(object),
        _ => Err(Status::bad_request("the body of the request must be an object")),
    }
}

/// Decodes a body; an empty body is null.
pub(crate) fn value(headers: &HeaderMap, body: Result<Bytes, BytesRejection>) -> Result<Value, Status> {
    let body = body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Status::too_large(),
        _ => Status::bad_request(rejection.body_text()),
    })?;
    let media_type = media_type(headers);
    if media_type.contains("protobuf") {
        return Err(Status::unsupported_media_type(&media_type));
    }
    if body.is_empty() {
        return Ok(Value::Null);
    }
    // An apply patch has a YAML media type, and is JSON from most clients, which is YAML too.
    if media_type.contains("yaml") {
        return yaml::read_object(&body).map_err(|error| Status::bad_request(format!("error decoding YAML: {error}")));
    }
    serde_json::from_slice(&body).map_err(|error| Status::bad_request(format!("error decoding JSON: {error}")))
}
