use std::collections::BTreeMap;

use serde::Deserialize;

use super::decoder::Decoder;
use super::lenient;
use super::metadata::Metadata;
use super::values::protocol;
use crate::cluster::facts::{AddressType, EndpointFact, Labels, SliceFact, SlicePortFact, TargetRef};
use crate::cluster::index::Object;
use crate::cluster::key::ObjectKey;
use crate::cluster::kinds::Kind;
use crate::cluster::port::EndpointPort;

/// The fields of an EndpointSlice that [`SliceFact`] and [`EndpointFact`] keep.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PartialSlice {
    #[serde(deserialize_with = "lenient::object_or_default")]
    metadata: Metadata,
    #[serde(deserialize_with = "lenient::string")]
    address_type: Option<String>,
    #[serde(deserialize_with = "lenient::objects")]
    ports: Vec<Port>,
    #[serde(deserialize_with = "lenient::objects")]
    endpoints: Vec<Endpoint>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Port {
    #[serde(deserialize_with = "lenient::string")]
    name: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    protocol: Option<String>,
    #[serde(deserialize_with = "lenient::port_number")]
    port: Option<u16>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Endpoint {
    #[serde(deserialize_with = "lenient::strings")]
    addresses: Vec<String>,
    #[serde(deserialize_with = "lenient::object_or_default")]
    conditions: Conditions,
    #[serde(deserialize_with = "lenient::string")]
    node_name: Option<String>,
    /// Of v1beta1 only: the labels of the endpoint's Node that say where it is.
    #[serde(deserialize_with = "lenient::string_map")]
    topology: Labels,
    #[serde(deserialize_with = "lenient::string")]
    hostname: Option<String>,
    #[serde(deserialize_with = "lenient::optional_object")]
    target_ref: Option<Reference>,
    #[serde(deserialize_with = "lenient::object_or_default")]
    hints: Hints,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Conditions {
    #[serde(deserialize_with = "lenient::boolean")]
    ready: Option<bool>,
    #[serde(deserialize_with = "lenient::boolean")]
    serving: Option<bool>,
    #[serde(deserialize_with = "lenient::boolean")]
    terminating: Option<bool>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Reference {
    #[serde(deserialize_with = "lenient::string")]
    kind: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    namespace: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    name: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Hints {
    #[serde(deserialize_with = "lenient::objects")]
    for_zones: Vec<Reference>,
    #[serde(deserialize_with = "lenient::objects")]
    for_nodes: Vec<Reference>,
}

impl Decoder for PartialSlice {
    const KIND: Kind = Kind::EndpointSlice;

    fn metadata(&mut self) -> &mut Metadata {
        &mut self.metadata
    }

    /// Reference §1.1 (labels, address type) and §1.3 (ports, addresses, conditions, hints).
    fn facts(self, key: ObjectKey) -> Object {
        let slice = SliceFact {
            namespace: key.namespace.clone(),
            name: key.name.clone(),
            service: self
                .metadata
                .label("kubernetes.io/service-name")
                .filter(|name| !name.is_empty())
                .map(str::to_owned),
            address_type: match self.address_type.as_deref() {
                Some("IPv4") | None => AddressType::IPv4,
                Some("IPv6") => AddressType::IPv6,
                // kube-proxy ignores an unknown type, as it ignores FQDN.
                Some(_) => AddressType::FQDN,
            },
            managed_by: self.metadata.label("endpointslice.kubernetes.io/managed-by").map(str::to_owned),
            headless: self.metadata.label("service.kubernetes.io/headless").is_some(),
            ports: self.ports.into_iter().filter_map(port).collect(),
        };
        let endpoints = self.endpoints.into_iter().filter_map(|endpoint| {
            let further_addresses = endpoint.addresses.len().saturating_sub(1);
            let address = endpoint.addresses.into_iter().next().filter(|address| !address.is_empty())?;
            Some(EndpointFact {
                namespace: key.namespace.clone(),
                slice: key.name.clone(),
                address,
                occurrence: 0,
                further_addresses: further_addresses.try_into().unwrap_or(u32::MAX),
                ready: endpoint.conditions.ready,
                serving: endpoint.conditions.serving,
                terminating: endpoint.conditions.terminating,
                node: endpoint.node_name.filter(|name| !name.is_empty()).or_else(|| {
                    // Before v1 had nodeName, kube-proxy read the Node's name here.
                    endpoint.topology.get("kubernetes.io/hostname").filter(|name| !name.is_empty()).cloned()
                }),
                hostname: endpoint.hostname.filter(|name| !name.is_empty()).map(Into::into),
                target: endpoint.target_ref.map(|target| TargetRef {
                    kind: target.kind.unwrap_or_default(),
                    namespace: target.namespace.unwrap_or_default(),
                    name: target.name.unwrap_or_default(),
                }),
                zone_hints: names(endpoint.hints.for_zones),
                node_hints: names(endpoint.hints.for_nodes),
            })
        });
        let mut endpoints: Vec<EndpointFact> = endpoints.collect();
        number_repeated_addresses(&mut endpoints);
        Object::Slice(slice, endpoints)
    }
}

/// Numbers endpoints with the same address.
fn number_repeated_addresses(endpoints: &mut [EndpointFact]) {
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    let occurrences: Vec<u32> = endpoints
        .iter()
        .map(|endpoint| {
            let count = seen.entry(&endpoint.address).or_default();
            *count += 1;
            *count - 1
        })
        .collect();
    for (endpoint, occurrence) in endpoints.iter_mut().zip(occurrences) {
        endpoint.occurrence = occurrence;
    }
}

/// A slice port; `None` if its protocol is not valid. kube-proxy joins by name and protocol, so such a port joins no Service port.
fn port(port: Port) -> Option<SlicePortFact> {
    Some(SlicePortFact {
        protocol: protocol(port.protocol.as_deref())?,
        name: port.name,
        port: port.port.map(EndpointPort),
    })
}

fn names(references: Vec<Reference>) -> Vec<String> {
    references.into_iter().filter_map(|reference| reference.name).collect()
}
