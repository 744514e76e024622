//! The rows of a context at one moment, by scope.

use serde::{Deserialize, Deserializer, Serialize};

use super::cursor::Cursor;
use super::known_kind::KnownKind;
use crate::cluster::coverage::Known;
use crate::cluster::key::Kind;
use crate::cluster::row::{ReceivedRow, Row};

/// The body of `GET /api/v1/snapshot`, as the browser reads it. The server assembles it from encoded scopes.
#[derive(Clone, Debug, Deserialize)]
pub struct Snapshot {
    /// The lowest cursor of the scopes, from which a stream starts.
    pub cursor: Cursor,
    /// Its scopes, with coverage and cursor of each.
    #[serde(deserialize_with = "scopes")]
    pub scopes: Vec<ScopeState>,
    /// All rows of these scopes.
    #[serde(deserialize_with = "rows")]
    pub rows: Vec<Row>,
}

/// One scope of a snapshot: a kind in a namespace, or a cluster-scoped kind.
///
/// A snapshot of all namespaces has, for each namespaced kind, one scope without namespace besides those of the namespaces
/// with rows. It has no rows itself: its state is how well the kind is known in the whole cluster, and its cursor applies to every
/// namespace that has no scope of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScopeState {
    /// The namespace; null for cluster-scoped kinds, and for all namespaces without a scope of their own.
    pub namespace: Option<String>,
    /// The watched kind.
    pub kind: Kind,
    /// How well the kind is known.
    pub state: Known,
    /// The rows contain all changes of this scope up to this cursor.
    pub cursor: Cursor,
}

fn scopes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<ScopeState>, D::Error> {
    #[derive(Deserialize)]
    struct Received {
        #[serde(default)]
        namespace: Option<String>,
        kind: KnownKind,
        state: Known,
        cursor: Cursor,
    }
    let known =
        |Received { namespace, kind, state, cursor }| Some(ScopeState { namespace, kind: kind.0?, state, cursor });
    Ok(Vec::<Received>::deserialize(deserializer)?.into_iter().filter_map(known).collect())
}

fn rows<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Row>, D::Error> {
    let received = Vec::<ReceivedRow>::deserialize(deserializer)?;
    Ok(received.into_iter().filter_map(|ReceivedRow(row)| row).collect())
}
