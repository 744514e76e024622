//! An object's manifest as YAML for people, without secrets.

#[cfg(test)]
mod tests;

use serde_json::{Map, Value};
use topology::cluster::key::{Kind, ObjectKey};
use topology::graph::manifest::{self as fields, responsible, shown};
use topology::graph::socket::Selection;
use topology::wire::{self, ObjectManifest};
use yaml::{PathStep, WriteError};

/// Maximum size of an answer, in bytes of JSON.
pub(crate) const MAX_MANIFEST_BYTES: usize = 1_000_000;
/// Lengths, in characters, to which annotations are cut one after the other while an answer is too long.
const ANNOTATION_CHARS: [usize; 3] = [4096, 256, 32];

/// Why there is no manifest.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoManifest {
    /// The manifest is too long even with cut annotations.
    #[error("its manifest is longer than {} kB, even with its annotations cut", MAX_MANIFEST_BYTES / 1000)]
    TooLong,
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// The manifest of an object as the API server returns it, in JSON.
pub(crate) fn encoded(
    kind: Kind,
    key: &ObjectKey,
    mut object: Map<String, Value>,
    socket: Option<&Selection>,
    // Whether the Service's selector, which matches no Pod, is marked.
    selector: bool,
) -> Result<Vec<u8>, NoManifest> {
    shown::keep(kind, &mut object);
    let mut object = Value::Object(object);
    let mut paths = socket.map(|socket| responsible(socket, kind, &object)).unwrap_or_default();
    if selector && !paths.is_empty() {
        paths.extend(fields::selector(&object));
    }
    let paths: Vec<Vec<PathStep>> = paths.into_iter().map(|path| path.into_iter().map(step).collect()).collect();
    for longest in std::iter::once(usize::MAX).chain(ANNOTATION_CHARS) {
        cut_annotations(&mut object, longest);
        let yaml = yaml::write(&object)?;
        // JSON is longer than the text that it encodes.
        if yaml.len() > MAX_MANIFEST_BYTES {
            continue;
        }
        let lines = yaml::lines(&yaml, paths.iter().map(Vec::as_slice)).into_iter().map(|line| line as usize).collect();
        let namespace = kind.namespaced().then(|| key.namespace.clone());
        let answer = ObjectManifest { kind, namespace, name: key.name.clone(), yaml, lines };
        let json = wire::encode(&answer).into_bytes();
        if json.len() <= MAX_MANIFEST_BYTES {
            return Ok(json);
        }
    }
    Err(NoManifest::TooLong)
}

/// A step of a path, for the YAML reader and writer.
pub(crate) fn step(step: fields::Step) -> PathStep {
    match step {
        fields::Step::Field(field) => PathStep::Field(field),
        fields::Step::Item(item) => PathStep::Item(item),
    }
}

fn cut_annotations(object: &mut Value, longest: usize) {
    let annotations = object.pointer_mut("/metadata/annotations").and_then(Value::as_object_mut);
    for value in annotations.into_iter().flat_map(Map::values_mut) {
        let Value::String(text) = value else { continue };
        if let Some((end, _)) = text.char_indices().nth(longest) {
            let more = text.len() - end;
            text.truncate(end);
            text.push_str(&format!("… (cut by kubehop: {more} bytes more)"));
        }
    }
}
