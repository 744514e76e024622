//! Finds the endpoints of a Service port as kube-proxy reads them, and those of them that a packet can reach.

use std::net::IpAddr;

use crate::cluster::address::ip_port;
use crate::cluster::coverage::Known;
use crate::cluster::facts::{EndpointFact, ServiceFact, ServicePortFact, TrafficPolicy};
use crate::cluster::index::Index;
use crate::cluster::key::{Kind, ObjectKey};
use crate::cluster::view::Cluster;
use crate::path::answer::Reason;

/// One endpoint of a Service port.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// The address.
    pub ip: IpAddr,
    /// The slice's port: the destination port after translation.
    pub port: u16,
    /// The endpoint's row.
    pub fact: &'a EndpointFact,
}

impl Candidate<'_> {
    fn used_when_terminating(&self) -> bool {
        self.fact.is_serving() && self.fact.is_terminating()
    }
}

/// Why the EndpointSlices of a Service are not known; `None` if they are known. `otherwise` is the reason where files are not the cause.
pub(super) fn not_known(
    cluster: Cluster<'_>,
    service: &ServiceFact,
    otherwise: impl FnOnce(String) -> Reason,
) -> Option<Reason> {
    let key = service.key();
    match cluster.coverage.in_namespace(Kind::EndpointSlice, &key.namespace) {
        known if known.complete() => None,
        Known::OmittedFromFiles => {
            let addresses = cluster.index.endpoints_object(&key).map_or(0, |endpoints| endpoints.addresses);
            Some(Reason::EndpointSlicesNotInFiles { service: key, addresses })
        }
        Known::NotApplied => Some(Reason::EndpointSlicesNotMade { service: key }),
        _ => Some(otherwise(key.namespace)),
    }
}

/// The endpoints of a Service port in one address family, joined by namespace, Service name, port name and protocol, without
/// duplicates, in kube-proxy's order: by the text `ip:port` (reference §1.3).
pub fn candidates<'a>(index: &'a Index, service: &ObjectKey, port: &ServicePortFact, ipv4: bool) -> Vec<Candidate<'a>> {
    let mut found: Vec<(String, Candidate<'a>)> = Vec::new();
    for slice in index.slices_of(service).filter(|slice| slice.proxied()) {
        for slice_port in &slice.ports {
            let Some(number) = slice_port.number().filter(|_| slice_port.joins(port)) else {
                continue;
            };
            for fact in index.endpoints_in(&slice.key()) {
                let Some(ip) = fact.ip().filter(|ip| ip.is_ipv4() == ipv4) else { continue };
                let candidate = Candidate { ip, port: number, fact };
                let key = ip_port(ip, number);
                found.push((key, candidate));
            }
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    // A later duplicate replaces an earlier one unless it is terminating (reference §1.3).
    found.dedup_by(|later, earlier| {
        let same = later.0 == earlier.0;
        if same && !later.1.fact.is_terminating() {
            earlier.1 = later.1;
        }
        same
    });
    found.into_iter().map(|(_, candidate)| candidate).collect()
}

/// The ready endpoints or, if none is ready, those that still serve while they terminate (reference §2.1). Ignores hints and policies.
pub fn usable<'a>(all: &[Candidate<'a>]) -> Vec<Candidate<'a>> {
    let ready: Vec<_> = all.iter().filter(|endpoint| endpoint.fact.is_ready()).copied().collect();
    if ready.is_empty() {
        all.iter().filter(|endpoint| endpoint.used_when_terminating()).copied().collect()
    } else {
        ready
    }
}

/// The endpoints of a Service port that can be reached from one Node (reference §2.1).
#[derive(Clone, Debug, Default)]
pub struct Reach<'a> {
    /// The endpoints for policy Cluster.
    pub cluster: Vec<Candidate<'a>>,
    /// The endpoints for policy Local.
    pub local: Vec<Candidate<'a>>,
    /// Whether any Node has a usable endpoint. If no endpoint is reachable: REJECT if this is false, DROP if it is true.
    pub any: bool,
}

/// Whether a Service port is reachable from outside at all, in one family (reference §1.2).
pub fn externally_accessible(service: &ServiceFact, port: &ServicePortFact, ipv4: bool) -> bool {
    port.node_port.is_some()
        || service.external_ips.iter().any(|ip| ip.0.is_ipv4() == ipv4)
        || service.load_balancer_ips(ipv4).next().is_some()
}

/// Finds the endpoints of a Service port that each policy reaches from `node` (reference §2.1).
pub fn reach<'a>(
    cluster: Cluster<'a>,
    service: &ServiceFact,
    port: &ServicePortFact,
    ipv4: bool,
    node: Option<&str>,
) -> Reach<'a> {
    let index = cluster.index;
    // kube-proxy compares its hostname with the nodeName of endpoints and the names of Nodes (reference §1.3).
    let node = node.map(|node| cluster.settings.hostname(node));
    let all = candidates(index, &service.key(), port, ipv4);
    let internal_local = service.internal_traffic_policy == TrafficPolicy::Local;
    let external = externally_accessible(service, port, ipv4);
    let uses_cluster = !internal_local || external;
    let uses_local = internal_local || (service.external_traffic_policy == TrafficPolicy::Local && external);
    let mut reach = Reach::default();
    if uses_cluster {
        let ready: Vec<_> = all.iter().filter(|endpoint| endpoint.fact.is_ready()).copied().collect();
        reach.cluster = if ready.is_empty() { usable(&all) } else { nearest(index, ready, node) };
        reach.any |= !reach.cluster.is_empty();
    }
    if uses_local {
        reach.any |= all.iter().any(|endpoint| endpoint.fact.is_ready() || endpoint.used_when_terminating());
        let here = |endpoint: &&Candidate<'a>| node.is_some() && endpoint.fact.node.as_deref() == node;
        reach.local = usable(&all.iter().filter(here).copied().collect::<Vec<_>>());
    }
    reach
}

/// Applies topology hints (reference §2.2).
fn nearest<'a>(index: &Index, ready: Vec<Candidate<'a>>, node: Option<&str>) -> Vec<Candidate<'a>> {
    match node.map(|node| Topology::of(index, &ready, node)) {
        Some(topology @ (Topology::Node(_) | Topology::Zone(_))) => {
            ready.into_iter().filter(|endpoint| topology.takes(endpoint)).collect()
        }
        _ => ready,
    }
}

/// How topology hints choose among the ready endpoints of a Service port on a Node (reference §2.2).
#[derive(Clone, Copy, Debug)]
pub enum Topology<'a> {
    /// Every ready endpoint hints Nodes, and one hints this.
    Node(&'a str),
    /// Every ready endpoint hints zones, and one hints this.
    Zone(&'a str),
    /// There are no hints.
    NoHints,
    /// There are hints, and this ready endpoint has none, so that all are ignored.
    Without(Candidate<'a>),
    /// Every ready endpoint has a hint, and none of the same sort is for this Node or its zone.
    ForOthers,
}

impl<'a> Topology<'a> {
    /// How hints choose among these ready endpoints on a Node. `node` is the hostname of its kube-proxy.
    pub fn of(index: &'a Index, ready: &[Candidate<'a>], node: &'a str) -> Self {
        if ready.iter().any(|endpoint| Self::Node(node).takes(endpoint))
            && ready.iter().all(|endpoint| !endpoint.fact.node_hints.is_empty())
        {
            return Self::Node(node);
        }
        let zone = index.node(node).and_then(|node| node.zone());
        if let Some(zone) = zone
            && ready.iter().any(|endpoint| Self::Zone(zone).takes(endpoint))
            && ready.iter().all(|endpoint| !endpoint.fact.zone_hints.is_empty())
        {
            return Self::Zone(zone);
        }
        let has_hints = |fact: &EndpointFact| !fact.node_hints.is_empty() || !fact.zone_hints.is_empty();
        match ready.iter().find(|endpoint| !has_hints(endpoint.fact)) {
            Some(_) if !ready.iter().any(|endpoint| has_hints(endpoint.fact)) => Self::NoHints,
            Some(without) => Self::Without(*without),
            None if ready.is_empty() => Self::NoHints,
            None => Self::ForOthers,
        }
    }

    fn takes(self, endpoint: &Candidate<'_>) -> bool {
        match self {
            Self::Node(node) => endpoint.fact.node_hints.iter().any(|hint| hint == node),
            Self::Zone(zone) => endpoint.fact.zone_hints.iter().any(|hint| hint == zone),
            Self::NoHints | Self::Without(_) | Self::ForOthers => true,
        }
    }
}
