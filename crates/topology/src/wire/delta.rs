//! Changes of rows, and the end of a stream.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use super::known_kind::KnownKind;
use crate::cluster::change::Change;
use crate::cluster::key::ObjectKey;
use crate::cluster::row::ReceivedRow;

/// The data of a `delta` event.
#[derive(Clone, Debug, Deserialize)]
pub struct Delta {
    /// The changes in their order.
    #[serde(deserialize_with = "changes")]
    pub changes: Vec<Change>,
    /// Time when the server first sent them, in ms since the Unix epoch.
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

/// The data of a `reset` event. The client must close the stream, fetch a snapshot, and open a new stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reset {
    /// The reason as a text for people.
    pub reason: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::facts::PodFact;
    use crate::cluster::key::Kind;
    use crate::cluster::row::Row;

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
