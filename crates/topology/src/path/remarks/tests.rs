use super::*;
use crate::cluster::address::ClusterIp;
use crate::cluster::coverage::{Coverage, Known};
use crate::cluster::facts::{
    AddressType, EndpointFact, EndpointsFact, Labels, PodFact, RarePodFact, ServiceType, TrafficPolicy,
};
use crate::cluster::index::Index;
use crate::cluster::key::Kind;
use crate::cluster::port::{NodePort, ServicePort, TargetPort};
use crate::cluster::row::Row;
use crate::cluster::settings::{NodePortAddress, ProxyMode, Settings};
use crate::path::question::{Destination, Source};
use crate::path::resolve::resolve;
use crate::testing::*;

fn labels(app: &str) -> Labels {
    [("app".to_owned(), app.to_owned())].into()
}

fn settings(mode: ProxyMode) -> Settings {
    Settings { proxy_mode: mode, service_cidrs: vec!["172.30.0.0/16".parse().unwrap()], ..Settings::default() }
}

/// The codes of the reason and of the remarks, as a Pod on n1 or a process there sees them.
fn codes(index: &Index, coverage: &Coverage, settings: &Settings, to: &str, protocol: Protocol) -> String {
    let address: std::net::SocketAddr = to.parse().unwrap();
    let loopback = address.ip().is_loopback();
    let from = if loopback { Source::Localhost("n1".into()) } else { Source::PodIp([10, 0, 1, 100].into()) };
    let cluster = Cluster { index, coverage, settings };
    let to = Destination::port(address.ip(), address.port(), protocol);
    let code = |value: serde_json::Value| value["code"].as_str().unwrap().to_owned();
    let answers = resolve(cluster, &from, to, None).evaluations.into_iter().map(|evaluation| {
        let because = code(serde_json::to_value(&evaluation.because).unwrap());
        let remarks = evaluation.remarks.iter().map(|remark| code(serde_json::to_value(remark).unwrap()));
        std::iter::once(because).chain(remarks).collect::<Vec<_>>().join(" ")
    });
    answers.collect::<Vec<_>>().join(" | ")
}

fn ask(index: &Index, to: &str) -> String {
    codes(index, &Coverage::complete(), &settings(ProxyMode::Iptables), to, Protocol::Tcp)
}

/// A change of the fixture's Pods and slices, and the remarks about `svc1`, which has no usable endpoint then.
#[track_caller]
fn check_refused(change: impl FnOnce(&mut Index), expected: &str) {
    let mut index = cluster();
    change_service(&mut index, |service| service.selector = labels("web"));
    change(&mut index);
    assert_eq!(ask(&index, "172.30.0.41:80"), format!("no-ready-endpoint {expected}"));
}

fn put_pod(index: &mut Index, app: &str, change: impl FnOnce(&mut PodFact)) {
    let mut own = pod("a3", "n3", "10.0.3.1");
    own.labels = labels(app);
    change(&mut own);
    put(index, Row::Pod(own));
}

fn empty(index: &mut Index) {
    index.apply(slice(Vec::new()));
}

#[test]
fn an_empty_slice_is_explained_by_the_pods() {
    check_refused(empty, "selector-matches-no-pod");
    check_refused(
        |index| {
            empty(index);
            put_pod(index, "Web", |_| ());
        },
        "selector-matches-no-pod pod-has-near-label",
    );
    check_refused(
        |index| {
            empty(index);
            put_pod(index, "web", |pod| pod.namespace = "ns2".into());
        },
        "selector-matches-no-pod pod-in-other-namespace",
    );
    check_refused(
        |index| {
            empty(index);
            put_pod(index, "web", |pod| pod.phase = "Failed".into());
        },
        "pods-have-ended",
    );
    check_refused(
        |index| {
            empty(index);
            put_pod(index, "web", |pod| pod.ips.clear());
        },
        "pods-have-no-address",
    );
    check_refused(
        |index| {
            empty(index);
            put_pod(index, "web", |_| ());
        },
        "pods-in-no-slice",
    );
    check_refused(
        |index| {
            empty(index);
            change_service(index, |service| service.selector.clear());
        },
        "no-selector",
    );
}

#[test]
fn pods_that_are_not_known_explain_nothing() {
    let mut index = cluster();
    change_service(&mut index, |service| service.selector = labels("web"));
    empty(&mut index);
    let mut coverage = Coverage::complete();
    coverage.set(Kind::Pod, "", Known::Forbidden);
    let found = codes(&index, &coverage, &settings(ProxyMode::Iptables), "172.30.0.41:80", Protocol::Tcp);
    assert_eq!(found, "no-ready-endpoint");
}

#[test]
fn a_service_without_a_slice_is_explained_by_pods_or_endpoints() {
    let none = |index: &mut Index| drop(index.delete(Kind::EndpointSlice, &ObjectKey::new("ns1", "svc1-x")));
    check_refused(none, "selector-matches-no-pod");
    check_refused(
        |index| {
            none(index);
            let object = EndpointsFact {
                namespace: "ns1".into(),
                name: "svc1".into(),
                addresses: 1,
                ..EndpointsFact::default()
            };
            put(index, Row::Endpoints(object));
        },
        "endpoints-not-read",
    );
}

#[test]
fn a_slice_that_kube_proxy_does_not_take_is_named() {
    check_refused(|index| change_slice(index, |slice| slice.headless = true), "slice-has-headless-label");
    check_refused(|index| change_slice(index, |slice| slice.address_type = AddressType::FQDN), "slice-of-other-family");
    check_refused(|index| change_slice(index, |slice| slice.ports.clear()), "slice-lacks-port");
}

#[test]
fn a_named_target_port_is_looked_for_in_the_containers() {
    let named = |index: &mut Index| {
        change_slice(index, |slice| slice.ports.clear());
        change_service(index, |service| service.ports[0].target_port = TargetPort::Name("https".into()));
    };
    check_refused(
        |index| {
            named(index);
            put_pod(index, "web", |_| ());
        },
        "slice-lacks-port target-port-in-no-container",
    );
    check_refused(
        |index| {
            named(index);
            put_pod(index, "web", |pod| {
                let mut init = pod.containers.clone();
                init[0].ports[0].name = "https".into();
                pod.rare = Some(Box::new(RarePodFact { init_containers: init, ..RarePodFact::default() }));
            });
        },
        "slice-lacks-port target-port-in-init-container",
    );
    check_refused(
        |index| {
            named(index);
            put_pod(index, "web", |pod| pod.containers[0].ports[0].name = "https".into());
        },
        "slice-lacks-port",
    );
}

#[test]
fn endpoints_that_are_not_ready_are_named() {
    let late = |pod: &str, ip: &str| endpoint(pod, "n1", ip, NOT_READY);
    check_refused(|index| drop(index.apply(slice(vec![late("a1", "10.0.1.1")]))), "pods-not-ready");
    let without_pod = |index: &mut Index| {
        let own = EndpointFact { target: None, ..late("", "192.0.2.1") };
        index.apply(slice(vec![own]));
    };
    check_refused(without_pod, "endpoints-not-ready");
}

#[test]
fn existing_flows_of_udp_are_set_apart() {
    let mut index = cluster();
    change_service(&mut index, |service| service.ports[0].protocol = Protocol::Udp);
    let found = codes(&index, &Coverage::complete(), &settings(ProxyMode::Iptables), "172.30.0.41:80", Protocol::Udp);
    assert_eq!(found, "no-ready-endpoint slice-lacks-port existing-udp-flows");
}

#[test]
fn a_delivery_says_what_it_depends_on() {
    let check = |change: &dyn Fn(&mut Index), expected: &str| {
        let mut index = cluster();
        change(&mut index);
        assert_eq!(ask(&index, "172.30.0.41:80"), format!("delivered-to-endpoints{expected}"));
    };
    check(&|_| (), "");
    check(&|index| change_service(index, |service| service.client_ip_affinity = true), " client-ip-affinity");
    check(
        &|index| change_service(index, |service| service.ports[0].target_port = TargetPort::Number(9999)),
        " target-port-not-read",
    );
    check(&|index| change_endpoint(index, "10.0.2.1", |own| own.further_addresses = 1), " further-addresses-not-used");
    let hinted = |address: &'static str, zone: &'static str| {
        move |index: &mut Index| change_endpoint(index, address, |own| own.zone_hints = vec![zone.to_owned()])
    };
    check(&hinted("10.0.1.1", "zone-1"), " hints-ignored");
    let both = |zone| {
        move |index: &mut Index| {
            hinted("10.0.1.1", zone)(index);
            hinted("10.0.2.1", zone)(index);
        }
    };
    check(&both("zone-1"), "");
    check(&both("zone-9"), " hints-for-other-nodes");
}

#[test]
fn a_port_of_a_service_that_it_does_not_have_may_be_another_number_of_it() {
    let mut index = cluster();
    let check = |index: &Index, port: u16, expected: &str| {
        assert_eq!(ask(index, &format!("172.30.0.41:{port}")), format!("no-such-port{expected}"));
    };
    check(&index, 8080, " port-is-target-port");
    check(&index, 30080, " port-is-node-port");
    check(&index, 81, "");
    change_service(&mut index, |service| service.ports[0].protocol = Protocol::Udp);
    check(&index, 80, " port-of-other-protocol");
    check(&index, 8080, "");
    change_service(&mut index, |service| {
        (service.ports[0].protocol, service.ports[0].target_port) = (Protocol::Tcp, TargetPort::Name("web".into()));
    });
    check(&index, 8080, " port-is-target-port");
    let nftables = settings(ProxyMode::Nftables);
    let found = codes(&index, &Coverage::complete(), &nftables, "172.30.0.41:8080", Protocol::Tcp);
    assert_eq!(found, "no-such-port-refused port-is-target-port");
}

#[test]
fn a_port_of_a_node_that_nothing_has_may_be_another_number_of_a_service() {
    let mut index = cluster();
    let check = |index: &Index, port: u16, expected: &str| {
        assert_eq!(ask(index, &format!("192.168.0.3:{port}")), format!("no-listener-known{expected}"));
    };
    check(&index, 80, " node-port-of-port");
    check(&index, 8080, " node-port-of-port");
    check(&index, 30000, " nearest-node-ports");
    check(&index, 99, "");
    put(&mut index, Row::Pod(host_port_pod("a3", "n3", "10.0.3.1", 99)));
    check(&index, 99, " host-port-on-other-node");
    change_service(&mut index, |service| {
        service.service_type = ServiceType::LoadBalancer;
        (service.no_node_ports, service.ports[0].node_port) = (true, None);
    });
    check(&index, 80, " no-node-port-allocated");
    check(&index, 30000, "");
    change_service(&mut index, |service| {
        (service.ports[0].node_port, service.ports[0].protocol) = (Some(NodePort(30080)), Protocol::Udp);
    });
    check(&index, 30080, " node-port-of-other-protocol");
    change_service(&mut index, |service| service.ports[0].protocol = Protocol::Tcp);
    let loopback = |mode, to: &str| codes(&index, &Coverage::complete(), &settings(mode), to, Protocol::Tcp);
    assert_eq!(loopback(ProxyMode::Nftables, "127.0.0.1:30080"), "no-listener-known node-port-not-on-loopback");
    let addresses = vec![NodePortAddress::Cidr("10.0.0.0/8".parse().unwrap())];
    let elsewhere = Settings { node_port_addresses: addresses, ..settings(ProxyMode::Nftables) };
    let found = codes(&index, &Coverage::complete(), &elsewhere, "192.168.0.3:30080", Protocol::Tcp);
    assert_eq!(found, "no-listener-known node-port-not-on-address");
    let mut other = index;
    change_service(&mut other, |service| service.cluster_ips = ClusterIp::parse("fd00::1").into_iter().collect());
    check(&other, 30080, " node-port-of-other-family");
    change_service(&mut other, |service| (service.other_proxy, service.proxy_name) = (true, "istio".into()));
    check(&other, 30080, " node-port-of-other-proxy");
}

#[test]
fn a_service_of_another_proxy_is_named_on_each_of_its_addresses() {
    let mut index = cluster();
    change_service(&mut index, |service| {
        (service.other_proxy, service.proxy_name) = (true, "istio".into());
        service.external_ips.extend(crate::cluster::address::ExternalIp::parse("198.51.100.7"));
    });
    for mode in [ProxyMode::Iptables, ProxyMode::Nftables] {
        for to in ["172.30.0.41:80", "172.30.0.41:81", "198.51.100.7:80"] {
            let found = codes(&index, &Coverage::complete(), &settings(mode), to, Protocol::Tcp);
            assert_eq!(found, "service-of-other-proxy", "{to}");
        }
    }
}

#[test]
fn kube_proxy_answers_health_checks_itself() {
    let mut index = cluster();
    change_service(&mut index, |service| {
        service.service_type = ServiceType::LoadBalancer;
        service.external_traffic_policy = TrafficPolicy::Local;
        service.health_check_node_port = Some(NodePort(32000));
        let mut second = service.ports[0].clone();
        (second.name, second.port) = ("other".into(), ServicePort(81));
        service.ports.push(second);
    });
    let reason = |index: &Index, node: u8| {
        let to = Destination::port([192, 168, 0, node + 1].into(), 32000, Protocol::Tcp);
        let cluster = whole(index);
        let answer = resolve(cluster, &Source::External([203, 0, 113, 2].into()), to, None);
        answer.evaluations[0].because.clone()
    };
    let expected = |node: &str, local_endpoints| Reason::HealthCheckPort {
        service: ObjectKey::new("ns1", "svc1"),
        node: node.into(),
        local_endpoints: Some(local_endpoints),
    };
    assert_eq!(reason(&index, 1), expected("n1", 1));
    assert_eq!(reason(&index, 3), expected("n3", 0));
    change_service(&mut index, |service| service.external_traffic_policy = TrafficPolicy::Cluster);
    assert_eq!(reason(&index, 1), Reason::NoListenerKnown { node: "n1".into() });
}
