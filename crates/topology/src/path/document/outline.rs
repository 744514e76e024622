//! What the page reads of the server's answer: what it compares and shows. The codes of reasons and remarks are left out, because their
//! decoders would be a tenth of the page.

use std::net::IpAddr;

use crate::cluster::key::ObjectKey;
use crate::path::answer::{Arrival, ArrivalCounts, DnsRecord, EndpointPolicy, Outcome, Rcode, arrives};
use serde::Deserialize;

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
#[serde(rename_all = "camelCase")]
pub struct EvaluationOutline {
    /// The outcome.
    pub outcome: Outcome,
    /// The entry of the packet into the Service network.
    pub entry: Option<EntryOutline>,
    /// The possible endpoints, sorted by numeric address and port.
    pub endpoints: Vec<EndpointOutline>,
    /// The index of the evaluation whose endpoints these are, but for `changes`.
    pub same_as: Option<usize>,
    /// The endpoints that differ from those of `same_as`.
    pub changes: Vec<EndpointOutline>,
    /// The evaluations of which one applies.
    pub alternatives: Vec<EvaluationOutline>,
    /// The reason, in the language of the request.
    pub reason: String,
}

impl TraceOutline {
    /// Whether connections to the endpoints of each evaluation work.
    pub fn arrivals(&self) -> Vec<Arrival> {
        let mut known: Vec<ArrivalCounts> = Vec::new();
        for one in &self.evaluations {
            let earlier = one.same_as.and_then(|n| Some((self.evaluations.get(n)?, *known.get(n)?)));
            known.push(one.arrivals(earlier));
        }
        known.into_iter().map(ArrivalCounts::arrival).collect()
    }
}

impl EvaluationOutline {
    /// Numbers of endpoints by whether packets arrive there. `earlier` is the evaluation `same_as` with the numbers of its endpoints.
    fn arrivals(&self, earlier: Option<(&Self, ArrivalCounts)>) -> ArrivalCounts {
        let Some((earlier, mut counts)) = earlier else {
            return self.endpoints.iter().map(EndpointOutline::arrives).collect();
        };
        for change in &self.changes {
            let address = |endpoint: &EndpointOutline| (endpoint.ip, endpoint.port);
            if let Ok(at) = earlier.endpoints.binary_search_by_key(&address(change), address) {
                counts.subtract(earlier.endpoints[at].arrives());
                counts.add(change.arrives());
            }
        }
        counts
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

impl EndpointOutline {
    fn arrives(&self) -> Option<bool> {
        arrives(self.delivered, self.policy)
    }
}
