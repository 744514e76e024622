use serde::{Deserialize, Serialize};

use super::{Labels, is_default};
use crate::cluster::address::{NodeIp, PodIp};
use crate::cluster::key::ObjectKey;
use crate::cluster::port::{ContainerPort, HostPort, Protocol};

/// A Pod. Its env, volumes and managed fields are never kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PodFact {
    /// The Pod's namespace.
    pub namespace: String,
    /// The Pod's name.
    pub name: String,
    /// `spec.nodeName`, once scheduled.
    #[serde(skip_serializing_if = "is_default")]
    pub node: Option<String>,
    /// `status.podIPs`, or `status.podIP`.
    #[serde(rename = "podIPs", skip_serializing_if = "is_default")]
    pub ips: Vec<PodIp>,
    /// `status.phase`.
    #[serde(skip_serializing_if = "is_default")]
    pub phase: String,
    /// Whether the condition Ready is True.
    #[serde(skip_serializing_if = "is_default")]
    pub ready: bool,
    /// Why it is not ready, in Kubernetes' words: why it has ended (`Evicted`), was not scheduled (`Unschedulable`) or a container waits
    /// (`CrashLoopBackOff`), or else the reason and message of the condition Ready.
    #[serde(skip_serializing_if = "is_default")]
    pub not_ready_because: Option<String>,
    /// Whether `metadata.deletionTimestamp` is set.
    #[serde(skip_serializing_if = "is_default")]
    pub terminating: bool,
    /// `spec.hostNetwork`: the Pod's IP is its Node's.
    #[serde(skip_serializing_if = "is_default")]
    pub host_network: bool,
    /// `spec.dnsPolicy`.
    #[serde(skip_serializing_if = "is_default")]
    pub dns_policy: DnsPolicy,
    /// `metadata.labels`.
    #[serde(skip_serializing_if = "is_default")]
    pub labels: Labels,
    /// `spec.containers`, and init containers that keep running (sidecars), in their order.
    #[serde(skip_serializing_if = "is_default")]
    pub containers: Vec<ContainerFact>,
    /// What only few Pods have. It is boxed because there are many Pods.
    #[serde(skip_serializing_if = "is_default")]
    pub rare: Option<Box<RarePodFact>>,
}

/// Fields of a Pod that few Pods have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RarePodFact {
    /// `spec.hostname`.
    #[serde(skip_serializing_if = "is_default")]
    pub hostname: Option<String>,
    /// `spec.subdomain`: the headless Service under whose name the Pod has a name.
    #[serde(skip_serializing_if = "is_default")]
    pub subdomain: Option<String>,
    /// Init containers that end before the others start, if they declare ports. A targetPort never means such a port (reference §3.2).
    #[serde(skip_serializing_if = "is_default")]
    pub init_containers: Vec<ContainerFact>,
    /// Of a kube-proxy Pod in `kube-system`: those of its arguments that a path depends on, as `--NAME=VALUE`.
    #[serde(skip_serializing_if = "is_default")]
    pub proxy_arguments: Vec<String>,
}

impl PodFact {
    /// Of a kube-proxy Pod in `kube-system`: those of its arguments that a path depends on.
    pub fn proxy_arguments(&self) -> &[String] {
        self.rare.as_ref().map_or(&[], |rare| &rare.proxy_arguments)
    }

    /// The Pod's key.
    pub fn key(&self) -> ObjectKey {
        ObjectKey::new(&self.namespace, &self.name)
    }

    /// Whether the Pod has ended permanently. Another Pod can already have its IP.
    pub fn ended(&self) -> bool {
        matches!(self.phase.as_str(), "Succeeded" | "Failed")
    }

    /// The name of the Pod in DNS under the name of its headless Service: `spec.hostname`, or else its own name. `None` without a subdomain.
    pub fn subdomain(&self) -> Option<(&str, &str)> {
        let rare = self.rare.as_ref()?;
        Some((rare.hostname.as_deref().unwrap_or(&self.name), rare.subdomain.as_deref()?))
    }

    /// Whether it has all labels of a selector.
    pub fn matches(&self, selector: &Labels) -> bool {
        selector.iter().all(|(name, value)| self.labels.get(name) == Some(value))
    }

    /// The containers that declare this port, with the declaration.
    pub fn declared(
        &self,
        port: u16,
        protocol: Protocol,
    ) -> impl Iterator<Item = (&ContainerFact, &ContainerPortFact)> {
        self.containers
            .iter()
            .flat_map(|container| container.ports.iter().map(move |declared| (container, declared)))
            .filter(move |(_, declared)| declared.container_port.0 == port && declared.protocol == protocol)
    }
}

/// `spec.dnsPolicy`: the resolver of a Pod.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub enum DnsPolicy {
    /// The cluster's DNS. A hostNetwork Pod uses its Node's resolver.
    #[default]
    ClusterFirst,
    /// The cluster's DNS.
    ClusterFirstWithHostNet,
    /// The Node's resolver.
    Default,
    /// The servers in `spec.dnsConfig`.
    None,
}

/// A container of a Pod, with the ports that it declares.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ContainerFact {
    /// The container's name.
    pub name: String,
    /// `ports`.
    #[serde(skip_serializing_if = "is_default")]
    pub ports: Vec<ContainerPortFact>,
}

/// A port that a container declares.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ContainerPortFact {
    /// The port's name, empty if it has none.
    #[serde(default, skip_serializing_if = "is_default")]
    pub name: String,
    /// `containerPort`.
    pub container_port: ContainerPort,
    /// `protocol`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub protocol: Protocol,
    /// `hostPort`, if set.
    #[serde(default, skip_serializing_if = "is_default")]
    pub host_port: Option<HostPort>,
    /// `hostIP`: the only address on which the hostPort is open. Unset means all addresses of the Node, unspecified all of its family.
    #[serde(default, rename = "hostIP", skip_serializing_if = "is_default")]
    pub host_ip: Option<NodeIp>,
}
