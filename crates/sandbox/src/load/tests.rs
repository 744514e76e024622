use crate::resources::{PODS, SERVICES};
use crate::{Sandbox, ScenarioError};

fn error(text: &str) -> String {
    Sandbox::load(text, "a.yaml").unwrap_err().to_string()
}

#[test]
fn lists_and_several_documents_are_loaded_and_keep_their_uids() {
    let text = r"
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Pod, metadata: {name: a, uid: u-1, resourceVersion: '77'}}
- {apiVersion: v1, kind: Secret, metadata: {name: left-out}}
---
# nothing
---
apiVersion: v1
kind: ServiceList
items:
- metadata: {name: s, namespace: ns}
";
    let sandbox = Sandbox::load(text, "a.yaml").unwrap();
    let pod = sandbox.store().get(&PODS, "default", "a").unwrap();
    assert_eq!(pod["metadata"]["uid"], "u-1");
    assert_ne!(pod["metadata"]["resourceVersion"], "77");
    assert_eq!(sandbox.store().get(&SERVICES, "ns", "s").unwrap()["kind"], "Service");
}

#[test]
fn json_is_loaded_as_kubectl_prints_it() {
    let text = r#"{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}} {"apiVersion":"v1","kind":"Pod","metadata":{"name":"b"}}"#;
    assert_eq!(Sandbox::load(text, "a.json").unwrap().store().list(&PODS, None).len(), 2);
    let error = Sandbox::load("{\n\"kind\": nope}", "a.json").unwrap_err();
    assert_eq!((error.document, error.line, error.column), (Some(1), Some(2), Some(10)));
}

#[test]
fn an_error_names_document_line_and_field() {
    let first = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n---\n";
    let cases = [
        ("apiVersion: v1\nkind: Pod\n", "a.yaml, document 2, line 5, column", ""),
        ("apiVersion: v1\nkind: Pod\n", "", "metadata.name: is required"),
        ("kind: Pod\nmetadata: {name: b}\n", "document 2", "apiVersion: is required"),
        ("apiVersion: v1\nkind: Pod\nmetadata: {name: b, labels: {x: 1}}\n", "", "metadata.labels.x: must be a string"),
        (
            "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod}\n",
            "",
            "items[0].metadata.name: is required",
        ),
        ("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n", "", "\"a\" already exists"),
        ("[1]\n", "", "expected an object"),
    ];
    for (second, start, end) in cases {
        let message = error(&format!("{first}{second}"));
        let start = start.trim_end_matches(", column");
        assert!(message.contains(start) && message.ends_with(end), "{message}");
    }
    let message = error("apiVersion: v1\nkind: Pod\nmetadata: {name: [}\n");
    assert!(message.starts_with("a.yaml, document 1, line 3, column "), "{message}");
}

#[test]
fn an_unknown_scenario_is_an_error() {
    assert_eq!(Sandbox::scenario("nope").unwrap_err(), ScenarioError::NoSuchScenario);
    assert!(Sandbox::scenario("empty").unwrap().store().list(&PODS, None).is_empty());
}
