use std::collections::BTreeSet;

use crate::cluster::key::Scope;

/// The scopes that a client receives, selected by namespace. Every client receives cluster-scoped kinds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScopeFilter {
    /// All namespaces.
    All,
    /// These namespaces.
    Namespaces(BTreeSet<String>),
}

impl ScopeFilter {
    /// Whether the client receives changes of this scope.
    pub fn covers(&self, scope: &Scope) -> bool {
        match self {
            Self::All => true,
            Self::Namespaces(namespaces) => scope.namespace.is_empty() || namespaces.contains(&scope.namespace),
        }
    }
}
