//! A question of a person or a script. The command line, the API and the page share these types.
//!
//! [`Source`] and [`Target`] are parsed from texts and displayed as the same texts (design §4.1). [`short`] parses short forms that the page
//! accepts.

mod command;
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

/// The source of a packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A client outside the cluster.
    External(IpAddr),
    /// A Pod.
    Pod(ObjectKey),
    /// Any Pod on the evaluation node.
    AnyPod,
    /// An address that is assumed to be a Pod's.
    PodIp(IpAddr),
    /// A process of a Node's host network.
    Node(String),
    /// A process of a Node that uses the loopback address.
    Localhost(String),
}

impl Source {
    /// The default client outside the cluster. Its address is in a range reserved for documentation.
    pub fn outside(ipv4: bool) -> Self {
        Self::External(if ipv4 {
            IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7))
        } else {
            IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 7))
        })
    }
}

/// The destination of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Destination {
    /// The address.
    pub ip: IpAddr,
    /// The port. Without a port no rule matches.
    pub port: Option<u16>,
    /// The protocol; ICMP has no port.
    pub protocol: TransportProtocol,
}

impl Destination {
    /// An address with a port.
    pub fn port(ip: IpAddr, port: u16, protocol: Protocol) -> Self {
        Self { ip, port: Some(port), protocol: protocol.into() }
    }

    /// The port with its protocol; `None` for ICMP or without a port.
    pub(crate) fn port_and_protocol(self) -> Option<(u16, Protocol)> {
        Some((self.port?, self.protocol.of_ports()?))
    }

    /// The destination in the form of the answer.
    pub(crate) fn to(self) -> TraceDestination {
        TraceDestination { ip: self.ip, port: self.port, protocol: self.protocol }
    }
}

/// A DNS query, optionally with the port of a packet to the addresses in its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DnsQuestion {
    /// The name as written. A name with a dot at its end is complete.
    pub name: String,
    /// The port of the packet to its addresses.
    pub port: Option<u16>,
    /// The protocol of the port, or ICMP for a ping of its addresses.
    pub protocol: TransportProtocol,
    /// The type of record; `None` queries A and AAAA.
    pub record: Option<RecordType>,
}

/// The target of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// An address.
    Address(Destination),
    /// A name.
    Name(DnsQuestion),
}

/// Writes the text that [`Target::from_str`](std::str::FromStr) parses.
impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(to) => to.to().fmt(f),
            Self::Name(DnsQuestion { name, port, protocol, record }) => {
                // In a reverse query the name is an IPv6 address: without brackets the port would be parsed as part of it.
                let brackets = port.is_some() && name.contains(':');
                if brackets {
                    write!(f, "dns:[{name}]")?
                } else {
                    write!(f, "dns:{name}")?
                }
                match port {
                    Some(port) => write!(f, ":{port}{}", protocol.suffix())?,
                    None if *protocol == TransportProtocol::Icmp => f.write_str(protocol.suffix())?,
                    None => {}
                }
                record.map_or(Ok(()), |record| write!(f, "?{}", record.as_str()))
            }
        }
    }
}

/// Writes the text that [`Source::from_str`](std::str::FromStr) parses; `pod` for [`Source::AnyPod`].
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
