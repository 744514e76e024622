//! A small cluster for tests of drawings, with a group of each kind; parts of answers.

use topology::cluster::change::Change;
use topology::cluster::index::Index;
use topology::cluster::port::Protocol;
use topology::path::answer::EndpointHop;

/// The cluster's rows in the JSON of a snapshot.
const CLUSTER: &[&str] = &[
    r#"{"kind":"Node","name":"n1","internalIPs":["192.168.0.1"],"podCIDRs":["10.0.1.0/24"],"ready":true}"#,
    r#"{"kind":"Service","namespace":"a","name":"web","type":"NodePort","clusterIPs":["10.96.0.1"],"externalIPs":["198.51.100.7"],"selector":{"app":"web"},
        "ports":[{"name":"http","port":80,"targetPort":"http","nodePort":30001},{"name":"dns","protocol":"UDP","port":53,"targetPort":5353}]}"#,
    r#"{"kind":"EndpointSlice","namespace":"a","name":"web-1","service":"web","addressType":"IPv4","managedBy":"endpointslice-controller.k8s.io",
        "ports":[{"name":"http","port":8080},{"name":"dns","protocol":"UDP","port":5353}]}"#,
    r#"{"kind":"Endpoint","namespace":"a","slice":"web-1","address":"10.0.1.1","ready":true,"serving":true,"node":"n1","target":{"kind":"Pod","namespace":"a","name":"web-0"}}"#,
    r#"{"kind":"Endpoint","namespace":"a","slice":"web-1","address":"10.0.1.2","ready":false,"serving":false,"node":"n1","target":{"kind":"Pod","namespace":"a","name":"web-1"}}"#,
    r#"{"kind":"Pod","namespace":"a","name":"web-0","node":"n1","podIPs":["10.0.1.1"],"phase":"Running","ready":true,"containers":[{"name":"c","ports":[{"containerPort":8080}]}]}"#,
    r#"{"kind":"Pod","namespace":"a","name":"web-1","node":"n1","podIPs":["10.0.1.2"],"phase":"Running","containers":[{"name":"c","ports":[{"containerPort":8080}]}]}"#,
    r#"{"kind":"Service","namespace":"a","name":"broken","type":"NodePort","clusterIPs":["10.96.0.2"],"ports":[{"port":8080,"targetPort":80,"nodePort":30002}]}"#,
    r#"{"kind":"EndpointSlice","namespace":"a","name":"broken-1","service":"broken","addressType":"IPv4"}"#,
    r#"{"kind":"Service","namespace":"a","name":"other","type":"ExternalName","externalName":"other.example.com"}"#,
    r#"{"kind":"Service","namespace":"a","name":"sts","type":"ClusterIP","headless":true,"selector":{"app":"web"},"ports":[{"port":8080,"targetPort":8080}]}"#,
    r#"{"kind":"EndpointSlice","namespace":"a","name":"sts-1","service":"sts","addressType":"IPv4","headless":true,"ports":[{"name":"","port":8080}]}"#,
    r#"{"kind":"Endpoint","namespace":"a","slice":"sts-1","address":"10.0.1.1","ready":true,"serving":true,"target":{"kind":"Pod","namespace":"a","name":"web-0"}}"#,
    r#"{"kind":"Service","namespace":"a","name":"manual","type":"ClusterIP","clusterIPs":["10.96.0.3"],"ports":[{"port":3306,"targetPort":3306}]}"#,
    r#"{"kind":"EndpointSlice","namespace":"a","name":"manual-1","service":"manual","addressType":"IPv4","ports":[{"name":"","port":3306}]}"#,
    r#"{"kind":"Endpoint","namespace":"a","slice":"manual-1","address":"192.168.1.25"}"#,
    r#"{"kind":"Pod","namespace":"a","name":"host","node":"n1","podIPs":["10.0.1.9"],"phase":"Running","ready":true,
        "containers":[{"name":"c","ports":[{"containerPort":8086,"hostPort":80},{"containerPort":9000,"hostPort":90}]}]}"#,
    r#"{"kind":"Pod","namespace":"b","name":"alone","node":"n1","podIPs":["10.0.1.8"],"phase":"Running","ready":true,"containers":[{"name":"c","ports":[{"containerPort":1234}]}]}"#,
    r#"{"kind":"Pod","namespace":"b","name":"pending","phase":"Pending"}"#,
];

/// The small cluster, with more rows.
pub fn index(more: &[String]) -> Index {
    let mut index = Index::default();
    for row in CLUSTER.iter().copied().chain(more.iter().map(String::as_str)) {
        index.merge(Change::Put(serde_json::from_str(row).unwrap()));
    }
    index
}

/// An endpoint of a packet, with whether packets and their replies arrive.
pub fn endpoint_hop(delivered: Option<bool>) -> EndpointHop {
    EndpointHop {
        ip: "10.0.1.1".parse().unwrap(),
        port: 8080,
        probability: 1.0,
        masquerade: Some(false),
        asymmetric_return: delivered == Some(false),
        delivered,
        pod: None,
        node: None,
        container: None,
        container_port: None,
        policy: None,
        rule: None,
        slice: None,
        protocol: Protocol::Tcp,
    }
}
