//! Coverage: what of a cluster is known, per kind and namespace (design §1.3).
//!
//! Every resolve takes one, so that an answer is never claimed on facts that are missing.

use serde::{Deserialize, Serialize};

use crate::cluster::key::Kind;

/// How well one kind is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Known {
    /// Nobody has asked for it.
    #[default]
    NotLoaded,
    /// The first list is under way.
    Loading,
    /// Listed, and watched since.
    Synced,
    /// Known as of an earlier moment; the watch is down.
    Stale,
    /// The API server refuses it to this user.
    Forbidden,
    /// The cluster does not have this kind.
    Absent,
    /// The files that are all there is have no object of it.
    NotInFiles,
}

impl Known {
    /// Whether rows of it can be relied on: all of them are here (perhaps of an earlier moment), or there are none by nature.
    pub fn complete(self) -> bool {
        matches!(self, Self::Synced | Self::Stale | Self::Absent | Self::NotInFiles)
    }
}

/// What is known of each kind: cluster-wide, or in some namespaces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Sorted by kind and namespace; the empty namespace is the whole cluster.
    known: Vec<(Kind, String, Known)>,
}

impl Coverage {
    /// Everything is here: a dump of a whole cluster, or a test.
    pub fn complete() -> Self {
        let mut coverage = Self::default();
        for kind in Kind::WATCHED {
            coverage.set(kind, "", Known::Synced);
        }
        coverage
    }

    /// States how well a kind is known in a namespace; the empty namespace is the whole cluster.
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

    /// Whether every kind is known as it is now.
    pub fn is_synced(&self) -> bool {
        Kind::WATCHED.into_iter().all(|kind| self.of(kind) == Known::Synced)
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
