//! One packet, answered on every Node where it may be decided.

use std::collections::BTreeMap;
use std::net::IpAddr;

use crate::cluster::view::Cluster;
use crate::path::answer::{AssumedSettings, EndpointHop, Evaluation, Trace};
use crate::path::claim::by_address;
use crate::path::nodes::{alike, evaluation_nodes};
use crate::path::packet::Packet;
use crate::path::pipeline::evaluate;
use crate::path::question::{Destination, Source};
use crate::path::source::SourceLocation;

/// What endpoints of one Service differ by from Node to Node.
type EndpointShape = (IpAddr, u16, Option<bool>, bool);

fn shape(hop: &EndpointHop) -> EndpointShape {
    (hop.ip, hop.port, hop.masquerade, hop.asymmetric_return)
}

/// Answers where a packet from `from` to `to` goes; on `node` only, if one is given. Never fails: what cannot be decided is
/// UNKNOWN, with the reason. Which facts are missing is not looked for.
pub fn resolve(cluster: Cluster<'_>, from: &Source, to: Destination, node: Option<&str>) -> Trace {
    let source = SourceLocation::of(cluster.index, from, node, to.ip.is_ipv4());
    let packet = Packet { cluster, source: &source, to, node: None };
    let claims = by_address(cluster, to);
    let sets = match evaluation_nodes(cluster.index, &source, to.ip, node, !claims.is_empty()) {
        Some(nodes) if nodes.len() > 1 => alike::sets(packet, &claims, nodes),
        Some(nodes) => vec![nodes],
        None => vec![Vec::new()],
    };
    let mut groups = Groups::default();
    for set in sets {
        let mut evaluation = evaluate(Packet { node: set.first().map(String::as_str), ..packet });
        // Where no Node has a part in it, none is named.
        if !evaluation.nodes.is_empty() {
            evaluation.nodes.extend(set.into_iter().skip(1));
        }
        groups.put(evaluation);
    }
    Trace {
        from: source.from,
        to: Some(to.to()),
        dns: None,
        settings: AssumedSettings::from(cluster.settings),
        evaluations: groups.sorted(),
        missing: Vec::new(),
    }
}

/// Nodes with equal outcome, entry and endpoints are one group. Chains and headers are alike wherever these are, so the first Node's
/// stand for all.
#[derive(Default)]
struct Groups {
    groups: Vec<Evaluation>,
    by_shape: BTreeMap<Vec<EndpointShape>, Vec<usize>>,
}

impl Groups {
    fn put(&mut self, evaluation: Evaluation) {
        let alike = self.by_shape.entry(evaluation.endpoints.iter().map(shape).collect()).or_default();
        let group = alike.iter().copied().find(|group| {
            let group = &self.groups[*group];
            group.outcome == evaluation.outcome
                && group.entry == evaluation.entry
                && group.endpoints == evaluation.endpoints
        });
        match group {
            Some(group) => self.groups[group].nodes.extend(evaluation.nodes),
            None => {
                alike.push(self.groups.len());
                self.groups.push(evaluation);
            }
        }
    }

    /// By the first Node of each.
    fn sorted(mut self) -> Vec<Evaluation> {
        for group in &mut self.groups {
            group.nodes.sort();
            group.node = group.nodes.first().cloned();
        }
        self.groups.sort_by(|a, b| a.node.cmp(&b.node));
        self.groups
    }
}
