//! The answer as JSON. `kubehop trace -o json` prints it, the API returns it, and the page reads it (design §4.2).
//!
//! Every key is always present. An answer with very many endpoints lists those that groups of Nodes share once, in the first of the groups;
//! a question with a Node gets its endpoints whole. Keys, codes, outcomes and hops do not depend on the language; `reason` and `text` do.

mod dns;
mod evaluation;
mod hop;
mod outline;
mod remark;
mod settings;
#[cfg(test)]
mod tests;

pub use dns::DnsDocument;
pub use evaluation::{EndpointDocument, EvaluationDocument, reason};
pub use hop::HopDocument;
pub use outline::{EvaluationOutline, TraceOutline};
pub use remark::RemarkDocument;
pub use settings::SettingsDocument;

use serde::{Deserialize, Serialize};

use crate::path::answer::{
    MOST_ENDPOINTS, MissingKind, Reason, Remark, ShortenedLists, Trace, TraceDestination, TraceSource,
};

/// Writes the sentences for an answer's values in one language.
pub trait Sentences {
    /// The sentence of a reason. It begins with a small letter and has no full stop.
    fn reason(&self, reason: &Reason) -> String;

    /// The sentence of a reason where an endpoint is chosen and packets or replies do not arrive for certain. It does not say "delivered".
    fn reason_of_sent(&self, reason: &Reason) -> String {
        self.reason(reason)
    }

    /// The sentence of a remark, in the same form.
    fn remark(&self, remark: &Remark) -> String;

    /// Joins two sentences.
    fn joined(&self, sentence: &str, next: &str) -> String;
}

/// The whole answer to a question.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct TraceDocument {
    /// The source of the packet.
    pub from: TraceSource,
    /// The destination; null if it is a name.
    pub to: Option<TraceDestination>,
    /// The DNS answer, if the destination is a name and the answer is known; else null.
    pub dns: Option<DnsDocument>,
    /// The settings that the answer assumes.
    pub settings: SettingsDocument,
    /// Whether evaluations share lists of endpoints, because the answer would list too many of them.
    pub shortened: bool,
    /// One evaluation for each group of Nodes with the same result.
    pub evaluations: Vec<EvaluationDocument>,
    /// The facts that the answer needs and that are not known.
    pub missing: Vec<MissingKind>,
    /// Remarks about all that the answer is made of, as the values in files that a cluster would refuse.
    pub remarks: Vec<RemarkDocument>,
}

impl TraceDocument {
    /// The document of an answer.
    pub fn new(trace: &Trace, words: &impl Sentences) -> Self {
        Self::shortened_beyond(trace, words, MOST_ENDPOINTS)
    }

    /// The document of an answer that is shortened if it would list more than `most` endpoints.
    pub(crate) fn shortened_beyond(trace: &Trace, words: &impl Sentences, most: usize) -> Self {
        let lists = ShortenedLists::of(&trace.evaluations, most);
        Self {
            from: trace.from.clone(),
            to: trace.to.clone(),
            dns: trace.dns.as_ref().map(|dns| DnsDocument::new(dns, words)),
            settings: SettingsDocument::new(&trace.settings),
            shortened: lists.shortened,
            evaluations: EvaluationDocument::all(&trace.evaluations, &lists, words),
            missing: trace.missing.clone(),
            remarks: trace.remarks.iter().map(|remark| RemarkDocument::new(remark, words)).collect(),
        }
    }
}
