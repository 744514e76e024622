//! A question, as a person or a script puts it: what the command line, the API and the page share.
//!
//! A [`Source`] and a [`Target`] are read from their texts (design §4.1), and shown as them. [`short`] reads what is typed into the page.

mod error;
mod parse;
pub mod short;
#[cfg(test)]
mod tests;

pub use error::{QuestionError, SourceForm};

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::cluster::key::ObjectKey;
use crate::cluster::port::{Protocol, TransportProtocol};
use crate::path::answer::{RecordType, TraceDestination};

/// Where a packet comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A client outside the cluster.
    External(IpAddr),
    /// A Pod.
    Pod(ObjectKey),
    /// Some Pod on the evaluation node, whichever.
    AnyPod,
    /// An address, taken for a Pod's.
    PodIp(IpAddr),
    /// A process of a Node's host network.
    Node(String),
    /// A process of a Node that uses the loopback address.
    Localhost(String),
}

impl Source {
    /// A client outside the cluster, of a range that is kept for documentation: who is taken where nobody is named.
    pub fn outside(ipv4: bool) -> Self {
        Self::External(if ipv4 {
            IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7))
        } else {
            IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 7))
        })
    }
}

/// Where it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Destination {
    /// The address.
    pub ip: IpAddr,
    /// The port; without one nothing can be matched.
    pub port: Option<u16>,
    /// The protocol; ICMP has no port.
    pub protocol: TransportProtocol,
}

impl Destination {
    /// An address with a port.
    pub fn port(ip: IpAddr, port: u16, protocol: Protocol) -> Self {
        Self { ip, port: Some(port), protocol: protocol.into() }
    }

    /// The port with its protocol, if that is one of ports.
    pub(crate) fn port_and_protocol(self) -> Option<(u16, Protocol)> {
        Some((self.port?, self.protocol.of_ports()?))
    }

    /// As an answer shows it.
    pub(crate) fn to(self) -> TraceDestination {
        TraceDestination { ip: self.ip, port: self.port, protocol: self.protocol }
    }
}

/// What is asked of DNS, and perhaps where a packet goes then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DnsQuestion {
    /// The name, as asked; with a dot at its end it is complete.
    pub name: String,
    /// The port that its addresses are asked about.
    pub port: Option<u16>,
    /// That port's protocol.
    pub protocol: Protocol,
    /// The type of record; none asks for A and AAAA.
    pub record: Option<RecordType>,
}

/// Where a packet is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// To an address.
    Address(Destination),
    /// To what a name stands for.
    Name(DnsQuestion),
}

/// As [`Target::from_str`](std::str::FromStr) reads it.
impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(to) => to.to().fmt(f),
            Self::Name(DnsQuestion { name, port, protocol, record }) => {
                // Of an address whose name is asked for, the port would be read as a part.
                let brackets = port.is_some() && name.contains(':');
                if brackets {
                    write!(f, "dns:[{name}]")?
                } else {
                    write!(f, "dns:{name}")?
                }
                if let Some(port) = port {
                    write!(f, ":{port}{}", protocol.suffix())?;
                }
                record.map_or(Ok(()), |record| write!(f, "?{}", record.as_str()))
            }
        }
    }
}

/// As [`Source::from_str`](std::str::FromStr) reads it; some Pod, whichever, is `pod`.
impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::External(ip) => write!(f, "external:{ip}"),
            Self::Pod(key) => write!(f, "pod:{key}"),
            Self::AnyPod => f.write_str("pod"),
            Self::PodIp(ip) => write!(f, "pod-ip:{ip}"),
            Self::Node(name) => write!(f, "node:{name}"),
            Self::Localhost(name) => write!(f, "localhost:{name}"),
        }
    }
}
