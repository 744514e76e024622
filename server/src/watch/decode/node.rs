use ipnet::IpNet;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use kube::{Api, Client, Resource};
use serde::Deserialize;
use topology::address::NodeIp;
use topology::facts::{NamespaceFact, NodeFact, ServiceCidrFact};
use topology::index::Object;
use topology::key::{Kind, ObjectKey};
use topology::row::Row;

use super::{Condition, Watched, loose, metadata};

/// The fields of a Node that [`NodeFact`] keeps.
#[derive(Clone, Debug, Deserialize, Resource)]
#[resource(inherit = k8s_openapi::api::core::v1::Node)]
pub(in crate::watch) struct NodePart {
    #[serde(default, deserialize_with = "metadata")]
    metadata: ObjectMeta,
    #[serde(default, deserialize_with = "loose::object")]
    spec: NodeSpec,
    #[serde(default, deserialize_with = "loose::object")]
    status: NodeStatus,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct NodeSpec {
    #[serde(rename = "podCIDR", deserialize_with = "loose::text")]
    pod_cidr: Option<String>,
    #[serde(rename = "podCIDRs", deserialize_with = "loose::texts")]
    pod_cidrs: Vec<String>,
    #[serde(deserialize_with = "loose::truth")]
    unschedulable: Option<bool>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct NodeStatus {
    #[serde(deserialize_with = "loose::objects")]
    addresses: Vec<NodeAddress>,
    #[serde(deserialize_with = "loose::objects")]
    conditions: Vec<Condition>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct NodeAddress {
    #[serde(rename = "type", deserialize_with = "loose::text")]
    address_type: Option<String>,
    #[serde(deserialize_with = "loose::text")]
    address: Option<String>,
}

impl Watched for NodePart {
    const KIND: Kind = Kind::Node;

    fn api(client: Client, _: &str) -> Api<Self> {
        Api::all(client)
    }

    fn object(mut self, key: ObjectKey) -> Object {
        let of_type = |wanted: &str| {
            self.status
                .addresses
                .iter()
                .filter(|address| address.address_type.as_deref() == Some(wanted))
                .filter_map(|address| NodeIp::parse(address.address.as_deref()?))
                .collect()
        };
        let (internal_ips, external_ips) = (of_type("InternalIP"), of_type("ExternalIP"));
        let ready = Condition::ready(&self.status.conditions).is_some_and(Condition::is_true);
        let labels = self.take_labels();
        let cidrs =
            if self.spec.pod_cidrs.is_empty() { Vec::from_iter(self.spec.pod_cidr) } else { self.spec.pod_cidrs };
        Object::Row(Row::Node(NodeFact {
            name: key.name,
            internal_ips,
            external_ips,
            pod_cidrs: parse_cidrs(&cidrs),
            ready,
            unschedulable: self.spec.unschedulable.unwrap_or_default(),
            labels,
        }))
    }
}

/// The fields of a Namespace that [`NamespaceFact`] keeps.
#[derive(Clone, Debug, Deserialize, Resource)]
#[resource(inherit = k8s_openapi::api::core::v1::Namespace)]
pub(in crate::watch) struct NamespacePart {
    #[serde(default, deserialize_with = "metadata")]
    metadata: ObjectMeta,
}

impl Watched for NamespacePart {
    const KIND: Kind = Kind::Namespace;

    fn api(client: Client, _: &str) -> Api<Self> {
        Api::all(client)
    }

    fn object(mut self, key: ObjectKey) -> Object {
        Object::Row(Row::Namespace(NamespaceFact { name: key.name, labels: self.take_labels(), counts: None }))
    }
}

/// The fields of a ServiceCIDR that [`ServiceCidrFact`] keeps.
#[derive(Clone, Debug, Deserialize, Resource)]
#[resource(inherit = k8s_openapi::api::networking::v1::ServiceCIDR)]
pub(in crate::watch) struct ServiceCidrPart {
    #[serde(default, deserialize_with = "metadata")]
    metadata: ObjectMeta,
    #[serde(default, deserialize_with = "loose::object")]
    spec: ServiceCidrSpec,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct ServiceCidrSpec {
    #[serde(deserialize_with = "loose::texts")]
    cidrs: Vec<String>,
}

impl Watched for ServiceCidrPart {
    const KIND: Kind = Kind::ServiceCIDR;

    fn api(client: Client, _: &str) -> Api<Self> {
        Api::all(client)
    }

    fn object(self, key: ObjectKey) -> Object {
        Object::Row(Row::ServiceCIDR(ServiceCidrFact { name: key.name, cidrs: parse_cidrs(&self.spec.cidrs) }))
    }
}

fn parse_cidrs(texts: &[String]) -> Vec<IpNet> {
    texts.iter().filter_map(|text| text.trim().parse().ok()).collect()
}
