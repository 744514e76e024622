use serde::{Deserialize, Serialize};

use super::is_default;
use crate::cluster::key::ObjectKey;
use crate::cluster::port::{EndpointPort, Protocol};

/// A core/v1 Endpoints object. It shows who wrote endpoints. No path depends on it, because kube-proxy does not read it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct EndpointsFact {
    /// The object's namespace.
    pub namespace: String,
    /// The object's name, which is its Service's.
    pub name: String,
    /// Whether the endpoints controller has written it, because its Service has a selector, and not a person.
    #[serde(skip_serializing_if = "is_default")]
    pub managed: bool,
    /// The label `endpointslice.kubernetes.io/skip-mirror` is `true`.
    #[serde(skip_serializing_if = "is_default")]
    pub skip_mirror: bool,
    /// Number of addresses that it lists, ready and not ready.
    #[serde(skip_serializing_if = "is_default")]
    pub addresses: usize,
    /// `subsets` of an object that a person has written. The subsets that the controller writes repeat the slices and are not kept.
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
