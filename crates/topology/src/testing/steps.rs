//! Random steps of a small cluster: objects are added, changed and deleted.

use proptest::prelude::*;
use proptest::sample::select;

use super::{Conditions, NOT_READY, READY, TERMINATING, applied, deleted, node, service};
use crate::cluster::address::{ClusterIp, ExternalIp, LoadBalancerIp, PodIp};
use crate::cluster::facts::{
    ContainerFact, ContainerPortFact, EndpointFact, EndpointsFact, LoadBalancerIngress, PodFact, ServiceFact,
    ServiceType, SliceFact, SlicePortFact, TargetRef, TrafficPolicy,
};
use crate::cluster::index::{Index, Object, RowChange};
use crate::cluster::key::{Kind, ObjectKey};
use crate::cluster::port::{ContainerPort, EndpointPort, HostPort, NodePort, Protocol, ServicePort};
use crate::cluster::row::Row;

/// One step.
#[derive(Clone, Debug)]
pub enum Step {
    /// An object is added or changed.
    Put(Object),
    /// An object is deleted.
    Delete(Kind, ObjectKey),
    /// The conditions of one endpoint change. Its index is taken modulo the number of endpoints.
    Flip(usize, Conditions),
    /// Only the Pod that one endpoint names changes.
    Retarget(usize, u8),
    /// Only the ports of one slice change.
    Ports(usize, &'static [&'static str]),
}

impl Step {
    /// Applies the step to an index. Returns the changes.
    pub fn take(self, index: &mut Index) -> Vec<RowChange> {
        match self {
            Self::Put(object) => applied(index, object),
            Self::Delete(kind, key) => deleted(index, kind, &key),
            Self::Flip(n, (ready, serving, terminating)) => {
                change_endpoint(index, n, |own| EndpointFact { ready, serving, terminating, ..own })
            }
            Self::Retarget(n, pod) => {
                change_endpoint(index, n, |own| EndpointFact { target: Some(target(pod)), ..own })
            }
            Self::Ports(n, names) => {
                let slice = index.slices().nth(n % index.count(Kind::EndpointSlice).max(1)).cloned();
                let changed = slice.map(|own| SliceFact { ports: ports(names), ..own });
                changed.map(|own| applied(index, Object::Row(Row::EndpointSlice(own)))).unwrap_or_default()
            }
        }
    }
}

fn change_endpoint(index: &mut Index, n: usize, change: impl FnOnce(EndpointFact) -> EndpointFact) -> Vec<RowChange> {
    let endpoint = index.endpoints().nth(n % index.count(Kind::Endpoint).max(1)).cloned();
    endpoint.map(|own| applied(index, Object::Row(Row::Endpoint(change(own))))).unwrap_or_default()
}

/// Any step. Common steps are more frequent.
pub fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => slice(),
        6 => pod(),
        3 => any_service(),
        1 => endpoints_object(),
        1 => (1..5_u8).prop_map(|n| Step::Put(Object::Row(Row::Node(node(n))))),
        2 => gone(),
        6 => (any::<usize>(), select(&STATES[..])).prop_map(|(n, conditions)| Step::Flip(n, conditions)),
        1 => (any::<usize>(), select(&PORTS[..])).prop_map(|(n, names)| Step::Ports(n, names)),
        2 => (any::<usize>(), 1..9_u8).prop_map(|(n, pod)| Step::Retarget(n, pod)),
    ]
}

const NAMESPACES: [&str; 2] = ["ns1", "ns2"];

fn namespace() -> impl Strategy<Value = String> {
    select(&NAMESPACES[..]).prop_map(str::to_owned)
}

/// Deletes an object, which need not exist.
fn gone() -> impl Strategy<Value = Step> {
    let kinds = vec![Kind::Service, Kind::EndpointSlice, Kind::Pod, Kind::Pod, Kind::Endpoints, Kind::Node];
    (select(kinds), namespace(), 1..9_u8, 1..3_u8).prop_map(|(kind, namespace, n, m)| {
        let service = n.div_ceil(2);
        let key = match kind {
            Kind::Node => ObjectKey::cluster(format!("n{}", n.div_ceil(2))),
            Kind::Pod => ObjectKey::new(namespace, format!("p{n}")),
            Kind::EndpointSlice => ObjectKey::new(namespace, format!("svc{service}-{m}")),
            _ => ObjectKey::new(namespace, format!("svc{service}")),
        };
        Step::Delete(kind, key)
    })
}

/// One of four Services of a namespace, of any type.
fn any_service() -> impl Strategy<Value = Step> {
    let kinds = vec![
        "NodePort",
        "NodePort",
        "LoadBalancer",
        "ClusterIP",
        "headless",
        "no ports",
        "ExternalName",
        "other proxy",
    ];
    (namespace(), 1..5_u8, select(kinds), any::<[bool; 4]>()).prop_map(|(namespace, n, kind, flags)| {
        let [two_ports, external, local, selects] = flags;
        let mut own = ServiceFact { namespace, name: format!("svc{n}"), ..service() };
        let network = if own.namespace == NAMESPACES[0] { 1 } else { 2 };
        own.cluster_ips = ClusterIp::parse(&format!("172.30.{network}.{n}")).into_iter().collect();
        own.service_type = match kind {
            "NodePort" => ServiceType::NodePort,
            "LoadBalancer" => ServiceType::LoadBalancer,
            _ => ServiceType::ClusterIP,
        };
        let node_port = 30_000 + u16::from(network * 10 + n);
        own.ports[0].node_port = matches!(kind, "NodePort" | "LoadBalancer").then_some(NodePort(node_port));
        if kind == "LoadBalancer" {
            let ip = LoadBalancerIp::parse(&format!("203.0.113.{n}"));
            own.load_balancer = vec![LoadBalancerIngress { ip, proxy_mode: selects, ..LoadBalancerIngress::default() }];
        }
        if two_ports {
            let mut second = own.ports[0].clone();
            (second.name, second.port, second.node_port) = ("dns".into(), ServicePort(53), None);
            own.ports.push(second);
        }
        own.external_ips = ExternalIp::parse("198.51.100.7").into_iter().filter(|_| external).collect();
        own.external_traffic_policy = if local { TrafficPolicy::Local } else { TrafficPolicy::Cluster };
        own.selector = [("app".to_owned(), "a".to_owned())].into_iter().filter(|_| selects).collect();
        match kind {
            "headless" | "no ports" => (own.headless, own.cluster_ips) = (true, Vec::new()),
            "ExternalName" => {
                own.service_type = ServiceType::ExternalName;
                own.cluster_ips.clear();
                own.external_name = Some("db.example.com".into());
            }
            "other proxy" => own.other_proxy = true,
            _ => {}
        }
        if kind == "no ports" {
            own.ports.clear();
        }
        Step::Put(Object::Row(Row::Service(own)))
    })
}

/// One of two slices of a Service, with up to eight endpoints with different addresses.
fn slice() -> impl Strategy<Value = Step> {
    let endpoints = prop::collection::btree_map(1..9_u8, (select(&STATES[..]), select(&BEHIND[..])), 0..9);
    (namespace(), 1..5_u8, 1..3_u8, select(&PORTS[..]), endpoints, any::<bool>()).prop_map(
        |(namespace, n, m, names, endpoints, headless)| {
            let slice = SliceFact {
                name: format!("svc{n}-{m}"),
                service: Some(format!("svc{n}")),
                headless: headless && n == 4,
                ports: ports(names),
                namespace,
                ..SliceFact::default()
            };
            let own = |(n, (conditions, behind))| endpoint(&slice, n, conditions, behind);
            let endpoints = endpoints.into_iter().map(own).collect();
            Step::Put(Object::Slice(slice, endpoints))
        },
    )
}

/// Names of a slice's ports.
const PORTS: [&[&str]; 4] = [&["http"], &["http", "dns"], &["other"], &[]];

fn ports(names: &[&str]) -> Vec<SlicePortFact> {
    let port = |(name, number): (&&str, u16)| SlicePortFact {
        name: Some((*name).to_owned()),
        protocol: Protocol::Tcp,
        port: Some(EndpointPort(number)),
    };
    names.iter().zip([8080, 5353]).map(port).collect()
}

const STATES: [Conditions; 4] = [READY, READY, NOT_READY, TERMINATING];
/// The target of an endpoint: the Pod that it names, the Pod or Node that has its address, or nothing.
const BEHIND: [&str; 6] = ["named", "named", "names another", "by address", "node", "outside"];

fn endpoint(slice: &SliceFact, n: u8, (ready, serving, terminating): Conditions, behind: &str) -> EndpointFact {
    let address = match behind {
        "node" => format!("192.168.0.{}", n % 5 + 1),
        "outside" => format!("192.0.2.{n}"),
        _ => pod_ip(&slice.namespace, n),
    };
    let target =
        (behind == "named").then(|| TargetRef { kind: "Pod".into(), namespace: String::new(), name: format!("p{n}") });
    EndpointFact {
        namespace: slice.namespace.clone(),
        slice: slice.name.clone(),
        address,
        ready,
        serving,
        terminating,
        node: (!n.is_multiple_of(3)).then(|| format!("n{}", n % 3)),
        target,
        ..EndpointFact::default()
    }
}

fn target(pod: u8) -> TargetRef {
    TargetRef { kind: "Pod".into(), namespace: String::new(), name: format!("p{pod}") }
}

fn pod_ip(namespace: &str, n: u8) -> String {
    format!("10.0.{}.{n}", if namespace == NAMESPACES[0] { 1 } else { 2 })
}

/// One of eight Pods of a namespace, on any Node or none.
fn pod() -> impl Strategy<Value = Step> {
    let phase = select(&["Running", "Running", "Running", "Succeeded"][..]);
    (namespace(), 1..9_u8, 0..6_u8, phase, any::<[bool; 5]>()).prop_map(|(namespace, n, node, phase, flags)| {
        let [ready, host_port, has_ip, terminating, host_network] = flags;
        let host_network = host_network && n == 8;
        let ip = if host_network { format!("192.168.0.{}", node + 1) } else { pod_ip(&namespace, n) };
        let port = ContainerPortFact {
            name: "http".into(),
            container_port: ContainerPort(8080),
            protocol: Protocol::Tcp,
            host_port: (host_port && n.is_multiple_of(3)).then(|| HostPort(8000 + u16::from(n))),
            host_ip: None,
        };
        let pod = PodFact {
            namespace,
            name: format!("p{n}"),
            node: (node > 0).then(|| format!("n{node}")),
            ips: PodIp::parse(&ip).into_iter().filter(|_| has_ip || n > 2).collect(),
            phase: phase.into(),
            ready,
            terminating: terminating && n == 5,
            host_network,
            containers: vec![ContainerFact { name: "web".into(), ports: vec![port] }],
            ..PodFact::default()
        };
        Step::Put(Object::Row(Row::Pod(pod)))
    })
}

fn endpoints_object() -> impl Strategy<Value = Step> {
    (namespace(), 1..5_u8, 0..4_usize).prop_map(|(namespace, n, addresses)| {
        let object = EndpointsFact { namespace, name: format!("svc{n}"), addresses, ..EndpointsFact::default() };
        Step::Put(Object::Row(Row::Endpoints(object)))
    })
}
