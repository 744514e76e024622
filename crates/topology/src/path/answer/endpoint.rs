//! Where a packet may end.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::cluster::address::ip_port;
use crate::cluster::key::ObjectKey;
use crate::cluster::port::Protocol;

/// One place where the packet may end.
#[derive(Clone, Debug, PartialEq)]
pub struct EndpointHop {
    /// The address.
    pub ip: IpAddr,
    /// The port.
    pub port: u16,
    /// The share of new connections.
    pub probability: f64,
    /// Whether the backend sees a Node's address in place of the client's; null where kube-proxy has no part in it.
    pub masquerade: Option<bool>,
    /// Whether the reply misses the Node that translated, so that the connection fails (reference §2.6).
    pub asymmetric_return: bool,
    /// Whether packets and their replies arrive; `None` where that depends on a route to the cluster that no API tells of.
    pub delivered: Option<bool>,
    /// The Pod.
    pub pod: Option<ObjectKey>,
    /// The Node that it runs on.
    pub node: Option<String>,
    /// The container that declares the port.
    pub container: Option<String>,
    /// Its declaration.
    pub container_port: Option<DeclaredPort>,
    /// What NetworkPolicies say, null while they are not evaluated.
    pub policy: Option<EndpointPolicy>,
    /// The endpoint's own rule.
    pub rule: Option<String>,
    /// The slice that it comes from.
    pub slice: Option<ObjectKey>,
    /// The port's protocol.
    pub protocol: Protocol,
}

impl EndpointHop {
    /// `IP:port`.
    pub fn address(&self) -> String {
        ip_port(self.ip, self.port)
    }

    /// Whether it is known that packets and their replies arrive, and no policy stops them.
    pub fn arrives(&self) -> bool {
        self.delivered == Some(true) && self.policy != Some(EndpointPolicy::Deny)
    }
}

/// A container's declaration of a port.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct DeclaredPort {
    /// Its name, empty if it has none.
    pub name: String,
    /// Its number.
    pub number: u16,
}

/// What NetworkPolicies say of packets from a source to an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum EndpointPolicy {
    /// They let them pass.
    Allow,
    /// They stop them.
    Deny,
    /// What is known does not decide it.
    Unknown,
}
