use serde::{Deserialize, Serialize};

use super::is_default;
use crate::cluster::key::ObjectKey;
use crate::cluster::port::{EndpointPort, Protocol};

/// A core/v1 Endpoints object: evidence of who wrote what, never a path (kube-proxy does not read it).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct EndpointsFact {
    /// The object's namespace.
    pub namespace: String,
    /// The object's name, which is its Service's.
    pub name: String,
    /// Written by the endpoints controller (it has a selector), not by hand.
    #[serde(skip_serializing_if = "is_default")]
    pub managed: bool,
    /// The label `endpointslice.kubernetes.io/skip-mirror` is `true`.
    #[serde(skip_serializing_if = "is_default")]
    pub skip_mirror: bool,
    /// How many addresses it lists, ready and not ready.
    #[serde(skip_serializing_if = "is_default")]
    pub addresses: usize,
    /// `subsets`, of objects written by hand: what the controller writes repeats the slices.
    #[serde(skip_serializing_if = "is_default")]
    pub subsets: Vec<EndpointsSubset>,
}

impl EndpointsFact {
    /// The object's key.
    pub fn key(&self) -> ObjectKey {
        ObjectKey::new(&self.namespace, &self.name)
    }
}

/// One subset of an Endpoints object.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct EndpointsSubset {
    /// `addresses[].ip`, as written.
    #[serde(skip_serializing_if = "is_default")]
    pub addresses: Vec<String>,
    /// `notReadyAddresses[].ip`, as written.
    #[serde(skip_serializing_if = "is_default")]
    pub not_ready: Vec<String>,
    /// `ports`: name (empty if none), protocol, number.
    #[serde(skip_serializing_if = "is_default")]
    pub ports: Vec<(String, Protocol, EndpointPort)>,
}
