//! Writes: create, update, patch, delete. Each takes the lock once, and so is atomic.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::Store;
use super::identity::{check, identify, key, set_key, suffix, uid};
use crate::object::{Object, metadata_mut, metadata_str};
use crate::patch::{self, Style};
use crate::resources::Resource;
use crate::selector::Selector;
use crate::status::Status;

/// The source of a created object, which decides on its metadata.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Origin {
    /// A client: uid and creationTimestamp are set by the store, a resourceVersion is refused.
    Client,
    /// A file: uid and creationTimestamp are kept, because other objects refer to them.
    File,
}

impl Store {
    /// Creates an object; its kind, namespace (default: `default`) and name are read from it.
    ///
    /// # Errors
    ///
    /// 400: unknown kind, or metadata of the wrong type; 409: the name is taken; 422: it has no name.
    pub fn create(&self, object: Value) -> Result<Value, Status> {
        let (resource, key, object) = identify(object)?;
        self.create_in(resource, &key.namespace, object, Origin::Client)?.decode().map(Value::Object)
    }

    /// Creates an object as a file does.
    pub(crate) fn restore(&self, object: Value) -> Result<(), Status> {
        let (resource, key, object) = identify(object)?;
        self.create_in(resource, &key.namespace, object, Origin::File).map(|_| ())
    }

    /// Replaces an object. If it contains a resourceVersion or uid, that must be the current one.
    ///
    /// # Errors
    ///
    /// As [`Store::create`]; 404: there is no such object; 409: it was changed meanwhile.
    pub fn update(&self, object: Value) -> Result<Value, Status> {
        let (resource, key, object) = identify(object)?;
        self.update_in(resource, &key.namespace, &key.name, object, false)?.decode().map(Value::Object)
    }

    /// Changes an object by a JSON merge patch.
    ///
    /// # Errors
    ///
    /// As [`Store::update`].
    pub fn patch(&self, resource: &Resource, namespace: &str, name: &str, patch: Value) -> Result<Value, Status> {
        let Value::Object(patch) = patch else { return Err(Status::bad_request("a patch must be an object")) };
        self.patch_in(resource, namespace, name, patch, Style::Merge, false)?.decode().map(Value::Object)
    }

    /// Deletes an object at once, whatever its finalizers, and returns its last content.
    ///
    /// # Errors
    ///
    /// 404: there is no such object.
    pub fn delete(&self, resource: &Resource, namespace: &str, name: &str) -> Result<Value, Status> {
        self.delete_in(resource, namespace, name, &Value::Null)?.decode().map(Value::Object)
    }

    pub(crate) fn create_in(
        &self,
        resource: &Resource,
        namespace: &str,
        mut object: Map<String, Value>,
        origin: Origin,
    ) -> Result<Arc<Object>, Status> {
        check(resource, namespace, None, &object)?;
        let mut state = self.state.write();
        let version = state.version + 1;
        let name = match (metadata_str(&object, "name"), metadata_str(&object, "generateName")) {
            (Some(name), _) => name.to_owned(),
            (None, Some(prefix)) => format!("{prefix}{}", suffix(version)),
            (None, None) => {
                let why = "Required value: name or generateName is required";
                return Err(Status::invalid(resource.kind, "", "metadata.name", why));
            }
        };
        if origin == Origin::Client && metadata_str(&object, "resourceVersion").is_some() {
            return Err(Status::bad_request("resourceVersion should not be set on objects to be created"));
        }
        let key = key(resource, namespace, &name);
        if state.table(resource).objects.contains_key(&key) {
            return Err(Status::already_exists(resource, &name));
        }
        set_key(&mut object, &key);
        let given = |field| origin == Origin::File && metadata_str(&object, field).is_some();
        let (keep_uid, keep_created) = (given("uid"), given("creationTimestamp"));
        let metadata = metadata_mut(&mut object);
        if !keep_uid {
            metadata.insert("uid".to_owned(), uid(resource, &key, version).into());
        }
        if !keep_created {
            let now = jiff::Timestamp::now().as_second();
            let now = jiff::Timestamp::from_second(now).map_err(|error| Status::internal(error.to_string()))?;
            metadata.insert("creationTimestamp".to_owned(), now.to_string().into());
        }
        if origin == Origin::Client || !metadata.contains_key("generation") {
            metadata.insert("generation".to_owned(), 1.into());
        }
        state.commit(resource, key, object, None)
    }

    /// Replaces an object, or with `status` only its status.
    ///
    /// If the new object has no status, the old status stays: most clients send only a spec.
    pub(crate) fn update_in(
        &self,
        resource: &Resource,
        namespace: &str,
        name: &str,
        object: Map<String, Value>,
        status: bool,
    ) -> Result<Arc<Object>, Status> {
        check(resource, namespace, Some(name), &object)?;
        let mut state = self.state.write();
        let key = key(resource, namespace, name);
        let previous = state.existing(resource, &key)?;
        state.replace(resource, key, previous, object, status, true)
    }

    pub(crate) fn patch_in(
        &self,
        resource: &Resource,
        namespace: &str,
        name: &str,
        patch: Map<String, Value>,
        style: Style,
        status: bool,
    ) -> Result<Arc<Object>, Status> {
        let mut state = self.state.write();
        let key = key(resource, namespace, name);
        let previous = state.existing(resource, &key)?;
        let mut object = previous.decode()?;
        patch::apply(resource, &mut object, patch, style);
        check(resource, namespace, None, &object)?;
        if metadata_str(&object, "name").is_some_and(|new| new != name) {
            return Err(Status::bad_request(format!("the name of the object cannot be changed from {name:?}")));
        }
        state.replace(resource, key, previous, object, status, false)
    }

    pub(crate) fn delete_in(
        &self,
        resource: &Resource,
        namespace: &str,
        name: &str,
        preconditions: &Value,
    ) -> Result<Arc<Object>, Status> {
        let mut state = self.state.write();
        let key = key(resource, namespace, name);
        let previous = state.existing(resource, &key)?;
        let object = previous.decode()?;
        for field in ["uid", "resourceVersion"] {
            let expected = preconditions[field].as_str();
            if expected.is_some() && expected != metadata_str(&object, field) {
                let why = format!("Precondition failed: {field} in precondition: {}", preconditions[field]);
                return Err(Status::conflict(resource, name, &why));
            }
        }
        state.remove(resource, previous)
    }

    /// Deletes all selected objects, and returns their number.
    pub(crate) fn delete_all(&self, resource: &Resource, selector: &Selector) -> Result<usize, Status> {
        let selected = self.page(resource, selector, None, None, usize::MAX)?.items;
        let mut state = self.state.write();
        let mut deleted = 0;
        for object in selected {
            // An object that was deleted or has left the selection meanwhile is skipped.
            let current = state.table(resource).objects.get(&object.key).cloned();
            if let Some(current) = current.filter(|current| selector.matches(current)) {
                state.remove(resource, current)?;
                deleted += 1;
            }
        }
        Ok(deleted)
    }
}
