//! Loads the objects of a text into a sandbox.

#[cfg(test)]
mod tests;

use crate::object::check_metadata;
use crate::resources;
use crate::store::{Origin, Store};
use yaml::{FoundObject, Manifest, ManifestError, PathStep};

/// Creates every object of a text. The watch caches begin after them.
pub(crate) fn load(store: &Store, text: &str, source_name: &str) -> Result<(), ManifestError> {
    let (manifest, objects) = Manifest::read(text, source_name)?;
    objects.into_iter().try_for_each(|found| create(store, &manifest, found))?;
    store.compact();
    Ok(())
}

fn create(
    store: &Store,
    manifest: &Manifest<'_>,
    FoundObject { place, object }: FoundObject,
) -> Result<(), ManifestError> {
    let text = |field: &str| object.get(field).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
    let (api_version, kind) = (text("apiVersion"), text("kind"));
    check_metadata(&object).map_err(|(field, why)| {
        // At most `metadata`, one of its fields, and one label, whose name may contain dots.
        let steps: Vec<PathStep> = field.splitn(3, '.').map(PathStep::from).collect();
        manifest.error(&place, &steps, why)
    })?;
    let metadata = |field: &str| object.get("metadata")?.get(field)?.as_str().filter(|text| !text.is_empty());
    if metadata("name").is_none() && metadata("generateName").is_none() {
        return Err(manifest.error(&place, &["metadata".into(), "name".into()], "is required"));
    }
    let Some(resource) = resources::by_kind(&api_version, &kind) else {
        tracing::warn!(
            k8s.kind = kind,
            k8s.api_version = api_version,
            "left out an object: the sandbox has no such kind"
        );
        return Ok(());
    };
    let namespace = metadata("namespace").unwrap_or("default").to_owned();
    store
        .create_in(resource, &namespace, object, Origin::File)
        .map_err(|status| manifest.error(&place, &[], status.message))?;
    Ok(())
}
