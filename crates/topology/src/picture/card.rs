//! Cards: the parts of a unit with their areas.

use super::area::Area;
use super::lanes::Lanes;
use crate::cluster::facts::ServiceType;
use crate::cluster::key::ObjectKey;
use crate::graph::socket::Socket;
use crate::graph::{
    AddressEntry, ContainerPortPart, EndPart, EndpointPart, NodePart, Note, PodPart, PortPart, Readiness, Severity,
    SliceWriter, Summary, TargetPart, Trouble, UnlistedEntries, UnlistedNodes,
};

/// One card, or one line of a slice's card.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Card {
    /// Clients outside the cluster.
    Client(ClientCard),
    /// An address and port where packets enter the cluster.
    Entry(EntryCard),
    /// A nodePort on Nodes that are counted and not listed.
    NodePorts(NodePortsCard),
    /// Entries of a Node that are counted and not listed.
    UnlistedEntries(UnlistedEntriesCard),
    /// A Service.
    Service(ServiceCard),
    /// One port of a Service whose other parts are in other groups, in the arrangement by Node.
    ServicePort(ServicePortCard),
    /// The frame of a slice. The name of the slice stands above it.
    Slice(SliceCard),
    /// One endpoint of a slice with one port: a line of the slice's card.
    Endpoint(EndpointCard),
    /// Endpoints that are counted and not listed.
    EndpointCount(CountCard),
    /// The end of paths through a Service that has no endpoint for them.
    End(EndCard),
    /// A Pod.
    Pod(PodCard),
    /// Pods that are counted and not listed.
    PodCount(CountCard),
    /// A port of a Pod.
    ContainerPort(ContainerPortCard),
    /// A target that is not a Pod.
    Target(TargetCard),
    /// A Node.
    Node(NodeCard),
    /// A whole group in one line.
    Line(Box<LineCard>),
    /// A note.
    Note(NoteCard),
}

/// [`Card::Client`]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ClientCard {
    /// The area of the card.
    pub area: Area,
    /// The entries that the clients can use.
    pub entries: Vec<Socket>,
}

/// [`Card::Entry`]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EntryCard {
    /// The area of the card.
    pub area: Area,
    /// The entry.
    pub entry: AddressEntry,
}

/// [`Card::NodePorts`]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NodePortsCard {
    /// The area of the card.
    pub area: Area,
    /// The nodePort and the number of Nodes.
    pub unlisted: UnlistedNodes,
}

/// [`Card::UnlistedEntries`]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UnlistedEntriesCard {
    /// The area of the card.
    pub area: Area,
    /// The number of entries.
    pub unlisted: UnlistedEntries,
}

/// [`Card::Service`]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ServiceCard {
    /// The area of the card. The header is its first row; each port has a row below.
    pub area: Area,
    /// The Service.
    pub service: ObjectKey,
    /// `spec.type`.
    pub service_type: ServiceType,
    /// `clusterIP: None`.
    pub headless: bool,
    /// Its DNS name. It is drawn above the card.
    pub dns: Socket,
    /// Its Cluster IPs.
    pub cluster_ips: Vec<Socket>,
    /// The readiness of its endpoints.
    pub readiness: Readiness,
    /// How severe it is that packets to it are refused or dropped.
    pub stopped: Option<Severity>,
    /// Its ports.
    pub ports: Vec<PortRow>,
}

/// The row of a port in a Service's card.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PortRow {
    /// The middle of the row, in px.
    pub y: i32,
    /// The port.
    pub port: PortPart,
}

/// [`Card::ServicePort`]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ServicePortCard {
    /// The area of the card.
    pub area: Area,
    /// The Service.
    pub service: ObjectKey,
    /// The port.
    pub port: PortPart,
}

/// [`Card::Slice`]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SliceCard {
    /// The area of the card.
    pub area: Area,
    /// The slice.
    pub slice: ObjectKey,
    /// Who writes it.
    pub writer: SliceWriter,
}

/// [`Card::Endpoint`]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EndpointCard {
    /// The area of the card.
    pub area: Area,
    /// Whether it is the first line of its slice.
    pub first: bool,
    /// The endpoint.
    pub endpoint: EndpointPart,
}

/// [`Card::EndpointCount`] and [`Card::PodCount`]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CountCard {
    /// The area of the card.
    pub area: Area,
    /// Number of endpoints or Pods, and of those that are ready.
    pub readiness: Readiness,
}

/// [`Card::End`]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EndCard {
    /// The area of the card.
    pub area: Area,
    /// The ports whose packets end here, the outcome and its cause.
    pub end: EndPart,
}

/// [`Card::Pod`]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PodCard {
    /// The area of the card.
    pub area: Area,
    /// The Pod.
    pub pod: PodPart,
}

/// [`Card::ContainerPort`]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ContainerPortCard {
    /// The area of the card.
    pub area: Area,
    /// The port.
    pub port: ContainerPortPart,
}

/// [`Card::Target`]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TargetCard {
    /// The area of the card.
    pub area: Area,
    /// The target.
    pub target: TargetPart,
}

/// [`Card::Node`]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NodeCard {
    /// The area of the card, at the top of the picture or in the Node's group.
    pub area: Area,
    /// The Node.
    pub node: NodePart,
}

/// [`Card::Line`]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LineCard {
    /// The area of the line. It is as wide as the picture.
    pub area: Area,
    /// The lanes that its texts are aligned with.
    pub lanes: Lanes,
    /// The content of the line.
    pub summary: Summary,
    /// The worst trouble of the unit.
    pub trouble: Option<Trouble>,
}

/// [`Card::Note`]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NoteCard {
    /// The area of its text.
    pub area: Area,
    /// The note.
    pub note: Note,
}

impl Card {
    /// The sockets on the card.
    pub fn sockets(&self) -> Vec<&Socket> {
        match self {
            Self::Entry(card) => vec![&card.entry.socket],
            Self::Service(ServiceCard { dns, cluster_ips, ports, .. }) => {
                std::iter::once(dns).chain(cluster_ips).chain(ports.iter().map(|row| &row.port.socket)).collect()
            }
            Self::ServicePort(card) => vec![&card.port.socket],
            Self::Endpoint(card) => vec![&card.endpoint.socket],
            Self::Pod(card) => card.pod.socket.iter().collect(),
            Self::ContainerPort(card) => card.port.declared.iter().map(|declared| &declared.socket).collect(),
            Self::Target(card) => vec![&card.target.socket],
            Self::Node(card) => card.node.socket.iter().collect(),
            Self::Line(card) => card.summary.socket.iter().collect(),
            Self::Client(_)
            | Self::NodePorts(_)
            | Self::UnlistedEntries(_)
            | Self::Slice(_)
            | Self::EndpointCount(_)
            | Self::End(_)
            | Self::PodCount(_)
            | Self::Note(_) => Vec::new(),
        }
    }

    /// The area of the card.
    pub fn area(&self) -> Area {
        match self {
            Self::Client(card) => card.area,
            Self::Entry(card) => card.area,
            Self::NodePorts(card) => card.area,
            Self::UnlistedEntries(card) => card.area,
            Self::Service(card) => card.area,
            Self::ServicePort(card) => card.area,
            Self::Slice(card) => card.area,
            Self::Endpoint(card) => card.area,
            Self::EndpointCount(card) | Self::PodCount(card) => card.area,
            Self::End(card) => card.area,
            Self::Pod(card) => card.area,
            Self::ContainerPort(card) => card.area,
            Self::Target(card) => card.area,
            Self::Node(card) => card.area,
            Self::Line(card) => card.area,
            Self::Note(card) => card.area,
        }
    }
}
