//! The endpoints of a Service port as a list that Nodes share. The rules of a Node differ from those of the others only for endpoints that
//! are on it, so that an answer for all Nodes takes work for each endpoint and each Node, and not for each pair of them.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::mem::discriminant;
use std::rc::Rc;
use std::sync::Arc;

use super::{arrives, both, endpoint_hop};
use crate::cluster::facts::TrafficPolicy;
use crate::cluster::key::Kind;
use crate::path::answer::{EndpointHop, EndpointList, Remark, SharedEndpoints};
use crate::path::choose::masquerade;
use crate::path::claim::{ServiceClaim, by_address};
use crate::path::doubts;
use crate::path::endpoints::Candidate;
use crate::path::filters::{OnNode, after_translation};
use crate::path::packet::Packet;
use crate::path::question::Destination;
use crate::path::shared::{DeliveredList, DeliveredListKey};

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
            has_node_fact: packet.node_fact().is_some(),
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
            decided(hop, packet, claim, masquerade, OnNode::Elsewhere)
        };
        let (hops, afterwards): (Vec<EndpointHop>, Vec<Option<Remark>>) = endpoints.iter().map(hop).unzip();
        let mut on_nodes: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for (position, hop) in hops.iter().enumerate() {
            let with_ip = index.node_with_ip(hop.ip).map(|node| node.name.as_str());
            let of_source = index.endpoints_with_ip(hop.ip).filter(|_| packet.source.ip == Some(hop.ip));
            let named = of_source.filter_map(|fact| fact.node.as_deref());
            let nodes = with_ip.into_iter().chain(node_of(packet, hop)).chain(named);
            for node in nodes.chain(filtering_nodes(packet, hop).iter().map(String::as_str)) {
                on_nodes.entry(node.to_owned()).or_default().insert(position);
            }
        }
        let doubts = doubts::of_list(packet, &hops);
        let remarks = by_kind(afterwards);
        Self { shared: Arc::new(SharedEndpoints::new(hops)), endpoints, on_nodes, remarks, doubts }
    }

    /// The list on the packet's Node, with what there is to say of it after the translation: one remark of each kind is enough, the others
    /// are seen at their endpoints.
    pub(super) fn on_node(
        &self,
        packet: Packet<'a>,
        claim: &ServiceClaim<'a>,
        marked: bool,
    ) -> (EndpointList, Vec<Remark>) {
        let hostname = packet.node.map(|node| packet.cluster.settings.hostname(node));
        let names = packet.node.into_iter().chain(hostname);
        let here: BTreeSet<usize> = names.filter_map(|name| self.on_nodes.get(name)).flatten().copied().collect();
        let others = self.remarks.iter().filter_map(|kind| kind.iter().find(|(position, _)| !here.contains(position)));
        let mut remarks: Vec<(usize, Remark)> = others.cloned().collect();
        let mut changes = Vec::new();
        for position in here {
            let (hop, endpoint) = (self.shared.hops()[position].clone(), &self.endpoints[position]);
            let masquerade = masquerade::is_translated(packet, claim, endpoint, marked);
            let (hop, remark) = decided(hop, packet, claim, masquerade, OnNode::This);
            changes.push((position, hop));
            remarks.extend(remark.map(|remark| (position, remark)));
        }
        remarks.sort_by_key(|(position, _)| *position);
        let mut known = HashSet::new();
        let first = remarks.into_iter().filter(|(_, remark)| known.insert(discriminant(remark)));
        let first = first.map(|(_, remark)| remark).collect();
        (EndpointList::changed(self.shared.clone(), changes), first)
    }
}

/// Remarks by kind, each with its position.
fn by_kind(remarks: Vec<Option<Remark>>) -> Vec<Vec<(usize, Remark)>> {
    let mut kinds: Vec<Vec<(usize, Remark)>> = Vec::new();
    for (position, remark) in remarks.into_iter().enumerate() {
        let Some(remark) = remark else { continue };
        match kinds.iter_mut().find(|kind| discriminant(&kind[0].1) == discriminant(&remark)) {
            Some(kind) => kind.push((position, remark)),
            None => kinds.push(vec![(position, remark)]),
        }
    }
    kinds
}

/// The Nodes on whose own endpoints it depends whether the filters let a packet to this endpoint pass: those of Services that have its
/// address and traffic policy Local.
fn filtering_nodes<'a>(packet: Packet<'a>, hop: &EndpointHop) -> BTreeSet<String> {
    let claims = by_address(packet.cluster, Destination::port(hop.ip, hop.port, hop.protocol));
    let local = claims.iter().filter(|claim| claim.traffic_policy() == TrafficPolicy::Local);
    let nodes = |claim: &ServiceClaim<'a>| {
        let all = packet.endpoints(claim.service, claim.port);
        all.candidates().iter().filter_map(|endpoint| endpoint.fact.node.clone()).collect::<Vec<_>>()
    };
    local.flat_map(nodes).collect()
}

/// The Node that has the address of an endpoint, whatever `nodeName` the slice has; or else that `nodeName`.
fn node_of<'h, 'a: 'h>(packet: Packet<'a>, hop: &'h EndpointHop) -> Option<&'h str> {
    packet.shared.node_name_of(packet.cluster.index, hop.ip).or(hop.node.as_deref())
}

/// The endpoint with what depends on the Node: whether the source is translated, whether replies pass the Node, and what its filters do; and
/// what there is to say of that.
fn decided(
    hop: EndpointHop,
    packet: Packet<'_>,
    claim: &ServiceClaim<'_>,
    masquerade: Option<bool>,
    on: OnNode,
) -> (EndpointHop, Option<Remark>) {
    let reply_passes = reply_passes(packet, &hop, masquerade, on);
    let asymmetric_return = reply_passes == Some(false);
    let hop = EndpointHop { masquerade, asymmetric_return, ..hop };
    let after = after_translation(packet, &hop, on);
    let delivered = both(both(reply_passes, arrives(packet, claim.kind)), after.delivered);
    (EndpointHop { delivered, ..hop }, after.remark)
}

/// Whether the reply passes the evaluation node, which translates it back; `None` if the known facts do not decide it. A reply to the client's
/// own address does if the client or the endpoint is on that Node, whatever `nodeName` the slice has, and they are different (reference §2.6).
fn reply_passes(packet: Packet<'_>, hop: &EndpointHop, masquerade: Option<bool>, on: OnNode) -> Option<bool> {
    let to_itself = packet.source.ip == Some(hop.ip) && !packet.is_from_host();
    match masquerade {
        Some(true) => return Some(true),
        None => return if to_itself { None } else { Some(true) },
        Some(false) => {}
    }
    if packet.node.is_none() {
        return if packet.is_from_here() || packet.knows_all(Kind::Node) { Some(true) } else { None };
    }
    if to_itself {
        return Some(false);
    }
    let index = packet.cluster.index;
    let source_here = packet.source.is_located(packet.cluster).then(|| packet.is_from_here());
    let of_pod = || index.pods_with_ip(hop.ip).any(|pod| pod.node.is_some());
    let is_known = (packet.knows_all(Kind::Pod) && packet.knows_all(Kind::Node)) || of_pod();
    let is_here = || on == OnNode::This && node_of(packet, hop) == packet.node;
    match (source_here, is_known.then(is_here)) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    }
}
