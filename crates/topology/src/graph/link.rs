//! Links between the parts of a unit.

/// A part of a unit, as an index into the lists of [`super::Parts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartId {
    /// Clients outside the cluster.
    Client,
    /// An entry.
    Entry(usize),
    /// A Service's name in DNS.
    Name(usize),
    /// A port of a Service.
    Port(usize),
    /// An endpoint with a port.
    Endpoint(usize),
    /// The number of endpoints.
    EndpointCount,
    /// A Pod.
    Pod(usize),
    /// The number of Pods.
    PodCount,
    /// A port of a Pod.
    ContainerPort(usize),
    /// A target that is not a Pod.
    Target(usize),
    /// The end of packets that no endpoint gets.
    End(usize),
}

/// The kind of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkKind {
    /// Packets take it.
    Packet,
    /// It exists, but no packet currently takes it.
    Unused,
    /// DNS answers with it. No packet is translated.
    Dns,
    /// Packets take it and are stopped at its end.
    Broken,
}

/// A link from one part of a unit to another, in the direction of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Link {
    /// The part at which it begins.
    pub from: PartId,
    /// The part at which it ends.
    pub to: PartId,
    /// Its kind.
    pub kind: LinkKind,
    /// For a link to a Pod: the port that packets are sent to, as an index into [`super::Parts::container_ports`].
    pub container_port: Option<usize>,
}

impl Link {
    /// A link without a container port.
    pub(super) fn new(from: PartId, to: PartId, kind: LinkKind) -> Self {
        Self { from, to, kind, container_port: None }
    }
}
