//! From Kubernetes objects to facts.
//!
//! Each watched kind has a partial type that decodes only the fields that its fact keeps, so that a Pod's env, volumes and
//! managedFields are skipped while they are read. Decoding is lenient (see [`super::loose`]): whatever an object says,
//! it becomes a fact or nothing, never an error. Where a wrong value means something to kube-proxy, the fact keeps it.

mod file;
mod node;
mod one;
mod pod;
mod service;
mod slice;
#[cfg(test)]
mod tests;

use std::fmt::Debug;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::{ObjectMeta, Time};
use kube::{Api, Client, Resource};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use topology::facts::Labels;
use topology::index::Object;
use topology::key::{Kind, ObjectKey};
use topology::port::Protocol;

use super::loose;

pub(crate) use file::from_file;
pub(super) use node::{NamespacePart, NodePart, ServiceCidrPart};
pub use one::{from_event, from_object};
pub(super) use pod::PodPart;
pub(super) use service::{EndpointsPart, ServicePart};
pub(super) use slice::SlicePart;

/// The partial type of a watched kind.
pub(super) trait Watched:
    Resource<DynamicType = ()> + Clone + Debug + DeserializeOwned + Send + 'static
{
    /// The kind.
    const KIND: Kind;

    /// Where it is listed and watched: in a namespace or, if empty (and always for cluster-scoped kinds), everywhere.
    fn api(client: Client, namespace: &str) -> Api<Self>;

    /// The object's facts. The key is the object's own, with a namespace exactly where the kind has one.
    fn object(self, key: ObjectKey) -> Object;

    /// The object's key; `None` if it has no name, or a namespaced one no namespace: then it cannot be addressed.
    fn key(&self) -> Option<ObjectKey> {
        let meta = self.meta();
        let name = meta.name.as_deref().filter(|name| !name.is_empty())?;
        if !Self::KIND.namespaced() {
            return Some(ObjectKey::cluster(name));
        }
        let namespace = meta.namespace.as_deref().filter(|namespace| !namespace.is_empty())?;
        Some(ObjectKey::new(namespace, name))
    }

    /// The object's labels, taken out.
    fn take_labels(&mut self) -> Labels {
        self.meta_mut().labels.take().into_iter().flatten().collect()
    }

    /// Whether a label has this value.
    fn labelled(&self, name: &str, value: &str) -> bool {
        self.label(name) == Some(value)
    }

    /// The value of a label.
    fn label(&self, name: &str) -> Option<&str> {
        self.meta().labels.as_ref()?.get(name).map(String::as_str)
    }
}

/// The part of the metadata that facts need. The rest, of which managedFields is often half of an object, is skipped.
fn metadata<'de, D: Deserializer<'de>>(deserializer: D) -> Result<ObjectMeta, D::Error> {
    #[derive(Default, Deserialize)]
    #[serde(rename_all = "camelCase", default)]
    struct Part {
        #[serde(deserialize_with = "loose::text")]
        name: Option<String>,
        #[serde(deserialize_with = "loose::text")]
        namespace: Option<String>,
        #[serde(deserialize_with = "loose::text")]
        resource_version: Option<String>,
        #[serde(deserialize_with = "loose::text")]
        deletion_timestamp: Option<String>,
        #[serde(deserialize_with = "loose::labels")]
        labels: Labels,
    }
    let part: Part = loose::object(deserializer)?;
    Ok(ObjectMeta {
        name: part.name,
        namespace: part.namespace,
        resource_version: part.resource_version,
        // Only whether it is set matters, so a time that does not parse is as good as any.
        deletion_timestamp: part.deletion_timestamp.map(|time| Time(time.parse().unwrap_or_default())),
        labels: (!part.labels.is_empty()).then(|| part.labels.into_iter().collect()),
        ..ObjectMeta::default()
    })
}

/// The API's default is TCP; a protocol that is not one makes its port nothing at all.
fn protocol(text: Option<&str>) -> Option<Protocol> {
    text.map_or(Some(Protocol::Tcp), Protocol::parse)
}

/// One of `status.conditions`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Condition {
    #[serde(rename = "type", deserialize_with = "loose::text")]
    condition_type: Option<String>,
    #[serde(deserialize_with = "loose::text")]
    status: Option<String>,
    #[serde(deserialize_with = "loose::text")]
    reason: Option<String>,
    #[serde(deserialize_with = "loose::text")]
    message: Option<String>,
}

impl Condition {
    fn ready(conditions: &[Self]) -> Option<&Self> {
        conditions.iter().find(|condition| condition.condition_type.as_deref() == Some("Ready"))
    }

    fn is_true(&self) -> bool {
        self.status.as_deref() == Some("True")
    }

    /// Reason and message, as the kubelet words them.
    fn because(self) -> Option<String> {
        let parts: Vec<String> =
            [self.reason, self.message].into_iter().flatten().filter(|part| !part.is_empty()).collect();
        (!parts.is_empty()).then(|| parts.join(": "))
    }
}
