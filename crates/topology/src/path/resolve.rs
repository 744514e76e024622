//! Resolves one packet on every Node whose rules can decide it.

use std::collections::BTreeMap;

use crate::cluster::view::Cluster;
use crate::path::answer::{AssumedSettings, Evaluation, Trace};
use crate::path::assumed;
use crate::path::claim::by_address;
use crate::path::duplicates::{Duplicates, evaluate_each};
use crate::path::endpoints::DuplicateChoice;
use crate::path::nodes::{equivalent::equivalent_nodes, evaluation_nodes};
use crate::path::packet::Packet;
use crate::path::proxy_mode::{not_evaluated, undecided};
use crate::path::question::{Destination, Source};
use crate::path::remarks;
use crate::path::shared::SharedFacts;
use crate::path::source::SourceLocation;

/// [`resolve`], with remarks on assumed settings that would change the verdict. It costs some more evaluations.
pub fn answer(cluster: Cluster<'_>, from: &Source, to: Destination, node: Option<&str>) -> Trace {
    let mut trace = resolve(cluster, from, to, node);
    let source = located(cluster, from, to, node);
    let first = evaluation_nodes(cluster.index, &source, to.ip, node, true).and_then(|nodes| nodes.into_iter().next());
    let shared = SharedFacts::default();
    let duplicates = DuplicateChoice::default();
    let packet = Packet { cluster, source: &source, to, node: first, shared: &shared, duplicates };
    let duplicates = Duplicates::of(packet, &by_address(cluster, to));
    assumed::note(packet, duplicates.as_ref(), &mut trace.evaluations);
    trace
}

/// The source. Without a Node in the question it is on none if the known facts do not decide where it is.
fn located(cluster: Cluster<'_>, from: &Source, to: Destination, node: Option<&str>) -> SourceLocation {
    let source = SourceLocation::of(cluster.index, from, node, to.ip.is_ipv4());
    let is_known = node.is_some() || source.is_located(cluster);
    SourceLocation { node: source.node.clone().filter(|_| is_known), ..source }
}

/// Resolves a packet from `from` to `to`. `node` restricts the answer to one evaluation node. Never fails: an undecidable packet is UNKNOWN,
/// with the reason. Does not fill `missing`.
pub fn resolve(cluster: Cluster<'_>, from: &Source, to: Destination, node: Option<&str>) -> Trace {
    let source = located(cluster, from, to, node);
    let shared = SharedFacts::default();
    let duplicates = DuplicateChoice::default();
    let packet = Packet { cluster, source: &source, to, node: None, shared: &shared, duplicates };
    let claims = by_address(cluster, to);
    let sets = match evaluation_nodes(cluster.index, &source, to.ip, node, !claims.is_empty()) {
        Some(nodes) if nodes.len() > 1 => equivalent_nodes(packet, &claims, nodes),
        Some(nodes) => vec![nodes],
        None => vec![Vec::new()],
    };
    let duplicates = Duplicates::of(packet, &claims);
    let mut groups = Groups::default();
    for set in sets {
        let mut evaluation = evaluate_each(Packet { node: set.first().copied(), ..packet }, duplicates.as_ref());
        // An evaluation that does not depend on a Node names none.
        if !evaluation.nodes.is_empty() {
            evaluation.nodes.extend(set.into_iter().skip(1).map(str::to_owned));
        }
        groups.put(evaluation);
    }
    let mut evaluations = groups.sorted();
    evaluations.iter_mut().for_each(|evaluation| remarks::add(cluster, &shared, evaluation));
    if let Some(because) = not_evaluated(packet) {
        evaluations = evaluations.into_iter().map(|one| undecided(because.clone(), one)).collect();
    }
    Trace {
        from: source.from,
        to: Some(to.to()),
        dns: None,
        settings: AssumedSettings::from(cluster.settings),
        evaluations,
        missing: Vec::new(),
        remarks: Vec::new(),
    }
}

/// Groups Nodes with equal outcome, entry and endpoints. Their chains and headers are then equal too, so the evaluation of the first Node
/// represents the group.
/// Equal for evaluations that end alike: that of the endpoints, and of those of all alternatives.
fn checksum(evaluation: &Evaluation) -> u64 {
    let own = evaluation.endpoints.checksum();
    evaluation
        .alternatives
        .iter()
        .fold(own, |sum, alternative| sum.wrapping_mul(31).wrapping_add(checksum(alternative)))
}

#[derive(Default)]
struct Groups {
    groups: Vec<Evaluation>,
    by_checksum: BTreeMap<u64, Vec<usize>>,
}

impl Groups {
    fn put(&mut self, evaluation: Evaluation) {
        let same_checksum = self.by_checksum.entry(checksum(&evaluation)).or_default();
        let group = same_checksum.iter().copied().find(|group| {
            let group = &self.groups[*group];
            group.ends_like(&evaluation)
        });
        match group {
            Some(group) => self.groups[group].nodes.extend(evaluation.nodes),
            None => {
                same_checksum.push(self.groups.len());
                self.groups.push(evaluation);
            }
        }
    }

    /// The groups, sorted by their first Node.
    fn sorted(mut self) -> Vec<Evaluation> {
        for group in &mut self.groups {
            group.nodes.sort();
            group.node = group.nodes.first().cloned();
        }
        self.groups.sort_by(|a, b| a.node.cmp(&b.node));
        self.groups
    }
}
