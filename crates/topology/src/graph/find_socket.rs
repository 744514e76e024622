//! Finds the socket that a selection names.

use std::net::IpAddr;

use crate::cluster::facts::EndpointFact;
use crate::cluster::index::{Index, IpRole};
use crate::cluster::key::{Kind, ObjectKey};
use crate::cluster::port::Protocol;
use crate::graph::socket::{Selection, Socket, SocketKind, address, container_port, container_text};
use crate::path::host_port::{self, MappedHostPort};

/// The socket that a selection names; `None` if no object has such a socket. If several objects have it, the first object is taken.
pub fn find_socket(index: &Index, selection: &Selection) -> Option<Socket> {
    let make = |object_kind, object| Socket::new(selection.kind, selection.address.clone(), object_kind, object);
    let found = owners(index, selection).into_iter().map(|(kind, key)| make(kind, key));
    found.into_iter().find(|socket| selection.selects(socket))
}

/// Every object that has the selected socket.
fn owners(index: &Index, selection: &Selection) -> Vec<(Kind, ObjectKey)> {
    let text = &selection.address;
    let ip_and_port = address(text);
    let services = |role| -> Vec<(Kind, ObjectKey)> {
        let Some((ip, port, protocol)) = ip_and_port else { return Vec::new() };
        index
            .services_with_ip(ip, role)
            .filter(|service| {
                port.is_none_or(|port| service.ports.iter().any(|own| own.port.0 == port && own.protocol == protocol))
            })
            .map(|service| (Kind::Service, service.key()))
            .collect()
    };
    match (selection.kind, ip_and_port) {
        (SocketKind::NodeIp, Some((ip, None, _))) => {
            index.node_with_ip(ip).map(|node| (Kind::Node, node.key())).into_iter().collect()
        }
        (SocketKind::NodePort, Some((ip, Some(port), protocol))) if index.node_with_ip(ip).is_some() => {
            index.services_with_node_port(port, protocol).map(|service| (Kind::Service, service.key())).collect()
        }
        (SocketKind::HostPort, Some((ip, Some(port), protocol))) => {
            let node = index.node_with_ip(ip).map(|node| node.name.as_str());
            // hostIP need not be a known address of the Node: it can be a loopback address, and the user may not be allowed to list Nodes.
            let is_it = |mapped: &MappedHostPort<'_>| {
                (mapped.number, mapped.port.protocol) == (port, protocol)
                    && mapped.only_ip().map_or(node == Some(mapped.node), |only| only.0 == ip)
            };
            let pods = index.pods_with_host_port(port, protocol);
            pods.filter(|pod| host_port::mapped(pod).any(|mapped| is_it(&mapped)))
                .map(|pod| (Kind::Pod, pod.key()))
                .collect()
        }
        (SocketKind::ClusterIp, Some((_, None, _))) | (SocketKind::Port, Some((_, Some(_), _))) => {
            services(IpRole::ClusterIp)
        }
        (SocketKind::ExternalIp, Some((_, Some(_), _))) => services(IpRole::ExternalIp),
        (SocketKind::LoadBalancerIp, Some((_, Some(_), _))) => services(IpRole::LoadBalancerIp),
        (SocketKind::Endpoint | SocketKind::External, Some((ip, port, protocol))) => index
            .claims(ip)
            .filter(|(role, _)| *role == IpRole::Endpoint)
            .filter_map(|(_, key)| index.endpoint(key))
            .filter(|endpoint| has_port(index, endpoint, port, protocol))
            .map(|endpoint| (Kind::EndpointSlice, endpoint.slice_key()))
            .collect(),
        (SocketKind::PodIp, Some((ip, None, _))) => {
            let alive = index.pods_with_ip(ip).map(|pod| pod.key());
            let all = index.claims(ip).filter(|(role, _)| *role == IpRole::PodIp).map(|(_, key)| key.clone());
            alive.chain(all).chain(named_with(index, ip)).map(|key| (Kind::Pod, key)).collect()
        }
        (SocketKind::Dns, None) => named_service(index, text).into_iter().collect(),
        (SocketKind::Port, None) => {
            let name = text.rsplit_once(':').map_or(text.as_str(), |(name, _)| name);
            named_service(index, name).into_iter().collect()
        }
        (SocketKind::External, None) => {
            let target = |service: &&crate::cluster::facts::ServiceFact| service.external_target() == Some(text);
            let services = index.services().filter(target).map(|service| (Kind::Service, service.key()));
            let named = index.endpoints().filter(|endpoint| endpoint.ip().is_none() && endpoint.address == *text);
            services.chain(named.map(|endpoint| (Kind::EndpointSlice, endpoint.slice_key()))).collect()
        }
        (SocketKind::Endpoint, None) => {
            // The address of a slice of type FQDN: `db.example.com:80`.
            let name = text.rsplit_once(':').map_or(text.as_str(), |(name, _)| name);
            let named = index.endpoints().filter(|endpoint| endpoint.ip().is_none() && endpoint.address == name);
            named.map(|endpoint| (Kind::EndpointSlice, endpoint.slice_key())).collect()
        }
        (SocketKind::ContainerPort, None) => container(index, text).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// The Pods that endpoints with this address name and that are not in the index. A user who may not list Pods knows them only from
/// endpoints.
fn named_with(index: &Index, ip: IpAddr) -> impl Iterator<Item = ObjectKey> {
    let endpoints = index.claims(ip).filter(|(role, _)| *role == IpRole::Endpoint);
    let named = endpoints.filter_map(|(_, key)| index.endpoint(key)?.pod());
    named.filter(|key| index.pod(key).is_none_or(|pod| pod.ips.is_empty()))
}

/// Whether an endpoint's slice has this port. `None` matches a slice without ports.
fn has_port(index: &Index, endpoint: &EndpointFact, port: Option<u16>, protocol: Protocol) -> bool {
    let Some(slice) = index.slice(&endpoint.slice_key()) else { return false };
    match port {
        Some(port) => {
            slice.ports.iter().any(|own| own.port.is_some_and(|own| own.0 == port) && own.protocol == protocol)
        }
        None => slice.ports.is_empty(),
    }
}

fn named_service(index: &Index, name: &str) -> Option<(Kind, ObjectKey)> {
    let (service, namespace) = name.strip_suffix(".svc")?.split_once('.')?;
    let key = ObjectKey::new(namespace, service);
    index.service(&key).map(|_| (Kind::Service, key))
}

fn container(index: &Index, text: &str) -> Option<(Kind, ObjectKey)> {
    let mut parts = text.splitn(3, '/');
    let key = ObjectKey::new(parts.next()?, parts.next()?);
    let pod = index.pod(&key)?;
    let (port, protocol) = container_port(text)?;
    let declares = pod
        .declared(port, protocol)
        .any(|(container, _)| container_text(&key, &container.name, port, protocol) == text);
    declares.then_some((Kind::Pod, key))
}
