//! Makes the sockets of objects. No other module does.

use std::net::IpAddr;

use crate::cluster::facts::{EndpointFact, NodeFact, PodFact, ServiceFact};
use crate::cluster::key::{Kind, ObjectKey};
use crate::cluster::port::Protocol;
pub(crate) use crate::graph::socket::port_socket as port;
use crate::graph::socket::{Socket, SocketKind, address_text, container_text, name_text};

/// A Node's socket: on its first address; `None` if it has none.
pub(crate) fn node_ip(node: &NodeFact) -> Option<Socket> {
    let ip = node.first_ip()?;
    Some(Socket::new(SocketKind::NodeIp, ip.to_string(), Kind::Node, node.key()))
}

/// An entry of a Service: a nodePort on a Node's address, an external IP or a load balancer IP with the Service's port.
pub(crate) fn entry(kind: SocketKind, service: &ObjectKey, ip: IpAddr, port: u16, protocol: Protocol) -> Socket {
    Socket::new(kind, address_text(ip, port, protocol), Kind::Service, service.clone())
}

/// A Pod's hostPort on an address of its Node.
pub(crate) fn host_port(pod: &ObjectKey, ip: IpAddr, port: u16, protocol: Protocol) -> Socket {
    Socket::new(SocketKind::HostPort, address_text(ip, port, protocol), Kind::Pod, pod.clone())
}

/// A Service's name in DNS.
pub(crate) fn dns(service: &ServiceFact) -> Socket {
    Socket::new(SocketKind::Dns, service.dns_name(), Kind::Service, service.key())
}

/// A Cluster IP of a Service.
pub(crate) fn cluster_ip(service: &ObjectKey, ip: IpAddr) -> Socket {
    Socket::new(SocketKind::ClusterIp, ip.to_string(), Kind::Service, service.clone())
}

/// The name that a Service of type ExternalName stands for.
pub(crate) fn external_name(service: &ServiceFact) -> Option<Socket> {
    let target = service.external_target()?;
    Some(Socket::new(SocketKind::External, target, Kind::Service, service.key()))
}

/// An endpoint with a port of its slice, or only its address if the slice has no ports.
pub(crate) fn endpoint(endpoint: &EndpointFact, port: Option<(Protocol, u16)>) -> Socket {
    let address = match (endpoint.ip(), port) {
        (Some(ip), Some((protocol, port))) => address_text(ip, port, protocol),
        (None, Some((protocol, port))) => name_text(&endpoint.address, port, protocol),
        (_, None) => endpoint.address.clone(),
    };
    Socket::new(SocketKind::Endpoint, address, Kind::EndpointSlice, endpoint.slice_key())
}

/// The target of an endpoint that is not a Pod: an address outside the cluster, or a process on a Node's own address.
pub(crate) fn outside(endpoint: &EndpointFact, port: Option<(Protocol, u16)>) -> Socket {
    let address = match (endpoint.ip(), port) {
        (Some(ip), Some((protocol, port))) => address_text(ip, port, protocol),
        _ => endpoint.address.clone(),
    };
    Socket::new(SocketKind::External, address, Kind::EndpointSlice, endpoint.slice_key())
}

/// An address of a Pod.
pub(crate) fn pod_ip(pod: &ObjectKey, ip: IpAddr) -> Socket {
    Socket::new(SocketKind::PodIp, ip.to_string(), Kind::Pod, pod.clone())
}

/// A port that a Pod's container declares.
pub(crate) fn container_port(pod: &ObjectKey, container: &str, port: u16, protocol: Protocol) -> Socket {
    let address = container_text(pod, container, port, protocol);
    Socket::new(SocketKind::ContainerPort, address, Kind::Pod, pod.clone())
}

/// A Pod's socket: on its first address; `None` while it has none.
pub(crate) fn of_pod(pod: &PodFact) -> Option<Socket> {
    pod.ips.first().map(|ip| pod_ip(&pod.key(), ip.0))
}
