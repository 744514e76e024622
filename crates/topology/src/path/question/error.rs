//! Errors of a text that is not a valid source or destination.

use std::net::IpAddr;

/// The reason why a text is not a source or a destination.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "each argument is named after what it is: `text` is the part that is wrong, as written"
)]
pub enum QuestionError {
    /// A source without a colon.
    NoSource { text: String },
    /// The kind of source does not exist.
    NoSourceKind { kind: String },
    /// A Pod without its namespace.
    PodWithoutNamespace { text: String },
    /// The text is not a valid object name.
    NoObjectName { text: String, form: SourceForm },
    /// Neither an IPv4 nor an IPv6 address.
    NoIp { text: String },
    /// Some programs read octets with leading zeros as octal.
    LeadingZeros { text: String, meant: IpAddr },
    /// The address of a destination is not valid. If it can be a name, `name` is the destination as written.
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
    /// An address after `dns:` without the record type PTR.
    AddressAsName { text: String },
    /// The type of record is not supported.
    NoRecordType { text: String },
    /// Not a number from 1 to 65535.
    NoPort { text: String },
    /// Not a protocol with ports.
    NoProtocol { text: String },
}

/// The form of a source that names an object.
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
    /// The form as in a usage line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pod => "pod:NAMESPACE/NAME",
            Self::Node => "node:NAME",
            Self::Localhost => "localhost:NODE",
        }
    }
}
