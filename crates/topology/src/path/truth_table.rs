//! The truth table of the reference (`cases.md`) as tests for both backends. Each row has its id. `dns/tests.rs` has the rows about DNS;
//! rows about Ingress and NetworkPolicy have no test because kubehop does not evaluate them.

#[rustfmt::skip]
mod case;
#[rustfmt::skip]
mod filters;
#[rustfmt::skip]
mod host_ports;
#[rustfmt::skip]
mod slices;


use crate::cluster::address::{ClusterIp, ExternalIp, LoadBalancerIp, NodeIp};
use crate::cluster::facts::{
    AddressType, EndpointFact, LoadBalancerIngress, ServiceFact, ServicePortFact, ServiceType, TrafficPolicy,
};
use crate::cluster::coverage::Coverage;
use crate::cluster::index::Object;
use crate::cluster::key::ObjectKey;
use crate::path::question::{Destination, Source};
use crate::path::resolve::resolve;
use crate::cluster::port::{EndpointPort, HostPort, NodePort, Protocol, ServicePort, TargetPort};
use crate::cluster::row::Row;
use crate::cluster::settings::{NodePortAddress, ProxyMode};
use crate::testing::*;
use crate::cluster::view::Cluster;
use case::*;

#[test]
fn the_fixture_as_it_is() {
    let rows: [(&str, &[Probe]); 8] = [
        ("KP01; ES25, ES34 as KP01", &[same("c1 → 172.30.0.41:80", BOTH)]),
        ("KP06", &[differs("c1 → 172.30.0.41:80/udp", "UNHANDLED no-such-port", "REJECT no-such-port-refused")]),
        ("KP07", &[differs("c1 → 172.30.0.41:443", "UNHANDLED no-such-port", "REJECT no-such-port-refused")]),
        ("KP08", &[differs("c1 → 172.30.0.50:80", "UNHANDLED unused-cluster-ip", "DROP unused-cluster-ip-dropped")]),
        ("KP87", &[same("h1 → 172.30.0.41:80", BOTH_M)]),
        ("KP88", &[same("X → 172.30.0.41:80 on n1", BOTH_M)]),
        ("KP93", &[differs("c1 → 172.30.0.41/icmp", "UNHANDLED ping-of-cluster-ip", "REJECT no-such-port-refused")]),
        ("HP07", &[same("c1 → 10.0.2.1:8080", "DIRECT{a2}"), same("c1 → 10.0.2.1:9999", "DIRECT{10.0.2.1:9999}")]),
    ];
    for mode in [ProxyMode::Iptables, ProxyMode::Nftables] {
        let case = Case::new(mode);
        for (id, probes) in rows {
            assert!(case.wrong(mode, probes).is_empty(), "{id} {:?}", case.wrong(mode, probes));
        }
    }
}

#[test]
fn cluster_ips() {
    check(&[
        ("KP02", |c| { c.conditions(&[READY]); }, &[same("10.0.1.1 → 172.30.0.41:80 on n1", "EP{a1}/m")]),
        ("KP04", |c| { c.service(|s| s.ports[0].target_port = TargetPort::Number(9999)); }, &[same("c1 → 172.30.0.41:80", BOTH)]),
        ("KP10, KP11", |c| { c.service(|s| s.internal_traffic_policy = TrafficPolicy::Local); },
            &[same("c1 → 172.30.0.41:80", "EP{a1}/-"), same("c3 → 172.30.0.41:80", "DROP no-local-endpoint")]),
        ("KP13", |c| { c.node_port().service(|s| s.internal_traffic_policy = TrafficPolicy::Local); },
            &[same("c3 → 172.30.0.41:80", "DROP no-local-endpoint"), same("X → 192.168.0.4:30080", BOTH_M)]),
        ("KP39; ES27 as KP39", |c| { c.service(|s| s.service_type = ServiceType::ExternalName); }, &[differs("c1 → 172.30.0.41:80", "UNHANDLED unused-cluster-ip", "DROP unused-cluster-ip-dropped")]),
        ("KP45", |c| { change_slice(&mut c.index, |s| s.address_type = AddressType::IPv6); c.endpoints(vec![endpoint("a1", "n1", "fd00::1", READY)]); },
            &[same("c1 → 172.30.0.41:80", "REJECT no-ready-endpoint")]),
        ("KP46", |c| { c.service(|s| s.cluster_ips.extend(ClusterIp::parse("fd00:172::41"))); },
            &[same("c1 → 172.30.0.41:80", BOTH), same("X → [fd00:172::41]:80 on n1", "REJECT no-ready-endpoint")]),
        ("KP83", |c| { c.node_port(); }, &[differs("c1 → 172.30.0.41:30080", "UNHANDLED no-such-port", "REJECT no-such-port-refused")]),
        ("KP89", |c| c.settings.masquerade_all = true, &[same("c1 → 172.30.0.41:80", BOTH_M)]),
        ("KP90", |c| c.settings.cluster_cidrs.clear(),
            &[same("h1 → 172.30.0.41:80", BOTH), same("X → 172.30.0.41:80 on n1", "EP{a1,a2!}/-")]),
        ("KP101", |c| { c.local(); }, &[same("c1 → 172.30.0.41:80", BOTH)]),
        ("KP102", |c| { c.service(|s| s.internal_traffic_policy = TrafficPolicy::Local); c.settings.hostname_overrides.insert("n1".into(), "node1.example".into()); },
            &[same("c1 → 172.30.0.41:80", "DROP no-local-endpoint")]),
        ("KP103", |c| { c.service(|s| s.cluster_ips = ClusterIp::parse("172.30.0.041").into_iter().collect()); c.endpoints(vec![endpoint("a1", "n1", "10.0.1.001", READY)]); },
            &[same("c1 → 172.30.0.41:80", "EP{a1}/-")]),
    ]);
}

#[test]
fn protocols_share_a_number() {
    let three = |case: &mut Case| {
        case.service(|service| {
            let port = |name: &str, protocol| ServicePortFact {
                name: name.into(),
                protocol,
                port: ServicePort(53),
                target_port: TargetPort::Number(53),
                node_port: None,
            };
            service.ports = vec![port("dns-udp", Protocol::Udp), port("dns-tcp", Protocol::Tcp), port("dns-sctp", Protocol::Sctp)];
        });
        change_slice(&mut case.index, |slice| {
            let port = |name: &str, protocol, number| crate::cluster::facts::SlicePortFact { name: Some(name.into()), protocol, port: Some(EndpointPort(number)) };
            slice.ports = vec![port("dns-udp", Protocol::Udp, 53), port("dns-tcp", Protocol::Tcp, 5353), port("dns-sctp", Protocol::Sctp, 53)];
        });
    };
    check(&[("KP05", three, &[
        same("c1 → 172.30.0.41:53/udp", "EP{10.0.1.1:53,10.0.2.1:53}/-"),
        same("c1 → 172.30.0.41:53", "EP{10.0.1.1:5353,10.0.2.1:5353}/-"),
        same("c1 → 172.30.0.41:53/sctp", "EP{10.0.1.1:53,10.0.2.1:53}/-"),
    ])]);
}

#[test]
fn external_addresses() {
    check(&[
        ("KP09", |c| { c.load_balancer().external_ip().without_slices(); }, &[
            same("c1 → 172.30.0.41:80", "REJECT no-ready-endpoint"), same("c1 → 192.168.99.11:80", "REJECT no-ready-endpoint"), same("X → 192.168.99.11:80", "REJECT no-ready-endpoint"),
            same("c1 → 1.2.3.4:80", "REJECT no-ready-endpoint"), same("X → 1.2.3.4:80", "REJECT no-ready-endpoint"), same("c1 → 192.168.0.2:30080", "REJECT no-ready-endpoint"), same("X → 192.168.0.2:30080", "REJECT no-ready-endpoint"),
        ]),
        ("KP14, KP16, KP17, KP18", |c| { c.node_port().local(); }, &[
            same("X → 192.168.0.2:30080", "EP{a1}/-"), same("X → 192.168.0.4:30080", "DROP no-local-endpoint"), same("c1 → 192.168.0.2:30080", BOTH),
            same("h1 → 192.168.0.2:30080", BOTH_M), differs("lo1 → 127.0.0.1:30080", BOTH_M, "UNHANDLED no-listener-known"),
        ]),
        ("KP21, KP22", |c| { c.load_balancer().local(); },
            &[same("c1 → 1.2.3.4:80", BOTH), same("X → 1.2.3.4:80 on n1", "EP{a1}/-"), same("X → 1.2.3.4:80 on n3", "DROP no-local-endpoint")]),
        ("KP23", |c| { c.load_balancer(); }, &[same("c1 → 1.2.3.4:80", BOTH_M)]),
        ("KP24", |c| { c.node_port(); }, &[same("X → 192.168.0.2:30080", BOTH_M)]),
        ("KP25", |c| { c.node_port().local(); for ip in ["10.0.1.1", "10.0.2.1"] { change_endpoint(&mut c.index, ip, |e| e.node = None); } }, &[
            same("X → 192.168.0.2:30080", "DROP no-local-endpoint"), same("X → 192.168.0.3:30080", "DROP no-local-endpoint"), same("X → 192.168.0.4:30080", "DROP no-local-endpoint"), same("c1 → 192.168.0.2:30080", BOTH),
        ]),
        ("KP26, KP27, KP28", |c| { c.load_balancer().ranges(&["192.168.0.0/24", " 203.0.113.0/25"]); }, &[
            same("X → 1.2.3.4:80", BOTH_M), same("XB → 1.2.3.4:80", "DROP source-not-in-ranges"), same("XB → 192.168.0.2:30080", BOTH_M),
            same("c1 → 1.2.3.4:80", "DROP source-not-in-ranges"), same("c1 → 172.30.0.41:80", BOTH),
            same("h1 → 1.2.3.4:80", BOTH_M), same("1.2.3.4 → 1.2.3.4:80 on n1", BOTH_M),
        ]),
        ("KP29", |c| { c.load_balancer().ranges(&["203.0.113.0/25"]); }, &[same("1.2.3.4 → 1.2.3.4:80 on n1", "DROP source-not-in-ranges"), same("h1 → 1.2.3.4:80", "DROP source-not-in-ranges")]),
        ("KP30", |c| { c.load_balancer().ranges(&["10.9.0.0/16", "0.0.0.0/0"]); }, &[same("XB → 1.2.3.4:80", BOTH_M)]),
        ("KP33", |c| { c.load_balancer().service(|s| s.load_balancer[0].proxy_mode = true); }, &[same("c1 → 1.2.3.4:80", "UNHANDLED address-of-nobody")]),
        ("KP34", |c| { c.load_balancer().service(|s| s.load_balancer = vec![LoadBalancerIngress { hostname: Some("lb.example.com".into()), ..Default::default() }]); },
            &[same("c1 → 198.51.100.7:80", "UNHANDLED address-of-nobody"), same("X → 192.168.0.2:30080", BOTH_M)]),
        ("KP35", |c| { c.external_ip(); }, &[same("X → 192.168.99.11:80", BOTH_M), same("c1 → 192.168.99.11:80", BOTH_M)]),
        ("KP36", |c| { c.external_ip(); c.settings.allow_external_ips = false; }, &[same("X → 192.168.99.11:80", "UNHANDLED address-of-nobody")]),
        ("KP37", |c| {
            c.external_ip();
            let mut other = c.index.service(&ObjectKey::new("ns1", "svc1")).unwrap().clone();
            (other.namespace, other.name, other.cluster_ips) = ("ns2".into(), "svc2".into(), ClusterIp::parse("172.30.0.42").into_iter().collect());
            put(&mut c.index, Row::Service(other));
            let Object::Slice(mut fact, _) = slice(Vec::new()) else { unreachable!() };
            (fact.namespace, fact.service) = ("ns2".into(), Some("svc2".into()));
            let backend = EndpointFact { namespace: "ns2".into(), target: None, ..endpoint("", "n3", "10.0.3.1", READY) };
            c.index.apply(Object::Slice(fact, vec![backend]));
        }, &[same("X → 192.168.99.11:80", "AMBIGUOUS several-claims")]),
        ("KP62", |c| { c.load_balancer().local().conditions(&[NO_SERVING, NO_SERVING]); }, &[same("c1 → 172.30.0.41:80", "REJECT no-ready-endpoint"), same("X → 1.2.3.4:80", "REJECT no-ready-endpoint")]),
        ("KP97", |c| { c.load_balancer().ranges(&["203.0.113.0/25"]).external_ip(); }, &[same("XB → 192.168.99.11:80", BOTH_M)]),
        ("KP98", |c| { c.load_balancer().service(|s| s.ports[0].node_port = None); }, &[same("X → 192.168.0.2:30080", "UNHANDLED no-listener-known"), same("X → 1.2.3.4:80", BOTH_M)]),
        ("KP100", |c| { c.load_balancer().local().conditions(&[TERMINATING]); }, &[same("X → 1.2.3.4:80 on n1", "EP{a1}/-")]),
        ("KP108", |c| { c.service(|s| { s.external_ips.extend(ExternalIp::parse("192.168.0.2")); s.ports[0].port = ServicePort(22); }); }, &[same("X → 192.168.0.2:22", BOTH_M)]),
    ]);
}

#[test]
fn slices_that_do_not_count() {
    check(&[
        ("KP41", |c| change_slice(&mut c.index, |s| s.headless = true), &[same("c1 → 172.30.0.41:80", "REJECT no-ready-endpoint")]),
        ("KP42", |c| change_slice(&mut c.index, |s| s.service = None), &[same("c1 → 172.30.0.41:80", "REJECT no-ready-endpoint")]),
        ("KP43", |c| {
            c.without_slices();
            let Object::Slice(mut fact, mut endpoints) = slice(vec![endpoint("a1", "n1", "10.0.1.1", READY)]) else { unreachable!() };
            fact.namespace = "ns2".into();
            endpoints.iter_mut().for_each(|endpoint| endpoint.namespace = "ns2".into());
            c.index.apply(Object::Slice(fact, endpoints));
        }, &[same("c1 → 172.30.0.41:80", "REJECT no-ready-endpoint")]),
        ("KP44", |c| change_slice(&mut c.index, |s| s.address_type = AddressType::FQDN), &[same("c1 → 172.30.0.41:80", "REJECT no-ready-endpoint")]),
        ("KP48", |c| change_slice(&mut c.index, |s| s.ports[0].port = None), &[same("c1 → 172.30.0.41:80", "REJECT no-ready-endpoint")]),
        ("KP49", |c| change_slice(&mut c.index, |s| s.ports[0].name = Some("web".into())), &[same("c1 → 172.30.0.41:80", "REJECT no-ready-endpoint")]),
        ("KP50", |c| { c.service(|s| s.ports[0].name = String::new()); change_slice(&mut c.index, |s| s.ports[0].name = Some(String::new())); }, &[same("c1 → 172.30.0.41:80", BOTH)]),
        ("KP50", |c| { c.service(|s| s.ports[0].name = String::new()); }, &[same("c1 → 172.30.0.41:80", "REJECT no-ready-endpoint")]),
        ("§1.3: a port without a name", |c| change_slice(&mut c.index, |s| s.ports[0].name = None), &[same("c1 → 172.30.0.41:80", "REJECT no-ready-endpoint")]),
        ("KP51", |c| change_slice(&mut c.index, |s| s.ports[0].protocol = Protocol::Udp), &[same("c1 → 172.30.0.41:80", "REJECT no-ready-endpoint")]),
    ]);
}

#[test]
fn readiness_and_termination() {
    check(&[
        ("KP54", |c| {
            let mut three: Vec<EndpointFact> = [TERMINATING, READY, NO_SERVING].map(|conditions| endpoint("a1", "n1", "10.0.1.1", conditions)).into();
            three.iter_mut().enumerate().for_each(|(n, endpoint)| endpoint.occurrence = n as u32);
            c.endpoints(three);
        }, &[same("c1 → 172.30.0.41:80", "EP{a1}/-")]),
        ("KP55", |c| { c.conditions(&[(None, None, None)]); }, &[same("c1 → 172.30.0.41:80", "EP{a1}/-")]),
        ("KP56", |c| { c.conditions(&[(Some(false), None, None)]); }, &[same("c1 → 172.30.0.41:80", "REJECT no-ready-endpoint")]),
        ("§2.1: one ready, one terminating", |c| { c.conditions(&[TERMINATING, READY]); }, &[same("c1 → 172.30.0.41:80", "EP{a2}/-")]),
        ("§2.1: one ready, one not", |c| { c.conditions(&[READY, NOT_READY]); }, &[same("c1 → 172.30.0.41:80", "EP{a1}/-")]),
        ("KP58", |c| { c.conditions(&[TERMINATING, TERMINATING]); }, &[same("c1 → 172.30.0.41:80", BOTH)]),
        ("KP59", |c| { c.conditions(&[NO_SERVING, NO_SERVING]); }, &[same("c1 → 172.30.0.41:80", "REJECT no-ready-endpoint")]),
    ]);
}

#[test]
fn topology_hints() {
    let same_node: Change = |c| { c.hints(&[("10.0.1.1", &["1"], &["n1"]), ("10.0.2.1", &["2"], &["n2"]), ("10.0.1.4", &["1"], &["n4"])]); };
    check(&[
        ("KP63", |c| { c.hints(&[("10.0.1.1", &["1"], &[]), ("10.0.2.1", &["2"], &[]), ("10.0.3.1", &["3"], &[])]); }, &[same("c1 → 172.30.0.41:80", "EP{a1}/-")]),
        ("KP64; ES32 as KP64", |c| { c.hints(&[("10.0.1.1", &["1"], &[]), ("10.0.2.1", &[], &[])]); }, &[same("c1 → 172.30.0.41:80", BOTH)]),
        ("KP65", |c| { c.hints(&[("10.0.1.1", &["2"], &[]), ("10.0.2.1", &["2"], &[])]); }, &[same("c1 → 172.30.0.41:80", BOTH)]),
        ("KP66", |c| {
            c.hints(&[("10.0.1.1", &["1"], &[]), ("10.0.2.1", &["2"], &[])]);
            let mut first = node(1);
            first.labels.clear();
            put(&mut c.index, Row::Node(first));
        }, &[same("c1 → 172.30.0.41:80", BOTH)]),
        ("KP68", |c| { c.hints(&[("10.0.1.1", &["1", "2", "3"], &[]), ("10.0.2.1", &["2"], &[])]); }, &[same("c3 → 172.30.0.41:80", "EP{a1}/-")]),
        ("KP69", same_node, &[same("c1 → 172.30.0.41:80", "EP{a1}/-")]),
        ("KP70", |c| {
            c.hints(&[("10.0.1.1", &["1"], &["n1"]), ("10.0.2.1", &["2"], &["n2"]), ("10.0.1.4", &["1"], &["n4"])]);
            let mut fifth = node(5);
            fifth.labels = node(1).labels;
            put(&mut c.index, Row::Node(fifth));
        }, &[same("10.0.5.9 → 172.30.0.41:80 on n5", "EP{a1!,a4!}/-")]),
        ("KP71", |c| { c.hints(&[("10.0.1.1", &["1"], &["n1"]), ("10.0.2.1", &["2"], &["n2"]), ("10.0.1.4", &["1"], &["n4"]), ("10.0.3.1", &[], &[])]); },
            &[same("c1 → 172.30.0.41:80", "EP{a1,a4,a2,a3}/-")]),
        ("KP73", |c| {
            c.hints(&[("10.0.1.1", &["1"], &[]), ("10.0.2.1", &["2"], &[])]);
            for ip in ["10.0.1.1", "10.0.2.1"] {
                change_endpoint(&mut c.index, ip, |e| (e.ready, e.serving, e.terminating) = TERMINATING);
            }
        }, &[same("c1 → 172.30.0.41:80", BOTH)]),
    ]);
}

#[test]
fn node_port_addresses_and_localhost() {
    check(&[
        ("KP74, KP75", |c| { c.node_port(); },
            &[differs("X → 192.168.1.2:30080", BOTH_M, "UNHANDLED no-listener-known"), differs("lo1 → 127.0.0.1:30080", BOTH_M, "UNHANDLED no-listener-known")]),
        ("KP76", |c| { c.node_port().service(|s| s.cluster_ips.extend(ClusterIp::parse("fd00:172::41"))); c.index.apply(ipv6_slice()); },
            &[same("lo1 → [::1]:30080", "UNHANDLED no-listener-known")]),
        ("KP77", |c| { c.node_port(); c.settings.localhost_node_ports = false; },
            &[same("lo1 → 127.0.0.1:30080", "UNHANDLED no-listener-known"), same("X → 192.168.0.2:30080", BOTH_M)]),
        ("KP80", |c| {
            c.node_port();
            c.settings.nftables_localhost = true;
            c.settings.node_port_addresses = vec![NodePortAddress::Primary, NodePortAddress::Localhost];
        }, &[nftables_only("lo1 → 127.0.0.1:30080", BOTH_M)]),
        ("KP80", |c| {
            c.node_port().service(|s| { s.ports[0].protocol = Protocol::Udp; s.ports[0].node_port = Some(NodePort(30053)); });
            change_slice(&mut c.index, |s| s.ports[0].protocol = Protocol::Udp);
            c.settings.nftables_localhost = true;
            c.settings.node_port_addresses = vec![NodePortAddress::Primary, NodePortAddress::Localhost];
        }, &[nftables_only("lo1 → 127.0.0.1:30053/udp", "REJECT loopback-node-port-refused")]),
        ("KP81", |c| {
            c.node_port();
            c.settings.nftables_localhost = true;
            c.settings.node_port_addresses = vec![NodePortAddress::Primary];
        }, &[nftables_only("lo1 → 127.0.0.1:30080", "REJECT loopback-node-port-refused")]),
        ("KP82", |c| {
            c.node_port().local();
            c.settings.nftables_localhost = true;
            c.settings.node_port_addresses = vec![NodePortAddress::Primary, NodePortAddress::Localhost];
        }, &[differs("lo3 → 127.0.0.1:30080", BOTH_M, "UNHANDLED no-listener-known")]),
        // §2.4: the filter rule of a nodePort matches every local address.
        ("§2.4", |c| { c.node_port().without_slices(); c.settings.localhost_node_ports = false; }, &[differs("lo1 → 127.0.0.1:30080", "REJECT node-port-refused", "UNHANDLED no-listener-known")]),
        // §2.13: a host's packet to an external address of nobody, without endpoints.
        ("§2.13", |c| { c.external_ip().without_slices(); }, &[differs("h1 → 192.168.99.11:80", "UNHANDLED nothing-refuses-own-traffic", "REJECT no-ready-endpoint")]),
        ("§2.13", |c| { c.load_balancer().ranges(&["203.0.113.0/25"]).without_slices(); }, &[differs("XB → 1.2.3.4:80", "REJECT no-ready-endpoint", "DROP source-not-in-ranges")]),
        ("§2.13", |c| { c.load_balancer().ranges(&["203.0.113.0/25"]).service(|s| s.external_ips.extend(ExternalIp::parse("1.2.3.4"))); }, &[differs("XB → 1.2.3.4:80", BOTH_M, "DROP source-not-in-ranges")]),
    ]);
}

fn ipv6_slice() -> Object {
    let mut fact = crate::cluster::facts::SliceFact { namespace: "ns1".into(), name: "svc1-6".into(), service: Some("svc1".into()), ..Default::default() };
    fact.address_type = AddressType::IPv6;
    fact.ports = vec![crate::cluster::facts::SlicePortFact { name: Some("http".into()), protocol: Protocol::Tcp, port: Some(EndpointPort(8080)) }];
    let mut endpoint = endpoint("a1", "n1", "fd00:10::1", READY);
    endpoint.slice = "svc1-6".into();
    Object::Slice(fact, vec![endpoint])
}

#[test]
fn host_ports_and_pods_themselves() {
    check(&[
        ("HP01, HP03, HP06", |c| put(&mut c.index, Row::Pod(host_port_pod("a2", "n2", "10.0.2.1", 8088))), &[
            same("X → 192.168.0.3:8088", "HOSTPORT{a2}"), same("X → 192.168.0.2:8088", "UNHANDLED no-listener-known"), same("X → 192.168.0.3:8088/udp", "UNHANDLED no-listener-known"),
        ]),
        ("HP02", |c| { let mut pod = host_port_pod("a2", "n2", "10.0.2.1", 8088); pod.ready = false; put(&mut c.index, Row::Pod(pod)); }, &[same("X → 192.168.0.3:8088", "HOSTPORT{a2}")]),
        ("HP04", |c| {
            let mut pod = host_port_pod("a1", "n1", "10.0.1.1", 8088);
            pod.containers[0].ports[0].host_ip = NodeIp::parse("192.168.1.2");
            put(&mut c.index, Row::Pod(pod));
        }, &[same("X → 192.168.0.2:8088", "UNHANDLED no-listener-known"), same("X → 192.168.1.2:8088", "HOSTPORT{a1}")]),
        ("HP08", |c| { let mut pod = pod("a2", "n2", "10.0.2.1"); pod.ready = false; put(&mut c.index, Row::Pod(pod)); }, &[same("c1 → 10.0.2.1:8080", "DIRECT{a2}")]),
        ("AL25", |c| { c.node_port(); put(&mut c.index, Row::Pod({ let mut pod = pod("a2", "n2", "10.0.2.1"); pod.containers[0].ports[0].host_port = Some(HostPort(30080)); pod })); },
            &[same("X → 192.168.0.3:30080", "AMBIGUOUS several-claims"), same("X → 192.168.0.2:30080", BOTH_M)]),
    ]);
}

#[test]
fn kp94_kp95_affinity_does_not_change_the_set() {
    check(&[("KP94", |c| { c.node_port().service(|s| s.client_ip_affinity = true); }, &[same("c1 → 172.30.0.41:80", BOTH), same("c1 → 192.168.0.2:30080", BOTH_M)])]);
}
