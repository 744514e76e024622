//! The entry of a packet into the Service network.

use serde::{Deserialize, Serialize};

use crate::cluster::key::ObjectKey;
use crate::cluster::port::TargetPort;

/// The entry of a packet.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// The kind of the address.
    pub kind: EntryKind,
    /// The Service that owns the address, if one does.
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

/// The kind of address by which a packet enters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
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
    /// An entry by an address that no Service owns.
    pub fn without_service(kind: EntryKind) -> Self {
        Self { kind, service: None, port_name: None, port: None, target_port: None, node_port: None }
    }
}
