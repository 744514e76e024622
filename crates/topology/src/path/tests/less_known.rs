//! Whoever may see less of a cluster is answered the same, or UNKNOWN: no answer is claimed that facts which are not known could change.

use std::net::IpAddr;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index as Any, select};

use crate::cluster::coverage::{Coverage, Known};
use crate::cluster::facts::{EndpointFact, ServiceCidrFact, ServiceFact, TrafficPolicy};
use crate::cluster::index::Index;
use crate::cluster::key::{Kind, ObjectKey};
use crate::cluster::port::Protocol;
use crate::cluster::row::Row;
use crate::cluster::settings::{DetectLocal, NodePortAddress, ProxyMode, Settings};
use crate::cluster::view::Cluster;
use crate::path::answer::{EndpointHop, EntryKind, Evaluation, Outcome, Trace};
use crate::path::question::{Destination, Source, Target};
use crate::path::trace::trace;
use crate::testing::steps::{Step, step};
use crate::testing::{node, put};

/// What a user may not see.
#[derive(Clone, Debug)]
enum Hidden {
    /// These kinds, in every namespace.
    Kinds(Vec<Kind>),
    /// Everything that is not in this namespace, and these kinds in it.
    OutsideNamespace(&'static str, Vec<Kind>),
}

const KINDS: [Kind; 6] =
    [Kind::Node, Kind::Service, Kind::EndpointSlice, Kind::Pod, Kind::ServiceCIDR, Kind::Namespace];

fn hidden() -> impl Strategy<Value = Hidden> {
    let some = || proptest::sample::subsequence(KINDS.to_vec(), 0..3);
    prop_oneof![
        2 => select(KINDS.to_vec()).prop_map(|kind| Hidden::Kinds(vec![kind])),
        2 => Just(Hidden::Kinds(vec![Kind::Node])),
        1 => proptest::sample::subsequence(KINDS.to_vec(), 1..4).prop_map(Hidden::Kinds),
        2 => select(vec!["ns1", "ns2"]).prop_map(|namespace| Hidden::OutsideNamespace(namespace, Vec::new())),
        1 => (select(vec!["ns1", "ns2"]), some()).prop_map(|(namespace, kinds)| Hidden::OutsideNamespace(namespace, kinds)),
    ]
}

impl Hidden {
    fn hides(&self, kind: Kind, namespace: &str) -> bool {
        match self {
            Self::Kinds(kinds) => kinds.contains(&kind.watched()),
            Self::OutsideNamespace(own, kinds) => {
                !kind.namespaced() || namespace != *own || kinds.contains(&kind.watched())
            }
        }
    }

    /// What is left of a cluster, and what is known of it.
    fn of(&self, index: &Index) -> (Index, Coverage) {
        let mut left = Index::default();
        for kind in Kind::ALL {
            let rows = index.rows(kind, "").filter(|row| !self.hides(kind, &row.key().namespace));
            rows.cloned().for_each(|row| put(&mut left, row));
        }
        let mut coverage = Coverage::complete();
        for kind in Kind::WATCHED {
            match self {
                Self::Kinds(kinds) if kinds.contains(&kind) => coverage.set(kind, "", Known::Forbidden),
                Self::Kinds(_) => {}
                Self::OutsideNamespace(own, kinds) => {
                    coverage.set(kind, "", Known::Forbidden);
                    if kind.namespaced() && !kinds.contains(&kind) {
                        coverage.set(kind, own, Known::Synced);
                    }
                }
            }
        }
        (left, coverage)
    }
}

prop_compose! {
    fn settings()(
        nftables in any::<bool>(),
        detect_local in select(vec![
            DetectLocal::ClusterCIDR, DetectLocal::NodeCIDR, DetectLocal::BridgeInterface, DetectLocal::InterfaceNamePrefix,
        ]),
        [has_cidr, masquerade_all, localhost_node_ports] in any::<[bool; 3]>(),
        addresses in select(vec![vec![], vec![], vec![NodePortAddress::Primary], vec![NodePortAddress::Primary, NodePortAddress::Localhost]]),
    ) -> Settings {
        Settings {
            proxy_mode: if nftables { ProxyMode::Nftables } else { ProxyMode::Iptables },
            detect_local,
            cluster_cidrs: "10.0.0.0/16".parse().into_iter().filter(|_| has_cidr).collect(),
            masquerade_all,
            localhost_node_ports,
            node_port_addresses: addresses,
            ..Settings::default()
        }
    }
}

/// Changes what the steps leave as it is: policies, source ranges, hints, and endpoints that are addresses of Services.
fn vary(index: &mut Index, picks: &[u8]) {
    let mut picks = picks.iter().copied().cycle();
    let mut pick = move |of: u8| picks.next().unwrap_or_default() % of;
    let services: Vec<ServiceFact> = index.services().cloned().collect();
    for mut service in services {
        if pick(3) == 0 {
            service.internal_traffic_policy = TrafficPolicy::Local;
        }
        if pick(3) == 0 {
            let range = ["203.0.113.0/25", "192.168.0.2/32", "10.0.1.0/24"][usize::from(pick(3))];
            service.source_ranges = vec![range.to_owned()];
        }
        put(index, Row::Service(service));
    }
    let endpoints: Vec<EndpointFact> = index.endpoints().cloned().collect();
    for mut endpoint in endpoints {
        match pick(8) {
            0 => endpoint.zone_hints = vec![format!("zone-{}", pick(4))],
            1 => endpoint.node_hints = vec![format!("n{}", pick(4))],
            2 => {
                endpoint.zone_hints = (0..4).map(|n| format!("zone-{n}")).collect();
            }
            3 => {
                index.delete(Kind::Endpoint, &Row::Endpoint(endpoint.clone()).key());
                endpoint.address = format!("172.30.{}.{}", pick(2) + 1, pick(6) + 1);
                endpoint.target = None;
            }
            _ => {}
        }
        put(index, Row::Endpoint(endpoint));
    }
}

fn cluster(steps: Vec<Step>, picks: &[u8], has_cidr: bool) -> Index {
    let mut index = Index::default();
    if has_cidr {
        let cidrs = vec!["172.30.0.0/16".parse().unwrap()];
        put(&mut index, Row::ServiceCIDR(ServiceCidrFact { name: "kubernetes".into(), cidrs }));
    }
    steps.into_iter().for_each(|step| drop(step.take(&mut index)));
    // Pods are on Nodes that exist.
    (1..=5).for_each(|n| put(&mut index, Row::Node(node(n))));
    vary(&mut index, picks);
    index
}

fn sources(index: &Index) -> Vec<Source> {
    let outside = ["203.0.113.2", "203.0.113.200", "203.0.113.1"].map(|ip| Source::External(ip.parse().unwrap()));
    let mut sources =
        vec![Source::AnyPod, Source::PodIp("10.0.1.200".parse().unwrap()), Source::PodIp("10.9.9.9".parse().unwrap())];
    sources.extend(outside);
    sources.extend(index.pods().map(|pod| Source::Pod(pod.key())));
    sources.extend(index.pods().flat_map(|pod| &pod.ips).map(|ip| Source::PodIp(ip.0)));
    sources
        .extend(index.nodes().flat_map(|node| [Source::Node(node.name.clone()), Source::Localhost(node.name.clone())]));
    sources
}

/// Addresses and ports of Services: the fewest are UNKNOWN to whoever sees less.
fn service_addresses(index: &Index) -> Vec<Destination> {
    let of_service = |service: &ServiceFact| {
        let ips: Vec<IpAddr> = service.cluster_ips.iter().map(|ip| ip.0).collect();
        let ports: Vec<u16> = service.ports.iter().map(|port| port.port.0).collect();
        ips.into_iter().flat_map(move |ip| ports.clone().into_iter().map(move |port| (ip, port)))
    };
    index.services().flat_map(of_service).map(|(ip, port)| Destination::port(ip, port, Protocol::Tcp)).collect()
}

fn destinations(index: &Index) -> Vec<Destination> {
    let mut found: Vec<(IpAddr, u16)> = vec![("8.8.8.8".parse().unwrap(), 53), ("127.0.0.1".parse().unwrap(), 30_011)];
    for service in index.services() {
        let own = service.cluster_ips.iter().map(|ip| ip.0).chain(service.external_ips.iter().map(|ip| ip.0));
        let ips: Vec<IpAddr> = own.chain(service.load_balancer_ips(true).map(|ip| ip.0)).collect();
        for port in &service.ports {
            found.extend(ips.iter().map(|ip| (*ip, port.port.0)));
            let node_port = port.node_port.into_iter().map(|port| port.0);
            let at = |port: u16| index.nodes().flat_map(|node| node.ips()).map(move |ip| (ip.0, port));
            found.extend(node_port.flat_map(at));
            found.extend(port.node_port.map(|port| ("127.0.0.1".parse().unwrap(), port.0)));
        }
        found.extend(ips.iter().map(|ip| (*ip, 81)));
    }
    found.extend(index.pods().flat_map(|pod| &pod.ips).map(|ip| (ip.0, 8080)));
    found.extend(index.endpoints().filter_map(|endpoint| Some((endpoint.ip()?, 8080))));
    found.extend((8003..=8006).flat_map(|port| index.nodes().flat_map(|node| node.ips()).map(move |ip| (ip.0, port))));
    let port = |(ip, port)| Destination::port(ip, port, Protocol::Tcp);
    found.into_iter().map(port).collect()
}

type Entered<'a> = Option<(EntryKind, &'a Option<ObjectKey>)>;

fn entered(evaluation: &Evaluation) -> Entered<'_> {
    evaluation.entry.as_ref().map(|entry| (entry.kind, &entry.service))
}

/// Whether an answer claims nothing of an endpoint that is not so.
fn is_so(claimed: &EndpointHop, known: &EndpointHop) -> bool {
    let same_unless_null = |claimed: Option<bool>, known: Option<bool>| claimed.is_none() || claimed == known;
    // That replies pass is claimed with `delivered` only.
    (claimed.ip, claimed.port) == (known.ip, known.port)
        && (!claimed.asymmetric_return || known.asymmetric_return)
        && same_unless_null(claimed.masquerade, known.masquerade)
        && same_unless_null(claimed.delivered, known.delivered)
}

/// Whether an evaluation claims nothing that is not so.
fn holds(claimed: &Evaluation, known: &Evaluation) -> bool {
    claimed.outcome == Outcome::Unknown
        || (claimed.outcome == known.outcome
            && entered(claimed) == entered(known)
            && claimed.endpoints.len() == known.endpoints.len()
            && claimed.endpoints.iter().zip(known.endpoints.iter()).all(|(claimed, known)| is_so(claimed, known))
            && claimed.alternatives.iter().all(|one| known.alternatives.iter().any(|other| holds(one, other))))
}

/// The first evaluation that claims what is not so, with what is known. An evaluation is about its Nodes; one without Nodes is about each.
fn false_claim<'a>(less: &'a Trace, all: &'a Trace) -> Option<(&'a Evaluation, &'a Evaluation)> {
    all.evaluations.iter().find_map(|known| {
        let of_nodes = |claimed: &Evaluation| known.nodes.iter().any(|node| claimed.nodes.contains(node));
        let covered = less.evaluations.iter().any(of_nodes);
        let mut about =
            less.evaluations.iter().filter(|claimed| !covered || claimed.nodes.is_empty() || of_nodes(claimed));
        about.find(|claimed| !holds(claimed, known)).map(|claimed| (claimed, known))
    })
}

proptest! {
    #![proptest_config(fixed_seed::config(47, 120))]
    #[test]
    fn who_sees_less_is_answered_the_same_or_unknown(
        steps in vec(step(), 8..40),
        picks in vec(any::<u8>(), 64),
        has_cidr in any::<bool>(),
        settings in settings(),
        hidden in hidden(),
        questions in vec((any::<Any>(), any::<bool>(), any::<Any>(), proptest::option::weighted(0.2, 1..=5_u8)), 60),
    ) {
        let index = cluster(steps, &picks, has_cidr);
        let complete = Coverage::complete();
        let all = Cluster { index: &index, coverage: &complete, settings: &settings };
        let (left, coverage) = hidden.of(&index);
        let less = Cluster { index: &left, coverage: &coverage, settings: &settings };
        let (sources, destinations, services) = (sources(&index), destinations(&index), service_addresses(&index));
        for (from, of_service, to, node) in questions {
            let to = to.get(if of_service && !services.is_empty() { &services } else { &destinations });
            let (from, to) = (from.get(&sources), Target::Address(*to));
            let node = node.map(|node| format!("n{node}")).filter(|node| index.node(node).is_some());
            // What does not exist cannot be asked about, and what is not known to exist may be.
            let Ok(known) = trace(all, from, &to, node.as_deref()) else { continue };
            let Ok(claimed) = trace(less, from, &to, node.as_deref()) else {
                prop_assert!(false, "{} → {}: known not to exist, but it does", from, to);
                continue;
            };
            let wrong = false_claim(&claimed, &known);
            prop_assert!(wrong.is_none(), "{} → {} on {:?}: {:#?}", from, to, node, wrong);
        }
    }
}
