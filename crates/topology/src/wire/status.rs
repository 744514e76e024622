//! The state of a context and of its watched kinds.

use serde::{Deserialize, Deserializer, Serialize};

use super::access::AccessProblem;
use super::known_kind::KnownKind;
use crate::cluster::coverage::Known;
use crate::cluster::key::Kind;
use crate::cluster::settings::Settings;

/// The state of a context.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ContextState {
    /// The context has not been opened.
    #[default]
    Idle,
    /// The first lists are in progress, or cannot begin.
    Connecting,
    /// Every kind that the user may watch is watched.
    Live,
    /// At least one watch is down: its data can be outdated.
    Stale,
}

impl ContextState {
    /// The text in `data-status` and on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Connecting => "connecting",
            Self::Live => "live",
            Self::Stale => "stale",
        }
    }
}

/// The data of a `status` event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct Status {
    /// The state of the whole context.
    pub state: ContextState,
    /// Time since which it is stale, in ms since the Unix epoch; null if it is not stale.
    #[serde(default)]
    pub since: Option<i64>,
    /// The watched kinds.
    #[serde(deserialize_with = "kinds")]
    pub kinds: Vec<KindStatus>,
    /// The error of the whole connection in English; null if there is none.
    #[serde(default)]
    pub error: Option<String>,
    /// The same error as a value.
    #[serde(default)]
    pub problem: Option<AccessProblem>,
    /// kube-proxy's settings, after they were read from the cluster.
    #[serde(default)]
    pub settings: Option<Box<Settings>>,
}

/// The state of one watched kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KindStatus {
    /// The kind.
    pub kind: Kind,
    /// The namespace, null where the whole cluster is watched.
    pub namespace: Option<String>,
    /// How well it is known.
    pub state: Known,
    /// Time since which it is stale, in ms since the Unix epoch.
    pub since: Option<i64>,
    /// The error of the API server or of the connection, in English. A refusal (403) is a sentence that names verb and resource:
    /// `pods: list is forbidden for USER at the cluster scope; grant it in a ClusterRole: {…}`, with the rule in YAML.
    pub error: Option<String>,
    /// The same error as a value.
    pub problem: Option<AccessProblem>,
}

fn kinds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<KindStatus>, D::Error> {
    #[derive(Deserialize)]
    struct Received {
        kind: KnownKind,
        #[serde(default)]
        namespace: Option<String>,
        state: Known,
        #[serde(default)]
        since: Option<i64>,
        #[serde(default)]
        error: Option<String>,
        #[serde(default)]
        problem: Option<AccessProblem>,
    }
    let known = |Received { kind, namespace, state, since, error, problem }| {
        Some(KindStatus { kind: kind.0?, namespace, state, since, error, problem })
    };
    Ok(Vec::<Received>::deserialize(deserializer)?.into_iter().filter_map(known).collect())
}
