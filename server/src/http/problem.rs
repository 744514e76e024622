mod detail;

use axum::Json;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use topology::wire;
use words::{Language, Words};

use super::language;
use crate::contexts::UnknownContext;
use crate::work::NotDone;
pub use detail::Detail;

/// When to ask again if all places of long work are taken, in seconds.
const RETRY_AFTER: &str = "2";

/// An error as `application/problem+json` (RFC 9457).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    status: StatusCode,
    detail: Box<Detail>,
}

impl Problem {
    /// A problem of this status; the detail says what was wrong and what to do.
    pub fn new(status: StatusCode, detail: Detail) -> Self {
        Self { status, detail: Box::new(detail) }
    }

    /// 400: the request is wrong.
    pub fn bad_request(detail: Detail) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    fn response(&self, words: &Words) -> Response {
        let body = wire::Problem {
            // "about:blank": the title is the status's own (RFC 9457 §4.2.1).
            problem_type: "about:blank".to_owned(),
            title: self.status.canonical_reason().unwrap_or("Error").to_owned(),
            status: self.status.as_u16(),
            detail: self.detail.text(words),
        };
        let mut response = (self.status, Json(&body)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if *self.detail == Detail::Busy {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static(RETRY_AFTER));
        }
        if self.status == StatusCode::METHOD_NOT_ALLOWED {
            headers.insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        }
        response
    }
}

/// The response is in English; [`in_language`] translates it.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.response(Language::English.words());
        response.extensions_mut().insert(self);
        response
    }
}

impl From<NotDone> for Problem {
    fn from(not_done: NotDone) -> Self {
        match not_done {
            // Who is gone reads neither of them.
            NotDone::Full | NotDone::Unwanted => Self::new(StatusCode::SERVICE_UNAVAILABLE, Detail::Busy),
        }
    }
}

impl From<UnknownContext> for Problem {
    fn from(unknown: UnknownContext) -> Self {
        Self::new(StatusCode::NOT_FOUND, Detail::NoContext(unknown))
    }
}

/// Translates a problem into the language of the request: that of its parameter `lang`, else the one that the client prefers.
pub(super) async fn in_language(request: Request, next: Next) -> Response {
    let language = language::of_request(request.uri(), request.headers());
    let mut response = next.run(request).await;
    let Some(problem) = response.extensions_mut().remove::<Problem>().filter(|_| language != Language::English) else {
        return response;
    };
    let mut worded = problem.response(language.words());
    // The body is replaced, so the old encoding and length are not copied.
    for (name, value) in response.headers() {
        if !matches!(*name, header::CONTENT_ENCODING | header::CONTENT_LENGTH) && !worded.headers().contains_key(name) {
            worded.headers_mut().append(name, value.clone());
        }
    }
    worded
}
