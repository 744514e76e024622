//! The parts of a unit, with their sockets. [`super::Link`]s connect the parts.

use std::net::IpAddr;
use std::ops::Range;

use super::readiness::{EndpointState, Readiness};
use super::trouble::Severity;
use crate::cluster::facts::ServiceType;
use crate::cluster::key::ObjectKey;
use crate::cluster::port::{Protocol, TargetPort};
use crate::graph::socket::Socket;
use crate::path::answer::Outcome;
use crate::path::no_endpoint::NoEndpointCause;

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

/// An entry: packets enter the cluster here.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum EntryPart {
    /// An address with a port.
    Address(AddressEntry),
    /// A nodePort on Nodes that are counted and not listed.
    UnlistedNodes(UnlistedNodes),
}

/// An address and port where packets enter the cluster: nodePort, hostPort, externalIP or load balancer IP.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AddressEntry {
    /// The socket. Its kind is the kind of the entry.
    pub socket: Socket,
    /// The address.
    pub ip: IpAddr,
    /// The port.
    pub port: u16,
    /// The protocol.
    pub protocol: Protocol,
    /// The Node that has the address, if one does.
    pub node: Option<String>,
}

/// A nodePort on Nodes that are counted and not listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UnlistedNodes {
    /// The nodePort.
    pub port: u16,
    /// The protocol.
    pub protocol: Protocol,
    /// Number of Nodes.
    pub nodes: usize,
    /// Whether the unit lists other Nodes.
    pub others: bool,
    /// Whether an opened unit lists them.
    pub opens: bool,
}

/// The entries of a Node that are counted and not listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct UnlistedEntries {
    /// Number of nodePorts.
    pub node_ports: usize,
    /// Number of hostPorts.
    pub host_ports: usize,
    /// Whether an opened unit lists them. If not, the unit lists some already and these are the rest.
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
    /// Number of its endpoints in the unit, and number of ready ones.
    pub readiness: Readiness,
    /// How severe it is that packets to it are refused or dropped, although endpoints are ready; `None` if none are.
    pub stopped: Option<Severity>,
    /// Its entries, as a range of [`super::Parts::entries`].
    pub entries: Range<usize>,
    /// Its ports, as a range of [`super::Parts::ports`].
    pub ports: Range<usize>,
    /// Its slices, as a range of [`super::Parts::slices`].
    pub slices: Range<usize>,
    /// The end of ports whose packets no endpoint gets, as an index into [`super::Parts::ends`].
    pub end: Option<usize>,
    /// Whether the Service has a nodePort on the unit's Node, but no endpoint there.
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
    /// The targetPort; `None` for a headless Service, where no port is mapped.
    pub target_port: Option<TargetPort>,
}

/// An EndpointSlice with those of its endpoints that the unit contains.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SlicePart {
    /// Its key.
    pub slice: ObjectKey,
    /// Its writer.
    pub writer: SliceWriter,
    /// Its lines, as a range of [`super::Parts::endpoints`].
    pub endpoints: Range<usize>,
}

/// The writer of a slice.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum SliceWriter {
    /// The EndpointSlice controller.
    Controller,
    /// The EndpointSliceMirroring controller, which copies the Endpoints object with the Service's name.
    Mirror,
    /// A person (`None`), or a controller with another name.
    Other(Option<String>),
}

/// One endpoint of a slice with one of the slice's ports.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EndpointPart {
    /// Its socket.
    pub socket: Socket,
    /// Its address as written in the slice.
    pub address: String,
    /// Its port; `None` if the slice has none.
    pub port: Option<u16>,
    /// Its protocol.
    pub protocol: Protocol,
    /// Its readiness.
    pub state: EndpointState,
    /// Whether kube-proxy currently uses it for traffic from anywhere in the cluster, or DNS answers with it.
    pub used: bool,
    /// Whether it leads to a Pod.
    pub backing: Backing,
}

/// Whether an endpoint leads to a Pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Backing {
    /// A Pod.
    Pod,
    /// It leads to an address outside the cluster or on a Node. No probe checks whether it is ready.
    Outside,
}

/// A Pod.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PodPart {
    /// Its address; `None` while it has none.
    pub socket: Option<Socket>,
    /// Its key.
    pub pod: ObjectKey,
    /// The Node on which it runs.
    pub node: Option<String>,
    /// Whether the index has the Pod. If not, only an endpoint names it.
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
    /// The container that declares the port; `None` if none does. A process can listen on an undeclared port.
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

/// The target of an endpoint or an ExternalName that is not a Pod.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TargetPart {
    /// Its socket.
    pub socket: Socket,
    /// The address or name.
    pub target: String,
    /// The Node that has the address. The target is then a process of the host, and not outside the cluster.
    pub node: Option<String>,
    /// Whether only DNS answers lead to it, so that no packet is translated.
    pub dns_only: bool,
}

/// The end of every packet to some ports of a Service.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EndPart {
    /// What happens to the packet.
    pub outcome: Outcome,
    /// The cause.
    pub cause: NoEndpointCause,
    /// The sockets of the ports.
    pub ports: Vec<Socket>,
}

/// A core/v1 Endpoints object of a Service. kube-proxy does not read it; it only explains who wrote the slices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EndpointsEvidence {
    /// Number of addresses that it lists.
    pub addresses: usize,
    /// Whether the slices are mirrored from it.
    pub mirrored: bool,
}
