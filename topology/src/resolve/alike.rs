//! Which Nodes decide a packet alike, so that one stands for all of them: the cost of an answer follows the Service's own endpoints,
//! not the number of Nodes.

use std::collections::{BTreeMap, BTreeSet};

use super::claim::ServiceClaim;
use super::endpoints::candidates;
use super::place::Place;
use super::service::{firewall, place_of};
use super::{Cluster, Destination};
use crate::facts::EndpointFact;

/// Sorts Nodes into sets that decide alike, the first of each in the order given. A Node decides by its name, if an endpoint is on it
/// or hints it; by its zone, which endpoints hint; by its own address, which source ranges may hold; and by whether it takes the
/// source for a Pod. All else that the rules look at is the same everywhere.
pub(super) fn sets(
    cluster: Cluster<'_>,
    place: &Place,
    to: Destination,
    claims: &[ServiceClaim<'_>],
    nodes: Vec<String>,
) -> Vec<Vec<String>> {
    let named = named(cluster, place, to, claims);
    let mut sets: Vec<Vec<String>> = Vec::new();
    let mut known: BTreeMap<_, usize> = BTreeMap::new();
    for node in nodes {
        let fact = cluster.index.node(&node);
        let hostname = cluster.settings.hostname(&node);
        let own = named.contains(node.as_str()) || named.contains(hostname);
        // kube-proxy reads the labels of the Node that has its hostname.
        let zone = cluster.index.node(hostname).and_then(|fact| fact.zone());
        let ranges: Vec<_> = claims.iter().map(|claim| firewall(cluster, place, to, Some(&node), claim)).collect();
        let class = (own.then(|| node.clone()), zone, place.is_pod(cluster.settings, fact), ranges);
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
fn named<'a>(
    cluster: Cluster<'a>,
    place: &'a Place,
    to: Destination,
    claims: &[ServiceClaim<'a>],
) -> BTreeSet<&'a str> {
    let index = cluster.index;
    let said = |fact: &'a EndpointFact| fact.node.iter().chain(&fact.node_hints).map(String::as_str);
    let mut named = BTreeSet::from_iter(place.node.as_deref());
    for claim in claims {
        for endpoint in candidates(index, &claim.service.key(), claim.port, to.ip.is_ipv4()) {
            named.extend(said(endpoint.fact));
            named.extend(index.node_with_ip(endpoint.ip).map(|node| node.name.as_str()));
            named.extend(place_of(index, endpoint.ip));
        }
    }
    // A source that is an endpoint itself, of whatever Service.
    named.extend(place.ip.into_iter().flat_map(|ip| index.endpoints_with_ip(ip)).flat_map(said));
    named
}
