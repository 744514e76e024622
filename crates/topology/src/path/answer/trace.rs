//! The whole answer to a question.

use super::dns::DnsAnswer;
use super::evaluation::Evaluation;
use super::header::{TraceDestination, TraceSource};
use super::missing::MissingKind;
use super::remark::Remark;
use super::settings::AssumedSettings;

/// The whole answer to a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// The source of the packet.
    pub from: TraceSource,
    /// The destination; `None` if it is a name. Each address of a name has its own evaluations.
    pub to: Option<TraceDestination>,
    /// The DNS answer, if the destination is a name and the answer is known.
    pub dns: Option<DnsAnswer>,
    /// The settings that the answer assumes.
    pub settings: AssumedSettings,
    /// One evaluation for each group of Nodes with the same result.
    pub evaluations: Vec<Evaluation>,
    /// The facts that the answer needs and that are not known, by kind and namespace.
    pub missing: Vec<MissingKind>,
    /// Remarks about all that the answer is made of, as the values in files that a cluster would refuse.
    pub remarks: Vec<Remark>,
}
