//! Measures updates of the picture with 10,000 Pods: `cargo bench -p topology --bench scene`.
//!
//! One change is one endpoint that becomes ready or not ready, as after a readiness probe.

#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock, and runs in no browser")]

use std::hint::black_box;
use std::net::{IpAddr, Ipv4Addr};
use std::time::{Duration, Instant};

use topology::cluster::address::{ClusterIp, NodeIp, PodIp};
use topology::cluster::coverage::Coverage;
use topology::cluster::facts::{
    ContainerFact, ContainerPortFact, EndpointFact, NodeFact, PodFact, ServiceFact, ServicePortFact, ServiceType,
    SliceFact, SlicePortFact, TargetRef,
};
use topology::cluster::index::{Index, Object, RowChange};
use topology::cluster::port::{ContainerPort, EndpointPort, NodePort, Protocol, ServicePort, TargetPort};
use topology::cluster::row::Row;
use topology::cluster::settings::Settings;
use topology::cluster::view::Cluster;
use topology::picture::{Arrangement, Detail, Look, Scene};

const PODS: u32 = 10_000;
const SLICE: u32 = 100;
/// Number of measured changes of each row; the median is printed.
const CHANGES: usize = 101;
/// Number of measured drawings of the whole picture.
const REBUILDS: usize = 5;

fn main() {
    println!("{PODS} Pods; median of {CHANGES} changes of one endpoint, of {REBUILDS} drawings of the whole picture");
    println!(
        "{:>8} {:>6}  {:<11} {:<7} {:>12} {:>12}",
        "Services", "Nodes", "arranged by", "detail", "change", "whole"
    );
    for (services, nodes) in [(100, 100), (1_000, 100), (5_000, 1_000)] {
        for arrangement in [Arrangement::Service, Arrangement::Node] {
            for detail in [Detail::Full, Detail::Folded, Detail::Line] {
                let (change, whole) = measure(services, nodes, Look { detail, arrangement, ..Look::default() });
                let (by, detail) = (format!("{arrangement:?}"), format!("{detail:?}"));
                println!("{services:>8} {nodes:>6}  {by:<11} {detail:<7} {:>12} {:>12}", text(change), text(whole));
            }
        }
    }
}

fn text(time: Duration) -> String {
    format!("{:.1} µs", time.as_secs_f64() * 1e6)
}

fn measure(services: u32, nodes: u32, look: Look) -> (Duration, Duration) {
    let (coverage, settings) = (Coverage::complete(), Settings::default());
    let mut index = world(services, nodes);
    let mut scene = Scene::default();
    let whole = (0..REBUILDS).map(|_| {
        let cluster = Cluster { index: &index, coverage: &coverage, settings: &settings };
        let start = Instant::now();
        scene = black_box(Scene::with(cluster, look.clone()));
        start.elapsed()
    });
    let whole = median(whole.collect());
    let changes = (0..CHANGES).map(|n| {
        let n = u32::try_from(n).unwrap_or_default() * 97 % PODS;
        let mut endpoint = endpoint(n, services, nodes);
        endpoint.ready = Some(false);
        let mut changes: Vec<RowChange> = Vec::new();
        index.apply_into(Object::Row(Row::Endpoint(endpoint)), &mut changes);
        assert_eq!(changes.len(), 1, "an endpoint flips");
        let cluster = Cluster { index: &index, coverage: &coverage, settings: &settings };
        let start = Instant::now();
        let dirty = black_box(scene.update(cluster, &changes));
        let time = start.elapsed();
        assert!(dirty.gone.is_empty());
        time
    });
    (median(changes.collect()), whole)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// All Services have the same number of Pods. Every fifth Service has type NodePort.
fn world(services: u32, nodes: u32) -> Index {
    let mut index = Index::default();
    (0..nodes).for_each(|n| put(&mut index, Row::Node(node(n))));
    let own = PODS / services;
    for n in 0..services {
        put(&mut index, Row::Service(service(n)));
        let pods: Vec<u32> = (n * own..(n + 1) * own).collect();
        pods.iter().for_each(|each| put(&mut index, Row::Pod(pod(*each, services, nodes))));
        for pods in pods.chunks(SLICE as usize) {
            let endpoints = pods.iter().map(|each| endpoint(*each, services, nodes));
            index.apply(Object::Slice(slice(pods[0], n), endpoints.collect()));
        }
    }
    index
}

fn put(index: &mut Index, row: Row) {
    index.apply(Object::Row(row));
}

fn address(network: Ipv4Addr, n: u32) -> IpAddr {
    IpAddr::V4(Ipv4Addr::from_bits(network.to_bits() + n))
}

fn pod_ip(n: u32) -> IpAddr {
    address(Ipv4Addr::new(10, 128, 0, 1), n)
}

fn namespace(service: u32) -> String {
    format!("ns-{}", service % 50)
}

fn node(n: u32) -> NodeFact {
    NodeFact {
        name: format!("node-{n}"),
        internal_ips: vec![NodeIp(address(Ipv4Addr::new(172, 18, 0, 1), n))],
        ready: true,
        ..NodeFact::default()
    }
}

fn service(n: u32) -> ServiceFact {
    let node_port = u16::try_from(n).ok().filter(|n| n % 5 == 0 && *n < 2_500).map(|n| NodePort(30_000 + n));
    ServiceFact {
        namespace: namespace(n),
        name: format!("service-{n}"),
        service_type: if node_port.is_some() { ServiceType::NodePort } else { ServiceType::ClusterIP },
        cluster_ips: vec![ClusterIp(address(Ipv4Addr::new(10, 96, 0, 1), n))],
        ports: vec![ServicePortFact {
            name: "http".into(),
            protocol: Protocol::Tcp,
            port: ServicePort(80),
            target_port: TargetPort::Number(8080),
            node_port,
        }],
        ..ServiceFact::default()
    }
}

fn pod(n: u32, services: u32, nodes: u32) -> PodFact {
    let port = ContainerPortFact {
        name: "http".into(),
        container_port: ContainerPort(8080),
        protocol: Protocol::Tcp,
        host_port: None,
        host_ip: None,
    };
    PodFact {
        namespace: namespace(n / (PODS / services)),
        name: format!("pod-{n}"),
        node: Some(format!("node-{}", n % nodes)),
        ips: vec![PodIp(pod_ip(n))],
        phase: "Running".into(),
        ready: true,
        containers: vec![ContainerFact { name: "web".into(), ports: vec![port] }],
        ..PodFact::default()
    }
}

/// The slice that begins with this Pod.
fn slice(first: u32, service: u32) -> SliceFact {
    let port = SlicePortFact { name: Some("http".into()), protocol: Protocol::Tcp, port: Some(EndpointPort(8080)) };
    SliceFact {
        namespace: namespace(service),
        name: slice_name(first),
        service: Some(format!("service-{service}")),
        ports: vec![port],
        ..SliceFact::default()
    }
}

fn slice_name(first: u32) -> String {
    format!("slice-{first}")
}

fn endpoint(n: u32, services: u32, nodes: u32) -> EndpointFact {
    let own = PODS / services;
    let service = n / own;
    let first = service * own + (n % own) / SLICE * SLICE;
    EndpointFact {
        namespace: namespace(service),
        slice: slice_name(first),
        address: pod_ip(n).to_string(),
        node: Some(format!("node-{}", n % nodes)),
        target: Some(TargetRef { kind: "Pod".into(), namespace: namespace(service), name: format!("pod-{n}") }),
        ..EndpointFact::default()
    }
}
