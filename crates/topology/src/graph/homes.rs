//! Finds the units that contain a socket.

use std::collections::BTreeSet;

use super::extent::node_of;
use super::key::UnitKey;
use super::slices::slice_lines;
use super::sockets;
use crate::cluster::facts::{EndpointFact, NodeFact, SliceFact};
use crate::cluster::index::{EndpointBacking, Index};
use crate::cluster::key::{Kind, ObjectKey};
use crate::graph::socket::{Socket, SocketKind, address};

/// The units that contain a socket, or would contain it if they listed all members. Units of Nodes are included in any arrangement. For a
/// Service's own sockets, the Nodes of its endpoints are not included: see [`super::Graph::nodes_of_service`].
pub(crate) fn units_of(index: &Index, socket: &Socket) -> BTreeSet<UnitKey> {
    let object = &socket.object;
    let mut units = BTreeSet::new();
    match socket.object_kind {
        Kind::Service => {
            units.insert(UnitKey::service(object.clone()));
            if socket.kind == SocketKind::NodePort {
                let node = address(&socket.address).and_then(|(ip, ..)| index.node_with_ip(ip));
                units.extend(node.map(node_unit));
            }
        }
        Kind::EndpointSlice => {
            units.extend(index.slice(object).and_then(SliceFact::service_key).map(UnitKey::service));
            units.extend(nodes_of_endpoint(index, object, socket));
        }
        Kind::Pod => {
            for endpoint in endpoints_to(index, object) {
                let service = index.slice(&endpoint.slice_key()).and_then(SliceFact::service_key);
                units.extend(service.map(UnitKey::service));
                units.extend(node_of(index, endpoint).map(node_unit));
            }
            units.extend([UnitKey::host_ports(object.clone()), UnitKey::pods(&object.namespace)]);
            let node = index.pod(object).and_then(|pod| index.node(pod.node.as_deref()?));
            units.extend(node.map(node_unit));
        }
        Kind::Node => drop(units.insert(UnitKey::node(&object.name))),
        _ => {}
    }
    units
}

fn node_unit(node: &NodeFact) -> UnitKey {
    UnitKey::node(&node.name)
}

/// The endpoints that lead to a Pod: those that name it, and those that name no Pod and have its address.
fn endpoints_to<'a>(index: &'a Index, pod: &ObjectKey) -> Vec<&'a EndpointFact> {
    let ips = index.pod(pod).into_iter().flat_map(|pod| &pod.ips);
    let by_address = ips.flat_map(|ip| index.endpoints_with_ip(ip.0)).filter(|own| own.pod_name().is_none());
    // A hostNetwork Pod shares its address with its Node, so the address alone does not identify the Pod.
    let by_address = by_address.filter(|own| index.endpoint_backing(own) == EndpointBacking::Pod(pod.clone()));
    index.endpoints_of_pod(pod).chain(by_address).collect()
}

/// The Nodes of those endpoints of a slice that have this socket or lead to it.
fn nodes_of_endpoint(index: &Index, slice: &ObjectKey, socket: &Socket) -> BTreeSet<UnitKey> {
    let Some(slice) = index.slice(slice) else { return BTreeSet::new() };
    let lines = slice_lines(slice, index.endpoints_in(&slice.key()).collect());
    let own =
        lines.iter().filter(|line| line.socket() == *socket || sockets::outside(line.endpoint, line.port()) == *socket);
    own.filter_map(|line| node_of(index, line.endpoint)).map(node_unit).collect()
}
