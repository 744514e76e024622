//! A row: one fact of any kind, as it is stored and as it travels.
//!
//! On the wire a row is one JSON object whose first field is `kind`
//! (`{"kind":"Pod","key":"default/web-0","namespace":"default","name":"web-0",…}`). It is read first, and the object is
//! read straight into the fact: neither `flatten` nor `untagged`, which would buffer every row in the browser.

use serde::Serialize;

use crate::facts::{
    EndpointFact, EndpointsFact, NamespaceFact, NodeFact, PodFact, ServiceCidrFact, ServiceFact, SliceFact,
};
use crate::json::{Named, Read, Reader, Wrong};
use crate::key::{Kind, ObjectKey, Scope};

/// One fact.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is named by its fact")]
pub enum Row {
    Node(NodeFact),
    Namespace(NamespaceFact),
    ServiceCIDR(ServiceCidrFact),
    Service(ServiceFact),
    EndpointSlice(SliceFact),
    Endpoint(EndpointFact),
    Endpoints(EndpointsFact),
    Pod(PodFact),
}

impl Row {
    /// The row's kind.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Node(_) => Kind::Node,
            Self::Namespace(_) => Kind::Namespace,
            Self::ServiceCIDR(_) => Kind::ServiceCIDR,
            Self::Service(_) => Kind::Service,
            Self::EndpointSlice(_) => Kind::EndpointSlice,
            Self::Endpoint(_) => Kind::Endpoint,
            Self::Endpoints(_) => Kind::Endpoints,
            Self::Pod(_) => Kind::Pod,
        }
    }

    /// The row's key, unique within its kind.
    pub fn key(&self) -> ObjectKey {
        match self {
            Self::Node(fact) => fact.key(),
            Self::Namespace(fact) => ObjectKey::cluster(&fact.name),
            Self::ServiceCIDR(fact) => ObjectKey::cluster(&fact.name),
            Self::Service(fact) => fact.key(),
            Self::EndpointSlice(fact) => fact.key(),
            Self::Endpoint(fact) => fact.key(),
            Self::Endpoints(fact) => fact.key(),
            Self::Pod(fact) => fact.key(),
        }
    }

    /// The scope that the row travels in.
    pub fn scope(&self) -> Scope {
        Scope::of(self.kind(), &self.key())
    }
}

impl Row {
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
        match self {
            Self::Node(fact) => push_json(out, fact),
            Self::Namespace(fact) => push_json(out, fact),
            Self::ServiceCIDR(fact) => push_json(out, fact),
            Self::Service(fact) => push_json(out, fact),
            Self::EndpointSlice(fact) => push_json(out, fact),
            Self::Endpoint(fact) => push_json(out, fact),
            Self::Endpoints(fact) => push_json(out, fact),
            Self::Pod(fact) => push_json(out, fact),
        }
        // Every fact has a name, so its object is never empty: its brace becomes the comma.
        out[brace] = b',';
    }
}

fn push_field(out: &mut Vec<u8>, prefix: &[u8], text: &str) {
    out.extend_from_slice(prefix);
    push_json(out, &text);
}

/// Appends a value as JSON.
pub(crate) fn push_json<T: Serialize>(out: &mut Vec<u8>, value: &T) {
    // Facts are structs of strings, numbers and lists: nothing in them can fail to encode.
    let written = serde_json::to_writer(&mut *out, value);
    debug_assert!(written.is_ok(), "a fact encodes: {written:?}");
}

impl Read for Row {
    fn read(from: &mut Reader<'_>) -> Result<Self, Wrong> {
        let kind = from.tag("kind")?;
        Ok(match Kind::named(&kind).ok_or_else(|| Wrong::unknown(&kind))? {
            Kind::Node => Self::Node(Read::read(from)?),
            Kind::Namespace => Self::Namespace(Read::read(from)?),
            Kind::ServiceCIDR => Self::ServiceCIDR(Read::read(from)?),
            Kind::Service => Self::Service(Read::read(from)?),
            Kind::EndpointSlice => Self::EndpointSlice(Read::read(from)?),
            Kind::Endpoint => Self::Endpoint(Read::read(from)?),
            Kind::Endpoints => Self::Endpoints(Read::read(from)?),
            Kind::Pod => Self::Pod(Read::read(from)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::read;

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
            assert_eq!(read::<Row>(text).as_ref(), Ok(&row), "{text}");
            let value: serde_json::Value = serde_json::from_slice(&json).unwrap();
            assert_eq!(value["key"], row.key().to_string());
            for field in ["kind", "key", "namespace", "name"] {
                assert!(value.get(field).is_some(), "{field} in {value}");
            }
        }
    }

    #[test]
    fn a_row_that_does_not_start_with_its_kind_is_an_error() {
        assert!(read::<Row>(r#"{"name":"a","kind":"Node"}"#).is_err());
        assert!(read::<Row>("{}").is_err());
    }
}
