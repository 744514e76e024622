//! Finds endpoints that get no packets, with the reason.

use std::net::IpAddr;

use super::{LightBuilder, entry_port};
use crate::cluster::address::ip_port;
use crate::cluster::facts::{EndpointFact, ServiceFact, ServicePortFact, SliceFact, TrafficPolicy};
use crate::cluster::index::Index;
use crate::cluster::key::ObjectKey;
use crate::graph::EndpointState;
use crate::path::answer::{ChainRole, EntryKind, Evaluation, Outcome, Reason, TrafficPolicyField};
use crate::path::endpoints::candidates;

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

/// The endpoints of a Service port that an evaluation does not use. Nothing is left out where the known facts do not decide.
pub(super) fn unused_by<'a>(
    index: &'a Index,
    service: &'a ServiceFact,
    port: &'a ServicePortFact,
    evaluation: &'a Evaluation,
) -> impl Iterator<Item = UnusedEndpoint> + use<'a> {
    let ipv4 = evaluation.to.as_ref().is_none_or(|to| to.ip.is_ipv4());
    let decided = evaluation.outcome != Outcome::Unknown;
    let all = if decided { candidates(index, &service.key(), port, ipv4) } else { Vec::new() };
    let rule = LeftOut::of(service, evaluation);
    all.into_iter().filter_map(move |found| {
        // A packet is refused because endpoints are not ready, so a ready endpoint does not explain it.
        let refused = evaluation.outcome == Outcome::Reject && found.fact.is_ready();
        if refused || evaluation.endpoints.iter().any(|hop| hop.ip == found.ip && hop.port == found.port) {
            return None;
        }
        let pod = found.fact.pod();
        let because = pod.as_ref().and_then(|key| index.pod(key)).and_then(|pod| pod.not_ready_because.clone());
        Some(UnusedEndpoint {
            ip: found.ip,
            port: Some(found.port),
            node: found.fact.node.clone(),
            pod,
            service: Some(service.key()),
            state: EndpointState::of_endpoint(found.fact),
            left_out: found.fact.is_ready().then_some(rule),
            because,
        })
    })
}

/// The endpoints of an evaluation's Service port that get none of its packets, with the reason.
pub fn unused_endpoints(index: &Index, evaluation: &Evaluation) -> Vec<UnusedEndpoint> {
    let Some((service, port)) = entry_port(index, evaluation) else { return Vec::new() };
    let mut unused: Vec<UnusedEndpoint> = unused_by(index, service, port, evaluation).collect();
    sort(&mut unused);
    unused
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::address::LoadBalancerIp;
    use crate::cluster::coverage::{Coverage, Known};
    use crate::cluster::facts::LoadBalancerIngress;
    use crate::cluster::key::Kind;
    use crate::cluster::port::Protocol;
    use crate::path::question::{Destination, Source};
    use crate::path::resolve::resolve;
    use crate::testing::{change_endpoint, change_service, cluster, known};

    /// The addresses that are left out of a packet of a client outside to n1, each with its rule.
    fn left_out(index: &Index, coverage: &Coverage, to: Destination) -> Vec<(String, Option<LeftOut>)> {
        let answer = resolve(known(index, coverage), &Source::External([203, 0, 113, 2].into()), to, Some("n1"));
        let unused = answer.evaluations.iter().flat_map(|evaluation| unused_endpoints(index, evaluation));
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
