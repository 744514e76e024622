//! The resource, namespace, name and subresource of a request, and its query. They are parsed from the path as in Kubernetes'
//! `RequestInfo`, because `/namespaces/a/b` and `/pods/a/b` have different meanings.

use std::collections::BTreeMap;

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{FromRequestParts, Path, Query};
use http::request::Parts;

use super::query::Options;
use crate::resources::{self, Resource};
use crate::selector::Selector;
use crate::status::Status;

/// A request to the objects of one resource.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) target: Target,
    pub(crate) options: Options,
}

/// The collection or object that a request's path names.
#[derive(Debug, PartialEq)]
pub(crate) struct Target {
    pub(crate) resource: &'static Resource,
    /// `None`: all namespaces, or a cluster-scoped resource.
    pub(crate) namespace: Option<String>,
    /// `None`: the collection.
    pub(crate) name: Option<String>,
    /// Whether the path ends in `/status`.
    pub(crate) status: bool,
}

impl Target {
    fn parse(group: &str, version: &str, path: &str) -> Option<Self> {
        let steps: Vec<&str> = path.strip_suffix('/').unwrap_or(path).split('/').collect();
        if steps.iter().any(|step| step.is_empty()) {
            return None;
        }
        let find = |plural| resources::by_path(group, version, plural);
        let (resource, namespace, rest) = match steps.as_slice() {
            // Subresources of a Namespace have the same path form as the objects in it.
            ["namespaces", namespace, plural, rest @ ..] if !matches!(*plural, "status" | "finalize") => {
                (find(plural).filter(|resource| resource.namespaced)?, Some((*namespace).to_owned()), rest)
            }
            [plural, rest @ ..] => (find(plural)?, None, rest),
            [] => return None,
        };
        let (name, status) = match rest {
            [] => (None, false),
            [name] => (Some((*name).to_owned()), false),
            [name, "status"] => (Some((*name).to_owned()), true),
            _ => return None,
        };
        // A namespaced object is addressed by its namespace.
        let reachable = name.is_none() || resource.namespaced == namespace.is_some();
        reachable.then_some(Self { resource, namespace, name, status })
    }

    /// The namespace; empty if the path has none.
    pub(crate) fn namespace(&self) -> &str {
        self.namespace.as_deref().unwrap_or_default()
    }

    /// The name; an error for a collection.
    pub(crate) fn name(&self) -> Result<&str, Status> {
        self.name.as_deref().ok_or_else(Status::method_not_allowed)
    }
}

impl Call {
    /// The selector of the request.
    pub(crate) fn selector(&self) -> Result<Selector, Status> {
        let Target { resource, namespace, name, .. } = &self.target;
        let selector = Selector::parse(resource, namespace.clone(), &self.options.labels, &self.options.fields)?;
        Ok(match name {
            Some(name) => selector.named(name),
            None => selector,
        })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Call {
    type Rejection = Status;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Status> {
        let path: Result<Path<BTreeMap<String, String>>, PathRejection> = Path::from_request_parts(parts, state).await;
        let Path(path) = path.map_err(|rejection| Status::bad_request(rejection.body_text()))?;
        let part = |name: &str| path.get(name).map_or("", String::as_str);
        let target = Target::parse(part("group"), part("version"), part("path")).ok_or_else(Status::no_such_path)?;

        let query: Result<Query<Vec<(String, String)>>, QueryRejection> = Query::from_request_parts(parts, state).await;
        let Query(query) = query.map_err(|rejection| Status::bad_request(rejection.body_text()))?;
        Ok(Self { target, options: Options::parse(query)? })
    }
}

#[cfg(test)]
mod tests {
    use super::Target;
    use crate::resources::{NAMESPACES, PODS, Resource};

    fn check(path: &str, expected: Option<(&'static Resource, Option<&str>, Option<&str>, bool)>) {
        let expected = expected.map(|(resource, namespace, name, status)| Target {
            resource,
            namespace: namespace.map(str::to_owned),
            name: name.map(str::to_owned),
            status,
        });
        assert_eq!(Target::parse("", "v1", path), expected, "{path}");
    }

    #[test]
    fn paths_name_collections_objects_and_their_status() {
        check("pods", Some((&PODS, None, None, false)));
        check("namespaces/a/pods", Some((&PODS, Some("a"), None, false)));
        check("namespaces/a/pods/", Some((&PODS, Some("a"), None, false)));
        check("namespaces/a/pods/b", Some((&PODS, Some("a"), Some("b"), false)));
        check("namespaces/a/pods/b/status", Some((&PODS, Some("a"), Some("b"), true)));
        check("namespaces", Some((&NAMESPACES, None, None, false)));
        check("namespaces/a", Some((&NAMESPACES, None, Some("a"), false)));
        check("namespaces/a/status", Some((&NAMESPACES, None, Some("a"), true)));
        for unknown in ["pods/b", "secrets", "namespaces/a/nodes", "namespaces/a/pods/b/log", "namespaces//pods", ""] {
            check(unknown, None);
        }
    }
}
