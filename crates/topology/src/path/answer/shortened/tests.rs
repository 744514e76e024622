use super::*;
use crate::cluster::coverage::Coverage;
use crate::cluster::facts::TrafficPolicy;
use crate::cluster::index::Index;
use crate::cluster::port::Protocol;
use crate::cluster::row::Row;
use crate::cluster::settings::Settings;
use crate::cluster::view::Cluster;
use crate::path::answer::Trace;
use crate::path::document::TraceDocument;
use crate::path::question::Destination;
use crate::path::resolve::resolve;
use crate::testing::*;

/// Nodes with one endpoint each, and one Node without.
fn one_on_each(nodes: u8) -> Index {
    let mut index = cluster();
    let mut endpoints = Vec::new();
    for n in 1..=nodes {
        let (name, ip) = (format!("a{n}"), format!("10.0.{n}.1"));
        put(&mut index, Row::Node(node(n)));
        put(&mut index, Row::Pod(pod(&name, &format!("n{n}"), &ip)));
        endpoints.push(endpoint(&name, &format!("n{n}"), &ip, READY));
    }
    put(&mut index, Row::Node(node(nodes + 1)));
    index.apply(slice(endpoints));
    index
}

/// From outside to the Service's Cluster IP, on each Node, without a detector of Pods.
fn on_each(index: &Index) -> Trace {
    let cluster = Cluster { index, coverage: &Coverage::complete(), settings: &Settings::default() };
    let to = Destination::port("172.30.0.41".parse().unwrap(), 80, Protocol::Tcp);
    resolve(cluster, &"external:203.0.113.2".parse().unwrap(), to, None)
}

#[test]
fn nodes_that_differ_in_their_own_endpoints_share_one_list() {
    let trace = on_each(&one_on_each(9));
    assert_eq!(trace.evaluations.len(), 10);
    assert_eq!(distinct_lists(&trace.evaluations).len(), 1);
    assert_eq!(distinct_endpoints(&trace.evaluations).count(), 9);
    for evaluation in &trace.evaluations {
        let own = |hop: &EndpointHop| hop.node == evaluation.node;
        for hop in evaluation.endpoints.iter() {
            assert_eq!(hop.asymmetric_return, !own(hop), "{hop:?} on {:?}", evaluation.node);
        }
        let some_arrive = evaluation.endpoints.iter().any(|hop| hop.arrives() == Some(true));
        assert!(!some_arrive && !evaluation.arrives(), "a client outside needs a route to a Cluster IP");
    }
}

#[test]
fn an_answer_is_shortened_if_it_would_list_more_endpoints_than_the_limit() {
    let trace = on_each(&one_on_each(9));
    for (most, shortened) in [(90, false), (89, true), (0, true)] {
        let lists = ShortenedLists::of(&trace.evaluations, most);
        assert_eq!((lists.shortened, lists.same_as(0, None)), (shortened, None));
        assert!((1..10).all(|n| lists.same_as(n, None) == shortened.then_some(0)), "{lists:?}");
    }
    let document = TraceDocument::shortened_beyond(&trace, &Codes, 89);
    let listed: Vec<usize> = document.evaluations.iter().map(|one| one.endpoints.len()).collect();
    assert_eq!(listed, [9, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    // Each Node differs from the first one in the first one's endpoint and in its own.
    let changes: Vec<usize> = document.evaluations.iter().map(|one| one.changes.len()).collect();
    assert_eq!(changes, [0, 1, 2, 2, 2, 2, 2, 2, 2, 2]);
}

#[test]
fn lists_of_other_endpoints_are_listed_whole() {
    let mut index = one_on_each(9);
    change_service(&mut index, |service| service.internal_traffic_policy = TrafficPolicy::Local);
    let trace = on_each(&index);
    let lists = ShortenedLists::of(&trace.evaluations, 0);
    assert!(lists.shortened && (0..10).all(|n| lists.same_as(n, None).is_none()));
    assert_eq!(distinct_endpoints(&trace.evaluations).count(), 9);
}

#[test]
fn changes_count_in_what_is_said_of_a_whole_list() {
    let trace = on_each(&one_on_each(3));
    let [first, second] = [&trace.evaluations[0].endpoints, &trace.evaluations[1].endpoints];
    assert!(first != second && first.shares_with(second) && first.same_addresses(second));
    assert_ne!(first.checksum(), second.checksum());
    let copy = EndpointList::from(second.iter().cloned().collect::<Vec<_>>());
    assert_eq!((&copy, copy.checksum()), (second, second.checksum()));
    assert!(!copy.shares_with(second) && copy.differences(second).is_none());
    let hop = &second[1];
    assert_eq!(second.with_ip(hop.ip).collect::<Vec<_>>(), [hop]);
    assert!(second.contains(hop.ip, hop.port) && !second.contains(hop.ip, hop.port + 1));
}
