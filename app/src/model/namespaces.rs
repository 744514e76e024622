//! The model's namespaces: which ones the page holds, and the numbers of each.

use std::collections::BTreeSet;

use topology::cluster::facts::NamespaceCounts;
use topology::cluster::key::{Kind, ObjectKey};
use topology::graph::namespace_counts;
use topology::graph::trouble::tally;

use super::Model;

impl Model {
    /// All namespaces, the held ones first. Each with whether it is held, and its numbers.
    pub fn counted_namespaces(&self) -> Vec<(String, bool, NamespaceCounts)> {
        let row = |name: &String| (name.clone(), !self.scene.is_unopened(name), self.counts(name));
        let mut all: Vec<_> = self.index.namespaces().map(|fact| row(&fact.name)).collect();
        all.sort_by(|(_, a, _), (_, b, _)| b.cmp(a));
        all
    }

    /// The namespaces of `chosen`, then all other known ones, both by name. Each with whether it is known to exist.
    pub fn namespaces(&self, chosen: &[String]) -> Vec<(String, bool)> {
        let of_rows =
            self.index.services().map(|row| &row.namespace).chain(self.index.pods().map(|row| &row.namespace));
        let known: BTreeSet<&String> = self.index.namespaces().map(|row| &row.name).chain(of_rows).collect();
        let first: BTreeSet<&String> = chosen.iter().collect();
        let others = known.difference(&first).map(|name| ((*name).clone(), true));
        first.iter().map(|name| ((*name).clone(), known.contains(name))).chain(others).collect()
    }

    /// Number of namespaces of the cluster; 0 if kubehop may not list them.
    pub fn namespace_count(&self) -> usize {
        self.index.count(Kind::Namespace)
    }

    /// Whether the list of namespaces is complete.
    pub fn knows_namespaces(&self) -> bool {
        self.held.of(Kind::Namespace).complete()
    }

    /// Number of Services and of Pods of the cluster, if all namespaces are only counted.
    pub(super) fn closed(&self) -> Option<(usize, usize)> {
        let mut all = None;
        for fact in self.index.namespaces() {
            let counts = fact.counts.filter(|_| self.scene.is_unopened(&fact.name))?;
            let (services, pods) = all.unwrap_or_default();
            all = Some((services + counts.services, pods + counts.pods));
        }
        all
    }

    /// The numbers of a namespace: counted from the held rows, or by the server.
    pub fn counts(&self, namespace: &str) -> NamespaceCounts {
        if !self.scene.is_unopened(namespace) {
            let mut counts = namespace_counts(&self.index, namespace);
            // The problems of a folded namespace are not visible, so they are counted.
            if self.is_folded(namespace) {
                let troubles = self.scene.troubles().filter(|(key, _)| key.namespace() == namespace);
                (counts.errors, counts.warnings) = tally(troubles.map(|(_, trouble)| trouble.severity()));
            }
            return counts;
        }
        self.index.namespace(&ObjectKey::cluster(namespace)).and_then(|fact| fact.counts).unwrap_or_default()
    }

    /// Whether the page holds the rows of a namespace.
    pub fn holds(&self, namespace: &str) -> bool {
        self.namespaces.as_ref().is_none_or(|held| held.iter().any(|name| name == namespace))
    }

    /// Whether a namespace is only counted.
    pub fn is_unopened(&self, namespace: &str) -> bool {
        self.scene.is_unopened(namespace)
    }
}
