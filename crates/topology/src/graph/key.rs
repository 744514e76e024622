//! Keys of the graph's units.

use std::cmp::Ordering;
use std::fmt;

use crate::cluster::key::ObjectKey;

/// The kind of object that a unit is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnitKind {
    /// A Pod that is reached by a hostPort.
    HostPorts,
    /// A Service with its entries, endpoints and Pods.
    Service,
    /// The Pods of a namespace that no Service and no hostPort leads to. This unit is the last of its namespace.
    Pods,
    /// A Node with the Pods and entries on it.
    Node,
}

/// The key of a unit. Keys are ordered by namespace, then by name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UnitKey {
    /// The kind of the unit.
    pub kind: UnitKind,
    /// The Service, Pod or Node; for [`UnitKind::Pods`] the namespace with an empty name.
    pub object: ObjectKey,
}

impl UnitKey {
    /// The unit of a Service.
    pub fn service(key: ObjectKey) -> Self {
        Self { kind: UnitKind::Service, object: key }
    }

    /// The unit of a Pod with hostPorts.
    pub fn host_ports(pod: ObjectKey) -> Self {
        Self { kind: UnitKind::HostPorts, object: pod }
    }

    /// The unit of a namespace's other Pods.
    pub fn pods(namespace: &str) -> Self {
        Self { kind: UnitKind::Pods, object: ObjectKey::new(namespace, "") }
    }

    /// The unit of a Node.
    pub fn node(name: &str) -> Self {
        Self { kind: UnitKind::Node, object: ObjectKey::cluster(name) }
    }

    /// Parses what [`fmt::Display`] writes; `None` for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, object) = text.split_once('/')?;
        if kind == "node" {
            return (!object.is_empty()).then(|| Self::node(object));
        }
        let (namespace, name) = object.split_once('/').filter(|(namespace, _)| !namespace.is_empty())?;
        let object = ObjectKey::new(namespace, name);
        match kind {
            "pods" => Some(Self::pods(namespace)),
            "hostPorts" if !name.is_empty() => Some(Self::host_ports(object)),
            "service" if !name.is_empty() => Some(Self::service(object)),
            _ => None,
        }
    }

    /// The namespace of the unit; empty for a Node.
    pub fn namespace(&self) -> &str {
        &self.object.namespace
    }
}

impl Ord for UnitKey {
    fn cmp(&self, other: &Self) -> Ordering {
        let rank = |key: &Self| key.kind == UnitKind::Pods;
        self.namespace()
            .cmp(other.namespace())
            .then_with(|| rank(self).cmp(&rank(other)))
            .then_with(|| self.object.name.cmp(&other.object.name))
            .then_with(|| self.kind.cmp(&other.kind))
    }
}

impl PartialOrd for UnitKey {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for UnitKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            UnitKind::HostPorts => "hostPorts",
            UnitKind::Service => "service",
            UnitKind::Pods => "pods",
            UnitKind::Node => "node",
        };
        write!(f, "{kind}/{}", self.object)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_unit_key_is_read_as_it_is_written() {
        let pod = ObjectKey::new("ns1", "a1");
        let keys = [UnitKey::service(pod.clone()), UnitKey::host_ports(pod), UnitKey::pods("ns1"), UnitKey::node("n1")];
        keys.iter().for_each(|key| assert_eq!(UnitKey::parse(&key.to_string()).as_ref(), Some(key)));
        for text in
            ["", "node/", "service/ns1", "service/ns1/", "service//a1", "hostPorts//", "pods//", "teapot/ns1/a1"]
        {
            assert_eq!(UnitKey::parse(text), None, "{text}");
        }
    }
}
