//! From an object of a file to facts: the same partial types, with wrong types as errors.

use serde_json::{Map, Value};
use serde_path_to_error::Segment;
use topology::index::Object;
use yaml::PathStep;

use super::{EndpointsPart, NamespacePart, NodePart, PodPart, ServiceCidrPart, ServicePart, SlicePart, Watched, loose};

/// A field that does not decode.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct WrongField {
    /// The way to it in the object.
    pub(crate) path: Vec<PathStep>,
    /// What is wrong.
    pub(crate) message: String,
}

/// The facts of an object; `None` for a kind that has none. An object without a namespace is in `default`.
pub(crate) fn from_file(object: Map<String, Value>) -> Result<Option<Object>, WrongField> {
    let text = |field: &str| object.get(field).and_then(Value::as_str).unwrap_or_default();
    let decode = match (text("apiVersion"), text("kind")) {
        ("v1", "Node") => strict::<NodePart>,
        ("v1", "Namespace") => strict::<NamespacePart>,
        ("networking.k8s.io/v1", "ServiceCIDR") => strict::<ServiceCidrPart>,
        ("v1", "Service") => strict::<ServicePart>,
        ("discovery.k8s.io/v1", "EndpointSlice") => strict::<SlicePart>,
        ("v1", "Endpoints") => strict::<EndpointsPart>,
        ("v1", "Pod") => strict::<PodPart>,
        _ => return Ok(None),
    };
    decode(Value::Object(object)).map(Some)
}

fn strict<K: Watched>(object: Value) -> Result<Object, WrongField> {
    let decoded = loose::strictly(|| serde_path_to_error::deserialize::<_, K>(object));
    let mut part = decoded.map_err(|error| WrongField {
        path: error.path().iter().filter_map(step).collect(),
        message: error.inner().to_string(),
    })?;
    if K::KIND.namespaced() {
        let namespace = part.meta_mut().namespace.get_or_insert_default();
        if namespace.is_empty() {
            "default".clone_into(namespace);
        }
    }
    let key = part.key().ok_or_else(|| WrongField {
        path: vec!["metadata".into(), "name".into()],
        message: "is required".to_owned(),
    })?;
    Ok(with_defaults(part.object(key)))
}

/// The one default of the API that a watch never has to apply: the name of a slice's port.
fn with_defaults(mut object: Object) -> Object {
    if let Object::Slice(slice, _) = &mut object {
        for port in &mut slice.ports {
            port.name.get_or_insert_default();
        }
    }
    object
}

fn step(segment: &Segment) -> Option<PathStep> {
    match segment {
        Segment::Seq { index } => Some(PathStep::Item(*index)),
        Segment::Map { key } => Some(PathStep::Field(key.clone())),
        Segment::Enum { .. } | Segment::Unknown => None,
    }
}
