use std::net::IpAddr;

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

use super::{Distribution, Labels, is_default};
use crate::cluster::address::NodeIp;
use crate::cluster::key::ObjectKey;

/// A Node: where kube-proxy runs and nodePorts are opened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct NodeFact {
    /// The Node's name.
    pub name: String,
    /// `status.addresses` of type InternalIP, in their order.
    #[serde(rename = "internalIPs", skip_serializing_if = "is_default")]
    pub internal_ips: Vec<NodeIp>,
    /// `status.addresses` of type ExternalIP, in their order.
    #[serde(rename = "externalIPs", skip_serializing_if = "is_default")]
    pub external_ips: Vec<NodeIp>,
    /// `spec.podCIDRs`, or `spec.podCIDR`.
    #[serde(rename = "podCIDRs", skip_serializing_if = "is_default")]
    pub pod_cidrs: Vec<IpNet>,
    /// Whether the condition Ready is True.
    pub ready: bool,
    /// `spec.unschedulable`: cordoned.
    #[serde(skip_serializing_if = "is_default")]
    pub unschedulable: bool,
    /// `metadata.labels`.
    #[serde(skip_serializing_if = "is_default")]
    pub labels: Labels,
    /// The distribution of Kubernetes, if the Node tells it.
    #[serde(skip_serializing_if = "is_default")]
    pub distribution: Option<Distribution>,
}

impl NodeFact {
    /// The Node's key.
    pub fn key(&self) -> ObjectKey {
        ObjectKey::cluster(&self.name)
    }

    /// Every address of the Node in the API, InternalIPs first.
    pub fn ips(&self) -> impl Iterator<Item = NodeIp> + '_ {
        self.internal_ips.iter().chain(&self.external_ips).copied()
    }

    /// The first address of the Node, with which it is shown.
    pub fn first_ip(&self) -> Option<NodeIp> {
        self.ips().next()
    }

    /// The Node's first address of each family, IPv4 before IPv6.
    pub fn primary_ips(&self) -> impl Iterator<Item = NodeIp> {
        [true, false].into_iter().filter_map(|ipv4| self.primary_ip(ipv4))
    }

    /// Whether this is one of the Node's addresses, and its type is ExternalIP only.
    pub fn is_only_external_ip(&self, ip: IpAddr) -> bool {
        let is_it = |own: &NodeIp| own.0 == ip;
        self.external_ips.iter().any(is_it) && !self.internal_ips.iter().any(is_it)
    }

    /// The Node's first address of a family (reference §2.4): InternalIPs before ExternalIPs.
    pub fn primary_ip(&self, ipv4: bool) -> Option<NodeIp> {
        self.ips().find(|ip| ip.0.is_ipv4() == ipv4)
    }

    /// The zone for topology hints. A missing or empty label never matches a hint (reference §2.2).
    pub fn zone(&self) -> Option<&str> {
        self.labels.get("topology.kubernetes.io/zone").map(String::as_str).filter(|zone| !zone.is_empty())
    }
}

/// A Namespace.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct NamespaceFact {
    /// The namespace's name.
    pub name: String,
    /// `metadata.labels`.
    #[serde(skip_serializing_if = "is_default")]
    pub labels: Labels,
    /// Counts of its objects, in clusters that are too big to load as a whole. kubehop counts them; the API has no such field.
    #[serde(skip_serializing_if = "is_default")]
    pub counts: Option<NamespaceCounts>,
}

impl NamespaceFact {
    /// The Namespace's key.
    pub fn key(&self) -> ObjectKey {
        ObjectKey::cluster(&self.name)
    }
}

/// Counts of the objects in a namespace.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(default)]
pub struct NamespaceCounts {
    /// Number of Services.
    pub services: usize,
    /// Number of Pods that have not ended.
    pub pods: usize,
    /// Number of Services with an error ([`crate::graph::Trouble`]).
    pub errors: usize,
    /// Number of Services with a warning.
    pub warnings: usize,
}

/// A ServiceCIDR: a range from which Cluster IPs are allocated.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ServiceCidrFact {
    /// The object's name.
    pub name: String,
    /// `spec.cidrs`.
    pub cidrs: Vec<IpNet>,
}

impl ServiceCidrFact {
    /// The object's key.
    pub fn key(&self) -> ObjectKey {
        ObjectKey::cluster(&self.name)
    }
}
