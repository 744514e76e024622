//! Ports and protocols. Each of Kubernetes' five kinds of port numbers is a type, so that they cannot be confused.

use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

macro_rules! port_role {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
        #[serde(transparent)]
        pub struct $name(pub u16);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

port_role!(
    /// `spec.ports[].port` of a Service: the port on its Cluster IP.
    ServicePort
);
port_role!(
    /// `spec.ports[].nodePort` of a Service: opened on every Node.
    NodePort
);
port_role!(
    /// `ports[].port` of an EndpointSlice: the destination port after translation.
    EndpointPort
);
port_role!(
    /// `containerPort` of a container: a declaration. Only its name affects traffic, through targetPort.
    ContainerPort
);
port_role!(
    /// `hostPort` of a container: mapped on its own Node by the CNI, not by kube-proxy.
    HostPort
);

/// `spec.ports[].targetPort` of a Service: a number, or the name of a container's port.
/// Only the slice controller reads it; kube-proxy never does (reference §0).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TargetPort {
    /// A port number.
    Number(i32),
    /// A port's name, looked up in each Pod.
    Name(String),
}

impl fmt::Display for TargetPort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Name(name) => name.fmt(f),
        }
    }
}

impl Serialize for TargetPort {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(number) => serializer.serialize_i32(*number),
            Self::Name(name) => serializer.serialize_str(name),
        }
    }
}

impl<'de> Deserialize<'de> for TargetPort {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NumberOrName;

        impl Visitor<'_> for NumberOrName {
            type Value = TargetPort;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a port number or the name of a port")
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<TargetPort, E> {
                let number = i32::try_from(number);
                number.map(TargetPort::Number).map_err(|_| E::custom("a port number has 32 bits"))
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<TargetPort, E> {
                let number = i32::try_from(number);
                number.map(TargetPort::Number).map_err(|_| E::custom("a port number has 32 bits"))
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<TargetPort, E> {
                Ok(TargetPort::Name(name.to_owned()))
            }
        }

        deserializer.deserialize_any(NumberOrName)
    }
}

/// A transport protocol. The API's default is TCP.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Protocol {
    /// TCP, the default of every port in the API.
    #[default]
    Tcp,
    /// UDP.
    Udp,
    /// SCTP.
    Sctp,
}

impl Protocol {
    /// Parses the API's text (`TCP`, `UDP`, `SCTP`, any case).
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Tcp, Self::Udp, Self::Sctp].into_iter().find(|protocol| text.eq_ignore_ascii_case(protocol.as_str()))
    }

    /// The text in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tcp => "TCP",
            Self::Udp => "UDP",
            Self::Sctp => "SCTP",
        }
    }

    /// The text in the names of kube-proxy's rules.
    pub fn lower(self) -> &'static str {
        match self {
            Self::Tcp => "tcp",
            Self::Udp => "udp",
            Self::Sctp => "sctp",
        }
    }

    /// The suffix of a port in canonical text: empty for TCP, else `/udp` or `/sctp`.
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Tcp => "",
            Self::Udp => "/udp",
            Self::Sctp => "/sctp",
        }
    }
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The protocol of a packet: a protocol with ports, or ICMP for a ping.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TransportProtocol {
    /// TCP.
    Tcp,
    /// UDP.
    Udp,
    /// SCTP.
    Sctp,
    /// ICMP, or ICMPv6: no port.
    Icmp,
}

impl TransportProtocol {
    /// The same protocol as a protocol with ports; `None` for ICMP.
    pub fn of_ports(self) -> Option<Protocol> {
        match self {
            Self::Tcp => Some(Protocol::Tcp),
            Self::Udp => Some(Protocol::Udp),
            Self::Sctp => Some(Protocol::Sctp),
            Self::Icmp => None,
        }
    }

    /// The text in JSON.
    pub fn as_str(self) -> &'static str {
        self.of_ports().map_or("ICMP", Protocol::as_str)
    }

    /// The suffix of an address in canonical text: empty for TCP, else `/udp`, `/sctp` or `/icmp`.
    pub fn suffix(self) -> &'static str {
        self.of_ports().map_or("/icmp", Protocol::suffix)
    }
}

impl From<Protocol> for TransportProtocol {
    fn from(protocol: Protocol) -> Self {
        match protocol {
            Protocol::Tcp => Self::Tcp,
            Protocol::Udp => Self::Udp,
            Protocol::Sctp => Self::Sctp,
        }
    }
}

impl fmt::Display for TransportProtocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
