//! Responses with JSON bodies.

use axum::body::Body;
use axum::response::Response;
use http::header::CONTENT_TYPE;

/// A JSON response.
pub(crate) fn json(body: Body) -> Response {
    let mut response = Response::new(body);
    response.headers_mut().insert(CONTENT_TYPE, http::HeaderValue::from_static("application/json"));
    response
}
