//! Cards: what is drawn of the parts of a unit, each with its place.

use super::area::Area;
use super::lanes::Lanes;
use crate::cluster::facts::ServiceType;
use crate::cluster::key::ObjectKey;
use crate::graph::socket::Socket;
use crate::graph::{
    AddressEntry, ContainerPortPart, EndPart, EndpointPart, NodePart, Note, PodPart, PortPart, Readiness, SliceWriter,
    Summary, TargetPart, Trouble, UnlistedEntries, UnlistedNodes,
};

/// One card, or one line of a slice's card.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Card {
    /// Any client outside the cluster.
    Client(ClientCard),
    /// An address with a port by which packets enter.
    Entry(EntryCard),
    /// The nodePort of Nodes that are not listed one by one.
    NodePorts(NodePortsCard),
    /// Ways into a Node that are not listed one by one.
    UnlistedEntries(UnlistedEntriesCard),
    /// A Service.
    Service(ServiceCard),
    /// One port of a Service whose other parts are elsewhere, in the arrangement by Node.
    ServicePort(ServicePortCard),
    /// The frame of a slice, with its name above it.
    Slice(SliceCard),
    /// One endpoint of a slice with one of its ports: a line of the slice's card.
    Endpoint(EndpointCard),
    /// Endpoints that are not listed one by one.
    EndpointCount(CountCard),
    /// Where paths through a Service end.
    End(EndCard),
    /// A Pod.
    Pod(PodCard),
    /// Pods that are not listed one by one.
    PodCount(CountCard),
    /// A port of a Pod.
    ContainerPort(ContainerPortCard),
    /// A target that is no Pod.
    Target(TargetCard),
    /// A Node.
    Node(NodeCard),
    /// A whole group in one line.
    Line(Box<LineCard>),
    /// A remark.
    Note(NoteCard),
}

/// [`Card::Client`]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ClientCard {
    /// Its place.
    pub area: Area,
    /// The entries that it may use.
    pub entries: Vec<Socket>,
}

/// [`Card::Entry`]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EntryCard {
    /// Its place.
    pub area: Area,
    /// The entry.
    pub entry: AddressEntry,
}

/// [`Card::NodePorts`]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NodePortsCard {
    /// Its place.
    pub area: Area,
    /// The nodePort and the number of Nodes.
    pub unlisted: UnlistedNodes,
}

/// [`Card::UnlistedEntries`]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UnlistedEntriesCard {
    /// Its place.
    pub area: Area,
    /// The number of entries.
    pub unlisted: UnlistedEntries,
}

/// [`Card::Service`]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ServiceCard {
    /// Its place: the header is its first row, each port has a row below it.
    pub area: Area,
    /// The Service.
    pub service: ObjectKey,
    /// `spec.type`.
    pub service_type: ServiceType,
    /// `clusterIP: None`.
    pub headless: bool,
    /// Its DNS name, drawn above the card.
    pub dns: Socket,
    /// Its Cluster IPs.
    pub cluster_ips: Vec<Socket>,
    /// The readiness of its endpoints.
    pub readiness: Readiness,
    /// Its ports.
    pub ports: Vec<PortRow>,
}

/// The row of a port in a Service's card.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PortRow {
    /// The middle of the row.
    pub y: i32,
    /// The port.
    pub port: PortPart,
}

/// [`Card::ServicePort`]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ServicePortCard {
    /// Its place.
    pub area: Area,
    /// The Service.
    pub service: ObjectKey,
    /// The port.
    pub port: PortPart,
}

/// [`Card::Slice`]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SliceCard {
    /// Its place.
    pub area: Area,
    /// The slice.
    pub slice: ObjectKey,
    /// Who writes it.
    pub writer: SliceWriter,
}

/// [`Card::Endpoint`]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EndpointCard {
    /// Its place.
    pub area: Area,
    /// Whether it is the first line of its slice.
    pub first: bool,
    /// The endpoint.
    pub endpoint: EndpointPart,
}

/// [`Card::EndpointCount`] and [`Card::PodCount`]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CountCard {
    /// Its place.
    pub area: Area,
    /// Number of endpoints or Pods, and of those that are ready.
    pub readiness: Readiness,
}

/// [`Card::End`]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EndCard {
    /// Its place.
    pub area: Area,
    /// What ends there, how and why.
    pub end: EndPart,
}

/// [`Card::Pod`]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PodCard {
    /// Its place.
    pub area: Area,
    /// The Pod.
    pub pod: PodPart,
}

/// [`Card::ContainerPort`]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ContainerPortCard {
    /// Its place.
    pub area: Area,
    /// The port.
    pub port: ContainerPortPart,
}

/// [`Card::Target`]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TargetCard {
    /// Its place.
    pub area: Area,
    /// The target.
    pub target: TargetPart,
}

/// [`Card::Node`]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NodeCard {
    /// Its place: on top of the picture, or in its group.
    pub area: Area,
    /// The Node.
    pub node: NodePart,
}

/// [`Card::Line`]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LineCard {
    /// Its place: as wide as the picture.
    pub area: Area,
    /// The lanes that its words stand in.
    pub lanes: Lanes,
    /// What the line says.
    pub summary: Summary,
    /// The worst that is wrong.
    pub trouble: Option<Trouble>,
}

/// [`Card::Note`]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NoteCard {
    /// Where its text stands.
    pub area: Area,
    /// The remark.
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

    /// The place of the card.
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
