//! Which endpoints get none of the packets, and why.

use std::net::IpAddr;

use super::{LightBuilder, owner};
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
    /// Its port; `None` where the endpoint or its Pod is selected, whatever the port.
    pub port: Option<u16>,
    /// The Node that it names.
    pub node: Option<String>,
    /// The Pod that it names.
    pub pod: Option<ObjectKey>,
    /// The Service whose endpoint it is.
    pub service: Option<ObjectKey>,
    /// Its readiness; a traffic policy or a hint leaves a ready one out.
    pub state: EndpointState,
    /// Why its Pod is not ready, in the kubelet's words.
    pub because: Option<String>,
}

impl UnusedEndpoint {
    /// `IP:PORT`, or the address alone where the port does not matter.
    pub fn address(&self) -> String {
        self.port.map_or_else(|| self.ip.to_string(), |port| ip_port(self.ip, port))
    }

    /// Whether this is the endpoint with that address and port.
    pub fn is_at(&self, ip: IpAddr, port: u16) -> bool {
        self.ip == ip && self.port.is_none_or(|own| own == port)
    }
}

/// Sorts by the text of the address, and drops copies.
pub(super) fn sort(unused: &mut Vec<UnusedEndpoint>) {
    unused.sort_by_cached_key(|one| (one.address(), one.node.clone(), one.pod.clone(), one.service.clone()));
    unused.dedup();
}

impl LightBuilder<'_> {
    /// Notes an endpoint that is selected, itself or by its Pod, and gets no packets because it is not ready.
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

/// The endpoints of a Service port that an evaluation passes by.
pub(super) fn unused_by<'a>(
    index: &'a Index,
    service: &'a ServiceFact,
    port: &'a ServicePortFact,
    evaluation: &'a Evaluation,
) -> impl Iterator<Item = UnusedEndpoint> + use<'a> {
    let ipv4 = evaluation.to.as_ref().is_none_or(|to| to.ip.is_ipv4());
    candidates(index, &service.key(), port, ipv4).into_iter().filter_map(move |found| {
        // A ready endpoint is not why a packet is refused.
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

/// The endpoints of an evaluation's Service port that get none of its packets, and why.
pub fn unused_endpoints(index: &Index, evaluation: &Evaluation) -> Vec<UnusedEndpoint> {
    let Some((service, port)) = owner(index, evaluation) else { return Vec::new() };
    let mut unused: Vec<UnusedEndpoint> = unused_by(index, service, port, evaluation).collect();
    sort(&mut unused);
    unused
}
