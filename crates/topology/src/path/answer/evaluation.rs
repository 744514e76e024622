//! The result on a group of Nodes with the same result.

use super::arrival::{Arrival, ArrivalCounts};
use super::chain::RuleChain;
use super::endpoint_list::EndpointList;
use super::entry::Entry;
use super::header::TraceDestination;
use super::hop::Hop;
use super::outcome::Outcome;
use super::reason::Reason;
use super::remark::Remark;

/// The result on a group of Nodes with the same result.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// The first of the Nodes; `None` if no Node is known.
    pub node: Option<String>,
    /// The Nodes, sorted.
    pub nodes: Vec<String>,
    /// The destination.
    pub to: Option<TraceDestination>,
    /// The outcome.
    pub outcome: Outcome,
    /// The entry of the packet into the Service network.
    pub entry: Option<Entry>,
    /// The possible endpoints, sorted by numeric address and port.
    pub endpoints: EndpointList,
    /// The per-service chains, in the order of traversal.
    pub rules: Vec<RuleChain>,
    /// The steps, for people.
    pub hops: Vec<Hop>,
    /// If the outcome is AMBIGUOUS: the evaluations of which one applies. If kube-proxy's mode is not evaluated: what iptables' rules would do.
    pub alternatives: Vec<Evaluation>,
    /// The reason.
    pub because: Reason,
    /// Remarks.
    pub remarks: Vec<Remark>,
    /// Ids of findings.
    pub findings: Vec<String>,
    /// Whether the Service's own rules mark the packet for masquerade, even if the mark has no effect later.
    pub marked: bool,
}

impl Evaluation {
    /// An evaluation on this Node, if it is known, with only an outcome and a reason.
    pub fn new(outcome: Outcome, because: Reason, to: Option<TraceDestination>, node: Option<&str>) -> Self {
        Self {
            node: node.map(str::to_owned),
            nodes: node.map(str::to_owned).into_iter().collect(),
            to,
            outcome,
            entry: None,
            endpoints: EndpointList::default(),
            rules: Vec::new(),
            hops: Vec::new(),
            alternatives: Vec::new(),
            because,
            remarks: Vec::new(),
            findings: Vec::new(),
            marked: false,
        }
    }

    /// The evaluation by rules that are evaluated: what iptables' rules would do if kube-proxy's mode is not evaluated, else this one.
    pub fn by_evaluated_rules(&self) -> &Self {
        match (&self.because, self.alternatives.first()) {
            (Reason::ProxyModeNotEvaluated { .. }, Some(by_iptables)) => by_iptables,
            _ => self,
        }
    }

    /// Whether outcome, entry and endpoints are equal, and those of the alternatives, whichever Nodes they are of.
    pub fn ends_like(&self, other: &Self) -> bool {
        self.outcome == other.outcome
            && self.entry == other.entry
            && self.endpoints == other.endpoints
            && self.alternatives.len() == other.alternatives.len()
            && self.alternatives.iter().zip(&other.alternatives).all(|(one, other)| one.ends_like(other))
    }

    /// Whether packets to every endpoint arrive (design §4.2).
    pub fn arrives(&self) -> bool {
        self.outcome.delivered() && self.arrival() == Arrival::Always
    }

    /// Whether connections to the chosen endpoints work.
    pub fn arrival(&self) -> Arrival {
        self.endpoints.arrivals().arrival()
    }
}

/// Whether connections to the endpoints of all evaluations work.
pub fn arrival_of(evaluations: &[Evaluation]) -> Arrival {
    let mut counts = ArrivalCounts::default();
    evaluations.iter().for_each(|evaluation| counts.add_all(evaluation.endpoints.arrivals()));
    counts.arrival()
}
