//! The endpoints of a Service port as a list that Nodes share. The rules of a Node differ from those of the others only for endpoints that
//! are on it, so that an answer for all Nodes takes work for each endpoint and each Node, and not for each pair of them.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use super::{arrives, claimant, endpoint_hop};
use crate::path::answer::{EndpointHop, EndpointList, EntryKind, Remark, SharedEndpoints};
use crate::path::choose::masquerade;
use crate::path::claim::ServiceClaim;
use crate::path::doubts::ListDoubts;
use crate::path::endpoints::Candidate;
use crate::path::packet::Packet;

/// The chosen endpoints of a Service port as on a Node that has none of them.
pub(crate) struct DeliveredList<'a> {
    shared: Arc<SharedEndpoints>,
    /// The endpoints, in the order of the shared list.
    endpoints: Vec<Candidate<'a>>,
    /// The positions of the endpoints that are on a Node, by its name or by kube-proxy's hostname of it.
    on_nodes: BTreeMap<String, BTreeSet<usize>>,
    /// The remark about an endpoint whose address is an address of a Service.
    pub(super) translated_again: Option<Remark>,
    /// The doubts about the endpoints that are the same on every Node.
    pub(super) doubts: ListDoubts,
}

/// The properties of a packet and of its Node on which a shared list depends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct DeliveredListKey {
    /// The identity of the chosen endpoints. They are kept as long as the list.
    chosen: usize,
    kind: EntryKind,
    marked: bool,
    is_from_here: bool,
    is_from_host: bool,
    has_node: bool,
}

impl<'a> DeliveredList<'a> {
    /// The list of the chosen endpoints. Packets with the same key share it.
    pub(super) fn get(
        packet: Packet<'a>,
        claim: &ServiceClaim<'a>,
        chosen: &Rc<[Candidate<'a>]>,
        marked: bool,
    ) -> Rc<Self> {
        let key = DeliveredListKey {
            chosen: chosen.as_ptr().addr(),
            kind: claim.kind,
            marked,
            is_from_here: packet.is_from_here(),
            is_from_host: packet.is_from_host(),
            has_node: packet.node.is_some(),
        };
        packet.shared.list(key, || Self::of(packet, claim, chosen, marked))
    }

    fn of(packet: Packet<'a>, claim: &ServiceClaim<'a>, chosen: &[Candidate<'a>], marked: bool) -> Self {
        let index = packet.cluster.index;
        let mut endpoints = chosen.to_vec();
        endpoints.sort_by_key(|endpoint| (endpoint.ip, endpoint.port));
        let hop = |endpoint: &Candidate<'a>| {
            let hop = endpoint_hop(packet, claim, endpoint, endpoints.len());
            let masquerade = masquerade::is_translated_elsewhere(packet, endpoint, marked);
            decided(hop, packet, claim, masquerade, false)
        };
        let hops: Vec<EndpointHop> = endpoints.iter().map(hop).collect();
        let mut on_nodes: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for (position, (hop, endpoint)) in hops.iter().zip(&endpoints).enumerate() {
            let with_ip = index.node_with_ip(hop.ip).map(|node| node.name.as_str());
            let of_source = index.endpoints_with_ip(hop.ip).filter(|_| packet.source.ip == Some(hop.ip));
            let named = of_source.filter_map(|fact| fact.node.as_deref());
            let nodes = with_ip.into_iter().chain(node_of(packet, endpoint).or(hop.node.as_deref())).chain(named);
            for node in nodes {
                on_nodes.entry(node.to_owned()).or_default().insert(position);
            }
        }
        let translated_again = hops.iter().find_map(|hop| {
            let service = claimant(packet.cluster, hop)?;
            Some(Remark::EndpointIsServiceAddress { ip: hop.ip, port: hop.port, service })
        });
        let doubts = ListDoubts::of(packet, &hops);
        Self { shared: Arc::new(SharedEndpoints::new(hops)), endpoints, on_nodes, translated_again, doubts }
    }

    /// The list on the packet's Node.
    pub(super) fn on_node(&self, packet: Packet<'a>, claim: &ServiceClaim<'a>, marked: bool) -> EndpointList {
        let hostname = packet.node.map(|node| packet.cluster.settings.hostname(node));
        let names = packet.node.into_iter().chain(hostname);
        let here: BTreeSet<usize> = names.filter_map(|name| self.on_nodes.get(name)).flatten().copied().collect();
        let change = |position: usize| {
            let (hop, endpoint) = (self.shared.hops()[position].clone(), &self.endpoints[position]);
            let masquerade = masquerade::is_translated(packet, claim, endpoint, marked);
            let is_here = node_of(packet, endpoint).or(hop.node.as_deref()) == packet.node;
            (position, decided(hop, packet, claim, masquerade, is_here))
        };
        EndpointList::changed(self.shared.clone(), here.into_iter().map(change).collect())
    }
}

/// The Node that has the address of an endpoint, whatever `nodeName` the slice has.
fn node_of<'a>(packet: Packet<'a>, endpoint: &Candidate<'_>) -> Option<&'a str> {
    packet.shared.node_name_of(packet.cluster.index, endpoint.ip)
}

/// The endpoint with what depends on the Node: whether the source is translated, and whether replies pass the Node.
fn decided(
    hop: EndpointHop,
    packet: Packet<'_>,
    claim: &ServiceClaim<'_>,
    masquerade: bool,
    is_here: bool,
) -> EndpointHop {
    let asymmetric_return = !masquerade && packet.node.is_some() && !reply_passes(packet, &hop, is_here);
    let delivered = if asymmetric_return { Some(false) } else { arrives(packet, claim.kind) };
    EndpointHop { masquerade: Some(masquerade), asymmetric_return, delivered, ..hop }
}

/// Whether a reply to the client's own address passes the evaluation node, which translates it back. The client or the endpoint must be on
/// that Node, and they must be different (reference §2.6).
fn reply_passes(packet: Packet<'_>, hop: &EndpointHop, is_here: bool) -> bool {
    let to_itself = packet.source.ip == Some(hop.ip) && !packet.is_from_host();
    !to_itself && (packet.is_from_here() || is_here)
}
