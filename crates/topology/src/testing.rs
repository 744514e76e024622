//! Fixtures of clusters for tests.

pub mod steps;

use std::sync::LazyLock;

use crate::cluster::address::{ClusterIp, NodeIp, PodIp};
use crate::cluster::coverage::Coverage;
use crate::cluster::facts::{
    ContainerFact, ContainerPortFact, EndpointFact, NodeFact, PodFact, ServiceFact, ServicePortFact, ServiceType,
    SliceFact, SlicePortFact, TargetRef,
};
use crate::cluster::index::{Index, Object, RowChange};
use crate::cluster::key::{Kind, ObjectKey};
use crate::cluster::port::{ContainerPort, EndpointPort, HostPort, NodePort, Protocol, ServicePort, TargetPort};
use crate::cluster::row::Row;
use crate::cluster::settings::Settings;
use crate::cluster::view::Cluster;
use crate::path::answer::{Reason, Remark};
use crate::path::document::Sentences;

/// `n1`, with 192.168.0.(1 + n), zone-n and Pod CIDR 10.0.n.0/24.
pub fn node(n: u8) -> NodeFact {
    NodeFact {
        name: format!("n{n}"),
        internal_ips: NodeIp::parse(&format!("192.168.0.{}", n + 1)).into_iter().collect(),
        pod_cidrs: format!("10.0.{n}.0/24").parse().into_iter().collect(),
        ready: true,
        labels: [("topology.kubernetes.io/zone".to_owned(), format!("zone-{n}"))].into(),
        ..NodeFact::default()
    }
}

/// `ns1/NAME` on a Node, with one container `web` that declares `http` 8080/TCP; Ready.
pub fn pod(name: &str, node: &str, ip: &str) -> PodFact {
    let port = ContainerPortFact {
        name: "http".into(),
        container_port: ContainerPort(8080),
        protocol: Protocol::Tcp,
        host_port: None,
        host_ip: None,
    };
    PodFact {
        namespace: "ns1".into(),
        name: name.into(),
        node: Some(node.into()),
        ips: PodIp::parse(ip).into_iter().collect(),
        phase: "Running".into(),
        ready: true,
        containers: vec![ContainerFact { name: "web".into(), ports: vec![port] }],
        ..PodFact::default()
    }
}

/// A Pod whose container declares a hostPort.
pub fn host_port_pod(name: &str, node: &str, ip: &str, host_port: u16) -> PodFact {
    let mut pod = pod(name, node, ip);
    pod.containers[0].ports[0].host_port = Some(HostPort(host_port));
    pod
}

/// `ns1/svc1`, type NodePort, 172.30.0.41, port `http` 80/TCP to targetPort 8080, nodePort 30080.
pub fn service() -> ServiceFact {
    ServiceFact {
        namespace: "ns1".into(),
        name: "svc1".into(),
        service_type: ServiceType::NodePort,
        cluster_ips: ClusterIp::parse("172.30.0.41").into_iter().collect(),
        ports: vec![ServicePortFact {
            name: "http".into(),
            protocol: Protocol::Tcp,
            port: ServicePort(80),
            target_port: TargetPort::Number(8080),
            node_port: Some(NodePort(30080)),
        }],
        ..ServiceFact::default()
    }
}

/// Ready, serving, terminating.
pub type Conditions = (Option<bool>, Option<bool>, Option<bool>);

/// An endpoint of `ns1/svc1-x` that names its Pod.
pub fn endpoint(pod: &str, node: &str, ip: &str, (ready, serving, terminating): Conditions) -> EndpointFact {
    EndpointFact {
        namespace: "ns1".into(),
        slice: "svc1-x".into(),
        address: ip.into(),
        ready,
        serving,
        terminating,
        node: Some(node.into()),
        target: Some(TargetRef { kind: "Pod".into(), namespace: "ns1".into(), name: pod.into() }),
        ..EndpointFact::default()
    }
}

/// The slice `ns1/svc1-x` of `svc1`, port `http` 8080/TCP.
pub fn slice(endpoints: Vec<EndpointFact>) -> Object {
    let port = SlicePortFact { name: Some("http".into()), protocol: Protocol::Tcp, port: Some(EndpointPort(8080)) };
    let slice = SliceFact {
        namespace: "ns1".into(),
        name: "svc1-x".into(),
        service: Some("svc1".into()),
        managed_by: Some("endpointslice-controller.k8s.io".into()),
        ports: vec![port],
        ..SliceFact::default()
    };
    Object::Slice(slice, endpoints)
}

/// Ready.
pub const READY: Conditions = (Some(true), Some(true), Some(false));
/// Not ready.
pub const NOT_READY: Conditions = (Some(false), Some(false), Some(false));
/// Terminating, still serving.
pub const TERMINATING: Conditions = (Some(false), Some(true), Some(true));

/// Three Nodes, `svc1`, and its Pods a1 on n1 and a2 on n2, both ready.
pub fn cluster() -> Index {
    let mut index = Index::default();
    (1..=3).for_each(|n| put(&mut index, Row::Node(node(n))));
    put(&mut index, Row::Pod(pod("a1", "n1", "10.0.1.1")));
    put(&mut index, Row::Pod(pod("a2", "n2", "10.0.2.1")));
    put(&mut index, Row::Service(service()));
    index.apply(slice(vec![endpoint("a1", "n1", "10.0.1.1", READY), endpoint("a2", "n2", "10.0.2.1", READY)]));
    index
}

/// Changes one endpoint of `ns1/svc1-x`, by its address.
pub fn change_endpoint(index: &mut Index, address: &str, change: impl FnOnce(&mut EndpointFact)) {
    let mut endpoint =
        index.endpoint(&ObjectKey::new("ns1", format!("svc1-x/{address}"))).expect("the fixture has it").clone();
    change(&mut endpoint);
    put(index, Row::Endpoint(endpoint));
}

/// Puts a row.
pub fn put(index: &mut Index, row: Row) {
    index.apply(Object::Row(row));
}

/// Changes the Service `ns1/svc1`.
pub fn change_service(index: &mut Index, change: impl FnOnce(&mut ServiceFact)) {
    let mut service = index.service(&ObjectKey::new("ns1", "svc1")).expect("the fixture has it").clone();
    change(&mut service);
    put(index, Row::Service(service));
}

/// Changes the slice `ns1/svc1-x`.
pub fn change_slice(index: &mut Index, change: impl FnOnce(&mut SliceFact)) {
    let mut slice = index.slice(&ObjectKey::new("ns1", "svc1-x")).expect("the fixture has it").clone();
    change(&mut slice);
    put(index, Row::EndpointSlice(slice));
}

/// Applies an object. Returns the changes with the previous rows.
pub fn applied(index: &mut Index, object: Object) -> Vec<RowChange> {
    let mut changes = Vec::new();
    index.apply_into(object, &mut changes);
    changes
}

/// Deletes an object. Returns the changes with the previous rows.
pub fn deleted(index: &mut Index, kind: Kind, key: &ObjectKey) -> Vec<RowChange> {
    let mut changes = Vec::new();
    index.delete_into(kind, key, &mut changes);
    changes
}

/// A cluster with complete coverage and default settings.
pub fn whole(index: &Index) -> Cluster<'_> {
    static COMPLETE: LazyLock<Coverage> = LazyLock::new(Coverage::complete);
    known(index, &COMPLETE)
}

/// A cluster with this coverage and default settings.
pub fn known<'a>(index: &'a Index, coverage: &'a Coverage) -> Cluster<'a> {
    static SETTINGS: LazyLock<Settings> = LazyLock::new(Settings::default);
    Cluster { index, coverage, settings: &SETTINGS }
}

/// Writes codes in place of sentences.
pub struct Codes;

impl Codes {
    fn code(value: &impl serde::Serialize) -> String {
        serde_json::to_value(value).expect("it is written")["code"].as_str().expect("it has a code").to_owned()
    }
}

impl Sentences for Codes {
    fn reason(&self, reason: &Reason) -> String {
        Self::code(reason)
    }

    fn remark(&self, remark: &Remark) -> String {
        Self::code(remark)
    }

    fn joined(&self, sentence: &str, next: &str) -> String {
        format!("{sentence}; {next}")
    }
}
