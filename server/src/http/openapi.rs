#[cfg(test)]
mod tests;

use axum::response::{IntoResponse, Response};
use http::header;

/// The description of the API. A test holds it against the routes and against what they answer.
const DOCUMENT: &str = include_str!("openapi.json");

/// `GET /api/v1/openapi.json`.
pub(super) async fn document() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], DOCUMENT).into_response()
}
