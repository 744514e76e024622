use http::Method;
use sandbox::Sandbox;
use serde_json::json;

use crate::client::{PODS, get, post, send};

#[tokio::test]
async fn bad_bodies_are_4xx_and_never_a_panic() {
    let router = Sandbox::overview().router();
    let deep = "[".repeat(100_000);
    let deep_object = format!("{}1{}", "{\"a\":".repeat(5000), "}".repeat(5000));
    let bodies = [
        "",
        "null",
        "[]",
        "1",
        "\"x\"",
        "{",
        "{}",
        "\u{0}",
        "{\"metadata\":null}",
        "{\"metadata\":[]}",
        "{\"metadata\":{\"name\":1}}",
        "{\"metadata\":{\"name\":\"\"}}",
        "{\"kind\":\"Node\",\"metadata\":{\"name\":\"web-0\"}}",
        "{\"kind\":7}",
        "{\"metadata\":{\"name\":\"web-0\",\"labels\":{\"a\":1}}}",
        "{\"metadata\":{\"name\":\"web-0\",\"labels\":[]}}",
        "{\"metadata\":{\"name\":\"web-0\",\"namespace\":\"else\"}}",
        "{\"metadata\":{\"name\":\"web-0\",\"resourceVersion\":\"1\"}}",
        "&a [*a, *a]",
        "a: &a {b: *a}",
        "!!binary x",
        "? [1]\n: 2",
        "--- 1\n--- 2",
        "\t",
        "a: b: c",
        &deep,
        &deep_object,
    ];
    let types = [
        "",
        "application/json",
        "application/yaml",
        "application/merge-patch+json",
        "application/apply-patch+yaml",
        "application/strategic-merge-patch+json",
        "application/json-patch+json",
        "application/vnd.kubernetes.protobuf",
    ];
    for method in [Method::POST, Method::PUT, Method::PATCH] {
        for uri in [
            PODS,
            "/api/v1/namespaces/default/pods/web-0",
            "/api/v1/namespaces/default/pods/web-0/status",
            "/api/v1/nodes",
        ] {
            for media_type in types {
                for body in bodies {
                    let (code, answer) = send(&router, method.clone(), uri, media_type, body.to_owned()).await;
                    let fine = code < 300 || (400..500).contains(&code) && answer["kind"] == "Status";
                    assert!(fine, "{method} {uri} {media_type} {body:.60}: {code} {answer}");
                }
            }
        }
    }
    assert_eq!(send(&router, Method::POST, PODS, "", vec![b' '; 4 << 20]).await.0, 413);
    assert_eq!(send(&router, Method::POST, PODS, "", vec![0xff, 0xfe]).await.0, 400);
}

#[tokio::test]
async fn bad_paths_and_queries_are_4xx_and_never_a_panic() {
    let router = Sandbox::overview().router();
    for (uri, expected) in [
        ("/", 404),
        ("/api/v2", 404),
        ("/api/v1/", 404),
        ("/api/v1/secrets", 404),
        ("/api/v1//pods", 404),
        ("/apis/none", 404),
        ("/apis/apps/v2", 404),
        ("/apis/apps/v1/pods", 404),
        ("/api/v1/pods/web-0", 404),
        ("/openapi/v2", 404),
        ("/api/v1/namespaces/default/pods/nope", 404),
        ("/api/v1/namespaces/default/pods/web-0/log", 404),
        ("/api/v1/namespaces/default/nodes", 404),
        ("/api/v1/%ff", 400),
        ("/apis/%ff", 404),
        ("/apis/%ff/v1", 404),
        ("/api/v1/pods?limit=x", 400),
        ("/api/v1/pods?limit=-1", 400),
        ("/api/v1/pods?continue=zz", 400),
        ("/api/v1/pods?continue=5b5d", 400),
        ("/api/v1/pods?resourceVersion=x", 400),
        ("/api/v1/pods?resourceVersion=1&resourceVersionMatch=x", 400),
        ("/api/v1/pods?resourceVersionMatch=Exact", 400),
        ("/api/v1/pods?watch=1&resourceVersion=99999999999999999999", 400),
        ("/api/v1/pods?watch=1&labelSelector=a(", 400),
        ("/api/v1/pods?watch=1&sendInitialEvents=true", 400),
        ("/api/v1/pods?watch=1&timeoutSeconds=-3", 400),
    ] {
        let (code, answer) = get(&router, uri).await;
        assert_eq!((code, &answer["kind"]), (expected, &"Status".into()), "{uri} {answer}");
    }
    let (code, answer) = send(&router, Method::POST, "/version", "", "").await;
    assert_eq!((code, &answer["reason"]), (405, &"MethodNotAllowed".into()));
}

#[tokio::test(start_paused = true)]
async fn a_watch_with_a_timeout_beyond_the_clocks_range_begins() {
    let router = Sandbox::overview().router();
    let uri = "/api/v1/nodes?watch=1&allowWatchBookmarks=1&timeoutSeconds=18446744073709551615";
    let mut watch = crate::client::Watch::open(&router, uri).await;
    assert_eq!(watch.brief().await, "ADDED node1");
}

#[tokio::test]
async fn wrong_kind_is_400_and_a_missing_name_422() {
    let router = Sandbox::empty().router();
    assert_eq!(post(&router, PODS, &json!({"kind": "Node", "metadata": {"name": "a"}})).await.0, 400);
    assert_eq!(post(&router, PODS, &json!({"apiVersion": "v2", "metadata": {"name": "a"}})).await.0, 400);
    let (code, status) = post(&router, PODS, &json!({"kind": "Pod"})).await;
    assert_eq!((code, &status["details"]["causes"][0]["field"]), (422, &"metadata.name".into()));
}
