use crate::cluster::facts::{NodeFact, PodFact, ServiceFact, ServicePortFact, ServiceType, TrafficPolicy};
use crate::cluster::port::{NodePort, Protocol, ServicePort, TargetPort};
use crate::cluster::row::Row;
use crate::testing::{NOT_READY, READY, TERMINATING, endpoint, node, pod, service};

use super::*;

/// `field: from -> to`, with `-` for what is unset.
fn texts(old: Option<Row>, new: Option<Row>) -> Vec<String> {
    let changes = differences(old.as_ref(), new.as_ref());
    let or_dash = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    let text = |change: &FieldChange| {
        let field = change.field.as_deref().unwrap_or("-");
        format!("{field}: {} -> {}", or_dash(&change.from), or_dash(&change.to))
    };
    changes.iter().map(text).collect()
}

fn check_pod(change: impl FnOnce(&mut PodFact), expected: &[&str]) {
    let old = pod("a1", "n1", "10.0.1.1");
    let mut new = old.clone();
    change(&mut new);
    assert_eq!(texts(Some(Row::Pod(old)), Some(Row::Pod(new))), expected);
}

fn check_service(change: impl FnOnce(&mut ServiceFact), expected: &[&str]) {
    let old = service();
    let mut new = old.clone();
    change(&mut new);
    assert_eq!(texts(Some(Row::Service(old)), Some(Row::Service(new))), expected);
}

#[test]
fn an_object_that_comes_or_goes_is_one_change() {
    let row = || Some(Row::Pod(pod("a1", "n1", "10.0.1.1")));
    assert_eq!(texts(None, row()), ["-: - -> created"]);
    assert_eq!(texts(row(), None), ["-: - -> deleted"]);
    assert!(texts(row(), row()).is_empty());
    assert!(texts(None, None).is_empty());
}

#[test]
fn a_pod_changes_field_by_field() {
    check_pod(|pod| pod.ready = false, &["ready: true -> false"]);
    check_pod(|pod| pod.phase = "Failed".into(), &["phase: Running -> Failed"]);
    check_pod(|pod| pod.ips.clear(), &["podIPs: 10.0.1.1 -> -"]);
    check_pod(
        |pod| {
            pod.terminating = true;
            pod.labels.insert("app".into(), "web".into());
        },
        &["terminating: false -> true", "labels: - -> app=web"],
    );
    // The kubelet's words repeat the condition.
    check_pod(|pod| pod.not_ready_because = Some("ContainersNotReady".into()), &[]);
}

#[test]
fn a_service_changes_field_by_field() {
    check_service(|service| service.service_type = ServiceType::LoadBalancer, &["type: NodePort -> LoadBalancer"]);
    check_service(|service| service.headless = true, &["clusterIPs: 172.30.0.41 -> None"]);
    check_service(
        |service| service.external_traffic_policy = TrafficPolicy::Local,
        &["externalTrafficPolicy: Cluster -> Local"],
    );
    check_service(|service| service.client_ip_affinity = true, &["sessionAffinity: None -> ClientIP"]);
    check_service(
        |service| service.ports[0].target_port = TargetPort::Name("web".into()),
        &["ports[http].targetPort: 8080 -> web"],
    );
    check_service(|service| service.ports[0].node_port = None, &["ports[http].nodePort: 30080 -> -"]);
    let unnamed = |node_port| {
        let port = ServicePortFact {
            name: String::new(),
            protocol: Protocol::Udp,
            port: ServicePort(53),
            target_port: TargetPort::Number(53),
            node_port,
        };
        Some(Row::Service(ServiceFact { ports: vec![port], ..service() }))
    };
    assert_eq!(texts(unnamed(None), unnamed(Some(NodePort(30053)))), ["nodePort: - -> 30053"]);
    assert_eq!(
        texts(Some(Row::Service(service())), unnamed(None)),
        ["ports: http 80/TCP → 8080, nodePort 30080 -> -", "ports: - -> 53/UDP → 53"]
    );
}

#[test]
fn of_a_map_only_what_differs_is_told() {
    let with = |pairs: &[(&str, &str)]| {
        let selector = pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        Some(Row::Service(ServiceFact { selector, ..service() }))
    };
    let old = with(&[("app", "web"), ("tier", "front")]);
    assert_eq!(
        texts(old, with(&[("app", "api"), ("tier", "front"), ("v", "2")])),
        ["selector: app=web -> app=api, v=2"]
    );
}

#[test]
fn an_endpoint_changes_its_conditions() {
    let row = |conditions| Some(Row::Endpoint(endpoint("a1", "n1", "10.0.1.1", conditions)));
    assert_eq!(texts(row(READY), row(NOT_READY)), ["ready: true -> false", "serving: true -> false"]);
    assert_eq!(texts(row(READY), row(TERMINATING)), ["ready: true -> false", "terminating: false -> true"]);
    assert_eq!(texts(row((None, None, None)), row((Some(true), None, None))), ["ready: - -> true"]);
}

#[test]
fn a_cordoned_node_is_told() {
    let cordoned = NodeFact { unschedulable: true, ..node(1) };
    assert_eq!(texts(Some(Row::Node(node(1))), Some(Row::Node(cordoned))), ["unschedulable: false -> true"]);
}

#[test]
fn a_long_value_is_cut() {
    check_pod(
        |pod| {
            pod.labels.insert("a".into(), "é".repeat(500));
        },
        &[&format!("labels: - -> a={}…", "é".repeat(LONGEST - 2))],
    );
}

#[test]
fn a_long_name_of_a_port_is_cut() {
    let with = |port: u16| {
        let name = "é".repeat(500);
        let mut service = service();
        service.ports[0] = ServicePortFact { name, port: ServicePort(port), ..service.ports[0].clone() };
        Row::Service(service)
    };
    let changes = differences(Some(&with(80)), Some(&with(81)));
    let field = changes[0].field.as_deref().unwrap();
    assert_eq!(field, format!("ports[{}…", "é".repeat(LONGEST - 6)));
}
