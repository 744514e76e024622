//! Applies a write to the state: the new version of the object, its event, and the signal for the watches.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::State;
use super::identity::set_key;
use crate::object::{Key, Object, metadata_mut, metadata_str};
use crate::resources::Resource;
use crate::status::Status;
use crate::watch_cache::{Capacity, Event};

impl State {
    pub(super) fn existing(&self, resource: &Resource, key: &Key) -> Result<Arc<Object>, Status> {
        self.table(resource).objects.get(key).cloned().ok_or_else(|| Status::not_found(resource, &key.name))
    }

    pub(super) fn replace(
        &mut self,
        resource: &Resource,
        key: Key,
        previous: Arc<Object>,
        mut object: Map<String, Value>,
        status: bool,
        whole: bool,
    ) -> Result<Arc<Object>, Status> {
        let old = previous.decode()?;
        for (field, why) in [
            (
                "resourceVersion",
                "the object has been modified; please apply your changes to the latest version and try again",
            ),
            ("uid", "the UID in the precondition does not match the UID in the record"),
        ] {
            let named = metadata_str(&object, field);
            if named.is_some() && named != metadata_str(&old, field) {
                return Err(Status::conflict(resource, &key.name, why));
            }
        }
        if status {
            let new_status = object.remove("status");
            object = old.clone();
            object.remove("status");
            object.extend(new_status.map(|new_status| ("status".to_owned(), new_status)));
        } else if whole
            && !object.contains_key("status")
            && let Some(old_status) = old.get("status")
        {
            object.insert("status".to_owned(), old_status.clone());
        }
        set_key(&mut object, &key);
        object.insert("kind".to_owned(), resource.kind.into());
        object.insert("apiVersion".to_owned(), resource.api_version().into());
        for field in ["uid", "creationTimestamp", "generation", "resourceVersion"] {
            let kept = old.get("metadata").and_then(|metadata| metadata.get(field)).cloned();
            metadata_mut(&mut object).extend(kept.map(|kept| (field.to_owned(), kept)));
        }
        if object == old {
            return Ok(previous);
        }
        // The generation counts changes of the desired state, not of the status.
        if !has_same_desired_state(&object, &old) {
            let generation = old["metadata"]["generation"].as_i64().unwrap_or(0).saturating_add(1);
            metadata_mut(&mut object).insert("generation".to_owned(), generation.into());
        }
        self.commit(resource, key, object, Some(previous))
    }

    pub(super) fn commit(
        &mut self,
        resource: &Resource,
        key: Key,
        object: Map<String, Value>,
        previous: Option<Arc<Object>>,
    ) -> Result<Arc<Object>, Status> {
        let version = self.version + 1;
        let object = Arc::new(Object::encode(resource, key.clone(), object, version)?);
        self.table_mut(resource).objects.insert(key, object.clone());
        self.record(resource, Event { resource_version: version, deleted: false, object: object.clone(), previous });
        Ok(object)
    }

    pub(super) fn remove(&mut self, resource: &Resource, previous: Arc<Object>) -> Result<Arc<Object>, Status> {
        let version = self.version + 1;
        let object = Arc::new(previous.at_version(resource, version)?);
        self.table_mut(resource).objects.remove(&previous.key);
        let event =
            Event { resource_version: version, deleted: true, object: object.clone(), previous: Some(previous) };
        self.record(resource, event);
        Ok(object)
    }

    fn record(&mut self, resource: &Resource, event: Event) {
        self.version = event.resource_version;
        let capacity = Capacity { events: self.settings.watch_cache_events, bytes: self.settings.watch_cache_bytes };
        let table = self.table_mut(resource);
        table.watch_cache.push(event, capacity);
        table.changed.send_replace(());
    }
}

/// Whether two objects differ in metadata and status only.
fn has_same_desired_state(one: &Map<String, Value>, other: &Map<String, Value>) -> bool {
    let desired = |(field, _): &(&String, &Value)| *field != "metadata" && *field != "status";
    one.iter().filter(desired).count() == other.iter().filter(desired).count()
        && one.iter().filter(desired).all(|(field, value)| other.get(field) == Some(value))
}
