//! The DN rows of `cases.md`, and what reference §6 says beside them.

mod coredns;

use super::*;
use crate::cluster::address::ClusterIp;
use crate::cluster::coverage::{Coverage, Known};
use crate::cluster::facts::{AddressType, NamespaceFact, ServiceType, SliceFact, SlicePortFact};
use crate::cluster::index::{Index, Object};
use crate::cluster::key::{Kind, ObjectKey};
use crate::cluster::port::{EndpointPort, Protocol, ServicePort};
use crate::cluster::row::Row;
use crate::cluster::settings::Settings;
use crate::testing::*;

/// `NXDOMAIN`, `NODATA`, or the records.
fn answer_from(index: &Index, coverage: &Coverage, from: &str, question: &str) -> String {
    let settings = Settings::default();
    let crate::path::question::Target::Name(question) = format!("dns:{question}").parse().unwrap() else {
        panic!("no name")
    };
    match answer(Cluster { index, coverage, settings: &settings }, &from.parse().unwrap(), &question) {
        DnsLookup::NotKnown(_) => "not known".to_owned(),
        DnsLookup::Known(Resolved { dns, .. }) if dns.rcode != Rcode::NoError => {
            assert_eq!(dns.records, [], "{}", dns.rcode);
            dns.rcode.to_string()
        }
        DnsLookup::Known(Resolved { dns, .. }) => {
            let record = |record: &DnsRecord| format!("{} {}", record.record_type, record.value);
            dns.records.iter().map(record).collect::<Vec<_>>().join(", ")
        }
    }
}

type Change = fn(&mut Index);
/// The row, what it changes, who asks what, the answer.
type Case = (&'static str, Change, &'static str, &'static str, &'static str);

const SOME_POD: &str = "pod-ip:10.0.1.100";
const NOT_SERVING: Conditions = (Some(false), Some(true), Some(true));

#[track_caller]
fn check(cases: &[Case]) {
    let mut wrong = Vec::new();
    for (id, change, from, question, expected) in cases {
        let mut index = cluster();
        change(&mut index);
        let got = answer_from(&index, &Coverage::complete(), from, question);
        if got != *expected {
            wrong.push(format!("{id} {from} asks {question}: {got}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn headless(index: &mut Index) {
    change_service(index, |service| {
        service.headless = true;
        service.service_type = ServiceType::ClusterIP;
        service.cluster_ips.clear();
    });
}

fn conditions(index: &mut Index, first: Conditions, second: Conditions) {
    headless(index);
    index.apply(slice(vec![endpoint("a1", "n1", "10.0.1.1", first), endpoint("a2", "n2", "10.0.2.1", second)]));
}

fn external_name(index: &mut Index, name: &str) {
    change_service(index, |service| {
        service.service_type = ServiceType::ExternalName;
        service.external_name = Some(name.into());
    });
}

/// A Pod of another namespace, and one on its Node's network.
fn client(index: &mut Index, host_network: bool, dns_policy: DnsPolicy) {
    let ip = if host_network { "192.168.0.2" } else { "10.0.1.7" };
    let client = PodFact { namespace: "ns2".into(), host_network, dns_policy, ..pod("client", "n1", ip) };
    put(index, Row::Pod(client));
}

#[test]
fn the_fixture_as_it_is() {
    let index = cluster();
    for (id, from, question, expected) in [
        ("DN01", SOME_POD, "svc1.ns1.svc.cluster.local?A", "A 172.30.0.41"),
        ("DN01", SOME_POD, "SVC1.ns1.svc.Cluster.Local.?A", "A 172.30.0.41"),
        ("DN01", "external:203.0.113.2", "svc1.ns1.svc.cluster.local", "A 172.30.0.41"),
        ("DN03", SOME_POD, "_http._tcp.svc1.ns1.svc.cluster.local?SRV", "SRV 80 svc1.ns1.svc.cluster.local"),
        ("DN03", SOME_POD, "_http._udp.svc1.ns1.svc.cluster.local?SRV", "NXDOMAIN"),
        ("DN05", SOME_POD, "svc1.ns1.svc.cluster.local?AAAA", "NODATA"),
        ("§6", SOME_POD, "svc9.ns1.svc.cluster.local", "NXDOMAIN"),
        ("§6", SOME_POD, "ns1.svc.cluster.local", "NODATA"),
        ("§6", SOME_POD, "172.30.0.41?PTR", "PTR svc1.ns1.svc.cluster.local"),
        ("§6", SOME_POD, "41.0.30.172.in-addr.arpa?PTR", "PTR svc1.ns1.svc.cluster.local"),
        ("§6", SOME_POD, "172.30.0.99?PTR", "NXDOMAIN"),
        ("§6", SOME_POD, "10-0-2-1.svc1.ns1.svc.cluster.local", "A 10.0.2.1"),
    ] {
        assert_eq!(answer_from(&index, &Coverage::complete(), from, question), expected, "{id} {from} asks {question}");
    }
}

#[test]
fn services_with_a_cluster_ip() {
    let dual_stack: Change = |index| change_service(index, |s| s.cluster_ips.extend(ClusterIp::parse("fd00:172::41")));
    check(&[
        (
            "DN02",
            |i| drop(i.delete(Kind::EndpointSlice, &ObjectKey::new("ns1", "svc1-x"))),
            SOME_POD,
            "svc1.ns1.svc.cluster.local?A",
            "A 172.30.0.41",
        ),
        (
            "DN04",
            |i| change_service(i, |s| s.ports[0].name.clear()),
            SOME_POD,
            "_http._tcp.svc1.ns1.svc.cluster.local?SRV",
            "NXDOMAIN",
        ),
        // `cases.md` has no record here; CoreDNS gives every port at the Service's own name.
        (
            "DN04",
            |i| change_service(i, |s| s.ports[0].name.clear()),
            SOME_POD,
            "svc1.ns1.svc.cluster.local?SRV",
            "SRV 80 svc1.ns1.svc.cluster.local",
        ),
        ("DN05", dual_stack, SOME_POD, "svc1.ns1.svc.cluster.local", "A 172.30.0.41, AAAA fd00:172::41"),
    ]);
}

#[test]
fn headless_services() {
    let named: Change = |index| {
        headless(index);
        change_endpoint(index, "10.0.1.1", |endpoint| endpoint.hostname = Some("h".into()));
    };
    let without_ports: Change = |index| {
        headless(index);
        change_slice(index, |slice| {
            slice.ports.clear();
            slice.headless = true;
        });
    };
    check(&[
        ("DN06", |i| conditions(i, READY, NOT_READY), SOME_POD, "svc1.ns1.svc.cluster.local?A", "A 10.0.1.1"),
        // publishNotReadyAddresses is what the slice controller made of it: ready is true.
        (
            "DN07",
            |i| conditions(i, READY, (Some(true), Some(false), Some(false))),
            SOME_POD,
            "svc1.ns1.svc.cluster.local?A",
            "A 10.0.1.1, A 10.0.2.1",
        ),
        ("DN08", |i| conditions(i, NOT_SERVING, NOT_SERVING), SOME_POD, "svc1.ns1.svc.cluster.local?A", "NXDOMAIN"),
        ("DN10", named, SOME_POD, "h.svc1.ns1.svc.cluster.local?A", "A 10.0.1.1"),
        ("DN10", named, SOME_POD, "10-0-1-1.svc1.ns1.svc.cluster.local", "NXDOMAIN"),
        ("§6", named, SOME_POD, "10-0-2-1.svc1.ns1.svc.cluster.local", "A 10.0.2.1"),
        ("§6", named, SOME_POD, "10.0.1.1?PTR", "PTR h.svc1.ns1.svc.cluster.local"),
        ("§6", named, SOME_POD, "10.0.2.1?PTR", "PTR 10-0-2-1.svc1.ns1.svc.cluster.local"),
        (
            "§6",
            named,
            SOME_POD,
            "_http._tcp.svc1.ns1.svc.cluster.local?SRV",
            "SRV 8080 10-0-2-1.svc1.ns1.svc.cluster.local, SRV 8080 h.svc1.ns1.svc.cluster.local",
        ),
        ("§6", headless, SOME_POD, "svc1.ns1.svc.cluster.local?AAAA", "NODATA"),
        ("ES26", without_ports, SOME_POD, "svc1.ns1.svc.cluster.local", "A 10.0.1.1, A 10.0.2.1"),
    ]);
}

#[test]
fn dn16_slices_of_ones_own() {
    let two: Change = |index| {
        headless(index);
        change_service(index, |service| {
            service.selector.clear();
            let mut https = service.ports[0].clone();
            (https.name, https.port) = ("https".into(), ServicePort(443));
            service.ports.push(https);
        });
        index.delete(Kind::EndpointSlice, &ObjectKey::new("ns1", "svc1-x"));
        for (name, ip, port, number) in [("one", "1.2.3.4", "http", 80), ("two", "5.6.7.8", "https", 443)] {
            let fact = SliceFact {
                namespace: "ns1".into(),
                name: name.into(),
                service: Some("svc1".into()),
                ports: vec![SlicePortFact {
                    name: Some(port.into()),
                    protocol: Protocol::Tcp,
                    port: Some(EndpointPort(number)),
                }],
                address_type: AddressType::IPv4,
                ..SliceFact::default()
            };
            let mut endpoint = endpoint("", "n1", ip, READY);
            endpoint.slice = name.into();
            endpoint.target = None;
            index.apply(Object::Slice(fact, vec![endpoint]));
        }
    };
    check(&[
        ("DN16", two, SOME_POD, "svc1.ns1.svc.cluster.local?A", "A 1.2.3.4, A 5.6.7.8"),
        (
            "DN16",
            two,
            SOME_POD,
            "_https._tcp.svc1.ns1.svc.cluster.local?SRV",
            "SRV 443 5-6-7-8.svc1.ns1.svc.cluster.local",
        ),
    ]);
}

#[test]
fn external_names() {
    let in_cluster: Change = |index| {
        let mut target = service();
        target.name = "svc2".into();
        put(index, Row::Service(target));
        external_name(index, "svc2.ns1.svc.cluster.local");
    };
    let missing: Change = |index| external_name(index, "svc9.ns1.svc.cluster.local.");
    let circle: Change = |index| external_name(index, "svc1.ns1.svc.cluster.local");
    check(&[
        (
            "DN12",
            |i| external_name(i, "foo.example.com"),
            SOME_POD,
            "svc1.ns1.svc.cluster.local?CNAME",
            "CNAME foo.example.com.",
        ),
        ("DN12", |i| external_name(i, "foo.example.com."), SOME_POD, "svc1.ns1", "CNAME foo.example.com."),
        (
            "DN12",
            |i| external_name(i, "foo.example.com"),
            SOME_POD,
            "_http._tcp.svc1.ns1.svc.cluster.local?SRV",
            "NXDOMAIN",
        ),
        ("DN13", |i| external_name(i, "1.2.3.4"), SOME_POD, "svc1.ns1.svc.cluster.local?A", "NXDOMAIN"),
        ("§6", in_cluster, SOME_POD, "svc1.ns1", "CNAME svc2.ns1.svc.cluster.local., A 172.30.0.41"),
        ("§6", missing, SOME_POD, "svc1.ns1", "NODATA"),
        // Nobody's question goes round for ever.
        ("§6", circle, SOME_POD, "svc1.ns1", "NODATA"),
    ]);
}

#[test]
fn who_asks() {
    let pod: Change = |index| client(index, false, DnsPolicy::ClusterFirst);
    let host: Change = |index| client(index, true, DnsPolicy::ClusterFirst);
    let host_first: Change = |index| client(index, true, DnsPolicy::ClusterFirstWithHostNet);
    let node_s: Change = |index| client(index, false, DnsPolicy::Default);
    let own: Change = |index| client(index, false, DnsPolicy::None);
    check(&[
        ("DN14", pod, "pod:ns2/client", "svc1", "NXDOMAIN"),
        ("DN14", pod, "pod:ns2/client", "svc1.ns1", "A 172.30.0.41"),
        ("DN14", pod, "pod:ns2/client", "svc1.ns1.svc", "A 172.30.0.41"),
        ("DN14", pod, "pod:ns2/client", "svc1.ns1.", "NXDOMAIN"),
        ("DN14", pod, "pod:ns1/a1", "svc1", "A 172.30.0.41"),
        ("DN14", pod, "pod-ip:10.0.1.1", "svc1", "A 172.30.0.41"),
        ("DN14", pod, "pod:ns2/client", "svc1.ns1?AAAA", "NODATA"),
        ("DN14", pod, "external:203.0.113.2", "svc1.ns1", "NXDOMAIN"),
        ("DN15", host, "pod:ns2/client", "svc1.ns1", "NXDOMAIN"),
        ("DN15", host, "pod:ns2/client", "svc1.ns1.svc.cluster.local", "NXDOMAIN"),
        ("DN15", host_first, "pod:ns2/client", "svc1.ns1", "A 172.30.0.41"),
        ("§6", node_s, "pod:ns2/client", "svc1.ns1.svc.cluster.local", "NXDOMAIN"),
        ("§6", own, "pod:ns2/client", "svc1.ns1.svc.cluster.local", "not known"),
        ("§6", pod, "pod:ns2/client", "example.com", "not known"),
        ("§6", pod, "pod:ns2/client", "10-0-1-1.ns1.pod.cluster.local", "A 10.0.1.1"),
        ("§6", pod, "pod:ns2/client", "fd00--1.ns1.pod.cluster.local", "AAAA fd00::1"),
        ("§6", pod, "pod:ns2/client", "10-0-1-1.ns9.pod.cluster.local", "NXDOMAIN"),
    ]);
}

#[test]
fn what_is_not_covered_is_not_denied() {
    let mut index = cluster();
    put(&mut index, Row::Namespace(NamespaceFact { name: "ns1".into(), ..NamespaceFact::default() }));
    let mut coverage = Coverage::complete();
    coverage.set(Kind::Service, "", Known::Forbidden);
    coverage.set(Kind::EndpointSlice, "", Known::Loading);
    let ask = |question| answer_from(&index, &coverage, SOME_POD, question);
    assert_eq!(ask("svc1.ns1.svc.cluster.local"), "A 172.30.0.41");
    assert_eq!(ask("svc9.ns1.svc.cluster.local"), "not known");
    assert_eq!(ask("172.30.0.99?PTR"), "not known");
    headless(&mut index);
    assert_eq!(answer_from(&index, &coverage, SOME_POD, "svc1.ns1.svc.cluster.local"), "not known");
}
