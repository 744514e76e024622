use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::{ServicePortFact, is_default};
use crate::cluster::address::parse_ip;
use crate::cluster::key::{EndpointKey, Kind, ObjectKey};
use crate::cluster::port::{EndpointPort, Protocol};

/// An EndpointSlice without its endpoints, which are separate rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SliceFact {
    /// The slice's namespace.
    pub namespace: String,
    /// The slice's name.
    pub name: String,
    /// The label `kubernetes.io/service-name`: its Service, in the same namespace.
    #[serde(skip_serializing_if = "is_default")]
    pub service: Option<String>,
    /// `addressType`.
    pub address_type: AddressType,
    /// The label `endpointslice.kubernetes.io/managed-by`: its writer.
    #[serde(skip_serializing_if = "is_default")]
    pub managed_by: Option<String>,
    /// The label `service.kubernetes.io/headless` is set: kube-proxy skips the slice (reference §1.1).
    #[serde(skip_serializing_if = "is_default")]
    pub headless: bool,
    /// `ports`. A slice without ports has no endpoints for any port (reference §1.3).
    #[serde(skip_serializing_if = "is_default")]
    pub ports: Vec<SlicePortFact>,
}

impl SliceFact {
    /// The slice's key.
    pub fn key(&self) -> ObjectKey {
        ObjectKey::new(&self.namespace, &self.name)
    }

    /// The Service in its label, in the same namespace (reference §1.1).
    pub fn service_key(&self) -> Option<ObjectKey> {
        self.service.as_ref().map(|service| ObjectKey::new(&self.namespace, service))
    }

    /// Whether kube-proxy reads the slice (reference §1.1). Does not check whether kube-proxy handles its Service.
    pub fn proxied(&self) -> bool {
        !self.headless && self.address_type != AddressType::FQDN
    }
}

/// `addressType` of a slice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub enum AddressType {
    /// IPv4 addresses.
    #[default]
    IPv4,
    /// IPv6 addresses.
    IPv6,
    /// Names: kube-proxy ignores such slices.
    FQDN,
}

impl AddressType {
    /// Whether it is IPv4; `None` for names.
    pub fn is_ipv4(self) -> Option<bool> {
        match self {
            Self::IPv4 => Some(true),
            Self::IPv6 => Some(false),
            Self::FQDN => None,
        }
    }

    /// The type of the slices with addresses of a family.
    pub fn of_family(ipv4: bool) -> Self {
        if ipv4 { Self::IPv4 } else { Self::IPv6 }
    }

    /// The text in a manifest.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::IPv4 => "IPv4",
            Self::IPv6 => "IPv6",
            Self::FQDN => "FQDN",
        }
    }
}

/// One port of a slice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SlicePortFact {
    /// `name`, joined with the Service port's name. A port without it is skipped (reference §1.3).
    pub name: Option<String>,
    /// `protocol`.
    #[serde(skip_serializing_if = "is_default")]
    pub protocol: Protocol,
    /// `port`. A port without a number, or with 0, is skipped.
    pub port: Option<EndpointPort>,
}

impl SlicePortFact {
    /// Its number; `None` if kube-proxy skips it (reference §1.3).
    pub fn number(&self) -> Option<u16> {
        self.port.map(|port| port.0).filter(|number| *number != 0)
    }

    /// Whether its endpoints are endpoints of this Service port (reference §1.3).
    pub fn joins(&self, port: &ServicePortFact) -> bool {
        port.is_joined_by(self.name.as_deref(), self.protocol)
    }
}

/// One endpoint of a slice: an address with its conditions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct EndpointFact {
    /// The slice's namespace.
    pub namespace: String,
    /// The slice's name.
    pub slice: String,
    /// `addresses[0]`, the only one that kube-proxy uses, as written.
    pub address: String,
    /// Occurrence of the same address in the same slice, counted from 0.
    #[serde(skip_serializing_if = "is_default")]
    pub occurrence: u32,
    /// Number of further addresses, which nothing uses (reference §1.3).
    #[serde(skip_serializing_if = "is_default")]
    pub further_addresses: u32,
    /// `conditions.ready`; absent means true.
    #[serde(skip_serializing_if = "is_default")]
    pub ready: Option<bool>,
    /// `conditions.serving`; absent means true.
    #[serde(skip_serializing_if = "is_default")]
    pub serving: Option<bool>,
    /// `conditions.terminating`; absent means false.
    #[serde(skip_serializing_if = "is_default")]
    pub terminating: Option<bool>,
    /// `nodeName`.
    #[serde(skip_serializing_if = "is_default")]
    pub node: Option<String>,
    /// `hostname`, part of a DNS name in headless Services.
    #[serde(skip_serializing_if = "is_default")]
    pub hostname: Option<Box<str>>,
    /// `targetRef`.
    #[serde(skip_serializing_if = "is_default")]
    pub target: Option<TargetRef>,
    /// `hints.forZones`.
    #[serde(skip_serializing_if = "is_default")]
    pub zone_hints: Vec<String>,
    /// `hints.forNodes`.
    #[serde(skip_serializing_if = "is_default")]
    pub node_hints: Vec<String>,
}

impl EndpointFact {
    /// The endpoint's key.
    pub fn key(&self) -> EndpointKey {
        EndpointKey::new(&self.slice_key(), &self.address, self.occurrence)
    }

    /// The key of its slice.
    pub fn slice_key(&self) -> ObjectKey {
        ObjectKey::new(&self.namespace, &self.slice)
    }

    /// The address, if it is an IP.
    pub fn ip(&self) -> Option<IpAddr> {
        parse_ip(&self.address)
    }

    /// Ready, as kube-proxy reads it: absent means true (reference §1.3).
    pub fn is_ready(&self) -> bool {
        self.ready.unwrap_or(true)
    }

    /// Serving, as kube-proxy reads it: absent means true, even if `ready` is false (reference §1.3).
    pub fn is_serving(&self) -> bool {
        self.serving.unwrap_or(true)
    }

    /// Terminating, as kube-proxy reads it: absent means false.
    pub fn is_terminating(&self) -> bool {
        self.terminating.unwrap_or(false)
    }

    /// Namespace and name of the Pod in `targetRef`, if it is a Pod.
    pub fn pod_name(&self) -> Option<(&str, &str)> {
        let target = self.target.as_ref().filter(|target| target.kind == Kind::Pod.as_str())?;
        let namespace = if target.namespace.is_empty() { &self.namespace } else { &target.namespace };
        Some((namespace, &target.name))
    }

    /// The key of the Pod in `targetRef`, if it is a Pod.
    pub fn pod(&self) -> Option<ObjectKey> {
        self.pod_name().map(|(namespace, name)| ObjectKey::new(namespace, name))
    }
}

/// `targetRef` of an endpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TargetRef {
    /// The kind, almost always `Pod`.
    pub kind: String,
    /// The namespace; empty means the slice's own.
    #[serde(skip_serializing_if = "is_default")]
    pub namespace: String,
    /// The name.
    pub name: String,
}
