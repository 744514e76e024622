//! Which evaluations of an answer repeat the endpoints of an earlier one (design §4.2).

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::endpoint::EndpointHop;
use super::endpoint_list::EndpointList;
use super::evaluation::Evaluation;

/// Maximum number of endpoints that an answer lists in each of its evaluations.
pub const MOST_ENDPOINTS: usize = 10_000;

/// Which evaluation of an answer: the index of a group of Nodes and, of an alternative, its index in the group.
pub type EvaluationIndex = (usize, Option<usize>);

/// How the endpoints of an answer are listed: in every evaluation or, if these were too many, only in the first of the evaluations that
/// share a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShortenedLists {
    /// Whether the answer would list too many endpoints.
    pub shortened: bool,
    /// The index of the earlier group with the same list, for each evaluation that has one.
    same_as: BTreeMap<EvaluationIndex, usize>,
}

impl ShortenedLists {
    /// How the endpoints of these evaluations are listed, if at most `most` of them are listed in every evaluation.
    pub fn of(evaluations: &[Evaluation], most: usize) -> Self {
        let shortened = evaluations.iter().map(listed).sum::<usize>() > most;
        let mut first: BTreeMap<(Option<usize>, usize), usize> = BTreeMap::new();
        let mut same_as = BTreeMap::new();
        for (n, evaluation) in evaluations.iter().enumerate().filter(|_| shortened) {
            let alternatives = evaluation.alternatives.iter().enumerate();
            let own = alternatives.map(|(k, alternative)| (Some(k), alternative)).chain([(None, evaluation)]);
            for (place, one) in own.filter(|(_, one)| !one.endpoints.is_empty()) {
                let earlier = *first.entry((place, one.endpoints.identity())).or_insert(n);
                if earlier != n {
                    same_as.insert((n, place), earlier);
                }
            }
        }
        Self { shortened, same_as }
    }

    /// The index of the earlier group whose endpoints stand for those of group `n`; `None` if it lists its own. `alternative` is the index of
    /// an alternative in both groups.
    pub fn same_as(&self, n: usize, alternative: Option<usize>) -> Option<usize> {
        self.same_as.get(&(n, alternative)).copied()
    }
}

/// Number of endpoints that an evaluation lists.
fn listed(evaluation: &Evaluation) -> usize {
    evaluation.endpoints.len() + evaluation.alternatives.iter().map(listed).sum::<usize>()
}

/// The different lists of endpoints in evaluations. A list that several evaluations share is returned once, with the changes of the first.
pub fn distinct_lists(evaluations: &[Evaluation]) -> Vec<&EndpointList> {
    let mut known = BTreeSet::new();
    let lists = evaluations.iter().map(|evaluation| &evaluation.endpoints);
    lists.filter(|list| known.insert(list.identity())).collect()
}

/// The endpoints of all evaluations, those of a shared list once. What depends on the Node must not be read of them.
pub fn distinct_endpoints(evaluations: &[Evaluation]) -> impl Iterator<Item = &EndpointHop> {
    distinct_lists(evaluations).into_iter().flat_map(EndpointList::iter)
}
