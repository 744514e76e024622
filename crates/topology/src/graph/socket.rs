//! Sockets: every address, port and name that a reader can select, with its canonical text (design §5).
//!
//! Only this module writes and reads `data-socket`, `data-address` and `data-object` of the picture, and `select=` of the page's URL.

use std::fmt;
use std::net::{IpAddr, SocketAddr};

use serde::Serialize;

use crate::cluster::address::ip_port;
use crate::cluster::facts::{ServiceFact, ServicePortFact};
use crate::cluster::key::{Kind, ObjectKey};
use crate::cluster::port::Protocol;

/// The kind of a socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each variant is named as in `data-socket`")]
pub enum SocketKind {
    #[serde(rename = "nodeIP")]
    NodeIp,
    NodePort,
    HostPort,
    #[serde(rename = "clusterIP")]
    ClusterIp,
    Port,
    Dns,
    Endpoint,
    #[serde(rename = "podIP")]
    PodIp,
    ContainerPort,
    External,
    #[serde(rename = "externalIP")]
    ExternalIp,
    #[serde(rename = "loadBalancerIP")]
    LoadBalancerIp,
}

impl SocketKind {
    const ALL: [Self; 12] = [
        Self::NodeIp,
        Self::NodePort,
        Self::HostPort,
        Self::ClusterIp,
        Self::Port,
        Self::Dns,
        Self::Endpoint,
        Self::PodIp,
        Self::ContainerPort,
        Self::External,
        Self::ExternalIp,
        Self::LoadBalancerIp,
    ];

    /// The value of `data-socket`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NodeIp => "nodeIP",
            Self::NodePort => "nodePort",
            Self::HostPort => "hostPort",
            Self::ClusterIp => "clusterIP",
            Self::Port => "port",
            Self::Dns => "dns",
            Self::Endpoint => "endpoint",
            Self::PodIp => "podIP",
            Self::ContainerPort => "containerPort",
            Self::External => "external",
            Self::ExternalIp => "externalIP",
            Self::LoadBalancerIp => "loadBalancerIP",
        }
    }
}

/// One socket: its kind, its address, and its object.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Socket {
    /// The kind.
    pub kind: SocketKind,
    /// Its canonical text: the value of `data-address`.
    pub address: String,
    /// The kind of its object.
    pub object_kind: Kind,
    /// Its object.
    pub object: ObjectKey,
}

impl Socket {
    /// A socket of an object.
    pub fn new(kind: SocketKind, address: impl Into<String>, object_kind: Kind, object: ObjectKey) -> Self {
        Self { kind, address: address.into(), object_kind, object }
    }

    /// The value of `data-object`: `Service/default/nginx-service`.
    pub fn object_text(&self) -> String {
        format!("{}/{}", self.object_kind, self.object)
    }

    /// The protocol of its port; TCP if it has none, such as an IP or a name.
    pub fn protocol(&self) -> Protocol {
        split_protocol(&self.address).1
    }

    /// The selection that names exactly this socket.
    pub fn selection(&self) -> Selection {
        Selection { kind: self.kind, address: self.address.clone(), object: Some(self.object_text()) }
    }
}

/// The canonical text of an IP with a port: `IP:port`, `[IP6]:port`, with `/udp` or `/sctp` if it is not TCP.
pub fn address_text(ip: IpAddr, port: u16, protocol: Protocol) -> String {
    format!("{}{}", ip_port(ip, port), protocol.suffix())
}

/// The canonical text of a name with a port: `web-sts.default.svc:80`.
pub fn name_text(name: &str, port: u16, protocol: Protocol) -> String {
    format!("{name}:{port}{}", protocol.suffix())
}

/// The socket of a Service's port: on its Cluster IP, or on its DNS name if it has no Cluster IP.
pub fn port_socket(service: &ServiceFact, port: &ServicePortFact) -> Socket {
    let address = match service.cluster_ips.first() {
        Some(ip) if !service.headless => address_text(ip.0, port.port.0, port.protocol),
        _ => name_text(&service.dns_name(), port.port.0, port.protocol),
    };
    Socket::new(SocketKind::Port, address, Kind::Service, service.key())
}

/// The canonical text of a container's port: `default/POD/CONTAINER:80`.
pub fn container_text(pod: &ObjectKey, container: &str, port: u16, protocol: Protocol) -> String {
    format!("{pod}/{container}:{port}{}", protocol.suffix())
}

/// The port and protocol at the end of a text such as [`container_text`] writes.
pub(crate) fn container_port(text: &str) -> Option<(u16, Protocol)> {
    let (text, protocol) = split_protocol(text);
    Some((text.rsplit_once(':')?.1.parse().ok()?, protocol))
}

/// Parses an IP with an optional port and protocol, as [`address_text`] writes them.
pub(crate) fn address(text: &str) -> Option<(IpAddr, Option<u16>, Protocol)> {
    if let Ok(ip) = text.parse() {
        return Some((ip, None, Protocol::Tcp));
    }
    let (text, protocol) = split_protocol(text);
    let address: SocketAddr = text.parse().ok()?;
    Some((address.ip(), Some(address.port()), protocol))
}

fn split_protocol(text: &str) -> (&str, Protocol) {
    for protocol in [Protocol::Udp, Protocol::Sctp] {
        if let Some(rest) = text.strip_suffix(protocol.suffix()) {
            return (rest, protocol);
        }
    }
    (text, Protocol::Tcp)
}

/// The reader's selection: `SOCKET:ADDRESS[@OBJECT]` in the page's URL.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Selection {
    /// The kind of socket.
    pub kind: SocketKind,
    /// Its canonical text.
    pub address: String,
    /// The value of `data-object`, if several objects have the address.
    pub object: Option<String>,
}

impl Selection {
    /// Parses `SOCKET:ADDRESS[@OBJECT]`; `None` for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, rest) = text.split_once(':')?;
        let kind = SocketKind::ALL.into_iter().find(|known| known.as_str() == kind)?;
        let (address, object) = match rest.rsplit_once('@') {
            Some((address, object)) => (address, Some(object.to_owned())),
            None => (rest, None),
        };
        (!address.is_empty()).then(|| Self { kind, address: address.to_owned(), object })
    }

    /// Whether this selection names that socket.
    pub fn selects(&self, socket: &Socket) -> bool {
        self.kind == socket.kind
            && self.address == socket.address
            && self.object.as_ref().is_none_or(|object| *object == socket.object_text())
    }
}

impl fmt::Display for Selection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind.as_str(), self.address)?;
        if let Some(object) = &self.object {
            write!(f, "@{object}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_one_canonical_text() {
        let ip = |text: &str| text.parse().unwrap();
        assert_eq!(address_text(ip("192.168.56.12"), 30001, Protocol::Tcp), "192.168.56.12:30001");
        assert_eq!(address_text(ip("10.96.0.10"), 53, Protocol::Udp), "10.96.0.10:53/udp");
        assert_eq!(address_text(ip("fd00::1"), 80, Protocol::Tcp), "[fd00::1]:80");
        assert_eq!(
            container_text(&ObjectKey::new("default", "web-0"), "nginx", 80, Protocol::Tcp),
            "default/web-0/nginx:80"
        );
        assert_eq!(name_text("web-sts.default.svc", 80, Protocol::Tcp), "web-sts.default.svc:80");
    }

    #[test]
    fn a_socket_has_the_protocol_of_its_port() {
        let port = |protocol| {
            let address = address_text("10.96.0.10".parse().unwrap(), 53, protocol);
            Socket::new(SocketKind::Port, address, Kind::Service, ObjectKey::new("default", "dns"))
        };
        for protocol in [Protocol::Tcp, Protocol::Udp, Protocol::Sctp] {
            assert_eq!(port(protocol).protocol(), protocol);
        }
    }

    #[test]
    fn a_selection_survives_the_url() {
        for text in [
            "nodePort:192.168.56.12:30001",
            "nodePort:192.168.56.12:30001@Service/default/nginx-service",
            "endpoint:[fd00::1]:80@EndpointSlice/default/x",
            "dns:nginx-service.default.svc",
        ] {
            assert_eq!(Selection::parse(text).unwrap().to_string(), text);
        }
        for text in ["", "nodePort", "nodePort:", "teapot:1.2.3.4", "nodeIP:@Node/a"] {
            assert_eq!(Selection::parse(text), None, "{text}");
        }
    }
}
