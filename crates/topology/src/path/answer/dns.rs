//! DNS answers.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::remark::Remark;

/// The answer for a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DnsAnswer {
    /// The name as written in the question.
    pub query: String,
    /// Whether the name exists and has a record of the queried types.
    pub rcode: Rcode,
    /// The records.
    pub records: Vec<DnsRecord>,
    /// Why the name has no address.
    pub remarks: Vec<Remark>,
}

/// One record of a DNS answer.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct DnsRecord {
    /// Its type.
    #[serde(rename = "type")]
    pub record_type: RecordType,
    /// The value.
    pub value: String,
}

/// The response code of a DNS answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub enum Rcode {
    /// The answer has records.
    #[serde(rename = "NOERROR")]
    NoError,
    /// The name does not exist.
    #[serde(rename = "NXDOMAIN")]
    NxDomain,
    /// The name exists and has no record of the queried types. In DNS itself this is NOERROR without a record.
    #[serde(rename = "NODATA")]
    NoData,
}

impl Rcode {
    /// Every code.
    pub const ALL: [Self; 3] = [Self::NoError, Self::NxDomain, Self::NoData];

    /// The text in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoError => "NOERROR",
            Self::NxDomain => "NXDOMAIN",
            Self::NoData => "NODATA",
        }
    }
}

impl fmt::Display for Rcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A type of DNS record. The cluster's DNS has no MX record, but a name can exist without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "UPPERCASE")]
#[expect(missing_docs, reason = "each is named by its type")]
pub enum RecordType {
    A,
    Aaaa,
    Srv,
    Ptr,
    Cname,
    Txt,
    Mx,
}

impl RecordType {
    /// Every supported type.
    pub const ALL: [Self; 7] = [Self::A, Self::Aaaa, Self::Srv, Self::Ptr, Self::Cname, Self::Txt, Self::Mx];

    /// The text in a DNS answer.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::Aaaa => "AAAA",
            Self::Srv => "SRV",
            Self::Ptr => "PTR",
            Self::Cname => "CNAME",
            Self::Txt => "TXT",
            Self::Mx => "MX",
        }
    }

    /// Parses a type, in any case.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|record| text.eq_ignore_ascii_case(record.as_str()))
    }
}

impl fmt::Display for RecordType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
