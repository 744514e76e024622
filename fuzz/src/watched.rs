use serde_json::{Map, Value, json};
use server::from_event;
use topology::cluster::index::{Index, Object};
use topology::cluster::kinds::Kind;
use topology::decode::from_json;
use topology::graph::manifest::{Step, responsible};

use crate::cluster::{exercise, rows, survives_the_wire, whole};

/// Nesting depth at which the event around an object is too deep for the JSON reader.
const MAX_DEPTH: usize = 100;

/// An object as the API server sends it, decoded as each of the watched kinds. No content ends a watch, breaks the further processing, or
/// takes more memory than the object's size.
pub fn watched(bytes: &[u8]) {
    // A repeated field is an error that no API server makes; it must do no other harm.
    Kind::WATCHED.into_iter().for_each(|kind| drop(from_json(kind, bytes)));
    let Ok(Value::Object(object)) = serde_json::from_slice(bytes) else { return };
    if depth(&Value::Object(object.clone())) > MAX_DEPTH {
        return;
    }
    let mut index = Index::default();
    for kind in Kind::WATCHED {
        let decoded = decode(kind, &object);
        let Some(decoded) = decoded else { continue };
        assert_eq!(
            decode(kind, &with_unused_fields(object.clone())),
            Some(decoded.clone()),
            "what is not kept changes a fact"
        );
        index.apply(decoded);
    }
    // Each name occurs once more per endpoint and per kind, and escaping makes no text longer than before.
    let most = 16 * bytes.len() + 4096;
    rows(&index).for_each(|row| assert!(survives_the_wire(row) <= most, "{} bytes become {row:?}", bytes.len()));
    assert!(rows(&index).count() <= bytes.len() / 2 + Kind::WATCHED.len());
    exercise(&index);
    lines(&index, &Value::Object(object));
}

fn decode(kind: Kind, object: &Map<String, Value>) -> Option<Object> {
    let object = Value::Object(object.clone()).to_string();
    let facts = from_json(kind, object.as_bytes()).expect("an object is a fact or nothing, never an error");
    // The server chooses the order of the fields.
    for line in
        [format!(r#"{{"type":"ADDED","object":{object}}}"#), format!(r#"{{"object":{object},"type":"MODIFIED"}}"#)]
    {
        assert_eq!(from_event(kind, line.as_bytes()).expect("it is an event"), facts, "{line}");
    }
    facts
}

/// The object with many fields that no fact keeps.
fn with_unused_fields(mut object: Map<String, Value>) -> Map<String, Value> {
    if let Some(Value::Object(metadata)) = object.get_mut("metadata") {
        metadata.insert("annotations".into(), json!({ "long": "<canary>".repeat(500) }));
        metadata.insert("managedFields".into(), json!([{ "fieldsV1": { "f:spec": {} } }]));
    }
    object.insert("new in a later version".into(), json!([{ "a": null }]));
    object
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or_default(),
        Value::Object(fields) => 1 + fields.values().map(depth).max().unwrap_or_default(),
        _ => 0,
    }
}

/// Checks that the fields responsible for a socket exist in the object.
fn lines(index: &Index, object: &Value) {
    let scene = topology::picture::Scene::new(whole(index));
    let sockets = scene.groups().flat_map(|(_, group)| group.sockets());
    for socket in sockets.take(20) {
        for kind in Kind::WATCHED {
            for path in responsible(&socket.selection(), kind, object) {
                let value = path.iter().try_fold(object, |value, step| match step {
                    Step::Field(field) => value.get(field.as_str()),
                    Step::Item(item) => value.get(*item),
                });
                assert!(value.is_some_and(|value| !value.is_object() && !value.is_array()), "{path:?}");
            }
        }
    }
}
