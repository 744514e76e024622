//! Which addresses and names reach the server, and which requests are refused.

use axum::body::Body;
use http::{Request, StatusCode};
use sandbox::Sandbox;
use server::contexts::Clusters;
use server::http::{BasePath, Front, Hosts};
use server::listen::{self, Limits};
use server::live::Options;
use server::metrics::Metrics;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

use crate::harness::{Cluster, Server, bytes, json};

fn server() -> Server {
    Server::new(&Cluster::new(Sandbox::overview()), Options::default())
}

fn reached(front: Front) -> Server {
    let target = Cluster::new(Sandbox::overview()).target();
    Server::reached(Clusters::One { name: "test".to_owned(), target }, Options::default(), front)
}

fn at(base_path: &str) -> Server {
    reached(Front { base_path: base_path.parse::<BasePath>().unwrap(), ..Front::default() })
}

const PATHS: [&str; 8] = [
    "/",
    "/graph.svg",
    "/api/v1/contexts",
    "/api/v1/snapshot",
    "/api/v1/events",
    "/api/v1/openapi.json",
    "/favicon.svg",
    "/api/v1/nope",
];

#[tokio::test(start_paused = true)]
async fn who_accepts_no_form_of_an_answer_gets_406_and_who_accepts_one_gets_an_answer() {
    let server = Server::new(&Cluster::new(Sandbox::overview()), Options::default());
    for (accepted, status) in [
        ("identity;q=0, *;q=0", 406),
        ("*;q=0", 406),
        ("identity;q=0", 406),
        ("zstd, identity;q=0.0", 406),
        ("*;q=0, identity", 200),
        ("identity;q=0, gzip", 200),
        ("identity;q=0, *", 200),
        ("gzip;q=0, br;q=0", 200),
        ("", 200),
    ] {
        for path in ["/", "/livez", "/api/v1/contexts", "/graph.svg"] {
            let response = server.get_with(path, &[("accept-encoding", accepted)]).await;
            assert_eq!(response.status().as_u16(), status, "{path} with {accepted}");
            if status == 406 {
                assert_eq!(response.headers()["content-type"], "application/problem+json");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_name_that_is_not_the_servers_is_misdirected_on_every_path() {
    let server = server();
    for path in PATHS.into_iter().chain(["/readyz"]) {
        let response = server.get_with(path, &[("host", "rebound.example:3000")]).await;
        assert_eq!(response.status(), StatusCode::MISDIRECTED_REQUEST, "{path}");
        assert_eq!(response.headers()["content-type"], "application/problem+json", "{path}");
        let detail = json(response).await["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains("--allow-host rebound.example"), "{detail}");
    }
    let hosts = Hosts::of("127.0.0.1".parse().unwrap(), &["kubehop.example.com".to_owned()]);
    let server = reached(Front { hosts, ..Front::default() });
    for (headers, status) in [
        (&[("host", "kubehop.example.com"), ("origin", "https://kubehop.example.com")][..], 200),
        (&[("origin", "https://elsewhere.example")], 403),
        (&[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "cors"), ("sec-fetch-dest", "empty")], 403),
        (&[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")], 200),
    ] {
        assert_eq!(server.get_with("/api/v1/contexts", headers).await.status().as_u16(), status, "{headers:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn every_answer_has_the_headers_that_keep_other_sites_out() {
    let server = server();
    server.synced().await;
    for path in PATHS {
        let response = server.get(path).await;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(response.headers()[name], value, "{path} {name}");
        }
        for name in ["permissions-policy", "cache-control"] {
            assert!(response.headers().contains_key(name), "{path} {name}");
        }
        assert!(!response.headers().contains_key("access-control-allow-origin"), "{path}");
        let policy = response.headers()["content-security-policy"].to_str().unwrap();
        for part in ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        let unsafe_ = policy.replace("'wasm-unsafe-eval'", "").contains("unsafe");
        assert!(!unsafe_ || path == "/graph.svg", "{path}: {policy}");
    }
}

#[tokio::test(start_paused = true)]
async fn every_script_of_the_page_carries_the_nonce_of_its_own_response() {
    let server = server();
    let mut nonces = Vec::new();
    for _ in 0..2 {
        let page = server.get("/").await;
        let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
        let nonce = policy.split_once("'nonce-").unwrap().1.split_once('\'').unwrap().0.to_owned();
        assert!(nonce.len() >= 16, "{policy}");
        let html = String::from_utf8(bytes(page).await.to_vec()).unwrap();
        let scripts: Vec<&str> = html.split("<script").skip(1).map(|rest| rest.split_once('>').unwrap().0).collect();
        assert!(scripts.len() >= 2, "{scripts:?}");
        assert!(scripts.iter().all(|script| script.contains(&format!("nonce=\"{nonce}\""))), "{scripts:?}");
        assert!(!html.contains(" style=") && !html.contains("<style") && !html.contains(" onload="));
        nonces.push(nonce);
    }
    assert_ne!(nonces[0], nonces[1]);
}

#[tokio::test(start_paused = true)]
async fn every_route_is_under_the_base_path_and_none_is_outside_it() {
    let server = at("/team/kubehop");
    for path in PATHS {
        let (inside, plain) =
            (server.get(&format!("/team/kubehop{path}")).await.status(), at("/").get(path).await.status());
        assert_eq!(inside, plain, "{path}");
        let outside = server.get(path).await;
        assert_eq!(outside.status(), StatusCode::NOT_FOUND, "{path}");
        assert!(json(outside).await["detail"].as_str().unwrap().contains("/team/kubehop/"), "{path}");
    }
    let edge = server.get("/team/kubehop?select=podIP:10.244.1.5").await;
    assert_eq!(edge.status(), StatusCode::PERMANENT_REDIRECT);
    assert_eq!(edge.headers()["location"], "/team/kubehop/?select=podIP:10.244.1.5");
    let raw = server.get("/team/kubehop?find=\u{202e}a%20b").await;
    assert_eq!(raw.headers()["location"], "/team/kubehop/?find=%E2%80%AEa%20b", "what is not ASCII is percent-encoded");
    let html = String::from_utf8(bytes(server.get("/team/kubehop/").await).await.to_vec()).unwrap();
    for attribute in ["href=\"/", "src=\"/", "action=\"/", "from\"/"] {
        assert!(!html.contains(attribute), "{attribute} does not depend on the base path");
    }
    let select = server.get("/team/kubehop/?select=nodePort:192.168.56.12:30001").await;
    let html = String::from_utf8(bytes(select).await.to_vec()).unwrap();
    assert!(html.contains("data-state=\"selected"), "the query arrives");
}

#[tokio::test(start_paused = true)]
async fn a_url_that_is_too_long_and_a_body_are_refused() {
    let server = server();
    let long = format!("/api/v1/trace?from={}", "a".repeat(9000));
    let response = server.get(&long).await;
    assert_eq!(response.status(), StatusCode::URI_TOO_LONG);
    assert!(json(response).await["detail"].as_str().unwrap().contains("8192"));
    for headers in [[("content-length", "1")], [("transfer-encoding", "chunked")]] {
        assert_eq!(server.get_with("/api/v1/contexts", &headers).await.status(), StatusCode::PAYLOAD_TOO_LARGE);
    }
    assert_eq!(server.get_with("/api/v1/contexts", &[("content-length", "0")]).await.status(), StatusCode::OK);
}

#[tokio::test(start_paused = true)]
async fn the_health_listener_shows_nothing_of_the_cluster() {
    let server = reached(Front { health_apart: true, ..Front::default() });
    let live = server.synced().await;
    for path in ["/livez", "/readyz"] {
        assert_eq!(server.get(path).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
    let health = async |path: &str| {
        // The kubelet and Prometheus use any address of the Pod.
        let request = Request::get(path).header("host", "10.244.0.9:8080").body(Body::empty()).unwrap();
        server.health.clone().oneshot(request).await.unwrap()
    };
    for path in ["/livez", "/readyz"] {
        assert_eq!(health(path).await.status(), StatusCode::OK, "{path}");
    }
    for path in ["/", "/graph.svg", "/api/v1/snapshot", "/api/v1/contexts", "/api/v1/events"] {
        assert_eq!(health(path).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
    drop(live);
    server.shutdown.cancel();
    assert_eq!(health("/readyz").await.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(health("/livez").await.status(), StatusCode::OK);
}

/// Serves on a free port.
async fn listening(server: &Server, limits: Limits) -> std::net::SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(listen::serve(listener, server.router.clone(), limits, Metrics::default(), server.shutdown.clone()));
    address
}

async fn rest(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    String::from_utf8(answer).unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_connection_without_a_request_head_is_ended() {
    let server = server();
    let address = listening(&server, Limits::default()).await;
    for begin in ["", "GET / HTTP/1.1\r\nhost: localhost\r\nx-slow: "] {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(begin.as_bytes()).await.unwrap();
        let before = tokio::time::Instant::now();
        let answer = rest(&mut stream).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 408"), "{answer}");
        assert!(before.elapsed().as_secs() <= 21, "{:?}", before.elapsed());
    }
}

#[tokio::test]
async fn a_head_that_is_too_long_is_refused() {
    let server = server();
    let address = listening(&server, Limits::default()).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!("GET / HTTP/1.1\r\nhost: localhost\r\nx-long: {}\r\n\r\n", "a".repeat(40_000));
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut first = [0; 12];
    stream.read_exact(&mut first).await.unwrap();
    assert_eq!(&first, b"HTTP/1.1 431");
}

#[tokio::test]
async fn a_connection_above_the_limit_is_refused_and_the_others_stay() {
    let server = server();
    server.synced().await;
    let address = listening(&server, Limits { all: 2, per_client: 2 }).await;
    let ask = format!("GET /api/v1/events HTTP/1.1\r\nhost: {address}\r\n\r\n");
    let mut streams = Vec::new();
    for _ in 0..2 {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(ask.as_bytes()).await.unwrap();
        let mut first = [0; 15];
        stream.read_exact(&mut first).await.unwrap();
        assert_eq!(&first, b"HTTP/1.1 200 OK");
        streams.push(stream);
    }
    let refused = rest(&mut TcpStream::connect(address).await.unwrap()).await;
    assert!(refused.starts_with("HTTP/1.1 503") && refused.contains("--max-connections"), "{refused}");
    drop(streams.pop());
    // The slot is free once the server has seen that the client is gone.
    let again = async {
        loop {
            let mut stream = TcpStream::connect(address).await.unwrap();
            stream.write_all(ask.as_bytes()).await.unwrap();
            let mut first = [0; 15];
            if stream.read_exact(&mut first).await.is_ok() && &first == b"HTTP/1.1 200 OK" {
                return;
            }
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), again).await.expect("a place is given back");
}
