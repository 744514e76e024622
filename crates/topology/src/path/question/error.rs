//! What is wrong with a text that is to be a question.

use std::net::IpAddr;

/// Why a text is no source, or no destination.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "each argument is named after what it is: `text` is the part that is wrong, as written"
)]
pub enum QuestionError {
    /// A source without a colon.
    NoSource { text: String },
    /// No kind of source is called that.
    NoSourceKind { kind: String },
    /// A Pod without its namespace.
    PodWithoutNamespace { text: String },
    /// No object can be called that.
    NoObjectName { text: String, form: SourceForm },
    /// Neither an IPv4 nor an IPv6 address.
    NoIp { text: String },
    /// Some programs read octets with leading zeros as octal.
    LeadingZeros { text: String, meant: IpAddr },
    /// What should be the address of a destination is none. If it may be a name, `name` is the destination as written.
    NoDestination { address: Box<QuestionError>, name: Option<String> },
    /// The URL of an Ingress or a Gateway.
    UrlNotSupported,
    /// A ping of a port.
    IcmpWithPort { ip: IpAddr },
    /// A protocol after an address alone.
    ProtocolWithoutPort { protocol: String },
    /// A protocol after a name alone.
    NameWithProtocolWithoutPort { name: String, protocol: String },
    /// Not a DNS name.
    NoDnsName { text: String },
    /// An address after `dns:`, and not asked for its name.
    AddressAsName { text: String },
    /// No type of record that is answered.
    NoRecordType { text: String },
    /// Not a number from 1 to 65535.
    NoPort { text: String },
    /// Not a protocol with ports.
    NoProtocol { text: String },
}

/// How a source is written that names an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceForm {
    /// `pod:NAMESPACE/NAME`.
    Pod,
    /// `node:NAME`.
    Node,
    /// `localhost:NODE`.
    Localhost,
}

impl SourceForm {
    /// As a usage line writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pod => "pod:NAMESPACE/NAME",
            Self::Node => "node:NAME",
            Self::Localhost => "localhost:NODE",
        }
    }
}
