use std::cmp::Ordering;
use std::fmt;

use crate::key::ObjectKey;

/// What a group is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GroupKind {
    /// A Pod that is reached by a hostPort.
    HostPorts,
    /// A Service, with what leads to it and what is behind it.
    Service,
    /// The Pods of a namespace that nothing leads to but their own IP. Drawn last in its namespace.
    Pods,
    /// A Node with the Pods on it, in the arrangement by Node.
    Node,
}

/// The key of a group; ordered as groups are drawn: by namespace, then by name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct GroupKey {
    /// What it is about.
    pub kind: GroupKind,
    /// The Service, Pod or Node; for [`GroupKind::Pods`] the namespace with an empty name.
    pub object: ObjectKey,
}

impl GroupKey {
    /// The group of a Service.
    pub fn service(key: ObjectKey) -> Self {
        Self { kind: GroupKind::Service, object: key }
    }

    /// The group of a Pod with hostPorts.
    pub fn host_ports(pod: ObjectKey) -> Self {
        Self { kind: GroupKind::HostPorts, object: pod }
    }

    /// The group of a namespace's other Pods.
    pub fn pods(namespace: &str) -> Self {
        Self { kind: GroupKind::Pods, object: ObjectKey::new(namespace, "") }
    }

    /// The group of a Node.
    pub fn node(name: &str) -> Self {
        Self { kind: GroupKind::Node, object: ObjectKey::cluster(name) }
    }

    /// Parses the text that a key is written as.
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

    /// The namespace that it is drawn in; empty for a Node.
    pub fn namespace(&self) -> &str {
        &self.object.namespace
    }
}

impl Ord for GroupKey {
    fn cmp(&self, other: &Self) -> Ordering {
        let rank = |key: &Self| key.kind == GroupKind::Pods;
        self.namespace()
            .cmp(other.namespace())
            .then_with(|| rank(self).cmp(&rank(other)))
            .then_with(|| self.object.name.cmp(&other.object.name))
            .then_with(|| self.kind.cmp(&other.kind))
    }
}

impl PartialOrd for GroupKey {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for GroupKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            GroupKind::HostPorts => "hostPorts",
            GroupKind::Service => "service",
            GroupKind::Pods => "pods",
            GroupKind::Node => "node",
        };
        write!(f, "{kind}/{}", self.object)
    }
}
