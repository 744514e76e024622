use serde_json::json;

use super::*;

/// The refused values as `path value why`.
fn refused(object: Value) -> Vec<String> {
    let Value::Object(object) = object else { panic!("an object") };
    let text = |found: RefusedValue| {
        let path = found.path.iter().fold(String::new(), |path, step| match step {
            Step::Field(field) if path.is_empty() => field.clone(),
            Step::Field(field) => format!("{path}.{field}"),
            Step::Item(n) => format!("{path}[{n}]"),
        });
        let why = serde_json::to_value(found.why).unwrap();
        format!("{path} {} {}", found.value.as_deref().unwrap_or("-"), why.as_str().unwrap())
    };
    refused_values(&object).into_iter().map(text).collect()
}

fn service(spec: Value) -> Vec<String> {
    refused(json!({"apiVersion": "v1", "kind": "Service", "metadata": {"name": "s", "namespace": "d"}, "spec": spec}))
}

#[test]
fn nothing_of_what_a_cluster_has_is_refused() {
    let objects = [
        json!({"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web-1.a", "namespace": "shop"},
            "spec": {"type": "LoadBalancer", "clusterIP": "10.0.0.1", "clusterIPs": ["10.0.0.1", "fd00::1"], "externalIPs": ["172.30.0.041"],
                "loadBalancerSourceRanges": [" 10.0.0.0/8"], "sessionAffinity": "ClientIP", "internalTrafficPolicy": "Local",
                "ports": [{"name": "a", "port": 53, "targetPort": "dns-udp", "nodePort": 30053, "protocol": "UDP"},
                    {"name": "b", "port": 53, "targetPort": 0}]},
            "status": {"loadBalancer": {"ingress": [{"hostname": "lb.example"}, {"ip": "203.0.113.1"}]}}}),
        json!({"apiVersion": "v1", "kind": "Service", "metadata": {"name": "h"}, "spec": {"clusterIP": "None", "clusterIPs": ["None"]}}),
        json!({"apiVersion": "v1", "kind": "Service", "metadata": {"name": "x"}, "spec": {"type": "ExternalName", "externalName": "a.b"}}),
        json!({"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "metadata": {"name": "web-abc"}, "addressType": "IPv6",
            "endpoints": [{"addresses": ["fd00::2"]}], "ports": [{"name": "", "port": 80}, {"name": "b"}]}),
        json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}, "status": {"podIP": "", "podIPs": []}, "spec":
            {"containers": [{"ports": [{"name": "http", "containerPort": 80, "hostPort": 0, "hostIP": ""}]}]}}),
        json!({"apiVersion": "v1", "kind": "Node", "metadata": {"name": "ip-10-0-0-1.ec2.internal"}, "spec": {"podCIDR": "10.0.0.0/24"}}),
        json!({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "NO!"}}),
    ];
    for object in objects {
        assert_eq!(refused(object.clone()), Vec::<String>::new(), "{object}");
    }
}

#[test]
fn a_service_s_wrong_addresses_and_ports_are_refused() {
    let port = json!([{"port": 80}]);
    let with = |port: Value| service(json!({"clusterIP": "10.0.0.1", "ports": [port]}));
    assert_eq!(
        service(json!({"clusterIP": "256.0.0.1", "clusterIPs": ["256.0.0.1"], "ports": port})),
        ["spec.clusterIP 256.0.0.1 no-ip", "spec.clusterIPs[0] 256.0.0.1 no-ip"]
    );
    assert_eq!(service(json!({"clusterIP": "", "clusterIPs": [""], "ports": port})), ["spec.clusterIPs[0]  no-ip"]);
    assert_eq!(service(json!({"clusterIPs": ["10.0.0.1", "None"], "ports": port})), ["spec.clusterIPs[1] None no-ip"]);
    assert_eq!(service(json!({"clusterIP": "10.0.0.1"})), ["spec.ports - required"]);
    assert_eq!(with(json!({"port": -1})), ["spec.ports[0].port -1 no-port"]);
    assert_eq!(with(json!({"port": 65536})), ["spec.ports[0].port 65536 no-port"]);
    assert_eq!(with(json!({"name": "x"})), ["spec.ports[0].port - required"]);
    assert_eq!(with(json!({"port": 80, "targetPort": "8080"})), ["spec.ports[0].targetPort 8080 no-port-name"]);
    assert_eq!(with(json!({"port": 80, "targetPort": 70000})), ["spec.ports[0].targetPort 70000 no-port"]);
    assert_eq!(with(json!({"port": 80, "nodePort": 70000})), ["spec.ports[0].nodePort 70000 no-port"]);
    assert_eq!(with(json!({"port": 80, "protocol": "tcp"})), ["spec.ports[0].protocol tcp no-such-value"]);
    assert_eq!(with(json!({"port": 80, "name": "\u{1b}[31m"})), ["spec.ports[0].name \u{1b}[31m no-name"]);
    assert_eq!(
        service(
            json!({"clusterIP": "10.0.0.1", "ports": [{"name": "a", "port": 80}, {"name": "a", "port": 80}, {"port": 81}]})
        ),
        ["spec.ports[1].name a repeated", "spec.ports[1].port 80 repeated", "spec.ports[2].name - required"]
    );
    assert_eq!(
        service(json!({"type": "nodeport", "externalIPs": ["web"], "loadBalancerSourceRanges": ["10.0.0.1"],
            "externalTrafficPolicy": "local", "sessionAffinity": "x", "clusterIP": "10.0.0.1", "ports": port})),
        [
            "spec.type nodeport no-such-value",
            "spec.externalIPs[0] web no-ip",
            "spec.loadBalancerSourceRanges[0] 10.0.0.1 no-cidr",
            "spec.externalTrafficPolicy local no-such-value",
            "spec.sessionAffinity x no-such-value"
        ]
    );
}

#[test]
fn the_wrong_endpoints_of_a_slice_are_refused() {
    let slice = |address_type: Value, endpoints: Value, ports: Value| {
        refused(json!({"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "metadata": {"name": "a"},
            "addressType": address_type, "endpoints": endpoints, "ports": ports}))
    };
    assert_eq!(
        slice(json!("IPv4"), json!([{"addresses": ["fd00::1"]}, {"addresses": []}, {}]), json!([{"port": 70000}])),
        [
            "endpoints[0].addresses[0] fd00::1 other-family",
            "endpoints[1].addresses [] required",
            "endpoints[2].addresses - required",
            "ports[0].port 70000 no-port"
        ]
    );
    assert_eq!(
        slice(json!("IPv6"), json!([{"addresses": ["::1", "x"]}]), json!([{"name": "A"}, {}, {}])),
        [
            "endpoints[0].addresses[0] ::1 reserved-ip",
            "endpoints[0].addresses[1] x no-ip",
            "ports[0].name A no-name",
            "ports[2].name - repeated"
        ]
    );
    assert_eq!(slice(Value::Null, json!([]), json!([])), ["addressType - required"]);
    assert_eq!(slice(json!("IP"), json!([]), json!([])), ["addressType IP no-such-value"]);
}

#[test]
fn other_kinds_are_looked_at_too() {
    assert_eq!(
        refused(json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "{{ .Release.Name }}"},
            "spec": {"dnsPolicy": "clusterFirst", "initContainers": [{"ports": [{"name": "a--b", "containerPort": 0, "hostPort": 70000}]}],
                "containers": [{"ports": [{"hostIP": "x", "protocol": "ICMP"}]}]},
            "status": {"podIP": "10.0.0.300", "podIPs": [{"ip": ""}]}})),
        [
            "metadata.name {{ .Release.Name }} no-name",
            "spec.dnsPolicy clusterFirst no-such-value",
            "spec.initContainers[0].ports[0].name a--b no-port-name",
            "spec.initContainers[0].ports[0].containerPort 0 no-port",
            "spec.initContainers[0].ports[0].hostPort 70000 no-port",
            "spec.containers[0].ports[0].containerPort - required",
            "spec.containers[0].ports[0].hostIP x no-ip",
            "spec.containers[0].ports[0].protocol ICMP no-such-value",
            "status.podIP 10.0.0.300 no-ip",
            "status.podIPs[0].ip  no-ip"
        ]
    );
    assert_eq!(
        refused(json!({"apiVersion": "v1", "kind": "Endpoints", "metadata": {"name": "e"},
            "subsets": [{"addresses": [{"ip": "127.0.0.1"}], "notReadyAddresses": [{}], "ports": [{}]}]})),
        [
            "subsets[0].addresses[0].ip 127.0.0.1 reserved-ip",
            "subsets[0].notReadyAddresses[0].ip - required",
            "subsets[0].ports[0].port - required"
        ]
    );
    assert_eq!(
        refused(
            json!({"apiVersion": "v1", "kind": "Node", "metadata": {"name": "n"}, "spec": {"podCIDRs": ["10.0.0.1"]}})
        ),
        ["spec.podCIDRs[0] 10.0.0.1 no-cidr"]
    );
    assert_eq!(
        refused(
            json!({"apiVersion": "networking.k8s.io/v1", "kind": "ServiceCIDR", "metadata": {"name": "n"}, "spec": {"cidrs": [""]}})
        ),
        ["spec.cidrs[0]  no-cidr"]
    );
}

#[test]
fn a_long_value_is_cut() {
    let long = "é".repeat(150);
    let [found] = &service(json!({"type": long, "clusterIP": "10.0.0.1", "ports": [{"port": 80}]}))[..] else {
        panic!("one")
    };
    assert!(found.contains(&format!("{}… ", "é".repeat(100))), "{found}");
}
