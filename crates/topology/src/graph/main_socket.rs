//! Finds the socket that selects a unit.

use super::host_ports::{has_host_ports, open_host_ports};
use super::key::{UnitKey, UnitKind};
use super::members::Members;
use super::sockets;
use crate::cluster::facts::ServiceType;
use crate::cluster::index::Index;
use crate::graph::socket::Socket;

/// The socket that selects a unit: a Service's first port or else its name, a hostPort, a Pod's address, or a Node's address.
pub fn main_socket(index: &Index, key: &UnitKey) -> Option<Socket> {
    let object = &key.object;
    match key.kind {
        UnitKind::Service => {
            let service = index.service(object)?;
            let first = service.ports.first().filter(|_| service.service_type != ServiceType::ExternalName);
            Some(first.map_or_else(|| sockets::dns(service), |port| sockets::port(service, port)))
        }
        UnitKind::HostPorts => {
            let pod = index.pod(object).filter(|pod| has_host_ports(pod))?;
            let open = open_host_ports(index, pod).into_iter().next();
            let socket = open.map(|open| sockets::host_port(object, open.ip, open.port, open.protocol));
            socket.or_else(|| sockets::of_pod(pod))
        }
        UnitKind::Pods => {
            let members = Members::of(index, Some(std::slice::from_ref(&object.namespace)), false);
            members.lone_pods().find_map(|pod| sockets::of_pod(index.pod(pod)?))
        }
        UnitKind::Node => sockets::node_ip(index.node(&object.name)?),
    }
}
