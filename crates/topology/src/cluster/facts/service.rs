use serde::{Deserialize, Serialize};

use super::{Labels, is_default};
use crate::cluster::address::{ClusterIp, ExternalIp, LoadBalancerIp};
use crate::cluster::key::ObjectKey;
use crate::cluster::port::{NodePort, Protocol, ServicePort, TargetPort};

/// A Service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ServiceFact {
    /// The Service's namespace.
    pub namespace: String,
    /// The Service's name.
    pub name: String,
    /// `spec.type`.
    #[serde(rename = "type")]
    pub service_type: ServiceType,
    /// `spec.clusterIP` is `None`.
    #[serde(skip_serializing_if = "is_default")]
    pub headless: bool,
    /// `spec.clusterIPs`, or `spec.clusterIP`, without unparseable ones and `None`.
    #[serde(rename = "clusterIPs", skip_serializing_if = "is_default")]
    pub cluster_ips: Vec<ClusterIp>,
    /// `spec.externalIPs`, without unparseable ones (reference §1.2).
    #[serde(rename = "externalIPs", skip_serializing_if = "is_default")]
    pub external_ips: Vec<ExternalIp>,
    /// `status.loadBalancer.ingress`.
    #[serde(skip_serializing_if = "is_default")]
    pub load_balancer: Vec<LoadBalancerIngress>,
    /// `spec.loadBalancerSourceRanges`, as written.
    #[serde(skip_serializing_if = "is_default")]
    pub source_ranges: Vec<String>,
    /// `spec.externalName`.
    #[serde(skip_serializing_if = "is_default")]
    pub external_name: Option<Box<str>>,
    /// `spec.internalTrafficPolicy`.
    #[serde(skip_serializing_if = "is_default")]
    pub internal_traffic_policy: TrafficPolicy,
    /// `spec.externalTrafficPolicy`.
    #[serde(skip_serializing_if = "is_default")]
    pub external_traffic_policy: TrafficPolicy,
    /// `spec.sessionAffinity` is `ClientIP`.
    #[serde(skip_serializing_if = "is_default")]
    pub client_ip_affinity: bool,
    /// `spec.publishNotReadyAddresses`.
    #[serde(skip_serializing_if = "is_default")]
    pub publish_not_ready: bool,
    /// `spec.selector`; empty is no selector.
    #[serde(skip_serializing_if = "is_default")]
    pub selector: Labels,
    /// The label `service.kubernetes.io/service-proxy-name` is set: kube-proxy ignores the Service (reference §1.1).
    #[serde(skip_serializing_if = "is_default")]
    pub other_proxy: bool,
    /// The value of that label: the proxy that handles the Service. Empty if the label has no value.
    #[serde(skip_serializing_if = "is_default")]
    pub proxy_name: Box<str>,
    /// `spec.healthCheckNodePort`, if set: kube-proxy itself answers HTTP requests there (reference §2.9).
    #[serde(skip_serializing_if = "is_default")]
    pub health_check_node_port: Option<NodePort>,
    /// `spec.allocateLoadBalancerNodePorts` is false: the ports of the load balancer get no nodePorts by themselves.
    #[serde(skip_serializing_if = "is_default")]
    pub no_node_ports: bool,
    /// `spec.ports`, in their order.
    #[serde(skip_serializing_if = "is_default")]
    pub ports: Vec<ServicePortFact>,
}

impl ServiceFact {
    /// The Service's key.
    pub fn key(&self) -> ObjectKey {
        ObjectKey::new(&self.namespace, &self.name)
    }

    /// Whether kube-proxy makes rules for the Service (reference §1.1).
    pub fn proxied(&self) -> bool {
        !self.other_proxy
            && !self.headless
            && self.service_type != ServiceType::ExternalName
            && !self.cluster_ips.is_empty()
    }

    /// Whether no cluster has run the Service's manifest: an API server would have allocated a Cluster IP.
    pub fn is_unapplied(&self) -> bool {
        !self.headless && self.service_type != ServiceType::ExternalName && self.cluster_ips.is_empty()
    }

    /// Whether kube-proxy makes rules for the Service in this address family: it has a Cluster IP of that family (reference §1.1).
    pub fn proxied_in(&self, ipv4: bool) -> bool {
        self.proxied() && self.cluster_ips.iter().any(|ip| ip.0.is_ipv4() == ipv4)
    }

    /// The port on which kube-proxy answers health checks of a load balancer: only of type LoadBalancer with policy Local (reference §1.2).
    pub fn health_check_port(&self) -> Option<NodePort> {
        let checks = self.proxied()
            && self.service_type == ServiceType::LoadBalancer
            && self.external_traffic_policy == TrafficPolicy::Local;
        self.health_check_node_port.filter(|_| checks)
    }

    /// Its load balancer IPs with ipMode VIP, in their order. kube-proxy handles these; the load balancer handles those with ipMode Proxy
    /// (reference §1.2).
    pub fn load_balancer_vips(&self) -> impl Iterator<Item = LoadBalancerIp> {
        self.load_balancer.iter().filter(|ingress| !ingress.proxy_mode).filter_map(|ingress| ingress.ip)
    }

    /// Its load balancer IPs of an address family that kube-proxy handles.
    pub fn load_balancer_ips(&self, ipv4: bool) -> impl Iterator<Item = LoadBalancerIp> {
        self.load_balancer_vips().filter(move |ip| ip.0.is_ipv4() == ipv4)
    }

    /// The target name of an ExternalName Service. Only a dump can have one without a name, because the API server rejects it.
    pub fn external_target(&self) -> Option<&str> {
        let name = self.external_name.as_deref().filter(|name| !name.is_empty());
        name.filter(|_| self.service_type == ServiceType::ExternalName)
    }

    /// Its DNS name for Pods of any namespace, without the cluster's domain.
    pub fn dns_name(&self) -> String {
        format!("{}.{}.svc", self.name, self.namespace)
    }
}

/// `spec.type` of a Service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub enum ServiceType {
    /// Reachable inside the cluster, on its Cluster IP.
    #[default]
    ClusterIP,
    /// Also on a port of every Node.
    NodePort,
    /// Also on addresses of a load balancer.
    LoadBalancer,
    /// A DNS alias. kube-proxy translates nothing.
    ExternalName,
}

impl ServiceType {
    /// The text in a manifest.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ClusterIP => "ClusterIP",
            Self::NodePort => "NodePort",
            Self::LoadBalancer => "LoadBalancer",
            Self::ExternalName => "ExternalName",
        }
    }
}

/// `internalTrafficPolicy` or `externalTrafficPolicy`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub enum TrafficPolicy {
    /// Endpoints of the whole cluster.
    #[default]
    Cluster,
    /// Endpoints of the evaluation node only.
    Local,
}

impl TrafficPolicy {
    /// The text in a manifest.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cluster => "Cluster",
            Self::Local => "Local",
        }
    }
}

/// One port of a Service.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ServicePortFact {
    /// The port's name; empty if it has none. Slices are joined by this name and the protocol.
    #[serde(default, skip_serializing_if = "is_default")]
    pub name: String,
    /// `protocol`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub protocol: Protocol,
    /// `port`.
    pub port: ServicePort,
    /// `targetPort`.
    pub target_port: TargetPort,
    /// `nodePort`, if one is allocated.
    #[serde(default, skip_serializing_if = "is_default")]
    pub node_port: Option<NodePort>,
}

impl ServicePortFact {
    /// Whether a slice port with this name and protocol belongs to this Service port (reference §1.3).
    pub fn is_joined_by(&self, name: Option<&str>, protocol: Protocol) -> bool {
        name == Some(self.name.as_str()) && protocol == self.protocol
    }
}

/// One line of `status.loadBalancer.ingress`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct LoadBalancerIngress {
    /// `ip`, if it parses.
    #[serde(skip_serializing_if = "is_default")]
    pub ip: Option<LoadBalancerIp>,
    /// `hostname`.
    #[serde(skip_serializing_if = "is_default")]
    pub hostname: Option<String>,
    /// `ipMode` is `Proxy`: the load balancer, not kube-proxy, handles the address (reference §1.2).
    #[serde(skip_serializing_if = "is_default")]
    pub proxy_mode: bool,
}
