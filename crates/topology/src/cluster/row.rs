//! A row: one fact of any kind, as stored in the index and sent on the wire.
//!
//! On the wire a row is one JSON object whose first field is `kind`
//! (`{"kind":"Pod","key":"default/web-0","namespace":"default","name":"web-0",…}`). The decoder reads `kind` first and then reads the
//! object directly into the fact. `flatten` or `untagged` would buffer every row in the browser.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::cluster::key::{ObjectKey, Scope};
use crate::cluster::kinds::{Kind, with_kinds};

macro_rules! row {
    ($($(#[$doc:meta])* $kind:ident { fact: $fact:ident, $($rest:tt)* })*) => {
        /// One fact.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[expect(missing_docs, reason = "each variant is named by its fact")]
        pub enum Row {
            $($kind(crate::cluster::facts::$fact),)*
        }

        impl Row {
            /// The row's kind.
            pub fn kind(&self) -> Kind {
                match self {
                    $(Self::$kind(_) => Kind::$kind,)*
                }
            }

            /// The row's key, unique within its kind.
            pub fn key(&self) -> ObjectKey {
                match self {
                    $(Self::$kind(fact) => fact.key().into(),)*
                }
            }

            /// Appends the fact alone as JSON.
            fn write_fact(&self, out: &mut Vec<u8>) {
                match self {
                    $(Self::$kind(fact) => push_json(out, fact),)*
                }
            }

            /// Reads the fields of a row of this kind.
            fn read_fact<'de, D: Deserializer<'de>>(kind: Kind, fields: D) -> Result<Self, D::Error> {
                match kind {
                    $(Kind::$kind => crate::cluster::facts::$fact::deserialize(fields).map(Self::$kind),)*
                }
            }
        }
    };
}
with_kinds!(row);

impl Row {
    /// The scope of the row.
    pub fn scope(&self) -> Scope {
        Scope::of(self.kind(), &self.key())
    }

    /// Appends the row as JSON: `kind`, `key`, `namespace` (null for cluster-scoped kinds), `name`, then the fact's own fields.
    pub fn write_json(&self, out: &mut Vec<u8>) {
        let (kind, key) = (self.kind(), self.key());
        push_field(out, b"{\"kind\":", kind.as_str());
        push_field(out, b",\"key\":", &key.to_string());
        if kind == Kind::Endpoint {
            push_field(out, b",\"name\":", &key.name);
        } else if !kind.namespaced() {
            out.extend_from_slice(b",\"namespace\":null");
        }
        let brace = out.len();
        self.write_fact(out);
        // Every fact has a name, so its object is not empty and its opening brace can be replaced by a comma.
        out[brace] = b',';
    }
}

fn push_field(out: &mut Vec<u8>, prefix: &[u8], text: &str) {
    out.extend_from_slice(prefix);
    push_json(out, &text);
}

/// Appends a value as JSON.
pub(crate) fn push_json<T: Serialize>(out: &mut Vec<u8>, value: &T) {
    // Encoding cannot fail: facts are structs of strings, numbers and lists.
    let written = serde_json::to_writer(&mut *out, value);
    debug_assert!(written.is_ok(), "a fact encodes: {written:?}");
}

/// A received row; `None` if this version does not know its kind. A newer server can send such a row to an older page.
pub(crate) struct ReceivedRow(pub(crate) Option<Row>);

impl<'de> Deserialize<'de> for ReceivedRow {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KindFirst;

        impl<'de> Visitor<'de> for KindFirst {
            type Value = ReceivedRow;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a row, which begins with its `kind`")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ReceivedRow, A::Error> {
                if map.next_key::<String>()?.as_deref() != Some("kind") {
                    return Err(A::Error::custom("a row begins with its `kind`"));
                }
                let Some(kind) = Kind::parse(&map.next_value::<String>()?) else {
                    while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                    return Ok(ReceivedRow(None));
                };
                let fields = MapAccessDeserializer::new(map);
                Row::read_fact(kind, fields).map(|row| ReceivedRow(Some(row)))
            }
        }

        deserializer.deserialize_map(KindFirst)
    }
}

impl<'de> Deserialize<'de> for Row {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let ReceivedRow(row) = ReceivedRow::deserialize(deserializer)?;
        row.ok_or_else(|| D::Error::custom("a row of an unknown kind"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::facts::{EndpointFact, NodeFact, PodFact};

    #[test]
    fn a_row_survives_the_wire() {
        let rows = [
            Row::Node(NodeFact { name: "node1".into(), ready: true, ..Default::default() }),
            Row::Pod(PodFact { namespace: "default".into(), name: "we\"b".into(), ..Default::default() }),
            Row::Endpoint(EndpointFact {
                namespace: "default".into(),
                slice: "web-x".into(),
                address: "10.0.0.1".into(),
                ready: Some(false),
                ..Default::default()
            }),
        ];
        for row in rows {
            let mut json = Vec::new();
            row.write_json(&mut json);
            let text = std::str::from_utf8(&json).unwrap();
            assert_eq!(serde_json::from_str::<Row>(text).unwrap(), row, "{text}");
            let value: serde_json::Value = serde_json::from_slice(&json).unwrap();
            assert_eq!(value["key"], row.key().to_string());
            for field in ["kind", "key", "namespace", "name"] {
                assert!(value.get(field).is_some(), "{field} in {value}");
            }
        }
    }

    #[test]
    fn a_row_that_does_not_start_with_its_kind_is_an_error() {
        assert!(serde_json::from_str::<Row>(r#"{"name":"a","kind":"Node"}"#).is_err());
        assert!(serde_json::from_str::<Row>("{}").is_err());
    }
}
