use axum::{Router, http::Request, routing::get};
use http_body_util::BodyExt;
use tower::ServiceExt;

use super::*;

/// `pkg/app.js` with siblings, and `icon.svg` without. The bodies say which file they are.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/src/http/site/fixture"]
struct Fixture;

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

async fn request(method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
    let router: Router =
        Router::new().fallback(get(|uri: Uri, headers: HeaderMap| async move { answer::<Fixture>(&uri, &headers) }));
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    Answer { status: parts.status, headers: parts.headers, body: String::from_utf8(body.into()).unwrap() }
}

#[tokio::test]
async fn the_best_accepted_coding_is_served() {
    for (accept, coding, body) in [
        ("gzip, deflate, br, zstd", "br", "as brotli"),
        ("gzip", "gzip", "as gzip"),
        ("GZIP;Q=0.4", "gzip", "as gzip"),
        ("br;q=0.5, gzip;q=0.8", "gzip", "as gzip"),
        ("br;q=0, gzip", "gzip", "as gzip"),
        ("br;q=0.000", "", "plain script"),
        ("*", "br", "as brotli"),
        ("br;q=0, *", "gzip", "as gzip"),
        ("*;q=0", "", "plain script"),
        ("identity, gzip;q=0.5", "", "plain script"),
        ("identity;q=0.5, gzip", "gzip", "as gzip"),
        ("br;q=much", "", "plain script"),
        ("zstd", "", "plain script"),
        ("", "", "plain script"),
    ] {
        let answer = request("GET", "/pkg/app.js", &[("accept-encoding", accept)]).await;
        assert_eq!(answer.status, StatusCode::OK, "{accept}");
        assert_eq!((answer.header(header::CONTENT_ENCODING), answer.body.as_str()), (coding, body), "{accept}");
        assert_eq!(answer.header(header::CONTENT_TYPE), "text/javascript; charset=utf-8");
        assert_eq!(answer.header(header::VARY), "accept-encoding");
        assert_eq!(answer.header(header::CACHE_CONTROL), "no-cache");
    }
}

#[tokio::test]
async fn a_file_without_siblings_is_served_plain() {
    let answer = request("GET", "/icon.svg?v=1", &[("accept-encoding", "br, gzip")]).await;
    assert_eq!(answer.header(header::CONTENT_TYPE), "image/svg+xml");
    assert_eq!(answer.header(header::CONTENT_ENCODING), "");
    assert!(answer.body.starts_with("<svg"));
}

#[tokio::test]
async fn each_coding_revalidates_with_its_own_tag() {
    let tag = |accept: &'static str| async move {
        let answer = request("GET", "/pkg/app.js", &[("accept-encoding", accept)]).await;
        answer.header(header::ETAG).to_owned()
    };
    let (brotli, gzip, plain) = (tag("br").await, tag("gzip").await, tag("").await);
    assert!(brotli != gzip && gzip != plain && brotli != plain);

    let weak = format!("\"other\", W/{brotli}");
    for known in [brotli.as_str(), weak.as_str(), "*"] {
        let answer = request("GET", "/pkg/app.js", &[("accept-encoding", "br"), ("if-none-match", known)]).await;
        assert_eq!(answer.status, StatusCode::NOT_MODIFIED, "{known}");
        assert_eq!((answer.header(header::ETAG), answer.header(header::VARY)), (brotli.as_str(), "accept-encoding"));
        assert_eq!(answer.body, "");
    }
    let answer = request("GET", "/pkg/app.js", &[("accept-encoding", "br"), ("if-none-match", &gzip)]).await;
    assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, "as brotli"));
}

#[tokio::test]
async fn head_has_the_headers_and_no_body() {
    let answer = request("HEAD", "/pkg/app.js", &[("accept-encoding", "br")]).await;
    assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, ""));
    assert_eq!((answer.header(header::CONTENT_LENGTH), answer.header(header::CONTENT_ENCODING)), ("9", "br"));
}

#[tokio::test]
async fn a_path_that_is_not_a_file_of_the_site_is_unknown() {
    for path in [
        "/",
        "/pkg",
        "/pkg/",
        "/missing.js",
        "/pkg/app.js.br",
        "/pkg/app.js.gz",
        "/../tests.rs",
        "/pkg/../../tests.rs",
        "/pkg/../icon.svg",
        "/%2e%2e/tests.rs",
        "/pkg%2f..%2f..%2ftests.rs",
        "/pkg//app.js",
        "//etc/passwd",
    ] {
        let answer = request("GET", path, &[]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(answer.header(header::CONTENT_TYPE), "application/problem+json");
        assert_eq!(answer.header(header::ETAG), "");
    }
    assert_eq!(request("POST", "/icon.svg", &[]).await.status, StatusCode::METHOD_NOT_ALLOWED);
}
