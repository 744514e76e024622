//! What the server answers about the selected object.

use topology::wire::{ObjectChange, ObjectManifest};

use crate::conn::Failure;

/// The answer to a question about an object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum DetailAnswer {
    /// Nothing was asked, or there is no answer yet.
    #[default]
    Nothing,
    /// The object's manifest.
    Manifest(ObjectManifest),
    /// The object's recent changes, newest first.
    Changes(Vec<ObjectChange>),
    /// Why there is no answer.
    Failed(Failure),
}
