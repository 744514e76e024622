use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::Sentences;
use super::hop::HopDocument;
use super::remark::RemarkDocument;
use crate::cluster::key::ObjectKey;
use crate::path::answer::{
    Arrival, DeclaredPort, EndpointHop, EndpointPolicy, Entry, Evaluation, Outcome, Reason, ShortenedLists,
    TraceDestination,
};

/// The result on a group of Nodes with the same result.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct EvaluationDocument {
    /// The first of the Nodes; null if no Node is known.
    pub node: Option<String>,
    /// The Nodes, sorted.
    pub nodes: Vec<String>,
    /// The destination.
    pub to: Option<TraceDestination>,
    /// The outcome.
    pub outcome: Outcome,
    /// The entry of the packet into the Service network.
    pub entry: Option<Entry>,
    /// The possible endpoints, sorted by numeric address and port; empty if `same_as` is given.
    pub endpoints: Vec<EndpointDocument>,
    /// In a shortened answer: the index of the earlier evaluation whose endpoints are the same but for `changes`; else null. Of an alternative:
    /// the endpoints of that evaluation's alternative at the same place.
    #[serde(rename = "sameAs")]
    pub same_as: Option<usize>,
    /// The endpoints that replace those with the same address and port in the evaluation `same_as`.
    pub changes: Vec<EndpointDocument>,
    /// The names of the per-service chains, in the order of traversal.
    pub rules: Vec<String>,
    /// The steps, for people.
    pub hops: Vec<HopDocument>,
    /// If the outcome is AMBIGUOUS: the evaluations of which one applies. If kube-proxy's mode is not evaluated: what iptables' rules would do.
    pub alternatives: Vec<EvaluationDocument>,
    /// The reason in plain sentences: that of `because`, and those of the remarks that belong to it.
    pub reason: String,
    /// The reason as a value.
    pub because: Reason,
    /// Remarks.
    pub remarks: Vec<RemarkDocument>,
    /// Ids of findings.
    pub findings: Vec<String>,
}

impl EvaluationDocument {
    /// The documents of an answer's evaluations.
    pub(super) fn all(evaluations: &[Evaluation], lists: &ShortenedLists, words: &impl Sentences) -> Vec<Self> {
        let document = |(n, evaluation): (usize, &Evaluation)| {
            let earlier = |place| lists.same_as(n, place).map(|same_as| (same_as, &evaluations[same_as]));
            let alternative = |(k, one): (usize, &Evaluation)| {
                let earlier = earlier(Some(k)).and_then(|(n, earlier)| Some((n, earlier.alternatives.get(k)?)));
                Self::new(one, earlier, Self::whole(&one.alternatives, words), words)
            };
            let alternatives = evaluation.alternatives.iter().enumerate().map(alternative).collect();
            Self::new(evaluation, earlier(None), alternatives, words)
        };
        evaluations.iter().enumerate().map(document).collect()
    }

    /// The documents of alternatives of alternatives, which list their own endpoints.
    fn whole(evaluations: &[Evaluation], words: &impl Sentences) -> Vec<Self> {
        evaluations.iter().map(|one| Self::new(one, None, Self::whole(&one.alternatives, words), words)).collect()
    }

    /// The document of an evaluation. `earlier` lists its endpoints.
    fn new(
        evaluation: &Evaluation,
        earlier: Option<(usize, &Evaluation)>,
        alternatives: Vec<Self>,
        words: &impl Sentences,
    ) -> Self {
        let own = &evaluation.endpoints;
        let changes = earlier.and_then(|(_, earlier)| own.differences(&earlier.endpoints));
        let listed = own.iter().filter(|_| changes.is_none());
        Self {
            node: evaluation.node.clone(),
            nodes: evaluation.nodes.clone(),
            to: evaluation.to.clone(),
            outcome: evaluation.outcome,
            entry: evaluation.entry.clone(),
            endpoints: listed.map(EndpointDocument::new).collect(),
            same_as: earlier.filter(|_| changes.is_some()).map(|(n, _)| n),
            changes: changes.unwrap_or_default().into_iter().map(EndpointDocument::new).collect(),
            rules: evaluation.rules.iter().map(|chain| chain.name.clone()).collect(),
            hops: evaluation.hops.iter().map(HopDocument::new).collect(),
            alternatives,
            reason: reason(evaluation, words),
            because: evaluation.because.clone(),
            remarks: evaluation.remarks.iter().map(|remark| RemarkDocument::new(remark, words)).collect(),
            findings: evaluation.findings.clone(),
        }
    }
}

/// The sentence of an evaluation's reason, followed by those of the remarks that belong to it.
pub fn reason(evaluation: &Evaluation, words: &impl Sentences) -> String {
    let remarks = evaluation.remarks.iter().filter(|remark| remark.is_in_reason());
    let because = &evaluation.because;
    let always = evaluation.arrival() == Arrival::Always;
    let reason = if always { words.reason(because) } else { words.reason_of_sent(because) };
    remarks.fold(reason, |said, remark| words.joined(&said, &words.remark(remark)))
}

/// One possible endpoint of the packet.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EndpointDocument {
    /// The address.
    pub ip: IpAddr,
    /// The port.
    pub port: u16,
    /// The share of new connections.
    pub probability: f64,
    /// Whether the endpoint sees a Node's address instead of the client's; null if kube-proxy does not handle the packet,
    /// or if Nodes that are not known decide it.
    pub masquerade: Option<bool>,
    /// Whether the reply does not pass the Node that has translated the packet, so that the connection fails.
    pub asymmetric_return: bool,
    /// Whether packets and their replies arrive; null if a client outside sends to a Cluster IP or a Pod IP.
    pub delivered: Option<bool>,
    /// The Pod.
    pub pod: Option<ObjectKey>,
    /// The Node on which it runs.
    pub node: Option<String>,
    /// The container that declares the port.
    pub container: Option<String>,
    /// The declaration of the port.
    pub container_port: Option<DeclaredPort>,
    /// The decision of NetworkPolicies; null because they are not evaluated.
    pub policy: Option<EndpointPolicy>,
    /// The name of the endpoint's own rule.
    pub rule: Option<String>,
}

impl EndpointDocument {
    fn new(hop: &EndpointHop) -> Self {
        Self {
            ip: hop.ip,
            port: hop.port,
            probability: hop.probability,
            masquerade: hop.masquerade,
            asymmetric_return: hop.asymmetric_return,
            delivered: hop.delivered,
            pod: hop.pod.clone(),
            node: hop.node.clone(),
            container: hop.container.clone(),
            container_port: hop.container_port.clone(),
            policy: hop.policy,
            rule: hop.rule.clone(),
        }
    }
}
