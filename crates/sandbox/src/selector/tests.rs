use serde_json::{Value, json};

use super::Selector;
use crate::object::{Key, Object};
use crate::resources::{NODES, PODS};

fn selects(labels: &str, fields: &str) -> bool {
    let pod = json!({
        "metadata": {"name": "a", "namespace": "ns", "labels": {"app": "nginx", "example.com/zone": "z1"}},
        "spec": {"nodeName": "n1"},
        "status": {"phase": "Running"},
    });
    let Value::Object(pod) = pod else { unreachable!() };
    let pod = Object::encode(&PODS, Key::new("ns", "a"), pod, 1).unwrap();
    Selector::parse(&PODS, None, labels, fields).unwrap().matches(&pod)
}

#[test]
fn labels_are_compared_by_equality_set_and_presence() {
    for yes in [
        "",
        "app=nginx",
        "app==nginx",
        "app = nginx , app",
        "app!=web",
        "other!=web",
        "app in (web, nginx)",
        "app notin (web),!other",
        "other notin (web)",
        "example.com/zone in (z1),app",
    ] {
        assert!(selects(yes, ""), "{yes}");
    }
    for no in ["app=web", "app!=nginx", "other", "!app", "app in (web)", "other in (web)", "app notin (nginx)", "app="]
    {
        assert!(!selects(no, ""), "{no}");
    }
}

#[test]
fn fields_are_compared_where_the_resource_offers_them() {
    for yes in ["metadata.name=a,metadata.namespace==ns", "spec.nodeName=n1", "status.phase!=Failed", "status.podIP="] {
        assert!(selects("", yes), "{yes}");
    }
    for no in ["metadata.name=b", "spec.nodeName!=n1", "status.phase=Pending", r"metadata.name=a\,b"] {
        assert!(!selects("", no), "{no}");
    }
}

#[test]
fn a_malformed_selector_is_a_bad_request() {
    for labels in ["a in", "a in (b", "a on (b)", "=b", "a=b c", "(a)", "a=ü", "!", "a>1", "app=b=c"] {
        assert_eq!(Selector::parse(&PODS, None, labels, "").unwrap_err().code, 400, "{labels}");
    }
    for fields in ["spec.image=x", "metadata.name", "metadata.name=a=b", r"metadata.name=\", "=", "status.phase"] {
        assert_eq!(Selector::parse(&PODS, None, "", fields).unwrap_err().code, 400, "{fields}");
    }
    assert_eq!(Selector::parse(&NODES, None, "", "status.phase=Running").unwrap_err().code, 400);
}
