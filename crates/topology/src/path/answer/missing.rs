//! Facts that an answer would have needed, and that are not known.

use serde::{Deserialize, Serialize};

use crate::cluster::coverage::Known;
use crate::cluster::key::Kind;

/// A kind of object that the answer would have needed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MissingKind {
    /// The kind.
    pub kind: Kind,
    /// The namespace; null is the whole cluster.
    pub namespace: Option<String>,
    /// Why it is not known.
    pub why: MissingWhy,
    /// The keys of an evaluation that it could change.
    pub could_change: Vec<EvaluationKey>,
}

/// Why a kind is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum MissingWhy {
    /// The files have no object of it.
    NotInFiles,
    /// The API server refuses it to this user.
    Forbidden,
    /// The cluster does not have this kind.
    NotServed,
    /// The first list is under way.
    Loading,
    /// It is known as of an earlier moment.
    Stale,
    /// Nobody has asked for it.
    NotLoaded,
}

impl MissingWhy {
    /// Every way in which a kind is not known.
    pub const ALL: [Self; 6] =
        [Self::NotInFiles, Self::Forbidden, Self::NotServed, Self::Loading, Self::Stale, Self::NotLoaded];

    /// Why a kind that is known like this is not known; `None` if it is.
    pub fn of(known: Known) -> Option<Self> {
        match known {
            Known::Synced => None,
            Known::NotInFiles => Some(Self::NotInFiles),
            Known::Forbidden => Some(Self::Forbidden),
            Known::Absent => Some(Self::NotServed),
            Known::Loading => Some(Self::Loading),
            Known::Stale => Some(Self::Stale),
            Known::NotLoaded => Some(Self::NotLoaded),
        }
    }
}

/// A key of an evaluation's document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each is named as the key")]
pub enum EvaluationKey {
    Node,
    Nodes,
    Outcome,
    Entry,
    Endpoints,
    Because,
    Remarks,
}

impl EvaluationKey {
    /// Every key that is named.
    pub const ALL: [Self; 7] =
        [Self::Node, Self::Nodes, Self::Outcome, Self::Entry, Self::Endpoints, Self::Because, Self::Remarks];
}
