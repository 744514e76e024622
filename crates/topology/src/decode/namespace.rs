use serde::Deserialize;

use super::decoder::Decoder;
use super::lenient;
use super::metadata::Metadata;
use crate::cluster::facts::NamespaceFact;
use crate::cluster::index::Object;
use crate::cluster::key::ObjectKey;
use crate::cluster::kinds::Kind;
use crate::cluster::row::Row;

/// The fields of a Namespace that [`NamespaceFact`] keeps.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct PartialNamespace {
    #[serde(deserialize_with = "lenient::object_or_default")]
    metadata: Metadata,
}

impl Decoder for PartialNamespace {
    const KIND: Kind = Kind::Namespace;

    fn metadata(&mut self) -> &mut Metadata {
        &mut self.metadata
    }

    fn facts(self, key: ObjectKey) -> Object {
        Object::Row(Row::Namespace(NamespaceFact { name: key.name, labels: self.metadata.labels, counts: None }))
    }
}
