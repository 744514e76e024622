//! What the truth table does not say: how Nodes are grouped, and what is not known.

mod less_known;

use crate::cluster::coverage::{Coverage, Known};
use crate::cluster::facts::TrafficPolicy;
use crate::cluster::index::Index;
use crate::cluster::key::{Kind, ObjectKey};
use crate::cluster::port::Protocol;
use crate::cluster::row::Row;
use crate::cluster::settings::{ProxyMode, Settings};
use crate::cluster::view::Cluster;
use crate::path::answer::{Evaluation, Reason};
use crate::path::question::{Destination, Source};
use crate::path::resolve::resolve;
use crate::testing::*;

const C1: &str = "10.0.1.100";
const X: &str = "203.0.113.2";

fn settings() -> Settings {
    Settings { cluster_cidrs: vec!["10.0.0.0/8".parse().unwrap()], ..Settings::default() }
}

/// `ip:port`, `ip:port/udp` or `ip`.
fn destination(text: &str) -> Destination {
    let (text, protocol) =
        text.split_once('/').map_or((text, Protocol::Tcp), |(t, p)| (t, Protocol::parse(p).unwrap()));
    match text.parse::<std::net::SocketAddr>() {
        Ok(address) => Destination::port(address.ip(), address.port(), protocol),
        Err(_) => Destination { ip: text.parse().unwrap(), port: None, protocol: protocol.into() },
    }
}

/// `EP{10.0.1.1:8080/m, …}`, `REJECT`, ….
fn words(evaluation: &Evaluation) -> String {
    let masquerade = |value| match value {
        Some(true) => "/m",
        Some(false) => "/-",
        None => "",
    };
    let endpoints: Vec<String> =
        evaluation.endpoints.iter().map(|hop| format!("{}{}", hop.address(), masquerade(hop.masquerade))).collect();
    if endpoints.is_empty() {
        evaluation.outcome.as_str().to_owned()
    } else {
        format!("{}{{{}}}", evaluation.outcome.as_str(), endpoints.join(","))
    }
}

#[track_caller]
fn check(index: &Index, from: &str, to: &str, node: Option<&str>, expected: &str) {
    let source = Source::External(from.parse().unwrap());
    let cluster = Cluster { index, coverage: &Coverage::complete(), settings: &settings() };
    let trace = resolve(cluster, &source, destination(to), node);
    let answers: Vec<String> = trace.evaluations.iter().map(words).collect();
    assert_eq!(answers.join(" | "), expected, "{from} → {to}: {:#?}", trace.evaluations);
}

const BOTH_M: &str = "EP{10.0.1.1:8080/m,10.0.2.1:8080/m}";
const BOTH: &str = "EP{10.0.1.1:8080/-,10.0.2.1:8080/-}";

#[test]
fn a_node_port_is_decided_on_the_node_that_is_asked() {
    let index = cluster();
    let (coverage, settings) = (Coverage::complete(), settings());
    let cluster = Cluster { index: &index, coverage: &coverage, settings: &settings };
    let trace = resolve(cluster, &Source::External(X.parse().unwrap()), destination("192.168.0.3:30080"), None);
    assert_eq!(trace.evaluations.len(), 1);
    assert_eq!(trace.evaluations[0].nodes, ["n2"]);
    assert_eq!(words(&trace.evaluations[0]), BOTH_M);
    assert!(trace.evaluations[0].endpoints.iter().all(|hop| hop.probability == 0.5));
    assert_eq!(trace.evaluations[0].endpoints[0].container.as_deref(), Some("web"));
}

#[test]
fn nodes_that_agree_are_one_group() {
    let mut index = cluster();
    put(&mut index, Row::Node(node(4)));
    change_service(&mut index, |service| service.internal_traffic_policy = TrafficPolicy::Local);
    let cluster = Cluster { index: &index, coverage: &Coverage::complete(), settings: &settings() };
    let trace = resolve(cluster, &Source::AnyPod, destination("172.30.0.41:80"), None);
    let groups: Vec<_> = trace.evaluations.iter().map(|group| (group.nodes.join(","), words(group))).collect();
    assert_eq!(
        groups,
        [
            ("n1".to_owned(), "EP{10.0.1.1:8080/-}".to_owned()),
            ("n2".to_owned(), "EP{10.0.2.1:8080/-}".to_owned()),
            ("n3,n4".to_owned(), "DROP".to_owned()),
        ]
    );
}

/// `svc1` without endpoints has the address of n1 as its external IP, and a Pod of n1 has the port as its hostPort.
fn refused_on_the_address_of_a_node() -> Index {
    let mut index = cluster();
    let ip = crate::cluster::address::ExternalIp::parse("192.168.0.2");
    change_service(&mut index, |service| service.external_ips.extend(ip));
    index.delete(Kind::EndpointSlice, &ObjectKey::new("ns1", "svc1-x"));
    put(&mut index, Row::Pod(host_port_pod("a1", "n1", "10.0.1.1", 80)));
    index
}

#[test]
fn a_refusal_on_the_address_of_a_node_is_not_claimed_while_a_pod_may_have_the_port() {
    let index = refused_on_the_address_of_a_node();
    let mut coverage = Coverage::complete();
    coverage.set(Kind::Pod, "", Known::Forbidden);
    let cluster = Cluster { index: &index, coverage: &coverage, settings: &settings() };
    let ask =
        |to| resolve(cluster, &Source::External(X.parse().unwrap()), destination(to), Some("n1")).evaluations.remove(0);
    assert_eq!(ask("192.168.0.2:80").because, Reason::HostPortsNotKnown);
    assert_eq!(words(&ask("172.30.0.41:80")), "REJECT");
}

#[test]
fn nothing_is_claimed_on_facts_that_are_missing() {
    let rows = [
        (Kind::Pod, "192.168.0.2:30080", Reason::HostPortsNotKnown),
        (Kind::Service, "192.168.0.2:30081", Reason::ServicesNotKnown),
        (Kind::Service, "172.30.0.50:80", Reason::ServicesNotKnown),
        (Kind::EndpointSlice, "172.30.0.41:80", Reason::EndpointSlicesNotKnown { namespace: "ns1".into() }),
    ];
    let index = cluster();
    for (kind, to, because) in &rows {
        for known in [Known::Loading, Known::Forbidden, Known::NotLoaded] {
            let mut coverage = Coverage::complete();
            coverage.set(*kind, "", known);
            let cluster = Cluster { index: &index, coverage: &coverage, settings: &settings() };
            let trace = resolve(cluster, &Source::External(X.parse().unwrap()), destination(to), Some("n1"));
            assert_eq!(words(&trace.evaluations[0]), "UNKNOWN", "{because:?}");
            assert_eq!(trace.evaluations[0].because, *because);
        }
    }
}

#[test]
fn what_each_node_decides_by_itself_is_unknown_without_the_node() {
    let mut index = cluster();
    change_service(&mut index, |service| service.internal_traffic_policy = TrafficPolicy::Local);
    (1..=3).for_each(|n| drop(index.delete(Kind::Node, &ObjectKey::cluster(format!("n{n}")))));
    let cluster = Cluster { index: &index, coverage: &Coverage::complete(), settings: &settings() };
    let trace = resolve(cluster, &Source::AnyPod, destination("172.30.0.41:80"), None);
    assert_eq!(trace.evaluations.iter().map(words).collect::<Vec<_>>(), ["UNKNOWN"]);
    assert_eq!(trace.evaluations[0].because, Reason::LocalPolicyNodeNotKnown);
}

#[test]
fn another_nodes_address_is_decided_there_whatever_node_is_asked() {
    let mut index = cluster();
    change_service(&mut index, |service| service.external_traffic_policy = TrafficPolicy::Local);
    check(&index, X, "192.168.0.3:30080", Some("n1"), "EP{10.0.2.1:8080/-}");
}

#[test]
fn an_address_alone_is_unhandled_because_it_has_no_port() {
    let index = cluster();
    let cluster = Cluster { index: &index, coverage: &Coverage::complete(), settings: &settings() };
    let source = Source::External(C1.parse().unwrap());
    let trace = resolve(cluster, &source, destination("172.30.0.41"), Some("n1"));
    assert_eq!((words(&trace.evaluations[0]).as_str(), &trace.evaluations[0].because), ("UNHANDLED", &Reason::NoPort));
}

#[test]
fn without_nodes_there_is_one_evaluation_on_no_node() {
    let mut index = cluster();
    for n in 1..=3 {
        index.delete(Kind::Node, &ObjectKey::cluster(format!("n{n}")));
    }
    let cluster = Cluster { index: &index, coverage: &Coverage::complete(), settings: &settings() };
    let trace = resolve(cluster, &Source::AnyPod, destination("172.30.0.41:80"), None);
    assert_eq!(trace.evaluations.len(), 1);
    assert_eq!(trace.evaluations[0].node, None);
    assert_eq!(words(&trace.evaluations[0]), BOTH);
}

mod every_node_is_answered_as_if_asked_alone {
    use proptest::prelude::*;

    use super::*;
    use crate::cluster::address::{ClusterIp, ExternalIp, LoadBalancerIp, PodIp};
    use crate::cluster::facts::{
        EndpointFact, LoadBalancerIngress, PodFact, ServiceFact, ServicePortFact, SliceFact, TrafficPolicy,
    };
    use crate::cluster::index::Object;
    use crate::cluster::port::ServicePort;
    use crate::cluster::settings::DetectLocal;
    use crate::path::answer::Outcome;
    use crate::path::document::{EndpointDocument, EvaluationDocument, TraceDocument, TraceOutline};

    const NODES: u8 = 6;
    const SOURCES: [&str; 5] = ["203.0.113.2", "10.0.1.1", "10.0.4.9", "192.168.0.3", "198.51.100.1"];

    prop_compose! {
        /// An endpoint that may be on another Node than its Pod.
        fn an_endpoint()(
            pod in 1..=9u8,
            node in proptest::option::weighted(0.8, 1..=3u8),
            conditions in proptest::sample::select(vec![READY, READY, NOT_READY, TERMINATING]),
            zones in proptest::collection::vec(1..=2u8, 0..=3),
            nodes in proptest::collection::vec(1..=3u8, 0..2),
        ) -> EndpointFact {
            let ip = match pod {
                8 => "192.168.0.3".to_owned(),
                9 => "198.51.100.3".to_owned(),
                _ => format!("10.0.{}.{pod}", pod % 4 + 1),
            };
            EndpointFact {
                node: node.map(|node| format!("n{node}")),
                zone_hints: zones.iter().map(|zone| format!("zone-{zone}")).collect(),
                node_hints: nodes.iter().map(|node| format!("n{node}")).collect(),
                target: None,
                ..endpoint("x", "n1", &ip, conditions)
            }
        }
    }

    /// The evaluations of a shortened answer, each with all its endpoints.
    fn expanded(document: TraceDocument) -> Vec<EvaluationDocument> {
        let listed = document.evaluations.clone();
        let expand = |one: EvaluationDocument, alternative: Option<usize>| {
            let Some(same_as) = one.same_as else { return one };
            let earlier = alternative.map_or(&listed[same_as], |k| &listed[same_as].alternatives[k]);
            assert!(document.shortened && one.endpoints.is_empty() && earlier.same_as.is_none());
            let mut endpoints = earlier.endpoints.clone();
            for change in one.changes {
                let address = |own: &EndpointDocument| (own.ip, own.port) == (change.ip, change.port);
                let at = endpoints.iter().position(address).expect("a change is one of the endpoints");
                endpoints[at] = change;
            }
            EvaluationDocument { endpoints, same_as: None, changes: Vec::new(), ..one }
        };
        let whole = |one: EvaluationDocument| {
            let EvaluationDocument { alternatives, .. } = &one;
            let alternatives = alternatives.iter().cloned().enumerate().map(|(k, one)| expand(one, Some(k))).collect();
            expand(EvaluationDocument { alternatives, ..one }, None)
        };
        document.evaluations.into_iter().map(whole).collect()
    }

    fn policy() -> impl Strategy<Value = TrafficPolicy> {
        proptest::sample::select(vec![TrafficPolicy::Cluster, TrafficPolicy::Local])
    }

    proptest! {
        #![proptest_config(fixed_seed::config(23, 400))]
        #[test]
        fn so_it_is(
            endpoints in proptest::collection::vec(an_endpoint(), 0..6),
            (internal, external) in (policy(), policy()),
            ranges in proptest::sample::subsequence(vec!["203.0.113.0/24", "192.168.0.3/32", "10.0.1.0/24"], 0..=2),
            mode in proptest::sample::select(vec![ProxyMode::Iptables, ProxyMode::Nftables, ProxyMode::Ipvs]),
            masquerade_all in any::<bool>(),
            detect in proptest::sample::select(vec![DetectLocal::ClusterCIDR, DetectLocal::NodeCIDR]),
            from in proptest::sample::select(SOURCES.to_vec()),
            to in proptest::sample::select(vec!["172.30.0.41:80", "198.51.100.1:80", "198.51.100.2:80", "172.30.0.41:81"]),
            any_pod in any::<bool>(),
            overridden in proptest::collection::btree_map(1..=NODES, "n[1-6]|x", 0..3),
            most in 0..12usize,
        ) {
            let mut index = Index::default();
            for n in 1..=NODES {
                let zone = ("topology.kubernetes.io/zone".to_owned(), format!("zone-{}", n % 3));
                put(&mut index, Row::Node(crate::cluster::facts::NodeFact { labels: [zone].into(), ..node(n) }));
            }
            for n in 1..=7u8 {
                let ips = PodIp::parse(&format!("10.0.{}.{n}", n % 4 + 1)).into_iter().collect();
                put(&mut index, Row::Pod(PodFact { ips, ..pod(&format!("a{n}"), &format!("n{}", n % 4 + 1), "10.0.9.9") }));
            }
            let balancer = LoadBalancerIp::parse("198.51.100.2");
            put(&mut index, Row::Service(ServiceFact {
                internal_traffic_policy: internal,
                external_traffic_policy: external,
                external_ips: ExternalIp::parse("198.51.100.1").into_iter().collect(),
                load_balancer: vec![LoadBalancerIngress { ip: balancer, ..LoadBalancerIngress::default() }],
                source_ranges: ranges.iter().map(|range| (*range).to_owned()).collect(),
                ..service()
            }));
            index.apply(slice(endpoints));
            // An endpoint is an address of this Service, whose filters are those of each Node.
            put(&mut index, Row::Service(ServiceFact {
                name: "svc2".into(),
                cluster_ips: ClusterIp::parse("172.30.0.42").into_iter().collect(),
                external_ips: ExternalIp::parse("198.51.100.3").into_iter().collect(),
                external_traffic_policy: external,
                ports: vec![ServicePortFact { port: ServicePort(8080), node_port: None, ..service().ports.remove(0) }],
                ..service()
            }));
            let Object::Slice(own, _) = slice(Vec::new()) else { unreachable!() };
            let on_four = EndpointFact { slice: "svc2-x".into(), ..endpoint("x", "n4", "10.0.1.4", READY) };
            index.apply(Object::Slice(SliceFact { name: "svc2-x".into(), service: Some("svc2".into()), ..own }, vec![on_four]));
            let settings = Settings {
                proxy_mode: mode,
                masquerade_all,
                detect_local: detect,
                hostname_overrides: overridden.into_iter().map(|(node, name)| (format!("n{node}"), name)).collect(),
                ..settings()
            };
            let cluster = Cluster { index: &index, coverage: &Coverage::complete(), settings: &settings };
            let from = if any_pod { Source::AnyPod } else { Source::External(from.parse().unwrap()) };
            let together = resolve(cluster, &from, destination(to), None);
            let whole = TraceDocument::new(&together, &Codes);
            prop_assert!(!whole.shortened);
            let short = TraceDocument::shortened_beyond(&together, &Codes, most);
            let read: TraceOutline = serde_json::from_value(serde_json::to_value(&short).unwrap()).unwrap();
            prop_assert_eq!(read.arrivals(), together.evaluations.iter().map(Evaluation::arrival).collect::<Vec<_>>());
            prop_assert_eq!(expanded(short), whole.evaluations);
            let mut answered = 0;
            for group in &together.evaluations {
                answered += group.nodes.len();
                for node in &group.nodes {
                    let alone = resolve(cluster, &from, destination(to), Some(node)).evaluations.remove(0);
                    prop_assert_eq!(
                        (alone.outcome, &alone.entry, &alone.endpoints),
                        (group.outcome, &group.entry, &group.endpoints),
                        "{}", node
                    );
                }
            }
            prop_assert!(answered == usize::from(NODES) || together.evaluations.iter().all(|one| one.outcome == Outcome::Unhandled));
        }
    }
}
