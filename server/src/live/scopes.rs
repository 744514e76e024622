//! The rows of each scope as JSON, for snapshots.

use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use bytes::Bytes;
use topology::cluster::index::Index;
use topology::cluster::key::Scope;
use topology::cluster::kinds::Kind;
use topology::cluster::row::Row;

/// The scopes that have rows, each with its encoded rows once they were requested.
#[derive(Debug, Default)]
pub(super) struct EncodedScopes(BTreeMap<Scope, EncodedScope>);

/// The rows of a scope in JSON: encoded when first requested, and kept until the scope changes.
#[derive(Debug, Default)]
struct EncodedScope {
    rows: OnceLock<Bytes>,
    /// Whether it was requested since the last [`EncodedScopes::forget_unread`].
    read: AtomicBool,
}

impl EncodedScopes {
    /// Marks the rows of this scope as changed.
    pub(super) fn changed(&mut self, scope: Scope, index: &Index) {
        if rows(&scope, index).next().is_some() {
            self.0.insert(scope, EncodedScope::default());
        } else {
            self.0.remove(&scope);
        }
    }

    /// The namespaces that have rows of a watched kind.
    pub(super) fn namespaces(&self, kind: Kind) -> impl Iterator<Item = &str> {
        self.0.keys().filter(move |scope| scope.kind == kind).map(|scope| scope.namespace.as_str())
    }

    /// The rows of a scope in JSON, separated by commas; empty if there are none.
    pub(super) fn json(&self, scope: &Scope, index: &Index) -> Bytes {
        self.0.get(scope).map_or_else(Bytes::new, |encoded| {
            encoded.read.store(true, Relaxed);
            encoded.rows.get_or_init(|| encode(scope, index)).clone()
        })
    }

    /// Drops encoded rows that nobody requested since the last call: they take as much memory as the rows themselves.
    pub(super) fn forget_unread(&mut self) {
        for encoded in self.0.values_mut() {
            if !std::mem::take(encoded.read.get_mut()) {
                encoded.rows.take();
            }
        }
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
