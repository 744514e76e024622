//! Object keys, endpoint keys and scopes.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use crate::cluster::kinds::Kind;

/// Namespace and name of an object; the namespace is empty for cluster-scoped kinds.
/// Sorted by namespace, then name, so that the keys of a namespace are a range.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectKey {
    /// The namespace, empty for cluster-scoped kinds.
    pub namespace: String,
    /// The object's name; for an endpoint see [`EndpointKey`].
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

/// Serialised as its text.
impl Serialize for ObjectKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ObjectKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Ok(match text.split_once('/') {
            Some((namespace, name)) => Self::new(namespace, name),
            None => Self::cluster(text),
        })
    }
}

/// The key of an endpoint's row: the slice's namespace, and the name `SLICE/ADDRESS`, with `#N` for a repeated address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EndpointKey(ObjectKey);

impl EndpointKey {
    /// The key of an address in a slice; `occurrence` counts from 0.
    pub fn new(slice: &ObjectKey, address: &str, occurrence: u32) -> Self {
        let prefix = Self::name_prefix(slice);
        let repeated = if occurrence == 0 { String::new() } else { format!("#{occurrence}") };
        Self(ObjectKey::new(&slice.namespace, format!("{prefix}{address}{repeated}")))
    }

    /// Converts the key of a row of [`Kind::Endpoint`].
    pub fn of_row(key: &ObjectKey) -> Self {
        Self(key.clone())
    }

    /// The slice of the endpoint.
    pub fn slice(&self) -> ObjectKey {
        // A slice's name has no slash (RFC 1123).
        let name = self.0.name.split_once('/').map_or(self.0.name.as_str(), |(slice, _)| slice);
        ObjectKey::new(&self.0.namespace, name)
    }

    /// The common prefix of the names of all endpoints in a slice.
    pub fn name_prefix(slice: &ObjectKey) -> String {
        format!("{}/", slice.name)
    }
}

impl From<EndpointKey> for ObjectKey {
    fn from(key: EndpointKey) -> Self {
        key.0
    }
}

/// The unit of streaming and coverage: one watched kind in one namespace. Cluster-scoped kinds have the empty namespace.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scope {
    /// The namespace, empty for cluster-scoped kinds.
    pub namespace: String,
    /// The watched kind.
    pub kind: Kind,
}

impl Scope {
    /// The scope of a row with this kind and key.
    pub fn of(kind: Kind, key: &ObjectKey) -> Self {
        Self { namespace: key.namespace.clone(), kind: kind.watched() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slice_of_an_endpoint_is_known_by_its_key() {
        let slice = ObjectKey::new("default", "web-x");
        for (address, occurrence) in [("10.0.0.1", 0), ("fd00::1", 2), ("a/b", 0)] {
            let key = ObjectKey::from(EndpointKey::new(&slice, address, occurrence));
            assert!(key.name.starts_with(&EndpointKey::name_prefix(&slice)));
            assert_eq!(EndpointKey::of_row(&key).slice(), slice);
        }
    }

    #[test]
    fn keys_survive_their_wire_text() {
        for (kind, key) in [
            (Kind::Node, ObjectKey::cluster("node1")),
            (Kind::Pod, ObjectKey::new("default", "web-0")),
            (Kind::Endpoint, ObjectKey::new("default", "web-x/fd00::1#2")),
        ] {
            let json = serde_json::to_string(&key).unwrap();
            assert_eq!(serde_json::from_str::<ObjectKey>(&json).unwrap(), key);
            assert_eq!(ObjectKey::parse(kind, &key.to_string()), Some(key));
        }
        let endpoint = EndpointKey::new(&ObjectKey::new("default", "web-x"), "fd00::1", 2);
        assert_eq!(ObjectKey::from(endpoint).to_string(), "default/web-x/fd00::1#2");
        assert_eq!(ObjectKey::parse(Kind::Pod, "web-0"), None);
        assert_eq!(ObjectKey::parse(Kind::Node, ""), None);
    }
}
