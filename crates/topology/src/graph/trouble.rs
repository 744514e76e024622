//! Finds the trouble of a Service or a Pod by the resolver's rules: refused ports, dropping Nodes, endpoints that are not ready.
//!
//! The picture, the table, the list of problems and the overview of a big cluster use this module.

mod question;
#[cfg(test)]
mod tests;

pub use question::{FailingQuestion, failing_question, troubled_nodes};

use super::joined::{JoinedPort, JoinedService};
use super::readiness::{EndpointState, Readiness};
use crate::cluster::coverage::Known;
use crate::cluster::facts::{PodFact, ServiceFact, ServicePortFact, ServiceType, TrafficPolicy};
use crate::cluster::index::Index;
use crate::cluster::key::Kind;
use crate::cluster::view::Cluster;
use crate::path::endpoints::{DuplicateChoice, PortEndpoints, externally_accessible};
use crate::path::no_endpoint::{NoEndpointCause, no_endpoint};

/// Maximum number of dropping Nodes that a [`Trouble`] names.
const NAMED_NODES: usize = 3;

/// The severity of a trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Some packets do not arrive, or some endpoints are not ready.
    Warning,
    /// No packet is delivered.
    Error,
}

/// Counts errors and warnings, in this order.
pub fn tally(all: impl Iterator<Item = Severity>) -> (usize, usize) {
    all.fold((0, 0), |(errors, warnings), severity| match severity {
        Severity::Error => (errors + 1, warnings),
        Severity::Warning => (errors, warnings + 1),
    })
}

/// The worst trouble of a Service or a Pod.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Trouble {
    /// Packets to some ports are refused on every Node.
    Refused {
        /// Whether all ports of the Service are refused.
        all: bool,
        /// The cause.
        cause: NoEndpointCause,
    },
    /// DNS has no address for the name of a headless Service.
    NoAddress(NoEndpointCause),
    /// The traffic policy is Local and these Nodes have no endpoint, so packets that arrive there are dropped (reference §2.1).
    Dropped {
        /// The names of the first three Nodes.
        nodes: Vec<String>,
        /// Number of Nodes that drop packets.
        on: usize,
        /// Number of all Nodes.
        of: usize,
    },
    /// Some endpoints are not ready.
    NotReady {
        /// Number of endpoints, and number of ready ones.
        readiness: Readiness,
        /// The kubelet's reason why the first of them is not ready.
        because: Option<String>,
    },
    /// Not all slices are known, so that it is not known whether packets are delivered.
    NotKnown,
}

/// The cause of a trouble, whatever object has it. Troubles with equal causes are listed together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TroubleCause {
    /// Packets are refused.
    Refused(NoEndpointCause),
    /// DNS has no address.
    NoAddress(NoEndpointCause),
    /// Packets are dropped on Nodes without an endpoint.
    NoLocalEndpoint,
    /// Endpoints are not ready.
    NotReady,
    /// Slices cannot be read.
    NotKnown,
}

impl Trouble {
    /// The cause of the trouble.
    pub fn cause(&self) -> TroubleCause {
        match self {
            Self::Refused { cause, .. } => TroubleCause::Refused(*cause),
            Self::NoAddress(cause) => TroubleCause::NoAddress(*cause),
            Self::Dropped { .. } => TroubleCause::NoLocalEndpoint,
            Self::NotReady { .. } => TroubleCause::NotReady,
            Self::NotKnown => TroubleCause::NotKnown,
        }
    }

    /// Whether packets are refused or dropped.
    pub fn stops(&self) -> bool {
        matches!(self, Self::Refused { .. } | Self::Dropped { .. })
    }

    /// The severity of the trouble.
    pub fn severity(&self) -> Severity {
        match self {
            Self::Refused { all: true, .. } | Self::NoAddress(_) => Severity::Error,
            Self::Refused { .. } | Self::Dropped { .. } | Self::NotReady { .. } | Self::NotKnown => Severity::Warning,
        }
    }
}

/// The worst trouble of a Service; `None` if it has none.
pub fn of_service(cluster: Cluster<'_>, service: &ServiceFact) -> Option<Trouble> {
    of_joined(cluster, service, &JoinedService::of(cluster.index, service))
}

/// [`of_service`] for a Service that is joined already.
pub(crate) fn of_joined(cluster: Cluster<'_>, service: &ServiceFact, joined: &JoinedService<'_>) -> Option<Trouble> {
    let index = cluster.index;
    if service.service_type == ServiceType::ExternalName || service.other_proxy {
        return None;
    }
    let known = cluster.coverage.in_namespace(Kind::EndpointSlice, &service.namespace);
    if !known.complete() {
        return (known != Known::Loading).then_some(Trouble::NotKnown);
    }
    let readiness = Readiness::of_service(index, service);
    if service.headless {
        let publishes = readiness.ready > 0 || (service.publish_not_ready && readiness.total > 0);
        // A headless Service without a selector may be intended to have no endpoints.
        if !publishes && !service.selector.is_empty() {
            return Some(Trouble::NoAddress(
                no_endpoint(index, service, &service.ports.iter().collect::<Vec<_>>(), None).cause,
            ));
        }
        return not_ready(index, service, readiness);
    }
    let dead: Vec<&ServicePortFact> = joined.ports_without_endpoint().into_iter().map(|n| &service.ports[n]).collect();
    if !dead.is_empty() {
        let all = dead.len() == service.ports.len();
        return Some(Trouble::Refused { all, cause: no_endpoint(index, service, &dead, None).cause });
    }
    dropped(cluster, service, joined).or_else(|| not_ready(index, service, readiness))
}

/// The trouble of a Pod that no Service leads to; `None` if it has none.
pub fn of_pod(pod: &PodFact) -> Option<Trouble> {
    let fine = pod.ready || pod.terminating || pod.ended();
    let not_ready = || Trouble::NotReady {
        readiness: Readiness::of_pods([pod].into_iter()),
        because: pod.not_ready_because.clone(),
    };
    (!fine).then(not_ready)
}

fn not_ready(index: &Index, service: &ServiceFact, readiness: Readiness) -> Option<Trouble> {
    if readiness.not_ready() == 0 {
        return None;
    }
    let endpoints = index.endpoints_of(&service.key());
    let mut out = endpoints.filter(|endpoint| EndpointState::of_endpoint(endpoint) == EndpointState::NotReady);
    let because = out.find_map(|endpoint| index.pod(&endpoint.pod()?)?.not_ready_because.clone());
    Some(Trouble::NotReady { readiness, because })
}

/// A Service port that has no endpoint on some Nodes, although a traffic policy of the Service is Local.
struct LocalGap<'a> {
    /// Index of the port in the Service, from 0.
    port: usize,
    /// The address family.
    ipv4: bool,
    /// The names of the Nodes.
    nodes: Vec<&'a str>,
    /// Number of all Nodes.
    of: usize,
}

/// The Nodes where a traffic policy Local drops packets.
fn dropped(cluster: Cluster<'_>, service: &ServiceFact, joined: &JoinedService<'_>) -> Option<Trouble> {
    let LocalGap { nodes: without, of, .. } = local_gap(cluster, service, joined)?;
    let nodes = without.iter().take(NAMED_NODES).map(|node| (*node).to_owned()).collect();
    Some(Trouble::Dropped { nodes, on: without.len(), of })
}

/// Finds the first port for which a traffic policy Local drops packets on some Nodes.
fn local_gap<'a>(cluster: Cluster<'a>, service: &ServiceFact, joined: &JoinedService<'_>) -> Option<LocalGap<'a>> {
    let index = cluster.index;
    let of = index.count(Kind::Node);
    if !service.proxied() || !cluster.coverage.of(Kind::Node).complete() || of == 0 {
        return None;
    }
    let is_local = |port: &ServicePortFact, ipv4: bool| {
        service.internal_traffic_policy == TrafficPolicy::Local
            || (service.external_traffic_policy == TrafficPolicy::Local && externally_accessible(service, port, ipv4))
    };
    let mut ports: Vec<&JoinedPort<'_>> =
        joined.ports().filter(|own| is_local(&service.ports[own.port], own.ipv4)).collect();
    ports.sort_by_key(|own| own.port);
    ports.into_iter().find_map(|JoinedPort { port, ipv4, .. }| {
        let endpoints = PortEndpoints::of(index, service, &service.ports[*port], *ipv4, DuplicateChoice::default());
        let has_none = |node: &str| endpoints.reach(cluster, Some(node)).local.is_empty();
        let nodes: Vec<&str> = index.nodes().map(|node| node.name.as_str()).filter(|node| has_none(node)).collect();
        (!nodes.is_empty()).then_some(LocalGap { port: *port, ipv4: *ipv4, nodes, of })
    })
}
