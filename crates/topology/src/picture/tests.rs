mod complete;

use std::collections::BTreeSet;

use super::highlight::tests::{lit, on_path};
use super::*;
use crate::cluster::coverage::Coverage;
use crate::cluster::facts::TargetRef;
use crate::cluster::index::Index;
use crate::cluster::key::{Kind, ObjectKey};
use crate::cluster::row::Row;
use crate::graph::socket::Socket;
use crate::graph::{Note, Readiness, UnitKey};
use crate::path::answer::Outcome;
use crate::path::no_endpoint::NoEndpointCause;
use crate::testing::*;

/// The sockets that are drawn, as selections.
pub(super) fn sockets(index: &Index) -> BTreeSet<String> {
    let scene = Scene::new(whole(index));
    let nodes = scene.nodes().iter().filter_map(|node| node.node.socket.clone());
    let groups = scene.slots().iter().filter_map(|slot| match &slot.key {
        SlotKey::Group(key) => scene.group(key),
        _ => None,
    });
    nodes
        .chain(groups.flat_map(|group| group.sockets().cloned().collect::<Vec<Socket>>()))
        .map(|socket| socket.selection().to_string())
        .collect()
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
fn a_path_without_endpoints_ends_at_the_service_port() {
    let mut index = cluster();
    index.apply(slice(vec![]));
    let light = lit(&index, "nodePort:192.168.0.3:30080");
    let broken: Vec<_> = light.broken.iter().map(|(socket, outcome)| (socket.address.as_str(), *outcome)).collect();
    assert_eq!(broken, [("172.30.0.41:80", Outcome::Reject)]);
    assert!(light.stopped());
    let scene = Scene::new(whole(&index));
    let group = scene.group(&UnitKey::service(ObjectKey::new("ns1", "svc1"))).unwrap();
    let is_end = |card: &&Card| matches!(card, Card::End(end) if end.end.cause == NoEndpointCause::EmptySlice);
    assert_eq!(group.cards.iter().filter(is_end).count(), 1);
}

#[test]
fn nothing_is_said_to_be_refused_while_slices_are_not_known() {
    let mut index = cluster();
    index.apply(slice(vec![]));
    let scene = Scene::new(known(&index, &Coverage::default()));
    let group = scene.group(&UnitKey::service(ObjectKey::new("ns1", "svc1"))).unwrap();
    assert!(!group.cards.iter().any(|card| matches!(card, Card::End(_))));
    assert!(group.cards.iter().any(|card| matches!(card, Card::Note(note) if note.note == Note::NotKnown)));
}

#[test]
fn many_pods_fold_into_a_count_until_the_group_is_opened() {
    let mut index = cluster();
    let many = (1..=12).map(|n| endpoint(&format!("p{n}"), "n1", &format!("10.0.1.{n}"), READY));
    index.apply(slice(many.collect()));
    let mut scene = Scene::new(whole(&index));
    let key = UnitKey::service(ObjectKey::new("ns1", "svc1"));
    let folded = Readiness { ready: 12, total: 12, ..Readiness::default() };
    let is_fold = |card: &Card| matches!(card, Card::EndpointCount(count) if count.readiness == folded);
    assert!(scene.group(&key).unwrap().cards.iter().any(is_fold));
    let dirty = scene.set_open(whole(&index), &key, true);
    assert_eq!(dirty.groups, BTreeSet::from([key.clone()]));
    assert_eq!(scene.group(&key).unwrap().cards.iter().filter(|card| matches!(card, Card::Endpoint(_))).count(), 12);
}

#[test]
fn wires_meet_the_sockets_that_they_join() {
    let index = cluster();
    let scene = Scene::new(whole(&index));
    let group = scene.group(&UnitKey::service(ObjectKey::new("ns1", "svc1"))).unwrap();
    insta::assert_snapshot!(
        group.wires.iter().map(|wire| format!("{:?} {}\n", wire.kind, wire.path)).collect::<String>()
    );
}

#[test]
fn a_pod_that_nothing_leads_to_stands_last_and_leaves_when_a_slice_names_it() {
    let mut index = cluster();
    put(&mut index, Row::Pod(pod("a3", "n3", "10.0.3.1")));
    let mut scene = Scene::new(whole(&index));
    let others = UnitKey::pods("ns1");
    assert!(scene.group(&others).is_some());
    let mut third = endpoint("a3", "n3", "10.0.3.1", READY);
    third.target = Some(TargetRef { kind: "Pod".into(), namespace: String::new(), name: "a3".into() });
    let two = [endpoint("a1", "n1", "10.0.1.1", READY), endpoint("a2", "n2", "10.0.2.1", READY)];
    let changes = applied(&mut index, slice(two.into_iter().chain([third]).collect()));
    let dirty = scene.update(whole(&index), &changes);
    assert!(dirty.gone.contains(&others), "{dirty:?}");
    // Nothing leads to any of them once the slice is gone.
    let changes = deleted(&mut index, Kind::EndpointSlice, &ObjectKey::new("ns1", "svc1-x"));
    let dirty = scene.update(whole(&index), &changes);
    assert!(dirty.groups.contains(&others), "{dirty:?}");
    let pods = scene.group(&others).unwrap().cards.iter().filter(|card| matches!(card, Card::Pod(_))).count();
    assert_eq!(pods, 3);
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
    let group = scene.group(&UnitKey::service(ObjectKey::new("ns1", "svc1"))).unwrap();
    assert!(
        group.cards.iter().any(|card| matches!(card, Card::Target(card) if card.target.node.as_deref() == Some("n1")))
    );
}

#[test]
fn node_ports_of_many_nodes_fold_and_open() {
    let mut index = cluster();
    put(&mut index, Row::Node(node(4)));
    let node_ports = |index: &Index, open: bool| {
        let mut scene = Scene::new(whole(index));
        let key = UnitKey::service(ObjectKey::new("ns1", "svc1"));
        scene.set_open(whole(index), &key, open);
        scene
            .group(&key)
            .unwrap()
            .sockets()
            .filter(|socket| socket.kind == crate::graph::socket::SocketKind::NodePort)
            .count()
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
    let group = scene.group(&UnitKey::service(ObjectKey::new("ns1", "svc1"))).unwrap();
    assert!(
        group.cards.iter().any(|card| matches!(card, Card::End(end) if end.end.cause == NoEndpointCause::NoneReady))
    );
}

#[test]
fn a_service_without_a_slice_is_told_from_one_with_an_empty_slice() {
    let mut index = cluster();
    index.delete(Kind::EndpointSlice, &ObjectKey::new("ns1", "svc1-x"));
    let scene = Scene::new(whole(&index));
    let group = scene.group(&UnitKey::service(ObjectKey::new("ns1", "svc1"))).unwrap();
    assert!(group.cards.iter().any(|card| matches!(card, Card::End(end) if end.end.cause == NoEndpointCause::NoSlice)));
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
