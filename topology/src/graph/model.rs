//! What a group is drawn of: cards that carry sockets, and wires that join them.

use std::net::IpAddr;

use crate::facts::ServiceType;
use crate::health::{Readiness, Trouble, Why};
use crate::key::ObjectKey;
use crate::port::{Protocol, TargetPort};
use crate::socket::Socket;
use crate::trace::Outcome;

/// Where each lane begins and how wide its cards are, in px at 100 %.
pub mod lane {
    /// The width of the whole picture.
    pub const WIDTH: i32 = 1152;
    /// Client: x and width.
    pub const CLIENT: (i32, i32) = (16, 88);
    /// Node: x and width.
    pub const NODE: (i32, i32) = (136, 176);
    /// Service: x and width.
    pub const SERVICE: (i32, i32) = (376, 216);
    /// EndpointSlice: x and width.
    pub const SLICE: (i32, i32) = (648, 144);
    /// Pod: x and width.
    pub const POD: (i32, i32) = (832, 176);
    /// Container: x and width.
    pub const CONTAINER: (i32, i32) = (1040, 96);
    /// A target outside the cluster spans the last two lanes: x and width.
    pub const OUTSIDE: (i32, i32) = (832, 304);
    /// From one row to the next.
    pub const PITCH: i32 = 40;
    /// The height of a card of one row.
    pub const CARD: i32 = 36;
    /// Between two groups, and between two slices of one group.
    pub const GAP: i32 = 24;
    /// From one row to the next where a group is one line.
    pub const LINE: i32 = 20;
}

/// How much of a group is drawn (design §5).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Detail {
    /// One line.
    Line,
    /// Addresses, Pods and Nodes stacked with their counts.
    Folded,
    /// Every Node of a few, every endpoint, Pod and container of a group of ten.
    #[default]
    Full,
}

/// By what the picture is grouped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Arrangement {
    /// A group a Service, by namespace.
    #[default]
    Service,
    /// A group a Node, with the Pods on it.
    Node,
}

/// A rectangle, in px, relative to its group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the fields of every rectangle")]
pub struct Area {
    pub x: i32,
    pub y: i32,
    pub w: i32,
    pub h: i32,
}

impl Area {
    /// The height at which wires meet a card of one row.
    pub fn middle(&self) -> i32 {
        self.y + self.h / 2
    }
}

/// A group: everything about one Service, or one Pod with hostPorts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Group {
    /// Its height, without the gap to the next one.
    pub height: i32,
    /// Wires, drawn below the cards.
    pub wires: Vec<Wire>,
    /// Cards, in the order in which a packet passes them (which is the focus order too).
    pub cards: Vec<Card>,
    /// The worst that is wrong with what it is about.
    pub trouble: Option<Trouble>,
}

impl Group {
    /// Every socket in it.
    pub fn sockets(&self) -> impl Iterator<Item = &Socket> {
        self.cards.iter().flat_map(Card::sockets)
    }
}

/// One card, or one line of a slice's card.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Card {
    /// Any client outside the cluster.
    Client {
        /// Where.
        area: Area,
        /// The entries that it may use.
        entries: Vec<Socket>,
    },
    /// An address with a port by which packets enter: nodePort, hostPort, externalIP, load balancer IP.
    Entry {
        /// Where.
        area: Area,
        /// The socket; its kind says which sort of entry it is.
        socket: Socket,
        /// The address.
        ip: IpAddr,
        /// The port.
        port: u16,
        /// The protocol.
        protocol: Protocol,
        /// The Node whose address it is, if it is a Node's.
        node: Option<String>,
    },
    /// The nodePort of more Nodes than are listed one by one.
    Entries {
        /// Where.
        area: Area,
        /// The nodePort.
        port: u16,
        /// The protocol.
        protocol: Protocol,
        /// How many Nodes.
        nodes: usize,
        /// Whether they can be listed one by one: else some are listed already, and these are the rest.
        opens: bool,
    },
    /// A Service.
    Service {
        /// Where; the header is its first row, each port has a row below.
        area: Area,
        /// Which.
        service: ObjectKey,
        /// `spec.type`.
        service_type: ServiceType,
        /// `clusterIP: None`.
        headless: bool,
        /// Its DNS name, drawn above the card.
        dns: Socket,
        /// Its Cluster IPs.
        cluster_ips: Vec<Socket>,
        /// How many endpoints are ready.
        readiness: Readiness,
        /// Its ports.
        ports: Vec<PortRow>,
    },
    /// The frame of a slice, with its name above it.
    Slice {
        /// Where.
        area: Area,
        /// Which.
        slice: ObjectKey,
        /// Who writes it.
        writer: SliceWriter,
    },
    /// One endpoint of a slice with one of its ports: a line of the slice's card.
    Endpoint {
        /// Where.
        area: Area,
        /// Whether it is the first line of its slice.
        first: bool,
        /// The socket.
        socket: Socket,
        /// The address, as the slice has it.
        address: String,
        /// The port, `None` where the slice has none.
        port: Option<u16>,
        /// The protocol.
        protocol: Protocol,
        /// Its readiness.
        state: EndpointState,
        /// Whether kube-proxy would use it now for traffic from anywhere in the cluster, or DNS would answer with it.
        used: bool,
        /// What is behind it.
        backing: Backing,
    },
    /// More endpoints than are listed one by one.
    Endpoints {
        /// Where.
        area: Area,
        /// How many, and how many of them are ready.
        readiness: Readiness,
    },
    /// A Pod.
    Pod {
        /// Where.
        area: Area,
        /// Its IP; `None` while it has none.
        socket: Option<Socket>,
        /// Which.
        pod: ObjectKey,
        /// The Node that it runs on.
        node: Option<String>,
        /// Whether the Pod itself is known, not only named by an endpoint.
        known: bool,
        /// Its readiness.
        state: EndpointState,
    },
    /// More Pods than are listed one by one.
    Pods {
        /// Where.
        area: Area,
        /// How many, and how many of them are ready.
        readiness: Readiness,
    },
    /// A port that a container declares.
    Container {
        /// Where.
        area: Area,
        /// The socket.
        socket: Socket,
        /// The container's name.
        container: String,
        /// The port.
        port: u16,
        /// The protocol.
        protocol: Protocol,
    },
    /// A port that no container of the Pod declares; it may be listened on all the same.
    Undeclared {
        /// Where.
        area: Area,
        /// The port.
        port: u16,
        /// The protocol.
        protocol: Protocol,
    },
    /// Something outside the cluster: the address of a manual endpoint, or an ExternalName's target.
    Outside {
        /// Where.
        area: Area,
        /// The socket.
        socket: Socket,
        /// The address or name.
        target: String,
        /// The Node whose own address it is: a process of the host, not outside the cluster after all.
        node: Option<String>,
        /// Whether only DNS answers with it, so that no packet is translated.
        dns_only: bool,
    },
    /// Where every path through this Service ends.
    End {
        /// Where.
        area: Area,
        /// How.
        outcome: Outcome,
        /// Why, if a slice shows it.
        note: Option<Note>,
        /// The ports that end here.
        ports: Vec<Socket>,
    },
    /// A whole group in one line.
    Line(Box<Line>),
    /// A Node, in the arrangement by Node.
    Node(NodeCard),
    /// The port of a Service that leads to the endpoint beside it, in the arrangement by Node.
    Via {
        /// Where.
        area: Area,
        /// The port's socket.
        socket: Socket,
        /// Which Service.
        service: ObjectKey,
        /// The port.
        port: u16,
        /// The protocol.
        protocol: Protocol,
    },
    /// A remark.
    Note {
        /// Where its text stands.
        area: Area,
        /// What it says.
        note: Note,
    },
}

impl Card {
    /// The sockets on it.
    pub fn sockets(&self) -> Vec<&Socket> {
        match self {
            Self::Entry { socket, .. }
            | Self::Endpoint { socket, .. }
            | Self::Container { socket, .. }
            | Self::Outside { socket, .. }
            | Self::Via { socket, .. } => vec![socket],
            Self::Pod { socket, .. } | Self::Node(NodeCard { socket, .. }) => socket.iter().collect(),
            Self::Line(line) => line.socket.iter().collect(),
            Self::Service { dns, cluster_ips, ports, .. } => {
                std::iter::once(dns).chain(cluster_ips).chain(ports.iter().map(|port| &port.socket)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Where it is.
    pub fn area(&self) -> Area {
        match self {
            Self::Client { area, .. }
            | Self::Entry { area, .. }
            | Self::Entries { area, .. }
            | Self::Service { area, .. }
            | Self::Slice { area, .. }
            | Self::Endpoint { area, .. }
            | Self::Endpoints { area, .. }
            | Self::Pod { area, .. }
            | Self::Pods { area, .. }
            | Self::Container { area, .. }
            | Self::Undeclared { area, .. }
            | Self::Outside { area, .. }
            | Self::End { area, .. }
            | Self::Via { area, .. }
            | Self::Node(NodeCard { area, .. })
            | Self::Note { area, .. } => *area,
            Self::Line(line) => line.area,
        }
    }
}

/// A Node's card.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NodeCard {
    /// Where: on top of the picture, or in its group.
    pub area: Area,
    /// Its address, if it has one.
    pub socket: Option<Socket>,
    /// Its name.
    pub name: String,
    /// Its Pod CIDRs.
    pub pod_cidrs: Vec<String>,
    /// Whether it is Ready.
    pub ready: bool,
}

/// A group in one line, from the entry to the container.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Line {
    /// Where; as wide as the picture.
    pub area: Area,
    /// What is selected by it: the Service's first port, else its name; the hostPort.
    pub socket: Option<Socket>,
    /// The name that stands in it: the Service's or the Pod's; empty for Pods without a Service.
    pub name: String,
    /// How packets enter from outside, if they do: the first of the entries.
    pub entry: Option<LineEntry>,
    /// How many more entries there are.
    pub more_entries: usize,
    /// Its first port, with what it is mapped to.
    pub port: Option<(u16, Protocol, Option<TargetPort>)>,
    /// How many more ports there are.
    pub more_ports: usize,
    /// Whether DNS answers with addresses or another name, and nothing is translated.
    pub dns_only: bool,
    /// What is behind it.
    pub readiness: Readiness,
    /// How many Pods, and on how many Nodes.
    pub pods: (usize, usize),
    /// The target outside the cluster, if that is where it leads.
    pub outside: Option<String>,
    /// The port of the containers, where it is one and the same.
    pub container: Option<u16>,
    /// The worst that is wrong.
    pub trouble: Option<Trouble>,
}

/// An entry in a line.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LineEntry {
    /// Its address; `None` for that of whichever Node.
    pub ip: Option<IpAddr>,
    /// On how many Nodes.
    pub nodes: usize,
    /// The port.
    pub port: u16,
    /// The protocol.
    pub protocol: Protocol,
    /// Whether it is a hostPort.
    pub host_port: bool,
}

/// One port of a Service's card.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PortRow {
    /// The middle of its row.
    pub y: i32,
    /// The socket.
    pub socket: Socket,
    /// The port's name, empty if it has none.
    pub name: String,
    /// The port.
    pub port: u16,
    /// The protocol.
    pub protocol: Protocol,
    /// The targetPort; `None` in a headless Service, where nothing is mapped.
    pub target: Option<TargetPort>,
}

/// The readiness of an endpoint or a Pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EndpointState {
    /// Ready.
    Ready,
    /// Not ready.
    NotReady,
    /// On its way out.
    Terminating,
}

impl EndpointState {
    /// As in `data-state`; nothing for ready.
    pub fn word(self) -> Option<&'static str> {
        match self {
            Self::Ready => None,
            Self::NotReady => Some("not-ready"),
            Self::Terminating => Some("terminating"),
        }
    }
}

/// What is behind an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Backing {
    /// A Pod.
    Pod,
    /// An address outside the cluster: no Pod, no probe.
    Outside,
}

/// Who writes a slice.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum SliceWriter {
    /// The EndpointSlice controller.
    Controller,
    /// The mirroring controller, from the Endpoints object of the Service's name.
    Mirror,
    /// Somebody by hand, or a controller of another name.
    Other(Option<String>),
}

/// A remark in the picture.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Note {
    /// A hostPort leads straight to its Pod.
    HostPort,
    /// An ExternalName is an answer of DNS, nothing is proxied.
    CName,
    /// Why a port has no endpoint that gets packets.
    Dead(Why),
    /// A core/v1 Endpoints object stands beside the slices: evidence, kube-proxy does not read it.
    Endpoints {
        /// How many addresses it lists.
        addresses: usize,
        /// Whether the slices are mirrored from it.
        mirrored: bool,
    },
    /// Something is not known, so that nothing is claimed.
    NotKnown,
}

/// What a wire stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stroke {
    /// A packet takes it.
    Packet,
    /// It is there, but no packet takes it now.
    Unused,
    /// Only an answer of DNS.
    Dns,
    /// A packet takes it and is stopped at its end.
    Broken,
}

/// A wire.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Wire {
    /// What it stands for.
    pub stroke: Stroke,
    /// The SVG path, relative to the group.
    pub path: String,
    /// The socket that it leaves; `None` for a client.
    pub from: Option<Socket>,
    /// The socket that it reaches; `None` where it ends in nothing.
    pub to: Option<Socket>,
    /// Where a chevron, or the share of new connections, is put: near its end.
    pub mark: (i32, i32),
}
