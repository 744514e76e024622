use axum::response::Response;
use http::StatusCode;
use sandbox::Sandbox;
use sandbox::resources::SERVICES;
use serde_json::{Value, json};
use server::live::Options;
use topology::cluster::key::ObjectKey;

use crate::harness::{Cluster, Fault, Server, bytes, json as body, rows_become, status};

async fn text(response: Response) -> String {
    String::from_utf8(bytes(response).await.to_vec()).unwrap()
}

/// The document, checked to be XML that runs nothing and fetches nothing.
async fn svg(server: &Server, query: &str) -> String {
    let response = server.get(&format!("/graph.svg{query}")).await;
    let (status, headers) = (response.status(), response.headers().clone());
    let text = text(response).await;
    assert_eq!(status, StatusCode::OK, "{query}: {text}");
    assert_eq!(headers["content-type"], "image/svg+xml");
    assert_eq!(headers["cache-control"], "private, max-age=5");
    check(&text);
    text
}

fn check(text: &str) {
    let document = roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    assert_eq!(document.root_element().tag_name().namespace(), Some("http://www.w3.org/2000/svg"));
    let ids: Vec<&str> = document.descendants().filter_map(|node| node.attribute("id")).collect();
    for element in document.descendants().filter(|node| node.is_element()) {
        assert!(element.tag_name().name() != "script", "{element:?}");
        for attribute in element.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            assert!(!name.starts_with("on") && name != "tabindex" && name != "src", "{name}");
            if name == "href" {
                assert!(ids.contains(&value.trim_start_matches('#')), "{value} is not in the document");
            }
        }
    }
    assert!(!text.contains("url(") && !text.contains("@import"));
}

/// The texts of the lines of this class.
fn words(text: &str, class: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(text).unwrap();
    let lines = document.descendants().filter(|node| node.attribute("class") == Some(class));
    lines.filter_map(|line| line.text().map(str::to_owned)).collect()
}

#[tokio::test(start_paused = true)]
async fn a_picture_is_a_complete_document_with_a_title() {
    let server = Server::new(&Cluster::new(Sandbox::overview()), Options::default());
    let plain = svg(&server, "").await;
    assert_eq!(words(&plain, "what"), ["Context test · Namespaces all"]);
    assert!(words(&plain, "verdict").is_empty());
    let foot = words(&plain, "foot");
    assert!(foot.len() == 1 && foot[0].ends_with(" UTC · Live"), "{foot:?}");
    assert!(plain.contains(r#"data-socket="nodePort" data-address="192.168.56.12:30001""#));

    let lit = svg(&server, "?namespaces=default&select=nodePort:192.168.56.12:30001&theme=dark&lang=xx").await;
    assert_eq!(words(&lit, "what"), ["Context test · Namespaces default"]);
    assert_eq!(
        words(&lit, "verdict"),
        [
            "nodePort 192.168.56.12:30001, Service/default/nginx-service: Delivered: to one of 2 usable endpoints, at random"
        ]
    );
    assert!(lit.contains(r#"data-state="on-path selected""#) || lit.contains(r#"data-state="selected on-path""#));
    assert!(lit.contains("--canvas:#0e1217") && !plain.contains("--canvas:#0e1217"));

    let asked = svg(&server, "?from=default/web-0&to=nginx-service:30080").await;
    let verdict = words(&asked, "verdict").remove(0);
    assert!(verdict.starts_with("From pod:default/web-0 To dns:nginx-service"), "{verdict}");
    let stopped = svg(&server, "?select=nodePort:192.168.56.12:30002").await;
    assert!(stopped.contains(r#"class="graph stopped""#));
    assert!(words(&stopped, "verdict")[0].ends_with("REJECT: refused at once"));
}

#[tokio::test(start_paused = true)]
async fn a_wrong_parameter_is_a_problem_and_no_picture() {
    let server = Server::new(&Cluster::new(Sandbox::overview()), Options::default());
    for (query, status, detail) in [
        ("?select=teapot:1", 400, "select: `teapot:1` is none"),
        ("?select=nodePort:192.168.56.12:1", 400, "select: there is no nodePort:192.168.56.12:1"),
        ("?select=nodePort:192.168.56.12:1&lang=zh", 400, "select：没有 nodePort:192.168.56.12:1"),
        ("?from=default/nope&to=10.96.114.20:30080", 400, "from: "),
        ("?to=%3C%3E", 400, "to: "),
        ("?theme=blue", 400, "theme: `blue` is none; there is light and dark"),
        ("?namespaces=A", 400, "namespaces: `A`"),
        ("?context=nope", 404, "there is no context `nope`"),
    ] {
        let response = server.get(&format!("/graph.svg{query}")).await;
        assert_eq!(
            (response.status().as_u16(), &response.headers()["content-type"]),
            (status, &"application/problem+json".parse().unwrap()),
            "{query}"
        );
        let problem: Value = body(response).await;
        assert!(problem["detail"].as_str().unwrap().starts_with(detail), "{query}: {problem}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_picture_is_revalidated_until_something_changes() {
    let cluster = Cluster::new(Sandbox::overview());
    let server = Server::new(&cluster, Options::default());
    let live = server.synced().await;
    let tag = |response: &Response| response.headers()["etag"].to_str().unwrap().to_owned();
    let ask =
        async |query: &str, tag: &str| server.get_with(&format!("/graph.svg{query}"), &[("if-none-match", tag)]).await;
    let first = tag(&server.get("/graph.svg").await);
    let same = ask("", &format!("\"x\", {first}")).await;
    assert_eq!((same.status(), tag(&same)), (StatusCode::NOT_MODIFIED, first.clone()));
    assert!(text(same).await.is_empty());
    assert_eq!(ask("", "*").await.status(), StatusCode::NOT_MODIFIED);
    assert_eq!(ask("?theme=dark", &first).await.status(), StatusCode::OK);

    let patch = json!({"spec": {"ports": [{"port": 81}]}});
    cluster.sandbox.store().patch(&SERVICES, "default", "nginx-service", patch).unwrap();
    let key = ObjectKey::new("default", "nginx-service");
    rows_become(&live, |index| index.service(&key).unwrap().ports[0].port.0 == 81).await;
    let changed = ask("", &first).await;
    assert_eq!(changed.status(), StatusCode::OK);
    let changed = tag(&changed);

    cluster.fail(Fault::Down);
    status(&live, |status| status.error.is_some()).await;
    let stale = ask("", &changed).await;
    assert_eq!(stale.status(), StatusCode::OK);
    let foot = words(&text(stale).await, "foot");
    assert!(foot[0].contains("Stale since") && foot[1].contains("cannot reach the API server"), "{foot:?}");
}

#[tokio::test(start_paused = true)]
async fn before_the_first_list_the_picture_says_connecting() {
    let cluster = Cluster::new(Sandbox::overview());
    cluster.fail(Fault::Down);
    let server = Server::new(&cluster, Options::default());
    let picture = svg(&server, "?select=nodePort:192.168.56.12:30001").await;
    assert!(picture.contains(r#"data-status="connecting""#));
    assert!(words(&picture, "foot")[0].ends_with("Connecting"));
}

#[tokio::test(start_paused = true)]
async fn the_picture_of_a_big_cluster_says_how_much_it_shows() {
    let cluster = Cluster::new(Sandbox::empty());
    for n in 0..400 {
        let service = json!({"apiVersion": "v1", "kind": "Service", "metadata": {"namespace": "a", "name": format!("web-{n:03}")},
            "spec": {"clusterIP": format!("10.96.{}.{}", n / 250, n % 250 + 1), "ports": [{"port": 80}]}});
        cluster.sandbox.store().create(service).unwrap();
    }
    let server = Server::new(&cluster, Options::default());
    server.synced().await;
    let foot = words(&svg(&server, "").await, "foot").remove(0);
    let shown = foot.split("showing ").nth(1).and_then(|rest| rest.strip_suffix(" of 400 Services"));
    let shown: usize = shown.unwrap_or_else(|| panic!("{foot}")).parse().unwrap();
    assert!((50..400).contains(&shown), "{shown}");
}

#[tokio::test(start_paused = true)]
async fn hostile_names_stay_names() {
    let cluster = Cluster::new(Sandbox::empty());
    let hostile = "]]>\"'&<script>alert(1)</script><!-- \u{0}\u{1b}\u{fffe} \u{202e}x\u{85}";
    let meta = |name: &str| json!({"namespace": "a", "name": name});
    for object in [
        json!({"apiVersion": "v1", "kind": "Service", "metadata": meta(hostile),
            "spec": {"clusterIP": "10.96.0.1", "ports": [{"name": hostile, "port": 80, "targetPort": hostile}]}}),
        json!({"apiVersion": "v1", "kind": "Service", "metadata": meta("away"),
            "spec": {"type": "ExternalName", "externalName": hostile}}),
        json!({"apiVersion": "v1", "kind": "Pod", "metadata": meta(&format!("pod{hostile}")),
            "spec": {"nodeName": hostile, "containers": [{"name": hostile, "ports": [{"containerPort": 80, "hostPort": 81}]}]},
            "status": {"phase": "Running", "podIP": "10.0.0.1"}}),
        json!({"apiVersion": "v1", "kind": "Node", "metadata": {"name": hostile},
            "status": {"addresses": [{"type": "InternalIP", "address": "192.168.0.1"}]}}),
    ] {
        cluster.sandbox.store().create(object).unwrap();
    }
    let server = Server::new(&cluster, Options::default());
    server.synced().await;
    let picture = svg(&server, "?select=clusterIP:10.96.0.1").await;
    assert!(picture.contains("&lt;script&gt;"), "{picture}");
    assert!(words(&picture, "verdict")[0].contains("<script>"));
}
