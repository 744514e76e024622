use serde_json::json;

use super::*;

fn text(path: &Path) -> String {
    let mut text = String::new();
    for step in path {
        match step {
            Step::Field(field) if text.is_empty() => text.push_str(field),
            Step::Field(field) => text.extend([".", field]),
            Step::Item(item) => text.push_str(&format!("[{item}]")),
        }
    }
    text
}

fn check(kind: Kind, object: &Value, select: &str, expected: &[&str]) {
    let selection = Selection::parse(select).unwrap();
    let found: Vec<String> = responsible(&selection, kind, object).iter().map(text).collect();
    assert_eq!(found, expected, "{select}");
}

#[test]
fn of_a_service() {
    let service = json!({"metadata": {"namespace": "shop", "name": "web"},
        "spec": {"type": "NodePort", "clusterIP": "10.96.0.9", "clusterIPs": ["10.96.0.9", "fd00::9"],
            "externalIPs": ["192.0.2.1", "192.0.2.002"],
            "ports": [
                {"name": "dns", "port": 53, "protocol": "UDP", "targetPort": 5353, "nodePort": 30053},
                {"name": "http", "port": 80, "targetPort": "web", "nodePort": 30080}]},
        "status": {"loadBalancer": {"ingress": [{"hostname": "lb"}, {"ip": "198.51.100.1", "ipMode": "VIP"}]}}});
    let check = |select: &str, expected: &[&str]| check(Kind::Service, &service, select, expected);
    let node_port = ["spec.ports[1].port", "spec.ports[1].targetPort", "spec.ports[1].nodePort", "spec.type"];
    check("nodePort:192.168.0.2:30080", &node_port);
    check("nodePort:192.168.0.2:30080@Service/shop/web", &node_port);
    check("nodePort:192.168.0.2:30080@Service/shop/other", &[]);
    check("nodePort:192.168.0.2:30080/udp", &[]);
    check("port:10.96.0.9:53/udp", &["spec.ports[0].name", "spec.ports[0].port", "spec.ports[0].targetPort"]);
    let port = ["spec.ports[1].name", "spec.ports[1].port", "spec.ports[1].targetPort"];
    check("port:[fd00::9]:80", &port);
    check("port:web.shop.svc:80", &port);
    check("port:10.96.0.1:80", &[]);
    check("clusterIP:10.96.0.9", &["spec.clusterIP", "spec.clusterIPs[0]"]);
    check("clusterIP:fd00::9", &["spec.clusterIPs[1]"]);
    check("dns:web.shop.svc", &["metadata.name", "metadata.namespace"]);
    check("dns:web.other.svc", &[]);
    // Octets with leading zeros are decimal, as kube-proxy reads them.
    check("externalIP:192.0.2.2:80", &["spec.externalIPs[1]"]);
    check(
        "loadBalancerIP:198.51.100.1:80",
        &["status.loadBalancer.ingress[1].ip", "status.loadBalancer.ingress[1].ipMode"],
    );
    check("podIP:10.96.0.9", &[]);
}

#[test]
fn of_an_external_name() {
    let service = json!({"metadata": {"namespace": "a", "name": "db"},
        "spec": {"type": "ExternalName", "externalName": "db.example.com"}});
    check(Kind::Service, &service, "external:db.example.com", &["spec.externalName", "spec.type"]);
    check(Kind::Service, &service, "external:example.com", &[]);
}

#[test]
fn of_a_slice_and_of_endpoints() {
    let slice = json!({"endpoints": [
            {"addresses": ["10.0.0.2", "10.0.0.1"], "conditions": {"ready": true}},
            {"addresses": ["10.0.0.1"], "conditions": {"ready": false, "terminating": true}}],
        "ports": [{"name": "a", "port": 81, "protocol": "TCP"}, {"name": "", "port": 80, "protocol": "TCP"}]});
    check(
        Kind::EndpointSlice,
        &slice,
        "endpoint:10.0.0.1:80",
        &[
            "endpoints[1].addresses[0]",
            "endpoints[1].conditions.ready",
            "endpoints[1].conditions.terminating",
            "ports[1].name",
            "ports[1].port",
        ],
    );
    check(Kind::EndpointSlice, &slice, "endpoint:10.0.0.3:80", &[]);
    let named = json!({"endpoints": [{"addresses": ["db.example.com"]}], "ports": [{"port": 80}]});
    check(Kind::EndpointSlice, &named, "endpoint:db.example.com:80", &["endpoints[0].addresses[0]", "ports[0].port"]);
    let endpoints = json!({"subsets": [
        {"addresses": [{"ip": "10.0.0.9"}], "ports": [{"port": 80}]},
        {"addresses": [], "notReadyAddresses": [{"ip": "10.0.0.1"}], "ports": [{"name": "b", "port": 80}]}]});
    check(
        Kind::Endpoints,
        &endpoints,
        "endpoint:10.0.0.1:80",
        &["subsets[1].notReadyAddresses[0].ip", "subsets[1].ports[0].name", "subsets[1].ports[0].port"],
    );
}

#[test]
fn of_a_pod() {
    let pod = json!({"metadata": {"namespace": "shop", "name": "web-0"},
        "spec": {
            "initContainers": [{"name": "proxy", "ports": [{"containerPort": 15001}]}],
            "containers": [{"name": "log"}, {"name": "web", "ports": [
                {"containerPort": 80, "name": "http", "hostPort": 8080, "hostIP": "0.0.0.0"},
                {"containerPort": 81, "hostPort": 8080, "hostIP": "192.168.0.9"}]}]},
        "status": {"podIP": "10.0.0.1", "podIPs": [{"ip": "10.0.0.1"}, {"ip": "fd00::1"}]}});
    let check = |select: &str, expected: &[&str]| check(Kind::Pod, &pod, select, expected);
    check("podIP:10.0.0.1", &["status.podIP", "status.podIPs[0].ip"]);
    check("podIP:fd00::1", &["status.podIPs[1].ip"]);
    check(
        "containerPort:shop/web-0/web:80",
        &["spec.containers[1].ports[0].name", "spec.containers[1].ports[0].containerPort"],
    );
    check("containerPort:shop/web-0/proxy:15001", &["spec.initContainers[0].ports[0].containerPort"]);
    check("containerPort:shop/web-1/web:80", &[]);
    check("containerPort:shop/web-0/log:80", &[]);
    let first = [
        "spec.containers[1].ports[0].containerPort",
        "spec.containers[1].ports[0].hostIP",
        "spec.containers[1].ports[0].hostPort",
    ];
    check("hostPort:192.168.0.2:8080", &first);
}

#[test]
fn of_a_node() {
    let node = json!({"metadata": {"name": "n1"}, "spec": {"podCIDR": "10.0.1.0/24", "podCIDRs": ["10.0.1.0/24"]},
        "status": {"addresses": [{"type": "Hostname", "address": "n1"}, {"type": "InternalIP", "address": "192.168.0.2"}]}});
    let address = ["status.addresses[1].address", "status.addresses[1].type"];
    check(Kind::Node, &node, "nodeIP:192.168.0.2", &[&address[..], &["spec.podCIDR", "spec.podCIDRs[0]"]].concat());
    check(Kind::Node, &node, "nodePort:192.168.0.2:30080@Service/a/b", &address);
    check(Kind::Node, &node, "nodeIP:192.168.0.3", &[]);
    check(Kind::Node, &node, "nodeIP:192.168.0.2@Node/n2", &[]);
}

#[test]
fn odd_objects_have_no_such_field() {
    let odd = [json!(null), json!([]), json!({"spec": 3, "status": [1], "metadata": "x", "endpoints": {"a": []}})];
    for object in &odd {
        for kind in [Kind::Node, Kind::Service, Kind::EndpointSlice, Kind::Endpoints, Kind::Pod] {
            for select in
                ["nodePort:1.2.3.4:1", "port:a:1", "dns:a", "endpoint:1.2.3.4:1", "containerPort:a", "nodeIP:1.2.3.4"]
            {
                check(kind, object, select, &[]);
            }
        }
    }
}
