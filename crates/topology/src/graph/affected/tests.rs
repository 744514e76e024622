use super::*;
use crate::cluster::facts::{NamespaceFact, PodFact, TargetRef};
use crate::cluster::index::Object;
use crate::cluster::key::Kind;
use crate::testing::*;

/// What a change affects where Nodes are asked for, as text.
fn affected(index: &mut Index, change: impl FnOnce(&mut Index) -> Vec<RowChange>) -> Vec<String> {
    let mut graph = Graph::of(index, None, true);
    let changes = change(index);
    let Affected { units, all, nodes, namespaces } = graph.follow(index, &changes);
    let flags = [("all", all), ("all Nodes", nodes), ("Namespaces", namespaces)];
    let flags = flags.into_iter().filter(|(_, set)| *set).map(|(name, _)| name.to_owned());
    units.iter().map(ToString::to_string).chain(flags).collect()
}

fn put(row: Row) -> impl FnOnce(&mut Index) -> Vec<RowChange> {
    |index| applied(index, Object::Row(row))
}

fn changed_endpoint(
    address: &str,
    change: impl FnOnce(&mut EndpointFact),
) -> impl FnOnce(&mut Index) -> Vec<RowChange> {
    let key = ObjectKey::new("ns1", format!("svc1-x/{address}"));
    move |index| {
        let mut endpoint = index.endpoint(&key).expect("the fixture has it").clone();
        change(&mut endpoint);
        applied(index, Object::Row(Row::Endpoint(endpoint)))
    }
}

const A1: &str = "hostPorts/ns1/a1";
const NODE1: &str = "node/n1";
const NODE2: &str = "node/n2";
const SVC1: &str = "service/ns1/svc1";

#[test]
fn an_endpoint_that_flips_affects_its_service_and_its_node() {
    let flip = changed_endpoint("10.0.1.1", |own| own.ready = Some(false));
    assert_eq!(affected(&mut cluster(), flip), [NODE1, SVC1]);
}

#[test]
fn a_pod_affects_the_services_before_it_and_the_nodes_that_it_was_on_and_is_on() {
    let a1 = || pod("a1", "n1", "10.0.1.1");
    assert_eq!(affected(&mut cluster(), put(Row::Pod(PodFact { ready: false, ..a1() }))), [NODE1, A1, SVC1]);
    let moved = PodFact { node: Some("n2".into()), ..a1() };
    assert_eq!(affected(&mut cluster(), put(Row::Pod(moved))), [NODE1, NODE2, A1, SVC1]);
    let gone = |index: &mut Index| deleted(index, Kind::Pod, &ObjectKey::new("ns1", "a1"));
    assert_eq!(affected(&mut cluster(), gone), [NODE1, A1, SVC1]);
}

#[test]
fn a_pod_that_nothing_leads_to_affects_those_of_its_namespace() {
    let mut index = cluster();
    let lone = pod("lone", "n3", "10.0.3.9");
    let expected = ["node/n3", "hostPorts/ns1/lone", "pods/ns1/"];
    assert_eq!(affected(&mut index, put(Row::Pod(lone.clone()))), expected);
    assert_eq!(affected(&mut index, put(Row::Pod(PodFact { ready: false, ..lone }))), expected);
    assert_eq!(affected(&mut index, |index| deleted(index, Kind::Pod, &ObjectKey::new("ns1", "lone"))), expected);
}

#[test]
fn an_endpoint_that_names_another_pod_affects_the_nodes_of_both() {
    let mut index = cluster();
    index.apply(Object::Row(Row::Pod(pod("a3", "n3", "10.0.3.1"))));
    let target = TargetRef { kind: "Pod".into(), namespace: String::new(), name: "a3".into() };
    let retarget = changed_endpoint("10.0.1.1", |own| own.target = Some(target));
    // Nothing leads to a1 any more, and something to a3.
    assert_eq!(affected(&mut index, retarget), [NODE1, "node/n3", SVC1, "pods/ns1/"]);
}

#[test]
fn an_endpoint_affects_the_nodes_of_others_of_the_same_address() {
    let mut index = cluster();
    let mut twin = endpoint("a2", "n2", "10.0.1.1", READY);
    twin.slice = "svc1-y".into();
    let Object::Slice(mut other, _) = slice(vec![]) else { panic!("a slice is a slice") };
    other.name = "svc1-y".into();
    index.apply(Object::Slice(other, vec![twin]));
    let flip = changed_endpoint("10.0.1.1", |own| own.ready = Some(false));
    assert_eq!(affected(&mut index, flip), [NODE1, NODE2, SVC1]);
}

#[test]
fn an_endpoint_without_a_pod_is_found_by_the_pods_address() {
    let mut index = cluster();
    let mut by_address = endpoint("", "", "10.0.3.1", READY);
    (by_address.target, by_address.node) = (None, None);
    index.apply(slice(vec![by_address]));
    let appears = put(Row::Pod(pod("a3", "n3", "10.0.3.1")));
    assert_eq!(affected(&mut index, appears), ["node/n3", "hostPorts/ns1/a3", SVC1, "pods/ns1/"]);
}

#[test]
fn a_slice_affects_the_service_that_it_named_and_the_one_that_it_names() {
    let mut index = cluster();
    let mut fact = index.slice(&ObjectKey::new("ns1", "svc1-x")).expect("the fixture has it").clone();
    fact.service = Some("other".into());
    // There is no such Service: nothing leads to the Pods any more.
    let expected = [NODE1, NODE2, "service/ns1/other", SVC1, "pods/ns1/"];
    assert_eq!(affected(&mut index, put(Row::EndpointSlice(fact))), expected);
    let gone = |index: &mut Index| deleted(index, Kind::EndpointSlice, &ObjectKey::new("ns1", "svc1-x"));
    assert_eq!(affected(&mut index, gone), [NODE1, NODE2, "service/ns1/other"]);
}

#[test]
fn a_service_with_node_ports_affects_every_node() {
    let mut index = cluster();
    let without = |index: &mut Index| {
        let mut own = index.service(&ObjectKey::new("ns1", "svc1")).expect("the fixture has it").clone();
        own.ports[0].node_port = None;
        applied(index, Object::Row(Row::Service(own)))
    };
    assert_eq!(affected(&mut index, without), [NODE1, NODE2, SVC1, "all Nodes"]);
    let gone = |index: &mut Index| deleted(index, Kind::Service, &ObjectKey::new("ns1", "svc1"));
    assert_eq!(affected(&mut index, gone), [NODE1, NODE2, SVC1, "pods/ns1/"]);
}

#[test]
fn nodes_and_namespaces_affect_what_no_unit_is_found_for() {
    assert_eq!(affected(&mut cluster(), put(Row::Node(node(4)))), ["all"]);
    let namespace = NamespaceFact { name: "ns1".into(), ..NamespaceFact::default() };
    assert_eq!(affected(&mut cluster(), put(Row::Namespace(namespace))), ["Namespaces"]);
}

#[test]
fn without_nodes_no_node_is_affected() {
    let mut index = cluster();
    let mut graph = Graph::of(&index, None, false);
    let changes = changed_endpoint("10.0.1.1", |own| own.ready = Some(false))(&mut index);
    let affected = graph.follow(&index, &changes);
    assert_eq!(affected.units.iter().map(ToString::to_string).collect::<Vec<_>>(), [SVC1]);
}
