//! Coverage: how well each kind is known, for each namespace (design §1.3).
//!
//! The resolver takes a coverage as input, so that missing facts make an answer UNKNOWN and never wrong.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::cluster::key::Kind;

/// How well one kind is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Known {
    /// The kind was not requested.
    #[default]
    NotLoaded,
    /// The first list is in progress.
    Loading,
    /// The kind was listed and is watched.
    Synced,
    /// The kind was listed, but its watch is down: rows can be outdated.
    Stale,
    /// The API server does not allow this user to list the kind.
    Forbidden,
    /// The cluster does not have this kind.
    Absent,
    /// The facts come from files, and they contain no object of the kind.
    NotInFiles,
    /// The facts come from files, and they contain no object of the kind, but others that show that the cluster has some.
    OmittedFromFiles,
    /// The facts come from manifests that no cluster has run, so that no controller has made objects of the kind.
    NotApplied,
}

impl Known {
    /// Whether all rows of the kind are known, possibly outdated, or the cluster cannot have any.
    pub fn complete(self) -> bool {
        matches!(self, Self::Synced | Self::Stale | Self::Absent | Self::NotInFiles)
    }
}

/// How well each kind is known, in the whole cluster or in some namespaces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Sorted by kind and namespace; the empty namespace is the whole cluster.
    known: Vec<(Kind, String, Known)>,
    /// The number of NetworkPolicies by namespace, as far as they were seen; they are not evaluated. The empty namespace has those that
    /// apply to the whole cluster.
    policies: BTreeMap<String, usize>,
}

impl Coverage {
    /// Coverage in which every kind is known, for a dump of a whole cluster or a test.
    pub fn complete() -> Self {
        let mut coverage = Self::default();
        for kind in Kind::WATCHED {
            coverage.set(kind, "", Known::Synced);
        }
        coverage
    }

    /// Sets how well a kind is known in a namespace. The empty namespace is the whole cluster.
    pub fn set(&mut self, kind: Kind, namespace: &str, known: Known) {
        let kind = kind.watched();
        match self.find(kind, namespace) {
            Ok(at) => self.known[at].2 = known,
            Err(at) => self.known.insert(at, (kind, namespace.to_owned(), known)),
        }
    }

    fn find(&self, kind: Kind, namespace: &str) -> Result<usize, usize> {
        self.known.binary_search_by(|(other, within, _)| (*other, within.as_str()).cmp(&(kind, namespace)))
    }

    /// How well a kind is known in the whole cluster.
    pub fn of(&self, kind: Kind) -> Known {
        self.find(kind.watched(), "").map(|at| self.known[at].2).unwrap_or_default()
    }

    /// Whether every kind is synced.
    pub fn is_synced(&self) -> bool {
        Kind::WATCHED.into_iter().all(|kind| self.of(kind) == Known::Synced)
    }

    /// Notes that a NetworkPolicy exists, which is not evaluated. The empty namespace is that of a policy for the whole cluster.
    pub fn note_policy(&mut self, namespace: &str) {
        *self.policies.entry(namespace.to_owned()).or_default() += 1;
    }

    /// Whether NetworkPolicies are known to exist.
    pub fn has_policies(&self) -> bool {
        !self.policies.is_empty()
    }

    /// The number of known NetworkPolicies that can apply to Pods of a namespace.
    pub fn policies_in(&self, namespace: &str) -> usize {
        ["", namespace].iter().filter_map(|namespace| self.policies.get(*namespace)).sum()
    }

    /// How well a kind is known in one namespace.
    pub fn in_namespace(&self, kind: Kind, namespace: &str) -> Known {
        let own = self.find(kind.watched(), namespace).map(|at| self.known[at].2).unwrap_or_default();
        let whole = self.of(kind);
        if whole.complete() || own == Known::NotLoaded { whole } else { own }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_namespace_may_be_known_while_the_cluster_is_not() {
        let mut coverage = Coverage::default();
        coverage.set(Kind::Service, "default", Known::Synced);
        assert_eq!(coverage.in_namespace(Kind::Service, "default"), Known::Synced);
        assert_eq!(coverage.in_namespace(Kind::Service, "shop"), Known::NotLoaded);
        assert_eq!(coverage.of(Kind::Service), Known::NotLoaded);
    }

    #[test]
    fn an_endpoint_is_known_as_its_slice_is() {
        let mut coverage = Coverage::default();
        coverage.set(Kind::EndpointSlice, "", Known::Stale);
        assert_eq!(coverage.in_namespace(Kind::Endpoint, "default"), Known::Stale);
    }
}
