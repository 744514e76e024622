use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use kube::{Api, Client, Resource};
use serde::Deserialize;
use topology::facts::{AddressType, EndpointFact, SliceFact, SlicePortFact, TargetRef};
use topology::index::Object;
use topology::key::{Kind, ObjectKey};
use topology::port::EndpointPort;

use super::{Watched, loose, metadata, protocol};

/// The fields of an EndpointSlice that [`SliceFact`] and [`EndpointFact`] keep.
#[derive(Clone, Debug, Deserialize, Resource)]
#[resource(inherit = k8s_openapi::api::discovery::v1::EndpointSlice)]
#[serde(rename_all = "camelCase")]
pub(in crate::watch) struct SlicePart {
    #[serde(default, deserialize_with = "metadata")]
    metadata: ObjectMeta,
    #[serde(default, deserialize_with = "loose::text")]
    address_type: Option<String>,
    #[serde(default, deserialize_with = "loose::objects")]
    ports: Vec<Port>,
    #[serde(default, deserialize_with = "loose::objects")]
    endpoints: Vec<Endpoint>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Port {
    #[serde(deserialize_with = "loose::text")]
    name: Option<String>,
    #[serde(deserialize_with = "loose::text")]
    protocol: Option<String>,
    #[serde(deserialize_with = "loose::port")]
    port: Option<u16>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Endpoint {
    #[serde(deserialize_with = "loose::texts")]
    addresses: Vec<String>,
    #[serde(deserialize_with = "loose::object")]
    conditions: Conditions,
    #[serde(deserialize_with = "loose::text")]
    node_name: Option<String>,
    #[serde(deserialize_with = "loose::text")]
    hostname: Option<String>,
    #[serde(deserialize_with = "loose::maybe")]
    target_ref: Option<Reference>,
    #[serde(deserialize_with = "loose::object")]
    hints: Hints,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Conditions {
    #[serde(deserialize_with = "loose::truth")]
    ready: Option<bool>,
    #[serde(deserialize_with = "loose::truth")]
    serving: Option<bool>,
    #[serde(deserialize_with = "loose::truth")]
    terminating: Option<bool>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Reference {
    #[serde(deserialize_with = "loose::text")]
    kind: Option<String>,
    #[serde(deserialize_with = "loose::text")]
    namespace: Option<String>,
    #[serde(deserialize_with = "loose::text")]
    name: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Hints {
    #[serde(deserialize_with = "loose::objects")]
    for_zones: Vec<Reference>,
    #[serde(deserialize_with = "loose::objects")]
    for_nodes: Vec<Reference>,
}

impl Watched for SlicePart {
    const KIND: Kind = Kind::EndpointSlice;

    fn api(client: Client, namespace: &str) -> Api<Self> {
        if namespace.is_empty() { Api::all(client) } else { Api::namespaced(client, namespace) }
    }

    /// Reference §1.1 (labels, address type) and §1.3 (ports, addresses, conditions, hints).
    fn object(self, key: ObjectKey) -> Object {
        let slice = SliceFact {
            namespace: key.namespace.clone(),
            name: key.name.clone(),
            service: self.label("kubernetes.io/service-name").filter(|name| !name.is_empty()).map(str::to_owned),
            address_type: match self.address_type.as_deref() {
                Some("IPv4") | None => AddressType::IPv4,
                Some("IPv6") => AddressType::IPv6,
                // kube-proxy ignores a type that it does not know just as it ignores FQDN.
                Some(_) => AddressType::FQDN,
            },
            managed_by: self.label("endpointslice.kubernetes.io/managed-by").map(str::to_owned),
            headless: self.label("service.kubernetes.io/headless").is_some(),
            ports: self.ports.into_iter().filter_map(port).collect(),
        };
        let mut seen = BTreeMap::new();
        let endpoints = self.endpoints.into_iter().filter_map(|endpoint| {
            let address = endpoint.addresses.into_iter().next().filter(|address| !address.is_empty())?;
            let occurrence = *seen.entry(address.clone()).and_modify(|n| *n += 1).or_insert(0);
            Some(EndpointFact {
                namespace: key.namespace.clone(),
                slice: key.name.clone(),
                address,
                occurrence,
                ready: endpoint.conditions.ready,
                serving: endpoint.conditions.serving,
                terminating: endpoint.conditions.terminating,
                node: endpoint.node_name.filter(|name| !name.is_empty()),
                hostname: endpoint.hostname.filter(|name| !name.is_empty()),
                target: endpoint.target_ref.map(|target| TargetRef {
                    kind: target.kind.unwrap_or_default(),
                    namespace: target.namespace.unwrap_or_default(),
                    name: target.name.unwrap_or_default(),
                }),
                zone_hints: names(endpoint.hints.for_zones),
                node_hints: names(endpoint.hints.for_nodes),
            })
        });
        let endpoints = endpoints.collect();
        Object::Slice(slice, endpoints)
    }
}

/// kube-proxy joins by name and protocol, so a port with a protocol that is none joins nothing and is left out.
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
