//! The steps of a packet: who acts, what is done, and what the header is then.

use std::net::IpAddr;

/// One step of a packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hop {
    /// Where it happens.
    pub at: HopPlace,
    /// What is done.
    pub step: HopStep,
    /// The header's source after it; `None` where the step says nothing of it.
    pub src: Option<HopSource>,
    /// The header's destination after it.
    pub dst: HopDestination,
}

/// Where a step happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HopPlace {
    /// On a Node.
    Node(String),
    /// On the evaluation node, which is not known.
    EvaluationNode,
    /// At the client, which is on no known Node.
    Client,
    /// Where the destination is, which is on no known Node.
    Destination,
}

/// What is done in a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HopStep {
    /// DNS answers a name with an address.
    LookedUp {
        /// The name as asked.
        name: String,
        /// The address.
        ip: IpAddr,
    },
    /// The client sends the packet, on the Node that translates it.
    Sent,
    /// The network brings the packet to a Node.
    Arrives,
    /// kube-proxy refuses it.
    Refused,
    /// kube-proxy drops it.
    Dropped,
    /// kube-proxy translates the destination, and the source if it masquerades.
    Translated {
        /// Whether the source is translated.
        masquerade: bool,
    },
    /// The CNI maps a hostPort.
    HostPortMapped,
    /// The CNI routes it as it is.
    Routed,
}

/// The source in a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HopSource {
    /// An address, with any port.
    Address(IpAddr),
    /// That of some Pod.
    SomePod,
    /// The Node's address towards the endpoint.
    EgressIp(HopPlace),
}

/// The destination in a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HopDestination {
    /// An address without a port.
    Address(IpAddr),
    /// An address with a port.
    Port(IpAddr, u16),
    /// One of several; the first few, and how many more there are.
    OneOf {
        /// Those that are listed.
        listed: Vec<(IpAddr, u16)>,
        /// How many are not.
        more: usize,
    },
}
