//! The parts of a unit. Each carries its socket where it has one; how parts are joined is told by [`super::Link`]s.

use std::net::IpAddr;
use std::ops::Range;

use super::readiness::{EndpointState, Readiness};
use super::trouble::Why;
use crate::cluster::facts::ServiceType;
use crate::cluster::key::ObjectKey;
use crate::cluster::port::{Protocol, TargetPort};
use crate::graph::socket::Socket;
use crate::path::answer::Outcome;

/// A Node.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NodePart {
    /// Its first address, if it has one.
    pub socket: Option<Socket>,
    /// Its name.
    pub name: String,
    /// Its Pod CIDRs.
    pub pod_cidrs: Vec<String>,
    /// Whether it is Ready.
    pub ready: bool,
}

/// A way by which packets enter.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum EntryPart {
    /// An address with a port.
    Address(AddressEntry),
    /// A nodePort on Nodes that are not listed one by one.
    UnlistedNodes(UnlistedNodes),
}

/// An address with a port by which packets enter: nodePort, hostPort, externalIP, load balancer IP.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AddressEntry {
    /// The socket; its kind says which sort of entry it is.
    pub socket: Socket,
    /// The address.
    pub ip: IpAddr,
    /// The port.
    pub port: u16,
    /// The protocol.
    pub protocol: Protocol,
    /// The Node whose address it is, if it is a Node's.
    pub node: Option<String>,
}

/// The nodePort of Nodes that are not listed one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UnlistedNodes {
    /// The nodePort.
    pub port: u16,
    /// The protocol.
    pub protocol: Protocol,
    /// Number of Nodes.
    pub nodes: usize,
    /// Whether opening the unit lists them; else some are listed already, and these are the rest.
    pub opens: bool,
}

/// The entries of a Node that are not listed one by one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct UnlistedEntries {
    /// Number of nodePorts.
    pub node_ports: usize,
    /// Number of hostPorts.
    pub host_ports: usize,
    /// Whether opening the unit lists them; else some are listed already, and these are the rest.
    pub opens: bool,
}

/// A Service.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ServicePart {
    /// Its key.
    pub service: ObjectKey,
    /// `spec.type`.
    pub service_type: ServiceType,
    /// `clusterIP: None`.
    pub headless: bool,
    /// Its DNS name.
    pub dns: Socket,
    /// Its Cluster IPs.
    pub cluster_ips: Vec<Socket>,
    /// Number of its endpoints in the unit, and of those that are ready.
    pub readiness: Readiness,
    /// The ways into it, as a range of [`super::Parts::entries`].
    pub entries: Range<usize>,
    /// Its ports, as a range of [`super::Parts::ports`].
    pub ports: Range<usize>,
    /// Its slices, as a range of [`super::Parts::slices`].
    pub slices: Range<usize>,
    /// Where packets to some of its ports end, as a place in [`super::Parts::ends`].
    pub end: Option<usize>,
    /// Whether nothing of the unit is behind it: on a Node, a Service whose nodePort is open there and whose endpoints are elsewhere.
    pub elsewhere: bool,
}

/// One port of a Service.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PortPart {
    /// Its socket.
    pub socket: Socket,
    /// Its name, empty if it has none.
    pub name: String,
    /// Its number.
    pub port: u16,
    /// Its protocol.
    pub protocol: Protocol,
    /// The targetPort; `None` in a headless Service, where nothing is mapped.
    pub target_port: Option<TargetPort>,
}

/// An EndpointSlice with those of its endpoints that the unit has.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SlicePart {
    /// Its key.
    pub slice: ObjectKey,
    /// Who writes it.
    pub writer: SliceWriter,
    /// Its lines, as a range of [`super::Parts::endpoints`].
    pub endpoints: Range<usize>,
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

/// One endpoint of a slice with one of the slice's ports.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EndpointPart {
    /// Its socket.
    pub socket: Socket,
    /// Its address, as the slice has it.
    pub address: String,
    /// Its port, `None` where the slice has none.
    pub port: Option<u16>,
    /// Its protocol.
    pub protocol: Protocol,
    /// Its readiness.
    pub state: EndpointState,
    /// Whether kube-proxy would use it now for traffic from anywhere in the cluster, or DNS would answer with it.
    pub used: bool,
    /// What is behind it.
    pub backing: Backing,
}

/// What is behind an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Backing {
    /// A Pod.
    Pod,
    /// No Pod: an address outside the cluster or on a Node. No probe says whether it is ready.
    Outside,
}

/// A Pod.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PodPart {
    /// Its address; `None` while it has none.
    pub socket: Option<Socket>,
    /// Its key.
    pub pod: ObjectKey,
    /// The Node that it runs on.
    pub node: Option<String>,
    /// Whether the Pod itself is known, not only named by an endpoint.
    pub known: bool,
    /// Its readiness.
    pub state: EndpointState,
}

/// A port of a Pod that packets are sent to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ContainerPortPart {
    /// The number.
    pub port: u16,
    /// The protocol.
    pub protocol: Protocol,
    /// The container that declares the port; `None` if no container does. Something may listen there all the same.
    pub declared: Option<DeclaredPort>,
}

/// The declaration of a container's port.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DeclaredPort {
    /// The socket.
    pub socket: Socket,
    /// The container's name.
    pub container: String,
}

/// What an endpoint or an ExternalName leads to that is no Pod.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TargetPart {
    /// Its socket.
    pub socket: Socket,
    /// The address or name.
    pub target: String,
    /// The Node whose own address it is: a process of the host, not outside the cluster.
    pub node: Option<String>,
    /// Whether only DNS answers with it, so that no packet is translated.
    pub dns_only: bool,
}

/// Where every packet to some ports of a Service ends.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EndPart {
    /// What happens to the packet.
    pub outcome: Outcome,
    /// Why.
    pub why: Why,
    /// The sockets of the ports.
    pub ports: Vec<Socket>,
}

/// A core/v1 Endpoints object beside a Service's slices: evidence only, kube-proxy does not read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EndpointsEvidence {
    /// Number of addresses that it lists.
    pub addresses: usize,
    /// Whether the slices are mirrored from it.
    pub mirrored: bool,
}
