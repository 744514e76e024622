//! Which endpoints get none of the packets, and why.

use super::{Beam, owner};
use crate::address::ip_port;
use crate::facts::{EndpointFact, ServiceFact, ServicePortFact, SliceFact};
use crate::graph::EndpointState;
use crate::index::Index;
use crate::key::ObjectKey;
use crate::resolve::endpoints::candidates;
use crate::trace::{Evaluation, Outcome};

/// An endpoint that gets no packets of a path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Out {
    /// `IP:port`.
    pub address: String,
    /// The Node that it names.
    pub node: Option<String>,
    /// The Pod that it names.
    pub pod: Option<ObjectKey>,
    /// The Service whose endpoint it is.
    pub service: Option<ObjectKey>,
    /// Its readiness; ready ones are out by a policy or a hint.
    pub state: EndpointState,
    /// Why its Pod is not ready, in the kubelet's words.
    pub because: Option<String>,
}

impl Beam<'_> {
    /// Notes an endpoint that is selected, itself or by its Pod, and gets no packets because it is not ready.
    pub(super) fn note_out(&mut self, endpoint: &EndpointFact) {
        if endpoint.is_ready() {
            return;
        }
        let pod = endpoint.pod();
        let because = pod.as_ref().and_then(|key| self.cluster.index.pod(key));
        self.light.out.push(Out {
            address: endpoint.address.clone(),
            node: endpoint.node.clone(),
            service: self.cluster.index.slice(&endpoint.slice_key()).and_then(SliceFact::service_key),
            because: because.and_then(|pod| pod.not_ready_because.clone()),
            pod,
            state: EndpointState::of_endpoint(endpoint),
        });
    }
}

/// The endpoints of a Service port that an evaluation passes by.
pub(super) fn left_out<'a>(
    index: &'a Index,
    service: &'a ServiceFact,
    port: &'a ServicePortFact,
    evaluation: &'a Evaluation,
) -> impl Iterator<Item = Out> + use<'a> {
    let ipv4 = evaluation.to.as_ref().is_none_or(|to| to.ip.is_ipv4());
    candidates(index, &service.key(), port, ipv4).into_iter().filter_map(move |found| {
        // What is refused whoever is ready says nothing of those that are.
        let refused = evaluation.outcome == Outcome::Reject && found.fact.is_ready();
        if refused || evaluation.endpoints.iter().any(|hop| hop.ip == found.ip && hop.port == found.port) {
            return None;
        }
        let pod = found.fact.pod();
        let because = pod.as_ref().and_then(|key| index.pod(key)).and_then(|pod| pod.not_ready_because.clone());
        Some(Out {
            address: ip_port(found.ip, found.port),
            node: found.fact.node.clone(),
            pod,
            service: Some(service.key()),
            state: EndpointState::of_endpoint(found.fact),
            because,
        })
    })
}

/// The endpoints that an evaluation of a trace passes by, though they are its Service port's, and why.
pub fn out_of(index: &Index, evaluation: &Evaluation) -> Vec<Out> {
    let Some((service, port)) = owner(index, evaluation) else { return Vec::new() };
    let mut out: Vec<Out> = left_out(index, service, port, evaluation).collect();
    out.sort();
    out
}
