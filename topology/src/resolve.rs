//! The resolver: where a packet goes, by the rules that kube-proxy applies, and why.
//!
//! [`resolve`] answers one question on every Node where it may be decided. It joins Services and EndpointSlices as kube-proxy
//! does, by namespace, Service name, port name and protocol, never by selector or targetPort (reference §0), and it takes a
//! [`Coverage`], so that nothing is claimed on facts that are missing (design §1.3).
//!
//! NetworkPolicies, Ingress and the Gateway API are not looked at.

mod alike;
mod claim;
mod decide;
pub mod endpoints;
mod hops;
mod own;
mod place;
mod service;
#[cfg(test)]
mod tests;
// A table is read line by line.
#[cfg(test)]
#[rustfmt::skip]
mod truth;

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::coverage::Coverage;
use crate::index::Index;
use crate::key::ObjectKey;
use crate::port::Protocol;
use crate::settings::Settings;
use crate::trace::{AssumedSettings, EndpointHop, Evaluation, From, To, Trace};
use place::Place;

/// Where a packet comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A client outside the cluster.
    External(IpAddr),
    /// A Pod.
    Pod(ObjectKey),
    /// Some Pod on the evaluation node, whichever.
    AnyPod,
    /// An address, taken for a Pod's.
    PodIp(IpAddr),
    /// A process of a Node's host network.
    Node(String),
    /// A process of a Node that uses the loopback address.
    Localhost(String),
}

impl Source {
    /// A client outside the cluster, of a range that is kept for documentation: who is taken where nobody is named.
    pub fn outside(ipv4: bool) -> Self {
        Self::External(if ipv4 {
            IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7))
        } else {
            IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 7))
        })
    }
}

/// Where it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Destination {
    /// The address.
    pub ip: IpAddr,
    /// The port; without one nothing can be matched.
    pub port: Option<u16>,
    /// The protocol.
    pub protocol: Protocol,
    /// A ping: no port, and no protocol of ports.
    pub icmp: bool,
}

impl Destination {
    /// An address with a port.
    pub fn port(ip: IpAddr, port: u16, protocol: Protocol) -> Self {
        Self { ip, port: Some(port), protocol, icmp: false }
    }

    pub(crate) fn to(self) -> To {
        To { ip: self.ip, port: self.port, protocol: if self.icmp { "ICMP" } else { self.protocol.as_str() } }
    }
}

/// What the resolver reads.
#[derive(Clone, Copy)]
pub struct Cluster<'a> {
    /// All rows.
    pub index: &'a Index,
    /// What is known.
    pub coverage: &'a Coverage,
    /// kube-proxy's settings.
    pub settings: &'a Settings,
}

/// A source as an answer shows it; its address is of the destination's family, where it has one.
pub(crate) fn shown(index: &Index, from: &Source, node: Option<&str>, ipv4: bool) -> From {
    Place::of(index, from, node, ipv4).from
}

/// What endpoints of one Service differ by from Node to Node.
type Shape = (IpAddr, u16, Option<bool>, bool);

fn shape(hop: &EndpointHop) -> Shape {
    (hop.ip, hop.port, hop.masquerade, hop.asymmetric_return)
}

/// Answers where a packet from `from` to `to` goes; on `node` only, if one is given. Never fails: what cannot be decided is
/// UNKNOWN, with the reason.
pub fn resolve(cluster: Cluster<'_>, from: &Source, to: Destination, node: Option<&str>) -> Trace {
    let place = Place::of(cluster.index, from, node, to.ip.is_ipv4());
    let claims = claim::by_address(cluster, to);
    let nodes = place::evaluation_nodes(cluster.index, &place, to.ip, node, !claims.is_empty());
    let mut groups: Vec<Evaluation> = Vec::new();
    let mut found: BTreeMap<Vec<Shape>, Vec<usize>> = BTreeMap::new();
    let sets = match nodes {
        Some(nodes) if nodes.len() > 1 => alike::sets(cluster, &place, to, &claims, nodes),
        Some(nodes) => vec![nodes],
        None => vec![Vec::new()],
    };
    for set in sets {
        let mut evaluation = decide::on_node(cluster, &place, to, set.first().map(String::as_str));
        // Where no Node has a part in it, none is named.
        if !evaluation.nodes.is_empty() {
            evaluation.nodes.extend(set.into_iter().skip(1));
        }
        // Chains and headers are alike wherever the outcome is, so the first Node's stand for all.
        let same = found.entry(evaluation.endpoints.iter().map(shape).collect()).or_default();
        let group = same.iter().copied().find(|group| {
            let group = &groups[*group];
            group.outcome == evaluation.outcome
                && group.entry == evaluation.entry
                && group.endpoints == evaluation.endpoints
        });
        match group {
            Some(group) => groups[group].nodes.extend(evaluation.nodes),
            None => {
                same.push(groups.len());
                groups.push(evaluation);
            }
        }
    }
    for group in &mut groups {
        group.nodes.sort();
        group.node = group.nodes.first().cloned();
    }
    groups.sort_by(|a, b| a.node.cmp(&b.node));
    Trace {
        from: place.from,
        to: Some(to.to()),
        dns: None,
        settings: AssumedSettings::from(cluster.settings),
        evaluations: groups,
    }
}
