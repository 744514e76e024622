//! Measures the time of one trace by number of Services and by number of the Service's endpoints, and time and size of a whole answer for a
//! Service with an endpoint on each of many Nodes: `cargo bench -p topology`.
//!
//! The same program runs in WebAssembly, as in the browser: `node end2end/bench/wasi.mjs FILE.wasm` (see `make bench`).

#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock, and runs in no browser")]

use std::hint::black_box;
use std::net::{IpAddr, Ipv4Addr};
use std::time::{Duration, Instant};

use topology::cluster::address::{ClusterIp, NodeIp, PodIp};
use topology::cluster::coverage::Coverage;
use topology::cluster::facts::{
    EndpointFact, NodeFact, PodFact, ServiceFact, ServicePortFact, ServiceType, SliceFact, SlicePortFact, TargetRef,
};
use topology::cluster::index::{Index, Object};
use topology::cluster::port::{EndpointPort, NodePort, Protocol, ServicePort, TargetPort};
use topology::cluster::row::Row;
use topology::cluster::settings::{ProxyMode, Settings};
use topology::cluster::view::Cluster;
use topology::path::answer::{Reason, Remark};
use topology::path::document::{Sentences, TraceDocument};
use topology::path::question::{Destination, Source};
use topology::path::resolve::resolve;

const NODES: u32 = 1_000;
const ENDPOINTS: u32 = 100_000;
const SLICE: u32 = 100;
/// Duration of the measurement of each figure, in runs of at least `RUN`.
const TIME: Duration = Duration::from_millis(150);
const RUN: Duration = Duration::from_millis(4);

fn main() {
    println!("one trace, median of runs; {NODES} Nodes, {ENDPOINTS} endpoints, each with its Pod");
    println!("{:>8} {:>6}  {:<42} {:>10} {:>10}", "Services", "own", "question", "iptables", "nftables");
    for services in [1_000, 10_000] {
        for own in [2, 10, 100, 1_000] {
            let index = world(NODES, services, own, ENDPOINTS);
            let coverage = Coverage::complete();
            for (name, from, to, node) in questions(&index) {
                let time = |proxy_mode| {
                    let settings = Settings { proxy_mode, ..Settings::default() };
                    let cluster = Cluster { index: &index, coverage: &coverage, settings: &settings };
                    let trace = resolve(cluster, &from, to, node);
                    let found = trace.evaluations.iter().map(|each| each.endpoints.len()).max().unwrap_or_default();
                    assert_eq!(found, own as usize, "{name} must find the Service's own endpoints");
                    let time = median(|| drop(black_box(resolve(cluster, black_box(&from), black_box(to), node))));
                    format!("{:.1} µs", time.as_secs_f64() * 1e6)
                };
                let (iptables, nftables) = (time(ProxyMode::Iptables), time(ProxyMode::Nftables));
                println!("{services:>8} {own:>6}  {name:<42} {iptables:>10} {nftables:>10}");
            }
        }
    }
    println!("\nthe answer for each Node, as JSON; one endpoint on each Node, no detector of Pods");
    println!("{:>8} {:>10} {:>10}", "Nodes", "time", "size");
    for nodes in [1_000, 5_000] {
        let index = world(nodes, 1, nodes, nodes);
        let (coverage, settings) = (Coverage::complete(), Settings::default());
        let cluster = Cluster { index: &index, coverage: &coverage, settings: &settings };
        let (_, from, to, _) = questions(&index).remove(2);
        let answer = || {
            let trace = resolve(cluster, black_box(&from), black_box(to), None);
            assert_eq!(trace.evaluations.len(), nodes as usize, "each Node decides otherwise about its own endpoint");
            serde_json::to_vec(&TraceDocument::new(&trace, &Nothing)).expect("an answer is JSON")
        };
        let time = median(|| drop(black_box(answer())));
        println!("{nodes:>8} {:>7.1} ms {:>7.1} MB", time.as_secs_f64() * 1e3, answer().len() as f64 / 1e6);
    }
}

/// No sentences: they are in another crate.
struct Nothing;

impl Sentences for Nothing {
    fn reason(&self, _: &Reason) -> String {
        String::new()
    }

    fn remark(&self, _: &Remark) -> String {
        String::new()
    }

    fn joined(&self, _: &str, _: &str) -> String {
        String::new()
    }
}

type Question = (&'static str, Source, Destination, Option<&'static str>);

/// The questions. One Node decides each of them except the last.
fn questions(index: &Index) -> Vec<Question> {
    let outside = Source::External(IpAddr::V4(Ipv4Addr::new(203, 0, 113, 9)));
    let pod = index.pods().next().map(|pod| Source::Pod(pod.key())).expect("the world has Pods");
    let node = IpAddr::V4(node_ip(7));
    let cluster_ip = IpAddr::V4(service_ip(0));
    vec![
        ("outside → NodeIP:nodePort", outside.clone(), Destination::port(node, 30_000, Protocol::Tcp), None),
        ("Pod → Cluster IP", pod, Destination::port(cluster_ip, 80, Protocol::Tcp), None),
        (
            "outside → Cluster IP, on each of 1,000 Nodes",
            outside,
            Destination::port(cluster_ip, 80, Protocol::Tcp),
            None,
        ),
    ]
}

/// The median of the time of one call.
fn median(mut call: impl FnMut()) -> Duration {
    let mut calls = 1;
    loop {
        let run = time(calls, &mut call);
        if run >= RUN || calls >= 1 << 20 {
            break;
        }
        calls *= 2;
    }
    let mut runs = Vec::new();
    let until = Instant::now() + TIME;
    while runs.is_empty() || Instant::now() < until {
        runs.push(time(calls, &mut call) / calls);
    }
    runs.sort();
    runs[runs.len() / 2]
}

fn time(calls: u32, call: &mut impl FnMut()) -> Duration {
    let start = Instant::now();
    (0..calls).for_each(|_| call());
    start.elapsed()
}

/// A cluster whose first Service has `own` endpoints. The other Services share the remaining endpoints.
fn world(nodes: u32, services: u32, own: u32, endpoints: u32) -> Index {
    let mut index = Index::default();
    (0..nodes).for_each(|n| put(&mut index, Row::Node(node(n))));
    let mut pod = 0;
    for n in 0..services {
        put(&mut index, Row::Service(service(n)));
        let mut count = if n == 0 { own } else { (endpoints - own) / (services - 1) };
        let mut slice = 0;
        while count > 0 {
            let many = count.min(SLICE);
            for each in pod..pod + many {
                put(&mut index, Row::Pod(self::pod(each, nodes)));
            }
            index.apply(self::slice(n, slice, pod..pod + many, nodes));
            (pod, count, slice) = (pod + many, count - many, slice + 1);
        }
    }
    index
}

fn put(index: &mut Index, row: Row) {
    index.apply(Object::Row(row));
}

fn node_ip(n: u32) -> Ipv4Addr {
    Ipv4Addr::from_bits(Ipv4Addr::new(172, 18, 0, 1).to_bits() + n)
}

fn service_ip(n: u32) -> Ipv4Addr {
    Ipv4Addr::from_bits(Ipv4Addr::new(10, 96, 0, 1).to_bits() + n)
}

fn pod_ip(n: u32) -> Ipv4Addr {
    Ipv4Addr::from_bits(Ipv4Addr::new(10, 128, 0, 1).to_bits() + n)
}

fn namespace(n: u32) -> String {
    format!("ns-{}", n % 50)
}

fn node(n: u32) -> NodeFact {
    NodeFact {
        name: format!("node-{n}"),
        internal_ips: vec![NodeIp(IpAddr::V4(node_ip(n)))],
        ready: true,
        ..NodeFact::default()
    }
}

fn service(n: u32) -> ServiceFact {
    ServiceFact {
        namespace: namespace(n),
        name: format!("service-{n}"),
        service_type: if n < 2_000 { ServiceType::NodePort } else { ServiceType::ClusterIP },
        cluster_ips: vec![ClusterIp(IpAddr::V4(service_ip(n)))],
        ports: vec![ServicePortFact {
            name: "http".into(),
            protocol: Protocol::Tcp,
            port: ServicePort(80),
            target_port: TargetPort::Number(8080),
            node_port: u16::try_from(n).ok().filter(|n| *n < 2_000).map(|n| NodePort(30_000 + n)),
        }],
        ..ServiceFact::default()
    }
}

fn pod_name(n: u32) -> String {
    format!("pod-{n}")
}

/// A Pod in the namespace `pods`. Endpoints of any namespace name it by `targetRef`.
fn pod(n: u32, nodes: u32) -> PodFact {
    PodFact {
        namespace: "pods".into(),
        name: pod_name(n),
        node: Some(format!("node-{}", n % nodes)),
        ips: vec![PodIp(IpAddr::V4(pod_ip(n)))],
        phase: "Running".into(),
        ready: true,
        ..PodFact::default()
    }
}

fn slice(service: u32, number: u32, pods: std::ops::Range<u32>, nodes: u32) -> Object {
    let name = format!("service-{service}-{number}");
    let endpoints = pods.map(|n| EndpointFact {
        namespace: namespace(service),
        slice: name.clone(),
        address: pod_ip(n).to_string(),
        node: Some(format!("node-{}", n % nodes)),
        target: Some(TargetRef { kind: "Pod".into(), namespace: "pods".into(), name: pod_name(n) }),
        ..EndpointFact::default()
    });
    let endpoints = endpoints.collect();
    let port = SlicePortFact { name: Some("http".into()), protocol: Protocol::Tcp, port: Some(EndpointPort(8080)) };
    let slice = SliceFact {
        namespace: namespace(service),
        name,
        service: Some(format!("service-{service}")),
        ports: vec![port],
        ..SliceFact::default()
    };
    Object::Slice(slice, endpoints)
}
