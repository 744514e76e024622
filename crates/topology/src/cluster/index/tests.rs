use proptest::prelude::*;

use super::*;
use crate::cluster::address::PodIp;
use crate::cluster::facts::{PodFact, ServiceFact};

fn pod(namespace: &str, name: &str, ip: &str) -> Object {
    Object::Row(Row::Pod(PodFact {
        namespace: namespace.into(),
        name: name.into(),
        ips: PodIp::parse(ip).into_iter().collect(),
        ..Default::default()
    }))
}

fn slice(name: &str, service: &str, addresses: &[&str]) -> Object {
    let endpoints = addresses
        .iter()
        .map(|address| EndpointFact {
            namespace: "default".into(),
            slice: name.into(),
            address: (*address).into(),
            ..Default::default()
        })
        .collect();
    let slice = SliceFact {
        namespace: "default".into(),
        name: name.into(),
        service: Some(service.into()),
        ..Default::default()
    };
    Object::Slice(slice, endpoints)
}

fn key(name: &str) -> ObjectKey {
    ObjectKey::new("default", name)
}

#[test]
fn an_object_that_says_the_same_changes_nothing() {
    let mut index = Index::default();
    assert_eq!(index.apply(pod("default", "a", "10.0.0.1")).len(), 1);
    assert_eq!(index.apply(pod("default", "a", "10.0.0.1")), vec![]);
}

#[test]
fn one_endpoint_less_is_one_change() {
    let mut index = Index::default();
    index.apply(slice("web-x", "web", &["10.0.0.1", "10.0.0.2", "10.0.0.3"]));
    let changes = index.apply(slice("web-x", "web", &["10.0.0.1", "10.0.0.3"]));
    assert_eq!(changes, vec![Change::Delete(Kind::Endpoint, key("web-x/10.0.0.2"))]);
    assert_eq!(index.endpoints_in(&key("web-x")).count(), 2);
}

#[test]
fn a_slice_takes_its_endpoints_with_it_and_leaves_its_neighbours() {
    let mut index = Index::default();
    index.apply(slice("web", "web", &["10.0.0.1"]));
    index.apply(slice("web-x", "web", &["10.0.0.2"]));
    index.apply(slice("web0", "web", &["10.0.0.3"]));
    index.delete(Kind::EndpointSlice, &key("web"));
    assert_eq!(index.endpoints().map(|endpoint| endpoint.slice.as_str()).collect::<Vec<_>>(), ["web-x", "web0"]);
    assert_eq!(index.slices_of(&key("web")).count(), 2);
}

#[test]
fn what_a_relist_does_not_bring_is_swept_in_its_namespace_only() {
    let mut index = Index::default();
    index.apply(pod("default", "a", "10.0.0.1"));
    index.apply(pod("default", "b", "10.0.0.2"));
    index.apply(pod("shop", "c", "10.0.0.3"));
    let changes = index.reset(Kind::Pod, "default", [pod("default", "b", "10.0.0.2")]);
    assert_eq!(changes, vec![Change::Delete(Kind::Pod, key("a"))]);
    assert_eq!(index.count(Kind::Pod), 2);
}

#[test]
fn a_change_during_a_relist_survives_the_sweep() {
    let mut index = Index::default();
    index.begin(Kind::Pod, "");
    index.begin(Kind::Service, "");
    index.apply(pod("default", "a", "10.0.0.1"));
    index.apply(Object::Row(Row::Service(ServiceFact {
        namespace: "default".into(),
        name: "s".into(),
        ..Default::default()
    })));
    assert_eq!(index.sweep(Kind::Pod, ""), vec![]);
    assert_eq!(index.sweep(Kind::Service, ""), vec![]);
    assert_eq!((index.count(Kind::Pod), index.count(Kind::Service)), (1, 1));
}

#[test]
fn an_ip_is_found_until_its_pod_is_gone() {
    let mut index = Index::default();
    index.apply(pod("default", "a", "10.0.0.1"));
    index.apply(pod("default", "a", "10.0.0.9"));
    let ip = |text: &str| text.parse().unwrap();
    assert_eq!(index.pods_with_ip(ip("10.0.0.1")).count(), 0);
    assert_eq!(index.pods_with_ip(ip("10.0.0.9")).count(), 1);
    index.delete(Kind::Pod, &key("a"));
    assert_eq!(index.claims(ip("10.0.0.9")).count(), 0);
    assert!(index.links.is_empty(), "nothing of a deleted row is left");
}

#[test]
fn a_copy_stays_as_it_was_and_shares_its_rows() {
    let mut index = Index::default();
    (0..200).for_each(|n| drop(index.apply(pod("default", &format!("p{n}"), "10.0.0.1"))));
    let copy = index.clone();
    let before: Vec<Row> = all_rows(&copy).into_iter().cloned().collect();
    index.apply(pod("default", "p0", "10.0.0.2"));
    index.delete(Kind::Pod, &key("p1"));
    assert_eq!(all_rows(&copy), before.iter().collect::<Vec<_>>());
    assert_eq!(copy.pods_with_ip("10.0.0.1".parse().unwrap()).count(), 200);
    let shared = all_rows(&index)
        .into_iter()
        .filter(|row| copy.row(row.kind(), &row.key()).is_some_and(|old| std::ptr::eq(old, *row)));
    assert_eq!(shared.count(), 198);
}

#[derive(Clone, Debug)]
enum Op {
    Apply(Object),
    Delete(Kind, ObjectKey),
    Reset(Kind, Vec<Object>),
}

fn object() -> impl Strategy<Value = Object> {
    let addresses = prop::collection::btree_set(1u8..6, 0..4);
    prop_oneof![
        (0u8..5, 0u8..4).prop_map(|(name, ip)| pod("default", &format!("p{name}"), &format!("10.0.0.{ip}"))),
        (0u8..3, 0u8..2, addresses).prop_map(|(name, service, addresses)| {
            let addresses: Vec<String> = addresses.iter().map(|n| format!("10.0.0.{n}")).collect();
            let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
            slice(&format!("s{name}"), &format!("svc{service}"), &addresses)
        }),
    ]
}

fn op() -> impl Strategy<Value = Op> {
    prop_oneof![
        6 => object().prop_map(Op::Apply),
        2 => object().prop_map(|object| { let (kind, key) = object.target(); Op::Delete(kind, key) }),
        1 => (prop::bool::ANY, prop::collection::vec(object(), 0..6)).prop_map(|(pods, objects)| {
            let kind = if pods { Kind::Pod } else { Kind::EndpointSlice };
            Op::Reset(kind, objects.into_iter().filter(|object| object.target().0 == kind).collect())
        }),
    ]
}

fn all_rows(index: &Index) -> Vec<&Row> {
    index.tables.iter().flatten().map(|(_, stored)| &*stored.row).collect()
}

proptest! {
    #![proptest_config(fixed_seed::config(26, 64))]

    /// The browser's index is fed only the changes, over the wire, and must hold the same rows and the same lookups.
    #[test]
    fn the_clients_view_stays_equal_over_random_operations(ops in prop::collection::vec(op(), 1..200)) {
        let (mut server, mut client) = (Index::default(), Index::default());
        for op in ops {
            let changes = match op {
                Op::Apply(object) => server.apply(object),
                Op::Delete(kind, key) => server.delete(kind, &key),
                Op::Reset(kind, objects) => server.reset(kind, "", objects),
            };
            let mut json = Vec::new();
            crate::wire::write_delta(&mut json, &changes, None);
            let delta: crate::wire::Delta = serde_json::from_slice(&json).unwrap();
            for change in delta.changes {
                client.merge(change);
            }
            prop_assert_eq!(all_rows(&server), all_rows(&client));
        }
        prop_assert_eq!(&server.links, &client.links);
        // The lookups equal those of an index that never knew anything else.
        let mut fresh = Index::default();
        for row in all_rows(&server) {
            fresh.merge(Change::Put(row.clone()));
        }
        prop_assert_eq!(&server.links, &fresh.links);
    }
}
