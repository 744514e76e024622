//! Finds the endpoints of a Service port as kube-proxy reads them, and those of them that a packet can reach.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::rc::Rc;

use crate::cluster::address::ip_port;
use crate::cluster::coverage::Known;
use crate::cluster::facts::{EndpointFact, ServiceFact, ServicePortFact, TrafficPolicy};
use crate::cluster::index::Index;
use crate::cluster::key::{Kind, ObjectKey};
use crate::cluster::port::TargetPort;
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

    /// What kube-proxy reads of the endpoint when it chooses.
    fn usage(&self) -> Usage<'_> {
        let EndpointFact { node, zone_hints, node_hints, .. } = self.fact;
        if self.fact.is_ready() {
            Usage::Ready { node: node.as_deref(), zone_hints, node_hints }
        } else if self.used_when_terminating() {
            Usage::Terminating { node: node.as_deref() }
        } else {
            Usage::Unused
        }
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

/// What kube-proxy reads of an endpoint when it chooses (reference §1.3).
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Usage<'a> {
    Ready { node: Option<&'a str>, zone_hints: &'a [String], node_hints: &'a [String] },
    Terminating { node: Option<&'a str> },
    Unused,
}

/// Which of the duplicates of an endpoint kube-proxy uses. It does not define that for duplicates of which none is terminating, or all are
/// (`endpointslicecache.go`, `addEndpoints`; reference §1.3). The default prefers a ready one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct DuplicateChoice(usize);

/// Maximum number of choices that are all considered. If there are more, those in which all endpoints choose alike are considered.
const CONSIDERED_CHOICES: usize = 16;

/// The endpoints of a Service port, each with its duplicates of which kube-proxy may use any.
struct Listed<'a> {
    endpoints: Vec<Vec<Candidate<'a>>>,
}

impl<'a> Listed<'a> {
    /// Joins by namespace, Service name, port name and protocol; in kube-proxy's order: by the text `ip:port` (reference §1.3).
    fn of(index: &'a Index, service: &ObjectKey, port: &ServicePortFact, ipv4: bool) -> Self {
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
        let endpoints = found.chunk_by(|a, b| a.0 == b.0).map(possible).collect();
        Self { endpoints }
    }

    /// Number of choices among the duplicates; `None` if there are too many to consider them all.
    fn number_of_choices(&self) -> Option<usize> {
        let number = self.endpoints.iter().fold(1_usize, |all, own| all.saturating_mul(own.len()));
        (number <= CONSIDERED_CHOICES).then_some(number)
    }

    /// The choices that are considered.
    fn choices(&self) -> Vec<DuplicateChoice> {
        let alike = || self.endpoints.iter().map(Vec::len).max().unwrap_or(1).min(CONSIDERED_CHOICES);
        (0..self.number_of_choices().unwrap_or_else(alike)).map(DuplicateChoice).collect()
    }

    /// The endpoints, one of the duplicates of each.
    fn chosen(&self, choice: DuplicateChoice) -> Vec<Candidate<'a>> {
        let each_chooses_alike = self.number_of_choices().is_none();
        let mut left = choice.0;
        let mut one_of = |own: &Vec<Candidate<'a>>| {
            let n = left % own.len();
            if !each_chooses_alike {
                left /= own.len();
            }
            own[n]
        };
        self.endpoints.iter().map(&mut one_of).collect()
    }
}

/// Those of an endpoint's duplicates that kube-proxy may use, one of those that it uses alike. A later duplicate replaces an earlier one
/// unless it is terminating, and the order is that of a map (reference §1.3).
fn possible<'a>(duplicates: &[(String, Candidate<'a>)]) -> Vec<Candidate<'a>> {
    let running = duplicates.iter().any(|(_, one)| !one.fact.is_terminating());
    let mut possible: Vec<Candidate<'a>> =
        duplicates.iter().rev().map(|(_, one)| *one).filter(|one| !(running && one.fact.is_terminating())).collect();
    if possible.len() > 1 {
        possible.sort_by(|a, b| a.usage().cmp(&b.usage()));
        possible.dedup_by(|a, b| a.usage() == b.usage());
    }
    possible
}

/// The endpoints of a Service port in one address family, without duplicates, in kube-proxy's order.
pub fn candidates<'a>(index: &'a Index, service: &ObjectKey, port: &ServicePortFact, ipv4: bool) -> Vec<Candidate<'a>> {
    Listed::of(index, service, port, ipv4).chosen(DuplicateChoice::default())
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

/// The endpoints of a Service port that can be reached from one Node (reference §2.1). Nodes that reach the same endpoints share a list.
#[derive(Clone, Debug)]
pub struct Reach<'a> {
    /// The endpoints for policy Cluster.
    pub cluster: Rc<[Candidate<'a>]>,
    /// The endpoints for policy Local.
    pub local: Rc<[Candidate<'a>]>,
    /// Whether any Node has a usable endpoint. If no endpoint is reachable: REJECT if this is false, DROP if it is true.
    pub any: bool,
}

/// Whether a Service port is reachable from outside at all, in one family (reference §1.2).
pub fn externally_accessible(service: &ServiceFact, port: &ServicePortFact, ipv4: bool) -> bool {
    port.node_port.is_some()
        || service.external_ips.iter().any(|ip| ip.0.is_ipv4() == ipv4)
        || service.load_balancer_ips(ipv4).next().is_some()
}

/// The endpoints of a Service port in one family, as lists that Nodes share. Each list is computed once, whatever the number of Nodes.
#[derive(Clone, Debug)]
pub struct PortEndpoints<'a> {
    candidates: Vec<Candidate<'a>>,
    /// Whether any of them can be used.
    any_usable: bool,
    /// The duplicates that kube-proxy may use instead of some of these endpoints, with those.
    duplicates: Vec<Candidate<'a>>,
    /// The choices among duplicates that are considered.
    choices: Vec<DuplicateChoice>,
    /// Whether these are all.
    considers_all_choices: bool,
    /// The endpoints for policy Cluster on a Node to which no hint applies; `None` if policy Cluster is not used.
    cluster: Option<Rc<[Candidate<'a>]>>,
    /// The endpoints that hint each Node. Empty unless every ready endpoint hints Nodes.
    by_node_hint: SharedLists<'a>,
    /// The endpoints that hint each zone. Empty unless every ready endpoint hints zones.
    by_zone_hint: SharedLists<'a>,
    /// The usable endpoints on each Node, by `nodeName`; `None` if policy Local is not used.
    local: Option<SharedLists<'a>>,
    /// The first ready endpoint without a hint.
    without_hint: Option<Candidate<'a>>,
    /// Whether a ready endpoint has a hint.
    has_hints: bool,
    /// The endpoints whose port is not the Service's targetPort, if that is a number; sorted by address and port.
    not_on_target_port: Vec<Candidate<'a>>,
    /// The endpoints with more than one address.
    with_further_addresses: Vec<Candidate<'a>>,
    none: Rc<[Candidate<'a>]>,
}

/// How topology hints choose among the ready endpoints of a Service port on a Node (reference §2.2).
#[derive(Clone, Copy, Debug)]
pub enum Topology<'p, 'a> {
    /// Every ready endpoint hints Nodes, and these hint this one; or else the same for its zone.
    Listed(&'p Rc<[Candidate<'a>]>),
    /// There are no hints.
    NoHints,
    /// There are hints, and this ready endpoint has none, so that all are ignored.
    Without(Candidate<'a>),
    /// Every ready endpoint has a hint, and none of the same sort is for this Node or its zone.
    ForOthers,
}

/// Lists of endpoints by the name of a Node or a zone.
type SharedLists<'a> = BTreeMap<&'a str, Rc<[Candidate<'a>]>>;

impl<'a> PortEndpoints<'a> {
    /// Joins the endpoints of a Service port.
    pub fn of(
        index: &'a Index,
        service: &ServiceFact,
        port: &ServicePortFact,
        ipv4: bool,
        choice: DuplicateChoice,
    ) -> Self {
        let listed = Listed::of(index, &service.key(), port, ipv4);
        let candidates = listed.chosen(choice);
        let internal_local = service.internal_traffic_policy == TrafficPolicy::Local;
        let external = externally_accessible(service, port, ipv4);
        let uses_cluster = !internal_local || external;
        let uses_local = internal_local || (service.external_traffic_policy == TrafficPolicy::Local && external);
        let ready: Vec<_> = candidates.iter().filter(|endpoint| endpoint.fact.is_ready()).copied().collect();
        // Without ready endpoints, hints are not read (reference §2.2).
        let by_hint = |hints: fn(&'a EndpointFact) -> &'a [String]| {
            let apply = uses_cluster && ready.iter().all(|endpoint| !hints(endpoint.fact).is_empty());
            let hinted = ready.iter().filter(|_| apply);
            grouped(hinted.flat_map(|one| hints(one.fact).iter().map(move |hint| (hint.as_str(), *one))))
        };
        let local = || {
            let on_nodes = candidates.iter().filter_map(|one| Some((one.fact.node.as_deref()?, *one)));
            let usable = |(node, own): (_, Rc<[Candidate<'a>]>)| (node, usable(&own).into());
            grouped(on_nodes).into_iter().map(usable).collect()
        };
        let has_hints = |one: &&Candidate<'_>| !one.fact.node_hints.is_empty() || !one.fact.zone_hints.is_empty();
        let is_other = |one: &&Candidate<'_>| match port.target_port {
            TargetPort::Number(number) => i32::from(one.port) != number,
            TargetPort::Name(_) => false,
        };
        let mut not_on_target_port: Vec<_> = candidates.iter().filter(is_other).copied().collect();
        not_on_target_port.sort_by_key(|one| (one.ip, one.port));
        let with_more = candidates.iter().filter(|one| one.fact.further_addresses > 0);
        Self {
            without_hint: ready.iter().find(|one| !has_hints(one)).copied(),
            has_hints: ready.iter().any(|one| has_hints(&one)),
            not_on_target_port,
            with_further_addresses: with_more.copied().collect(),
            cluster: uses_cluster.then(|| usable(&candidates).into()),
            by_node_hint: by_hint(|fact| &fact.node_hints),
            by_zone_hint: by_hint(|fact| &fact.zone_hints),
            local: uses_local.then(local),
            none: Rc::default(),
            choices: listed.choices(),
            considers_all_choices: listed.number_of_choices().is_some(),
            duplicates: listed.endpoints.into_iter().filter(|own| own.len() > 1).flatten().collect(),
            any_usable: candidates.iter().any(|one| one.fact.is_ready() || one.used_when_terminating()),
            candidates,
        }
    }

    /// All endpoints, in kube-proxy's order.
    pub fn candidates(&self) -> &[Candidate<'a>] {
        &self.candidates
    }

    /// The endpoints that kube-proxy may use in more than one way, each with all its entries.
    pub(crate) fn duplicates(&self) -> &[Candidate<'a>] {
        &self.duplicates
    }

    /// The choices among duplicates that are considered.
    pub(crate) fn choices(&self) -> &[DuplicateChoice] {
        &self.choices
    }

    /// Whether [`PortEndpoints::choices`] are all choices: kube-proxy may make another one if not.
    pub(crate) fn considers_all_choices(&self) -> bool {
        self.considers_all_choices
    }

    /// All endpoints, and every duplicate that kube-proxy may use.
    pub(crate) fn with_duplicates(&self) -> impl Iterator<Item = &Candidate<'a>> {
        self.candidates.iter().chain(&self.duplicates)
    }

    /// The endpoints that each policy reaches from `node` (reference §2.1).
    pub fn reach(&self, cluster: Cluster<'a>, node: Option<&str>) -> Reach<'a> {
        // kube-proxy compares its hostname with the nodeName of endpoints and the names of Nodes (reference §1.3).
        let node = node.map(|node| cluster.settings.hostname(node));
        let nearest = self.cluster.as_ref().map(|all| match node.map(|node| self.topology(cluster.index, node)) {
            Some(Topology::Listed(list)) => list,
            _ => all,
        });
        let any = nearest.is_some_and(|list| !list.is_empty()) || (self.local.is_some() && self.any_usable);
        let local = node.and_then(|node| self.local.as_ref()?.get(node));
        Reach { cluster: nearest.unwrap_or(&self.none).clone(), local: local.unwrap_or(&self.none).clone(), any }
    }

    /// How hints choose among the ready endpoints on a Node. `node` is the hostname of its kube-proxy.
    pub fn topology(&self, index: &Index, node: &str) -> Topology<'_, 'a> {
        let of_zone = || self.by_zone_hint.get(index.node(node)?.zone()?);
        match (self.by_node_hint.get(node).or_else(of_zone), self.without_hint) {
            (Some(list), _) => Topology::Listed(list),
            (None, _) if !self.has_hints => Topology::NoHints,
            (None, Some(without)) => Topology::Without(without),
            (None, None) => Topology::ForOthers,
        }
    }

    /// The endpoints whose port is not the Service's targetPort, if that is a number; sorted by address and port.
    pub fn not_on_target_port(&self) -> &[Candidate<'a>] {
        &self.not_on_target_port
    }

    /// The endpoints with more than one address.
    pub fn with_further_addresses(&self) -> &[Candidate<'a>] {
        &self.with_further_addresses
    }
}

/// Endpoints by name. Equal lists are one list.
fn grouped<'a>(named: impl Iterator<Item = (&'a str, Candidate<'a>)>) -> SharedLists<'a> {
    let mut by_name: BTreeMap<&str, Vec<Candidate<'a>>> = BTreeMap::new();
    for (name, endpoint) in named {
        let list = by_name.entry(name).or_default();
        // An endpoint can have the same hint twice.
        if list.last().is_none_or(|last| (last.ip, last.port) != (endpoint.ip, endpoint.port)) {
            list.push(endpoint);
        }
    }
    let mut known: BTreeMap<Vec<(IpAddr, u16)>, Rc<[Candidate<'a>]>> = BTreeMap::new();
    let shared = |(name, list): (_, Vec<Candidate<'a>>)| {
        let addresses = list.iter().map(|endpoint| (endpoint.ip, endpoint.port)).collect();
        (name, known.entry(addresses).or_insert_with(|| list.into()).clone())
    };
    by_name.into_iter().map(shared).collect()
}
