//! Decodes an object of a file to facts with the same partial types. Wrong types are errors.

use serde_json::{Map, Value};
use serde_path_to_error::Segment;

use super::decoder::{Decoded, Decoder};
use super::dispatch::{DecoderVisitor, visit_decoder};
use super::lenient::strictly;
use crate::cluster::index::Object;
use crate::cluster::kinds::Kind;
use crate::graph::manifest::Step;

/// A field that cannot be decoded.
#[derive(Clone, Debug, PartialEq)]
pub struct WrongField {
    /// Its path in the object.
    pub path: Vec<Step>,
    /// The decoder's message.
    pub message: String,
}

/// The facts of an object in a file; `None` for a kind that kubehop does not read. An object without a namespace is in `default`.
///
/// # Errors
///
/// A field of a fact has a value of the wrong type, or the object has no name.
pub fn from_file(object: Map<String, Value>) -> Result<Option<Object>, WrongField> {
    let text = |field: &str| object.get(field).and_then(Value::as_str).unwrap_or_default();
    match Kind::of_object(text("apiVersion"), text("kind")) {
        Some(kind) => visit_decoder(kind, Strict(Value::Object(object))).map(Some),
        None => Ok(None),
    }
}

/// Decodes an object strictly.
struct Strict(Value);

impl DecoderVisitor for Strict {
    type Output = Result<Object, WrongField>;

    fn visit<D: Decoder>(self) -> Self::Output {
        let decoded = strictly(|| serde_path_to_error::deserialize::<_, D>(self.0));
        let mut partial = decoded.map_err(|error| WrongField {
            path: error.path().iter().filter_map(step).collect(),
            message: error.inner().to_string(),
        })?;
        let namespace = partial.metadata().namespace.get_or_insert_default();
        if namespace.is_empty() {
            "default".clone_into(namespace);
        }
        let object = Decoded::new(partial).object.ok_or_else(|| WrongField {
            path: ["metadata", "name"].map(|field| Step::Field(field.to_owned())).into(),
            message: "is required".to_owned(),
        })?;
        Ok(with_defaults(object))
    }
}

/// Applies the API's default for the name of a slice's port. Objects from a watch have it already.
fn with_defaults(mut object: Object) -> Object {
    if let Object::Slice(slice, _) = &mut object {
        for port in &mut slice.ports {
            port.name.get_or_insert_default();
        }
    }
    object
}

fn step(segment: &Segment) -> Option<Step> {
    match segment {
        Segment::Seq { index } => Some(Step::Item(*index)),
        Segment::Map { key } => Some(Step::Field(key.clone())),
        Segment::Enum { .. } | Segment::Unknown => None,
    }
}
