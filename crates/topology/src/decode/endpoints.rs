use serde::Deserialize;

use super::decoder::Decoder;
use super::lenient;
use super::metadata::Metadata;
use super::values::protocol;
use crate::cluster::facts::{EndpointsFact, EndpointsSubset};
use crate::cluster::index::Object;
use crate::cluster::key::ObjectKey;
use crate::cluster::kinds::Kind;
use crate::cluster::port::EndpointPort;
use crate::cluster::row::Row;

/// The fields of a core/v1 Endpoints object that [`EndpointsFact`] keeps.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct PartialEndpoints {
    #[serde(deserialize_with = "lenient::object_or_default")]
    metadata: Metadata,
    #[serde(deserialize_with = "lenient::objects")]
    subsets: Vec<Subset>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Subset {
    #[serde(deserialize_with = "lenient::objects")]
    addresses: Vec<Address>,
    #[serde(deserialize_with = "lenient::objects")]
    not_ready_addresses: Vec<Address>,
    #[serde(deserialize_with = "lenient::objects")]
    ports: Vec<Port>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Address {
    #[serde(deserialize_with = "lenient::string")]
    ip: Option<String>,
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

impl Decoder for PartialEndpoints {
    const KIND: Kind = Kind::Endpoints;

    fn metadata(&mut self) -> &mut Metadata {
        &mut self.metadata
    }

    /// Reference §3.2 (writers) and §3.3 (labels).
    fn facts(self, key: ObjectKey) -> Object {
        let managed = self.metadata.has_label("endpoints.kubernetes.io/managed-by", "endpoint-controller");
        let skip_mirror = self.metadata.has_label("endpointslice.kubernetes.io/skip-mirror", "true");
        let listed = |subset: &Subset| subset.addresses.len() + subset.not_ready_addresses.len();
        let addresses = self.subsets.iter().map(listed).sum();
        // Subsets of the controller repeat the slices, and each change would send all of them.
        let subsets = if managed { Vec::new() } else { self.subsets.into_iter().map(subset).collect() };
        Object::Row(Row::Endpoints(EndpointsFact {
            namespace: key.namespace,
            name: key.name,
            managed,
            skip_mirror,
            addresses,
            subsets,
        }))
    }
}

fn subset(subset: Subset) -> EndpointsSubset {
    let ips = |addresses: Vec<Address>| addresses.into_iter().filter_map(|address| address.ip).collect();
    let ports = subset.ports.into_iter();
    EndpointsSubset {
        addresses: ips(subset.addresses),
        not_ready: ips(subset.not_ready_addresses),
        ports: ports
            .filter_map(|port| {
                Some((port.name.unwrap_or_default(), protocol(port.protocol.as_deref())?, EndpointPort(port.port?)))
            })
            .collect(),
    }
}
