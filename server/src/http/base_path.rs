//! `--base-path`: the server under a path of its origin, as a proxy passes it on.

use std::str::FromStr;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::uri::PathAndQuery;
use http::{StatusCode, Uri, header};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::{Detail, Problem};

/// Characters of a query that a `Location` header must not carry as they are. `utf8_percent_encode` encodes all that is not ASCII as well:
/// HTTP servers accept raw UTF-8 in a request line, and a header of a response may hold ASCII only (RFC 9110, §5.5).
const NOT_IN_A_HEADER: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>');

/// Where kubehop is on its origin: nothing, or `/p` without a slash at the end.
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

/// Where a path is.
#[derive(Debug, PartialEq, Eq)]
enum Place<'a> {
    /// Under the base path, there called so.
    Inside(&'a str),
    /// It is the base path without its slash: relative links would be wrong.
    Edge,
    Outside,
}

impl BasePath {
    fn place<'a>(&self, path: &'a str) -> Place<'a> {
        match path.strip_prefix(self.0.as_str()) {
            // A request for a tunnel has no path at all.
            Some("") if self.0.is_empty() => Place::Outside,
            Some("") => Place::Edge,
            Some(inside) if inside.starts_with('/') => Place::Inside(inside),
            _ => Place::Outside,
        }
    }
}

/// Takes the base path off, before a route is looked for.
pub(super) async fn strip(State(base): State<BasePath>, mut request: Request, next: Next) -> Response {
    let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    let inside = match base.place(request.uri().path()) {
        Place::Inside(inside) => format!("{inside}{query}"),
        Place::Edge => {
            let location = format!("{}/{}", base.0, utf8_percent_encode(&query, NOT_IN_A_HEADER));
            return (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, location)]).into_response();
        }
        Place::Outside => {
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
    fn a_base_path_is_a_path_without_a_slash_at_its_end() {
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
    fn only_what_is_below_the_base_path_is_inside() {
        let base: BasePath = "/p".parse().unwrap();
        assert_eq!(base.place("/p/api/v1/trace"), Place::Inside("/api/v1/trace"));
        assert_eq!(base.place("/p/"), Place::Inside("/"));
        assert_eq!(base.place("/p"), Place::Edge);
        assert_eq!(base.place("/pq"), Place::Outside);
        assert_eq!(base.place("/"), Place::Outside);
        assert_eq!(BasePath::default().place("/x"), Place::Inside("/x"));
        assert_eq!(BasePath::default().place(""), Place::Outside);
    }
}
