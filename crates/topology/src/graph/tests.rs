//! What units have, and how their parts are linked.

mod nodes;

use super::*;
use crate::cluster::address::{ClusterIp, ExternalIp, NodeIp};
use crate::cluster::coverage::{Coverage, Known};
use crate::cluster::facts::{
    AddressType, EndpointsFact, LoadBalancerIngress, ServiceFact, ServicePortFact, ServiceType, SlicePortFact,
};
use crate::cluster::index::{Index, Object};
use crate::cluster::key::{Kind, ObjectKey};
use crate::cluster::port::{EndpointPort, HostPort, NodePort, Protocol, ServicePort, TargetPort};
use crate::cluster::row::Row;
use crate::cluster::view::Cluster;
use crate::testing::*;

/// A unit, each link as a line: `from → to (kind)`.
fn links(cluster: Cluster<'_>, key: &UnitKey, limits: Limits) -> Vec<String> {
    let unit = Graph::of(cluster.index, None, true).unit(cluster, key, Depth::Parts(limits)).expect("there is one");
    let parts = unit.parts().expect("parts were asked for");
    parts.links.iter().map(|link| line(parts, link)).collect()
}

fn line(parts: &Parts, link: &Link) -> String {
    let port = link.container_port.map(|n| format!(" at {}", parts.container_ports[n].port)).unwrap_or_default();
    format!("{} → {}{port} ({:?})", name(parts, link.from), name(parts, link.to), link.kind)
}

fn name(parts: &Parts, part: PartId) -> String {
    if let Some(socket) = parts.socket(part) {
        return format!("{} {}", socket.kind.as_str(), socket.address);
    }
    match part {
        PartId::Client => "client".to_owned(),
        PartId::Entry(n) => format!("{:?}", parts.entries[n]),
        PartId::EndpointCount => format!("endpoints {}", figures(parts.endpoint_count)),
        PartId::PodCount => format!("Pods {}", figures(parts.pod_count)),
        PartId::End(n) => format!("{:?} {:?}", parts.ends[n].outcome, parts.ends[n].cause),
        PartId::ContainerPort(n) => format!("undeclared {}", parts.container_ports[n].port),
        part => format!("{part:?} without a socket"),
    }
}

fn figures(readiness: Option<Readiness>) -> String {
    let Readiness { ready, total, .. } = readiness.unwrap_or_default();
    format!("{ready}/{total}")
}

fn svc1() -> UnitKey {
    UnitKey::service(ObjectKey::new("ns1", "svc1"))
}

fn service_links(index: &Index) -> Vec<String> {
    links(whole(index), &svc1(), Limits::LISTED)
}

#[test]
fn a_service_is_linked_from_its_entries_to_its_containers() {
    let mut index = cluster();
    change_endpoint(&mut index, "10.0.2.1", |endpoint| endpoint.ready = Some(false));
    change_service(&mut index, |service| {
        service.external_ips = ExternalIp::parse("198.51.100.7").into_iter().collect()
    });
    let expected = [
        "client → externalIP 198.51.100.7:80 (Packet)",
        "externalIP 198.51.100.7:80 → port 172.30.0.41:80 (Packet)",
        "client → nodePort 192.168.0.2:30080 (Packet)",
        "nodePort 192.168.0.2:30080 → port 172.30.0.41:80 (Packet)",
        "client → nodePort 192.168.0.3:30080 (Packet)",
        "nodePort 192.168.0.3:30080 → port 172.30.0.41:80 (Packet)",
        "client → nodePort 192.168.0.4:30080 (Packet)",
        "nodePort 192.168.0.4:30080 → port 172.30.0.41:80 (Packet)",
        "port 172.30.0.41:80 → endpoint 10.0.1.1:8080 (Packet)",
        "port 172.30.0.41:80 → endpoint 10.0.2.1:8080 (Unused)",
        "endpoint 10.0.1.1:8080 → podIP 10.0.1.1 at 8080 (Packet)",
        "podIP 10.0.1.1 → containerPort ns1/a1/web:8080 (Packet)",
        "endpoint 10.0.2.1:8080 → podIP 10.0.2.1 at 8080 (Packet)",
        "podIP 10.0.2.1 → containerPort ns1/a2/web:8080 (Packet)",
    ];
    assert_eq!(service_links(&index), expected);
}

#[test]
fn a_load_balancer_ip_is_an_entry_unless_the_load_balancer_handles_it_itself() {
    let mut index = cluster();
    let ingress = |ip: &str, proxy_mode| LoadBalancerIngress {
        ip: crate::cluster::address::LoadBalancerIp::parse(ip),
        proxy_mode,
        ..LoadBalancerIngress::default()
    };
    change_service(&mut index, |service| {
        service.load_balancer = vec![ingress("203.0.113.1", false), ingress("203.0.113.2", true)];
    });
    let links = service_links(&index);
    assert_eq!(links[0], "client → loadBalancerIP 203.0.113.1:80 (Packet)");
    assert!(!links.iter().any(|link| link.contains("203.0.113.2")), "{links:?}");
}

#[test]
fn ports_of_one_number_lead_to_the_same_container_port() {
    let mut index = cluster();
    change_service(&mut index, |service| {
        let port = |name: &str, number| ServicePortFact {
            name: name.into(),
            port: ServicePort(number),
            node_port: None,
            ..service.ports[0].clone()
        };
        service.ports = vec![port("http", 80), port("alt", 81)];
    });
    change_slice(&mut index, |slice| {
        let port = |name: &str| SlicePortFact { name: Some(name.into()), ..slice.ports[0].clone() };
        slice.ports = vec![port("http"), port("alt")];
    });
    let links = service_links(&index);
    let expected = [
        "port 172.30.0.41:80 → endpoint 10.0.1.1:8080 (Packet)",
        "port 172.30.0.41:81 → endpoint 10.0.1.1:8080 (Packet)",
        "port 172.30.0.41:80 → endpoint 10.0.2.1:8080 (Packet)",
        "port 172.30.0.41:81 → endpoint 10.0.2.1:8080 (Packet)",
        "endpoint 10.0.1.1:8080 → podIP 10.0.1.1 at 8080 (Packet)",
        "endpoint 10.0.1.1:8080 → podIP 10.0.1.1 at 8080 (Packet)",
        "podIP 10.0.1.1 → containerPort ns1/a1/web:8080 (Packet)",
    ];
    assert_eq!(links[..7], expected);
}

#[test]
fn where_a_port_ends_is_a_part_with_its_reason() {
    let mut index = cluster();
    change_service(&mut index, |service| service.ports[0].node_port = None);
    index.apply(slice(vec![]));
    assert_eq!(service_links(&index), ["port 172.30.0.41:80 → Reject EmptySlice (Broken)"]);
    index.apply(slice(vec![endpoint("a1", "n1", "10.0.1.1", NOT_READY)]));
    let links = service_links(&index);
    assert_eq!(
        links[..2],
        ["port 172.30.0.41:80 → endpoint 10.0.1.1:8080 (Unused)", "port 172.30.0.41:80 → Reject NoneReady (Broken)",]
    );
    change_slice(&mut index, |slice| slice.ports[0].name = Some("other".into()));
    assert_eq!(service_links(&index)[0], "port 172.30.0.41:80 → Reject NoPortMatches (Broken)");
    index.delete(Kind::EndpointSlice, &ObjectKey::new("ns1", "svc1-x"));
    assert_eq!(service_links(&index), ["port 172.30.0.41:80 → Reject NoSlice (Broken)"]);
}

#[test]
fn nothing_ends_where_slices_are_not_known() {
    let mut index = cluster();
    index.delete(Kind::EndpointSlice, &ObjectKey::new("ns1", "svc1-x"));
    let mut coverage = Coverage::complete();
    coverage.set(Kind::EndpointSlice, "", Known::Forbidden);
    let graph = Graph::of(&index, None, false);
    let unit = graph.unit(known(&index, &coverage), &svc1(), Depth::Parts(Limits::LISTED)).unwrap();
    let parts = unit.parts().unwrap();
    assert!(parts.ends.is_empty() && parts.slices_unknown, "{parts:?}");
    assert_eq!(unit.trouble, Some(Trouble::NotKnown));
}

#[test]
fn terminating_endpoints_are_used_where_none_is_ready() {
    let mut index = cluster();
    change_endpoint(&mut index, "10.0.2.1", |own| (own.ready, own.serving, own.terminating) = TERMINATING);
    assert_eq!(service_links(&index)[7], "port 172.30.0.41:80 → endpoint 10.0.2.1:8080 (Unused)");
    change_endpoint(&mut index, "10.0.1.1", |own| own.ready = Some(false));
    let links = service_links(&index);
    assert_eq!(links[6], "port 172.30.0.41:80 → endpoint 10.0.1.1:8080 (Unused)");
    assert_eq!(links[7], "port 172.30.0.41:80 → endpoint 10.0.2.1:8080 (Packet)");
}

#[test]
fn a_headless_name_leads_to_what_dns_answers_with() {
    let mut index = cluster();
    change_service(&mut index, |service| {
        (service.headless, service.cluster_ips) = (true, Vec::new());
        service.ports[0].node_port = None;
    });
    change_slice(&mut index, |slice| slice.headless = true);
    change_endpoint(&mut index, "10.0.2.1", |endpoint| endpoint.ready = Some(false));
    let links = service_links(&index);
    assert_eq!(
        links[..2],
        [
            "port svc1.ns1.svc:80 → endpoint 10.0.1.1:8080 (Dns)",
            "port svc1.ns1.svc:80 → endpoint 10.0.2.1:8080 (Unused)",
        ]
    );
    // Without ports the name itself is answered with the addresses.
    change_service(&mut index, |service| service.ports.clear());
    change_slice(&mut index, |slice| slice.ports.clear());
    assert_eq!(
        service_links(&index),
        [
            "dns svc1.ns1.svc → endpoint 10.0.1.1 (Dns)",
            "dns svc1.ns1.svc → endpoint 10.0.2.1 (Unused)",
            "endpoint 10.0.1.1 → podIP 10.0.1.1 (Packet)",
            "endpoint 10.0.2.1 → podIP 10.0.2.1 (Packet)",
        ]
    );
}

#[test]
fn an_external_name_leads_to_its_target_by_dns_alone() {
    let mut index = cluster();
    change_service(&mut index, |service| {
        service.service_type = ServiceType::ExternalName;
        service.external_name = Some("reports.example.com".into());
    });
    assert_eq!(service_links(&index), ["dns svc1.ns1.svc → external reports.example.com (Dns)"]);
}

#[test]
fn an_endpoint_without_a_pod_leads_to_a_target() {
    let mut index = cluster();
    let at = |ip: &str| {
        let mut manual = endpoint("", "", ip, READY);
        (manual.target, manual.node) = (None, None);
        manual
    };
    // Outside the cluster, a Node's own address, and a Pod's.
    index.apply(slice(vec![at("192.168.1.25"), at("192.168.0.2"), at("10.0.1.1")]));
    let links = service_links(&index);
    assert_eq!(
        links[9..],
        [
            "endpoint 10.0.1.1:8080 → podIP 10.0.1.1 at 8080 (Packet)",
            "podIP 10.0.1.1 → containerPort ns1/a1/web:8080 (Packet)",
            "endpoint 192.168.0.2:8080 → external 192.168.0.2:8080 (Packet)",
            "endpoint 192.168.1.25:8080 → external 192.168.1.25:8080 (Packet)",
        ]
    );
    let unit = Graph::of(&index, None, false).unit(whole(&index), &svc1(), Depth::Parts(Limits::LISTED)).unwrap();
    let targets: Vec<_> = unit.parts().unwrap().targets.iter().map(|target| target.node.as_deref()).collect();
    assert_eq!(targets, [Some("n1"), None]);
}

#[test]
fn a_pod_that_is_only_named_has_the_address_of_its_endpoint() {
    let mut index = cluster();
    index.delete(Kind::Pod, &ObjectKey::new("ns1", "a1"));
    let links = service_links(&index);
    assert_eq!(
        links[8..10],
        ["endpoint 10.0.1.1:8080 → podIP 10.0.1.1 at 8080 (Packet)", "podIP 10.0.1.1 → undeclared 8080 (Packet)",]
    );
}

#[test]
fn what_is_not_listed_is_counted_and_not_built() {
    let mut index = cluster();
    put(&mut index, Row::Node(node(4)));
    let many = (1..=12)
        .map(|n| endpoint(&format!("p{n}"), "n1", &format!("10.0.1.{n}"), if n > 2 { READY } else { NOT_READY }));
    index.apply(slice(many.collect()));
    put(&mut index, Row::Pod(pod("p5", "n1", "10.0.1.5")));
    let unlisted = UnlistedNodes { port: 30080, protocol: Protocol::Tcp, nodes: 4, others: false, opens: true };
    let entry = format!("{:?}", EntryPart::UnlistedNodes(unlisted));
    assert_eq!(
        service_links(&index),
        [
            format!("client → {entry} (Packet)"),
            format!("{entry} → port 172.30.0.41:80 (Packet)"),
            "port 172.30.0.41:80 → endpoints 10/12 (Packet)".to_owned(),
            // Of eleven Pods only the names are known.
            "endpoints 10/12 → Pods 1/12 (Packet)".to_owned(),
        ]
    );
    let unit = Graph::of(&index, None, false).unit(whole(&index), &svc1(), Depth::Parts(Limits::LISTED)).unwrap();
    let parts = unit.parts().unwrap();
    assert!(parts.slices.is_empty() && parts.endpoints.is_empty() && parts.pods.is_empty(), "{parts:?}");
    assert_eq!(links(whole(&index), &svc1(), Limits::OPENED).len(), 2 * 4 + 12 + 12 + 12);
}

#[test]
fn a_host_port_leads_straight_to_its_pod() {
    let mut index = cluster();
    let mut pod = host_port_pod("edge", "n1", "10.0.1.9", 443);
    let mut other = pod.containers[0].ports[0].clone();
    (other.host_port, other.host_ip) = (Some(HostPort(444)), NodeIp::parse("127.0.0.1"));
    pod.containers[0].ports.push(other);
    put(&mut index, Row::Pod(pod));
    let key = UnitKey::host_ports(ObjectKey::new("ns1", "edge"));
    let expected = [
        "client → hostPort 192.168.0.2:443 (Packet)",
        "client → hostPort 127.0.0.1:444 (Packet)",
        "hostPort 192.168.0.2:443 → podIP 10.0.1.9 at 8080 (Packet)",
        "hostPort 127.0.0.1:444 → podIP 10.0.1.9 at 8080 (Packet)",
        "podIP 10.0.1.9 → containerPort ns1/edge/web:8080 (Packet)",
    ];
    assert_eq!(links(whole(&index), &key, Limits::LISTED), expected);
    // Without its Node only the hostPort with an address of its own is known.
    index.delete(Kind::Node, &ObjectKey::cluster("n1"));
    assert_eq!(links(whole(&index), &key, Limits::LISTED)[0], expected[1]);
    let mut pod = host_port_pod("edge", "n1", "10.0.1.9", 443);
    pod.ready = false;
    put(&mut index, Row::Pod(pod));
    assert_eq!(links(whole(&index), &key, Limits::LISTED), [expected[4]], "the Pod is there all the same");
}

#[test]
fn an_endpoints_object_is_evidence_beside_the_slices() {
    let mut index = cluster();
    let object =
        EndpointsFact { namespace: "ns1".into(), name: "svc1".into(), addresses: 3, ..EndpointsFact::default() };
    put(&mut index, Row::Endpoints(object));
    let evidence = |index: &Index| {
        let unit = Graph::of(index, None, false).unit(whole(index), &svc1(), Depth::Parts(Limits::LISTED)).unwrap();
        unit.parts().unwrap().evidence
    };
    assert_eq!(evidence(&index), Some(EndpointsEvidence { addresses: 3, mirrored: false }));
    change_slice(&mut index, |slice| {
        slice.managed_by = Some("endpointslicemirroring-controller.k8s.io".into());
    });
    assert_eq!(evidence(&index), Some(EndpointsEvidence { addresses: 3, mirrored: true }));
}

#[test]
fn a_slice_of_names_leads_to_names() {
    let mut index = cluster();
    let Object::Slice(mut names, _) = slice(vec![]) else { panic!("a slice is a slice") };
    (names.name, names.address_type) = ("svc1-names".into(), AddressType::FQDN);
    names.ports[0].port = Some(EndpointPort(443));
    let mut own = endpoint("", "", "db.example.com", READY);
    (own.slice, own.target, own.node) = ("svc1-names".into(), None, None);
    index.apply(Object::Slice(names, vec![own]));
    let links = service_links(&index);
    // kube-proxy reads no such slice.
    assert!(links.contains(&"port 172.30.0.41:80 → endpoint db.example.com:443 (Unused)".to_owned()), "{links:?}");
    assert!(links.contains(&"endpoint db.example.com:443 → external db.example.com (Packet)".to_owned()), "{links:?}");
}

#[test]
fn a_port_by_name_stays_a_name() {
    let mut index = cluster();
    change_service(&mut index, |service| service.ports[0].target_port = TargetPort::Name("http".into()));
    let unit = Graph::of(&index, None, false).unit(whole(&index), &svc1(), Depth::Parts(Limits::LISTED)).unwrap();
    assert_eq!(unit.parts().unwrap().ports[0].target_port, Some(TargetPort::Name("http".into())));
}
