//! What the page reads of the server's answer: what it compares and shows. It leaves out the codes of reasons and remarks, whose decoders
//! would be a tenth of the page.

use std::net::IpAddr;

use serde::Deserialize;
use topology::cluster::key::ObjectKey;
use topology::path::answer::{Arrival, DnsRecord, EndpointPolicy, Outcome, Rcode, arrives};

/// The answer to a question.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct TraceOutline {
    /// The DNS answer for a name.
    pub dns: Option<DnsOutline>,
    /// The results on groups of Nodes.
    pub evaluations: Vec<EvaluationOutline>,
}

/// The DNS answer.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct DnsOutline {
    /// Whether the name exists and has a record of the queried types.
    pub rcode: Rcode,
    /// The records.
    pub records: Vec<DnsRecord>,
}

/// The result on a group of Nodes.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct EvaluationOutline {
    /// The outcome.
    pub outcome: Outcome,
    /// The entry of the packet into the Service network.
    pub entry: Option<EntryOutline>,
    /// The possible endpoints.
    pub endpoints: Vec<EndpointOutline>,
    /// The evaluations of which one applies.
    pub alternatives: Vec<EvaluationOutline>,
    /// The reason, in the language of the request.
    pub reason: String,
}

impl EvaluationOutline {
    /// Whether connections to the chosen endpoints work.
    pub fn arrival(&self) -> Arrival {
        Arrival::of(self.endpoints.iter().map(|endpoint| arrives(endpoint.delivered, endpoint.policy)))
    }
}

/// The entry into the Service network.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct EntryOutline {
    /// The Service.
    pub service: Option<ObjectKey>,
}

/// One possible endpoint.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct EndpointOutline {
    /// The address.
    pub ip: IpAddr,
    /// The port.
    pub port: u16,
    /// Whether packets and their replies arrive.
    pub delivered: Option<bool>,
    /// The decision of NetworkPolicies.
    pub policy: Option<EndpointPolicy>,
}
