//! Links between the parts of a unit.

/// A part of a unit, by its place in the lists of [`super::Parts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartId {
    /// Any client outside the cluster.
    Client,
    /// An entry.
    Entry(usize),
    /// A Service's name in DNS.
    Name(usize),
    /// A port of a Service.
    Port(usize),
    /// An endpoint with a port.
    Endpoint(usize),
    /// The endpoints that are only counted.
    EndpointCount,
    /// A Pod.
    Pod(usize),
    /// The Pods that are only counted.
    PodCount,
    /// A port of a Pod.
    ContainerPort(usize),
    /// A target that is no Pod.
    Target(usize),
    /// Where packets end.
    End(usize),
}

/// What a link stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkKind {
    /// A packet takes it.
    Packet,
    /// It is there, but no packet takes it now.
    Unused,
    /// Only an answer of DNS.
    Dns,
    /// A packet takes it and is stopped at its end.
    Broken,
}

/// A link from one part of a unit to another, in the direction of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Link {
    /// Where it begins.
    pub from: PartId,
    /// Where it ends.
    pub to: PartId,
    /// What it stands for.
    pub kind: LinkKind,
    /// Of a link to a Pod: the port of the Pod that packets on it are sent to, as a place in [`super::Parts::container_ports`].
    pub container_port: Option<usize>,
}

impl Link {
    /// A link that names no port of a Pod.
    pub(super) fn new(from: PartId, to: PartId, kind: LinkKind) -> Self {
        Self { from, to, kind, container_port: None }
    }
}
