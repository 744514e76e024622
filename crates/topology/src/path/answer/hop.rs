//! The steps of a packet: place, action, and the header after it.

use std::net::IpAddr;

/// One step of a packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hop {
    /// The place of the step.
    pub at: HopPlace,
    /// The action.
    pub step: HopStep,
    /// The header's source after the step; `None` if the step does not show it.
    pub src: Option<HopSource>,
    /// The header's destination after the step.
    pub dst: HopDestination,
}

/// The place of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HopPlace {
    /// A Node.
    Node(String),
    /// The evaluation node, which is not known.
    EvaluationNode,
    /// The client, which is on no known Node.
    Client,
    /// The destination, which is on no known Node.
    Destination,
}

/// The action of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HopStep {
    /// DNS answers a name with an address.
    LookedUp {
        /// The name as written in the question.
        name: String,
        /// The address.
        ip: IpAddr,
    },
    /// The client sends the packet on the Node that translates it.
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
    /// The CNI routes the packet without translation.
    Routed,
}

/// The source in a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HopSource {
    /// An address, with any port.
    Address(IpAddr),
    /// The address of any Pod.
    SomePod,
    /// The address with which the Node sends to the endpoint.
    EgressIp(HopPlace),
}

/// The destination in a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HopDestination {
    /// An address without a port.
    Address(IpAddr),
    /// An address with a port.
    Port(IpAddr, u16),
    /// One of several addresses: the first ones, and the number of the others.
    OneOf {
        /// The listed addresses with ports.
        listed: Vec<(IpAddr, u16)>,
        /// Number of addresses that are not listed.
        more: usize,
    },
}
