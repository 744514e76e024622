//! What travels between server and browser: snapshots, deltas, cursors, status (design §3 and §4.3).

mod access;
pub mod log;

use std::fmt;
use std::str::FromStr;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::cluster::coverage::Known;
use crate::cluster::key::{Kind, ObjectKey};
use crate::cluster::row::{ReceivedRow, Row, push_json};
use crate::cluster::settings::Settings;
pub use access::{AccessProblem, OtherRefusal, Refusal, TlsRemedy};

/// A position in a context's log: `<epoch>-<seq>`. The epoch is random per process and context.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cursor {
    /// Which log it is a position in.
    pub epoch: u32,
    /// How far: the number of the last change at or before it.
    pub seq: u64,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}-{}", self.epoch, self.seq)
    }
}

/// A text that is not a cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotACursor;

impl fmt::Display for NotACursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a cursor: it looks like `0f3c9a21-42`")
    }
}

impl std::error::Error for NotACursor {}

impl FromStr for Cursor {
    type Err = NotACursor;

    fn from_str(text: &str) -> Result<Self, NotACursor> {
        let (epoch, seq) = text.split_once('-').ok_or(NotACursor)?;
        if epoch.len() != 8 || !epoch.bytes().all(|b| b.is_ascii_hexdigit()) || !seq.bytes().all(|b| b.is_ascii_digit())
        {
            return Err(NotACursor);
        }
        Ok(Self {
            epoch: u32::from_str_radix(epoch, 16).map_err(|_| NotACursor)?,
            seq: seq.parse().map_err(|_| NotACursor)?,
        })
    }
}

impl Serialize for Cursor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Cursor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|error| D::Error::custom(format_args!("`{text}` is {error}")))
    }
}

/// What names a kind: `None` if that kind is not known here, as an older page meets in what a newer server sends. Then it is passed over.
struct KnownKind(Option<Kind>);

impl<'de> Deserialize<'de> for KnownKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|name| Self(Kind::parse(&name)))
    }
}

fn rows<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Row>, D::Error> {
    let received = Vec::<ReceivedRow>::deserialize(deserializer)?;
    Ok(received.into_iter().filter_map(|ReceivedRow(row)| row).collect())
}

/// The body of `GET /api/v1/snapshot`, as the browser reads it. The server assembles it from encoded scopes.
#[derive(Clone, Debug, Deserialize)]
pub struct Snapshot {
    /// The lowest of the scopes' cursors: where a stream opens.
    pub cursor: Cursor,
    /// What is in it, and as of when.
    #[serde(deserialize_with = "scopes")]
    pub scopes: Vec<ScopeState>,
    /// All rows of these scopes.
    #[serde(deserialize_with = "rows")]
    pub rows: Vec<Row>,
}

/// One scope of a snapshot: a kind in a namespace, or a cluster-scoped kind.
///
/// A snapshot of all namespaces has, for each namespaced kind, one scope without namespace besides those of the namespaces
/// with rows. It has no rows itself: it says how well the kind is known in the whole cluster, and its cursor is the one for
/// every namespace that has no scope of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScopeState {
    /// The namespace; null for cluster-scoped kinds, and for every namespace that is not named.
    pub namespace: Option<String>,
    /// The watched kind.
    pub kind: Kind,
    /// How well it is known.
    pub state: Known,
    /// Changes of this scope at or below this cursor are in the rows already.
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

/// One change of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The row is new, or has become this.
    Put(Row),
    /// The row is gone.
    Delete(Kind, ObjectKey),
}

impl Change {
    /// The kind and key of the row that changes.
    pub fn target(&self) -> (Kind, ObjectKey) {
        match self {
            Self::Put(row) => (row.kind(), row.key()),
            Self::Delete(kind, key) => (*kind, key.clone()),
        }
    }

    /// The row as it is now; `None` if it is gone.
    pub fn row(&self) -> Option<&Row> {
        match self {
            Self::Put(row) => Some(row),
            Self::Delete(..) => None,
        }
    }

    /// Appends the change as JSON: `{op,kind,key,row}`, the row null when it is gone.
    pub fn write_json(&self, out: &mut Vec<u8>) {
        let (op, (kind, key)) = (if matches!(self, Self::Put(_)) { "put" } else { "del" }, self.target());
        out.extend_from_slice(b"{\"op\":\"");
        out.extend_from_slice(op.as_bytes());
        out.extend_from_slice(b"\",\"kind\":\"");
        out.extend_from_slice(kind.as_str().as_bytes());
        out.extend_from_slice(b"\",\"key\":");
        push_json(out, &key.to_string());
        out.extend_from_slice(b",\"row\":");
        match self {
            Self::Put(row) => row.write_json(out),
            Self::Delete(..) => out.extend_from_slice(b"null"),
        }
        out.push(b'}');
    }
}

fn changes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Change>, D::Error> {
    #[derive(Deserialize)]
    struct Received {
        op: Op,
        kind: KnownKind,
        key: String,
        #[serde(default)]
        row: Option<ReceivedRow>,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Op {
        Put,
        Del,
    }
    let mut changes = Vec::new();
    for Received { op, kind, key, row } in Vec::<Received>::deserialize(deserializer)? {
        let Some(kind) = kind.0 else { continue };
        match (op, row) {
            (Op::Put, Some(ReceivedRow(row))) => changes.extend(row.map(Change::Put)),
            (Op::Put, None) => return Err(D::Error::custom(format_args!("a change of {kind} {key} without its row"))),
            (Op::Del, _) => match ObjectKey::parse(kind, &key) {
                Some(key) => changes.push(Change::Delete(kind, key)),
                None => return Err(D::Error::custom(format_args!("`{key}` is no key of a {kind}"))),
            },
        }
    }
    Ok(changes)
}

/// The data of a `delta` event.
#[derive(Clone, Debug, Deserialize)]
pub struct Delta {
    /// The changes, in the order in which they happened.
    #[serde(deserialize_with = "changes")]
    pub changes: Vec<Change>,
    /// When the server sent them first, in milliseconds since the Unix epoch.
    #[serde(default)]
    pub at: Option<i64>,
}

/// Appends the data of a `delta` event; `at` as in [`Delta`].
pub fn write_delta(out: &mut Vec<u8>, changes: &[Change], at: Option<i64>) {
    out.extend_from_slice(b"{\"changes\":[");
    for (n, change) in changes.iter().enumerate() {
        if n > 0 {
            out.push(b',');
        }
        change.write_json(out);
    }
    out.push(b']');
    if let Some(at) = at {
        out.extend_from_slice(format!(",\"at\":{at}").as_bytes());
    }
    out.push(b'}');
}

/// The data of a `reset` event: close the stream, fetch a snapshot, open anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reset {
    /// Why, for people.
    pub reason: String,
}

/// How a context is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ContextState {
    /// Nobody has opened it yet.
    #[default]
    Idle,
    /// The first lists are under way, or cannot begin.
    Connecting,
    /// Every kind that may be watched is watched.
    Live,
    /// At least one watch is down: what is shown is of an earlier moment.
    Stale,
}

impl ContextState {
    /// As in `data-status` and on the wire.
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
    /// Since when it is stale, in milliseconds since the Unix epoch; null while it is not.
    #[serde(default)]
    pub since: Option<i64>,
    /// The watched kinds.
    #[serde(deserialize_with = "kinds")]
    pub kinds: Vec<KindStatus>,
    /// What went wrong with the whole connection, in English; null while nothing did.
    #[serde(default)]
    pub error: Option<String>,
    /// The same as a value.
    #[serde(default)]
    pub problem: Option<AccessProblem>,
    /// kube-proxy's settings, once the cluster was asked for them.
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
    /// Since when it is stale, in milliseconds since the Unix epoch.
    pub since: Option<i64>,
    /// What the API server or the connection said, if it refused or failed, in English. A refusal (403) is a sentence that names verb and
    /// resource: `pods: list is forbidden for USER at the cluster scope; grant it in a ClusterRole: {…}`, with the rule in YAML.
    pub error: Option<String>,
    /// The same as a value.
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

/// A value of the API as JSON.
///
/// # Panics
///
/// The value does not encode. Every type of the API is structs, enums, lists, and maps with strings as keys, which do.
#[expect(clippy::expect_used, reason = "an empty body in place of an answer would say that there is nothing")]
pub fn encode<T: Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value).expect("a value of the API encodes")
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::facts::PodFact;

    #[test]
    fn a_cursor_survives_its_text_and_nothing_else_is_one() {
        let cursor = Cursor { epoch: 0x0f3c_9a21, seq: 42 };
        assert_eq!(cursor.to_string(), "0f3c9a21-42");
        assert_eq!("0f3c9a21-42".parse(), Ok(cursor));
        for text in ["", "-", "0f3c9a21", "0f3c9a21-", "0f3c9a21-x", "zzzzzzzz-1", "+f3c9a21-1", "0f3c9a21--1"] {
            assert!(text.parse::<Cursor>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_delta_survives_the_wire() {
        let changes = vec![
            Change::Put(Row::Pod(PodFact { namespace: "default".into(), name: "web-0".into(), ..Default::default() })),
            Change::Delete(Kind::Node, ObjectKey::cluster("node1")),
        ];
        let mut json = Vec::new();
        write_delta(&mut json, &changes, Some(1_700_000_000_000));
        let json = String::from_utf8(json).unwrap();
        let delta = serde_json::from_str::<Delta>(&json).unwrap();
        assert_eq!((delta.changes, delta.at), (changes, Some(1_700_000_000_000)));
    }
}
