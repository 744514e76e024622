//! The identity of an object: its key, the checks of the key, generated names and uids.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::{Map, Value};

use crate::object::{Key, check_metadata, metadata_mut, metadata_str};
use crate::resources::{self, Resource};
use crate::status::Status;

/// The resource and the key of an object, from its own fields; the name is empty if it has none.
pub(super) fn identify(object: Value) -> Result<(&'static Resource, Key, Map<String, Value>), Status> {
    let Value::Object(object) = object else { return Err(Status::bad_request("an object must be a JSON object")) };
    let text = |field: &str| object.get(field).and_then(Value::as_str).unwrap_or_default();
    let (api_version, kind) = (text("apiVersion"), text("kind"));
    let resource = resources::by_kind(api_version, kind)
        .ok_or_else(|| Status::bad_request(format!("no kind {kind:?} is registered for version {api_version:?}")))?;
    let namespace = metadata_str(&object, "namespace").unwrap_or("default");
    let key = key(resource, namespace, metadata_str(&object, "name").unwrap_or_default());
    Ok((resource, key, object))
}

/// Checks an object against the path it is written to: kind, metadata, namespace and, if given, name.
pub(super) fn check(
    resource: &Resource,
    namespace: &str,
    name: Option<&str>,
    object: &Map<String, Value>,
) -> Result<(), Status> {
    let api_version = resource.api_version();
    for (field, expected) in [("kind", resource.kind), ("apiVersion", &api_version)] {
        if object.get(field).is_some_and(|actual| actual != expected) {
            let why = format!("the {field} in the data ({}) does not match the expected {expected:?}", object[field]);
            return Err(Status::bad_request(why));
        }
    }
    check_metadata(object).map_err(|(field, why)| Status::bad_request(format!("{field}: {why}")))?;
    if resource.namespaced && metadata_str(object, "namespace").is_some_and(|own| own != namespace) {
        let why = "the namespace of the provided object does not match the namespace sent on the request";
        return Err(Status::bad_request(why));
    }
    match (name, metadata_str(object, "name")) {
        (Some(_), None) => Err(Status::invalid(resource.kind, "", "metadata.name", "Required value: name is required")),
        (Some(name), Some(own)) if own != name => Err(Status::bad_request(format!(
            "the name of the object ({own}) does not match the name on the URL ({name})"
        ))),
        _ => Ok(()),
    }
}

pub(super) fn key(resource: &Resource, namespace: &str, name: &str) -> Key {
    Key::new(if resource.namespaced { namespace } else { "" }, name)
}

/// Writes the key into the object, and overwrites the object's own values.
pub(super) fn set_key(object: &mut Map<String, Value>, key: &Key) {
    let metadata = metadata_mut(object);
    metadata.insert("name".to_owned(), (*key.name).into());
    if key.namespace.is_empty() {
        metadata.remove("namespace");
    } else {
        metadata.insert("namespace".to_owned(), (*key.namespace).into());
    }
}

fn hash(seed: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    seed.hash(&mut hasher);
    hasher.finish()
}

/// A uid in the form of a version 4 UUID. It depends on object and version only, so it is the same in every run.
pub(super) fn uid(resource: &Resource, key: &Key, version: u64) -> String {
    let (high, low) = (hash((resource.index, &key.namespace, &key.name, version)), hash((version, &key.name)));
    format!(
        "{:08x}-{:04x}-4{:03x}-a{:03x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        low >> 52,
        low & 0xffff_ffff_ffff
    )
}

/// Five characters of the alphabet of generated names, which has no vowels (`apimachinery/pkg/util/rand`).
pub(super) fn suffix(version: u64) -> String {
    const ALPHABET: &[u8] = b"bcdfghjklmnpqrstvwxz2456789";
    let mut rest = hash(version);
    let letter = |_| {
        let letter = ALPHABET[(rest % ALPHABET.len() as u64) as usize];
        rest /= ALPHABET.len() as u64;
        char::from(letter)
    };
    (0..5).map(letter).collect()
}
