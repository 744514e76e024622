#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use axum::response::{IntoResponse, Response};
use http::header;
use topology::kinds::Kind;

/// The description of the API. A test holds it against the routes and against what they answer.
static DOCUMENT: LazyLock<String> = LazyLock::new(|| {
    let with_manifests = Kind::WATCHED.into_iter().filter(|kind| kind.has_manifest());
    include_str!("openapi.json")
        .replace("\"<every kind>\"", &names(Kind::ALL.into_iter()))
        .replace("\"<every kind with a manifest>\"", &names(with_manifests))
});

/// `GET /api/v1/openapi.json`.
pub(super) async fn document() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], DOCUMENT.as_str()).into_response()
}

/// Kinds as the items of a JSON list.
fn names(kinds: impl Iterator<Item = Kind>) -> String {
    let quoted: Vec<String> = kinds.map(|kind| format!("\"{kind}\"")).collect();
    quoted.join(", ")
}
