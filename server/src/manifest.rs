//! An object's manifest as YAML for people, without secrets.

#[cfg(test)]
mod tests;

use serde_json::{Map, Value};
use topology::cluster::key::{Kind, ObjectKey};
use topology::graph::manifest::{self as fields, responsible};
use topology::graph::socket::Selection;
use topology::wire::{self, ObjectManifest};
use yaml::{PathStep, WriteError};

/// Maximum size of an answer, in bytes of JSON.
pub(crate) const MAX_MANIFEST_BYTES: usize = 1_000_000;
/// Lengths, in characters, to which annotations are cut one after the other while an answer is too long.
const ANNOTATION_CHARS: [usize; 3] = [4096, 256, 32];
/// Written by `kubectl apply`: a copy of the whole object, which includes what is removed here.
const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";
/// Fields that are removed from every container: the first two may hold secrets, the others do not concern the network.
const REMOVED_FROM_CONTAINERS: [&str; 4] = ["env", "envFrom", "volumeMounts", "volumeDevices"];
const CONTAINERS: [&str; 3] = ["containers", "initContainers", "ephemeralContainers"];
const STATUSES: [&str; 3] = ["containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses"];

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
    clean(&mut object);
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

/// Removes secrets, and fields that only add length.
fn clean(object: &mut Map<String, Value>) {
    if let Some(metadata) = object.get_mut("metadata").and_then(Value::as_object_mut) {
        metadata.remove("managedFields");
        let annotations = metadata.get_mut("annotations").and_then(Value::as_object_mut);
        let emptied = annotations.is_some_and(|annotations| {
            annotations.remove(LAST_APPLIED);
            annotations.is_empty()
        });
        if emptied {
            metadata.remove("annotations");
        }
    }
    for (part, lists) in [("spec", CONTAINERS), ("status", STATUSES)] {
        let Some(part) = object.get_mut(part).and_then(Value::as_object_mut) else { continue };
        part.remove("volumes");
        for list in lists {
            // A value that is not a list does not come from the API: its content is unknown, so it is removed.
            let Some(Value::Array(items)) = part.get_mut(list) else {
                part.remove(list);
                continue;
            };
            items.retain(Value::is_object);
            for item in items.iter_mut().filter_map(Value::as_object_mut) {
                REMOVED_FROM_CONTAINERS.iter().for_each(|field| drop(item.remove(*field)));
            }
        }
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
