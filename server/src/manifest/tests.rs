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

/// A Pod that has a secret wherever one can be, and what is shown of it.
#[test]
fn no_field_that_may_hold_a_secret_is_shown() {
    let http = json!({"path": "/health?token=secret", "port": 80, "host": "10.0.0.9",
        "httpHeaders": [{"name": "Authorization", "value": "Bearer secret"}]});
    let probe = json!({"httpGet": http, "exec": {"command": ["mysqladmin", "-psecret"]}, "periodSeconds": 7});
    let container = json!({"name": "web", "image": "nginx", "ports": [{"containerPort": 80}],
        "command": ["serve", "--password=secret"], "args": ["secret"], "workingDir": "/secret",
        "env": [{"name": "TOKEN", "value": "secret"}], "envFrom": [{"secretRef": {"name": "secret"}}],
        "readinessProbe": probe, "livenessProbe": probe, "startupProbe": probe,
        "lifecycle": {"preStop": {"httpGet": http}, "postStart": {"exec": {"command": ["secret"]}}},
        "volumeMounts": [{"name": "secret"}], "volumeDevices": [], "newFieldOfALaterRelease": "secret"});
    let annotations = json!({
        "kubectl.kubernetes.io/last-applied-configuration": "secret", "kapp.k14s.io/original": "secret",
        "meta.helm.sh/values": "secret", "note": "secret", "evilservice.kubernetes.io/x": "secret",
        "k8s.v1.cni.cncf.io/network-status": "[]"});
    let ended = json!({"terminated": {"exitCode": 1, "reason": "Error", "message": "secret"}});
    let pod = json!({"apiVersion": "v1", "kind": "Pod", "data": {"password": "secret"}, "stringData": "secret",
        "spec.type": "secret",
        "metadata": {"name": "web", "managedFields": [{"secret": 1}], "annotations": annotations},
        "spec": {"containers": [container], "initContainers": [container], "ephemeralContainers": [container],
            "volumes": [{"secret": {}}], "imagePullSecrets": [{"name": "x"}], "nodeSelector": {"env": "prod"}},
        "status": {"podIP": "10.0.0.1", "containerStatuses": [{"name": "web", "lastState": ended,
            "volumeMounts": [{"name": "secret"}]}]}});
    let text = yaml(&pod);
    for hidden in ["secret", "managedFields", "Secrets", "env:\n", "command", "exec"] {
        assert!(!text.contains(hidden), "{hidden}: {text}");
    }
    for kept in [
        "env: prod",
        "image: nginx",
        "- containerPort: 80",
        "podIP: 10.0.0.1",
        "ephemeralContainers:",
        "periodSeconds: 7",
        "network-status",
        "reason: Error",
    ] {
        assert!(text.contains(kept), "{kept}: {text}");
    }
}

#[test]
fn a_value_that_the_api_does_not_have_in_its_place_is_not_shown() {
    for object in [
        json!({"kind": "Pod", "spec": "secret"}),
        json!({"kind": "Pod", "spec": ["secret"]}),
        json!({"kind": "Pod", "metadata": {"annotations": "secret"}}),
        json!({"kind": "Pod", "metadata": {"annotations": {"metallb.io/x": {"a": "secret"}}}}),
        json!({"kind": "Pod", "spec": {"containers": {"env": "secret"}, "initContainers": ["secret"]}}),
        json!({"kind": "Pod", "spec": {"containers": [{"readinessProbe": "secret"}]}}),
    ] {
        assert_eq!(yaml(&object), "kind: Pod\n", "{object}");
    }
}

/// Whatever defines a socket is shown, or its lines could not be marked.
#[test]
fn every_field_that_can_be_responsible_for_a_socket_is_shown() {
    let service = json!({"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web", "namespace": "shop"},
        "spec": {"type": "LoadBalancer", "clusterIP": "10.0.0.1", "clusterIPs": ["10.0.0.1"], "externalIPs": ["192.0.2.1"],
            "externalName": "a.example", "selector": {"app": "web"},
            "ports": [{"name": "http", "port": 80, "targetPort": "http", "nodePort": 30080, "protocol": "TCP"}]},
        "status": {"loadBalancer": {"ingress": [{"ip": "192.0.2.2", "ipMode": "VIP"}]}}});
    let slice = json!({"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "metadata": {"name": "web"}, "addressType": "IPv4", "ports": [{"name": "http", "port": 8080}],
        "endpoints": [{"addresses": ["10.1.0.1"], "conditions": {"ready": true}}]});
    let endpoints = json!({"apiVersion": "v1", "kind": "Endpoints", "metadata": {"name": "web"}, "subsets": [{"addresses": [{"ip": "10.1.0.1"}], "ports": [{"port": 8080}],
        "notReadyAddresses": [{"ip": "10.1.0.2"}]}]});
    let node = json!({"apiVersion": "v1", "kind": "Node", "metadata": {"name": "a"}, "spec": {"podCIDR": "10.1.0.0/24", "podCIDRs": ["10.1.0.0/24"]},
        "status": {"addresses": [{"address": "192.168.0.1", "type": "InternalIP"}]}});
    for (kind, object) in
        [(Kind::Service, service), (Kind::EndpointSlice, slice), (Kind::Endpoints, endpoints), (Kind::Node, node)]
    {
        let text = answer(kind, &object, "")["yaml"].as_str().unwrap().to_owned();
        let (_, found) = ::yaml::Manifest::read(&text, "a.yaml").unwrap();
        assert_eq!(Value::Object(found[0].object.clone()), object);
    }
}

#[test]
fn line_numbers_are_those_of_the_written_yaml() {
    let service = json!({"apiVersion": "v1", "kind": "Service",
        "metadata": {"namespace": "shop", "name": "web", "annotations": {"metallb.io/note": "two\nlines\n"}},
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
    let with = |value: String| json!({"metadata": {"annotations": {"metallb.io/a": value, "metallb.io/b": "short"}}});
    assert!(yaml(&with("x".repeat(100_000))).contains(&"x".repeat(100_000)));
    let text = yaml(&with("é\n".repeat(700_000)));
    assert!(
        text.contains("cut by kubehop: 2093856 bytes more") && text.contains("metallb.io/b: short"),
        "{}",
        text.len()
    );
    // Newlines double their size when they are encoded.
    assert!(yaml(&with("\n".repeat(900_000))).contains("cut by kubehop"));
    let long = json!({"spec": {"nodeName": "y".repeat(MAX_MANIFEST_BYTES)}});
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
        let object = json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"labels": metadata}, "spec": {"nodeSelector": spec},
            "status": {"conditions": status}});
        let text = yaml(&object);
        let (_, found) = ::yaml::Manifest::read(&text, "a.yaml").unwrap();
        let Value::Object(mut shown) = object else { panic!("an object") };
        shown::keep(Kind::Pod, &mut shown);
        prop_assert_eq!(Value::Object(found[0].object.clone()), Value::Object(shown), "{}", text);
    }
}
