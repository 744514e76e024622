//! What a packet enters the Service network by.

use serde::{Deserialize, Serialize};

use crate::cluster::key::ObjectKey;
use crate::cluster::port::TargetPort;

/// How a packet enters.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// Which address it was.
    pub kind: EntryKind,
    /// The Service, if one owns it.
    pub service: Option<ObjectKey>,
    /// The Service port's name, empty if it has none.
    pub port_name: Option<String>,
    /// The Service's port.
    pub port: Option<u16>,
    /// The Service's targetPort.
    pub target_port: Option<TargetPort>,
    /// The Service's nodePort.
    pub node_port: Option<u16>,
}

/// Which kind of address a packet enters by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum EntryKind {
    /// A Cluster IP.
    #[serde(rename = "clusterIP")]
    ClusterIp,
    /// One of a Service's externalIPs.
    #[serde(rename = "externalIP")]
    ExternalIp,
    /// A load balancer IP.
    #[serde(rename = "loadBalancerIP")]
    LoadBalancerIp,
    /// A nodePort on a Node's address.
    NodePort,
    /// A hostPort on its Pod's Node.
    HostPort,
    /// A Pod's own address.
    #[serde(rename = "podIP")]
    PodIp,
}

impl Entry {
    /// The entry by an address that no Service owns.
    pub fn without_service(kind: EntryKind) -> Self {
        Self { kind, service: None, port_name: None, port: None, target_port: None, node_port: None }
    }
}
