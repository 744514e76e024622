use serde::Deserialize;

use super::condition::{Condition, condition};
use super::decoder::Decoder;
use super::lenient;
use super::metadata::Metadata;
use super::values::cidrs;
use crate::cluster::address::NodeIp;
use crate::cluster::facts::{Distribution, NodeFact};
use crate::cluster::index::Object;
use crate::cluster::key::ObjectKey;
use crate::cluster::kinds::Kind;
use crate::cluster::row::Row;

/// The fields of a Node that [`NodeFact`] keeps.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct PartialNode {
    #[serde(deserialize_with = "lenient::object_or_default")]
    metadata: Metadata,
    #[serde(deserialize_with = "lenient::object_or_default")]
    spec: NodeSpec,
    #[serde(deserialize_with = "lenient::object_or_default")]
    status: NodeStatus,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct NodeSpec {
    #[serde(rename = "podCIDR", deserialize_with = "lenient::string")]
    pod_cidr: Option<String>,
    #[serde(rename = "podCIDRs", deserialize_with = "lenient::strings")]
    pod_cidrs: Vec<String>,
    #[serde(deserialize_with = "lenient::boolean")]
    unschedulable: Option<bool>,
    #[serde(rename = "providerID", deserialize_with = "lenient::string")]
    provider_id: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct NodeStatus {
    #[serde(deserialize_with = "lenient::objects")]
    addresses: Vec<NodeAddress>,
    #[serde(deserialize_with = "lenient::objects")]
    conditions: Vec<Condition>,
    #[serde(rename = "nodeInfo", deserialize_with = "lenient::object_or_default")]
    node_info: NodeInfo,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct NodeInfo {
    #[serde(rename = "kubeletVersion", deserialize_with = "lenient::string")]
    kubelet_version: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct NodeAddress {
    #[serde(rename = "type", deserialize_with = "lenient::string")]
    address_type: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    address: Option<String>,
}

impl Decoder for PartialNode {
    const KIND: Kind = Kind::Node;

    fn metadata(&mut self) -> &mut Metadata {
        &mut self.metadata
    }

    fn facts(self, key: ObjectKey) -> Object {
        let of_type = |wanted: &str| {
            self.status
                .addresses
                .iter()
                .filter(|address| address.address_type.as_deref() == Some(wanted))
                .filter_map(|address| NodeIp::parse(address.address.as_deref()?))
                .collect()
        };
        let (internal_ips, external_ips) = (of_type("InternalIP"), of_type("ExternalIP"));
        let ready = condition(&self.status.conditions, "Ready").is_some_and(Condition::is_true);
        let pod_cidrs =
            if self.spec.pod_cidrs.is_empty() { Vec::from_iter(self.spec.pod_cidr) } else { self.spec.pod_cidrs };
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let (provider_id, version) = (text(&self.spec.provider_id), text(&self.status.node_info.kubelet_version));
        let distribution = Distribution::recognise(&provider_id, &version, &self.metadata.labels);
        Object::Row(Row::Node(NodeFact {
            name: key.name,
            internal_ips,
            external_ips,
            pod_cidrs: cidrs(&pod_cidrs),
            ready,
            unschedulable: self.spec.unschedulable.unwrap_or_default(),
            labels: self.metadata.labels,
            distribution,
        }))
    }
}
