use serde::Deserialize;

use super::lenient;
use crate::cluster::facts::Labels;
use crate::cluster::key::ObjectKey;
use crate::cluster::kinds::Kind;

/// The part of an object's metadata that facts and watches need. The rest is skipped while it is read; managedFields alone are often half of
/// an object.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Metadata {
    #[serde(deserialize_with = "lenient::string")]
    pub(super) name: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    pub(super) namespace: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    pub(super) resource_version: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    deletion_timestamp: Option<String>,
    #[serde(deserialize_with = "lenient::string_map")]
    pub(super) labels: Labels,
}

impl Metadata {
    /// Takes the key of an object of this kind; `None` if the object cannot be addressed, because it has no name or lacks a namespace.
    pub(super) fn take_key(&mut self, kind: Kind) -> Option<ObjectKey> {
        let name = self.name.take().filter(|name| !name.is_empty())?;
        if !kind.namespaced() {
            return Some(ObjectKey::cluster(name));
        }
        let namespace = self.namespace.take().filter(|namespace| !namespace.is_empty())?;
        Some(ObjectKey::new(namespace, name))
    }

    /// Whether the object is being deleted.
    pub(super) fn is_deleted(&self) -> bool {
        self.deletion_timestamp.is_some()
    }

    /// The value of a label.
    pub(super) fn label(&self, name: &str) -> Option<&str> {
        self.labels.get(name).map(String::as_str)
    }

    /// Whether a label has this value.
    pub(super) fn has_label(&self, name: &str, value: &str) -> bool {
        self.label(name) == Some(value)
    }
}
