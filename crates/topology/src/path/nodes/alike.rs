//! Which Nodes decide a packet alike, so that one stands for all of them: the cost of an answer follows the Service's own endpoints,
//! not the number of Nodes.

use std::collections::{BTreeMap, BTreeSet};

use crate::cluster::facts::EndpointFact;
use crate::path::claim::ServiceClaim;
use crate::path::endpoints::candidates;
use crate::path::firewall::source_ranges;
use crate::path::packet::Packet;

/// Sorts Nodes into sets that decide alike, the first of each in the order given. A Node decides by its name, if an endpoint is on it
/// or hints it; by its zone, which endpoints hint; by its own address, which source ranges may hold; and by whether it takes the
/// source for a Pod. All else that the rules look at is the same everywhere.
pub(crate) fn sets(packet: Packet<'_>, claims: &[ServiceClaim<'_>], nodes: Vec<String>) -> Vec<Vec<String>> {
    let cluster = packet.cluster;
    let named = named(packet, claims);
    let mut sets: Vec<Vec<String>> = Vec::new();
    let mut known: BTreeMap<_, usize> = BTreeMap::new();
    for node in nodes {
        let on_node = packet.on(&node);
        let hostname = cluster.settings.hostname(&node);
        let own = named.contains(node.as_str()) || named.contains(hostname);
        // kube-proxy reads the labels of the Node that has its hostname.
        let zone = cluster.index.node(hostname).and_then(|fact| fact.zone());
        let ranges: Vec<_> = claims.iter().map(|claim| source_ranges(on_node, claim)).collect();
        let class = (own.then(|| node.clone()), zone, on_node.is_from_pod(), ranges);
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

/// The Nodes that an endpoint of the claims is on, in whoever's words, or hints.
fn named<'a>(packet: Packet<'a>, claims: &[ServiceClaim<'a>]) -> BTreeSet<&'a str> {
    let index = packet.cluster.index;
    let said = |fact: &'a EndpointFact| fact.node.iter().chain(&fact.node_hints).map(String::as_str);
    let mut named = BTreeSet::from_iter(packet.source.node.as_deref());
    for claim in claims {
        for endpoint in candidates(index, &claim.service.key(), claim.port, packet.is_ipv4()) {
            named.extend(said(endpoint.fact));
            named.extend(index.node_with_ip(endpoint.ip).map(|node| node.name.as_str()));
            named.extend(index.node_name_of(endpoint.ip));
        }
    }
    // A source that is an endpoint itself, of whatever Service.
    named.extend(packet.source.ip.into_iter().flat_map(|ip| index.endpoints_with_ip(ip)).flat_map(said));
    named
}
