//! Limits of one request.

use std::time::Duration;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, Method, StatusCode, header};

use super::site::{coding, header_values};
use super::{Detail, Problem};

/// Maximum length of a path with its query, in bytes. The page's own URLs are shorter, so that they fit into a chat message.
const MAX_URL_BYTES: usize = 8 * 1024;
/// Time limit until a response begins. A stream begins at once, and has no limit after that.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Refuses a request that is too long, and ends one that takes too long.
pub(super) async fn limit(request: Request, next: Next) -> Response {
    let length = request.uri().path_and_query().map_or(0, |url| url.as_str().len());
    if length > MAX_URL_BYTES {
        return Problem::new(StatusCode::URI_TOO_LONG, Detail::UrlTooLong(length, MAX_URL_BYTES)).into_response();
    }
    if coding::refuses_all(header_values(request.headers(), header::ACCEPT_ENCODING)) {
        return Problem::new(StatusCode::NOT_ACCEPTABLE, Detail::NoCoding).into_response();
    }
    // Another method is refused for its method, not for its body.
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
