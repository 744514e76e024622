//! What is wrong with a Service, as far as the resolver knows: what is refused, what is dropped and on which Nodes, what is not ready.
//!
//! The picture, the table, the list of problems and the overview of a big cluster all ask here.

use std::collections::BTreeSet;

use crate::facts::{PodFact, ServiceFact, ServicePortFact, ServiceType, TrafficPolicy};
use crate::index::Index;
use crate::key::{Kind, ObjectKey};
use crate::resolve::Cluster;
use crate::resolve::endpoints::{candidates, externally_accessible, reach, usable};

/// So many Nodes are named where packets are dropped.
const NAMED_NODES: usize = 3;

/// How many of something are ready.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Readiness {
    /// How many are ready.
    pub ready: usize,
    /// How many are terminating.
    pub terminating: usize,
    /// How many there are.
    pub total: usize,
}

/// How what is counted in a [`Readiness`] is, in one word: what its shape and colour are by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ready {
    /// There is nothing.
    Nothing,
    /// All of it.
    All,
    /// What is not is terminating.
    Ending,
    /// Some, or none.
    Some,
}

impl Readiness {
    /// In one word.
    pub fn ready(self) -> Ready {
        match self {
            Self { total: 0, .. } => Ready::Nothing,
            Self { ready, total, .. } if ready == total => Ready::All,
            Self { ready, terminating, total } if ready + terminating == total => Ready::Ending,
            Self { .. } => Ready::Some,
        }
    }
}

/// How bad a trouble is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Some packets, or some endpoints.
    Warning,
    /// Nothing gets through.
    Error,
}

/// How many errors and how many warnings there are.
pub fn tally(all: impl Iterator<Item = Severity>) -> (usize, usize) {
    all.fold((0, 0), |(errors, warnings), severity| match severity {
        Severity::Error => (errors + 1, warnings),
        Severity::Warning => (errors, warnings + 1),
    })
}

/// Why a port has no endpoint that gets packets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// The Service has no slice at all.
    NoSlice,
    /// Its slice is empty.
    EmptySlice,
    /// It has endpoints, and none of them is ready.
    NoneReady,
    /// It has endpoints, and none of them has this port by name and protocol.
    NoPortMatches,
}

/// The worst that is known to be wrong.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Trouble {
    /// Packets to these of its ports are refused on every Node; all of them, if `all`.
    Refused {
        /// Whether that is every port of the Service.
        all: bool,
        /// Why.
        why: Why,
    },
    /// A headless Service whose name has no address to answer with.
    NoAddress(Why),
    /// Traffic policy Local, and no endpoint on these Nodes: packets that arrive there are dropped (reference §2.1).
    Dropped {
        /// The first few Nodes by name.
        nodes: Vec<String>,
        /// On how many Nodes.
        on: usize,
        /// Of how many.
        of: usize,
    },
    /// Some endpoints are not ready.
    NotReady {
        /// How many are.
        readiness: Readiness,
        /// Why the first of them is not, in the kubelet's words.
        because: Option<String>,
    },
    /// Whether packets get through is not known: not all slices are.
    NotKnown,
}

impl Trouble {
    /// How bad it is.
    pub fn severity(&self) -> Severity {
        match self {
            Self::Refused { all: true, .. } | Self::NoAddress(_) => Severity::Error,
            Self::Refused { .. } | Self::Dropped { .. } | Self::NotReady { .. } | Self::NotKnown => Severity::Warning,
        }
    }
}

/// The worst that is known to be wrong with a Service; `None` if nothing is.
pub fn of_service(cluster: Cluster<'_>, service: &ServiceFact) -> Option<Trouble> {
    let index = cluster.index;
    if service.service_type == ServiceType::ExternalName || service.other_proxy {
        return None;
    }
    let known = cluster.coverage.in_namespace(Kind::EndpointSlice, &service.namespace);
    if !known.complete() {
        use crate::coverage::Known;
        return (known != Known::Loading).then_some(Trouble::NotKnown);
    }
    let readiness = readiness(index, &service.key());
    if service.headless {
        let why = || why(index, service, &service.ports.iter().collect::<Vec<_>>());
        let publishes = readiness.ready > 0 || (service.publish_not_ready && readiness.total > 0);
        // Without a selector nobody may ever have meant it to have any.
        if !publishes && !service.selector.is_empty() {
            return Some(Trouble::NoAddress(why()));
        }
        return not_ready(index, service, readiness);
    }
    let dead = dead_ports(index, service);
    if !dead.is_empty() {
        let all = dead.len() == service.ports.len();
        return Some(Trouble::Refused { all, why: why(index, service, &dead) });
    }
    dropped(cluster, service).or_else(|| not_ready(index, service, readiness))
}

/// What is wrong with a Pod that nothing but its own addresses lead to.
pub fn of_pod(pod: &PodFact) -> Option<Trouble> {
    let fine = pod.ready || pod.terminating || pod.ended();
    let readiness = Readiness { total: 1, ..Readiness::default() };
    (!fine).then(|| Trouble::NotReady { readiness, because: pod.not_ready_because.clone() })
}

fn not_ready(index: &Index, service: &ServiceFact, readiness: Readiness) -> Option<Trouble> {
    if readiness.ready + readiness.terminating >= readiness.total {
        return None;
    }
    let mut out =
        index.endpoints_of(&service.key()).filter(|endpoint| !endpoint.is_ready() && !endpoint.is_terminating());
    let because = out.find_map(|endpoint| index.pod(&endpoint.pod()?)?.not_ready_because.clone());
    Some(Trouble::NotReady { readiness, because })
}

/// The readiness of what is behind a Service: each Pod, or address without one, once.
pub fn readiness(index: &Index, service: &ObjectKey) -> Readiness {
    let mut readiness = Readiness::default();
    let mut seen = BTreeSet::new();
    for endpoint in index.endpoints_of(service) {
        let behind = endpoint.pod().map_or_else(|| endpoint.address.clone(), |pod| pod.to_string());
        if seen.insert(behind) {
            readiness.total += 1;
            readiness.ready += usize::from(endpoint.is_ready());
            readiness.terminating += usize::from(endpoint.is_terminating() && !endpoint.is_ready());
        }
    }
    readiness
}

/// The ports that no packet gets through, on whichever Node; the slices are taken to be known.
pub fn dead_ports<'a>(index: &Index, service: &'a ServiceFact) -> Vec<&'a ServicePortFact> {
    if !service.proxied() {
        return Vec::new();
    }
    let dead = |port: &&ServicePortFact| {
        service.cluster_ips.iter().all(|ip| usable(&candidates(index, &service.key(), port, ip.0.is_ipv4())).is_empty())
    };
    service.ports.iter().filter(dead).collect()
}

/// Why these ports have no endpoint that gets packets.
pub fn why(index: &Index, service: &ServiceFact, ports: &[&ServicePortFact]) -> Why {
    let key = service.key();
    if index.slices_of(&key).next().is_none() {
        return Why::NoSlice;
    }
    if index.endpoints_of(&key).next().is_none() {
        return Why::EmptySlice;
    }
    let joined = index.slices_of(&key).flat_map(|slice| &slice.ports).any(|own| {
        ports.iter().any(|port| own.name.as_deref() == Some(port.name.as_str()) && own.protocol == port.protocol)
    });
    // A headless Service needs no port: its name answers with addresses alone.
    if joined || ports.is_empty() || service.headless { Why::NoneReady } else { Why::NoPortMatches }
}

/// Where a traffic policy Local drops packets that arrive.
fn dropped(cluster: Cluster<'_>, service: &ServiceFact) -> Option<Trouble> {
    let index = cluster.index;
    let local = |port: &ServicePortFact, ipv4| {
        service.internal_traffic_policy == TrafficPolicy::Local
            || (service.external_traffic_policy == TrafficPolicy::Local && externally_accessible(service, port, ipv4))
    };
    let of = index.count(Kind::Node);
    if !cluster.coverage.of(Kind::Node).complete() || of == 0 {
        return None;
    }
    for port in &service.ports {
        for ipv4 in [true, false] {
            if !service.proxied_in(ipv4) || !local(port, ipv4) {
                continue;
            }
            // Only a Node that some endpoint names can have one of its own.
            let all = candidates(index, &service.key(), port, ipv4);
            let named = BTreeSet::from_iter(all.iter().filter_map(|own| own.fact.node.as_deref()));
            let has_none = |node: &str| {
                !named.contains(cluster.settings.hostname(node))
                    || reach(cluster, service, port, ipv4, Some(node)).local.is_empty()
            };
            let without = index.nodes().filter(|node| has_none(&node.name)).map(|node| node.name.clone());
            let nodes: Vec<String> = without.collect();
            if !nodes.is_empty() {
                let on = nodes.len();
                return Some(Trouble::Dropped { nodes: nodes.into_iter().take(NAMED_NODES).collect(), on, of });
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coverage::{Coverage, Known};
    use crate::facts::EndpointFact;
    use crate::row::Row;
    use crate::settings::Settings;
    use crate::testing::{NOT_READY, READY, TERMINATING, endpoint, node, pod, put, service, slice};

    /// `endpoints`: those of the Service's slice; `None` if it has no slice.
    fn trouble(service: &ServiceFact, endpoints: Option<Vec<EndpointFact>>, coverage: &Coverage) -> Option<Trouble> {
        let mut index = Index::default();
        (1..=3).for_each(|n| put(&mut index, Row::Node(node(n))));
        let mut late = pod("a2", "n2", "10.0.2.1");
        late.ready = false;
        late.not_ready_because = Some("probe failed".into());
        put(&mut index, Row::Pod(late));
        put(&mut index, Row::Service(service.clone()));
        if let Some(endpoints) = endpoints {
            index.apply(slice(endpoints));
        }
        of_service(Cluster { index: &index, coverage, settings: &Settings::default() }, service)
    }

    #[test]
    fn the_worst_that_is_wrong_is_told() {
        let svc = service();
        let local = ServiceFact { external_traffic_policy: TrafficPolicy::Local, ..service() };
        let headless = ServiceFact {
            headless: true,
            cluster_ips: Vec::new(),
            selector: [("app".to_owned(), "a".to_owned())].into(),
            ..service()
        };
        let one = |conditions| endpoint("a1", "n1", "10.0.1.1", conditions);
        let two = |conditions| endpoint("a2", "n2", "10.0.2.1", conditions);
        let refused = |why| Some(Trouble::Refused { all: true, why });
        let half = Readiness { ready: 1, terminating: 0, total: 2 };
        let cases = [
            (&svc, Some(vec![one(READY), two(READY)]), None),
            (&svc, None, refused(Why::NoSlice)),
            (&svc, Some(Vec::new()), refused(Why::EmptySlice)),
            (&svc, Some(vec![one(NOT_READY)]), refused(Why::NoneReady)),
            (&svc, Some(vec![one(TERMINATING)]), None),
            (
                &svc,
                Some(vec![one(READY), two(NOT_READY)]),
                Some(Trouble::NotReady { readiness: half, because: Some("probe failed".into()) }),
            ),
            (
                &local,
                Some(vec![one(READY), two(READY)]),
                Some(Trouble::Dropped { nodes: vec!["n3".into()], on: 1, of: 3 }),
            ),
            (&headless, Some(vec![one(NOT_READY)]), Some(Trouble::NoAddress(Why::NoneReady))),
            (&headless, Some(vec![one(READY)]), None),
        ];
        for (service, endpoints, expected) in cases {
            assert_eq!(trouble(service, endpoints.clone(), &Coverage::complete()), expected, "{endpoints:?}");
        }
    }

    #[test]
    fn nothing_is_said_to_be_refused_while_slices_are_not_known() {
        let mut coverage = Coverage::complete();
        coverage.set(Kind::EndpointSlice, "", Known::Forbidden);
        assert_eq!(trouble(&service(), None, &coverage), Some(Trouble::NotKnown));
        coverage.set(Kind::EndpointSlice, "", Known::Loading);
        assert_eq!(trouble(&service(), None, &coverage), None);
    }

    #[test]
    fn a_port_that_no_slice_has_is_refused_and_the_others_are_not() {
        let mut svc = service();
        svc.ports.push(ServicePortFact { name: "metrics".into(), node_port: None, ..svc.ports[0].clone() });
        let found = trouble(&svc, Some(vec![endpoint("a1", "n1", "10.0.1.1", READY)]), &Coverage::complete());
        assert_eq!(found, Some(Trouble::Refused { all: false, why: Why::NoPortMatches }));
    }
}
