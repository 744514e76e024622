//! What a Node's unit has.

use super::*;

/// A Service with a nodePort and no slice.
fn refused(name: &str, ip: &str, node_port: u16) -> ServiceFact {
    let mut service = service();
    (service.name, service.cluster_ips) = (name.into(), ClusterIp::parse(ip).into_iter().collect());
    service.ports[0].node_port = Some(NodePort(node_port));
    service
}

#[test]
fn a_node_has_the_endpoints_and_the_ways_in_that_are_on_it() {
    let mut index = cluster();
    put(&mut index, Row::Pod(host_port_pod("edge", "n1", "10.0.1.9", 443)));
    put(&mut index, Row::Pod(pod("alone", "n1", "10.0.1.8")));
    put(&mut index, Row::Service(refused("lost", "172.30.0.42", 30081)));
    let node = |name: &str| links(whole(&index), &UnitKey::node(name), Limits::LISTED);
    assert_eq!(
        node("n1"),
        [
            "client → nodePort 192.168.0.2:30080 (Packet)",
            "nodePort 192.168.0.2:30080 → port 172.30.0.41:80 (Packet)",
            "port 172.30.0.41:80 → endpoint 10.0.1.1:8080 (Packet)",
            "client → hostPort 192.168.0.2:443 (Packet)",
            "client → nodePort 192.168.0.2:30081 (Packet)",
            "nodePort 192.168.0.2:30081 → port 172.30.0.42:80 (Packet)",
            "port 172.30.0.42:80 → Reject NoSlice (Broken)",
            "endpoint 10.0.1.1:8080 → podIP 10.0.1.1 at 8080 (Packet)",
            "podIP 10.0.1.1 → containerPort ns1/a1/web:8080 (Packet)",
            "hostPort 192.168.0.2:443 → podIP 10.0.1.9 at 8080 (Packet)",
            "podIP 10.0.1.9 → containerPort ns1/edge/web:8080 (Packet)",
            "podIP 10.0.1.8 → containerPort ns1/alone/web:8080 (Packet)",
        ]
    );
    // No endpoint of svc1 is here: its port is, and it does not end here.
    assert_eq!(
        node("n3"),
        [
            "client → nodePort 192.168.0.4:30081 (Packet)",
            "nodePort 192.168.0.4:30081 → port 172.30.0.42:80 (Packet)",
            "port 172.30.0.42:80 → Reject NoSlice (Broken)",
            "client → nodePort 192.168.0.4:30080 (Packet)",
            "nodePort 192.168.0.4:30080 → port 172.30.0.41:80 (Packet)",
        ]
    );
}

#[test]
fn a_node_of_many_counts_them() {
    let mut index = cluster();
    (1..=3).for_each(|n| put(&mut index, Row::Pod(host_port_pod(&format!("edge{n}"), "n1", "10.0.1.9", 440 + n))));
    let graph = Graph::of(&index, None, true);
    let unit = |limits| graph.unit(whole(&index), &UnitKey::node("n1"), Depth::Parts(limits)).unwrap();
    let folded = unit(Limits::FOLDED);
    let parts = folded.parts().unwrap();
    assert_eq!(figures(parts.pod_count), "4/4");
    assert_eq!(parts.unlisted_entries, Some(UnlistedEntries { node_ports: 1, host_ports: 3, opens: true }));
    assert!(parts.links.is_empty() && parts.services.is_empty() && parts.pods.is_empty(), "{parts:?}");
    assert_eq!(unit(Limits::LISTED).parts().unwrap().pods.len(), 4);
    let (all, summary) = (Depth::Summary, graph.unit(whole(&index), &UnitKey::node("n1"), Depth::Summary));
    let Some(Unit { content: Content::Summary(summary), .. }) = summary else { panic!("{all:?} was asked for") };
    assert_eq!((summary.pods, summary.name.as_str()), (4, "n1"));
}

#[test]
fn the_node_ports_of_a_node_that_are_too_many_are_counted() {
    let mut index = cluster();
    for n in 0..120_u8 {
        put(&mut index, Row::Service(refused(&format!("svc-{n:03}"), &format!("172.30.1.{n}"), 31_000 + u16::from(n))));
    }
    let graph = Graph::of(&index, None, true);
    let unlisted = |limits| {
        let unit = graph.unit(whole(&index), &UnitKey::node("n1"), Depth::Parts(limits)).unwrap();
        let parts = unit.parts().unwrap();
        (parts.entries.len(), parts.unlisted_entries)
    };
    // That of the Service with an endpoint there is listed in any case.
    let rest = |node_ports, opens| Some(UnlistedEntries { node_ports, host_ports: 0, opens });
    assert_eq!(unlisted(Limits::LISTED), (1, rest(120, true)));
    assert_eq!(unlisted(Limits::OPENED), (101, rest(20, false)));
}
