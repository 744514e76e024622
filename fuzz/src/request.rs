use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::response::Response;
use http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt;
use kube::client::ClientBuilder;
use sandbox::Sandbox;
use serde_json::Value;
use server::connect::{Target, WatchdogLayer};
use server::contexts::{Clusters, ContextLease, Contexts};
use server::http::{Front, Hosts, Shared, router};
use server::live::Options;
use tokio::runtime::{Builder, Runtime};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use crate::{markup, text};

/// The base path of the second server.
const BASE: &str = "/team/hop";
/// The headers of every response.
const COMMON_HEADERS: [&str; 7] = [
    "x-content-type-options",
    "referrer-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
    "content-security-policy",
    "cache-control",
];

/// A request as it is sent over a connection: a line, headers, an empty line, a body. The answer is the requested document or a problem.
/// Its texts are in a document only as escaped text, and every response has the security headers.
pub fn request(bytes: &[u8]) {
    thread_local!(static SERVER: Server = Server::new());
    let Some(request) = parsed(bytes) else { return };
    SERVER.with(|server| server.check(request));
}

/// The request as hyper parses it; `None` if hyper refuses it.
fn parsed(bytes: &[u8]) -> Option<Request<Bytes>> {
    let end = bytes.windows(2).position(|two| two == b"\n\n");
    let (head, body) = end.map_or((bytes, &[][..]), |end| (&bytes[..end], &bytes[end + 2..]));
    let head = text(head)?;
    let mut lines = head.lines();
    let (method, uri) = lines.next()?.split_once(' ')?;
    let mut request = Request::builder().method(method.as_bytes()).uri(uri);
    for line in lines {
        let (name, value) = line.split_once(": ")?;
        // A compressed body would have to be decompressed first.
        if !name.eq_ignore_ascii_case("accept-encoding") {
            request = request.header(name, value);
        }
    }
    request.body(Bytes::copy_from_slice(body)).ok()
}

struct Server {
    runtime: Runtime,
    /// One router at the root, and one under a base path.
    routers: [Router; 2],
    /// The lease keeps the context connected.
    _lease: ContextLease,
}

impl Server {
    fn new() -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime starts");
        let sandbox = Sandbox::overview();
        let hostile = include_str!("../corpus/files/hostile.yaml");
        let (_, objects) = yaml::Manifest::read(hostile, "hostile.yaml").expect("it is YAML");
        for found in objects {
            sandbox.store().create(Value::Object(found.object)).expect("the sandbox takes it");
        }
        let (lease, routers) = runtime.block_on(served(&sandbox));
        Self { runtime, routers, _lease: lease }
    }

    fn check(&self, request: Request<Bytes>) {
        let based = request.uri().path().starts_with(BASE);
        let method = request.method().clone();
        let asked = format!("{} {} {:?}", request.method(), request.uri(), request.headers());
        self.runtime.block_on(async {
            let router = self.routers[usize::from(based)].clone();
            let answer = router.oneshot(request.map(Body::from)).await.unwrap_or_else(|never| match never {});
            for name in COMMON_HEADERS {
                assert!(answer.headers().contains_key(name), "{asked}: no {name}");
            }
            assert!(!answer.headers().contains_key("access-control-allow-origin"), "{asked}");
            judge(&asked, &method, answer).await;
        });
    }
}

async fn served(sandbox: &Sandbox) -> (ContextLease, [Router; 2]) {
    let client = ClientBuilder::new(sandbox.read_router(), "default").with_layer(&WatchdogLayer).build();
    let target = Target::Fixed { client, server: "https://sandbox".to_owned() };
    let contexts = Contexts::new(Clusters::One { name: "<canary>".to_owned(), target }, Options::default());
    let lease = contexts.open(None).expect("there is one context");
    lease.settled_or_failed().await.expect("the sandbox answers");
    let allowed = ["kubehop.example.com".to_owned()];
    let front = Front {
        hosts: Hosts::of(std::net::Ipv4Addr::LOCALHOST.into(), &allowed).embedded_in(&["wiki.example.com".to_owned()]),
        ..Front::default()
    };
    let at = |base: &str, contexts: &Arc<Contexts>| {
        let front = Front { base_path: base.parse().expect("it is a base path"), ..front.clone() };
        router(Shared { front, ..Shared::new(contexts.clone(), CancellationToken::new()) })
    };
    let routers = [at("/", &contexts), at(BASE, &contexts)];
    (lease, routers)
}

async fn judge(asked: &str, method: &Method, answer: Response) {
    let (status, headers) = (answer.status(), answer.headers().clone());
    let kind = header(&headers, "content-type").to_owned();
    assert!(status.as_u16() < 500, "{asked}: {status}");
    if kind == "text/event-stream" {
        // A stream has no end.
        return;
    }
    let body = answer.into_body().collect().await.expect("an answer is whole").to_bytes();
    if status.is_redirection() {
        let same = status == StatusCode::NOT_MODIFIED || header(&headers, "location").starts_with(&format!("{BASE}/"));
        return assert!(same && body.is_empty(), "{asked}: {headers:?}");
    }
    if status != StatusCode::OK {
        assert_eq!(kind, "application/problem+json", "{asked}");
    }
    if method == Method::HEAD {
        // hyper sends no body for such a response, so it is not checked.
        return;
    }
    let text = std::str::from_utf8(&body).unwrap_or_default();
    match kind.split(';').next().unwrap_or_default() {
        "application/problem+json" => {
            let problem: Value = serde_json::from_str(text).expect("a problem is JSON");
            assert_eq!(problem["status"], status.as_u16(), "{asked}");
            assert!(problem["detail"].as_str().is_some_and(|detail| !detail.is_empty()), "{asked}: {text}");
            // A problem quotes at most 8 times the request and 1 kB of its own.
            assert!(text.len() <= 8 * asked.len() + 1_000, "{asked}: {text}");
        }
        "application/json" => {
            drop(serde_json::from_str::<Value>(text).unwrap_or_else(|error| panic!("{asked}: {error}")))
        }
        "image/svg+xml" => markup::is_harmless_svg(text),
        "text/html" => {
            let policy = header(&headers, "content-security-policy");
            let nonce =
                policy.split_once("'nonce-").and_then(|(_, rest)| rest.split_once('\'')).map(|(nonce, _)| nonce);
            markup::is_harmless_html(text, nonce.expect("the page's policy has a nonce"));
        }
        "text/plain" | "application/openmetrics-text" | "text/css" | "text/javascript" | "application/wasm" => {}
        other => panic!("{asked}: {other}"),
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}
