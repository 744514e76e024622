//! Answers of the other API methods.

use serde::{Deserialize, Serialize};

use super::status::ContextState;
use crate::cluster::key::Kind;

/// One line of `GET /api/v1/contexts`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct ContextSummary {
    /// The context's name in the kubeconfig; `sandbox` for the built-in one, `in-cluster` in a Pod.
    pub name: String,
    /// Whether it is the default context.
    pub current: bool,
    /// Its state.
    pub state: ContextState,
}

/// One result of `GET /api/v1/search`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct SearchHit {
    /// The value of the page's `select=` that selects it.
    pub select: String,
    /// The name or address that matched.
    pub label: String,
    /// The object as text: `Service default/nginx-service`.
    pub detail: String,
    /// The object's namespace; null for a Node.
    pub namespace: Option<String>,
    /// 0: equals the typed text; 1: begins with it; 2: contains it.
    pub rank: u8,
}

/// One line of `GET /api/v1/history`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct ObjectChange {
    /// Time when kubehop received the change, in ms since the Unix epoch.
    pub at: i64,
    /// The changed object: the one in the question, or one of its slices, endpoints or Pods.
    pub object: ObjectName,
    /// The field; `None` if the whole object was created or deleted.
    pub field: Option<String>,
    /// The previous value.
    pub from: Option<String>,
    /// The new value.
    pub to: Option<String>,
}

/// The name of an object in the API.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct ObjectName {
    /// Its kind. One endpoint of a slice has the kind `Endpoint`.
    pub kind: Kind,
    /// Its namespace; `None` for cluster-scoped kinds.
    pub namespace: Option<String>,
    /// Its name. An endpoint has the name `SLICE/ADDRESS`.
    pub name: String,
}

/// The answer of `GET /api/v1/object`: an object's manifest for people.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct ObjectManifest {
    /// The object's kind.
    pub kind: Kind,
    /// The object's namespace; null for cluster-scoped kinds.
    pub namespace: Option<String>,
    /// The object's name.
    pub name: String,
    /// The manifest, without secret and noisy fields.
    pub yaml: String,
    /// The lines that define the socket in the question, counted from 1.
    pub lines: Vec<usize>,
}

/// An error of the API (RFC 9457), as `application/problem+json`. A proxy can send its own problem, so only `detail` is required.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct Problem {
    /// `about:blank`: the title is the status's own (RFC 9457, §4.2.1).
    #[serde(rename = "type", default)]
    pub problem_type: String,
    /// The name of the HTTP status.
    #[serde(default)]
    pub title: String,
    /// The HTTP status.
    #[serde(default)]
    pub status: u16,
    /// The error and a remedy.
    pub detail: String,
}

/// A value of the API as JSON.
///
/// # Panics
///
/// The value cannot be encoded. This does not happen for structs, enums, lists and maps with string keys, of which all API types consist.
#[expect(clippy::expect_used, reason = "an empty body in place of an answer would say that there is nothing")]
pub fn encode<T: Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value).expect("a value of the API encodes")
}
