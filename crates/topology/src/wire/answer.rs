//! The answers of the API's other methods.

use serde::{Deserialize, Serialize};

use super::status::ContextState;
use crate::cluster::key::Kind;

/// One line of `GET /api/v1/contexts`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct ContextSummary {
    /// The context's name in the kubeconfig; `sandbox` for the built-in one, `in-cluster` in a Pod.
    pub name: String,
    /// Whether it is the one that is used when none is named.
    pub current: bool,
    /// Its state.
    pub state: ContextState,
}

/// One line of `GET /api/v1/search`: something that was found.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct SearchHit {
    /// What selects it, as in the page's `select=`.
    pub select: String,
    /// By what it was found.
    pub label: String,
    /// The object, as in `Service default/nginx-service`.
    pub detail: String,
    /// The object's namespace; null for a Node.
    pub namespace: Option<String>,
    /// 0: it is what was typed; 1: it begins so; 2: it contains it.
    pub rank: u8,
}

/// One line of `GET /api/v1/history`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct ObjectChange {
    /// When kubehop saw it, in milliseconds since the Unix epoch.
    pub at: i64,
    /// What changed: the object that was asked about, or one behind it.
    pub object: ObjectName,
    /// The field, `None` if the object as a whole came or went.
    pub field: Option<String>,
    /// What it was.
    pub from: Option<String>,
    /// What it has become.
    pub to: Option<String>,
}

/// An object, as the API names it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct ObjectName {
    /// Its kind; one endpoint of a slice is an `Endpoint`.
    pub kind: Kind,
    /// Its namespace; `None` for cluster-scoped kinds.
    pub namespace: Option<String>,
    /// Its name; of an endpoint `SLICE/ADDRESS`.
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
    /// The manifest, without what must not travel.
    pub yaml: String,
    /// The lines responsible for the socket that was asked about, from 1.
    pub lines: Vec<usize>,
}

/// An error of the API (RFC 9457), as `application/problem+json`. Proxies in between send problems of their own: only the detail is needed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct Problem {
    /// `about:blank`: the title is the status's own (RFC 9457, §4.2.1).
    #[serde(rename = "type", default)]
    pub problem_type: String,
    /// The status's name.
    #[serde(default)]
    pub title: String,
    /// The HTTP status.
    #[serde(default)]
    pub status: u16,
    /// What was wrong, and what to do.
    pub detail: String,
}

/// A value of the API as JSON.
///
/// # Panics
///
/// The value does not encode. Every type of the API is structs, enums, lists, and maps with strings as keys, which do.
#[expect(clippy::expect_used, reason = "an empty body in place of an answer would say that there is nothing")]
pub fn encode<T: Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value).expect("a value of the API encodes")
}
