//! Finds endpoints that get no packets, with the reason.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use super::{LightBuilder, entry_port};
use crate::cluster::address::ip_port;
use crate::cluster::facts::{EndpointFact, ServiceFact, ServicePortFact, SliceFact, TrafficPolicy};
use crate::cluster::index::Index;
use crate::cluster::key::ObjectKey;
use crate::cluster::port::Protocol;
use crate::graph::EndpointState;
use crate::path::answer::{
    ChainRole, EndpointList, EntryKind, Evaluation, Outcome, Reason, TrafficPolicyField, distinct_endpoints,
};
use crate::path::endpoints::{Candidate, candidates};

/// An endpoint that gets no packets of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnusedEndpoint {
    /// Its address.
    pub ip: IpAddr,
    /// Its port; `None` if the endpoint or its Pod is selected, because then the port does not matter.
    pub port: Option<u16>,
    /// `nodeName` of the endpoint.
    pub node: Option<String>,
    /// The Pod in `targetRef` of the endpoint.
    pub pod: Option<ObjectKey>,
    /// The Service of the endpoint.
    pub service: Option<ObjectKey>,
    /// Its readiness.
    pub state: EndpointState,
    /// The rule that leaves a ready endpoint out; `None` if it is not ready.
    pub left_out: Option<LeftOut>,
    /// Why its Pod is not ready, in the kubelet's words.
    pub because: Option<String>,
}

/// The rule that leaves a ready endpoint out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LeftOut {
    /// A traffic policy is Local, and the endpoint is on another Node.
    Policy(TrafficPolicyField),
    /// Topology hints choose other endpoints.
    Hints,
    /// loadBalancerSourceRanges stop the packet before any endpoint is chosen.
    SourceRanges,
}

impl LeftOut {
    /// The rule by which an evaluation has left out ready endpoints of its Service.
    fn of(service: &ServiceFact, evaluation: &Evaluation) -> Self {
        let policy = match evaluation.entry.as_ref().map(|entry| entry.kind) {
            Some(EntryKind::ClusterIp) => TrafficPolicyField::InternalTrafficPolicy,
            _ => TrafficPolicyField::ExternalTrafficPolicy,
        };
        // The listener of nftables' kube-proxy has no chain.
        let listener = evaluation.because == Reason::KubeProxyListener;
        let local = listener && service.external_traffic_policy == TrafficPolicy::Local;
        match evaluation.because {
            Reason::SourceNotInRanges { .. } => Self::SourceRanges,
            Reason::NoLocalEndpoint { .. } | Reason::NodePortDropped { .. } => Self::Policy(policy),
            _ if local || evaluation.rules.iter().any(|chain| chain.role == ChainRole::Local) => Self::Policy(policy),
            _ => Self::Hints,
        }
    }
}

impl UnusedEndpoint {
    /// `IP:PORT`, or only the address if the port does not matter.
    pub fn address(&self) -> String {
        self.port.map_or_else(|| self.ip.to_string(), |port| ip_port(self.ip, port))
    }

    /// Whether the endpoint has this address and port.
    pub fn is_at(&self, ip: IpAddr, port: u16) -> bool {
        self.ip == ip && self.port.is_none_or(|own| own == port)
    }
}

/// Sorts endpoints by the text of their address, and removes duplicates.
pub(super) fn sort(unused: &mut Vec<UnusedEndpoint>) {
    unused.sort_by_cached_key(|one| (one.address(), one.node.clone(), one.pod.clone(), one.service.clone()));
    unused.dedup();
}

impl LightBuilder<'_> {
    /// Adds an endpoint to `unused` if it is not ready. The endpoint, or its Pod, is selected.
    pub(super) fn note_unused(&mut self, endpoint: &EndpointFact) {
        let (false, Some(ip)) = (endpoint.is_ready(), endpoint.ip()) else { return };
        let pod = endpoint.pod();
        let because = pod.as_ref().and_then(|key| self.cluster.index.pod(key));
        self.light.unused.push(UnusedEndpoint {
            ip,
            port: None,
            node: endpoint.node.clone(),
            service: self.cluster.index.slice(&endpoint.slice_key()).and_then(SliceFact::service_key),
            because: because.and_then(|pod| pod.not_ready_because.clone()),
            pod,
            state: EndpointState::of_endpoint(endpoint),
            left_out: None,
        });
    }
}

/// All endpoints of a Service port, each as if it were unused, and whether it is ready; sorted by the text of the address.
fn all_of(index: &Index, service: &ServiceFact, port: &ServicePortFact, ipv4: bool) -> Vec<(UnusedEndpoint, bool)> {
    let unused = |found: Candidate<'_>| {
        let pod = found.fact.pod();
        let because = pod.as_ref().and_then(|key| index.pod(key)).and_then(|pod| pod.not_ready_because.clone());
        let unused = UnusedEndpoint {
            ip: found.ip,
            port: Some(found.port),
            node: found.fact.node.clone(),
            pod,
            service: Some(service.key()),
            state: EndpointState::of_endpoint(found.fact),
            left_out: None,
            because,
        };
        (unused, found.fact.is_ready())
    };
    // `candidates` sorts by the same text.
    candidates(index, &service.key(), port, ipv4).into_iter().map(unused).collect()
}

/// A Service port in one family.
type PortKey = (ObjectKey, u16, Protocol, bool);

/// The Service port of an evaluation; `None` if there is none, or if the known facts do not decide the outcome: then nothing is left out.
fn port_of<'a>(index: &'a Index, evaluation: &Evaluation) -> Option<(PortKey, &'a ServiceFact, &'a ServicePortFact)> {
    let (service, port) = entry_port(index, evaluation).filter(|_| evaluation.outcome != Outcome::Unknown)?;
    let ipv4 = evaluation.to.as_ref().is_none_or(|to| to.ip.is_ipv4());
    Some(((service.key(), port.port.0, port.protocol, ipv4), service, port))
}

/// The lists of endpoints that evaluations use, by Service port, and by the rule that leaves out the others.
#[derive(Default)]
pub(super) struct UsedLists(BTreeMap<PortKey, Vec<(LeftOut, UsedByRule)>>);

/// The lists of one Service port, of evaluations with the same rule.
#[derive(Default)]
struct UsedByRule {
    /// Each list once.
    lists: Vec<EndpointList>,
    known: BTreeSet<usize>,
    /// Whether an evaluation uses no endpoint.
    none: bool,
    /// Whether an evaluation refuses the packet. It does that because endpoints are not ready, so a ready endpoint does not explain it.
    refused: bool,
}

impl UsedLists {
    /// Adds the list of an evaluation. Returns whether it is a new one.
    pub(super) fn add(&mut self, index: &Index, evaluation: &Evaluation) -> bool {
        let Some((key, service, _)) = port_of(index, evaluation) else { return true };
        let rule = LeftOut::of(service, evaluation);
        let by_rule = self.0.entry(key).or_default();
        let at = by_rule.iter().position(|(own, _)| *own == rule).unwrap_or_else(|| {
            by_rule.push((rule, UsedByRule::default()));
            by_rule.len() - 1
        });
        let own = &mut by_rule[at].1;
        let list = &evaluation.endpoints;
        match evaluation.outcome {
            Outcome::Reject => own.refused = true,
            _ if list.is_empty() => own.none = true,
            _ if own.known.insert(list.identity()) => own.lists.push(list.clone()),
            _ => return false,
        }
        true
    }

    /// The endpoints that at least one of the evaluations does not use.
    pub(super) fn unused(&self, index: &Index) -> Vec<UnusedEndpoint> {
        let mut unused = Vec::new();
        for ((service, number, protocol, ipv4), by_rule) in &self.0 {
            let Some(service) = index.service(service) else { continue };
            let port = service.ports.iter().find(|port| port.port.0 == *number && port.protocol == *protocol);
            let all = port.map(|port| all_of(index, service, port, *ipv4)).unwrap_or_default();
            for (rule, used) in by_rule {
                unused.extend(used.unused(&all).map(|(one, is_ready)| one.clone().by(*rule, *is_ready)));
            }
        }
        unused
    }
}

impl UsedByRule {
    fn unused<'a>(&self, all: &'a [(UnusedEndpoint, bool)]) -> impl Iterator<Item = &'a (UnusedEndpoint, bool)> {
        let mut times: BTreeMap<(IpAddr, u16), usize> = BTreeMap::new();
        for hop in self.lists.iter().flat_map(EndpointList::iter) {
            *times.entry((hop.ip, hop.port)).or_default() += 1;
        }
        let (lists, none, refused) = (self.lists.len(), self.none, self.refused);
        all.iter().filter(move |(one, is_ready)| {
            let of_lists = times.get(&(one.ip, one.port.unwrap_or_default())).copied().unwrap_or_default();
            none || of_lists < lists || (refused && !is_ready)
        })
    }
}

impl UnusedEndpoint {
    /// The endpoint as one that this rule leaves out, if it is ready.
    fn by(self, rule: LeftOut, is_ready: bool) -> Self {
        Self { left_out: is_ready.then_some(rule), ..self }
    }
}

/// Finds the endpoints of Service ports that get no packets of an evaluation, for the evaluations of one answer.
pub struct UnusedEndpoints<'a> {
    index: &'a Index,
    ports: BTreeMap<PortKey, Vec<(UnusedEndpoint, bool)>>,
}

impl<'a> UnusedEndpoints<'a> {
    /// Finds them in these rows.
    pub fn new(index: &'a Index) -> Self {
        Self { index, ports: BTreeMap::new() }
    }

    /// The endpoints of an evaluation's Service port that get none of its packets, sorted by the text of the address: the first of them, at
    /// most `most`, and the number of the others.
    pub fn of(&mut self, evaluation: &Evaluation, most: usize) -> (Vec<UnusedEndpoint>, usize) {
        let Some((key, service, port)) = port_of(self.index, evaluation) else { return (Vec::new(), 0) };
        let (ipv4, rule) = (key.3, LeftOut::of(service, evaluation));
        let all = self.ports.entry(key).or_insert_with(|| all_of(self.index, service, port, ipv4));
        let list = &evaluation.endpoints;
        let refused = evaluation.outcome == Outcome::Reject;
        let count = if refused {
            all.iter().filter(|(_, is_ready)| !is_ready).count()
        } else {
            // Every endpoint of the evaluation is one of the port.
            all.len().saturating_sub(list.len())
        };
        let is_unused = |(one, is_ready): &&(UnusedEndpoint, bool)| {
            !(refused && *is_ready) && one.port.is_none_or(|port| !list.contains(one.ip, port))
        };
        let unused = all.iter().filter(is_unused).map(|(one, is_ready)| one.clone().by(rule, *is_ready));
        let first: Vec<UnusedEndpoint> = unused.take(most.min(count)).collect();
        let more = count - first.len();
        (first, more)
    }
}

/// The addresses to which at least one evaluation sends.
pub struct UsedAddresses(BTreeSet<(IpAddr, u16)>);

impl UsedAddresses {
    /// The addresses in these evaluations.
    pub fn of(evaluations: &[Evaluation]) -> Self {
        Self(distinct_endpoints(evaluations).map(|hop| (hop.ip, hop.port)).collect())
    }

    /// Whether one of them is the address of this endpoint.
    pub fn has(&self, endpoint: &UnusedEndpoint) -> bool {
        let (first, last) = endpoint.port.map_or((0, u16::MAX), |port| (port, port));
        self.0.range((endpoint.ip, first)..=(endpoint.ip, last)).next().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::address::LoadBalancerIp;
    use crate::cluster::coverage::{Coverage, Known};
    use crate::cluster::facts::LoadBalancerIngress;
    use crate::cluster::key::Kind;
    use crate::path::question::{Destination, Source};
    use crate::path::resolve::resolve;
    use crate::testing::{change_endpoint, change_service, cluster, known};

    /// The addresses that are left out of a packet of a client outside to n1, each with its rule.
    fn left_out(index: &Index, coverage: &Coverage, to: Destination) -> Vec<(String, Option<LeftOut>)> {
        let answer = resolve(known(index, coverage), &Source::External([203, 0, 113, 2].into()), to, Some("n1"));
        let mut all = UnusedEndpoints::new(index);
        let unused = answer.evaluations.iter().flat_map(|evaluation| all.of(evaluation, usize::MAX).0);
        unused.map(|one| (one.ip.to_string(), one.left_out)).collect()
    }

    #[test]
    fn the_rule_that_leaves_a_ready_endpoint_out_is_named() {
        let coverage = Coverage::complete();
        let node_port = Destination::port([192, 168, 0, 2].into(), 30080, Protocol::Tcp);
        let second = |rule| vec![("10.0.2.1".to_owned(), Some(rule))];
        let mut index = cluster();
        assert_eq!(left_out(&index, &coverage, node_port), []);
        for (address, zone) in [("10.0.1.1", "zone-1"), ("10.0.2.1", "zone-2")] {
            change_endpoint(&mut index, address, |endpoint| endpoint.zone_hints = vec![zone.to_owned()]);
        }
        assert_eq!(left_out(&index, &coverage, node_port), second(LeftOut::Hints));
        change_service(&mut index, |service| service.external_traffic_policy = TrafficPolicy::Local);
        let policy = LeftOut::Policy(TrafficPolicyField::ExternalTrafficPolicy);
        assert_eq!(left_out(&index, &coverage, node_port), second(policy));
        let balancer = [198, 51, 100, 7];
        change_service(&mut index, |service| {
            let ip = Some(LoadBalancerIp(balancer.into()));
            service.load_balancer = vec![LoadBalancerIngress { ip, ..LoadBalancerIngress::default() }];
            service.source_ranges = vec!["10.0.0.0/8".to_owned()];
        });
        let found = left_out(&index, &coverage, Destination::port(balancer.into(), 80, Protocol::Tcp));
        assert!(found.len() == 2 && found.iter().all(|(_, rule)| *rule == Some(LeftOut::SourceRanges)), "{found:?}");
    }

    #[test]
    fn nothing_is_left_out_where_nothing_is_decided() {
        let mut coverage = Coverage::complete();
        coverage.set(Kind::EndpointSlice, "", Known::Forbidden);
        let to = Destination::port([172, 30, 0, 41].into(), 80, Protocol::Tcp);
        assert_eq!(left_out(&cluster(), &coverage, to), []);
    }
}
