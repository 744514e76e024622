use serde_json::{Value, json};

use super::*;
use crate::cluster::facts::{AddressType, EndpointFact, PodFact, ServiceFact, ServiceType, SliceFact};
use crate::cluster::index::Object;
use crate::cluster::kinds::Kind;
use crate::cluster::port::TargetPort;
use crate::cluster::row::Row;
use crate::graph::manifest::Step;

fn decode(kind: Kind, object: &Value) -> Option<Object> {
    from_json(kind, object.to_string().as_bytes()).unwrap()
}

fn named(mut object: Value) -> Value {
    object["metadata"]["name"] = json!("x");
    object["metadata"]["namespace"] = json!("ns");
    object
}

fn row(kind: Kind, object: Value) -> Row {
    match decode(kind, &named(object)) {
        Some(Object::Row(row)) => row,
        other => panic!("no row: {other:?}"),
    }
}

fn service(spec: Value) -> ServiceFact {
    match row(Kind::Service, json!({"spec": spec})) {
        Row::Service(fact) => fact,
        other => panic!("{other:?}"),
    }
}

fn pod(object: Value) -> PodFact {
    match row(Kind::Pod, object) {
        Row::Pod(fact) => fact,
        other => panic!("{other:?}"),
    }
}

fn slice(object: Value) -> (SliceFact, Vec<EndpointFact>) {
    match decode(Kind::EndpointSlice, &named(object)) {
        Some(Object::Slice(slice, endpoints)) => (slice, endpoints),
        other => panic!("no slice: {other:?}"),
    }
}

/// Every field of these objects, in turn, becomes each of these values; nothing may fail.
#[test]
fn no_value_anywhere_stops_a_watch() {
    let wrong = [
        json!(null),
        json!(true),
        json!(-1),
        json!(70000),
        json!(1.5),
        json!("?"),
        json!([]),
        json!([1, "a", {}]),
        json!({}),
        json!({"a": 1}),
    ];
    let objects = [
        json!({"metadata": {"name": "x", "namespace": "ns", "resourceVersion": "1", "labels": {"a": "b"}, "deletionTimestamp": "x"},
            "spec": {"nodeName": "n", "hostNetwork": true, "podCIDR": "10.0.0.0/24", "podCIDRs": ["10.0.0.0/24"], "cidrs": ["10.0.0.0/8"],
                "containers": [{"name": "c", "ports": [{"name": "p", "containerPort": 80, "protocol": "TCP", "hostPort": 1, "hostIP": "::1"}], "command": ["a"], "args": ["b"]}],
                "providerID": "k3s://n",
                "initContainers": [{"restartPolicy": "Always"}], "hostname": "h", "subdomain": "s", "type": "NodePort", "clusterIP": "10.0.0.1", "clusterIPs": ["10.0.0.1"],
                "externalIPs": ["1.2.3.4"], "loadBalancerSourceRanges": ["0.0.0.0/0"], "externalName": "a.b",
                "internalTrafficPolicy": "Local", "externalTrafficPolicy": "Local", "sessionAffinity": "ClientIP",
                "publishNotReadyAddresses": true, "healthCheckNodePort": 32000, "allocateLoadBalancerNodePorts": false, "selector": {"a": "b"},
                "ports": [{"name": "p", "port": 80, "targetPort": "web", "nodePort": 30000, "protocol": "UDP"}]},
            "status": {"phase": "Running", "reason": "r", "message": "m",
                "containerStatuses": [{"state": {"waiting": {"reason": "r", "message": "m"}}}], "podIP": "10.0.0.1", "podIPs": [{"ip": "10.0.0.1"}],
                "conditions": [{"type": "Ready", "status": "False", "reason": "r", "message": "m"}],
                "addresses": [{"type": "InternalIP", "address": "10.0.0.1"}], "nodeInfo": {"kubeletVersion": "v1.37.0"},
                "loadBalancer": {"ingress": [{"ip": "1.2.3.4", "hostname": "h", "ipMode": "VIP"}]}},
            "addressType": "IPv4", "ports": [{"name": "p", "port": 80, "protocol": "TCP"}],
            "endpoints": [{"addresses": ["10.0.0.1"], "conditions": {"ready": true, "serving": true, "terminating": false},
                "nodeName": "n", "hostname": "h", "targetRef": {"kind": "Pod", "name": "p", "namespace": "ns"},
                "hints": {"forZones": [{"name": "z"}], "forNodes": [{"name": "n"}]}}],
            "subsets": [{"addresses": [{"ip": "10.0.0.1"}], "notReadyAddresses": [{"ip": "10.0.0.1"}], "ports": [{"name": "p", "port": 80}]}]}),
    ];
    let mut count = 0;
    for object in &objects {
        for pointer in pointers(object, String::new()) {
            for wrong in &wrong {
                let mut object = object.clone();
                *object.pointer_mut(&pointer).unwrap() = wrong.clone();
                Kind::WATCHED.into_iter().for_each(|kind| drop(decode(kind, &object)));
                count += 1;
            }
        }
    }
    assert!(count > 700, "{count}");
}

fn pointers(value: &Value, path: String) -> Vec<String> {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(list) => list.iter().enumerate().map(|(n, value)| (n.to_string(), value)).collect(),
        _ => Vec::new(),
    };
    let below = children.into_iter().flat_map(|(key, value)| {
        let path = format!("{path}/{key}");
        std::iter::once(path.clone()).chain(pointers(value, path)).collect::<Vec<_>>()
    });
    below.collect()
}

#[test]
fn one_wrong_field_does_not_hide_the_others() {
    let pod = pod(
        json!({"spec": {"nodeName": 7, "containers": [3, {"name": "c", "ports": [{"containerPort": "web"}, {"containerPort": 80}]}]},
        "status": {"podIPs": [{"ip": "nonsense"}, {"ip": "10.0.0.1"}], "phase": "Running"}}),
    );
    assert_eq!((pod.node, pod.phase.as_str(), pod.ips.len()), (None, "Running", 1));
    assert_eq!(pod.containers[0].ports.len(), 1);
}

#[test]
fn an_object_without_a_name_is_left_out() {
    assert_eq!(decode(Kind::Pod, &json!({"metadata": {"namespace": "ns"}})), None);
    assert_eq!(decode(Kind::Pod, &json!({"metadata": {"name": "x"}})), None);
    assert_eq!(decode(Kind::Node, &json!({"metadata": {}})), None);
}

#[test]
fn a_service_is_read_as_kube_proxy_reads_it() {
    let fact = service(json!({"type": "NodePort", "clusterIP": "10.0.0.1", "clusterIPs": ["10.0.0.1", "fd00::1", "x"],
        "externalIPs": ["172.30.0.041", "x"], "externalTrafficPolicy": "Local", "sessionAffinity": "ClientIP",
        "ports": [{"port": 80}, {"name": "b", "port": 81, "targetPort": "web", "nodePort": 30001, "protocol": "UDP"},
            {"name": "c", "port": 82, "protocol": "ICMP"}, {"name": "d", "port": 0}, {"name": "e", "port": 83, "targetPort": 0}]}));
    assert_eq!((fact.service_type, fact.cluster_ips.len(), fact.client_ip_affinity), (ServiceType::NodePort, 2, true));
    assert_eq!(fact.external_ips[0].to_string(), "172.30.0.41");
    let targets: Vec<&TargetPort> = fact.ports.iter().map(|port| &port.target_port).collect();
    assert_eq!(targets, [&TargetPort::Number(80), &TargetPort::Name("web".into()), &TargetPort::Number(83)]);
    assert!(service(json!({"clusterIP": "None", "clusterIPs": ["None"]})).headless);
    assert!(service(json!({"clusterIP": "None", "clusterIPs": ["None"]})).cluster_ips.is_empty());
    let labelled = |value| json!({"metadata": {"labels": {"service.kubernetes.io/service-proxy-name": value}}});
    for value in ["", "istio"] {
        let row = row(Kind::Service, labelled(value));
        assert!(matches!(row, Row::Service(fact) if fact.other_proxy && *fact.proxy_name == *value));
    }
}

#[test]
fn the_health_check_of_a_load_balancer_needs_policy_local() {
    let checked = |policy: &str, kind: &str| {
        let spec = json!({"type": kind, "clusterIP": "10.0.0.1", "externalTrafficPolicy": policy,
            "healthCheckNodePort": 32000, "allocateLoadBalancerNodePorts": false});
        let fact = service(spec);
        assert!(fact.no_node_ports);
        fact.health_check_port().map(|port| port.0)
    };
    assert_eq!(checked("Local", "LoadBalancer"), Some(32000));
    assert_eq!(checked("Cluster", "LoadBalancer"), None);
    assert_eq!(checked("Local", "NodePort"), None);
    assert!(!service(json!({"allocateLoadBalancerNodePorts": true})).no_node_ports);
}

#[test]
fn a_slice_keeps_absent_apart_from_false_and_counts_repeated_addresses() {
    let (slice, endpoints) = slice(json!({"addressType": "Mystery", "ports": [{"port": 80}, {"name": "", "port": 81}],
        "metadata": {"labels": {"kubernetes.io/service-name": "", "service.kubernetes.io/headless": ""}},
        "endpoints": [{"addresses": ["10.0.0.1", "10.0.0.2"]}, {"addresses": []},
            {"addresses": ["10.0.0.1"], "conditions": {"ready": false}}]}));
    assert_eq!((slice.address_type, slice.service, slice.headless), (AddressType::FQDN, None, true));
    assert_eq!(slice.ports.iter().map(|port| port.name.as_deref()).collect::<Vec<_>>(), [None, Some("")]);
    assert_eq!(endpoints.iter().map(|endpoint| endpoint.further_addresses).collect::<Vec<_>>(), [1, 0]);
    let seen: Vec<(String, u32, Option<bool>)> =
        endpoints.into_iter().map(|e| (e.address, e.occurrence, e.ready)).collect();
    assert_eq!(seen, [("10.0.0.1".into(), 0, None), ("10.0.0.1".into(), 1, Some(false))]);
    let (_, none) = self::slice(json!({"ports": null, "endpoints": null}));
    assert!(none.is_empty());
}

#[test]
fn a_pod_says_why_it_is_not_ready_and_shows_its_sidecars() {
    let pod = pod(json!({"metadata": {"deletionTimestamp": "2026-01-01T00:00:00Z"},
        "spec": {"containers": [{"name": "web"}], "initContainers": [{"name": "setup"}, {"name": "proxy", "restartPolicy": "Always"}]},
        "status": {"podIP": "10.0.0.1", "conditions": [
            {"type": "Ready", "status": "False", "reason": "ContainersNotReady", "message": "containers with unready status: [web]"}]}}));
    assert!(pod.terminating && !pod.ready);
    assert_eq!(pod.not_ready_because.as_deref(), Some("ContainersNotReady: containers with unready status: [web]"));
    assert_eq!(pod.ips.len(), 1);
    assert_eq!(pod.containers.iter().map(|c| c.name.as_str()).collect::<Vec<_>>(), ["web", "proxy"]);
}

#[test]
fn the_most_telling_reason_of_a_pod_that_is_not_ready_is_kept() {
    let because = |status: Value| pod(json!({"status": status})).not_ready_because;
    let ready = json!({"type": "Ready", "status": "False", "reason": "ContainersNotReady"});
    let waits = |reason: &str| json!({"state": {"waiting": {"reason": reason, "message": "later"}}});
    for (status, expected) in [
        (json!({"conditions": [ready]}), Some("ContainersNotReady")),
        (json!({"conditions": [ready], "containerStatuses": [waits("ContainerCreating")]}), Some("ContainersNotReady")),
        (
            json!({"conditions": [ready], "containerStatuses": [{"state": {"running": {}}}, waits("CrashLoopBackOff")]}),
            Some("CrashLoopBackOff: later"),
        ),
        (
            json!({"conditions": [ready], "initContainerStatuses": [waits("ImagePullBackOff")],
                "containerStatuses": [waits("PodInitializing")]}),
            Some("ImagePullBackOff: later"),
        ),
        (
            json!({"conditions": [{"type": "PodScheduled", "status": "False", "reason": "Unschedulable", "message": "0/3 nodes"}]}),
            Some("Unschedulable: 0/3 nodes"),
        ),
        (
            json!({"phase": "Failed", "reason": "Evicted", "message": "low on disk", "conditions": [ready]}),
            Some("Evicted: low on disk"),
        ),
        (
            json!({"conditions": [{"type": "Ready", "status": "True", "reason": "?"}], "containerStatuses": [waits("Error")]}),
            None,
        ),
        (json!({}), None),
    ] {
        assert_eq!(because(status.clone()).as_deref(), expected, "{status}");
    }
}

#[test]
fn few_pods_have_a_subdomain_or_ports_of_init_containers() {
    let plain = pod(json!({"spec": {"containers": [{"name": "web"}], "initContainers": [{"name": "setup"}]}}));
    assert_eq!(plain.rare, None);
    let rare = pod(json!({"spec": {"hostname": "db-0", "subdomain": "db",
        "initContainers": [{"name": "tls", "ports": [{"name": "https", "containerPort": 9443}]}]}}));
    assert_eq!(rare.subdomain(), Some(("db-0", "db")));
    assert_eq!(rare.rare.unwrap().init_containers[0].ports[0].name, "https");
    assert_eq!(pod(json!({"spec": {"subdomain": "db"}})).subdomain(), Some(("x", "db")));
    assert_eq!(pod(json!({"spec": {"hostname": "db-0"}})).subdomain(), None);
}

#[test]
fn of_arguments_only_those_of_kube_proxy_that_a_path_depends_on_are_kept() {
    let object = |labels: Value, namespace: &str| {
        let container = json!({"name": "kube-proxy", "command": ["/bin/sh", "-c", "exec kube-proxy --cluster-cidr=10.4.0.0/14 --token=x"],
            "args": ["--proxy-mode=nftables", "--hostname-override=n1"]});
        let metadata = json!({"name": "x", "namespace": namespace, "labels": labels});
        json!({"metadata": metadata, "spec": {"containers": [container]}})
    };
    let arguments = |labels: Value, namespace: &str| match decode(Kind::Pod, &object(labels, namespace)) {
        Some(Object::Row(Row::Pod(pod))) => pod.proxy_arguments().to_vec(),
        other => panic!("{other:?}"),
    };
    let kept = ["--cluster-cidr=10.4.0.0/14", "--proxy-mode=nftables"];
    assert_eq!(arguments(json!({"k8s-app": "kube-proxy"}), "kube-system"), kept);
    assert_eq!(arguments(json!({"component": "kube-proxy"}), "kube-system"), kept);
    assert!(arguments(json!({"k8s-app": "kube-proxy"}), "default").is_empty());
    assert!(arguments(json!({"k8s-app": "other"}), "kube-system").is_empty());
}

#[test]
fn of_the_metadata_only_what_facts_and_watches_need_is_kept() {
    let object = json!({"metadata": {"name": "x", "resourceVersion": "7", "managedFields": [{"manager": "m", "fieldsV1": {"f:a": {}}}],
        "annotations": {"big": "text"}, "labels": {"a": "b", "odd": 3}}});
    let mut part: PartialNamespace = serde_json::from_value(object).unwrap();
    let Metadata { name, namespace, resource_version, labels, .. } = part.metadata();
    assert_eq!((name.as_deref(), namespace.as_deref(), labels.len()), (Some("x"), None, 1));
    assert_eq!(resource_version.as_deref(), Some("7"));
    assert_eq!(Decoded::new(part).resource_version.as_deref(), Some("7"));
}

#[test]
fn a_part_is_decoded_as_the_object_that_brings_it() {
    let object = named(json!({"endpoints": [{"addresses": ["10.0.0.1"]}]}));
    assert_eq!(decode(Kind::Endpoint, &object), decode(Kind::EndpointSlice, &object));
    for kind in Kind::WATCHED {
        assert_eq!(decode(kind, &object).unwrap().target().0, kind);
    }
}

fn from_file_of(object: Value) -> Result<Option<Object>, WrongField> {
    let Value::Object(object) = object else { panic!("an object") };
    from_file(object)
}

#[test]
fn in_a_file_a_wrong_type_is_an_error_that_names_the_field() {
    let pod = |port: Value| json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "x"}, "spec": {"containers": [{"ports": [{"containerPort": port}]}]}});
    let wrong = from_file_of(pod(json!("web"))).unwrap_err();
    let field = |name: &str| Step::Field(name.to_owned());
    let path =
        [field("spec"), field("containers"), Step::Item(0), field("ports"), Step::Item(0), field("containerPort")];
    assert_eq!(
        (wrong.path.as_slice(), wrong.message.as_str()),
        (&path[..], "invalid type: string \"web\", expected a 32-bit integer")
    );
    // A watch on the same thread stays lenient.
    assert!(decode(Kind::Pod, &named(pod(json!("web")))).is_some());
    assert!(from_file_of(pod(Value::Null)).is_ok());
}

#[test]
fn an_object_in_a_file_needs_a_name_and_is_in_the_default_namespace() {
    let object = from_file_of(json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "x", "namespace": ""}}));
    assert_eq!(object.unwrap().unwrap().target().1.to_string(), "default/x");
    let object = from_file_of(json!({"apiVersion": "v1", "kind": "Node", "metadata": {"name": "x"}}));
    assert_eq!(object.unwrap().unwrap().target().1.to_string(), "x");
    assert_eq!(from_file_of(json!({"apiVersion": "v1", "kind": "Node"})).unwrap_err().message, "is required");
    assert_eq!(from_file_of(json!({"apiVersion": "v1", "kind": "Secret", "metadata": 7})), Ok(None));
}

#[test]
fn a_v1beta1_slice_names_the_node_of_an_endpoint_in_its_topology() {
    let slice = json!({"apiVersion": "discovery.k8s.io/v1beta1", "kind": "EndpointSlice", "metadata": {"name": "x", "namespace": "ns"},
        "addressType": "IPv4", "ports": [{"name": "http", "port": 80}], "endpoints": [
            {"addresses": ["10.0.0.1"], "conditions": {"ready": true}, "topology": {"kubernetes.io/hostname": "n1", "topology.kubernetes.io/zone": "z"}},
            {"addresses": ["10.0.0.2"], "nodeName": "n2", "topology": {"kubernetes.io/hostname": "n1"}, "hints": {"forZones": [{"name": "z"}]}}]});
    let Some(Object::Slice(_, endpoints)) = from_file_of(slice).unwrap() else { panic!("a slice") };
    let nodes: Vec<Option<&str>> = endpoints.iter().map(|endpoint| endpoint.node.as_deref()).collect();
    assert_eq!(nodes, [Some("n1"), Some("n2")]);
    assert_eq!((endpoints[0].ready, endpoints[1].zone_hints.as_slice()), (Some(true), &["z".to_owned()][..]));
}

#[test]
fn an_object_that_is_left_out_has_a_reason() {
    let of = |api_version: &str, kind: &str, spec: Value| {
        let Value::Object(object) = json!({"apiVersion": api_version, "kind": kind, "spec": spec}) else {
            panic!("an object")
        };
        LeftOutReason::of(&object)
    };
    for (api_version, kind, why) in [
        ("networking.k8s.io/v1", "NetworkPolicy", LeftOutReason::Policy),
        ("policy.networking.k8s.io/v1alpha1", "AdminNetworkPolicy", LeftOutReason::Policy),
        ("cilium.io/v2", "CiliumClusterwideNetworkPolicy", LeftOutReason::Policy),
        ("security.istio.io/v1", "AuthorizationPolicy", LeftOutReason::Policy),
        ("extensions/v1beta1", "Ingress", LeftOutReason::Route),
        ("networking.k8s.io/v1", "Ingress", LeftOutReason::Route),
        ("gateway.networking.k8s.io/v1", "HTTPRoute", LeftOutReason::Route),
        ("discovery.k8s.io/v1alpha1", "EndpointSlice", LeftOutReason::OtherVersion),
        ("apps/v1", "Deployment", LeftOutReason::Workload),
        ("v1", "ReplicationController", LeftOutReason::Workload),
        ("batch/v1", "Job", LeftOutReason::Workload),
        ("v1", "Secret", LeftOutReason::DecidesNothing),
        ("serving.knative.dev/v1", "Service", LeftOutReason::DecidesNothing),
        ("policy/v1", "PodDisruptionBudget", LeftOutReason::DecidesNothing),
    ] {
        assert_eq!(of(api_version, kind, Value::Null), why, "{api_version} {kind}");
    }
    assert_eq!(of("apps/v1", "Deployment", json!({"replicas": 2})), LeftOutReason::Workload);
    assert_eq!(of("apps/v1", "ReplicaSet", json!({"replicas": 0})), LeftOutReason::DecidesNothing);
}
