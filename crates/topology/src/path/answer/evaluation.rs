//! What happens on some Nodes that agree.

use super::chain::RuleChain;
use super::endpoint::EndpointHop;
use super::entry::Entry;
use super::header::TraceDestination;
use super::hop::Hop;
use super::outcome::Outcome;
use super::reason::Reason;
use super::remark::Remark;

/// What happens on some Nodes that agree.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
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
    pub endpoints: Vec<EndpointHop>,
    /// The per-service chains, in the order of traversal.
    pub rules: Vec<RuleChain>,
    /// The steps, for people.
    pub hops: Vec<Hop>,
    /// The evaluations of which one applies, when AMBIGUOUS.
    pub alternatives: Vec<Evaluation>,
    /// Why.
    pub because: Reason,
    /// What is said besides.
    pub remarks: Vec<Remark>,
    /// Ids of findings.
    pub findings: Vec<String>,
    /// Whether the Service's own rules mark the packet for masquerade, whatever becomes of the mark.
    pub marked: bool,
}

impl Evaluation {
    /// An evaluation on this Node, if one is known, with nothing but its outcome.
    pub fn new(outcome: Outcome, because: Reason, to: Option<TraceDestination>, node: Option<&str>) -> Self {
        Self {
            node: node.map(str::to_owned),
            nodes: node.map(str::to_owned).into_iter().collect(),
            to,
            outcome,
            entry: None,
            endpoints: Vec::new(),
            rules: Vec::new(),
            hops: Vec::new(),
            alternatives: Vec::new(),
            because,
            remarks: Vec::new(),
            findings: Vec::new(),
            marked: false,
        }
    }

    /// Whether every packet arrives, whichever endpoint it is sent to (design §4.2).
    pub fn arrives(&self) -> bool {
        self.outcome.delivered() && self.endpoints.iter().all(EndpointHop::arrives)
    }
}
