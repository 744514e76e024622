use proptest::prelude::*;

use super::*;
use crate::cluster::address::{ExternalIp, NodeIp, PodIp};
use crate::cluster::facts::{AddressType, EndpointFact, PodFact, SliceFact, SlicePortFact};
use crate::cluster::index::Object;
use crate::cluster::port::{EndpointPort, Protocol};
use crate::cluster::row::Row;
use crate::find::filter::tests::index as small;
use crate::graph::socket::SocketKind;
use crate::graph::{Depth, Graph, Limits, Unit, find_socket, units_of};
use crate::testing::*;

/// The small cluster of the filters, with a second family, an external IP, a slice of names and a port that is not TCP.
fn index() -> Index {
    let mut index = small();
    let mut dual = node(1);
    dual.internal_ips.extend(NodeIp::parse("fd00:1::2"));
    put(&mut index, Row::Node(dual));
    change_service(&mut index, |service| {
        service.external_ips = ExternalIp::parse("198.51.100.9").into_iter().collect();
        let mut dns = service.ports[0].clone();
        (dns.name, dns.protocol, dns.port.0, dns.node_port) = ("dns".into(), Protocol::Udp, 53, None);
        service.ports.push(dns);
    });
    let mut dual = index.pod(&crate::cluster::key::ObjectKey::new("ns1", "a2")).expect("the fixture has it").clone();
    dual.ips.extend(PodIp::parse("fd00:2::1"));
    put(&mut index, Row::Pod(dual));
    put(&mut index, Row::Pod(PodFact { phase: "Succeeded".into(), ..pod("a-done", "n1", "10.0.1.1") }));
    let port = SlicePortFact { name: Some("http".into()), protocol: Protocol::Tcp, port: Some(EndpointPort(443)) };
    let names = SliceFact {
        namespace: "ns1".into(),
        name: "svc1-names".into(),
        service: Some("svc1".into()),
        address_type: AddressType::FQDN,
        ports: vec![port],
        ..SliceFact::default()
    };
    let endpoint = EndpointFact {
        namespace: "ns1".into(),
        slice: "svc1-names".into(),
        address: "db.example.org".into(),
        ..EndpointFact::default()
    };
    index.apply(Object::Slice(names, vec![endpoint]));
    index
}

/// As `RANK LABEL = SOCKET:ADDRESS`, or without the address where it is the label.
fn shown(found: &SearchMatch) -> String {
    let SearchMatch { socket, label, rank, .. } = found;
    let kind = socket.kind.as_str();
    if *label == socket.address {
        format!("{rank} {kind}:{label}")
    } else {
        format!("{rank} {label} = {kind}:{}", socket.address)
    }
}

const QUERIES: &[(&str, &[&str])] = &[
    ("", &[]),
    ("  ", &[]),
    ("teapot", &[]),
    // Names.
    (
        "SVC1 ",
        &[
            "0 svc1 = port:172.30.0.41:80",
            "1 svc1-names = external:db.example.org",
            "1 svc1-x = endpoint:10.0.1.1:8080",
        ],
    ),
    ("db-0", &["0 db-0 = podIP:10.0.3.7"]),
    ("n2", &["0 n2 = nodeIP:192.168.0.3"]),
    ("a1", &["0 a1 = podIP:10.0.1.1"]),
    ("done", &[]),
    ("mail", &["0 mail = dns:mail.shop.svc"]),
    ("lost", &["0 lost = port:172.30.0.50:80"]),
    // Namespaces, alone and before names.
    ("tools", &["1 idle = podIP:10.0.3.8", "1 shell = podIP:10.0.2.8"]),
    ("shop/db", &["0 db = dns:db.shop.svc", "1 db-0 = podIP:10.0.3.7", "1 db-x = endpoint:10.0.3.7:5432"]),
    ("tools/s", &["1 shell = podIP:10.0.2.8"]),
    // Names in DNS, and outside.
    ("db.shop", &["1 dns:db.shop.svc"]),
    ("db.shop.svc", &["0 dns:db.shop.svc"]),
    ("db.shop.svc.cluster.local", &["0 dns:db.shop.svc"]),
    ("db.shop.svc.cluster.local:80", &["0 port:db.shop.svc:80"]),
    ("smtp.example.com", &["0 external:smtp.example.com"]),
    ("example", &["2 external:smtp.example.com", "2 external:db.example.org"]),
    // Addresses.
    ("10.0.3.7", &["0 podIP:10.0.3.7", "1 endpoint:10.0.3.7:5432"]),
    ("10.0.3", &["1 podIP:10.0.3.7", "1 podIP:10.0.3.8", "1 endpoint:10.0.3.7:5432"]),
    ("0.3.8", &["2 podIP:10.0.3.8"]),
    ("172.30.0.041", &["0 clusterIP:172.30.0.41"]),
    ("172.30", &["1 clusterIP:172.30.0.41", "1 clusterIP:172.30.0.50"]),
    ("192.0.2.53", &["0 external:192.0.2.53:9000"]),
    ("198.51.100.7", &["0 loadBalancerIP:198.51.100.7:80"]),
    ("198.51.100.9", &["0 externalIP:198.51.100.9:80"]),
    ("192.168.0.2", &["0 nodeIP:192.168.0.2", "1 nodePort:192.168.0.2:30080", "1 hostPort:192.168.0.2:8443"]),
    ("192.168.0.3", &["0 nodeIP:192.168.0.3", "1 nodePort:192.168.0.3:30080"]),
    ("FD00:1:0::2", &["0 fd00:1::2 = nodeIP:192.168.0.2", "1 hostPort:192.168.0.2:8443"]),
    ("fd00:10", &["1 clusterIP:fd00:10::a"]),
    ("[fd00:10", &["1 clusterIP:fd00:10::a"]),
    ("fd00:2::1", &["0 fd00:2::1 = podIP:10.0.2.1"]),
    // Ports, of any address and of one.
    ("30080", &["0 nodePort:192.168.0.2:30080"]),
    (":3008", &["1 nodePort:192.168.0.2:30080"]),
    (":008", &[]),
    ("0080", &["2 nodePort:192.168.0.2:30080"]),
    (":30080/udp", &[]),
    (":8443", &["0 hostPort:192.168.0.2:8443"]),
    (":5432", &["0 endpoint:10.0.3.7:5432"]),
    ("53/udp", &["0 port:172.30.0.41:53/udp"]),
    ("192.168.0.3:30080", &["0 nodePort:192.168.0.3:30080"]),
    ("192.168.0.2:", &["1 nodePort:192.168.0.2:30080", "1 hostPort:192.168.0.2:8443"]),
    ("192.168.0.9:30080", &[]),
    ("172.30.0.41:80", &["0 port:172.30.0.41:80"]),
    ("172.30.0.41:53/UDP", &["0 port:172.30.0.41:53/udp"]),
    ("[fd00:10::a]:80", &["0 port:[fd00:10::a]:80"]),
    ("198.51.100.9:80", &["0 externalIP:198.51.100.9:80"]),
    ("10.0.1.1:8080", &["0 endpoint:10.0.1.1:8080", "1 containerPort:ns1/a1/web:8080"]),
    ("svc1:80", &["0 port:172.30.0.41:80"]),
    ("ns1/svc1:5", &["1 port:172.30.0.41:53/udp"]),
    ("svc1.ns1:80", &["0 port:172.30.0.41:80"]),
    ("ns1/a1/web:8080", &["0 containerPort:ns1/a1/web:8080"]),
    ("edge:8080", &["0 containerPort:ns1/edge/web:8080"]),
    // Labels of Pods, and selectors.
    ("app=db", &["0 db = dns:db.shop.svc", "0 db-0 = podIP:10.0.3.7"]),
    ("app=e", &["1 edge = podIP:10.0.1.9"]),
    ("p=ed", &["2 edge = podIP:10.0.1.9"]),
    ("app=DB", &[]),
];

#[test]
fn what_is_typed_is_found() {
    let index = index();
    for (text, expected) in QUERIES {
        let found: Vec<String> = search(&index, text, 3).iter().map(shown).collect();
        assert_eq!(found, **expected, "{text}");
    }
}

#[test]
fn what_is_found_can_be_selected_and_is_in_the_graph() {
    let index = index();
    let texts = QUERIES.iter().map(|(text, _)| *text).chain(["1", "0", "s", "a", "n", "e", "=", ":", "."]);
    for found in texts.flat_map(|text| search(&index, text, 100)) {
        assert_eq!(find_socket(&index, &found.socket.selection()).as_ref(), Some(&found.socket));
        // What is shown can be typed.
        let typed = search(&index, &found.socket.selection().address, 100);
        assert!(typed.iter().any(|one| one.socket == found.socket && one.rank == 0), "{found:?}");
        assert_eq!(found.detail, found.socket.object_text().replacen('/', " ", 1));
        let graph = Graph::of(&index, None, true);
        let units = units_of(&index, &found.socket);
        let depth = Depth::Parts(Limits::OPENED);
        let units: Vec<Unit> = units.iter().filter_map(|key| graph.unit(whole(&index), key, depth)).collect();
        let mut drawn = units.iter().flat_map(Unit::sockets);
        // A container's port that no endpoint leads to is not in it, but its Pod is.
        let declared = found.socket.kind == SocketKind::ContainerPort;
        let is_it = |drawn: &Socket| *drawn == found.socket || (declared && drawn.object == found.socket.object);
        assert!(drawn.any(is_it), "{found:?}");
    }
}

#[test]
fn the_limit_keeps_the_best() {
    let index = index();
    let all = search(&index, "80", 100);
    assert!(all.windows(2).all(|pair| pair[0].rank <= pair[1].rank));
    for limit in 0..all.len() {
        assert_eq!(search(&index, "80", limit), all[..limit], "{limit}");
    }
    assert!(all.iter().enumerate().all(|(n, one)| all[..n].iter().all(|other| other.socket != one.socket)));
}

#[test]
fn without_nodes_a_node_port_is_shown_by_its_service() {
    let mut index = Index::default();
    put(&mut index, Row::Service(service()));
    let found: Vec<String> = search(&index, "30080", 3).iter().map(shown).collect();
    assert_eq!(found, ["0 port:172.30.0.41:80"]);
}

proptest! {
    #![proptest_config(fixed_seed::config(25, 256))]

    #[test]
    fn any_text_is_answered(text in "[a-z0-9:./=\\[\\]%é -]{0,16}") {
        let index = index();
        prop_assert!(search(&index, &text, 5).len() <= 5);
    }
}
