//! Facts: reduced rows of Kubernetes objects, with only the fields that the picture, the resolver and the diagnoses need. [`crate::decode`]
//! makes them. Nothing else of an object is kept.

mod distribution;
mod endpoints;
mod node;
mod pod;
mod service;
mod slice;

use std::collections::BTreeMap;

pub use distribution::Distribution;
pub use endpoints::{EndpointsFact, EndpointsSubset};
pub use node::{NamespaceCounts, NamespaceFact, NodeFact, ServiceCidrFact};
pub use pod::{ContainerFact, ContainerPortFact, DnsPolicy, PodFact, RarePodFact};
pub use service::{LoadBalancerIngress, ServiceFact, ServicePortFact, ServiceType, TrafficPolicy};
pub use slice::{AddressType, EndpointFact, SliceFact, SlicePortFact, TargetRef};

/// Labels of an object, sorted by key.
pub type Labels = BTreeMap<String, String>;

/// Serde helper: omits fields with their default value, so that a row is small on the wire.
pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
