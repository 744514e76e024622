use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use kube::{Api, Client, Resource};
use serde::Deserialize;
use topology::address::{NodeIp, PodIp};
use topology::facts::{ContainerFact, ContainerPortFact, DnsPolicy, PodFact};
use topology::index::Object;
use topology::key::{Kind, ObjectKey};
use topology::port::{ContainerPort, HostPort};
use topology::row::Row;

use super::{Condition, Watched, loose, metadata, protocol};

/// The fields of a Pod that [`PodFact`] keeps.
#[derive(Clone, Debug, Deserialize, Resource)]
#[resource(inherit = k8s_openapi::api::core::v1::Pod)]
pub(in crate::watch) struct PodPart {
    #[serde(default, deserialize_with = "metadata")]
    metadata: ObjectMeta,
    #[serde(default, deserialize_with = "loose::object")]
    spec: PodSpec,
    #[serde(default, deserialize_with = "loose::object")]
    status: PodStatus,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct PodSpec {
    #[serde(deserialize_with = "loose::text")]
    node_name: Option<String>,
    #[serde(deserialize_with = "loose::truth")]
    host_network: Option<bool>,
    #[serde(deserialize_with = "loose::text")]
    dns_policy: Option<String>,
    #[serde(deserialize_with = "loose::objects")]
    containers: Vec<Container>,
    #[serde(deserialize_with = "loose::objects")]
    init_containers: Vec<Container>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Container {
    #[serde(deserialize_with = "loose::text")]
    name: Option<String>,
    #[serde(deserialize_with = "loose::text")]
    restart_policy: Option<String>,
    #[serde(deserialize_with = "loose::objects")]
    ports: Vec<Port>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Port {
    #[serde(deserialize_with = "loose::text")]
    name: Option<String>,
    #[serde(deserialize_with = "loose::port")]
    container_port: Option<u16>,
    #[serde(deserialize_with = "loose::text")]
    protocol: Option<String>,
    #[serde(deserialize_with = "loose::port")]
    host_port: Option<u16>,
    #[serde(rename = "hostIP", deserialize_with = "loose::text")]
    host_ip: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct PodStatus {
    #[serde(deserialize_with = "loose::text")]
    phase: Option<String>,
    #[serde(rename = "podIP", deserialize_with = "loose::text")]
    pod_ip: Option<String>,
    #[serde(rename = "podIPs", deserialize_with = "loose::objects")]
    pod_ips: Vec<Ip>,
    #[serde(deserialize_with = "loose::objects")]
    conditions: Vec<Condition>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Ip {
    #[serde(deserialize_with = "loose::text")]
    ip: Option<String>,
}

impl Watched for PodPart {
    const KIND: Kind = Kind::Pod;

    fn api(client: Client, namespace: &str) -> Api<Self> {
        if namespace.is_empty() { Api::all(client) } else { Api::namespaced(client, namespace) }
    }

    fn object(mut self, key: ObjectKey) -> Object {
        let labels = self.take_labels();
        let Self { metadata, spec, status } = self;
        let mut ips: Vec<PodIp> = status.pod_ips.iter().filter_map(|ip| PodIp::parse(ip.ip.as_deref()?)).collect();
        if ips.is_empty() {
            ips.extend(status.pod_ip.as_deref().and_then(PodIp::parse));
        }
        let condition = Condition::ready(&status.conditions).cloned();
        let ready = condition.as_ref().is_some_and(Condition::is_true);
        // A sidecar is an init container that keeps running; the other init containers serve nothing.
        let sidecars = spec.init_containers.into_iter().filter(|c| c.restart_policy.as_deref() == Some("Always"));
        Object::Row(Row::Pod(PodFact {
            namespace: key.namespace,
            name: key.name,
            node: spec.node_name.filter(|name| !name.is_empty()),
            ips,
            phase: status.phase.unwrap_or_default(),
            ready,
            not_ready_because: condition.filter(|_| !ready).and_then(Condition::because),
            terminating: metadata.deletion_timestamp.is_some(),
            host_network: spec.host_network.unwrap_or_default(),
            dns_policy: match spec.dns_policy.as_deref() {
                Some("ClusterFirstWithHostNet") => DnsPolicy::ClusterFirstWithHostNet,
                Some("Default") => DnsPolicy::Default,
                Some("None") => DnsPolicy::None,
                _ => DnsPolicy::ClusterFirst,
            },
            labels,
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

/// A declaration without a usable number or protocol declares nothing.
fn port(port: Port) -> Option<ContainerPortFact> {
    Some(ContainerPortFact {
        container_port: ContainerPort(port.container_port.filter(|number| *number != 0)?),
        protocol: protocol(port.protocol.as_deref())?,
        name: port.name.unwrap_or_default(),
        host_port: port.host_port.filter(|number| *number != 0).map(HostPort),
        host_ip: port.host_ip.as_deref().and_then(NodeIp::parse),
    })
}
