use serde::de::DeserializeOwned;

use super::metadata::Metadata;
use crate::cluster::index::Object;
use crate::cluster::key::ObjectKey;
use crate::cluster::kinds::Kind;

/// The partial type of a kind: deserializing it reads the fields that the kind's fact keeps, and skips all others. Each field is read
/// through a function of `lenient`.
pub trait Decoder: DeserializeOwned + 'static {
    /// The kind.
    const KIND: Kind;

    /// The object's metadata.
    fn metadata(&mut self) -> &mut Metadata;

    /// Converts the object to facts. `key` is the object's key, which has been taken from the metadata. It has a namespace if the kind has one.
    fn facts(self, key: ObjectKey) -> Object;
}

/// A decoded object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// `metadata.resourceVersion`, from which a watch continues after the object.
    pub resource_version: Option<String>,
    /// The object's facts; `None` if the object cannot be addressed, because it has no name or lacks a namespace.
    pub object: Option<Object>,
}

impl Decoded {
    /// Makes facts of a partial type.
    pub fn new<D: Decoder>(mut partial: D) -> Self {
        let metadata = partial.metadata();
        let resource_version = metadata.resource_version.take();
        let key = metadata.take_key(D::KIND);
        Self { resource_version, object: key.map(|key| partial.facts(key)) }
    }
}
