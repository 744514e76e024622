//! Groups Nodes whose rules give the same result for a packet. Only one Node of a group is evaluated, so that the cost of an answer depends
//! on the number of the Service's endpoints, and not on the number of Nodes.

use std::collections::{BTreeMap, BTreeSet};

use crate::cluster::facts::EndpointFact;
use crate::path::claim::{ServiceClaim, by_address};
use crate::path::firewall::source_ranges;
use crate::path::packet::Packet;
use crate::path::question::Destination;

/// Splits Nodes into sets with the same result; sets and their Nodes keep the given order. The result depends on the Node's name if an
/// endpoint is on it or hints it, on its zone (endpoints can hint it), on its own address (source ranges can contain it), and on whether it
/// detects the source as a Pod. Everything else that the rules read is the same on all Nodes.
pub(crate) fn equivalent_nodes<'a>(
    packet: Packet<'a>,
    claims: &[ServiceClaim<'a>],
    nodes: Vec<&'a str>,
) -> Vec<Vec<&'a str>> {
    if claims.is_empty() {
        // A nodePort, a hostPort and a Pod are claims on the one Node that has the address, and nothing else depends on the Node.
        return vec![nodes];
    }
    let cluster = packet.cluster;
    let named = named_nodes(packet, claims);
    let mut sets: Vec<Vec<&str>> = Vec::new();
    let mut known: BTreeMap<_, usize> = BTreeMap::new();
    for node in nodes {
        let on_node = packet.on(node);
        let hostname = cluster.settings.hostname(node);
        let own = named.contains(node) || named.contains(hostname);
        // kube-proxy reads the labels of the Node that has its hostname.
        let zone = cluster.index.node(hostname).and_then(|fact| fact.zone());
        let ranges: Vec<_> = claims.iter().map(|claim| source_ranges(on_node, claim)).collect();
        let class = (own.then_some(node), zone, on_node.is_from_pod(), ranges);
        match known.get(&class) {
            Some(set) => sets[*set].push(node),
            None => {
                known.insert(class, sets.len());
                sets.push(vec![node]);
            }
        }
    }
    sets
}

/// The Nodes that an endpoint of the claims is on or hints. An endpoint is on a Node by `nodeName`, by its address, or by the Pod CIDR.
fn named_nodes<'a>(packet: Packet<'a>, claims: &[ServiceClaim<'a>]) -> BTreeSet<&'a str> {
    let index = packet.cluster.index;
    let named_by = |fact: &'a EndpointFact| fact.node.iter().chain(&fact.node_hints).map(String::as_str);
    let mut named = BTreeSet::from_iter(packet.source.node.as_deref());
    let mut read = BTreeSet::new();
    for claim in claims {
        for endpoint in packet.endpoints(claim.service, claim.port).with_duplicates() {
            named.extend(named_by(endpoint.fact));
            named.extend(index.node_with_ip(endpoint.ip).map(|node| node.name.as_str()));
            named.extend(packet.shared.node_name_of(index, endpoint.ip));
            // The filters read the endpoints of a Service that has this address.
            let to = Destination::port(endpoint.ip, endpoint.port, claim.port.protocol);
            for other in by_address(packet.cluster, to) {
                if read.insert(std::ptr::from_ref(other.port).addr()) {
                    let all = packet.endpoints(other.service, other.port);
                    named.extend(all.with_duplicates().flat_map(|endpoint| named_by(endpoint.fact)));
                }
            }
        }
    }
    // The source can itself be an endpoint, of any Service.
    named.extend(packet.source.ip.into_iter().flat_map(|ip| index.endpoints_with_ip(ip)).flat_map(named_by));
    named
}
