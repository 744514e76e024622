#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use axum::response::{IntoResponse, Response};
use http::header;
use topology::cluster::kinds::Kind;

/// The OpenAPI document. A test compares it with the routes and their answers.
static DOCUMENT: LazyLock<String> = LazyLock::new(|| {
    let lines = include_str!("openapi.json").lines().map(|line| match line.trim_start() {
        "\"<every kind>\"" => items(line, Kind::ALL.into_iter()),
        "\"<every kind with a manifest>\"" => items(line, Kind::WATCHED.into_iter().filter(|kind| kind.has_manifest())),
        _ => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n") + "\n"
});

/// `GET /api/v1/openapi.json`.
pub(super) async fn document() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], DOCUMENT.as_str()).into_response()
}

/// Kinds as the items of a JSON list; they replace a line of that list.
fn items(line: &str, kinds: impl Iterator<Item = Kind>) -> String {
    let indent = &line[..line.len() - line.trim_start().len()];
    kinds.map(|kind| format!("{indent}\"{kind}\"")).collect::<Vec<_>>().join(",\n")
}
