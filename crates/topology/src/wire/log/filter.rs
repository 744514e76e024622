use std::collections::BTreeSet;

use crate::cluster::key::Scope;

/// The scopes that a client follows: those of some namespaces. Cluster-scoped kinds are followed always.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScopeFilter {
    /// All namespaces.
    All,
    /// These namespaces.
    Namespaces(BTreeSet<String>),
}

impl ScopeFilter {
    /// Whether changes of this scope concern the client.
    pub fn covers(&self, scope: &Scope) -> bool {
        match self {
            Self::All => true,
            Self::Namespaces(namespaces) => scope.namespace.is_empty() || namespaces.contains(&scope.namespace),
        }
    }
}
