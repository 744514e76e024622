use super::*;
use crate::cluster::address::ExternalIp;
use crate::cluster::coverage::{Coverage, Known};
use crate::cluster::facts::{EndpointsFact, ServiceFact};
use crate::cluster::index::Index;
use crate::cluster::row::Row;
use crate::cluster::settings::{ProxyMode, Settings};
use crate::path::trace::trace;
use crate::testing::*;

/// `Pod/ns1 stale [endpoints]`, one for each kind that is missing.
fn missing(known: &[(Kind, &str, Known)], proxy_mode: ProxyMode, from: &str, to: &str) -> Vec<String> {
    let index = cluster();
    let mut coverage = Coverage::complete();
    known.iter().for_each(|(kind, namespace, known)| coverage.set(*kind, namespace, *known));
    let settings = Settings { proxy_mode, ..Settings::default() };
    let cluster = Cluster { index: &index, coverage: &coverage, settings: &settings };
    let answer = trace(cluster, &from.parse().unwrap(), &to.parse().unwrap(), None).unwrap();
    let text = |value: serde_json::Value| value.as_str().unwrap().to_owned();
    let shown = |missing: &MissingKind| {
        let keys: Vec<String> =
            missing.could_change.iter().map(|key| text(serde_json::to_value(key).unwrap())).collect();
        let namespace = missing.namespace.as_ref().map(|namespace| format!("/{namespace}")).unwrap_or_default();
        format!("{}{namespace} {} {}", missing.kind, text(serde_json::to_value(missing.why).unwrap()), keys.join(","))
    };
    answer.missing.iter().map(shown).collect()
}

const OUTSIDE: &str = "external:203.0.113.2";
const FORBIDDEN: [(Kind, &str, Known); 7] = [
    (Kind::Node, "", Known::Stale),
    (Kind::Namespace, "", Known::Forbidden),
    (Kind::ServiceCIDR, "", Known::Absent),
    (Kind::Service, "", Known::Stale),
    (Kind::EndpointSlice, "", Known::Stale),
    (Kind::Endpoints, "", Known::Forbidden),
    (Kind::Pod, "", Known::Stale),
];

#[test]
fn only_what_the_question_needs_is_missing() {
    let rows: [(&str, &str, &[&str]); 9] = [
        // A Cluster IP is its Service's alone.
        ("node:n1", "172.30.0.41:80", &["EndpointSlice/ns1 stale outcome,endpoints", "Pod/ns1 stale endpoints"]),
        (
            "pod-ip:10.9.9.9",
            "172.30.0.41:80",
            &[
                "Node stale node,nodes,endpoints",
                "EndpointSlice/ns1 stale outcome,endpoints",
                "Pod stale node,nodes,endpoints",
            ],
        ),
        (
            OUTSIDE,
            "192.168.0.2:30080",
            &[
                "Service stale outcome,entry,endpoints",
                "EndpointSlice/ns1 stale outcome,endpoints",
                "Pod stale outcome,entry,endpoints",
            ],
        ),
        (OUTSIDE, "192.168.0.2:22", &["Service stale outcome,entry,endpoints", "Pod stale outcome,entry,endpoints"]),
        (OUTSIDE, "10.0.1.1:8080", &["Service stale outcome,entry,endpoints"]),
        (
            OUTSIDE,
            "8.8.8.8:53",
            &[
                "Node stale node,nodes,outcome,entry,endpoints",
                "ServiceCIDR notServed because",
                "Service stale outcome,entry,endpoints",
                "EndpointSlice stale because",
                "Pod stale outcome,entry,endpoints",
            ],
        ),
        (OUTSIDE, "192.168.0.2", &[]),
        ("pod:ns1/a1", "dns:svc1", &["Service/ns1 stale outcome,entry,endpoints"]),
        (
            "pod:ns1/a1",
            "dns:svc1:80",
            &[
                "Service/ns1 stale outcome,entry,endpoints",
                "EndpointSlice/ns1 stale outcome,endpoints",
                "Pod/ns1 stale endpoints",
            ],
        ),
    ];
    for (from, to, expected) in rows {
        assert_eq!(missing(&FORBIDDEN, ProxyMode::Iptables, from, to), expected, "{from} {to}");
        assert!(missing(&[], ProxyMode::Iptables, from, to).is_empty(), "{from} {to}");
    }
}

#[test]
fn a_service_cidr_decides_under_nftables() {
    let known = [(Kind::ServiceCIDR, "", Known::Forbidden)];
    let ask = |mode| missing(&known, mode, OUTSIDE, "8.8.8.8:53");
    assert_eq!(ask(ProxyMode::Nftables), ["ServiceCIDR forbidden outcome"]);
    assert_eq!(ask(ProxyMode::Iptables), ["ServiceCIDR forbidden because"]);
}

#[test]
fn a_namespace_that_is_known_is_not_missing_where_the_cluster_is_not() {
    let known = [(Kind::EndpointSlice, "", Known::NotLoaded), (Kind::EndpointSlice, "ns1", Known::Synced)];
    assert!(missing(&known, ProxyMode::Iptables, "node:n1", "172.30.0.41:80").is_empty());
}

#[test]
fn a_source_that_is_not_known_is_all_that_is_missing() {
    let known = [(Kind::Pod, "", Known::Loading), (Kind::Node, "", Known::Forbidden)];
    let ask = |from| missing(&known, ProxyMode::Iptables, from, "172.30.0.41:80");
    assert_eq!(ask("pod:ns1/zz"), ["Pod/ns1 loading outcome,entry,endpoints"]);
    assert_eq!(ask("node:n9"), ["Node forbidden outcome,entry,endpoints"]);
}

#[test]
fn what_makes_an_answer_unknown_is_missing() {
    for (kind, to) in [
        (Kind::Pod, "192.168.0.2:30080"),
        (Kind::Service, "192.168.0.2:30081"),
        (Kind::Service, "172.30.0.50:80"),
        (Kind::EndpointSlice, "172.30.0.41:80"),
        (Kind::Pod, "8.8.8.8:80"),
        (Kind::Node, "8.8.8.8:80"),
    ] {
        let found = missing(&[(kind, "", Known::NotLoaded)], ProxyMode::Iptables, OUTSIDE, to);
        assert!(found.iter().any(|one| one.contains("notLoaded") && one.contains("outcome")), "{kind} {to}: {found:?}");
    }
}

/// The reason of the only evaluation.
fn because(index: &Index, slices: Known, to: &str) -> Reason {
    let mut coverage = Coverage::complete();
    coverage.set(Kind::EndpointSlice, "", slices);
    let answer = trace(known(index, &coverage), &"node:n1".parse().unwrap(), &to.parse().unwrap(), None).unwrap();
    let [evaluation] = &answer.evaluations[..] else { panic!("one evaluation: {answer:?}") };
    evaluation.because.clone()
}

#[test]
fn slices_that_files_lack_are_no_refusal() {
    let mut index = cluster();
    deleted(&mut index, Kind::EndpointSlice, &ObjectKey::new("ns1", "svc1-x"));
    let service = ObjectKey::new("ns1", "svc1");
    let to = "172.30.0.41:80";
    assert_eq!(because(&index, Known::NotInFiles, to), Reason::NoReadyEndpoint { service: service.clone() });
    assert_eq!(because(&index, Known::NotApplied, to), Reason::EndpointSlicesNotMade { service: service.clone() });
    let omitted = |addresses| Reason::EndpointSlicesNotInFiles { service: service.clone(), addresses };
    assert_eq!(because(&index, Known::OmittedFromFiles, to), omitted(0));
    let endpoints = EndpointsFact {
        namespace: "ns1".to_owned(),
        name: "svc1".to_owned(),
        addresses: 2,
        ..EndpointsFact::default()
    };
    put(&mut index, Row::Endpoints(endpoints));
    assert_eq!(because(&index, Known::OmittedFromFiles, to), omitted(2));
    change_service(&mut index, |service| {
        service.headless = true;
        service.cluster_ips.clear();
    });
    assert_eq!(because(&index, Known::OmittedFromFiles, "dns:svc1.ns1.svc.cluster.local:80"), omitted(2));
}

#[test]
fn a_service_without_a_cluster_ip_is_not_applied() {
    let mut index = cluster();
    change_service(&mut index, |service| {
        service.cluster_ips.clear();
        service.external_ips = vec![ExternalIp::parse("198.51.100.7").unwrap()];
    });
    let not_applied = Reason::ServiceNotApplied { service: ObjectKey::new("ns1", "svc1") };
    for to in ["192.168.0.2:30080", "198.51.100.7:80", "dns:svc1.ns1.svc.cluster.local:80"] {
        assert_eq!(because(&index, Known::Synced, to), not_applied, "{to}");
    }
    // Other ports are not its.
    assert_eq!(because(&index, Known::Synced, "198.51.100.7:81"), Reason::AddressOfNobody);
    assert_eq!(because(&index, Known::Synced, "192.168.0.2:30081"), Reason::NoListenerKnown { node: "n1".to_owned() });
    // An applied Service that has the nodePort is the answer.
    let other = ServiceFact { name: "other".to_owned(), ..service() };
    put(&mut index, Row::Service(other));
    assert_ne!(because(&index, Known::Synced, "192.168.0.2:30080"), not_applied);
}
