use std::collections::BTreeSet;

use super::*;
use crate::coverage::Coverage;
use crate::facts::{ServiceType, TargetRef};
use crate::health::{Readiness, Why};
use crate::index::Index;
use crate::key::{Kind, ObjectKey};
use crate::resolve::Cluster;
use crate::row::Row;
use crate::settings::Settings;
use crate::socket::{Selection, Socket};
use crate::testing::*;
use crate::trace::Outcome;

fn sockets(index: &Index) -> BTreeSet<String> {
    let scene = Scene::new(whole(index));
    let nodes = scene.nodes().iter().filter_map(|node| node.socket.clone());
    let groups = scene.slots().iter().filter_map(|slot| match &slot.key {
        SlotKey::Group(key) => scene.group(key),
        _ => None,
    });
    nodes
        .chain(groups.flat_map(|group| group.sockets().cloned().collect::<Vec<Socket>>()))
        .map(|socket| socket.selection().to_string())
        .collect()
}

fn lit(index: &Index, selection: &str) -> Light {
    let cluster = Cluster { index, coverage: &Coverage::complete(), settings: &Settings::default() };
    light(cluster, &Asked::Socket(Selection::parse(selection).unwrap()), None).unwrap()
}

fn on_path(index: &Index, selection: &str) -> Vec<String> {
    let light = lit(index, selection);
    light.on_path.iter().map(|socket| format!("{}:{}", socket.kind.as_str(), socket.address)).collect()
}

fn asked(index: &Index, from: Option<&str>, to: &str) -> Light {
    let cluster = Cluster { index, coverage: &Coverage::complete(), settings: &Settings::default() };
    let from = from.map(|from| from.parse().unwrap());
    light(cluster, &Asked::Target(to.parse().unwrap()), from.as_ref()).unwrap()
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
    assert_eq!(by_name.dns.as_ref().map(|dns| dns.rcode), Some("NOERROR"));
    let on_path: Vec<_> = by_name.on_path.iter().map(|socket| socket.address.as_str()).collect();
    assert!(on_path.contains(&"svc1.ns1.svc") && on_path.contains(&"172.30.0.41"), "{on_path:?}");
    let name_alone = asked(&index, None, "dns:svc1.ns1.svc");
    assert_eq!(name_alone.on_path, lit(&index, "dns:svc1.ns1.svc").on_path);
    let no_such_port = asked(&index, None, "172.30.0.41:81");
    assert_eq!(no_such_port.selected.map(|socket| socket.kind), Some(crate::socket::SocketKind::ClusterIp));
    let nothing = asked(&index, None, "8.8.8.8:53");
    assert_eq!((nothing.selected.is_none(), nothing.evaluations[0].outcome), (true, Outcome::Unhandled));
}

#[test]
fn a_typed_headless_name_lights_what_selecting_it_would() {
    let mut index = cluster();
    change_service(&mut index, |service| {
        service.headless = true;
        service.cluster_ips.clear();
        service.ports[0].port = crate::port::ServicePort(8080);
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
    let node_port = Asked::Socket(Selection::parse("nodePort:192.168.0.3:30080").unwrap());
    let from = |text: &str| light(cluster, &node_port, Some(&text.parse().unwrap()));
    assert_eq!(from("pod:ns1/a1").unwrap().from.name.as_deref(), Some("a1"));
    assert_eq!(from("node:n1").unwrap().from.kind, "node");
    assert!(from("pod:ns1/nobody").is_err());
}

#[test]
fn every_address_of_a_service_is_a_socket() {
    let expected = [
        "clusterIP:172.30.0.41@Service/ns1/svc1",
        "containerPort:ns1/a1/web:8080@Pod/ns1/a1",
        "containerPort:ns1/a2/web:8080@Pod/ns1/a2",
        "dns:svc1.ns1.svc@Service/ns1/svc1",
        "endpoint:10.0.1.1:8080@EndpointSlice/ns1/svc1-x",
        "endpoint:10.0.2.1:8080@EndpointSlice/ns1/svc1-x",
        "nodeIP:192.168.0.2@Node/n1",
        "nodeIP:192.168.0.3@Node/n2",
        "nodeIP:192.168.0.4@Node/n3",
        "nodePort:192.168.0.2:30080@Service/ns1/svc1",
        "nodePort:192.168.0.3:30080@Service/ns1/svc1",
        "nodePort:192.168.0.4:30080@Service/ns1/svc1",
        "podIP:10.0.1.1@Pod/ns1/a1",
        "podIP:10.0.2.1@Pod/ns1/a2",
        "port:172.30.0.41:80@Service/ns1/svc1",
    ];
    assert_eq!(sockets(&cluster()).into_iter().collect::<Vec<_>>(), expected);
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
fn a_path_without_endpoints_ends_at_the_service_port() {
    let mut index = cluster();
    index.apply(slice(vec![]));
    let light = lit(&index, "nodePort:192.168.0.3:30080");
    let broken: Vec<_> = light.broken.iter().map(|(socket, outcome)| (socket.address.as_str(), *outcome)).collect();
    assert_eq!(broken, [("172.30.0.41:80", Outcome::Reject)]);
    assert!(light.stopped());
    let scene = Scene::new(whole(&index));
    let group = scene.group(&GroupKey::service(ObjectKey::new("ns1", "svc1"))).unwrap();
    let is_end = |card: &&Card| matches!(card, Card::End { note: Some(Note::Dead(Why::EmptySlice)), .. });
    assert_eq!(group.cards.iter().filter(is_end).count(), 1);
}

#[test]
fn nothing_is_said_to_be_refused_while_slices_are_not_known() {
    let mut index = cluster();
    index.apply(slice(vec![]));
    let scene = Scene::new(known(&index, &Coverage::default()));
    let group = scene.group(&GroupKey::service(ObjectKey::new("ns1", "svc1"))).unwrap();
    assert!(!group.cards.iter().any(|card| matches!(card, Card::End { .. })));
    assert!(group.cards.iter().any(|card| matches!(card, Card::Note { note: Note::NotKnown, .. })));
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
    for expected in
        ["port:svc1.ns1.svc:80", "endpoint:10.0.1.1:8080", "podIP:10.0.2.1", "containerPort:ns1/a1/web:8080"]
    {
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
fn many_pods_fold_into_a_count_until_the_group_is_opened() {
    let mut index = cluster();
    let many = (1..=12).map(|n| endpoint(&format!("p{n}"), "n1", &format!("10.0.1.{n}"), READY));
    index.apply(slice(many.collect()));
    let mut scene = Scene::new(whole(&index));
    let key = GroupKey::service(ObjectKey::new("ns1", "svc1"));
    let folded = Readiness { ready: 12, terminating: 0, total: 12 };
    let is_fold = |card: &Card| matches!(card, Card::Endpoints { readiness, .. } if *readiness == folded);
    assert!(scene.group(&key).unwrap().cards.iter().any(is_fold));
    let dirty = scene.set_open(whole(&index), &key, true);
    assert_eq!(dirty.groups, BTreeSet::from([key.clone()]));
    assert_eq!(
        scene.group(&key).unwrap().cards.iter().filter(|card| matches!(card, Card::Endpoint { .. })).count(),
        12
    );
}

#[test]
fn wires_meet_the_sockets_that_they_join() {
    let index = cluster();
    let scene = Scene::new(whole(&index));
    let group = scene.group(&GroupKey::service(ObjectKey::new("ns1", "svc1"))).unwrap();
    insta::assert_snapshot!(
        group.wires.iter().map(|wire| format!("{:?} {}\n", wire.stroke, wire.path)).collect::<String>()
    );
}

#[test]
fn a_pod_that_nothing_leads_to_stands_last_and_leaves_when_a_slice_names_it() {
    let mut index = cluster();
    put(&mut index, Row::Pod(pod("a3", "n3", "10.0.3.1")));
    let mut scene = Scene::new(whole(&index));
    let others = GroupKey::pods("ns1");
    assert!(scene.group(&others).is_some());
    let mut third = endpoint("a3", "n3", "10.0.3.1", READY);
    third.target = Some(TargetRef { kind: "Pod".into(), namespace: String::new(), name: "a3".into() });
    let two = [endpoint("a1", "n1", "10.0.1.1", READY), endpoint("a2", "n2", "10.0.2.1", READY)];
    let changes = index.apply(slice(two.into_iter().chain([third]).collect()));
    let dirty = scene.update(whole(&index), &targets(&changes));
    assert!(dirty.gone.contains(&others), "{dirty:?}");
    // Nothing leads to any of them once the slice is gone.
    let changes = index.delete(Kind::EndpointSlice, &ObjectKey::new("ns1", "svc1-x"));
    let dirty = scene.update(whole(&index), &targets(&changes));
    assert!(dirty.groups.contains(&others), "{dirty:?}");
    let pods = scene.group(&others).unwrap().cards.iter().filter(|card| matches!(card, Card::Pod { .. })).count();
    assert_eq!(pods, 3);
}

#[test]
fn a_port_that_some_node_delivers_is_not_broken() {
    let mut index = cluster();
    change_service(&mut index, |service| service.internal_traffic_policy = crate::facts::TrafficPolicy::Local);
    let light = lit(&index, "clusterIP:172.30.0.41");
    assert_eq!(light.evaluations.iter().filter(|each| each.outcome == Outcome::Drop).count(), 1, "n3 has no endpoint");
    assert!(light.broken.is_empty() && light.delivered && !light.stopped(), "{light:?}");
}

#[test]
fn an_endpoint_on_a_nodes_own_address_is_no_pod_that_shares_it() {
    let mut index = cluster();
    let mut host = pod("etcd", "n1", "192.168.0.2");
    host.host_network = true;
    put(&mut index, Row::Pod(host));
    let mut api = endpoint("", "", "192.168.0.2", READY);
    (api.target, api.node) = (None, None);
    index.apply(slice(vec![api]));
    let path = on_path(&index, "clusterIP:172.30.0.41");
    assert!(!path.iter().any(|socket| socket.starts_with("podIP")), "{path:?}");
    assert!(!on_path(&index, "endpoint:192.168.0.2:8080").iter().any(|socket| socket.starts_with("podIP")));
    let scene = Scene::new(whole(&index));
    let group = scene.group(&GroupKey::service(ObjectKey::new("ns1", "svc1"))).unwrap();
    assert!(group.cards.iter().any(|card| matches!(card, Card::Outside { node: Some(node), .. } if node == "n1")));
}

#[test]
fn node_ports_of_many_nodes_fold_and_open() {
    let mut index = cluster();
    put(&mut index, Row::Node(node(4)));
    let node_ports = |index: &Index, open: bool| {
        let mut scene = Scene::new(whole(index));
        let key = GroupKey::service(ObjectKey::new("ns1", "svc1"));
        scene.set_open(whole(index), &key, open);
        scene.group(&key).unwrap().sockets().filter(|socket| socket.kind == crate::socket::SocketKind::NodePort).count()
    };
    assert_eq!(node_ports(&index, false), 0);
    assert_eq!(node_ports(&index, true), 4);
}

#[test]
fn a_folded_service_shows_that_it_is_dead() {
    let mut index = cluster();
    let many = (1..=12).map(|n| endpoint(&format!("p{n}"), "n1", &format!("10.0.1.{n}"), NOT_READY));
    index.apply(slice(many.collect()));
    let scene = Scene::new(whole(&index));
    let group = scene.group(&GroupKey::service(ObjectKey::new("ns1", "svc1"))).unwrap();
    assert!(group.cards.iter().any(|card| matches!(card, Card::End { note: Some(Note::Dead(Why::NoneReady)), .. })));
}

#[test]
fn a_service_without_a_slice_is_told_from_one_with_an_empty_slice() {
    let mut index = cluster();
    index.delete(Kind::EndpointSlice, &ObjectKey::new("ns1", "svc1-x"));
    let scene = Scene::new(whole(&index));
    let group = scene.group(&GroupKey::service(ObjectKey::new("ns1", "svc1"))).unwrap();
    assert!(group.cards.iter().any(|card| matches!(card, Card::End { note: Some(Note::Dead(Why::NoSlice)), .. })));
}

#[test]
fn a_host_port_on_an_address_that_no_node_has_can_be_selected() {
    let mut index = cluster();
    let mut pod = host_port_pod("own", "n1", "10.0.1.9", 8086);
    pod.containers[0].ports[0].host_ip = crate::address::NodeIp::parse("127.0.0.1");
    put(&mut index, Row::Pod(pod));
    let selection = "hostPort:127.0.0.1:8086@Pod/ns1/own";
    assert!(sockets(&index).contains(selection));
    assert!(lit(&index, selection).selected.is_some());
    // A Pod that is on no Node yet has it nowhere.
    let mut pod = host_port_pod("early", "n1", "10.0.1.9", 8087);
    pod.node = None;
    put(&mut index, Row::Pod(pod));
    assert_eq!(lit(&index, "hostPort:127.0.0.1:8087"), Light::default());
}

#[test]
fn a_pod_that_has_no_address_yet_is_not_given_its_nodes() {
    let mut index = cluster();
    let mut pod = host_port_pod("early", "n1", "10.0.1.9", 8087);
    pod.ips.clear();
    put(&mut index, Row::Pod(pod));
    let drawn = sockets(&index);
    assert!(drawn.contains("hostPort:192.168.0.2:8087@Pod/ns1/early"));
    assert!(drawn.iter().all(|socket| !(socket.starts_with("podIP") && socket.ends_with("early"))), "{drawn:?}");
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
fn the_text_of_a_group_is_read_as_it_is_written() {
    let pod = ObjectKey::new("ns1", "a1");
    let keys = [GroupKey::service(pod.clone()), GroupKey::host_ports(pod), GroupKey::pods("ns1"), GroupKey::node("n1")];
    keys.iter().for_each(|key| assert_eq!(GroupKey::parse(&key.to_string()).as_ref(), Some(key)));
    for text in ["", "node/", "service/ns1", "service/ns1/", "service//a1", "hostPorts//", "pods//", "teapot/ns1/a1"] {
        assert_eq!(GroupKey::parse(text), None, "{text}");
    }
}

#[test]
fn a_port_that_no_slice_has_is_no_endpoint() {
    assert_eq!(lit(&cluster(), "endpoint:10.0.1.1:9999"), Light::default());
}

mod stepwise {
    use proptest::prelude::*;

    use crate::filter::Filter;

    use super::*;

    #[derive(Clone, Debug)]
    enum Op {
        Slice(Vec<(u8, bool)>),
        NoSlice,
        Pod(u8, bool),
        NoPod(u8),
        Service(bool),
        HostPort(u8),
    }

    fn op() -> impl Strategy<Value = Op> {
        prop_oneof![
            4 => prop::collection::btree_map(1u8..15, any::<bool>(), 0..14).prop_map(|some| Op::Slice(some.into_iter().collect())),
            1 => Just(Op::NoSlice),
            3 => (1u8..15, any::<bool>()).prop_map(|(n, ready)| Op::Pod(n, ready)),
            2 => (1u8..15).prop_map(Op::NoPod),
            1 => any::<bool>().prop_map(Op::Service),
            1 => (1u8..15).prop_map(Op::HostPort),
        ]
    }

    fn run(index: &mut Index, op: Op) -> Vec<crate::wire::Change> {
        let ip = |n: u8| format!("10.0.1.{n}");
        match op {
            Op::Slice(some) => {
                let conditions = |ready| if ready { READY } else { NOT_READY };
                index.apply(slice(
                    some.iter()
                        .map(|(n, ready)| endpoint(&format!("p{n}"), "n1", &ip(*n), conditions(*ready)))
                        .collect(),
                ))
            }
            Op::NoSlice => index.delete(Kind::EndpointSlice, &ObjectKey::new("ns1", "svc1-x")),
            Op::Pod(n, ready) => {
                let mut pod = pod(&format!("p{n}"), "n1", &ip(n));
                pod.ready = ready;
                index.apply(crate::index::Object::Row(Row::Pod(pod)))
            }
            Op::HostPort(n) => {
                index.apply(crate::index::Object::Row(Row::Pod(host_port_pod(&format!("p{n}"), "n1", &ip(n), 8086))))
            }
            Op::NoPod(n) => index.delete(Kind::Pod, &ObjectKey::new("ns1", format!("p{n}"))),
            Op::Service(true) => index.apply(crate::index::Object::Row(Row::Service(service()))),
            Op::Service(false) => index.delete(Kind::Service, &ObjectKey::new("ns1", "svc1")),
        }
    }

    fn look() -> impl Strategy<Value = Look> {
        let filter = || prop::sample::select(vec!["", "port:80", "not ready", "name:p1"]);
        let detail = prop::sample::select(vec![Detail::Line, Detail::Folded, Detail::Full]);
        let arrangement = prop::sample::select(vec![Arrangement::Service, Arrangement::Node]);
        (filter(), filter(), detail, arrangement, any::<bool>()).prop_map(
            |(find, hide, detail, arrangement, troubled)| Look {
                only: None,
                detail,
                arrangement,
                find: Filter::parse(find).unwrap(),
                hide: Filter::parse(hide).unwrap(),
                troubled,
            },
        )
    }

    fn stays_equal(look: &Look, ops: Vec<Op>) {
        let mut index = cluster();
        let mut scene = Scene::with(whole(&index), look.clone());
        for op in ops {
            let changes = run(&mut index, op);
            scene.update(whole(&index), &targets(&changes));
            let fresh = Scene::with(whole(&index), look.clone());
            assert_eq!(scene.slots(), fresh.slots());
            assert_eq!(scene.shown(), fresh.shown());
            assert!(scene.troubles().eq(fresh.troubles()));
            for (key, group) in fresh.groups() {
                assert_eq!(scene.group(key), Some(group));
            }
        }
    }

    #[test]
    fn a_picture_whose_only_slice_goes_equals_one_drawn_at_once() {
        stays_equal(&Look::default(), vec![Op::NoSlice]);
    }

    proptest! {
        #![proptest_config(fixed_seed::config(22, 64))]

        /// A picture that is kept up to date change by change equals one that is drawn at once.
        #[test]
        fn a_picture_kept_up_to_date_equals_one_drawn_at_once(
            look in look(),
            ops in prop::collection::vec(op(), 1..60),
        ) {
            stays_equal(&look, ops);
        }

        /// However a picture was looked at before, it is as if it had been drawn that way at once.
        #[test]
        fn a_picture_looked_at_otherwise_equals_one_drawn_so(
            looks in prop::collection::vec(look(), 2..6),
            ops in prop::collection::vec(op(), 0..20),
        ) {
            let mut index = cluster();
            ops.into_iter().for_each(|op| drop(run(&mut index, op)));
            let mut scene = Scene::new(whole(&index));
            for look in looks {
                scene.set_look(whole(&index), look.clone());
                let fresh = Scene::with(whole(&index), look);
                prop_assert!(scene.troubles().eq(Scene::new(whole(&index)).troubles()), "whatever the arrangement");
                prop_assert!(scene.troubles().eq(fresh.troubles()));
                prop_assert_eq!(scene.slots(), fresh.slots());
                prop_assert_eq!(scene.nodes(), fresh.nodes());
                prop_assert!(scene.groups().eq(fresh.groups()));
            }
        }
    }
}
