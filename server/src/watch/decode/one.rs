//! One object by itself, as it is decoded from a list or a watch: for whoever wants to know what becomes of some bytes.

use kube::core::WatchEvent;
use topology::index::Object;
use topology::key::Kind;

use super::{EndpointsPart, NamespacePart, NodePart, PodPart, ServiceCidrPart, ServicePart, SlicePart, Watched};

/// The facts of an object of this kind, from its JSON; `None` if it cannot be addressed.
///
/// # Errors
///
/// The text is no JSON object. Nothing else is an error: whatever an object says, it must not stop a watch.
pub fn from_object(kind: Kind, json: &[u8]) -> Result<Option<Object>, serde_json::Error> {
    decode(kind, json, false)
}

/// The same of a line of a watch, as the client reads it; `None` also for a line that brings no object.
///
/// # Errors
///
/// The line is no event.
pub fn from_event(kind: Kind, line: &[u8]) -> Result<Option<Object>, serde_json::Error> {
    decode(kind, line, true)
}

fn decode(kind: Kind, json: &[u8], event: bool) -> Result<Option<Object>, serde_json::Error> {
    let decode = match kind {
        Kind::Node => of::<NodePart>,
        Kind::Namespace => of::<NamespacePart>,
        Kind::ServiceCIDR => of::<ServiceCidrPart>,
        Kind::Service => of::<ServicePart>,
        Kind::EndpointSlice | Kind::Endpoint => of::<SlicePart>,
        Kind::Endpoints => of::<EndpointsPart>,
        Kind::Pod => of::<PodPart>,
    };
    decode(json, event)
}

fn of<K: Watched>(json: &[u8], event: bool) -> Result<Option<Object>, serde_json::Error> {
    let object: K = match event {
        false => serde_json::from_slice(json)?,
        true => match serde_json::from_slice(json)? {
            WatchEvent::Added(object) | WatchEvent::Modified(object) | WatchEvent::Deleted(object) => object,
            WatchEvent::Bookmark(_) | WatchEvent::Error(_) => return Ok(None),
        },
    };
    Ok(object.key().map(|key| object.object(key)))
}
