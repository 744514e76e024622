//! Facts that an answer needs and that are not known.

use serde::{Deserialize, Serialize};

use crate::cluster::coverage::Known;
use crate::cluster::key::Kind;

/// A kind of object that the answer needs and that is not known.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MissingKind {
    /// The kind.
    pub kind: Kind,
    /// The namespace; null is the whole cluster.
    pub namespace: Option<String>,
    /// The reason why it is not known.
    pub why: MissingReason,
    /// The keys of an evaluation that it can change.
    pub could_change: Vec<EvaluationKey>,
}

/// The reason why a kind is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum MissingReason {
    /// The files contain no object of the kind.
    NotInFiles,
    /// The API server does not allow this user to list the kind.
    Forbidden,
    /// The cluster does not have this kind.
    NotServed,
    /// The first list is under way.
    Loading,
    /// The watch is down, and the known objects can be outdated.
    Stale,
    /// The kind was not requested.
    NotLoaded,
}

impl MissingReason {
    /// Every reason.
    pub const ALL: [Self; 6] =
        [Self::NotInFiles, Self::Forbidden, Self::NotServed, Self::Loading, Self::Stale, Self::NotLoaded];

    /// The reason for this coverage; `None` if the kind is known.
    pub fn of(known: Known) -> Option<Self> {
        match known {
            Known::Synced => None,
            Known::NotInFiles | Known::OmittedFromFiles | Known::NotApplied => Some(Self::NotInFiles),
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
    /// Every key.
    pub const ALL: [Self; 7] =
        [Self::Node, Self::Nodes, Self::Outcome, Self::Entry, Self::Endpoints, Self::Because, Self::Remarks];
}
