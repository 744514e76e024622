//! Names of things: kinds, object keys, and the scopes that they are streamed in.

use std::fmt;

pub use crate::kinds::Kind;

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
