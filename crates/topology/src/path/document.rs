//! The answer as JSON: what `kubehop trace -o json` prints and the API's handler returns, and what the page reads (design §4.2).
//!
//! Every key is always present. Keys, codes, outcomes and hops are the same in every language; `reason` and `text` are in one.

mod evaluation;
mod hop;
mod remark;
mod settings;
#[cfg(test)]
mod tests;

pub use evaluation::{EndpointDocument, EvaluationDocument, reason};
pub use hop::HopDocument;
pub use remark::RemarkDocument;
pub use settings::SettingsDocument;

use serde::{Deserialize, Serialize};

use crate::path::answer::{DnsAnswer, MissingKind, Reason, Remark, Trace, TraceDestination, TraceSource};

/// What makes sentences of an answer's values, in one language.
pub trait Sentences {
    /// Why an evaluation has its outcome. Begins with a small letter, and has no full stop.
    fn reason(&self, reason: &Reason) -> String;

    /// What is said besides, in the same form.
    fn remark(&self, remark: &Remark) -> String;

    /// A sentence, and another one after it.
    fn joined(&self, sentence: &str, next: &str) -> String;
}

/// A question's whole answer.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct TraceDocument {
    /// Where the packet comes from.
    pub from: TraceSource,
    /// Where it is sent; null when that is a name.
    pub to: Option<TraceDestination>,
    /// The DNS answer, when the destination is a name; null also when that cannot be known.
    pub dns: Option<DnsAnswer>,
    /// The settings that the answer assumes.
    pub settings: SettingsDocument,
    /// One per group of Nodes that agree.
    pub evaluations: Vec<EvaluationDocument>,
    /// The facts that the answer would have needed and does not have.
    pub missing: Vec<MissingKind>,
}

impl TraceDocument {
    /// The document of an answer.
    pub fn new(trace: &Trace, words: &impl Sentences) -> Self {
        Self {
            from: trace.from.clone(),
            to: trace.to.clone(),
            dns: trace.dns.clone(),
            settings: SettingsDocument::new(&trace.settings),
            evaluations: trace.evaluations.iter().map(|one| EvaluationDocument::new(one, words)).collect(),
            missing: trace.missing.clone(),
        }
    }
}
