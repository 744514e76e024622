//! Objects as kube lists and watches them, of any kind that has a decoder.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use kube::core::{DynamicResourceScope, WatchEvent};
use kube::{Api, Resource};
use serde::{Deserialize, Deserializer};
use topology::cluster::index::Object;
use topology::cluster::kinds::Kind;
use topology::decode::{Decoded, Decoder, DecoderVisitor, visit_decoder};

use crate::connect::Connection;

/// An object of a list or a watch, decoded into facts as soon as it is read.
pub(super) struct Watched<D> {
    /// Only the resource version, with which a watch is resumed; the facts hold the rest.
    pub(super) meta: ObjectMeta,
    /// The object's facts; `None` if the object has no valid name.
    pub(super) object: Option<Object>,
    decoder: PhantomData<fn() -> D>,
}

impl<D: Decoder> Watched<D> {
    /// The objects of the kind in a namespace; of the whole cluster if the namespace is empty or the kind is cluster-scoped.
    pub(super) fn api(connection: &Connection, namespace: &str) -> Api<Self> {
        let client = connection.client.clone();
        let version = connection.version(D::KIND);
        if D::KIND.namespaced() && !namespace.is_empty() {
            Api::namespaced_with(client, namespace, &version)
        } else {
            Api::all_with(client, &version)
        }
    }
}

impl<D> Clone for Watched<D> {
    fn clone(&self) -> Self {
        Self { meta: self.meta.clone(), object: self.object.clone(), decoder: PhantomData }
    }
}

impl<D> fmt::Debug for Watched<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.object.fmt(f)
    }
}

impl<'de, D: Decoder> Deserialize<'de> for Watched<D> {
    fn deserialize<R: Deserializer<'de>>(deserializer: R) -> Result<Self, R::Error> {
        let Decoded { resource_version, object } = Decoded::new(D::deserialize(deserializer)?);
        Ok(Self { meta: ObjectMeta { resource_version, ..ObjectMeta::default() }, object, decoder: PhantomData })
    }
}

impl<D: Decoder> Resource for Watched<D> {
    /// The API version in which the kind is requested.
    type DynamicType = &'static str;
    type Scope = DynamicResourceScope;

    fn kind(_: &&'static str) -> Cow<'static, str> {
        D::KIND.as_str().into()
    }

    fn group(_: &&'static str) -> Cow<'static, str> {
        D::KIND.api().group.into()
    }

    fn version(version: &&'static str) -> Cow<'static, str> {
        (*version).into()
    }

    fn plural(_: &&'static str) -> Cow<'static, str> {
        D::KIND.api().plural.into()
    }

    fn url_path(version: &&'static str, namespace: Option<&str>) -> String {
        D::KIND.api().path(version, namespace.unwrap_or_default())
    }

    fn meta(&self) -> &ObjectMeta {
        &self.meta
    }

    fn meta_mut(&mut self) -> &mut ObjectMeta {
        &mut self.meta
    }
}

/// The facts of one line of a watch of this kind, decoded as the client does; `None` if the line holds no object, or an object without a
/// valid name.
///
/// # Errors
///
/// The line is not an event.
pub fn from_event(kind: Kind, line: &[u8]) -> Result<Option<Object>, serde_json::Error> {
    struct FromEvent<'l>(&'l [u8]);
    impl DecoderVisitor for FromEvent<'_> {
        type Output = Result<Option<Object>, serde_json::Error>;

        fn visit<D: Decoder>(self) -> Self::Output {
            Ok(match serde_json::from_slice::<WatchEvent<Watched<D>>>(self.0)? {
                WatchEvent::Added(new) | WatchEvent::Modified(new) | WatchEvent::Deleted(new) => new.object,
                WatchEvent::Bookmark(_) | WatchEvent::Error(_) => None,
            })
        }
    }
    visit_decoder(kind, FromEvent(line))
}

#[cfg(test)]
mod tests {
    use kube::ResourceExt;
    use kube::core::ObjectList;
    use serde_json::json;
    use topology::decode::{PartialNamespace, from_json};

    use super::*;

    #[test]
    fn a_list_is_read_as_kube_reads_it() {
        let item = json!({"metadata": {"name": "shop", "resourceVersion": "7"}});
        let list = json!({"kind": "NamespaceList", "apiVersion": "v1", "metadata": {"resourceVersion": "9", "continue": "more"},
            "items": [item, {"metadata": {}}]});
        let list: ObjectList<Watched<PartialNamespace>> = serde_json::from_str(&list.to_string()).unwrap();
        assert_eq!(list.metadata.continue_.as_deref(), Some("more"));
        let [first, second] = list.items.as_slice() else { panic!("{list:?}") };
        assert_eq!(first.object, from_json(Kind::Namespace, item.to_string().as_bytes()).unwrap());
        assert_eq!((first.resource_version().as_deref(), second.object.as_ref()), (Some("7"), None));
    }

    #[test]
    fn an_event_is_read_in_either_order_of_its_fields() {
        let object = r#"{"metadata":{"name":"web-0","namespace":"shop","resourceVersion":"7"}}"#;
        let facts = from_json(Kind::Pod, object.as_bytes()).unwrap();
        assert!(facts.is_some());
        for line in
            [format!(r#"{{"type":"ADDED","object":{object}}}"#), format!(r#"{{"object":{object},"type":"DELETED"}}"#)]
        {
            assert_eq!(from_event(Kind::Pod, line.as_bytes()).unwrap(), facts, "{line}");
        }
        let bookmark =
            r#"{"type":"BOOKMARK","object":{"kind":"Pod","apiVersion":"v1","metadata":{"resourceVersion":"9"}}}"#;
        assert_eq!(from_event(Kind::Pod, bookmark.as_bytes()).unwrap(), None);
        assert!(from_event(Kind::Pod, b"{}").is_err());
    }
}
