//! Names of things: kinds, object keys, and the scopes that they are streamed in.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A kind of row. All but [`Kind::Endpoint`] are Kubernetes kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
pub enum Kind {
    /// core/v1 Node, cluster-scoped.
    Node,
    /// core/v1 Namespace, cluster-scoped.
    Namespace,
    /// networking.k8s.io/v1 ServiceCIDR, cluster-scoped.
    ServiceCIDR,
    /// core/v1 Service.
    Service,
    /// discovery.k8s.io/v1 EndpointSlice, without its endpoints.
    EndpointSlice,
    /// One endpoint of an EndpointSlice: a row of its own, so that a readiness flip costs one row.
    Endpoint,
    /// core/v1 Endpoints: evidence only, kube-proxy never reads it.
    Endpoints,
    /// core/v1 Pod.
    Pod,
}

impl Kind {
    /// The kinds that are watched, in the order in which they are listed.
    pub const WATCHED: [Self; 7] = [
        Self::Node,
        Self::Namespace,
        Self::ServiceCIDR,
        Self::Service,
        Self::EndpointSlice,
        Self::Endpoints,
        Self::Pod,
    ];

    /// The kind whose watch brings rows of this kind: an endpoint comes with its slice.
    pub fn watched(self) -> Self {
        if self == Self::Endpoint { Self::EndpointSlice } else { self }
    }

    /// Whether objects of this kind live in a namespace.
    pub fn namespaced(self) -> bool {
        !matches!(self, Self::Node | Self::Namespace | Self::ServiceCIDR)
    }

    /// The kind of this name; `None` if kubehop has no such rows.
    pub fn parse(name: &str) -> Option<Self> {
        Self::WATCHED.into_iter().chain([Self::Endpoint]).find(|kind| kind.as_str() == name)
    }

    /// The kind's name, as in a manifest.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Node => "Node",
            Self::Namespace => "Namespace",
            Self::ServiceCIDR => "ServiceCIDR",
            Self::Service => "Service",
            Self::EndpointSlice => "EndpointSlice",
            Self::Endpoint => "Endpoint",
            Self::Endpoints => "Endpoints",
            Self::Pod => "Pod",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Namespace and name of an object; the namespace is empty for cluster-scoped kinds.
/// Ordered by namespace, then name, so that a namespace is a range.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectKey {
    /// The namespace, empty for cluster-scoped kinds.
    pub namespace: String,
    /// The object's name; for an endpoint `SLICE/ADDRESS` (see [`crate::facts::EndpointFact`]).
    pub name: String,
}

impl ObjectKey {
    /// A key of a namespaced object.
    pub fn new(namespace: impl Into<String>, name: impl Into<String>) -> Self {
        Self { namespace: namespace.into(), name: name.into() }
    }

    /// A key of a cluster-scoped object.
    pub fn cluster(name: impl Into<String>) -> Self {
        Self { namespace: String::new(), name: name.into() }
    }

    /// Parses the wire text of a key of this kind: `NAMESPACE/NAME`, or `NAME` for cluster-scoped kinds.
    pub fn parse(kind: Kind, text: &str) -> Option<Self> {
        if kind.namespaced() {
            let (namespace, name) = text.split_once('/')?;
            (!namespace.is_empty() && !name.is_empty()).then(|| Self::new(namespace, name))
        } else {
            (!text.is_empty()).then(|| Self::cluster(text))
        }
    }
}

impl fmt::Display for ObjectKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.namespace.is_empty() { f.write_str(&self.name) } else { write!(f, "{}/{}", self.namespace, self.name) }
    }
}

/// What is streamed and covered together: one watched kind in one namespace, or cluster-wide kinds
/// under the empty namespace.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scope {
    /// The namespace, empty for cluster-scoped kinds.
    pub namespace: String,
    /// The watched kind.
    pub kind: Kind,
}

impl Scope {
    /// The scope in which a row of this kind and key travels.
    pub fn of(kind: Kind, key: &ObjectKey) -> Self {
        Self { namespace: key.namespace.clone(), kind: kind.watched() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_survive_their_wire_text() {
        for (kind, key) in [
            (Kind::Node, ObjectKey::cluster("node1")),
            (Kind::Pod, ObjectKey::new("default", "web-0")),
            (Kind::Endpoint, ObjectKey::new("default", "web-x/fd00::1#2")),
        ] {
            assert_eq!(ObjectKey::parse(kind, &key.to_string()), Some(key));
        }
        assert_eq!(ObjectKey::parse(Kind::Pod, "web-0"), None);
        assert_eq!(ObjectKey::parse(Kind::Node, ""), None);
    }
}
