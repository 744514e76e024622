//! Nothing is missing: every socket of the facts is in the graph, and in the picture that is opened, in either arrangement.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::cluster::facts::{EndpointFact, PodFact, ServiceFact};
use crate::cluster::index::EndpointBacking;
use crate::graph::socket::{Socket, SocketKind, address_text, container_text, name_text};
use crate::graph::{Depth, Graph, Limits, UnitKind};
use crate::testing::steps::step;

/// The sockets that facts have, found without the graph. Of a Pod's ports those that something leads to, or all if nothing does.
fn of_facts(index: &Index) -> BTreeSet<Socket> {
    let mut facts = Facts { index, sockets: BTreeSet::new() };
    for node in index.nodes() {
        if let Some(ip) = node.ips().next() {
            facts.put(SocketKind::NodeIp, ip.to_string(), Kind::Node, node.key());
        }
    }
    index.services().for_each(|service| facts.service(service));
    index.pods().filter(|pod| !pod.ended()).for_each(|pod| facts.pod(pod));
    for endpoint in index.endpoints() {
        let service = index.slice(&endpoint.slice_key()).and_then(|slice| index.service(&slice.service_key()?));
        if service.is_some_and(|service| service.external_target().is_none()) {
            facts.endpoint(endpoint);
        }
    }
    facts.sockets
}

struct Facts<'a> {
    index: &'a Index,
    sockets: BTreeSet<Socket>,
}

impl Facts<'_> {
    fn put(&mut self, kind: SocketKind, address: String, object_kind: Kind, object: ObjectKey) {
        self.sockets.insert(Socket::new(kind, address, object_kind, object));
    }

    fn service(&mut self, service: &ServiceFact) {
        let key = service.key();
        self.put(SocketKind::Dns, service.dns_name(), Kind::Service, key.clone());
        if let Some(target) = service.external_target() {
            self.put(SocketKind::External, target.to_owned(), Kind::Service, key);
            return;
        }
        for ip in &service.cluster_ips {
            self.put(SocketKind::ClusterIp, ip.to_string(), Kind::Service, key.clone());
        }
        for port in &service.ports {
            let (number, protocol) = (port.port.0, port.protocol);
            let address = match service.cluster_ips.first() {
                Some(ip) => address_text(ip.0, number, protocol),
                None => name_text(&service.dns_name(), number, protocol),
            };
            self.put(SocketKind::Port, address, Kind::Service, key.clone());
            if !service.proxied() {
                continue;
            }
            for ip in &service.external_ips {
                let address = address_text(ip.0, number, protocol);
                self.put(SocketKind::ExternalIp, address, Kind::Service, key.clone());
            }
            for ip in service.load_balancer_vips() {
                let address = address_text(ip.0, number, protocol);
                self.put(SocketKind::LoadBalancerIp, address, Kind::Service, key.clone());
            }
            if let Some(node_port) = port.node_port {
                for ip in self.index.nodes().filter_map(|node| node.primary_ip(true)) {
                    let address = address_text(ip.0, node_port.0, protocol);
                    self.put(SocketKind::NodePort, address, Kind::Service, key.clone());
                }
            }
        }
    }

    fn pod(&mut self, pod: &PodFact) {
        let (key, index) = (pod.key(), self.index);
        if let Some(ip) = pod.ips.first() {
            self.put(SocketKind::PodIp, ip.to_string(), Kind::Pod, key.clone());
        }
        let is_lone = index.endpoints_of_pod(&key).next().is_none() && !is_reached_by_address(index, &key);
        for container in &pod.containers {
            for port in &container.ports {
                let mapped = port.host_port.filter(|_| !pod.host_network && pod.node.is_some());
                let node = pod.node.as_deref().and_then(|name| index.node(name)).and_then(|node| node.ips().next());
                if let Some((host_port, ip)) = mapped.zip(node) {
                    let address = address_text(ip.0, host_port.0, port.protocol);
                    self.put(SocketKind::HostPort, address, Kind::Pod, key.clone());
                }
                if is_lone || mapped.zip(node).is_some() {
                    let address = container_text(&key, &container.name, port.container_port.0, port.protocol);
                    self.put(SocketKind::ContainerPort, address, Kind::Pod, key.clone());
                }
            }
        }
    }

    fn endpoint(&mut self, endpoint: &EndpointFact) {
        let (index, slice) = (self.index, endpoint.slice_key());
        let Some(fact) = index.slice(&slice) else { return };
        let ip = endpoint.ip().expect("the steps make no names");
        let behind = index.endpoint_backing(endpoint);
        let ports: Vec<_> = fact.ports.iter().filter_map(|port| Some((port.port?.0, port.protocol))).collect();
        let mut addresses: Vec<String> =
            ports.iter().map(|(port, protocol)| address_text(ip, *port, *protocol)).collect();
        if addresses.is_empty() {
            addresses.push(endpoint.address.clone());
        }
        for address in addresses {
            self.put(SocketKind::Endpoint, address.clone(), Kind::EndpointSlice, slice.clone());
            if !matches!(behind, EndpointBacking::Pod(_)) {
                self.put(SocketKind::External, address, Kind::EndpointSlice, slice.clone());
            }
        }
        if let EndpointBacking::Pod(key) = behind
            && let Some(pod) = index.pod(&key)
        {
            for (port, protocol) in ports {
                for (container, _) in pod.declared(port, protocol).take(1) {
                    let address = container_text(&key, &container.name, port, protocol);
                    self.put(SocketKind::ContainerPort, address, Kind::Pod, key.clone());
                }
            }
        }
    }
}

/// Whether an endpoint that names no Pod has the address of this one.
fn is_reached_by_address(index: &Index, pod: &ObjectKey) -> bool {
    let ips = index.pod(pod).into_iter().flat_map(|pod| &pod.ips);
    let mut endpoints = ips.flat_map(|ip| index.endpoints_with_ip(ip.0));
    endpoints.any(|endpoint| endpoint.pod_name().is_none())
}

fn of_units(index: &Index, by_node: bool) -> BTreeSet<Socket> {
    let graph = Graph::of(index, None, by_node);
    let depth = Depth::Parts(Limits::OPENED);
    let units = graph.keys(index).into_iter().filter(|key| by_node || key.kind != UnitKind::Node);
    let units: Vec<_> = units.filter_map(|key| graph.unit(whole(index), &key, depth)).collect();
    units.iter().flat_map(|unit| unit.sockets()).cloned().collect()
}

/// What is drawn once every group is opened.
fn of_picture(index: &Index, arrangement: Arrangement) -> BTreeSet<Socket> {
    let mut scene = Scene::with(whole(index), Look { arrangement, ..Look::default() });
    let keys: Vec<UnitKey> = scene.groups().map(|(key, _)| key.clone()).collect();
    keys.iter().for_each(|key| drop(scene.set_open(whole(index), key, true)));
    for (key, group) in scene.groups() {
        let own: BTreeSet<&Socket> = group.unit.sockets().into_iter().collect();
        assert_eq!(group.sockets().collect::<BTreeSet<_>>(), own, "{key} is drawn as it is");
    }
    let on_top = scene.nodes().iter().filter_map(|card| card.node.socket.clone());
    let drawn = scene.slots().iter().filter_map(|slot| match &slot.key {
        SlotKey::Group(key) => scene.group(key),
        _ => None,
    });
    drawn.flat_map(|group| group.sockets().cloned().collect::<Vec<_>>()).chain(on_top).collect()
}

fn missing(all: &BTreeSet<Socket>, some: &BTreeSet<Socket>) -> Vec<String> {
    all.difference(some).map(|socket| socket.selection().to_string()).collect()
}

fn nothing_is_missing(index: &Index) -> Result<(), TestCaseError> {
    let facts = of_facts(index);
    let nodes = |socket: &&Socket| socket.kind != SocketKind::NodeIp;
    let without_nodes: BTreeSet<Socket> = facts.iter().filter(nodes).cloned().collect();
    prop_assert_eq!(missing(&without_nodes, &of_units(index, false)), [""; 0], "by Service, in the graph");
    prop_assert_eq!(missing(&facts, &of_units(index, true)), [""; 0], "by Node, in the graph");
    let by_service = of_picture(index, Arrangement::Service);
    prop_assert_eq!(missing(&facts, &by_service), [""; 0], "by Service, in the picture");
    let by_node = of_picture(index, Arrangement::Node);
    prop_assert_eq!(missing(&facts, &by_node), [""; 0], "by Node, in the picture");
    let is_certain = |socket: &&Socket| match socket.kind {
        // A Pod that does not report its address has that of the first endpoint which leads to it, in each unit.
        SocketKind::PodIp => index.pod(&socket.object).is_some_and(|pod| !pod.ips.is_empty()),
        // By Service it stands a second time with all its ports, since nothing names it.
        SocketKind::ContainerPort => !is_reached_by_address(index, &socket.object),
        _ => true,
    };
    let certain = |sockets: BTreeSet<Socket>| sockets.iter().filter(is_certain).cloned().collect::<BTreeSet<_>>();
    let (by_service, by_node) = (certain(by_service), certain(by_node));
    prop_assert_eq!(missing(&by_service, &by_node), [""; 0], "by Service only");
    prop_assert_eq!(missing(&by_node, &by_service), [""; 0], "by Node only");
    Ok(())
}

#[test]
fn nothing_of_a_small_cluster_is_missing() {
    let mut index = cluster();
    put(&mut index, Row::Pod(host_port_pod("edge", "n1", "10.0.1.9", 443)));
    put(&mut index, Row::Pod(pod("alone", "n2", "10.0.2.9")));
    nothing_is_missing(&index).unwrap();
    let sockets = of_facts(&index);
    assert_eq!(sockets.len(), 3 + 3 + 3 + 2 * 3 + 3 + 2, "{sockets:?}");
}

proptest! {
    #![proptest_config(fixed_seed::config(31, 128))]

    #[test]
    fn nothing_of_any_cluster_is_missing(steps in prop::collection::vec(step(), 0..60)) {
        let mut index = cluster();
        steps.into_iter().for_each(|step| drop(step.take(&mut index)));
        nothing_is_missing(&index)?;
    }
}
