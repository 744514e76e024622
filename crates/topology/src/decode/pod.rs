use serde::Deserialize;

use super::condition::{Condition, condition, reason_and_message};
use super::decoder::Decoder;
use super::lenient;
use super::metadata::Metadata;
use super::values::protocol;
use crate::cluster::address::{NodeIp, PodIp};
use crate::cluster::facts::{ContainerFact, ContainerPortFact, DnsPolicy, PodFact, RarePodFact};
use crate::cluster::index::Object;
use crate::cluster::key::ObjectKey;
use crate::cluster::kinds::Kind;
use crate::cluster::port::{ContainerPort, HostPort};
use crate::cluster::row::Row;
use crate::cluster::settings::{KUBE_PROXY_NAMESPACE, is_kept};

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
    #[serde(deserialize_with = "lenient::string")]
    hostname: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    subdomain: Option<String>,
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
    #[serde(deserialize_with = "lenient::strings")]
    command: Vec<String>,
    #[serde(deserialize_with = "lenient::strings")]
    args: Vec<String>,
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
#[serde(rename_all = "camelCase", default)]
struct PodStatus {
    #[serde(deserialize_with = "lenient::string")]
    phase: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    reason: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    message: Option<String>,
    #[serde(deserialize_with = "lenient::objects")]
    init_container_statuses: Vec<ContainerStatus>,
    #[serde(deserialize_with = "lenient::objects")]
    container_statuses: Vec<ContainerStatus>,
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

#[derive(Default, Deserialize)]
#[serde(default)]
struct ContainerStatus {
    #[serde(deserialize_with = "lenient::object_or_default")]
    state: ContainerState,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ContainerState {
    #[serde(deserialize_with = "lenient::optional_object")]
    waiting: Option<Waiting>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Waiting {
    #[serde(deserialize_with = "lenient::string")]
    reason: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    message: Option<String>,
}

impl Decoder for PartialPod {
    const KIND: Kind = Kind::Pod;

    fn metadata(&mut self) -> &mut Metadata {
        &mut self.metadata
    }

    fn facts(self, key: ObjectKey) -> Object {
        let Self { metadata, spec, mut status } = self;
        let mut ips: Vec<PodIp> = status.pod_ips.iter().filter_map(|ip| PodIp::parse(ip.ip.as_deref()?)).collect();
        if ips.is_empty() {
            ips.extend(status.pod_ip.as_deref().and_then(PodIp::parse));
        }
        let ready = condition(&status.conditions, "Ready").is_some_and(Condition::is_true);
        let not_ready_because = if ready { None } else { status.not_ready_because() };
        // A sidecar is an init container that keeps running. Other init containers serve no traffic.
        let proxy_arguments = match key.namespace.as_str() {
            KUBE_PROXY_NAMESPACE if is_kube_proxy(&metadata) => proxy_arguments(&spec.containers),
            _ => Vec::new(),
        };
        let (sidecars, others): (Vec<Container>, Vec<Container>) =
            spec.init_containers.into_iter().partition(|c| c.restart_policy.as_deref() == Some("Always"));
        let rare = RarePodFact {
            hostname: spec.hostname.filter(|name| !name.is_empty()),
            subdomain: spec.subdomain.filter(|name| !name.is_empty()),
            init_containers: others.into_iter().map(container).filter(|own| !own.ports.is_empty()).collect(),
            proxy_arguments,
        };
        Object::Row(Row::Pod(PodFact {
            namespace: key.namespace,
            name: key.name,
            node: spec.node_name.filter(|name| !name.is_empty()),
            ips,
            phase: status.phase.unwrap_or_default(),
            ready,
            not_ready_because,
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
            rare: (rare != RarePodFact::default()).then(|| Box::new(rare)),
        }))
    }
}

impl PodStatus {
    /// Why the Pod is not ready: the most telling of the reasons that Kubernetes writes.
    fn not_ready_because(&mut self) -> Option<String> {
        let ended = reason_and_message(self.reason.take(), self.message.take());
        let unscheduled = || {
            let scheduled = condition(&self.conditions, "PodScheduled")?;
            if scheduled.is_true() { None } else { scheduled.reason_and_message() }
        };
        let statuses = self.init_container_statuses.iter_mut().chain(&mut self.container_statuses);
        let mut waiting = statuses.filter_map(|status| status.state.waiting.take()).filter(Waiting::is_stuck);
        let waiting = || waiting.next().and_then(|own| reason_and_message(own.reason, own.message));
        let not_ready = || condition(&self.conditions, "Ready")?.reason_and_message();
        ended.or_else(unscheduled).or_else(waiting).or_else(not_ready)
    }
}

impl Waiting {
    /// Whether a container waits for more than its start.
    fn is_stuck(&self) -> bool {
        !matches!(self.reason.as_deref(), None | Some("ContainerCreating" | "PodInitializing"))
    }
}

/// Whether a Pod of `kube-system` is kube-proxy: of kubeadm's and a cloud's DaemonSet, or a static Pod.
fn is_kube_proxy(metadata: &Metadata) -> bool {
    metadata.has_label("k8s-app", "kube-proxy") || metadata.has_label("component", "kube-proxy")
}

/// kube-proxy's arguments that are kept. A shell can start it, so that all of them are one text.
fn proxy_arguments(containers: &[Container]) -> Vec<String> {
    let texts = containers.iter().flat_map(|container| container.command.iter().chain(&container.args));
    texts.flat_map(|text| text.split_whitespace()).filter(|argument| is_kept(argument)).map(str::to_owned).collect()
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
