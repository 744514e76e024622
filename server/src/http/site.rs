//! The built site, embedded in the binary: WASM, glue, styles and icons, with their compressed siblings.
//!
//! `cargo xtask site` writes the files to `target/site`. A release build embeds them; a debug build reads them from the disk, so that a
//! new site needs no new server. Without a site the crate still compiles, and every name is unknown.

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use rust_embed::{EmbeddedFile, RustEmbed};

use super::problem::{Detail, Problem};

pub(super) mod coding;
#[cfg(test)]
mod tests;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../target/site"]
#[allow_missing = true]
struct Site;

/// Answers with the site's file at that path. It is the router's fallback: `router.fallback(get(site::serve))`.
///
/// The body has the best coding that the client accepts. Each coding has its own `ETag`, which a client may revalidate (304). An unknown
/// path is a [`Problem`].
pub async fn serve(uri: Uri, headers: HeaderMap) -> Response {
    answer::<Site>(&uri, &headers)
}

fn answer<Files: RustEmbed>(uri: &Uri, headers: &HeaderMap) -> Response {
    let path = uri.path().strip_prefix('/').unwrap_or_default();
    let Some((coding, file)) = choose::<Files>(path, headers) else {
        return Problem::new(StatusCode::NOT_FOUND, Detail::NoFile).into_response();
    };
    let tag = etag(&file);
    let known = header_values(headers, header::IF_NONE_MATCH).any(|known| matches(known, &tag));
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let content_type = HeaderValue::from_static(content_type(path));
        let mut response = ([(header::CONTENT_TYPE, content_type)], Body::from(file.data)).into_response();
        if let Some(coding) = coding {
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
        response
    };
    let answer = response.headers_mut();
    answer.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    // The names contain no hash, so a browser revalidates each time, and mostly gets 304.
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        answer.insert(header::ETAG, tag);
    }
    response
}

/// The file in the client's best coding; the coding `None` is the plain file.
fn choose<Files: RustEmbed>(path: &str, headers: &HeaderMap) -> Option<(Option<&'static str>, EmbeddedFile)> {
    // In debug builds the path reaches the file system. A compressed sibling has no URL of its own.
    let plain = path.split('/').all(|part| !matches!(part, "" | "." | "..")) && !path.contains(['\\', '%', '\0']);
    if !plain || path.ends_with(".br") || path.ends_with(".gz") {
        return None;
    }
    let file = Files::get(path)?;
    let accepted = coding::accepted(header_values(headers, header::ACCEPT_ENCODING));
    let compressed =
        accepted.into_iter().find_map(|(coding, ending)| Some((Some(coding), Files::get(&format!("{path}{ending}"))?)));
    Some(compressed.unwrap_or((None, file)))
}

/// The comma-separated elements of a header that may occur several times.
pub(super) fn header_values(headers: &HeaderMap, name: header::HeaderName) -> impl Iterator<Item = &str> {
    headers
        .get_all(name)
        .into_iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
}

/// A strong tag: the hash of exactly the bytes that are sent, so that it differs per coding. rust-embed computes it at compile time in
/// release builds.
fn etag(file: &EmbeddedFile) -> String {
    let hash: String = file.metadata.sha256_hash()[..16].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("\"{hash}\"")
}

/// RFC 9110 §13.1.2: `If-None-Match` compares weakly.
fn matches(known: &str, tag: &str) -> bool {
    known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("html") => "text/html; charset=utf-8",
        Some("ico") => "image/x-icon",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("json" | "map") => "application/json",
        Some("png") => "image/png",
        Some("svg") => "image/svg+xml",
        Some("ftl" | "txt") => "text/plain; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("webmanifest") => "application/manifest+json",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}
