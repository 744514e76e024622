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
    fn decode<K: Watched>(json: &[u8]) -> Result<Option<Object>, serde_json::Error> {
        serde_json::from_slice::<K>(json).map(facts)
    }
    match kind {
        Kind::Node => decode::<NodePart>(json),
        Kind::Namespace => decode::<NamespacePart>(json),
        Kind::ServiceCIDR => decode::<ServiceCidrPart>(json),
        Kind::Service => decode::<ServicePart>(json),
        Kind::EndpointSlice | Kind::Endpoint => decode::<SlicePart>(json),
        Kind::Endpoints => decode::<EndpointsPart>(json),
        Kind::Pod => decode::<PodPart>(json),
    }
}

/// The same of a line of a watch, as the client reads it; `None` also for a line that brings no object.
///
/// # Errors
///
/// The line is no event.
pub fn from_event(kind: Kind, line: &[u8]) -> Result<Option<Object>, serde_json::Error> {
    fn decode<K: Watched>(line: &[u8]) -> Result<Option<Object>, serde_json::Error> {
        Ok(match serde_json::from_slice::<WatchEvent<K>>(line)? {
            WatchEvent::Added(object) | WatchEvent::Modified(object) | WatchEvent::Deleted(object) => facts(object),
            WatchEvent::Bookmark(_) | WatchEvent::Error(_) => None,
        })
    }
    match kind {
        Kind::Node => decode::<NodePart>(line),
        Kind::Namespace => decode::<NamespacePart>(line),
        Kind::ServiceCIDR => decode::<ServiceCidrPart>(line),
        Kind::Service => decode::<ServicePart>(line),
        Kind::EndpointSlice | Kind::Endpoint => decode::<SlicePart>(line),
        Kind::Endpoints => decode::<EndpointsPart>(line),
        Kind::Pod => decode::<PodPart>(line),
    }
}

fn facts<K: Watched>(object: K) -> Option<Object> {
    let key = object.key()?;
    Some(object.object(key))
}
