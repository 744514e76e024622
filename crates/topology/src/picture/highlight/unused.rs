//! Finds endpoints that get no packets, with the reason.

use std::net::IpAddr;

use super::{LightBuilder, entry_port};
use crate::cluster::address::ip_port;
use crate::cluster::facts::{EndpointFact, ServiceFact, ServicePortFact, SliceFact};
use crate::cluster::index::Index;
use crate::cluster::key::ObjectKey;
use crate::graph::EndpointState;
use crate::path::answer::{Evaluation, Outcome};
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
    /// Its readiness. A ready endpoint gets no packets because of a traffic policy or a hint.
    pub state: EndpointState,
    /// Why its Pod is not ready, in the kubelet's words.
    pub because: Option<String>,
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
        });
    }
}

/// The endpoints of a Service port that an evaluation does not use.
pub(super) fn unused_by<'a>(
    index: &'a Index,
    service: &'a ServiceFact,
    port: &'a ServicePortFact,
    evaluation: &'a Evaluation,
) -> impl Iterator<Item = UnusedEndpoint> + use<'a> {
    let ipv4 = evaluation.to.as_ref().is_none_or(|to| to.ip.is_ipv4());
    candidates(index, &service.key(), port, ipv4).into_iter().filter_map(move |found| {
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
