use std::path::{Path, PathBuf};
use std::time::Duration;

use sandbox::Sandbox;
use serde_json::json;
use server::connect::KubeconfigFile;
use server::contexts::Clusters;
use server::live::Options;
use topology::wire::ContextState;

use crate::harness::{Server, status};

/// A path for a kubeconfig that does not exist yet.
fn path(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}.yaml", std::process::id()));
    let _ = std::fs::remove_file(&path);
    path
}

/// A kubeconfig with two contexts, `one` at this address and `two` where nothing listens; `one` is current.
fn write(path: &Path, server: &str) {
    let cluster = |name: &str, server: &str| json!({"name": name, "cluster": {"server": server}});
    let context = |name: &str| json!({"name": name, "context": {"cluster": name, "user": "u"}});
    let kubeconfig = json!({"apiVersion": "v1", "kind": "Config", "current-context": "one",
        "clusters": [cluster("one", server), cluster("two", "http://127.0.0.1:1")],
        "contexts": [context("one"), context("two")],
        "users": [{"name": "u", "user": {"token": "secret-token"}}]});
    std::fs::write(path, kubeconfig.to_string()).unwrap();
}

/// Serves the sandbox on a free port.
async fn api() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(axum::serve(listener, Sandbox::overview().router()).into_future());
    format!("http://{address}")
}

fn on(path: &Path) -> Server {
    let file = KubeconfigFile::explicit(path.to_owned());
    Server::with(Clusters::Kubeconfig { file, context: None }, Options::default())
}

#[tokio::test]
async fn a_kubeconfig_that_is_created_and_corrected_connects_without_a_restart() {
    let path = path("mended");
    let server = on(&path);
    let live = server.live();
    let error = |part: &'static str| {
        move |status: &topology::wire::Status| status.error.as_ref().is_some_and(|error| error.contains(part))
    };
    let seen = status(&live, error("cannot be read")).await;
    assert!(seen.error.as_ref().unwrap().contains(path.to_str().unwrap()), "{seen:?}");
    assert_eq!(seen.state, ContextState::Connecting);
    assert_eq!(server.contexts.summaries().len(), 1);

    std::fs::write(&path, "users:\n- name: u\n  user: {token: secret-token\n").unwrap();
    let seen = status(&live, error("not a valid kubeconfig")).await;
    assert!(!seen.error.as_ref().unwrap().contains("secret-token"), "{seen:?}");

    write(&path, &api().await);
    status(&live, |status| status.state == ContextState::Live).await;
    let names: Vec<(String, bool)> = server.contexts.summaries().into_iter().map(|c| (c.name, c.current)).collect();
    assert_eq!(names, [("one".to_owned(), true), ("two".to_owned(), false)]);
    // The page that was opened before and a page that is opened by name now have the same context.
    assert!(std::sync::Arc::ptr_eq(server.contexts.open(Some("one")).unwrap().live(), &live));
}

#[tokio::test]
async fn an_address_that_is_corrected_in_the_kubeconfig_is_found() {
    let path = path("moved");
    write(&path, "http://127.0.0.1:1");
    let server = on(&path);
    let live = server.live();
    let seen = status(&live, |status| status.error.is_some()).await;
    assert!(seen.error.as_ref().unwrap().contains("http://127.0.0.1:1"), "{seen:?}");
    write(&path, &api().await);
    tokio::time::timeout(Duration::from_secs(20), status(&live, |status| status.state == ContextState::Live))
        .await
        .unwrap();
}

#[tokio::test]
async fn several_contexts_are_live_at_once_and_only_opened_ones_connect() {
    let path = path("several");
    write(&path, &api().await);
    let server = on(&path);
    let one = server.contexts.open(None).unwrap();
    status(&one, |status| status.state == ContextState::Live).await;
    let states = || server.contexts.summaries().into_iter().map(|context| context.state).collect::<Vec<_>>();
    assert_eq!(states(), [ContextState::Live, ContextState::Idle]);
    let two = server.contexts.open(Some("two")).unwrap();
    status(&two, |status| status.error.is_some()).await;
    assert_eq!(states(), [ContextState::Live, ContextState::Connecting]);
    assert_ne!(one.now().epoch, two.now().epoch);
    let unknown = server.contexts.open(Some("three")).unwrap_err();
    assert_eq!(unknown.known, ["one", "two"]);
}

#[tokio::test]
async fn a_token_that_is_replaced_in_its_file_is_read_again() {
    let (path, token) = (path("rotated"), path("rotated-token"));
    std::fs::write(&token, "old").unwrap();
    let accepted =
        axum::middleware::from_fn(async |request: axum::extract::Request, next: axum::middleware::Next| match request
            .headers()
            .get("authorization")
            .is_some_and(|value| value == "Bearer new")
        {
            true => next.run(request).await,
            false => axum::response::IntoResponse::into_response(http::StatusCode::UNAUTHORIZED),
        });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(axum::serve(listener, Sandbox::overview().router().layer(accepted)).into_future());
    let kubeconfig = json!({"apiVersion": "v1", "kind": "Config", "current-context": "one",
        "clusters": [{"name": "one", "cluster": {"server": format!("http://{address}")}}],
        "contexts": [{"name": "one", "context": {"cluster": "one", "user": "u"}}],
        "users": [{"name": "u", "user": {"tokenFile": token}}]});
    std::fs::write(&path, kubeconfig.to_string()).unwrap();
    let server = on(&path);
    let live = server.live();
    let seen = status(&live, |status| status.error.is_some()).await;
    assert!(seen.error.as_ref().unwrap().contains("401"), "{seen:?}");
    std::fs::write(&token, "new").unwrap();
    // kube itself reads the file once a minute.
    let live_again = status(&live, |status| status.state == ContextState::Live);
    tokio::time::timeout(Duration::from_secs(20), live_again).await.unwrap();
}

/// A pipe to which nobody writes.
fn pipe(name: &str) -> PathBuf {
    let pipe = path(name);
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    pipe
}

#[tokio::test]
async fn a_pipe_is_no_kubeconfig_and_a_file_in_its_place_is_read() {
    let pipe = pipe("pipe");
    let server = on(&pipe);
    let live = server.live();
    let seen = status(&live, |status| status.error.is_some()).await;
    assert!(seen.error.as_ref().unwrap().contains("it is a pipe"), "{seen:?}");
    std::fs::remove_file(&pipe).unwrap();
    write(&pipe, &api().await);
    status(&live, |status| status.state == ContextState::Live).await;
}

#[tokio::test]
async fn a_pipe_in_place_of_a_token_is_said() {
    let (path, pipe) = (path("pipe-token"), pipe("token-pipe"));
    let user = json!({"tokenFile": pipe});
    std::fs::write(&path, kubeconfig_of("http://127.0.0.1:1", &user)).unwrap();
    let seen = status(&on(&path).live(), |status| status.error.is_some()).await;
    assert!(seen.error.as_ref().unwrap().contains(pipe.to_str().unwrap()), "{seen:?}");
}

/// A kubeconfig with one context, and this user.
fn kubeconfig_of(server: &str, user: &serde_json::Value) -> String {
    json!({"apiVersion": "v1", "kind": "Config", "current-context": "one",
        "clusters": [{"name": "one", "cluster": {"server": server}}],
        "contexts": [{"name": "one", "context": {"cluster": "one", "user": "u"}}],
        "users": [{"name": "u", "user": user}]})
    .to_string()
}

/// The sandbox behind a token.
async fn api_with_token(token: &'static str) -> String {
    let guard =
        axum::middleware::from_fn(move |request: axum::extract::Request, next: axum::middleware::Next| async move {
            let own = request.headers().get("authorization").and_then(|value| value.to_str().ok());
            if own.is_some_and(|own| own == format!("Bearer {token}")) {
                return next.run(request).await;
            }
            axum::response::IntoResponse::into_response(http::StatusCode::UNAUTHORIZED)
        });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(axum::serve(listener, Sandbox::overview().router().layer(guard)).into_future());
    format!("http://{address}")
}

#[tokio::test]
async fn a_plugins_token_is_sent_whether_it_expires_or_not() {
    let api = api_with_token("t").await;
    for (name, status_of) in [
        ("plugin", json!({"token": "t"})),
        ("plugin-expiring", json!({"token": "t", "expirationTimestamp": "2099-01-02T03:04:05Z"})),
    ] {
        let path = path(name);
        let script = format!("echo '{}'", json!({"kind": "ExecCredential", "status": status_of}));
        let user = json!({"exec": {"apiVersion": "client.authentication.k8s.io/v1", "command": "/bin/sh",
            "args": ["-c", script], "interactiveMode": "Never"}});
        std::fs::write(&path, kubeconfig_of(&api, &user)).unwrap();
        status(&on(&path).live(), |status| status.state == ContextState::Live).await;
    }
}

#[tokio::test]
async fn a_plugin_that_fails_is_named_in_the_status() {
    let path = path("plugin-fails");
    let user = json!({"exec": {"apiVersion": "client.authentication.k8s.io/v1", "command": "/bin/false",
        "args": ["s3cret"], "interactiveMode": "Never"}});
    std::fs::write(&path, kubeconfig_of("http://127.0.0.1:1", &user)).unwrap();
    let seen = status(&on(&path).live(), |status| status.error.is_some()).await;
    let error = seen.error.clone().unwrap();
    assert!(error.contains("the plugin /bin/false fetched none: it ended with exit status: 1"), "{error}");
    assert!(!error.contains("s3cret"), "{error}");
}
