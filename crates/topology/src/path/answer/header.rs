//! The source and the destination of a packet.

use std::fmt;
use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::cluster::address::ip_port;
use crate::cluster::port::TransportProtocol;

/// The source of a trace.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct TraceSource {
    /// The kind of source.
    pub kind: SourceKind,
    /// The Pod's namespace.
    pub namespace: Option<String>,
    /// The Pod's name.
    pub name: Option<String>,
    /// The address.
    pub ip: Option<IpAddr>,
    /// The Node of the source.
    pub node: Option<String>,
}

impl TraceSource {
    /// A source of which only the address is known.
    pub fn of_kind(kind: SourceKind, ip: Option<IpAddr>) -> Self {
        Self { kind, namespace: None, name: None, ip, node: None }
    }

    /// `NAMESPACE/NAME` of its Pod; empty if it has none.
    pub fn pod_text(&self) -> String {
        self.namespace.iter().chain(&self.name).map(String::as_str).collect::<Vec<_>>().join("/")
    }
}

/// The kind of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// A client outside the cluster.
    External,
    /// A Pod.
    Pod,
    /// An address that is assumed to be a Pod's.
    PodIp,
    /// A process of a Node's host network.
    Node,
    /// A process of a Node that uses the loopback address.
    Localhost,
}

impl SourceKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::External, Self::Pod, Self::PodIp, Self::Node, Self::Localhost];

    /// The text in JSON and before the colon of a source's text.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::External => "external",
            Self::Pod => "pod",
            Self::PodIp => "pod-ip",
            Self::Node => "node",
            Self::Localhost => "localhost",
        }
    }
}

impl fmt::Display for SourceKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A destination.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct TraceDestination {
    /// The address.
    pub ip: IpAddr,
    /// The port.
    pub port: Option<u16>,
    /// The protocol.
    pub protocol: TransportProtocol,
}

/// Writes the text form of a destination: `IP:port`, with `/udp` or `/sctp` if it is not TCP; `IP`; `IP/icmp`.
impl fmt::Display for TraceDestination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.port {
            Some(port) => f.write_str(&ip_port(self.ip, port))?,
            None => write!(f, "{}", self.ip)?,
        }
        f.write_str(self.protocol.suffix())
    }
}
