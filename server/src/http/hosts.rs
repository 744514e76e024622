//! Which requests are answered: the guard against DNS rebinding and against other sites.
//!
//! A page of another site can make its visitor's browser call a server that only this browser reaches. With a DNS name of its own that
//! points to that server it could read the answers. So a request must name this server by one of its own names, and must not come from
//! another origin.

use std::net::IpAddr;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::uri::Authority;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};

use super::{Detail, Problem};

/// The names that a listener answers to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hosts {
    /// Whether other machines reach the listener, so that any IP address is accepted as its name.
    beyond_loopback: bool,
    allowed: Vec<String>,
    /// Names of other sites whose pages may show `/graph.svg`.
    embedders: Vec<String>,
}

impl Hosts {
    /// The names of a listener on this address, and the names of `--allow-host`.
    pub fn of(listener: IpAddr, allowed: &[String]) -> Self {
        Self { beyond_loopback: !listener.is_loopback(), allowed: allowed.to_vec(), embedders: Vec::new() }
    }

    /// Adds other sites whose pages may show `/graph.svg` (`--embed-in`).
    pub fn embedded_in(self, embedders: &[String]) -> Self {
        Self { embedders: embedders.to_vec(), ..self }
    }

    /// Whether a name or address is accepted, without a port and in any case. A listener beyond loopback accepts every IP address: an
    /// address cannot be pointed elsewhere, as a name can.
    fn has(&self, host: &str) -> bool {
        let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().ok();
        let own = match address {
            Some(address) => self.beyond_loopback || address.is_loopback(),
            None => host.eq_ignore_ascii_case("localhost"),
        };
        own || self.is_allowed(host)
    }

    fn is_allowed(&self, host: &str) -> bool {
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        self.allowed.iter().any(|allowed| allowed.eq_ignore_ascii_case(bare))
    }

    /// The reason why this request is refused.
    fn refuse(&self, uri: &Uri, headers: &HeaderMap) -> Option<Problem> {
        let host = match authority(uri, headers) {
            Some(host) if self.has(host.host()) => host,
            Some(host) => return Some(self.misdirected(host.host())),
            None => return Some(Problem::bad_request(Detail::NoHost)),
        };
        if self.is_picture_for_embedder(uri, headers) {
            return None;
        }
        self.refuse_origin(&host, headers).or_else(|| refuse_cross_site(headers))
    }

    /// Whether a page of an embedding site asks for the picture as an image, which that page cannot read. Browsers send the page's site.
    fn is_picture_for_embedder(&self, uri: &Uri, headers: &HeaderMap) -> bool {
        let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let by = header("referer").and_then(|text| text.parse::<Uri>().ok());
        let by = by.as_ref().and_then(Uri::host).unwrap_or_default();
        uri.path().ends_with("/graph.svg")
            && header("sec-fetch-dest") == Some("image")
            && header("sec-fetch-mode") == Some("no-cors")
            && self.embedders.iter().any(|own| own.eq_ignore_ascii_case(by))
    }

    fn misdirected(&self, host: &str) -> Problem {
        let host = host.to_owned();
        let detail = if self.beyond_loopback { Detail::Misdirected(host) } else { Detail::MisdirectedOnLoopback(host) };
        Problem::new(StatusCode::MISDIRECTED_REQUEST, detail)
    }

    /// Refuses an Origin that is not the server's own, as the browser or as a proxy knows it.
    fn refuse_origin(&self, host: &Authority, headers: &HeaderMap) -> Option<Problem> {
        let origin = headers.get(header::ORIGIN)?;
        let parsed = origin.to_str().ok().and_then(|text| text.parse::<Uri>().ok());
        let same = |origin: &Uri| {
            let port = |port: Option<u16>| port.or_else(|| default_port(origin.scheme_str()));
            origin.authority().is_some_and(|own| {
                let equal =
                    own.host().eq_ignore_ascii_case(host.host()) && port(own.port_u16()) == port(host.port_u16());
                equal || self.is_allowed(own.host())
            })
        };
        if parsed.as_ref().is_some_and(same) {
            return None;
        }
        let origin = String::from_utf8_lossy(origin.as_bytes());
        Some(Problem::new(StatusCode::FORBIDDEN, Detail::OtherOrigin(origin.into_owned())))
    }
}

/// The host that the request names: the target of an absolute request, else the only Host header (RFC 9112 §3.2).
fn authority(uri: &Uri, headers: &HeaderMap) -> Option<Authority> {
    let mut hosts = headers.get_all(header::HOST).into_iter();
    let named = match (hosts.next(), hosts.next()) {
        (Some(host), None) => Some(host.to_str().ok()?.parse::<Authority>().ok()?),
        (None, _) => None,
        (Some(_), Some(_)) => return None,
    };
    let authority = uri.authority().cloned().or(named)?;
    (!authority.as_str().contains('@')).then_some(authority)
}

fn default_port(scheme: Option<&str>) -> Option<u16> {
    match scheme {
        Some("http") => Some(80),
        Some("https") => Some(443),
        _ => None,
    }
}

/// Refuses requests that a browser sends from a page of another site (Fetch Metadata), except for followed links.
fn refuse_cross_site(headers: &HeaderMap) -> Option<Problem> {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let followed = header("sec-fetch-mode") == Some("navigate") && header("sec-fetch-dest") == Some("document");
    match header("sec-fetch-site") {
        None | Some("same-origin" | "none") => None,
        Some(_) if followed => None,
        Some(site) => Some(Problem::new(StatusCode::FORBIDDEN, Detail::CrossSite(site.to_owned()))),
    }
}

/// Answers only requests that name this server and come from its own pages.
pub(super) async fn guard(State(hosts): State<Hosts>, request: Request, next: Next) -> Response {
    let embedded = hosts.is_picture_for_embedder(request.uri(), request.headers());
    match hosts.refuse(request.uri(), request.headers()) {
        Some(problem) => problem.into_response(),
        None if embedded => {
            let mut response = next.run(request).await;
            let anybody = HeaderValue::from_static("cross-origin");
            response.headers_mut().insert(HeaderName::from_static("cross-origin-resource-policy"), anybody);
            response
        }
        None => next.run(request).await,
    }
}

/// Parses a name for `--allow-host`.
///
/// # Errors
///
/// The text is not a host name; the message is for the person who typed it.
pub fn allowed_host(text: &str) -> Result<String, String> {
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    let name = |text: &str| {
        let label = |label: &str| {
            !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        };
        text.len() <= 253 && text.split('.').all(label)
    };
    if bare.parse::<IpAddr>().is_ok() || name(bare) {
        return Ok(bare.to_owned());
    }
    Err("a name or an IP address as it stands in the browser, without scheme and port, as in kubehop.example.com"
        .to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(hosts: &Hosts, headers: &[(&str, &str)]) -> Option<u16> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(name.parse::<HeaderName>().unwrap(), value.parse().unwrap());
        }
        hosts
            .refuse(&Uri::from_static("/api/v1/snapshot"), &map)
            .map(|problem| problem.into_response().status().as_u16())
    }

    #[test]
    fn a_listener_on_loopback_answers_to_its_own_names_on_any_port() {
        let hosts = Hosts::of("127.0.0.1".parse().unwrap(), &[]);
        for host in ["localhost", "LOCALHOST:8080", "127.0.0.1", "127.0.0.1:3000", "[::1]:3000", "[::1]"] {
            assert_eq!(refused(&hosts, &[("host", host)]), None, "{host}");
        }
        for host in ["evil.example", "localhost.evil.example:3000", "127.0.0.1.nip.io", "10.0.0.1:3000", "192.168.1.5"]
        {
            assert_eq!(refused(&hosts, &[("host", host)]), Some(421), "{host}");
        }
        for headers in
            [&[][..], &[("host", "")], &[("host", "a@localhost")], &[("host", "localhost"), ("host", "evil.example")]]
        {
            assert_eq!(refused(&hosts, headers), Some(400), "{headers:?}");
        }
    }

    #[test]
    fn a_listener_beyond_loopback_accepts_any_address_but_only_allowed_names() {
        let hosts = Hosts::of("0.0.0.0".parse().unwrap(), &["kubehop.example.com".to_owned()]);
        for host in ["10.0.0.1:3000", "[fd00::1]:3000", "localhost", "Kubehop.example.com", "kubehop.example.com:8443"]
        {
            assert_eq!(refused(&hosts, &[("host", host)]), None, "{host}");
        }
        for host in ["example.com", "evil.kubehop.example.com"] {
            assert_eq!(refused(&hosts, &[("host", host)]), Some(421), "{host}");
        }
    }

    #[test]
    fn the_target_of_an_absolute_request_is_its_host() {
        let headers = HeaderMap::from_iter([(header::HOST, "localhost".parse().unwrap())]);
        let refused = Hosts::default().refuse(&Uri::from_static("http://evil.example/"), &headers);
        assert_eq!(refused.unwrap().into_response().status(), StatusCode::MISDIRECTED_REQUEST);
    }

    #[test]
    fn an_origin_is_the_servers_own() {
        let hosts = Hosts::of("127.0.0.1".parse().unwrap(), &["kubehop.example.com".to_owned()]);
        for (host, origin, expected) in [
            ("localhost:3000", "http://localhost:3000", None),
            ("localhost:3000", "http://localhost:8080", Some(403)),
            ("localhost:3000", "http://127.0.0.1:3000", Some(403)),
            ("localhost", "http://localhost", None),
            ("localhost:80", "http://localhost", None),
            ("localhost:3000", "null", Some(403)),
            ("localhost:3000", "https://evil.example", Some(403)),
            // A proxy that terminates TLS may send its own name for its upstream.
            ("kubehop.example.com", "https://kubehop.example.com", None),
            ("127.0.0.1:3000", "https://kubehop.example.com", None),
        ] {
            assert_eq!(refused(&hosts, &[("host", host), ("origin", origin)]), expected, "{host} {origin}");
        }
    }

    #[test]
    fn other_sites_may_link_but_not_fetch_or_embed() {
        let hosts = Hosts::default();
        for (site, mode, dest, expected) in [
            ("same-origin", "cors", "empty", None),
            ("none", "navigate", "document", None),
            ("cross-site", "navigate", "document", None),
            ("cross-site", "navigate", "iframe", Some(403)),
            ("cross-site", "no-cors", "image", Some(403)),
            ("same-site", "cors", "empty", Some(403)),
        ] {
            let headers =
                [("host", "localhost"), ("sec-fetch-site", site), ("sec-fetch-mode", mode), ("sec-fetch-dest", dest)];
            assert_eq!(refused(&hosts, &headers), expected, "{site} {mode} {dest}");
        }
    }

    #[test]
    fn a_site_that_may_embed_the_picture_may_embed_nothing_else() {
        let hosts = Hosts::default().embedded_in(&["wiki.example.com".to_owned()]);
        let asked = |path: &'static str, referer: &str, mode: &str, dest: &str| {
            let headers = [
                ("host", "localhost"),
                ("referer", referer),
                ("sec-fetch-site", "cross-site"),
                ("sec-fetch-mode", mode),
                ("sec-fetch-dest", dest),
            ];
            let named = |(name, value): (&str, &str)| (name.parse::<HeaderName>().unwrap(), value.parse().unwrap());
            let map = HeaderMap::from_iter(headers.map(named));
            hosts.refuse(&Uri::from_static(path), &map).is_none()
        };
        assert!(asked("/graph.svg?lang=en", "https://wiki.example.com/page", "no-cors", "image"));
        assert!(asked("/team/hop/graph.svg", "https://Wiki.example.com/", "no-cors", "image"));
        for (path, referer, mode, dest) in [
            ("/graph.svg", "https://evil.example/wiki.example.com", "no-cors", "image"),
            ("/graph.svg", "", "no-cors", "image"),
            ("/graph.svg", "https://wiki.example.com/", "cors", "empty"),
            ("/graph.svg", "https://wiki.example.com/", "navigate", "iframe"),
            ("/api/v1/snapshot", "https://wiki.example.com/", "no-cors", "image"),
        ] {
            assert!(!asked(path, referer, mode, dest), "{path} {referer} {mode} {dest}");
        }
    }

    #[test]
    fn an_allowed_host_is_a_name_without_scheme_and_port() {
        for good in ["kubehop.example.com", "10.0.0.1", "[fd00::1]", "fd00::1", "my_host"] {
            assert!(allowed_host(good).is_ok(), "{good}");
        }
        for bad in ["", "https://a.example", "a.example:80", "a/b", "*", "a..b"] {
            assert!(allowed_host(bad).unwrap_err().contains("without scheme and port"), "{bad}");
        }
    }
}
