mod access_problems;

use std::collections::BTreeSet;

use axum::body::Body;
use axum::response::Response;
use http::{Request, StatusCode};
use http_body_util::BodyExt;
use sandbox::Sandbox;
use serde_json::Value;
use tokio_util::sync::CancellationToken;
use topology::cluster::kinds::Kind;
use topology::cluster::settings::{Setting, SettingSource};
use topology::path::answer::examples::{reasons, remarks};
use topology::path::answer::{EvaluationKey, MissingReason, Outcome, Rcode, RecordType, SourceKind};
use topology::path::document::RemarkDocument;
use topology::wire::AccessProblem;
use tower::ServiceExt;

use super::DOCUMENT;
use crate::connect::Target;
use crate::contexts::{Clusters, Contexts};
use crate::http::{Shared, paths, router};
use crate::live::Options;
use crate::proxy::ProxyFlags;
use access_problems::access_problems;

fn document() -> Value {
    serde_json::from_str(&DOCUMENT).unwrap()
}

fn server(options: Options) -> axum::Router {
    let client = kube::Client::new(Sandbox::overview().read_router(), "default");
    let target = Target::Fixed { client, server: "the sandbox".to_owned() };
    let contexts = Contexts::new(Clusters::One { name: "sandbox".to_owned(), target }, options);
    router(Shared::new(contexts, CancellationToken::new()))
}

async fn get(path: &str) -> (StatusCode, Value) {
    get_with(Options::default(), path).await
}

async fn response(options: Options, path: &str) -> Response {
    server(options).oneshot(Request::get(path).header("host", "localhost").body(Body::empty()).unwrap()).await.unwrap()
}

async fn get_with(options: Options, path: &str) -> (StatusCode, Value) {
    let response = response(options, path).await;
    let status = response.status();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, serde_json::from_slice(&body).unwrap())
}

/// Whether a value is as a schema says, as far as types, required and known fields and enumerations go; else why not.
fn check(schema: &Value, value: &Value, at: &str) -> Result<(), String> {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.trim_start_matches('#');
        return check(document().pointer(name).ok_or(format!("{at}: no schema {name}"))?, value, at);
    }
    if let Some(any) = schema["anyOf"].as_array() {
        let tried: Result<Vec<()>, Vec<String>> = match any.iter().map(|one| check(one, value, at)).find(Result::is_ok)
        {
            Some(_) => Ok(Vec::new()),
            None => Err(any.iter().filter_map(|one| check(one, value, at).err()).collect()),
        };
        return tried.map(|_| ()).map_err(|errors| errors.join(" and "));
    }
    let is = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(some) => some.iter().filter_map(Value::as_str).collect(),
        _ => return Err(format!("{at}: a schema without a type")),
    };
    if !types.contains(&is) {
        return Err(format!("{at}: {is}, not {types:?}"));
    }
    if schema["enum"].as_array().is_some_and(|values| !values.contains(value)) {
        return Err(format!("{at}: {value} is none of {}", schema["enum"]));
    }
    if let Value::Array(items) = value {
        return items.iter().enumerate().try_for_each(|(n, item)| check(&schema["items"], item, &format!("{at}[{n}]")));
    }
    let Value::Object(fields) = value else { return Ok(()) };
    for required in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if !fields.contains_key(required) {
            return Err(format!("{at}: no {required}"));
        }
    }
    for (name, field) in fields {
        match (&schema["properties"][name], &schema["additionalProperties"]) {
            (Value::Null, Value::Null) if schema["properties"].is_object() => {
                return Err(format!("{at}: {name} is not described"));
            }
            (Value::Null, others @ Value::Object(_)) => check(others, field, &format!("{at}.{name}"))?,
            (Value::Null, _) => {}
            (described, _) => check(described, field, &format!("{at}.{name}"))?,
        }
    }
    Ok(())
}

#[test]
fn every_route_is_described_and_nothing_else() {
    let routes: BTreeSet<&str> = paths().into_iter().filter(|path| *path != "/").collect();
    let document = document();
    let described: BTreeSet<&str> = document["paths"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(routes, described);
}

#[test]
fn lists_of_kinds_are_filled_in() {
    assert!(!DOCUMENT.contains("<every kind"), "a list of kinds is left to be filled in");
    assert_eq!(document()["components"]["schemas"]["Kind"]["enum"], serde_json::json!(Kind::ALL));
}

#[test]
fn every_reason_and_every_remark_is_described() {
    let document = document();
    let check_all = |schema: &str, examples: Vec<Value>| {
        let schema = &document["components"]["schemas"][schema];
        for example in &examples {
            check(schema, example, "").unwrap_or_else(|error| panic!("{example}: {error}"));
        }
        let listed = schema["properties"]["code"]["enum"].as_array().unwrap().iter();
        let seen = BTreeSet::from_iter(examples.iter().filter_map(|example| example["code"].as_str()));
        assert_eq!(BTreeSet::from_iter(listed.filter_map(Value::as_str)), seen);
    };
    let remark = |remark| RemarkDocument { remark, text: String::new() };
    check_all("Reason", reasons().iter().map(|reason| serde_json::to_value(reason).unwrap()).collect());
    check_all("Remark", remarks().into_iter().map(|one| serde_json::to_value(remark(one)).unwrap()).collect());
}

/// Exactly these values of an enumeration are listed, as they are written.
#[track_caller]
fn check_values<T: serde::Serialize>(path: &str, values: &[T]) {
    let document = document();
    let listed = document.pointer(&format!("/components/schemas/{path}/enum")).unwrap().as_array().unwrap();
    let written: Vec<Value> = values.iter().map(|value| serde_json::to_value(value).unwrap()).collect();
    assert!(listed.len() == written.len() && written.iter().all(|value| listed.contains(value)), "{path}: {written:?}");
}

#[test]
fn every_value_of_an_answer_s_enumerations_is_described() {
    check_values("Evaluation/properties/outcome", &Outcome::ALL);
    check_values("Effective/properties/source", &SettingSource::ALL);
    check_values("Missing/properties/why", &MissingReason::ALL);
    check_values("Missing/properties/couldChange/items", &EvaluationKey::ALL);
    check_values("From/properties/kind", &SourceKind::ALL);
    check_values("Dns/properties/rcode", &Rcode::ALL);
    check_values("Record/properties/type", &RecordType::ALL);
}

#[tokio::test]
async fn answers_are_as_they_are_described() {
    let answer = |path: &str| {
        let path = path.split('?').next().unwrap_or_default().replace('/', "~1");
        document()
            .pointer(&format!("/paths/{path}/get/responses/200/content/application~1json/schema"))
            .unwrap()
            .clone()
    };
    for path in [
        "/api/v1/contexts",
        "/api/v1/snapshot",
        "/api/v1/openapi.json",
        "/api/v1/history?kind=Service&namespace=default&name=nginx-service",
        "/api/v1/snapshot?overview=true",
        "/api/v1/search?q=nginx",
        "/api/v1/object?kind=Node&name=node1",
        "/api/v1/object?kind=Service&namespace=default&name=nginx-service&socket=nodePort:192.168.56.12:30001",
        "/api/v1/trace?from=external:203.0.113.2&to=192.168.56.12:30001",
        "/api/v1/trace?from=node:node1&to=10.96.114.20/icmp",
        "/api/v1/trace?from=pod-ip:10.244.1.200&to=dns:nginx-service.default:30080",
        "/api/v1/trace?from=external:203.0.113.2&to=8.8.8.8",
    ] {
        let (status, body) = get(path).await;
        assert_eq!(status, StatusCode::OK, "{path}: {body}");
        check(&answer(path), &body, "").unwrap_or_else(|error| panic!("{path}{error}: {body}"));
    }
}

#[tokio::test]
async fn bad_input_is_a_problem_that_names_the_parameter() {
    for (path, hint) in [
        ("/api/v1/trace", "from is missing"),
        ("/api/v1/trace?from=external:1.2.3.4", "to is missing"),
        ("/api/v1/trace?from=1.2.3.4&to=1.2.3.4:80", "from 1.2.3.4"),
        ("/api/v1/trace?from=external:1.2.3.4&to=http://a/", "not supported yet"),
        ("/api/v1/trace?from=pod:default/nope&to=1.2.3.4:80", "from: there is no Pod default/nope"),
        ("/api/v1/trace?from=external:1.2.3.4&to=1.2.3.4:80&node=nope", "node: there is no Node nope"),
        ("/api/v1/search?q=%20", "q is missing"),
        ("/api/v1/snapshot?overview=perhaps", "overview: `perhaps`"),
        ("/api/v1/trace?from=external:1.2.3.4&to=1.2.3.4:80&output=yaml", "output: `yaml` is none"),
        ("/api/v1/history", "kind is missing"),
        ("/api/v1/object?kind=Secret&namespace=a&name=b", "kind: kubehop reads no `Secret`"),
        ("/api/v1/object?kind=Namespace&name=a", "no manifest of a Namespace"),
        ("/api/v1/object?kind=Pod&namespace=a&name=..", "`..` cannot be the name of a Pod"),
        ("/api/v1/object?kind=Pod&namespace=a&name=b%2F..%2F..%2Fsecrets%2Fc", "cannot be the name of a Pod"),
        ("/api/v1/object?kind=Pod&namespace=a&name=b%3Fx", "cannot be the name of a Pod"),
        ("/api/v1/object?kind=Pod&namespace=a&name=b&socket=teapot:1", "socket: `teapot:1` is none"),
        ("/api/v1/history?kind=Secret&namespace=a&name=b", "kind: kubehop reads no `Secret`"),
        ("/api/v1/history?kind=Pod&name=b", "namespace is missing"),
        ("/api/v1/history?kind=Pod&namespace=a/b&name=b", "`a/b` cannot be a namespace's name"),
        ("/api/v1/history?kind=Pod&namespace=a", "name is missing"),
        ("/api/v1/history?kind=Node&namespace=a&name=b", "a Node has none"),
    ] {
        let (status, body) = get(path).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{path}");
        check(&document()["components"]["schemas"]["Problem"], &body, "problem").unwrap();
        assert!(body["detail"].as_str().unwrap().contains(hint), "{path}: {body}");
    }
}

#[tokio::test]
async fn a_problem_is_told_in_the_language_that_the_client_reads() {
    for (path, header, expected) in [
        ("/api/v1/history?lang=zh", "", "缺少 kind：?kind=KIND&namespace=NS&name=NAME"),
        ("/api/v1/history", "zh-CN,zh;q=0.9,en;q=0.8", "缺少 kind：?kind=KIND&namespace=NS&name=NAME"),
        ("/api/v1/history?lang=en", "zh", "kind is missing: ?kind=KIND&namespace=NS&name=NAME"),
        ("/api/v1/nope", "zh", "API 没有路径 /api/v1/nope"),
        ("/api/v1/nope", "de", "the API has no path /api/v1/nope"),
    ] {
        let request = Request::get(path).header("host", "localhost").header("accept-language", header);
        // An answer in another language than English is not encoded.
        let request = request.header("accept-encoding", "gzip").body(Body::empty()).unwrap();
        let response = server(Options::default()).oneshot(request).await.unwrap();
        assert_eq!(response.headers()["content-type"], "application/problem+json", "{path} {header}");
        assert_eq!(response.headers()["x-content-type-options"], "nosniff", "{path} {header}");
        let coding = response.headers().get("content-encoding").cloned();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        match coding {
            Some(_) => assert!(expected.is_ascii(), "{path} {header}"),
            None => {
                let body: Value = serde_json::from_slice(&body).unwrap();
                assert_eq!(body["detail"], expected, "{path} {header}");
            }
        }
    }
}

#[test]
fn every_code_of_a_problem_with_a_cluster_is_described() {
    let document = document();
    let codes = document["components"]["schemas"]["AccessProblem"]["properties"]["code"]["enum"].as_array().unwrap();
    let written = |problem: &AccessProblem| serde_json::to_value(problem).unwrap()["code"].clone();
    assert_eq!(codes, &access_problems().iter().map(written).collect::<Vec<_>>());
}

#[test]
fn every_problem_with_a_cluster_survives_its_json() {
    for problem in access_problems() {
        let json = serde_json::to_string(&problem).unwrap();
        assert_eq!(serde_json::from_str::<AccessProblem>(&json).unwrap(), problem, "{json}");
    }
}

#[tokio::test]
async fn a_broken_path_is_an_answer() {
    let (status, trace) = get("/api/v1/trace?from=external:203.0.113.2&to=8.8.8.8:53/udp").await;
    assert_eq!((status, &trace["evaluations"][0]["outcome"]), (StatusCode::OK, &Value::from("UNHANDLED")));
    // The sandbox has kube-proxy's ConfigMap.
    assert_eq!(trace["settings"]["source"], "configMap");
}

#[tokio::test]
async fn a_trace_is_told_in_the_words_of_the_command_line() {
    let path = "/api/v1/trace?from=external:203.0.113.7&to=192.168.56.12:30001&output=text";
    let response = response(Options::default(), path).await;
    assert_eq!(response.headers()["content-type"], "text/plain; charset=utf-8");
    let body = response.into_body().collect().await.unwrap().to_bytes();
    let text = std::str::from_utf8(&body).unwrap();
    assert!(text.starts_with("EP  192.168.56.12:30001 → 10.244.1.5:80 or 10.244.2.7:80\n"), "{text}");
    assert!(text.contains("\n  rules KUBE-EXT-V2OKYYMBY3REGZOG"), "{text}");
    assert!(!text.contains('\x1b'), "{text}");
}

#[tokio::test]
async fn an_answer_is_in_the_language_that_is_asked_for_and_what_is_wrong_in_the_client_s() {
    let path = "/api/v1/trace?from=external:203.0.113.7&to=192.168.56.12:30001";
    let chinese = |text: &str| text.chars().any(|letter| ('\u{4e00}'..'\u{a000}').contains(&letter));
    for (lang, in_chinese) in
        [("", false), ("&lang=zh", true), ("&lang=zh-CN", true), ("&lang=en", false), ("&lang=tlh", false)]
    {
        let (_, answer) = get(&format!("{path}{lang}")).await;
        assert_eq!(chinese(answer["evaluations"][0]["reason"].as_str().unwrap()), in_chinese, "{lang}");
        assert_eq!(answer["evaluations"][0]["hops"][0]["what"], "arrives at node2", "hops are English");
        let text = response(Options::default(), &format!("{path}&output=text{lang}")).await;
        let text = text.into_body().collect().await.unwrap().to_bytes();
        assert_eq!(chinese(std::str::from_utf8(&text).unwrap()), in_chinese, "{lang}");
        let (_, problem) = get(&format!("/api/v1/trace?from=nobody&to=1.2.3.4:80{lang}")).await;
        assert_eq!(chinese(problem["detail"].as_str().unwrap()), in_chinese, "{lang}");
    }
}

#[tokio::test]
async fn a_flag_of_serve_goes_before_the_config_map() {
    let proxy = ProxyFlags::new(vec![(Setting::ProxyMode, "nftables".to_owned())]).unwrap();
    let options = Options { proxy, ..Options::default() };
    let (_, trace) = get_with(options, "/api/v1/trace?from=external:203.0.113.2&to=192.168.56.12:30001").await;
    let settings = &trace["settings"];
    assert_eq!((&settings["proxyMode"], &settings["source"]), (&"nftables".into(), &"flag".into()));
    assert_eq!(settings["effective"]["clusterCIDR"]["source"], "configMap");
}

#[tokio::test]
async fn whatever_is_refused_is_described_for_every_path() {
    let long = "x".repeat(9_000);
    let wrong: [(&str, &str, String); 5] = [
        ("accept-encoding", "identity;q=0, *;q=0", String::new()),
        ("host", "elsewhere.example", String::new()),
        ("origin", "https://elsewhere.example", String::new()),
        ("content-length", "3", String::new()),
        ("accept", "*/*", format!("?{long}")),
    ];
    let document = document();
    for (path, described) in document["paths"].as_object().unwrap() {
        for (name, value, query) in &wrong {
            let request = Request::get(format!("{path}{query}")).header(*name, *value);
            let request = if *name == "host" { request } else { request.header("host", "localhost") };
            let response = server(Options::default()).oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
            let status = response.status();
            if !status.is_success() {
                assert!(described["get"]["responses"][status.as_str()].is_object(), "{path} with {name}: {status}");
            }
        }
    }
}
