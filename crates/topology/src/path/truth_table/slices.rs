//! The ES and EM rows: how kube-proxy handles the slices that the controllers write. No controller runs here, so each row sets up the slices
//! of its "expected" column as objects. Rows that only test a controller are not in this table.

use super::*;
use crate::cluster::facts::{SliceFact, SlicePortFact};

const UNREADY: Conditions = NOT_READY;
/// Only `ready` is set, as the mirroring controller does.
const READY_ONLY: Conditions = (Some(true), None, None);
const NOT_READY_ONLY: Conditions = (Some(false), None, None);

pub(super) fn port(name: &str, number: u16) -> SlicePortFact {
    SlicePortFact { name: Some(name.into()), protocol: Protocol::Tcp, port: Some(EndpointPort(number)) }
}

impl Case {
    /// Adds a slice of svc1 with these ports and endpoints.
    pub(super) fn slice(&mut self, name: &str, ports: Vec<SlicePortFact>, endpoints: &[(&str, &str, Conditions)]) -> &mut Self {
        let fact = SliceFact {
            namespace: "ns1".into(),
            name: name.into(),
            service: Some("svc1".into()),
            ports,
            ..SliceFact::default()
        };
        let endpoint = |(node, ip, conditions): &(&str, &str, Conditions)| EndpointFact {
            slice: name.into(),
            node: Some((*node).to_owned()).filter(|node| !node.is_empty()),
            target: None,
            ..endpoint("", "", ip, *conditions)
        };
        self.index.apply(Object::Slice(fact, endpoints.iter().map(endpoint).collect()));
        self
    }

    /// Replaces the fixture's slices by one slice with port http 8080.
    pub(super) fn only(&mut self, endpoints: &[(&str, &str, Conditions)]) -> &mut Self {
        self.without_slices().slice("svc1-x", vec![port("http", 8080)], endpoints)
    }

    fn second_port(&mut self, name: &str, number: u16) -> &mut Self {
        self.service(|service| {
            let mut second = service.ports[0].clone();
            (second.name, second.port) = (name.into(), ServicePort(number));
            service.ports.push(second);
        })
    }
}

const TO: &str = "c1 → 172.30.0.41:80";

#[test]
fn slices_of_the_endpoint_slice_controller() {
    check(&[
        ("ES01; EM02, EM05 as ES01", |c| { c.without_slices(); }, &[same(TO, "REJECT no-ready-endpoint")]),
        ("ES02", |c| { c.without_slices().slice("svc1-x", Vec::new(), &[]); }, &[same(TO, "REJECT no-ready-endpoint")]),
        ("ES03; ES35, EM06 as ES03", |c| { c.only(&[]); }, &[same(TO, "REJECT no-ready-endpoint")]),
        ("ES04", |c| { c.only(&[]).service(|s| s.publish_not_ready = true); }, &[same(TO, "REJECT no-ready-endpoint")]),
        ("ES05; ES15, ES17 as ES05", |c| { c.only(&[("n1", "10.0.1.1", READY)]); }, &[same(TO, "EP{a1}/-")]),
        ("ES06", |c| { c.only(&[("n1", "10.0.1.1", UNREADY)]); }, &[same(TO, "REJECT no-ready-endpoint")]),
        ("ES07", |c| { c.only(&[("n1", "10.0.1.1", (Some(true), Some(false), Some(false)))]); }, &[same(TO, "EP{a1}/-")]),
        ("ES08", |c| { c.only(&[("n1", "10.0.1.1", TERMINATING)]); }, &[same(TO, "EP{a1}/-")]),
        ("ES10", |c| { c.only(&[("n1", "10.0.1.1", NO_SERVING)]); }, &[same(TO, "REJECT no-ready-endpoint")]),
        ("ES11", |c| {
            c.only(&[("n1", "10.0.1.1", READY)]).slice("svc1-y", vec![port("http", 9090)], &[("n2", "10.0.2.1", READY)]);
            c.service(|s| s.ports[0].target_port = TargetPort::Name("http".into()));
        }, &[same(TO, "EP{a1,10.0.2.1:9090}/-")]),
        ("ES13", |c| {
            c.service(|s| s.ports[0].name = "web".into()).second_port("adm", 81).without_slices();
            c.slice("svc1-x", vec![port("web", 8080), port("adm", 8081)], &[("n1", "10.0.1.1", READY)]);
            c.slice("svc1-y", vec![port("web", 8080)], &[("n2", "10.0.2.1", READY)]);
        }, &[same(TO, BOTH), same("c1 → 172.30.0.41:81", "EP{10.0.1.1:8081}/-")]),
        ("ES14", |c| {
            c.service(|s| s.ports[0].protocol = Protocol::Udp).without_slices();
            c.slice("svc1-x", Vec::new(), &[("n1", "10.0.1.1", READY)]);
        }, &[same("c1 → 172.30.0.41:80/udp", "REJECT no-ready-endpoint")]),
        ("ES18", |c| { c.without_slices().slice("svc1-x", Vec::new(), &[("n1", "10.0.1.1", READY)]); }, &[same(TO, "REJECT no-ready-endpoint")]),
        ("ES19", |c| { c.without_slices().slice("svc1-x", vec![port("http", 1234)], &[("n1", "10.0.1.1", READY)]); },
            &[same(TO, "EP{10.0.1.1:1234}/-")]),
        ("ES20", |c| { c.only(&[("n2", "192.168.0.3", READY)]); }, &[same(TO, "EP{192.168.0.3:8080}/-")]),
        ("ES22", |c| {
            c.service(|s| s.cluster_ips.extend(ClusterIp::parse("fd00:172::41"))).slice("svc1-6", vec![port("http", 8080)], &[]);
            let mut six = c.index.slice(&ObjectKey::new("ns1", "svc1-6")).unwrap().clone();
            six.address_type = AddressType::IPv6;
            put(&mut c.index, Row::EndpointSlice(six));
        }, &[same(TO, BOTH), same("h1 → [fd00:172::41]:80", "REJECT no-ready-endpoint")]),
        ("ES33", |c| { c.hints(&[("10.0.1.1", &["1"], &["n1"]), ("10.0.2.1", &["2"], &["n2"])]); },
            &[same(TO, "EP{a1}/-"), same("c2 → 172.30.0.41:80", "EP{a2}/-")]),
    ]);
}

#[test]
fn es23_es30_em08_many_endpoints_in_slices_of_a_hundred() {
    for (id, many) in [("ES23", 250), ("ES30", 1200), ("EM08", 1000)] {
        let mut case = Case::new(ProxyMode::Iptables);
        case.without_slices();
        let ips: Vec<String> = (0..many).map(|n| format!("10.0.{}.{}", 10 + n / 250, 1 + n % 250)).collect();
        for (n, hundred) in ips.chunks(100).enumerate() {
            let endpoints: Vec<(&str, &str, Conditions)> =
                hundred.iter().map(|ip| ("n1", ip.as_str(), READY)).collect();
            case.slice(&format!("svc1-{n}"), vec![port("http", 8080)], &endpoints);
        }
        let cluster = Cluster { index: &case.index, coverage: &Coverage::complete(), settings: &case.settings };
        let to = Destination::port("172.30.0.41".parse().unwrap(), 80, Protocol::Tcp);
        let trace = resolve(cluster, &Source::PodIp("10.0.1.100".parse().unwrap()), to, None);
        let endpoints = &trace.evaluations[0].endpoints;
        assert_eq!(endpoints.len(), many, "{id}");
        assert!(endpoints.iter().is_sorted_by_key(|endpoint| (endpoint.ip, endpoint.port)), "{id}");
    }
}

#[test]
fn slices_of_the_mirroring_controller() {
    check(&[
        ("EM01", |c| { c.only(&[("", "10.9.0.1", READY_ONLY)]).service(|s| s.selector.clear()); }, &[same(TO, "EP{10.9.0.1:8080}/-")]),
        ("EM03", |c| {
            c.without_slices();
            let mut fact = SliceFact { namespace: "ns2".into(), name: "svc1-x".into(), service: Some("svc1".into()), ..SliceFact::default() };
            fact.ports = vec![port("http", 8080)];
            let endpoint = EndpointFact { namespace: "ns2".into(), ..endpoint("", "n1", "10.9.0.1", READY_ONLY) };
            c.index.apply(Object::Slice(fact, vec![endpoint]));
        }, &[same(TO, "REJECT no-ready-endpoint")]),
        ("EM07", |c| { c.only(&[("", "10.9.0.1", NOT_READY_ONLY)]); }, &[same(TO, "REJECT no-ready-endpoint")]),
        ("EM11", |c| {
            c.service(|s| s.cluster_ips.extend(ClusterIp::parse("fd00:172::41"))).only(&[("", "10.9.0.1", READY_ONLY)]);
            c.index.apply(ipv6_slice());
        }, &[same(TO, "EP{10.9.0.1:8080}/-"), same("2001:db8::1 → [fd00:172::41]:80 on n1", "EP{[fd00:10::1]:8080}/-")]),
        ("EM12", |c| { c.node_port().local().only(&[("", "10.9.0.1", READY_ONLY)]); },
            &[same("X → 192.168.0.2:30080", "DROP no-local-endpoint"), same("X → 192.168.0.3:30080", "DROP no-local-endpoint"), same("X → 192.168.0.4:30080", "DROP no-local-endpoint")]),
        ("EM15", |c| {
            let other = crate::cluster::facts::PodFact { namespace: "ns2".into(), ..pod("b1", "n3", "10.0.3.9") };
            put(&mut c.index, Row::Pod(other));
            c.only(&[("", "10.0.3.9", READY_ONLY)]);
        }, &[same(TO, "EP{10.0.3.9:8080}/-")]),
    ]);
}
