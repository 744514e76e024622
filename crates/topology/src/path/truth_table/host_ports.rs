//! Rows about hostPorts and hostNetwork Pods: on which addresses they are reached, and which of a hostPort and a nodePort wins.

use super::*;
use crate::cluster::address::PodIp;
use crate::cluster::facts::PodFact;

#[test]
fn the_addresses_on_which_a_host_port_is_open() {
    check(&[
        ("D.18: hostPort on loopback", |c| {
            put(&mut c.index, Row::Pod(host_port_pod("a1", "n1", "10.0.1.1", 8081)));
            let mut other = host_port_pod("a3", "n1", "10.0.3.1", 8085);
            other.containers[0].ports[0].host_ip = NodeIp::parse("127.0.0.1");
            put(&mut c.index, Row::Pod(other));
        }, &[
            same("lo1 → 127.0.0.1:8081", "HOSTPORT{a1}"), same("h1 → 127.0.0.1:8081", "HOSTPORT{a1}"), same("lo1 → 127.0.0.1:8085", "HOSTPORT{a3}"),
            same("lo1 → 127.0.0.2:8085", "UNHANDLED no-listener-known"), same("lo1 → [::1]:8081", "UNHANDLED no-listener-known"), same("X → 192.168.0.2:8085", "UNHANDLED no-listener-known"),
            same("lo3 → 127.0.0.1:8081", "UNHANDLED no-listener-known"), same("X → 127.0.0.1:8081", "UNHANDLED loopback-of-source"),
        ]),
        ("D.18: the family of hostIP", |c| {
            let mut first = node(1);
            first.internal_ips.extend(NodeIp::parse("fd00:c0::2"));
            put(&mut c.index, Row::Node(first));
            for (name, number, host_ip) in [("a1", 8086, "0.0.0.0"), ("a3", 8087, "::")] {
                let mut pod = host_port_pod(name, "n1", &format!("10.0.{}.1", &name[1..]), number);
                pod.ips.extend(PodIp::parse(&format!("fd00:10:{}::1", &name[1..])));
                pod.containers[0].ports[0].host_ip = NodeIp::parse(host_ip);
                put(&mut c.index, Row::Pod(pod));
            }
        }, &[
            same("X → 192.168.0.2:8086", "HOSTPORT{a1}"), same("2001:db8::2 → [fd00:c0::2]:8086", "UNHANDLED no-listener-known"), same("lo1 → 127.0.0.1:8086", "HOSTPORT{a1}"),
            same("X → 192.168.0.2:8087", "UNHANDLED no-listener-known"), same("2001:db8::2 → [fd00:c0::2]:8087", "HOSTPORT{[fd00:10:3::1]:8080}"), same("lo1 → 127.0.0.1:8087", "UNHANDLED no-listener-known"),
        ]),
        ("D.18: a Pod without the packet's family", |c| {
            let mut first = node(1);
            first.internal_ips.extend(NodeIp::parse("fd00:c0::2"));
            put(&mut c.index, Row::Node(first));
            put(&mut c.index, Row::Pod(host_port_pod("a1", "n1", "10.0.1.1", 8086)));
            put(&mut c.index, Row::Pod(PodFact { ips: Vec::new(), ..host_port_pod("a3", "n1", "10.0.3.1", 8087) }));
        }, &[same("2001:db8::2 → [fd00:c0::2]:8086", "UNHANDLED no-listener-known"), same("X → 192.168.0.2:8087", "UNKNOWN host-port-pod-without-ip")]),
    ]);
}

#[test]
fn a_host_port_and_a_service_on_one_address() {
    check(&[
        // kube-proxy refuses after the CNI has translated.
        ("D.18: a nodePort without endpoints", |c| { c.node_port().without_slices(); put(&mut c.index, Row::Pod(host_port_pod("a1", "n1", "10.0.1.1", 30080))); }, &[
            same("X → 192.168.0.2:30080", "HOSTPORT{a1}"), same("c1 → 192.168.0.2:30080", "HOSTPORT{a1}"), same("lo1 → 127.0.0.1:30080", "HOSTPORT{a1}"), same("X → 192.168.1.2:30080", "HOSTPORT{a1}"),
            same("X → 192.168.0.3:30080", "REJECT no-ready-endpoint"), differs("lo3 → 127.0.0.1:30080", "REJECT no-ready-endpoint", "UNHANDLED no-listener-known"),
        ]),
        ("D.18: a nodePort without a local endpoint", |c| { c.node_port().local(); put(&mut c.index, Row::Pod(host_port_pod("a3", "n3", "10.0.3.1", 30080))); }, &[
            same("X → 192.168.0.4:30080", "HOSTPORT{a3}"), same("c1 → 192.168.0.4:30080", "AMBIGUOUS several-claims"),
        ]),
        ("D.18: a nodePort that is not taken on loopback", |c| {
            c.node_port().without_slices();
            c.settings.localhost_node_ports = false;
            put(&mut c.index, Row::Pod(host_port_pod("a1", "n1", "10.0.1.1", 30080)));
        }, &[same("lo1 → 127.0.0.1:30080", "HOSTPORT{a1}")]),
        ("D.18: a nodePort with endpoints", |c| { c.node_port(); put(&mut c.index, Row::Pod(host_port_pod("a1", "n1", "10.0.1.1", 30080))); }, &[
            same("X → 192.168.0.2:30080", "AMBIGUOUS several-claims"), differs("lo1 → 127.0.0.1:30080", "AMBIGUOUS several-claims", "HOSTPORT{a1}"),
            differs("X → 192.168.1.2:30080", "AMBIGUOUS several-claims", "HOSTPORT{a1}"),
        ]),
        ("D.18: nftables' own listener", |c| {
            c.node_port();
            c.settings.nftables_localhost = true;
            c.settings.node_port_addresses = vec![NodePortAddress::Primary, NodePortAddress::Localhost];
            put(&mut c.index, Row::Pod(host_port_pod("a1", "n1", "10.0.1.1", 30080)));
        }, &[nftables_only("lo1 → 127.0.0.1:30080", "HOSTPORT{a1}")]),
        ("D.18: an external IP of the Node without endpoints", |c| {
            c.service(|s| { s.external_ips.extend(ExternalIp::parse("192.168.0.2")); s.ports[0].port = ServicePort(8088); });
            c.without_slices();
            put(&mut c.index, Row::Pod(host_port_pod("a1", "n1", "10.0.1.1", 8088)));
        }, &[
            same("X → 192.168.0.2:8088", "HOSTPORT{a1}"), same("c1 → 192.168.0.2:8088", "HOSTPORT{a1}"),
            // n2 refuses what passes it. What n2 itself sends is refused there by nftables only, and reaches n1 with iptables.
            same("c2 → 192.168.0.2:8088", "REJECT no-ready-endpoint"),
        ]),
        ("C.10: an external IP of the Node with endpoints; trial-13", |c| {
            c.service(|s| { s.external_ips.extend(ExternalIp::parse("192.168.0.2")); s.ports[0].port = ServicePort(8088); });
            put(&mut c.index, Row::Pod(host_port_pod("a1", "n1", "10.0.1.1", 8088)));
        }, &[same("X → 192.168.0.2:8088", BOTH_M), same("lo1 → 127.0.0.1:8088", "HOSTPORT{a1}")]),
    ]);
}

#[test]
fn host_network_pods_are_reached_on_every_address_of_their_node() {
    check(&[
        ("C.10: hostNetwork", |c| {
            let mut first = node(1);
            first.internal_ips.extend(NodeIp::parse("192.168.1.2"));
            first.external_ips.extend(NodeIp::parse("198.51.100.20"));
            put(&mut c.index, Row::Node(first));
            put(&mut c.index, Row::Pod(PodFact { host_network: true, ..pod("h", "n1", "192.168.0.2") }));
        }, &[
            same("X → 192.168.0.2:8080", "DIRECT{192.168.0.2:8080}"), same("X → 192.168.1.2:8080", "DIRECT{192.168.1.2:8080}"), same("X → 198.51.100.20:8080", "DIRECT{198.51.100.20:8080}"),
            same("lo1 → 127.0.0.1:8080", "DIRECT{127.0.0.1:8080}"), same("lo1 → [::1]:8080", "DIRECT{[::1]:8080}"), same("c2 → 192.168.1.2:8080", "DIRECT{192.168.1.2:8080}"),
            same("lo3 → 127.0.0.1:8080", "UNHANDLED no-listener-known"), same("X → 192.168.0.3:8080", "UNHANDLED no-listener-known"),
            same("X → 192.168.0.2:8081", "UNHANDLED no-listener-known"), same("X → 192.168.0.2:8080/udp", "UNHANDLED no-listener-known"), same("lo1 → 127.0.0.1:8081", "UNHANDLED no-listener-known"),
        ]),
    ]);
}
