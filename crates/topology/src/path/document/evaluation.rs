use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::Sentences;
use super::hop::HopDocument;
use super::remark::RemarkDocument;
use crate::cluster::key::ObjectKey;
use crate::path::answer::{
    DeclaredPort, EndpointHop, EndpointPolicy, Entry, Evaluation, Outcome, Reason, Remark, TraceDestination,
};

/// What happens on some Nodes that agree.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct EvaluationDocument {
    /// The first of the Nodes; null when no Node is known.
    pub node: Option<String>,
    /// The Nodes, sorted.
    pub nodes: Vec<String>,
    /// The destination.
    pub to: Option<TraceDestination>,
    /// What happens.
    pub outcome: Outcome,
    /// What the packet enters the Service network by.
    pub entry: Option<Entry>,
    /// Where it may end, by numeric address and port.
    pub endpoints: Vec<EndpointDocument>,
    /// The names of the per-service chains, in the order of traversal.
    pub rules: Vec<String>,
    /// The steps, for people.
    pub hops: Vec<HopDocument>,
    /// The evaluations of which one applies, when AMBIGUOUS.
    pub alternatives: Vec<EvaluationDocument>,
    /// Why, in one plain sentence: that of `because`, and those of the remarks that belong to it.
    pub reason: String,
    /// Why, as a value.
    pub because: Reason,
    /// What is said besides.
    pub remarks: Vec<RemarkDocument>,
    /// Ids of findings.
    pub findings: Vec<String>,
}

impl EvaluationDocument {
    /// The document of an evaluation.
    pub fn new(evaluation: &Evaluation, words: &impl Sentences) -> Self {
        let remark = |remark| RemarkDocument { text: words.remark(remark), remark: remark.clone() };
        Self {
            node: evaluation.node.clone(),
            nodes: evaluation.nodes.clone(),
            to: evaluation.to.clone(),
            outcome: evaluation.outcome,
            entry: evaluation.entry.clone(),
            endpoints: evaluation.endpoints.iter().map(EndpointDocument::new).collect(),
            rules: evaluation.rules.iter().map(|chain| chain.name.clone()).collect(),
            hops: evaluation.hops.iter().map(HopDocument::new).collect(),
            alternatives: evaluation.alternatives.iter().map(|one| Self::new(one, words)).collect(),
            reason: reason(evaluation, words),
            because: evaluation.because.clone(),
            remarks: evaluation.remarks.iter().map(remark).collect(),
            findings: evaluation.findings.clone(),
        }
    }

    /// The sentence of `reason` in another language than the document's.
    pub fn reason_in(&self, words: &impl Sentences) -> String {
        joined(&self.because, self.remarks.iter().map(|remark| &remark.remark), words)
    }
}

/// The sentence of an evaluation's reason, and those of the remarks that belong to it.
pub fn reason(evaluation: &Evaluation, words: &impl Sentences) -> String {
    joined(&evaluation.because, evaluation.remarks.iter(), words)
}

fn joined<'a>(because: &Reason, remarks: impl Iterator<Item = &'a Remark>, words: &impl Sentences) -> String {
    let remarks = remarks.filter(|remark| remark.is_in_reason());
    remarks.fold(words.reason(because), |said, remark| words.joined(&said, &words.remark(remark)))
}

/// One place where the packet may end.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EndpointDocument {
    /// The address.
    pub ip: IpAddr,
    /// The port.
    pub port: u16,
    /// The share of new connections.
    pub probability: f64,
    /// Whether the backend sees a Node's address in place of the client's; null where kube-proxy has no part in it.
    pub masquerade: Option<bool>,
    /// Whether the reply misses the Node that translated, so that the connection fails.
    pub asymmetric_return: bool,
    /// Whether packets and their replies arrive; null where a client outside asks a Cluster IP or a Pod IP.
    pub delivered: Option<bool>,
    /// The Pod.
    pub pod: Option<ObjectKey>,
    /// The Node that it runs on.
    pub node: Option<String>,
    /// The container that declares the port.
    pub container: Option<String>,
    /// Its declaration.
    pub container_port: Option<DeclaredPort>,
    /// What NetworkPolicies say, null while they are not evaluated.
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
