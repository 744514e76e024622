use std::convert::Infallible;

use axum::body::Body;
use http::{Request, StatusCode};
use sandbox::Sandbox;
use serde_json::json;
use server::live::Options;
use topology::cluster::coverage::Known;
use topology::cluster::key::Kind;
use tower::ServiceExt;

use crate::harness::{Cluster, Server, bytes, json as body, pod, rows, rows_become};

fn server() -> (Cluster, Server) {
    let cluster = Cluster::new(Sandbox::overview());
    let server = Server::new(&cluster, Options::default());
    (cluster, server)
}

#[tokio::test(start_paused = true)]
async fn errors_are_problems() {
    let (_cluster, server) = server();
    server.synced().await;
    for (path, status, says) in [
        ("/api", 404, "/api"),
        ("/api/v1/nope", 404, "/api/v1/nope"),
        ("/api/v1/snapshot?context=nope", 404, "there is: test"),
        ("/api/v1/events?context=nope", 404, "there is: test"),
        ("/api/v1/events?since=yesterday", 400, "since `yesterday`"),
        ("/api/v1/snapshot?namespaces=a,B%20", 400, "`B`"),
        ("/api/v1/snapshot?context=a&context=b", 400, "query"),
    ] {
        let response = server.get(path).await;
        assert_eq!(response.status().as_u16(), status, "{path}");
        assert_eq!(response.headers()["content-type"], "application/problem+json", "{path}");
        let problem = body(response).await;
        assert_eq!(problem["status"], status);
        assert!(problem["detail"].as_str().unwrap().contains(says), "{problem}");
        assert!(problem["title"].is_string() && problem["type"].is_string());
    }
    let response = server.get_with("/api/v1/events", &[("last-event-id", "x")]).await;
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test(start_paused = true)]
async fn every_method_but_get_is_refused_and_no_other_site_may_read() {
    let (_cluster, server) = server();
    for path in ["/", "/api/v1/contexts", "/api/v1/snapshot", "/api/v1/events", "/livez", "/favicon.svg"] {
        for method in ["POST", "PUT", "DELETE", "PATCH"] {
            let request = Request::builder().method(method).uri(path).header("host", "localhost");
            let response = server.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
            assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
            assert!(!response.headers().keys().any(|name| name.as_str().starts_with("access-control")));
            let request = Request::builder().method(method).uri(path).header("host", "localhost");
            let request = request.header("origin", "https://evil.test").body(Body::empty()).unwrap();
            let response = server.router.clone().oneshot(request).await.unwrap();
            assert_eq!(response.status(), StatusCode::FORBIDDEN, "{method} {path}");
            assert!(!response.headers().keys().any(|name| name.as_str().starts_with("access-control")));
        }
    }
    let request = Request::post("/api/v1/nope").header("host", "localhost").body(Body::empty()).unwrap();
    assert_eq!(server.router.clone().oneshot(request).await.unwrap().status(), StatusCode::NOT_FOUND);
}

#[tokio::test(start_paused = true)]
async fn every_answer_has_the_security_headers() {
    let (_cluster, server) = server();
    for path in ["/", "/api/v1/contexts", "/api/v1/snapshot", "/api/nope", "/nope", "/livez", "/readyz"] {
        let headers = server.get(path).await.headers().clone();
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(headers["referrer-policy"], "no-referrer", "{path}");
    }
}

#[tokio::test(start_paused = true)]
async fn contexts_have_a_name_and_a_state_and_one_is_current() {
    let (_cluster, server) = server();
    let contexts = || async { body(server.get("/api/v1/contexts").await).await };
    assert_eq!(contexts().await, json!([{"name": "test", "current": true, "state": "idle"}]));
    server.synced().await;
    assert_eq!(contexts().await, json!([{"name": "test", "current": true, "state": "live"}]));
}

#[tokio::test(start_paused = true)]
async fn a_snapshot_has_every_row_once_and_a_cursor_for_each_scope() {
    let (_cluster, server) = server();
    let live = server.synced().await;
    let snapshot = server.snapshot("").await;
    let mut expected = rows(&live);
    let mut got = snapshot.rows.clone();
    let order = |row: &topology::cluster::row::Row| (row.kind(), row.key());
    expected.sort_by_key(order);
    got.sort_by_key(order);
    assert_eq!(got, expected);
    assert!(snapshot.scopes.iter().all(|scope| scope.state == Known::Synced && scope.cursor >= snapshot.cursor));
    for row in &snapshot.rows {
        let scope = row.scope();
        let namespace = (!scope.namespace.is_empty()).then_some(scope.namespace);
        assert!(
            snapshot.scopes.iter().any(|known| known.kind == scope.kind && known.namespace == namespace),
            "{:?}",
            row.key()
        );
    }
    // Each scope has a cursor, also in a namespace without rows.
    for kind in Kind::WATCHED {
        assert!(snapshot.scopes.iter().any(|scope| scope.kind == kind && scope.namespace.is_none()), "{kind}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_snapshot_of_namespaces_has_these_and_what_has_no_namespace() {
    let (cluster, server) = server();
    server.synced().await;
    cluster.sandbox.store().create(pod("shop", "web", "10.0.0.1")).unwrap();
    let snapshot = server.snapshot("?namespaces=shop,%20empty,").await;
    assert!(snapshot.rows.iter().all(|row| !row.kind().namespaced() || row.key().namespace == "shop"));
    assert!(snapshot.rows.iter().any(|row| row.kind() == Kind::Node));
    for namespace in ["shop", "empty"] {
        let scopes = snapshot.scopes.iter().filter(|scope| scope.namespace.as_deref() == Some(namespace));
        assert_eq!(scopes.count(), Kind::WATCHED.iter().filter(|kind| kind.namespaced()).count(), "{namespace}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_scope_is_encoded_again_only_when_it_has_changed() {
    let (cluster, server) = server();
    let live = server.synced().await;
    let filter = topology::wire::log::ScopeFilter::All;
    let pods = || {
        let scope = |scope: &server::live::ScopeSnapshot| {
            scope.state.kind == Kind::Pod && scope.state.namespace.as_deref() == Some("default")
        };
        live.snapshot(&filter, || Ok::<_, Infallible>(())).unwrap().into_iter().find(scope).unwrap()
    };
    let (first, second) = (pods(), pods());
    assert_eq!(first.rows.as_ptr(), second.rows.as_ptr());
    cluster.sandbox.store().create(pod("default", "new", "10.0.0.1")).unwrap();
    rows_become(&live, |index| index.pod(&topology::cluster::key::ObjectKey::new("default", "new")).is_some()).await;
    let third = pods();
    assert!(third.rows.len() > first.rows.len() && third.state.cursor > first.state.cursor);
}

#[tokio::test(start_paused = true)]
async fn a_snapshot_is_compressed_and_a_stream_is_not() {
    let (_cluster, server) = server();
    server.synced().await;
    for coding in ["br", "gzip"] {
        let headers = [("accept-encoding", coding)];
        assert_eq!(server.get_with("/api/v1/snapshot", &headers).await.headers()["content-encoding"], coding);
        assert!(!server.get_with("/api/v1/events", &headers).await.headers().contains_key("content-encoding"));
    }
}

#[tokio::test(start_paused = true)]
async fn the_page_is_rendered_and_an_unknown_context_is_404_naming_the_known_ones() {
    let (_cluster, server) = server();
    let page = server.get("/?select=nodePort:192.168.56.12:30001&namespaces=%00").await;
    assert_eq!(page.status(), StatusCode::OK);
    assert!(page.headers()["content-type"].to_str().unwrap().starts_with("text/html"));
    assert!(bytes(page).await.starts_with(b"<!DOCTYPE html>"));
    let unknown = server.get("/?context=nope").await;
    assert_eq!(unknown.status(), StatusCode::NOT_FOUND);
    assert!(bytes(unknown).await.windows(4).any(|part| part == b"test"));
}

#[tokio::test(start_paused = true)]
async fn the_server_is_ready_whatever_the_cluster_does() {
    let (cluster, server) = server();
    cluster.fail(crate::harness::Fault::Down);
    server.live();
    for path in ["/livez", "/readyz"] {
        assert_eq!(server.get(path).await.status(), StatusCode::OK);
    }
}
