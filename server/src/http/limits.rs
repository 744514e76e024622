//! What one request may cost.

use std::time::Duration;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, Method, StatusCode, header};

use super::Problem;

/// The longest path with its query, in bytes. The page's own are shorter than what is pasted into a chat.
const LONGEST_URL: usize = 8 * 1024;
/// How long an answer may take to begin. A stream begins at once, and then has no limit.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Refuses what is too long, and gives up what takes too long.
pub(super) async fn limit(request: Request, next: Next) -> Response {
    let length = request.uri().path_and_query().map_or(0, |url| url.as_str().len());
    if length > LONGEST_URL {
        let detail = format!("the URL has {length} bytes: more than {LONGEST_URL} are not read");
        return Problem::new(StatusCode::URI_TOO_LONG, detail).into_response();
    }
    // Another method is refused for what it is.
    if matches!(*request.method(), Method::GET | Method::HEAD) && has_body(request.headers()) {
        let detail = "kubehop only reads: its requests have no body".to_owned();
        return Problem::new(StatusCode::PAYLOAD_TOO_LARGE, detail).into_response();
    }
    match tokio::time::timeout(TIMEOUT, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            let detail = format!("no answer within {} s: the server has too much to do", TIMEOUT.as_secs());
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, detail).into_response()
        }
    }
}

fn has_body(headers: &HeaderMap) -> bool {
    headers.contains_key(header::TRANSFER_ENCODING)
        || headers.get(header::CONTENT_LENGTH).is_some_and(|length| length.as_bytes() != b"0")
}
