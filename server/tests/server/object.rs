use http::StatusCode;
use sandbox::Sandbox;
use serde_json::{Value, json};
use server::live::Options;

use crate::harness::{Cluster, Fault, Server, json as body, pod};

const SERVICE: &str = "/api/v1/object?kind=Service&namespace=default&name=nginx-service";

async fn get(server: &Server, path: &str) -> (StatusCode, Value) {
    let response = server.get(path).await;
    let (status, kind) = (response.status(), response.headers()["content-type"].clone());
    let expected = if status.is_success() { "application/json" } else { "application/problem+json" };
    assert_eq!(kind, expected, "{path}");
    (status, body(response).await)
}

/// The responsible lines of an object, without indentation.
async fn lines(server: &Server, path: &str) -> Vec<String> {
    let (status, answer) = get(server, path).await;
    assert_eq!(status, StatusCode::OK, "{path}: {answer}");
    let yaml: Vec<&str> = answer["yaml"].as_str().unwrap().lines().collect();
    let line = |number: &Value| yaml[usize::try_from(number.as_u64().unwrap()).unwrap() - 1];
    answer["lines"].as_array().unwrap().iter().map(|n| line(n).trim_start_matches([' ', '-']).to_owned()).collect()
}

#[tokio::test(start_paused = true)]
async fn a_manifest_says_which_lines_are_responsible_for_a_socket() {
    let server = Server::new(&Cluster::new(Sandbox::overview()), Options::default());
    let (_, answer) = get(&server, SERVICE).await;
    assert_eq!(
        (&answer["kind"], &answer["namespace"], &answer["name"], &answer["lines"]),
        (&json!("Service"), &json!("default"), &json!("nginx-service"), &json!([]))
    );
    assert!(answer["yaml"].as_str().unwrap().starts_with("apiVersion: v1\nkind: Service\nmetadata:\n"), "{answer}");
    for (object, socket, expected) in [
        (
            SERVICE,
            "nodePort:192.168.56.12:30001",
            &["nodePort: 30001", "port: 30080", "targetPort: 80", "type: NodePort"][..],
        ),
        (SERVICE, "clusterIP:10.96.114.20@Service/default/nginx-service", &["clusterIP: 10.96.114.20", "10.96.114.20"]),
        (SERVICE, "dns:nginx-service.default.svc", &["name: nginx-service", "namespace: default"]),
        (SERVICE, "podIP:10.244.1.5", &[]),
        (
            "/api/v1/object?kind=Node&name=node1",
            "nodeIP:192.168.56.11",
            &["podCIDR: 10.244.1.0/24", "10.244.1.0/24", "address: 192.168.56.11", "type: InternalIP"],
        ),
    ] {
        let found = lines(&server, &format!("{object}&socket={socket}")).await;
        assert_eq!(found, expected, "{socket}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_manifest_is_fetched_anew_and_holds_no_secrets() {
    let cluster = Cluster::new(Sandbox::overview());
    let server = Server::new(&cluster, Options::default());
    let mut object = pod("default", "fresh", "10.0.0.1");
    object["spec"]["containers"][0]["env"] = json!([{"name": "TOKEN", "value": "hunter2"}]);
    cluster.sandbox.store().create(object).unwrap();
    let (status, answer) = get(&server, "/api/v1/object?kind=Pod&namespace=default&name=fresh").await;
    let yaml = answer["yaml"].as_str().unwrap();
    assert_eq!(status, StatusCode::OK);
    assert!(yaml.contains("- ip: 10.0.0.1") && !yaml.contains("hunter2") && !yaml.contains("env"), "{yaml}");
}

#[tokio::test(start_paused = true)]
async fn a_refusal_of_the_cluster_is_a_problem_with_its_reason() {
    let cluster = Cluster::new(Sandbox::overview());
    let server = Server::new(&cluster, Options::default());
    server.synced().await;
    for (path, fault, status, detail) in [
        (
            SERVICE,
            Fault::Answer("services/", 403),
            403,
            "services: get is forbidden (403 refused with 403); grant it in a Role in the namespace default: {apiGroups: [\"\"]",
        ),
        (SERVICE, Fault::Answer("services/", 401), 502, "https://test:6443 refuses the credentials"),
        (SERVICE, Fault::Answer("services/", 500), 502, "https://test:6443 answered 500"),
        (SERVICE, Fault::Down, 502, "cannot reach the API server at https://test:6443"),
        (
            "/api/v1/object?kind=EndpointSlice&namespace=default&name=nope",
            Fault::None,
            404,
            "https://test:6443 has no EndpointSlice default/nope",
        ),
        ("/api/v1/object?context=nope&kind=Node&name=a", Fault::None, 404, "there is no context `nope`"),
    ] {
        cluster.fail(fault);
        let (got, problem) = get(&server, path).await;
        let problem_detail = problem["detail"].as_str().unwrap();
        assert!(got.as_u16() == status && problem_detail.starts_with(detail), "{path}: {got} {problem_detail}");
    }
}

#[tokio::test(start_paused = true)]
async fn no_object_of_a_namespace_outside_the_namespaces_flag_is_shown() {
    let options = Options { namespaces: vec!["shop".to_owned()], ..Options::default() };
    let server = Server::new(&Cluster::new(Sandbox::overview()), options);
    let (status, problem) = get(&server, SERVICE).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert_eq!(problem["detail"], "this kubehop shows only the namespaces shop, not default");
}
