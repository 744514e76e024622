//! The outcome of a packet.

use serde::{Deserialize, Serialize};

/// The outcome of a packet. Each evaluation has exactly one (reference §0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Outcome {
    /// DNAT to one of the endpoints.
    #[serde(rename = "EP")]
    Endpoints,
    /// Refused at once by kube-proxy.
    Reject,
    /// Dropped by kube-proxy: the client times out.
    Drop,
    /// kube-proxy has no rule; the packet keeps its destination.
    Unhandled,
    /// Delivered by the CNI's host-port mapping.
    #[serde(rename = "HOSTPORT")]
    HostPort,
    /// The destination is a Pod IP; nothing is translated.
    Direct,
    /// Two rules claim the same address, and the API does not show which one applies.
    Ambiguous,
    /// A NetworkPolicy stops it.
    PolicyDeny,
    /// The known facts do not decide it.
    Unknown,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 9] = [
        Self::Endpoints,
        Self::Reject,
        Self::Drop,
        Self::Unhandled,
        Self::HostPort,
        Self::Direct,
        Self::Ambiguous,
        Self::PolicyDeny,
        Self::Unknown,
    ];

    /// The text in JSON and in the reference.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Endpoints => "EP",
            Self::Reject => "REJECT",
            Self::Drop => "DROP",
            Self::Unhandled => "UNHANDLED",
            Self::HostPort => "HOSTPORT",
            Self::Direct => "DIRECT",
            Self::Ambiguous => "AMBIGUOUS",
            Self::PolicyDeny => "POLICY_DENY",
            Self::Unknown => "UNKNOWN",
        }
    }

    /// Whether the packet reaches a container, as far as the API shows.
    pub fn delivered(self) -> bool {
        matches!(self, Self::Endpoints | Self::HostPort | Self::Direct)
    }
}
