//! Rows about what the filters and the kernel do after the translation, and about addresses that have several roles. The ids are those of the
//! clusters in `server/tests/trials/truth-…`, on which real packets decided.

use super::slices::port;
use super::*;

/// `ns1/svc2` with this Cluster IP, port `http` 80/TCP, and these endpoints.
fn second(c: &mut Case, ip: &str, endpoints: &[(&str, &str)], change: impl FnOnce(&mut ServiceFact)) {
    let mut other = c.index.service(&ObjectKey::new("ns1", "svc1")).unwrap().clone();
    (other.name, other.cluster_ips) = ("svc2".into(), ClusterIp::parse(ip).into_iter().collect());
    change(&mut other);
    put(&mut c.index, Row::Service(other));
    let Object::Slice(mut fact, _) = slice(Vec::new()) else { unreachable!() };
    (fact.name, fact.service) = ("svc2-x".into(), Some("svc2".into()));
    let endpoint = |(node, ip): &(&str, &str)| EndpointFact {
        slice: "svc2-x".into(),
        target: None,
        ..endpoint("", node, ip, READY)
    };
    c.index.apply(Object::Slice(fact, endpoints.iter().map(endpoint).collect()));
}

fn only(c: &mut Case, ip: &str) {
    let endpoint = EndpointFact { target: None, ..endpoint("", "n1", ip, READY) };
    c.endpoints(vec![endpoint]);
}

const TO: &str = "c1 → 172.30.0.41:80";

#[test]
fn an_endpoint_that_is_an_address_of_a_service() {
    check(&[
        ("11: nftables refuses what goes to a Cluster IP, whatever port", |c| { only(c, "172.30.0.42"); second(c, "172.30.0.42", &[("n2", "10.0.2.9")], |s| s.ports[0].port = ServicePort(53)); },
            &[differs(TO, "EP{172.30.0.42:8080?}/-", "EP{172.30.0.42:8080x}/-"), differs("h1 → 172.30.0.41:80", "EP{172.30.0.42:8080?}/m", "EP{172.30.0.42:8080x}/m")]),
        ("11, its port", |c| { only(c, "172.30.0.42"); second(c, "172.30.0.42", &[("n2", "10.0.2.9")], |s| s.ports[0].port = ServicePort(8080)); },
            &[differs(TO, "EP{172.30.0.42:8080?}/-", "EP{172.30.0.42:8080x}/-")]),
        ("KP107: nobody's Cluster IP", |c| only(c, "172.30.0.77"), &[differs(TO, "EP{172.30.0.77:8080?}/-", "EP{172.30.0.77:8080x}/-")]),
        ("KP107: an address of the Service's range that is a Pod's", |c| {
            only(c, "172.30.0.77");
            let mut pod = c.index.pod(&ObjectKey::new("ns1", "a1")).unwrap().clone();
            pod.ips = crate::cluster::address::PodIp::parse("172.30.0.77").into_iter().collect();
            put(&mut c.index, Row::Pod(pod));
        }, &[differs(TO, "EP{172.30.0.77:8080}/-", "EP{172.30.0.77:8080x}/-")]),
        ("12: refused for want of endpoints", |c| { only(c, "172.30.0.42"); second(c, "172.30.0.42", &[], |s| s.ports[0].port = ServicePort(8080)); },
            &[same(TO, "EP{172.30.0.42:8080x}/-")]),
        ("12: beside an endpoint that works", |c| {
            c.endpoints(vec![endpoint("a1", "n1", "10.0.1.1", READY), EndpointFact { target: None, ..endpoint("", "n1", "172.30.0.42", READY) }]);
            second(c, "172.30.0.42", &[], |s| s.ports[0].port = ServicePort(8080));
        }, &[same(TO, "EP{a1,172.30.0.42:8080x}/-")]),
        ("12: dropped for want of local endpoints", |c| {
            only(c, "172.30.0.42");
            second(c, "172.30.0.42", &[("n2", "10.0.2.9")], |s| (s.ports[0].port, s.internal_traffic_policy) = (ServicePort(8080), TrafficPolicy::Local));
        }, &[same(TO, "EP{172.30.0.42:8080x}/-"), differs("c2 → 172.30.0.41:80", "EP{172.30.0.42:8080?}/-", "EP{172.30.0.42:8080x}/-")]),
        // iptables' rules about external addresses do not match what the Node itself sends elsewhere.
        ("12: an external IP", |c| {
            only(c, "192.168.99.12");
            second(c, "172.30.0.42", &[], |s| { s.ports[0].port = ServicePort(8080); s.external_ips.extend(ExternalIp::parse("192.168.99.12")); });
        }, &[same(TO, "EP{192.168.99.12:8080x}/-"), differs("h1 → 172.30.0.41:80", "EP{192.168.99.12:8080}/m", "EP{192.168.99.12:8080x}/m")]),
        ("12: a load balancer IP whose source ranges iptables enforces after the translation", |c| {
            only(c, "1.2.3.5");
            second(c, "172.30.0.42", &[("n2", "10.0.2.9")], |s| {
                s.ports[0].port = ServicePort(8080);
                s.load_balancer = vec![LoadBalancerIngress { ip: LoadBalancerIp::parse("1.2.3.5"), ..LoadBalancerIngress::default() }];
                s.source_ranges = vec!["10.0.0.0/8".into()];
            });
        }, &[differs(TO, "EP{1.2.3.5:8080x}/-", "EP{1.2.3.5:8080}/-")]),
        ("12: the nodePort of a Service without endpoints, on the Node itself", |c| {
            only(c, "192.168.0.2");
            second(c, "172.30.0.42", &[], |s| s.ports[0].node_port = Some(NodePort(8080)));
        }, &[same(TO, "EP{192.168.0.2:8080x}/-"), same("c2 → 172.30.0.41:80", "EP{192.168.0.2:8080}/-")]),
    ]);
}

#[test]
fn a_process_with_a_loopback_address() {
    const ONE: &str = "EP{a1x,a2x}/m";
    check(&[
        ("13", |c| { c.node_port(); }, &[
            differs("lo1 → 192.168.0.2:30080", BOTH_M, ONE), differs("lo1 → 172.30.0.41:80", BOTH_M, ONE), same("lo1 → 10.0.1.1:8080", "DIRECT{a1x}"),
        ]),
        ("13: without localhostNodePorts", |c| { c.node_port(); c.settings.localhost_node_ports = false; }, &[same("lo1 → 192.168.0.2:30080", ONE)]),
        ("13: nodePortAddresses without loopback", |c| { c.node_port(); c.settings.node_port_addresses = vec![NodePortAddress::Primary]; },
            &[same("lo1 → 192.168.0.2:30080", ONE)]),
        ("13: without masquerade", |c| c.settings.cluster_cidrs.clear(), &[same("lo1 → 172.30.0.41:80", "EP{a1x,a2x}/-")]),
        ("13: an endpoint on the Node itself", |c| { c.node_port(); only(c, "192.168.0.2"); }, &[same("lo1 → 192.168.0.2:30080", "EP{192.168.0.2:8080}/m")]),
        ("13: IPv6", |c| {
            c.service(|s| s.cluster_ips.extend(ClusterIp::parse("fd00:172::41")));
            c.index.apply(ipv6_slice());
        }, &[same("lo1 → [fd00:172::41]:80", "EP{[fd00:10::1]:8080x}/-")]),
    ]);
}

#[test]
fn an_address_with_several_roles() {
    check(&[
        ("16: another Service's Cluster IP as external IP", |c| {
            second(c, "172.30.0.42", &[], |_| {});
            c.local().service(|s| { s.external_ips.extend(ExternalIp::parse("172.30.0.42")); s.ports[0].port = ServicePort(8443); });
        }, &[differs("X → 172.30.0.42:8443 on n1", "EP{a1}/-", "EP{a1}/m"), same("c1 → 172.30.0.42:8443", BOTH)]),
        ("17: its own Cluster IP as external IP, and no local endpoint", |c| {
            c.service(|s| { s.internal_traffic_policy = TrafficPolicy::Local; s.external_ips.extend(ExternalIp::parse("172.30.0.41")); });
        }, &[same("c3 → 172.30.0.41:80", BOTH_M), differs("c1 → 172.30.0.41:80", "EP{a1}/-", BOTH_M)]),
        ("17: no endpoint at all", |c| { c.without_slices().service(|s| s.external_ips.extend(ExternalIp::parse("172.30.0.41"))); }, &[same("c3 → 172.30.0.41:80", "REJECT no-ready-endpoint")]),
        ("17: external IPs switched off", |c| {
            c.service(|s| { s.internal_traffic_policy = TrafficPolicy::Local; s.external_ips.extend(ExternalIp::parse("172.30.0.41")); });
            c.settings.allow_external_ips = false;
        }, &[same("c3 → 172.30.0.41:80", "DROP no-local-endpoint")]),
        ("17: another Service's external IP, which has no endpoint", |c| { c.external_ip(); second(c, "172.30.0.42", &[], |_| {}); }, &[same("X → 192.168.99.11:80", BOTH_M)]),
        ("17: two external IPs, one without local endpoints", |c| {
            c.external_ip().local();
            second(c, "172.30.0.42", &[("n2", "10.0.2.9")], |_| {});
        }, &[differs("X → 192.168.99.11:80 on n1", "EP{a1}/-", "AMBIGUOUS several-claims")]),
    ]);
}

/// Endpoints of n1, each of which another slice has on n2.
fn twice(c: &mut Case, count: usize) {
    let ips: Vec<String> = (1..=count).map(|n| format!("10.0.1.{n}")).collect();
    let on = |node| ips.iter().map(|ip| (node, ip.as_str(), READY)).collect::<Vec<_>>();
    c.only(&on("n1")).slice("svc1-y", vec![port("http", 8080)], &on("n2"));
}

#[test]
fn an_endpoint_that_is_listed_twice() {
    check(&[
        ("31", |c| { c.only(&[("n1", "10.0.1.1", NOT_READY)]).slice("svc1-y", vec![port("http", 8080)], &[("n1", "10.0.1.1", READY)]); },
            &[same(TO, "AMBIGUOUS duplicate-endpoint")]),
        ("31: the names of the slices are not the order", |c| { c.only(&[("n1", "10.0.1.1", READY)]).slice("svc1-y", vec![port("http", 8080)], &[("n1", "10.0.1.1", NOT_READY)]); },
            &[same(TO, "AMBIGUOUS duplicate-endpoint")]),
        ("31: equal", |c| { c.only(&[("n1", "10.0.1.1", READY)]).slice("svc1-y", vec![port("http", 8080)], &[("n1", "10.0.1.1", READY)]); }, &[same(TO, "EP{a1}/-")]),
        ("31: on two Nodes, which decides by policy Local only", |c| {
            c.only(&[("n1", "10.0.1.1", READY)]).slice("svc1-y", vec![port("http", 8080)], &[("n2", "10.0.1.1", READY)]);
            c.node_port().local();
        }, &[same(TO, "EP{a1}/-"), same("X → 192.168.0.2:30080", "AMBIGUOUS duplicate-endpoint"), same("X → 192.168.0.4:30080", "DROP no-local-endpoint")]),
        ("31: both terminate, and one serves", |c| { c.only(&[("n1", "10.0.1.1", TERMINATING)]).slice("svc1-y", vec![port("http", 8080)], &[("n1", "10.0.1.1", NO_SERVING)]); },
            &[same(TO, "AMBIGUOUS duplicate-endpoint")]),
        ("31: 16 combinations are all tried", |c| { twice(c, 4); }, &[same(TO, "EP{a1,10.0.1.2:8080,10.0.1.3:8080,a4}/-")]),
        ("31: of more, not all are", |c| { twice(c, 5); }, &[same(TO, "AMBIGUOUS duplicate-endpoint")]),
        ("31: the other is not used while another is ready", |c| {
            c.only(&[("n1", "10.0.1.1", TERMINATING), ("n2", "10.0.2.1", READY)]).slice("svc1-y", vec![port("http", 8080)], &[("n1", "10.0.1.1", NO_SERVING)]);
        }, &[same(TO, "EP{a2}/-")]),
        ("49", |c| { c.only(&[("n1", "10.0.1.1", READY)]).slice("svc1-y", vec![port("http", 8080)], &[("n1", "10.0.1.1", NO_SERVING)]); }, &[same(TO, "EP{a1}/-")]),
        ("49: the other order", |c| { c.only(&[("n1", "10.0.1.1", NO_SERVING)]).slice("svc1-y", vec![port("http", 8080)], &[("n1", "10.0.1.1", READY)]); }, &[same(TO, "EP{a1}/-")]),
    ]);
}
