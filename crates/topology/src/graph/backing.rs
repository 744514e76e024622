//! The objects that endpoints and hostPorts lead to: Pods with their ports, and targets that are not Pods.

use std::collections::BTreeMap;
use std::net::IpAddr;

use super::link::{Link, LinkKind, PartId};
use super::part::{Backing, ContainerPortPart, DeclaredPort, PodPart, TargetPart};
use super::readiness::EndpointState;
use super::sockets;
use super::unit::Parts;
use crate::cluster::facts::EndpointFact;
use crate::cluster::index::{self, Index};
use crate::cluster::key::ObjectKey;
use crate::cluster::port::Protocol;

/// An endpoint or hostPort that leads to a Pod.
struct Lead {
    from: PartId,
    port: Option<(Protocol, u16)>,
    /// The address of the endpoint.
    ip: Option<IpAddr>,
}

/// The Pods and targets of a unit. Each Pod occurs once.
#[derive(Default)]
pub(super) struct BackingObjects {
    pods: Vec<(ObjectKey, Vec<Lead>)>,
    /// The index of each Pod in `pods`.
    places: BTreeMap<ObjectKey, usize>,
    targets: Vec<(PartId, TargetPart)>,
}

impl BackingObjects {
    /// Adds an endpoint. Returns whether it leads to a Pod.
    pub(super) fn add_endpoint(
        &mut self,
        index: &Index,
        endpoint: &EndpointFact,
        port: Option<(Protocol, u16)>,
        from: PartId,
    ) -> Backing {
        let node = match index.endpoint_backing(endpoint) {
            index::EndpointBacking::Pod(pod) => {
                // The address of an endpoint without a port is not shown as the Pod's address.
                self.add_pod(pod, Lead { from, port, ip: endpoint.ip().filter(|_| port.is_some()) });
                return Backing::Pod;
            }
            index::EndpointBacking::Node(node) => Some(node),
            index::EndpointBacking::Outside => None,
        };
        let (socket, target) = (sockets::outside(endpoint, port), endpoint.address.clone());
        self.targets.push((from, TargetPart { socket, target, node, dns_only: false }));
        Backing::Outside
    }

    /// Adds a hostPort.
    pub(super) fn add_host_port(&mut self, pod: ObjectKey, port: (Protocol, u16), from: PartId) {
        self.add_pod(pod, Lead { from, port: Some(port), ip: None });
    }

    /// Whether an endpoint or hostPort leads to this Pod.
    pub(super) fn has(&self, pod: &ObjectKey) -> bool {
        self.places.contains_key(pod)
    }

    fn add_pod(&mut self, pod: ObjectKey, lead: Lead) {
        let next = self.pods.len();
        let place = *self.places.entry(pod.clone()).or_insert(next);
        if place == next {
            self.pods.push((pod, Vec::new()));
        }
        self.pods[place].1.push(lead);
    }

    /// Adds the Pods with their ports, and the targets, to the parts of a unit.
    pub(super) fn add_to(self, index: &Index, parts: &mut Parts) {
        for (key, leads) in self.pods {
            let pod = PartId::Pod(parts.pods.len());
            parts.pods.push(pod_part(index, &key, leads.first().and_then(|lead| lead.ip)));
            let first = parts.container_ports.len();
            for lead in &leads {
                let port = lead.port.map(|port| container_port(index, &key, port, first, parts));
                parts.links.push(Link { from: lead.from, to: pod, kind: LinkKind::Packet, container_port: port });
            }
            link_container_ports(parts, pod, first);
        }
        for (from, target) in self.targets {
            parts.links.push(Link::new(from, PartId::Target(parts.targets.len()), LinkKind::Packet));
            parts.targets.push(target);
        }
    }
}

/// Adds a Pod that no endpoint and no hostPort leads to, with the ports that its containers declare.
pub(super) fn add_lone_pod(index: &Index, key: &ObjectKey, parts: &mut Parts) {
    let pod = PartId::Pod(parts.pods.len());
    parts.pods.push(pod_part(index, key, None));
    let first = parts.container_ports.len();
    let containers = index.pod(key).into_iter().flat_map(|pod| &pod.containers);
    let ports: Vec<_> = containers.flat_map(|own| &own.ports).map(|own| (own.protocol, own.container_port.0)).collect();
    for port in ports {
        container_port(index, key, port, first, parts);
    }
    link_container_ports(parts, pod, first);
}

/// The index of a Pod's port among the ports from `first` on. Adds the port if it is missing.
fn container_port(
    index: &Index,
    pod: &ObjectKey,
    (protocol, port): (Protocol, u16),
    first: usize,
    parts: &mut Parts,
) -> usize {
    let mut known = parts.container_ports[first..].iter();
    if let Some(place) = known.position(|own| own.port == port && own.protocol == protocol) {
        return first + place;
    }
    let declared = index.pod(pod).and_then(|pod| pod.declared(port, protocol).next()).map(|(container, _)| {
        let socket = sockets::container_port(pod, &container.name, port, protocol);
        DeclaredPort { socket, container: container.name.clone() }
    });
    parts.container_ports.push(ContainerPortPart { port, protocol, declared });
    parts.container_ports.len() - 1
}

fn link_container_ports(parts: &mut Parts, pod: PartId, first: usize) {
    let own = first..parts.container_ports.len();
    parts.links.extend(own.map(|n| Link::new(pod, PartId::ContainerPort(n), LinkKind::Packet)));
}

/// The part of a Pod. Its address is the one that the Pod reports, or else the address of the endpoint that leads to it. The address of a
/// hostPort belongs to the Node and is not used.
fn pod_part(index: &Index, key: &ObjectKey, by_endpoint: Option<IpAddr>) -> PodPart {
    let pod = index.pod(key);
    let ip = pod.and_then(|pod| pod.ips.first()).map(|ip| ip.0).or(by_endpoint);
    PodPart {
        socket: ip.map(|ip| sockets::pod_ip(key, ip)),
        pod: key.clone(),
        node: pod.and_then(|pod| pod.node.clone()),
        known: pod.is_some(),
        state: pod.map_or(EndpointState::Ready, EndpointState::of_pod),
    }
}
