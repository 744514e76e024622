use http::Method;
use sandbox::Sandbox;
use serde_json::json;

use crate::client::{PODS, get, merge, names, pod, post, send};

const JSON: &str = "application/json";

#[tokio::test]
async fn a_created_object_gets_version_uid_time_and_namespace() {
    let router = Sandbox::empty().router();
    let (code, created) = post(&router, PODS, &json!({"metadata": {"generateName": "a-"}})).await;
    assert_eq!((code, &created["kind"], &created["metadata"]["generation"]), (201, &"Pod".into(), &1.into()));
    let text = |field: &str| created["metadata"][field].as_str().unwrap().to_owned();
    assert_eq!((text("namespace").as_str(), text("uid").len(), text("name").len()), ("default", 36, 7));
    assert!(text("creationTimestamp").ends_with('Z'));
    assert_eq!(get(&router, &format!("{PODS}/{}", text("name"))).await, (200, created.clone()));
    assert_eq!(post(&router, PODS, &pod(&text("name"), "x")).await.1["reason"], "AlreadyExists");
}

#[tokio::test]
async fn an_update_of_an_old_version_is_a_conflict() {
    let router = Sandbox::empty().router();
    let (_, mut created) = post(&router, PODS, &pod("a", "x")).await;
    let uri = format!("{PODS}/a");
    created["spec"] = json!({"nodeName": "n1"});
    let put = async |body: String| send(&router, Method::PUT, &uri, JSON, body).await;
    let (code, updated) = put(created.to_string()).await;
    assert_eq!((code, &updated["metadata"]["generation"]), (200, &2.into()));
    created["spec"] = json!({"nodeName": "n2"});
    let (code, status) = put(created.to_string()).await;
    assert_eq!((code, &status["reason"], &status["status"]), (409, &"Conflict".into(), &"Failure".into()));
    assert_eq!(put(pod("a", "y").to_string()).await.0, 200, "without a version the last one wins");
}

#[tokio::test]
async fn the_status_subresource_changes_the_status_only() {
    let router = Sandbox::empty().router();
    post(&router, PODS, &pod("a", "x")).await;
    let uri = format!("{PODS}/a/status");
    let change =
        json!({"metadata": {"labels": {"app": "z"}}, "spec": {"nodeName": "n"}, "status": {"phase": "Running"}});
    let (_, patched) = merge(&router, &uri, &change).await;
    assert_eq!((&patched["status"]["phase"], &patched["spec"]), (&"Running".into(), &json!(null)));
    assert_eq!(patched["metadata"]["labels"]["app"], "x");
    let mut whole = pod("a", "z");
    whole["status"] = json!({"phase": "Failed"});
    let (_, put) = send(&router, Method::PUT, &uri, JSON, whole.to_string()).await;
    assert_eq!((&put["status"]["phase"], &put["metadata"]["labels"]["app"]), (&"Failed".into(), &"x".into()));
    let (_, kept) = send(&router, Method::PUT, &format!("{PODS}/a"), JSON, pod("a", "z").to_string()).await;
    assert_eq!((&kept["status"]["phase"], &kept["metadata"]["labels"]["app"]), (&"Failed".into(), &"z".into()));
}

#[tokio::test]
async fn patches_merge_and_apply_creates_a_missing_object() {
    let router = Sandbox::empty().router();
    let apply = "application/apply-patch+yaml";
    let yaml = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  labels: {app: x}\n";
    let uri = format!("{PODS}/a?fieldManager=me");
    assert_eq!(send(&router, Method::PATCH, &uri, apply, yaml).await.0, 201);
    assert_eq!(send(&router, Method::PATCH, &uri, apply, yaml.replace("app: x", "tier: t")).await.0, 200);
    let terminating = json!({"metadata": {"deletionTimestamp": "2026-11-23T10:00:00Z", "labels": {"app": null}}});
    let (_, patched) = merge(&router, &uri, &terminating).await;
    assert_eq!(patched["metadata"]["labels"], json!({"tier": "t"}));
    assert_eq!(patched["metadata"]["deletionTimestamp"], "2026-11-23T10:00:00Z");
    let json_patch = send(&router, Method::PATCH, &uri, "application/json-patch+json", "[]").await;
    assert_eq!((json_patch.0, &json_patch.1["reason"]), (415, &"UnsupportedMediaType".into()));
}

#[tokio::test]
async fn a_strategic_patch_as_kubectl_sends_it_keeps_the_rest_of_a_port() {
    let router = Sandbox::overview().router();
    let uri = "/api/v1/namespaces/default/services/nginx-service";
    let patch = json!({"spec": {"ports": [{"port": 30080, "nodePort": 30005}]}}).to_string();
    let (code, patched) = send(&router, Method::PATCH, uri, "application/strategic-merge-patch+json", patch).await;
    let expected = json!([{"port": 30080, "targetPort": 80, "nodePort": 30005, "protocol": "TCP"}]);
    assert_eq!((code, &patched["spec"]["ports"]), (200, &expected));
}

#[tokio::test]
async fn objects_and_collections_are_deleted() {
    let router = Sandbox::overview().router();
    let delete = async |uri: &str, body: &str| send(&router, Method::DELETE, uri, JSON, body.to_owned()).await;
    let wrong = r#"{"preconditions": {"uid": "another"}}"#;
    assert_eq!(delete(&format!("{PODS}/web-0"), wrong).await.0, 409);
    let (code, status) = delete(&format!("{PODS}/web-0"), r#"{"gracePeriodSeconds": 30}"#).await;
    assert_eq!((code, &status["status"], &status["details"]["name"]), (200, &"Success".into(), &"web-0".into()));
    assert_eq!(delete(&format!("{PODS}/web-0"), "").await.1["reason"], "NotFound");
    assert_eq!(delete(&format!("{PODS}?labelSelector=app=nginx"), "").await.0, 200);
    assert_eq!(names(&get(&router, PODS).await.1), ["influxdb", "web-1", "web-2"]);
}

#[tokio::test]
async fn yaml_bodies_are_accepted_with_a_yaml_content_type() {
    let router = Sandbox::empty().router();
    let yaml = "apiVersion: v1\nkind: Node\nmetadata: {name: n1}\n";
    assert_eq!(send(&router, Method::POST, "/api/v1/nodes", "application/yaml", yaml).await.0, 201);
    let (code, status) = send(&router, Method::POST, "/api/v1/nodes", "application/yaml", "a: [").await;
    assert_eq!((code, &status["reason"]), (400, &"BadRequest".into()));
}

#[tokio::test]
async fn the_read_router_refuses_every_method_but_get() {
    let router = Sandbox::overview().read_router();
    for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::HEAD, Method::OPTIONS] {
        for uri in [PODS, "/api/v1/namespaces/default/pods/web-0", "/nowhere"] {
            assert_eq!(send(&router, method.clone(), uri, JSON, "{}").await.0, 405, "{method} {uri}");
        }
    }
    assert_eq!(names(&get(&router, PODS).await.1).len(), 7);
}
