//! `--base-path`: the server under a path of its origin, as a proxy passes it on.

use std::str::FromStr;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::uri::PathAndQuery;
use http::{StatusCode, Uri, header};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::{Detail, Problem};

/// Characters of a query that are percent-encoded in a `Location` header. `utf8_percent_encode` also encodes all non-ASCII characters:
/// HTTP servers accept raw UTF-8 in a request line, and a response header may hold ASCII only (RFC 9110, §5.5).
const NOT_IN_A_HEADER: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>');

/// The path of kubehop on its origin: empty, or `/p` without a trailing slash.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BasePath(String);

impl FromStr for BasePath {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let path = text.trim_end_matches('/');
        let step = |step: &str| {
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
            !matches!(step, "" | "." | "..") && step.bytes().all(plain)
        };
        match path.strip_prefix('/') {
            None if text == "/" || text.is_empty() => Ok(Self::default()),
            Some(steps) if steps.split('/').all(step) => Ok(Self(path.to_owned())),
            _ => Err("a path that begins with a slash, of letters, digits and -._~, as in /kubehop".to_owned()),
        }
    }
}

/// The position of a path relative to the base path.
#[derive(Debug, PartialEq, Eq)]
enum PathPosition<'a> {
    /// Under the base path; holds the rest of the path.
    Below(&'a str),
    /// The base path without its trailing slash: relative links would be wrong, so it is redirected.
    WithoutSlash,
    Outside,
}

impl BasePath {
    fn position<'a>(&self, path: &'a str) -> PathPosition<'a> {
        match path.strip_prefix(self.0.as_str()) {
            // A CONNECT request has no path.
            Some("") if self.0.is_empty() => PathPosition::Outside,
            Some("") => PathPosition::WithoutSlash,
            Some(inside) if inside.starts_with('/') => PathPosition::Below(inside),
            _ => PathPosition::Outside,
        }
    }
}

/// Removes the base path before a route is looked up.
pub(super) async fn strip(State(base): State<BasePath>, mut request: Request, next: Next) -> Response {
    let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    let inside = match base.position(request.uri().path()) {
        PathPosition::Below(inside) => format!("{inside}{query}"),
        PathPosition::WithoutSlash => {
            let location = format!("{}/{}", base.0, utf8_percent_encode(&query, NOT_IN_A_HEADER));
            return (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, location)]).into_response();
        }
        PathPosition::Outside => {
            let detail = Detail::OutsideBasePath(base.0);
            return Problem::new(StatusCode::NOT_FOUND, detail).into_response();
        }
    };
    let Ok(inside) = PathAndQuery::try_from(inside) else {
        return Problem::bad_request(Detail::PathDoesNotParse).into_response();
    };
    *request.uri_mut() = Uri::from(inside);
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_path_has_no_trailing_slash() {
        for (text, path) in
            [("", ""), ("/", ""), ("/p", "/p"), ("/p/", "/p"), ("/team-a/kube_hop.1", "/team-a/kube_hop.1")]
        {
            assert_eq!(text.parse(), Ok(BasePath(path.to_owned())), "{text}");
        }
        for text in ["p", "//", "/a//b", "/..", "/a b", "/a?b", "https://a.example/p", "/<p>"] {
            assert!(text.parse::<BasePath>().unwrap_err().contains("begins with a slash"), "{text}");
        }
    }

    #[test]
    fn only_paths_below_the_base_path_match() {
        let base: BasePath = "/p".parse().unwrap();
        assert_eq!(base.position("/p/api/v1/trace"), PathPosition::Below("/api/v1/trace"));
        assert_eq!(base.position("/p/"), PathPosition::Below("/"));
        assert_eq!(base.position("/p"), PathPosition::WithoutSlash);
        assert_eq!(base.position("/pq"), PathPosition::Outside);
        assert_eq!(base.position("/"), PathPosition::Outside);
        assert_eq!(BasePath::default().position("/x"), PathPosition::Below("/x"));
        assert_eq!(BasePath::default().position(""), PathPosition::Outside);
    }
}
