use super::*;
use crate::cluster::coverage::Coverage;
use crate::cluster::facts::ServiceType;
use crate::cluster::row::Row;
use crate::cluster::settings::{ProxyMode, Settings};
use crate::path::answer::{Rcode, SourceKind};
use crate::picture::tests::sockets;
use crate::testing::*;

pub(in crate::picture) fn lit(index: &Index, selection: &str) -> Light {
    let cluster = Cluster { index, coverage: &Coverage::complete(), settings: &Settings::default() };
    light(cluster, &HighlightQuestion::Socket(Selection::parse(selection).unwrap()), None).unwrap()
}

pub(in crate::picture) fn on_path(index: &Index, selection: &str) -> Vec<String> {
    let light = lit(index, selection);
    light.on_path.iter().map(|socket| format!("{}:{}", socket.kind.as_str(), socket.address)).collect()
}

fn asked(index: &Index, from: Option<&str>, to: &str) -> Light {
    let cluster = Cluster { index, coverage: &Coverage::complete(), settings: &Settings::default() };
    let from = from.map(|from| from.parse().unwrap());
    light(cluster, &HighlightQuestion::Target(to.parse().unwrap()), from.as_ref()).unwrap()
}

#[test]
fn a_typed_destination_lights_what_selecting_it_would() {
    let index = cluster();
    for (to, selection) in [
        ("192.168.0.3:30080", "nodePort:192.168.0.3:30080"),
        ("172.30.0.41:80", "port:172.30.0.41:80"),
        ("10.0.1.1:8080", "containerPort:ns1/a1/web:8080"),
    ] {
        let (typed, selected) = (asked(&index, None, to), lit(&index, selection));
        assert_eq!(typed.evaluations, selected.evaluations, "{to}");
        assert_eq!(typed.from, selected.from, "{to}");
        assert!(!typed.shares.is_empty() || to.starts_with("10."), "{to}");
        let missing: Vec<_> = typed.on_path.iter().filter(|socket| !selected.on_path.contains(socket)).collect();
        assert!(missing.is_empty(), "{to} lights {missing:?}");
    }
    let by_name = asked(&index, Some("pod:ns1/a1"), "dns:svc1:80");
    assert_eq!(by_name.dns.as_ref().map(|dns| dns.rcode), Some(Rcode::NoError));
    let on_path: Vec<_> = by_name.on_path.iter().map(|socket| socket.address.as_str()).collect();
    assert!(on_path.contains(&"svc1.ns1.svc") && on_path.contains(&"172.30.0.41"), "{on_path:?}");
    let name_alone = asked(&index, None, "dns:svc1.ns1.svc");
    assert_eq!(name_alone.on_path, lit(&index, "dns:svc1.ns1.svc").on_path);
    let no_such_port = asked(&index, None, "172.30.0.41:81");
    assert_eq!(no_such_port.selected.map(|socket| socket.kind), Some(SocketKind::ClusterIp));
    let nothing = asked(&index, None, "8.8.8.8:53");
    assert_eq!((nothing.selected.is_none(), nothing.evaluations[0].outcome), (true, Outcome::Unhandled));
}

#[test]
fn what_iptables_would_do_is_lit_where_the_rules_are_not_evaluated() {
    let index = cluster();
    let settings = Settings { proxy_mode: ProxyMode::Ipvs, ..Settings::default() };
    let cluster = Cluster { index: &index, coverage: &Coverage::complete(), settings: &settings };
    let ask = |asked| light(cluster, &asked, None).unwrap();
    for selection in ["nodePort:192.168.0.3:30080", "clusterIP:172.30.0.41", "endpoint:10.0.1.1:8080"] {
        let found = ask(HighlightQuestion::Socket(Selection::parse(selection).unwrap()));
        let usual = lit(&index, selection);
        assert!(found.supposed && !usual.supposed, "{selection}");
        assert_eq!((found.on_path, found.shares), (usual.on_path, usual.shares), "{selection}");
        assert!(found.evaluations.iter().all(|each| each.outcome == Outcome::Unknown), "{selection}");
    }
    let to = "192.168.0.3:30080";
    assert_eq!(ask(HighlightQuestion::Target(to.parse().unwrap())).selected, asked(&index, None, to).selected);
}

#[test]
fn a_typed_headless_name_lights_what_selecting_it_would() {
    let mut index = cluster();
    change_service(&mut index, |service| {
        service.headless = true;
        service.cluster_ips.clear();
        service.ports[0].port = crate::cluster::port::ServicePort(8080);
        service.ports[0].node_port = None;
    });
    let typed = asked(&index, None, "dns:svc1.ns1.svc:8080");
    assert_eq!(typed.on_path, lit(&index, "dns:svc1.ns1.svc").on_path);
    assert_eq!(typed.evaluations.len(), 2);
}

#[test]
fn a_source_is_asked_from_and_must_exist() {
    let index = cluster();
    let cluster = Cluster { index: &index, coverage: &Coverage::complete(), settings: &Settings::default() };
    let node_port = HighlightQuestion::Socket(Selection::parse("nodePort:192.168.0.3:30080").unwrap());
    let from = |text: &str| light(cluster, &node_port, Some(&text.parse().unwrap()));
    assert_eq!(from("pod:ns1/a1").unwrap().from.unwrap().name.as_deref(), Some("a1"));
    assert_eq!(from("node:n1").unwrap().from.unwrap().kind, SourceKind::Node);
    assert!(from("pod:ns1/nobody").is_err());
}

#[test]
fn a_node_port_lights_its_node_the_port_and_the_ready_endpoints_only() {
    let mut index = cluster();
    index.apply(slice(vec![endpoint("a1", "n1", "10.0.1.1", READY), endpoint("a2", "n2", "10.0.2.1", NOT_READY)]));
    let expected = [
        "nodeIP:192.168.0.3",
        "nodePort:192.168.0.3:30080",
        "port:172.30.0.41:80",
        "endpoint:10.0.1.1:8080",
        "podIP:10.0.1.1",
        "containerPort:ns1/a1/web:8080",
    ];
    assert_eq!(on_path(&index, "nodePort:192.168.0.3:30080"), expected);
}

#[test]
fn an_endpoint_lights_every_entry_that_reaches_it() {
    let path = on_path(&cluster(), "podIP:10.0.2.1");
    for entry in ["clusterIP:172.30.0.41", "dns:svc1.ns1.svc", "nodePort:192.168.0.4:30080", "port:172.30.0.41:80"] {
        assert!(path.iter().any(|socket| socket == entry), "{entry} in {path:?}");
    }
    for own in ["endpoint:10.0.2.1:8080", "containerPort:ns1/a2/web:8080"] {
        assert!(path.iter().any(|socket| socket == own), "{own} in {path:?}");
    }
    assert!(!path.iter().any(|socket| socket.contains("10.0.1.1")), "the other endpoint is not on the path: {path:?}");
    // The same from the endpoint's own line and from the container's port.
    let entries = |path: Vec<String>| {
        path.into_iter().filter(|s| s.starts_with("nodePort") || s.starts_with("clusterIP")).collect::<Vec<_>>()
    };
    assert_eq!(entries(path.clone()), entries(on_path(&cluster(), "endpoint:10.0.2.1:8080")));
    assert_eq!(entries(path), entries(on_path(&cluster(), "containerPort:ns1/a2/web:8080")));
}

#[test]
fn an_unknown_selection_lights_nothing_and_dims_nothing() {
    assert_eq!(lit(&cluster(), "nodePort:192.168.0.99:1"), Light::default());
}

#[test]
fn a_manual_endpoint_is_outside_the_cluster() {
    let mut index = cluster();
    let mut manual = endpoint("", "", "192.168.1.25", READY);
    (manual.target, manual.node) = (None, None);
    index.apply(slice(vec![manual]));
    assert!(sockets(&index).contains("external:192.168.1.25:8080@EndpointSlice/ns1/svc1-x"));
    assert!(on_path(&index, "clusterIP:172.30.0.41").contains(&"external:192.168.1.25:8080".to_owned()));
}

#[test]
fn an_external_name_is_an_answer_of_dns() {
    let mut index = cluster();
    change_service(&mut index, |service| {
        service.service_type = ServiceType::ExternalName;
        service.external_name = Some("reports.example.com".into());
    });
    assert_eq!(on_path(&index, "dns:svc1.ns1.svc"), ["dns:svc1.ns1.svc", "external:reports.example.com"]);
}

#[test]
fn a_headless_name_lights_its_ready_pods_and_they_light_it() {
    let mut index = cluster();
    change_service(&mut index, |service| (service.headless, service.cluster_ips) = (true, vec![]));
    change_slice(&mut index, |slice| slice.headless = true);
    let path = on_path(&index, "dns:svc1.ns1.svc");
    for expected in ["port:svc1.ns1.svc:80", "endpoint:10.0.1.1:8080", "podIP:10.0.2.1"] {
        assert!(path.iter().any(|socket| socket == expected), "{expected} in {path:?}");
    }
    let back = on_path(&index, "podIP:10.0.2.1");
    let expected = [
        "port:svc1.ns1.svc:80",
        "dns:svc1.ns1.svc",
        "endpoint:10.0.2.1:8080",
        "podIP:10.0.2.1",
        "containerPort:ns1/a2/web:8080",
    ];
    assert_eq!(back, expected);
}

#[test]
fn a_headless_port_lights_where_its_packets_go_and_not_the_declared_port() {
    let mut index = cluster();
    change_service(&mut index, |service| {
        (service.headless, service.cluster_ips) = (true, vec![]);
        service.ports[0].node_port = None;
    });
    change_slice(&mut index, |slice| slice.headless = true);
    let beyond = |path: &[String]| path.iter().any(|socket| socket.ends_with(":8080"));
    let typed = asked(&index, None, "dns:svc1.ns1.svc:80");
    let on_path_of =
        |light: &Light| Vec::from_iter(light.on_path.iter().map(|s| format!("{}:{}", s.kind.as_str(), s.address)));
    for path in [on_path_of(&typed), on_path(&index, "port:svc1.ns1.svc:80")] {
        assert!(path.contains(&"podIP:10.0.1.1".to_owned()) && !beyond(&path), "{path:?}");
    }
    assert!(typed.evaluations.iter().all(|one| !one.arrives()), "no container declares port 80");
    // A client that uses the endpoints' port arrives.
    let typed = asked(&index, None, "dns:svc1.ns1.svc:8080");
    assert!(beyond(&on_path_of(&typed)) && typed.evaluations.iter().all(Evaluation::arrives));
    assert!(!on_path(&index, "containerPort:ns1/a1/web:8080").contains(&"port:svc1.ns1.svc:80".to_owned()));
}

#[test]
fn a_port_that_some_node_delivers_is_not_broken() {
    let mut index = cluster();
    change_service(&mut index, |service| service.internal_traffic_policy = crate::cluster::facts::TrafficPolicy::Local);
    let light = lit(&index, "clusterIP:172.30.0.41");
    assert_eq!(light.evaluations.iter().filter(|each| each.outcome == Outcome::Drop).count(), 1, "n3 has no endpoint");
    assert!(light.broken.is_empty() && light.delivered && !light.stopped(), "{light:?}");
}

#[test]
fn a_host_port_on_an_address_that_no_node_has_can_be_selected() {
    let mut index = cluster();
    let mut pod = host_port_pod("own", "n1", "10.0.1.9", 8086);
    pod.containers[0].ports[0].host_ip = crate::cluster::address::NodeIp::parse("127.0.0.1");
    put(&mut index, Row::Pod(pod));
    let selection = "hostPort:127.0.0.1:8086@Pod/ns1/own";
    assert!(sockets(&index).contains(selection));
    let light = lit(&index, selection);
    assert!(light.selected.is_some());
    // A process of its Node reaches it.
    assert_eq!(light.source, Some(Source::Localhost("n1".to_owned())));
    assert_eq!(light.evaluations[0].outcome, Outcome::HostPort);
    // A Pod that is on no Node yet has it nowhere.
    let mut pod = host_port_pod("early", "n1", "10.0.1.9", 8087);
    pod.node = None;
    put(&mut index, Row::Pod(pod));
    assert_eq!(lit(&index, "hostPort:127.0.0.1:8087"), Light::default());
}

#[test]
fn a_node_has_no_host_port_of_a_pod_that_has_ended_or_of_another_of_its_addresses() {
    let mut index = cluster();
    let mut elsewhere = host_port_pod("elsewhere", "n3", "10.0.3.15", 8087);
    elsewhere.containers[0].ports[0].host_ip = crate::cluster::address::NodeIp::parse("192.168.1.4");
    let job = host_port_pod("job", "n3", "10.0.3.16", 8088);
    for pod in [host_port_pod("db", "n3", "10.0.3.14", 8086), elsewhere, PodFact { phase: "Failed".into(), ..job }] {
        put(&mut index, Row::Pod(pod));
    }
    let opened = on_path(&index, "nodeIP:192.168.0.4");
    let host_ports: Vec<&str> = opened.iter().filter_map(|socket| socket.strip_prefix("hostPort:")).collect();
    assert_eq!(host_ports, ["192.168.0.4:8086"]);
    assert!(lit(&index, "hostPort:192.168.0.4:8088").selected.is_none());
    assert!(lit(&index, "hostPort:192.168.1.4:8087").selected.is_some());
}

#[test]
fn a_host_port_that_is_asked_on_loopback_is_lit_where_it_is_drawn() {
    let mut index = cluster();
    put(&mut index, Row::Pod(host_port_pod("own", "n1", "10.0.1.9", 8086)));
    let light = asked(&index, Some("localhost:n1"), "127.0.0.1:8086");
    assert_eq!(light.selected.map(|socket| socket.address).as_deref(), Some("192.168.0.2:8086"));
}

#[test]
fn a_host_network_pod_is_lit_by_its_own_address_on_whichever_address_of_its_node_it_is_reached() {
    let mut index = cluster();
    let mut first = node(1);
    first.internal_ips.extend(crate::cluster::address::NodeIp::parse("192.168.1.2"));
    put(&mut index, Row::Node(first));
    put(&mut index, Row::Pod(PodFact { host_network: true, ..pod("own", "n1", "192.168.0.2") }));
    let light = asked(&index, Some("external:203.0.113.2"), "192.168.1.2:8080");
    let lit: Vec<&str> = light.on_path.iter().map(|socket| socket.address.as_str()).collect();
    assert_eq!(lit, ["192.168.0.2", "ns1/own/web:8080"]);
    assert_eq!(light.selected.map(|socket| socket.address).as_deref(), Some("192.168.0.2"));
}

#[test]
fn a_pod_that_only_its_endpoint_tells_of_can_be_selected() {
    let mut index = cluster();
    index.delete(Kind::Pod, &ObjectKey::new("ns1", "a1"));
    let selection = "podIP:10.0.1.1@Pod/ns1/a1";
    assert!(sockets(&index).contains(selection));
    let lit = on_path(&index, selection);
    assert!(
        ["podIP:10.0.1.1", "endpoint:10.0.1.1:8080", "port:172.30.0.41:80"]
            .iter()
            .all(|one| lit.contains(&(*one).to_owned())),
        "{lit:?}"
    );
}

#[test]
fn a_port_that_no_slice_has_is_no_endpoint() {
    assert_eq!(lit(&cluster(), "endpoint:10.0.1.1:9999"), Light::default());
}
