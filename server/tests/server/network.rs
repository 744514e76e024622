//! What needs real connections: a proxy, a compressed body, and what is no HTTP.

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::IntoResponse;
use bytes::Bytes;
use futures::{StreamExt, stream};
use http::{StatusCode, header};
use parking_lot::Mutex;
use sandbox::Sandbox;
use serde_json::json;
use server::connect::KubeconfigFile;
use server::contexts::Clusters;
use server::live::Options;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use topology::cluster::key::Kind;
use topology::wire::{AccessProblem, ContextState};
use tower_http::compression::CompressionLayer;

use crate::harness::{Server, status};

/// A server on a cluster of a kubeconfig.
fn on(name: &str, cluster: &serde_json::Value) -> Server {
    let file = format!("network-{name}-{}.yaml", std::process::id());
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(file);
    let kubeconfig = json!({"current-context": "one", "clusters": [{"name": "one", "cluster": cluster}],
        "contexts": [{"name": "one", "context": {"cluster": "one", "user": "u"}}], "users": [{"name": "u", "user": {}}]});
    std::fs::write(&path, kubeconfig.to_string()).unwrap();
    Server::with(Clusters::Kubeconfig { file: KubeconfigFile::explicit(path), context: None }, Options::default())
}

async fn listen() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    (listener, address)
}

async fn serve(router: Router) -> String {
    let (listener, address) = listen().await;
    tokio::spawn(axum::serve(listener, router).into_future());
    address
}

/// A proxy that leads every tunnel to one address, and what it was asked.
async fn proxy(to: String) -> (String, Arc<Mutex<Vec<String>>>) {
    let (listener, address) = listen().await;
    let asked = Arc::new(Mutex::new(Vec::new()));
    let heads = asked.clone();
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            let (to, heads) = (to.clone(), heads.clone());
            tokio::spawn(async move {
                let mut head = Vec::new();
                while !head.ends_with(b"\r\n\r\n") {
                    head.push(client.read_u8().await?);
                }
                heads.lock().push(String::from_utf8_lossy(&head).to_lowercase());
                let mut server = TcpStream::connect(to).await?;
                client.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await?;
                tokio::io::copy_bidirectional(&mut client, &mut server).await
            });
        }
    });
    (address, asked)
}

#[tokio::test]
async fn the_proxy_of_a_kubeconfig_is_used_and_gets_its_password() {
    let api = serve(Sandbox::overview().router()).await;
    let (proxy, asked) = proxy(api).await;
    let cluster = json!({"server": "http://api.example:6443", "proxy-url": format!("http://jo:s3cret@{proxy}")});
    let server = on("proxy", &cluster);
    let seen = status(&server.live(), |status| status.state == ContextState::Live).await;
    assert_eq!(seen.problem, None);
    let asked = asked.lock();
    assert!(!asked.is_empty());
    for head in asked.iter() {
        assert!(head.starts_with("connect api.example:6443 http/1.1\r\n"), "{head}");
        assert!(head.contains("proxy-authorization: basic am86cznjcmv0"), "{head}");
    }
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_said_without_its_password() {
    let cluster = json!({"server": "http://api.example:6443", "proxy-url": "http://jo:s3cret@127.0.0.1:1"});
    let seen = status(&on("no-proxy", &cluster).live(), |status| status.problem.is_some()).await;
    let text = serde_json::to_string(&*seen).unwrap();
    assert!(text.contains("http://api.example:6443") && !text.contains("s3cret"), "{text}");
}

#[tokio::test]
async fn a_compressed_body_is_counted_as_it_is_when_it_is_decompressed() {
    let api = Router::new()
        .fallback(async |request: Request| {
            let json = [(header::CONTENT_TYPE, "application/json")];
            if request.uri().path() != "/api/v1/pods" {
                return (StatusCode::NOT_FOUND, json, "{}").into_response();
            }
            let head = stream::once(async { Bytes::from_static(b"{\"items\":[{\"metadata\":{\"name\":\"") });
            let megabytes = stream::repeat(Bytes::from(vec![b'a'; 1_000_000])).take(900);
            (json, Body::from_stream(head.chain(megabytes).map(Ok::<_, std::io::Error>))).into_response()
        })
        .layer(CompressionLayer::new());
    let server = on("bomb", &json!({"server": format!("http://{}", serve(api).await)}));
    let seen = status(&server.live(), |status| {
        let pods = status.kinds.iter().find(|known| known.kind == Kind::Pod);
        pods.is_some_and(|pods| pods.problem.is_some())
    })
    .await;
    let pods = seen.kinds.iter().find(|known| known.kind == Kind::Pod).unwrap();
    let problem = pods.problem.as_ref();
    assert!(matches!(problem, Some(AccessProblem::AnswerTooLarge { megabytes: 16, .. })), "{problem:?}");
}

#[tokio::test]
async fn what_is_no_http_is_said() {
    for answer in [&[0, 0xff].repeat(5_000)[..], &[]] {
        let (listener, address) = listen().await;
        let answer = answer.to_vec();
        tokio::spawn(async move {
            while let Ok((mut client, _)) = listener.accept().await {
                // The client may have closed it.
                let _ = client.write_all(&answer).await;
            }
        });
        let server = on("garbage", &json!({"server": format!("http://{address}")}));
        let seen = status(&server.live(), |status| status.problem.is_some()).await;
        assert_eq!(seen.state, ContextState::Connecting);
    }
}
