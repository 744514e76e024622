//! The server's answers about the selected object.

use topology::wire::{ObjectChange, ObjectManifest};

use crate::conn::Failure;

/// The server's answer about an object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum DetailAnswer {
    /// No request was sent, or it has no answer yet.
    #[default]
    Nothing,
    /// The object's manifest.
    Manifest(ObjectManifest),
    /// The object's recent changes, newest first.
    Changes(Vec<ObjectChange>),
    /// The request failed.
    Failed(Failure),
}
