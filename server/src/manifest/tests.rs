use proptest::prelude::*;
use serde_json::json;

use super::*;

fn answer(kind: Kind, object: &Value, socket: &str) -> Value {
    let key = ObjectKey::new("shop", "web");
    let Value::Object(object) = object.clone() else { panic!("an object") };
    let socket = Selection::parse(socket);
    let json = encoded(kind, &key, object, socket.as_ref(), false).unwrap();
    assert!(json.len() <= MAX_MANIFEST_BYTES);
    serde_json::from_slice(&json).unwrap()
}

fn yaml(object: &Value) -> String {
    answer(Kind::Pod, object, "")["yaml"].as_str().unwrap().to_owned()
}

#[test]
fn secrets_and_fields_that_only_add_length_are_removed() {
    let container = json!({"name": "web", "image": "nginx", "ports": [{"containerPort": 80}],
        "env": [{"name": "TOKEN", "value": "secret"}], "envFrom": [{"secretRef": {"name": "secret"}}],
        "volumeMounts": [{"name": "secret"}], "volumeDevices": []});
    let pod = json!({"apiVersion": "v1", "kind": "Pod",
        "metadata": {"name": "web", "managedFields": [{"secret": 1}], "annotations": {LAST_APPLIED: "secret"}},
        "spec": {"containers": [container], "initContainers": [container], "ephemeralContainers": [container],
            "volumes": [{"secret": {}}], "nodeSelector": {"env": "prod"}},
        "status": {"podIP": "10.0.0.1", "containerStatuses": [{"name": "web", "volumeMounts": [{"name": "secret"}]}]}});
    let text = yaml(&pod);
    assert!(!text.contains("secret") && !text.contains("managedFields") && !text.contains("annotations"), "{text}");
    for kept in ["env: prod", "image: nginx", "- containerPort: 80", "podIP: 10.0.0.1", "ephemeralContainers:"] {
        assert!(text.contains(kept), "{kept}: {text}");
    }
    assert!(
        !yaml(&json!({"spec": {"containers": {"env": "secret"}, "initContainers": ["secret"]}})).contains("secret")
    );
}

#[test]
fn line_numbers_are_those_of_the_written_yaml() {
    let service = json!({"apiVersion": "v1", "kind": "Service",
        "metadata": {"namespace": "shop", "name": "web", "annotations": {LAST_APPLIED: "{}", "note": "two\nlines\n"}},
        "spec": {"type": "NodePort", "ports": [{"port": 80, "targetPort": 8080, "nodePort": 30080}]}});
    let answer = answer(Kind::Service, &service, "nodePort:192.168.0.2:30080");
    let text = answer["yaml"].as_str().unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let found = answer["lines"].as_array().unwrap().iter().map(|line| lines[line.as_u64().unwrap() as usize - 1]);
    let found: Vec<&str> = found.map(|line| line.trim_start_matches([' ', '-'])).collect();
    assert_eq!(found, ["nodePort: 30080", "port: 80", "targetPort: 8080", "type: NodePort"], "{text}");
    assert_eq!(answer["namespace"], "shop");
}

#[test]
fn long_annotations_are_cut_only_where_the_answer_is_too_long() {
    let with = |value: String| json!({"metadata": {"annotations": {"a": value, "b": "short"}}});
    assert!(yaml(&with("x".repeat(100_000))).contains(&"x".repeat(100_000)));
    let text = yaml(&with("é\n".repeat(700_000)));
    assert!(text.contains("cut by kubehop: 2093856 bytes more") && text.contains("b: short"), "{}", text.len());
    // Newlines double their size when they are encoded.
    assert!(yaml(&with("\n".repeat(900_000))).contains("cut by kubehop"));
    let long = json!({"spec": {"x": "y".repeat(MAX_MANIFEST_BYTES)}});
    let Value::Object(long) = long else { panic!("an object") };
    let refused = encoded(Kind::Pod, &ObjectKey::new("a", "b"), long, None, false);
    assert!(refused.unwrap_err().to_string().contains("1000 kB"));
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<String>().prop_map(Value::from),
        "[ \\-:#'\"|>%@`{}\\[\\]&*!?,\\\\\n\t0-9a-z]{0,8}".prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        Just(Value::Null),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        let field = prop_oneof!["[a-z:#? \n'-]{0,6}", any::<String>(), Just("env".to_owned()), Just("name".to_owned())];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(field, inner, 0..4).prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(fixed_seed::config(11, 256))]

    #[test]
    fn any_object_is_written_and_reads_back_as_it_was(metadata in any_value(), spec in any_value(), status in any_value()) {
        let object = json!({"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec, "status": status});
        let text = yaml(&object);
        let (_, found) = ::yaml::Manifest::read(&text, "a.yaml").unwrap();
        let Value::Object(mut cleaned) = object else { panic!("an object") };
        clean(&mut cleaned);
        prop_assert_eq!(Value::Object(found[0].object.clone()), Value::Object(cleaned), "{}", text);
    }
}
