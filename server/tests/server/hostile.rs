//! Every question, however odd, gets an answer or a problem: no panic, no 5xx, and the same answer twice.

use http::StatusCode;
use http_body_util::BodyExt;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use sandbox::Sandbox;
use server::live::Options;

use crate::harness::{Cluster, Server};

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// Texts that are nearly valid, and arbitrary texts.
fn text(right: &'static str) -> impl Strategy<Value = String> {
    prop_oneof![3 => right, 1 => ".{0,40}", 1 => Just(String::new())]
}

fn source() -> impl Strategy<Value = String> {
    text("(external:|pod:|pod-ip:|node:|localhost:)?(10\\.244\\.1\\.[4-7]|default/web-[01]|node[1-4]|::1|\\PC{0,6})")
}

fn target() -> impl Strategy<Value = String> {
    text(
        "(dns:)?(192\\.168\\.56\\.1[1-4]|10\\.96\\.114\\.20|10\\.244\\.1\\.5|nginx-service(\\.default\\.svc)?|[0-9a-f:.\\[\\]]{0,12})(:(30001|30080|80|[0-9]{1,6}))?(/(tcp|udp|icmp|x))?(\\?(A|SRV|X))?",
    )
}

#[test]
fn every_question_to_the_api_and_the_page_is_answered() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let server = runtime.block_on(async {
        let server = Server::new(&Cluster::new(Sandbox::overview()), Options::default());
        server.synced().await;
        server
    });
    let get = |path: &str| {
        runtime.block_on(async {
            let response = server.get(path).await;
            (response.status(), response.into_body().collect().await.unwrap().to_bytes())
        })
    };
    let node = proptest::option::of(text("node[1-4]"));
    let select = text(
        "(nodePort|clusterIP|dns|podIP|endpoint|containerPort):(192\\.168\\.56\\.12:30001|10\\.96\\.114\\.20|\\PC{0,12})(@\\PC{0,8})?",
    );
    TestRunner::new(fixed_seed::config(13, 300))
        .run(&(source(), target(), node, select), |(from, to, node, select)| {
            let node = node.map(|node| format!("&node={}", encoded(&node))).unwrap_or_default();
            let path = format!("/api/v1/trace?from={}&to={}{node}", encoded(&from), encoded(&to));
            let (status, body) = get(&path);
            prop_assert!([StatusCode::OK, StatusCode::BAD_REQUEST].contains(&status), "{} {}", status, path);
            prop_assert!(serde_json::from_slice::<serde_json::Value>(&body).is_ok(), "{}", path);
            prop_assert_eq!(get(&path), (status, body), "{}", path);
            let picture = format!("/graph.svg?from={}&to={}&select={}", encoded(&from), encoded(&to), encoded(&select));
            let (status, body) = get(&picture);
            prop_assert!([StatusCode::OK, StatusCode::BAD_REQUEST].contains(&status), "{} {}", status, picture);
            let body = std::str::from_utf8(&body).unwrap();
            prop_assert!(status != StatusCode::OK || roxmltree::Document::parse(body).is_ok(), "{}", picture);
            let page = format!("/?from={}&to={}&select={}", encoded(&from), encoded(&to), encoded(&select));
            prop_assert_eq!(get(&page).0, StatusCode::OK, "{}", page);
            Ok(())
        })
        .unwrap();
}
