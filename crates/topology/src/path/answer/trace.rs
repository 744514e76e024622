//! A question's whole answer.

use super::dns::DnsAnswer;
use super::evaluation::Evaluation;
use super::header::{TraceDestination, TraceSource};
use super::missing::MissingKind;
use super::settings::AssumedSettings;

/// A resolve's whole answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// Where the packet comes from.
    pub from: TraceSource,
    /// Where it is sent; null when that is a name, each of whose addresses has evaluations of its own.
    pub to: Option<TraceDestination>,
    /// The DNS answer, when the destination is a name; null also when that cannot be known.
    pub dns: Option<DnsAnswer>,
    /// The settings that the answer assumes.
    pub settings: AssumedSettings,
    /// One per group of Nodes that agree.
    pub evaluations: Vec<Evaluation>,
    /// The facts that the answer would have needed and does not have, by kind and namespace.
    pub missing: Vec<MissingKind>,
}
