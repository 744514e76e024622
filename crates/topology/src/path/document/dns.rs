use serde::{Deserialize, Serialize};

use super::Sentences;
use super::remark::RemarkDocument;
use crate::path::answer::{DnsAnswer, DnsRecord, Rcode};

/// The DNS answer for a name.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct DnsDocument {
    /// The name as written in the question.
    pub query: String,
    /// Whether the name exists and has a record of the queried types.
    pub rcode: Rcode,
    /// The records.
    pub records: Vec<DnsRecord>,
    /// Why the name has no address. A server that is older than this key does not send it.
    #[serde(default)]
    pub remarks: Vec<RemarkDocument>,
}

impl DnsDocument {
    /// The document of an answer.
    pub fn new(dns: &DnsAnswer, words: &impl Sentences) -> Self {
        let DnsAnswer { query, rcode, records, remarks } = dns;
        let remarks = remarks.iter().map(|remark| RemarkDocument::new(remark, words)).collect();
        Self { query: query.clone(), rcode: *rcode, records: records.clone(), remarks }
    }
}
