//! One stored object: its encoded JSON, and the values that selectors need.
//!
//! The decoded tree would take several times the memory of the text, so it is not kept: the sandbox holds 150,000 Pods.

mod packed_strings;

use std::sync::Arc;

use bytes::{BufMut, Bytes, BytesMut};
use serde_json::{Map, Value};

use crate::resources::Resource;
use crate::status::Status;
use packed_strings::PackedStrings;

/// The namespace (empty for cluster-scoped objects) and the name of an object. The order is that of lists.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    pub(crate) namespace: Arc<str>,
    pub(crate) name: Arc<str>,
}

impl Key {
    pub(crate) fn new(namespace: &str, name: &str) -> Self {
        Self { namespace: namespace.into(), name: name.into() }
    }
}

/// One version of one object; immutable.
#[derive(Debug)]
pub(crate) struct Object {
    pub(crate) key: Key,
    /// The keys and values of the labels, then the values of the resource's selectable fields, in their order.
    strings: PackedStrings,
    /// Number of strings that are keys and values of labels.
    label_strings: usize,
    json: Bytes,
    /// Offset in `json` after kind and apiVersion, which the items of a list do not have.
    head: usize,
}

impl Object {
    /// Encodes an object at a version.
    pub(crate) fn encode(
        resource: &Resource,
        key: Key,
        mut object: Map<String, Value>,
        resource_version: u64,
    ) -> Result<Self, Status> {
        object.remove("kind");
        object.remove("apiVersion");
        metadata_mut(&mut object).insert("resourceVersion".to_owned(), resource_version.to_string().into());
        let facts = Value::Object(object);
        let labels = facts["metadata"]["labels"].as_object().into_iter().flatten();
        let labels: Vec<&str> = labels.filter_map(|(k, v)| Some([k.as_str(), v.as_str()?])).flatten().collect();
        let fields = resource.fields.iter().map(|path| field(&facts, path));
        let (strings, label_strings) = (labels.iter().copied().chain(fields).collect(), labels.len());

        let body = serde_json::to_vec(&facts).map_err(|error| Status::internal(error.to_string()))?;
        let head = format!("{{\"kind\":\"{}\",\"apiVersion\":\"{}\",", resource.kind, resource.api_version());
        // `body` is `{"metadata":…}`, never an empty object. The capacity is exact, because unused bytes would be kept with every object.
        let mut json = Vec::with_capacity(head.len() + body.len() - 1);
        json.extend_from_slice(head.as_bytes());
        json.extend_from_slice(&body[1..]);
        Ok(Self { key, strings, label_strings, json: json.into(), head: head.len() })
    }

    /// The value of a label.
    pub(crate) fn label(&self, key: &str) -> Option<&str> {
        let index = (0..self.label_strings).step_by(2).find(|index| self.strings.get(*index) == Some(key))?;
        self.strings.get(index + 1)
    }

    /// The value at a selectable field, by its index in the resource; empty if there is none.
    pub(crate) fn field(&self, index: usize) -> &str {
        self.strings.get(self.label_strings + index).unwrap_or_default()
    }

    /// The whole object, as in the answer to a GET or in a watch event.
    pub(crate) fn json(&self) -> &Bytes {
        &self.json
    }

    /// Appends the object as an item of a list, without kind and apiVersion.
    pub(crate) fn put_item(&self, out: &mut BytesMut) {
        out.put_u8(b'{');
        out.put_slice(&self.json[self.head..]);
    }

    /// The object decoded.
    pub(crate) fn decode(&self) -> Result<Map<String, Value>, Status> {
        serde_json::from_slice(&self.json).map_err(|error| Status::internal(format!("stored object: {error}")))
    }

    /// The same content at another version: for the DELETED event of an object that leaves the selection.
    pub(crate) fn at_version(&self, resource: &Resource, resource_version: u64) -> Result<Self, Status> {
        Self::encode(resource, self.key.clone(), self.decode()?, resource_version)
    }
}

fn field<'a>(object: &'a Value, path: &str) -> &'a str {
    match path.split('.').try_fold(object, |value, step| value.get(step)) {
        Some(Value::String(text)) => text,
        Some(Value::Bool(true)) => "true",
        Some(Value::Bool(false)) => "false",
        _ => "",
    }
}

/// The metadata of an object; added if there is none.
pub(crate) fn metadata_mut(object: &mut Map<String, Value>) -> &mut Map<String, Value> {
    let metadata = object.entry("metadata").or_insert_with(|| Value::Object(Map::new()));
    if !metadata.is_object() {
        *metadata = Value::Object(Map::new());
    }
    match metadata {
        Value::Object(map) => map,
        _ => unreachable!("metadata was just made an object"),
    }
}

/// A string field of the metadata; an empty one counts as absent, as in Go.
pub(crate) fn metadata_str<'a>(object: &'a Map<String, Value>, field: &str) -> Option<&'a str> {
    object.get("metadata")?.get(field)?.as_str().filter(|text| !text.is_empty())
}

/// Checks the types in the metadata, which the store itself reads. The error is the field and its required type.
pub(crate) fn check_metadata(object: &Map<String, Value>) -> Result<(), (String, &'static str)> {
    let metadata = match object.get("metadata") {
        None | Some(Value::Null) => return Ok(()),
        Some(Value::Object(metadata)) => metadata,
        Some(_) => return Err(("metadata".to_owned(), "must be an object")),
    };
    let texts =
        ["name", "generateName", "namespace", "uid", "resourceVersion", "creationTimestamp", "deletionTimestamp"];
    for text in texts {
        if !matches!(metadata.get(text), None | Some(Value::Null | Value::String(_))) {
            return Err((format!("metadata.{text}"), "must be a string"));
        }
    }
    for map in ["labels", "annotations"] {
        match metadata.get(map) {
            None | Some(Value::Null) => {}
            Some(Value::Object(entries)) => {
                if let Some((key, _)) = entries.iter().find(|(_, value)| !value.is_string()) {
                    return Err((format!("metadata.{map}.{key}"), "must be a string"));
                }
            }
            Some(_) => return Err((format!("metadata.{map}"), "must be an object")),
        }
    }
    Ok(())
}
