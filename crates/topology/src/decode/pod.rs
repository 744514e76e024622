use serde::Deserialize;

use super::condition::{Condition, ready_condition};
use super::decoder::Decoder;
use super::lenient;
use super::metadata::Metadata;
use super::values::protocol;
use crate::cluster::address::{NodeIp, PodIp};
use crate::cluster::facts::{ContainerFact, ContainerPortFact, DnsPolicy, PodFact};
use crate::cluster::index::Object;
use crate::cluster::key::ObjectKey;
use crate::cluster::kinds::Kind;
use crate::cluster::port::{ContainerPort, HostPort};
use crate::cluster::row::Row;

/// The fields of a Pod that [`PodFact`] keeps.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct PartialPod {
    #[serde(deserialize_with = "lenient::object_or_default")]
    metadata: Metadata,
    #[serde(deserialize_with = "lenient::object_or_default")]
    spec: PodSpec,
    #[serde(deserialize_with = "lenient::object_or_default")]
    status: PodStatus,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct PodSpec {
    #[serde(deserialize_with = "lenient::string")]
    node_name: Option<String>,
    #[serde(deserialize_with = "lenient::boolean")]
    host_network: Option<bool>,
    #[serde(deserialize_with = "lenient::string")]
    dns_policy: Option<String>,
    #[serde(deserialize_with = "lenient::objects")]
    containers: Vec<Container>,
    #[serde(deserialize_with = "lenient::objects")]
    init_containers: Vec<Container>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Container {
    #[serde(deserialize_with = "lenient::string")]
    name: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    restart_policy: Option<String>,
    #[serde(deserialize_with = "lenient::objects")]
    ports: Vec<Port>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Port {
    #[serde(deserialize_with = "lenient::string")]
    name: Option<String>,
    #[serde(deserialize_with = "lenient::port_number")]
    container_port: Option<u16>,
    #[serde(deserialize_with = "lenient::string")]
    protocol: Option<String>,
    #[serde(deserialize_with = "lenient::port_number")]
    host_port: Option<u16>,
    #[serde(rename = "hostIP", deserialize_with = "lenient::string")]
    host_ip: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct PodStatus {
    #[serde(deserialize_with = "lenient::string")]
    phase: Option<String>,
    #[serde(rename = "podIP", deserialize_with = "lenient::string")]
    pod_ip: Option<String>,
    #[serde(rename = "podIPs", deserialize_with = "lenient::objects")]
    pod_ips: Vec<Ip>,
    #[serde(deserialize_with = "lenient::objects")]
    conditions: Vec<Condition>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Ip {
    #[serde(deserialize_with = "lenient::string")]
    ip: Option<String>,
}

impl Decoder for PartialPod {
    const KIND: Kind = Kind::Pod;

    fn metadata(&mut self) -> &mut Metadata {
        &mut self.metadata
    }

    fn facts(self, key: ObjectKey) -> Object {
        let Self { metadata, spec, status } = self;
        let mut ips: Vec<PodIp> = status.pod_ips.iter().filter_map(|ip| PodIp::parse(ip.ip.as_deref()?)).collect();
        if ips.is_empty() {
            ips.extend(status.pod_ip.as_deref().and_then(PodIp::parse));
        }
        let condition = ready_condition(status.conditions);
        let ready = condition.as_ref().is_some_and(Condition::is_true);
        // A sidecar is an init container that keeps running. Other init containers serve no traffic.
        let sidecars = spec.init_containers.into_iter().filter(|c| c.restart_policy.as_deref() == Some("Always"));
        Object::Row(Row::Pod(PodFact {
            namespace: key.namespace,
            name: key.name,
            node: spec.node_name.filter(|name| !name.is_empty()),
            ips,
            phase: status.phase.unwrap_or_default(),
            ready,
            not_ready_because: condition.filter(|_| !ready).and_then(Condition::reason_and_message),
            terminating: metadata.is_deleted(),
            host_network: spec.host_network.unwrap_or_default(),
            dns_policy: match spec.dns_policy.as_deref() {
                Some("ClusterFirstWithHostNet") => DnsPolicy::ClusterFirstWithHostNet,
                Some("Default") => DnsPolicy::Default,
                Some("None") => DnsPolicy::None,
                _ => DnsPolicy::ClusterFirst,
            },
            labels: metadata.labels,
            containers: spec.containers.into_iter().chain(sidecars).map(container).collect(),
        }))
    }
}

fn container(container: Container) -> ContainerFact {
    ContainerFact {
        name: container.name.unwrap_or_default(),
        ports: container.ports.into_iter().filter_map(port).collect(),
    }
}

/// A declared port; `None` if its number or protocol is not usable.
fn port(port: Port) -> Option<ContainerPortFact> {
    Some(ContainerPortFact {
        container_port: ContainerPort(port.container_port.filter(|number| *number != 0)?),
        protocol: protocol(port.protocol.as_deref())?,
        name: port.name.unwrap_or_default(),
        host_port: port.host_port.filter(|number| *number != 0).map(HostPort),
        host_ip: port.host_ip.as_deref().and_then(NodeIp::parse),
    })
}
