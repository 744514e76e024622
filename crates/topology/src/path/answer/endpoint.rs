//! The possible endpoints of a packet.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::cluster::address::ip_port;
use crate::cluster::key::ObjectKey;
use crate::cluster::port::Protocol;

/// One possible endpoint of the packet.
#[derive(Clone, Debug, PartialEq)]
pub struct EndpointHop {
    /// The address.
    pub ip: IpAddr,
    /// The port.
    pub port: u16,
    /// The share of new connections.
    pub probability: f64,
    /// Whether the endpoint sees a Node's address instead of the client's; `None` if kube-proxy does not handle the packet,
    /// or if facts that are not known decide it.
    pub masquerade: Option<bool>,
    /// Whether the reply does not pass the Node that has translated the packet, so that the connection fails (reference §2.6).
    pub asymmetric_return: bool,
    /// Whether packets and their replies arrive; `None` if that depends on a route to the cluster that no API
    /// reports, or on facts that are not known.
    pub delivered: Option<bool>,
    /// The Pod.
    pub pod: Option<ObjectKey>,
    /// The Node on which it runs.
    pub node: Option<String>,
    /// The container that declares the port.
    pub container: Option<String>,
    /// The declaration of the port.
    pub container_port: Option<DeclaredPort>,
    /// The decision of NetworkPolicies; `None` because they are not evaluated.
    pub policy: Option<EndpointPolicy>,
    /// The endpoint's own rule.
    pub rule: Option<String>,
    /// The slice of the endpoint.
    pub slice: Option<ObjectKey>,
    /// The port's protocol.
    pub protocol: Protocol,
}

impl EndpointHop {
    /// `IP:port`.
    pub fn address(&self) -> String {
        ip_port(self.ip, self.port)
    }

    /// Whether packets and their replies arrive; `None` if that is not known.
    pub fn arrives(&self) -> Option<bool> {
        arrives(self.delivered, self.policy)
    }
}

/// Whether packets and their replies arrive at an endpoint, by its keys `delivered` and `policy`.
pub fn arrives(delivered: Option<bool>, policy: Option<EndpointPolicy>) -> Option<bool> {
    if policy == Some(EndpointPolicy::Deny) { Some(false) } else { delivered }
}

/// A container's declaration of a port.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct DeclaredPort {
    /// Its name, empty if it has none.
    pub name: String,
    /// Its number.
    pub number: u16,
}

/// The decision of NetworkPolicies about packets from a source to an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum EndpointPolicy {
    /// The policies let the packets pass.
    Allow,
    /// The policies stop the packets.
    Deny,
    /// The known facts do not decide it.
    Unknown,
}
