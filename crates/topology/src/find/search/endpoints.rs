//! Searches the endpoints of slices.

use super::hits::Hits;
use super::query::Query;
use crate::cluster::facts::{AddressType, EndpointFact, SliceFact, SlicePortFact};
use crate::cluster::index::{EndpointBacking, Index};
use crate::cluster::key::Kind;
use crate::cluster::port::Protocol;
use crate::graph::socket::{Socket, SocketKind, address_text, name_text};

pub(super) fn slice(hits: &mut Hits, query: &mut Query<'_>, index: &Index, slice: &SliceFact) {
    let mut named = query.name(&slice.namespace, &slice.name);
    let valid = |port: &SlicePortFact| port.name.as_ref().and(port.port).map(|own| (own.0, port.protocol));
    let first = slice.ports.iter().find_map(valid);
    if first.is_none() && !slice.ports.is_empty() {
        return;
    }
    let by_port = slice.ports.iter().filter_map(valid).any(|(port, protocol)| query.port(port, protocol).is_some());
    let by_address = query.addresses || slice.address_type == AddressType::FQDN;
    if named.is_none() && !by_port && !by_address {
        return;
    }
    for endpoint in index.endpoints_in(&slice.key()) {
        // A Pod's address finds the Pod and not its endpoint. The name of a slice finds its first endpoint.
        let own = if by_address { query.written(&endpoint.address) } else { None };
        let own = own.map(|rank| if endpoint.target.is_some() { rank.max(1) } else { rank });
        if let Some(rank) = hits.wanted(own) {
            hits.put(rank, socket(index, slice, endpoint, first), None);
        }
        if let Some(rank) = hits.wanted(named.take()) {
            hits.put(rank, socket(index, slice, endpoint, first), Some(&slice.name));
        }
        if !by_port || !(query.any_host() || query.ip.is_some_and(|ip| endpoint.ip() == Some(ip))) {
            continue;
        }
        for port in slice.ports.iter().filter_map(valid) {
            if let Some(rank) = hits.wanted(query.port(port.0, port.1)) {
                hits.put(rank, socket(index, slice, endpoint, Some(port)), None);
            }
        }
    }
}

/// The socket of an endpoint, or of the outside address if it does not lead to a Pod.
fn socket(index: &Index, slice: &SliceFact, endpoint: &EndpointFact, port: Option<(u16, Protocol)>) -> Socket {
    let kind = match index.endpoint_backing(endpoint) {
        EndpointBacking::Pod(_) => SocketKind::Endpoint,
        EndpointBacking::Node(_) | EndpointBacking::Outside => SocketKind::External,
    };
    let address = match (endpoint.ip(), port) {
        (Some(ip), Some((number, protocol))) => address_text(ip, number, protocol),
        (None, Some((number, protocol))) if kind == SocketKind::Endpoint => {
            name_text(&endpoint.address, number, protocol)
        }
        _ => endpoint.address.clone(),
    };
    Socket::new(kind, address, Kind::EndpointSlice, slice.key())
}
