//! What one request may cost.

use std::time::Duration;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, Method, StatusCode, header};

use super::{Detail, Problem};

/// The longest path with its query, in bytes. The page's own are shorter than what is pasted into a chat.
const LONGEST_URL: usize = 8 * 1024;
/// How long an answer may take to begin. A stream begins at once, and then has no limit.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Refuses what is too long, and gives up what takes too long.
pub(super) async fn limit(request: Request, next: Next) -> Response {
    let length = request.uri().path_and_query().map_or(0, |url| url.as_str().len());
    if length > LONGEST_URL {
        return Problem::new(StatusCode::URI_TOO_LONG, Detail::UrlTooLong(length, LONGEST_URL)).into_response();
    }
    // Another method is refused for what it is.
    if matches!(*request.method(), Method::GET | Method::HEAD) && has_body(request.headers()) {
        return Problem::new(StatusCode::PAYLOAD_TOO_LARGE, Detail::Body).into_response();
    }
    match tokio::time::timeout(TIMEOUT, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Problem::new(StatusCode::SERVICE_UNAVAILABLE, Detail::TooSlow(TIMEOUT.as_secs())).into_response(),
    }
}

fn has_body(headers: &HeaderMap) -> bool {
    headers.contains_key(header::TRANSFER_ENCODING)
        || headers.get(header::CONTENT_LENGTH).is_some_and(|length| length.as_bytes() != b"0")
}
