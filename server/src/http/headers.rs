use axum::response::Response;
use http::{HeaderValue, header};

/// Headers of every response. There is no CORS header on purpose: no other site may read a cluster through its visitor's browser.
pub(super) async fn secure(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}
