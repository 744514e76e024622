//! The rows of each scope as JSON, for snapshots.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use topology::cluster::index::Index;
use topology::cluster::key::Scope;
use topology::cluster::kinds::Kind;
use topology::cluster::row::Row;

/// The scopes that have rows, each with its encoded rows once they were requested.
#[derive(Debug, Default)]
pub(super) struct EncodedScopes(BTreeMap<Scope, Arc<EncodedScope>>);

/// The rows of a scope in JSON: encoded when first requested, and kept until the scope changes. A reader keeps it, with the index of the
/// same moment, and encodes without a lock.
#[derive(Debug, Default)]
pub(super) struct EncodedScope {
    rows: OnceLock<Bytes>,
    /// Whether it was requested since the last [`EncodedScopes::forget_unread`].
    read: AtomicBool,
}

impl EncodedScopes {
    /// Marks the rows of this scope as changed.
    pub(super) fn changed(&mut self, scope: Scope, index: &Index) {
        if rows(&scope, index).next().is_some() {
            self.0.insert(scope, Arc::default());
        } else {
            self.0.remove(&scope);
        }
    }

    /// The namespaces that have rows of a watched kind.
    pub(super) fn namespaces(&self, kind: Kind) -> impl Iterator<Item = &str> {
        self.0.keys().filter(move |scope| scope.kind == kind).map(|scope| scope.namespace.as_str())
    }

    /// The rows of a scope, encoded or to be encoded; `None` if there are none.
    pub(super) fn of(&self, scope: &Scope) -> Option<Arc<EncodedScope>> {
        let encoded = self.0.get(scope)?;
        encoded.read.store(true, Relaxed);
        Some(encoded.clone())
    }

    /// Drops encoded rows that nobody requested since the last call: they take as much memory as the rows themselves.
    pub(super) fn forget_unread(&mut self) {
        for encoded in self.0.values_mut() {
            if !encoded.read.swap(false, Relaxed) && encoded.rows.get().is_some() {
                *encoded = Arc::default();
            }
        }
    }
}

impl EncodedScope {
    /// The rows in JSON, separated by commas. `index` is the index of the moment at which the scope was read.
    pub(super) fn json(&self, scope: &Scope, index: &Index) -> Bytes {
        self.rows.get_or_init(|| encode(scope, index)).clone()
    }
}

/// The rows of a scope: those of the watched kind, then those of its parts.
fn rows<'a>(scope: &'a Scope, index: &'a Index) -> impl Iterator<Item = &'a Row> {
    std::iter::once(scope.kind).chain(scope.kind.parts()).flat_map(|kind| index.rows(kind, &scope.namespace))
}

fn encode(scope: &Scope, index: &Index) -> Bytes {
    let mut json = Vec::new();
    for row in rows(scope, index) {
        if !json.is_empty() {
            json.push(b',');
        }
        row.write_json(&mut json);
    }
    json.into()
}
