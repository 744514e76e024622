use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use kube::{Api, Client, Resource};
use serde::Deserialize;
use topology::address::{ClusterIp, ExternalIp, LoadBalancerIp};
use topology::facts::{
    EndpointsFact, EndpointsSubset, Labels, LoadBalancerIngress, ServiceFact, ServicePortFact, ServiceType,
    TrafficPolicy,
};
use topology::index::Object;
use topology::key::{Kind, ObjectKey};
use topology::port::{EndpointPort, NodePort, ServicePort, TargetPort};
use topology::row::Row;

use super::super::loose::Scalar;
use super::{Watched, loose, metadata, protocol};

/// The fields of a Service that [`ServiceFact`] keeps.
#[derive(Clone, Debug, Deserialize, Resource)]
#[resource(inherit = k8s_openapi::api::core::v1::Service)]
pub(in crate::watch) struct ServicePart {
    #[serde(default, deserialize_with = "metadata")]
    metadata: ObjectMeta,
    #[serde(default, deserialize_with = "loose::object")]
    spec: ServiceSpec,
    #[serde(default, deserialize_with = "loose::object")]
    status: ServiceStatus,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct ServiceSpec {
    #[serde(rename = "type", deserialize_with = "loose::text")]
    service_type: Option<String>,
    #[serde(rename = "clusterIP", deserialize_with = "loose::text")]
    cluster_ip: Option<String>,
    #[serde(rename = "clusterIPs", deserialize_with = "loose::texts")]
    cluster_ips: Vec<String>,
    #[serde(rename = "externalIPs", deserialize_with = "loose::texts")]
    external_ips: Vec<String>,
    #[serde(deserialize_with = "loose::texts")]
    load_balancer_source_ranges: Vec<String>,
    #[serde(deserialize_with = "loose::text")]
    external_name: Option<String>,
    #[serde(deserialize_with = "loose::text")]
    internal_traffic_policy: Option<String>,
    #[serde(deserialize_with = "loose::text")]
    external_traffic_policy: Option<String>,
    #[serde(deserialize_with = "loose::text")]
    session_affinity: Option<String>,
    #[serde(deserialize_with = "loose::truth")]
    publish_not_ready_addresses: Option<bool>,
    #[serde(deserialize_with = "loose::labels")]
    selector: Labels,
    #[serde(deserialize_with = "loose::objects")]
    ports: Vec<Port>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Port {
    #[serde(default, deserialize_with = "loose::text")]
    name: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    protocol: Option<String>,
    #[serde(default, deserialize_with = "loose::port")]
    port: Option<u16>,
    #[serde(default, deserialize_with = "loose::port_or_name")]
    target_port: Option<Scalar>,
    #[serde(default, deserialize_with = "loose::port")]
    node_port: Option<u16>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct ServiceStatus {
    #[serde(deserialize_with = "loose::object")]
    load_balancer: LoadBalancer,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct LoadBalancer {
    #[serde(deserialize_with = "loose::objects")]
    ingress: Vec<Ingress>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Ingress {
    #[serde(deserialize_with = "loose::text")]
    ip: Option<String>,
    #[serde(deserialize_with = "loose::text")]
    hostname: Option<String>,
    #[serde(deserialize_with = "loose::text")]
    ip_mode: Option<String>,
}

impl Watched for ServicePart {
    const KIND: Kind = Kind::Service;

    fn api(client: Client, namespace: &str) -> Api<Self> {
        if namespace.is_empty() { Api::all(client) } else { Api::namespaced(client, namespace) }
    }

    /// Reference §1.1 (filters) and §1.2 (addresses, policies).
    fn object(self, key: ObjectKey) -> Object {
        let other_proxy = self.label("service.kubernetes.io/service-proxy-name").is_some();
        let Self { spec, status, .. } = self;
        let mut cluster_ips: Vec<ClusterIp> = spec.cluster_ips.iter().filter_map(|ip| ClusterIp::parse(ip)).collect();
        if cluster_ips.is_empty() {
            cluster_ips.extend(spec.cluster_ip.as_deref().and_then(ClusterIp::parse));
        }
        Object::Row(Row::Service(ServiceFact {
            namespace: key.namespace,
            name: key.name,
            service_type: match spec.service_type.as_deref() {
                Some("NodePort") => ServiceType::NodePort,
                Some("LoadBalancer") => ServiceType::LoadBalancer,
                Some("ExternalName") => ServiceType::ExternalName,
                _ => ServiceType::ClusterIP,
            },
            headless: spec.cluster_ip.as_deref() == Some("None"),
            cluster_ips,
            external_ips: spec.external_ips.iter().filter_map(|ip| ExternalIp::parse(ip)).collect(),
            load_balancer: status.load_balancer.ingress.into_iter().map(ingress).collect(),
            source_ranges: spec.load_balancer_source_ranges,
            external_name: spec.external_name.filter(|name| !name.is_empty()),
            internal_traffic_policy: policy(spec.internal_traffic_policy.as_deref()),
            external_traffic_policy: policy(spec.external_traffic_policy.as_deref()),
            client_ip_affinity: spec.session_affinity.as_deref() == Some("ClientIP"),
            publish_not_ready: spec.publish_not_ready_addresses.unwrap_or_default(),
            selector: spec.selector,
            other_proxy,
            ports: spec.ports.into_iter().filter_map(port).collect(),
        }))
    }
}

fn ingress(ingress: Ingress) -> LoadBalancerIngress {
    LoadBalancerIngress {
        ip: ingress.ip.as_deref().and_then(LoadBalancerIp::parse),
        hostname: ingress.hostname.filter(|name| !name.is_empty()),
        proxy_mode: ingress.ip_mode.as_deref() == Some("Proxy"),
    }
}

fn policy(text: Option<&str>) -> TrafficPolicy {
    if text == Some("Local") { TrafficPolicy::Local } else { TrafficPolicy::Cluster }
}

/// A port without a usable number or protocol serves nothing.
fn port(port: Port) -> Option<ServicePortFact> {
    let number = port.port.filter(|number| *number != 0)?;
    Some(ServicePortFact {
        protocol: protocol(port.protocol.as_deref())?,
        name: port.name.unwrap_or_default(),
        port: ServicePort(number),
        target_port: match port.target_port {
            // The API's default is the port itself; 0 and the empty name are the same as unset.
            Some(Scalar::Int(number)) if number != 0 => TargetPort::Number(i32::try_from(number).unwrap_or_default()),
            Some(Scalar::Text(name)) if !name.is_empty() => TargetPort::Name(name),
            _ => TargetPort::Number(number.into()),
        },
        node_port: port.node_port.filter(|number| *number != 0).map(NodePort),
    })
}

/// The fields of a core/v1 Endpoints object that [`EndpointsFact`] keeps.
#[derive(Clone, Debug, Deserialize, Resource)]
#[resource(inherit = k8s_openapi::api::core::v1::Endpoints)]
pub(in crate::watch) struct EndpointsPart {
    #[serde(default, deserialize_with = "metadata")]
    metadata: ObjectMeta,
    #[serde(default, deserialize_with = "loose::objects")]
    subsets: Vec<Subset>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Subset {
    #[serde(deserialize_with = "loose::objects")]
    addresses: Vec<Ingress>,
    #[serde(deserialize_with = "loose::objects")]
    not_ready_addresses: Vec<Ingress>,
    #[serde(deserialize_with = "loose::objects")]
    ports: Vec<Port>,
}

impl Watched for EndpointsPart {
    const KIND: Kind = Kind::Endpoints;

    fn api(client: Client, namespace: &str) -> Api<Self> {
        if namespace.is_empty() { Api::all(client) } else { Api::namespaced(client, namespace) }
    }

    /// Reference §3.2 (who writes which) and §3.3 (labels).
    fn object(self, key: ObjectKey) -> Object {
        let managed = self.labelled("endpoints.kubernetes.io/managed-by", "endpoint-controller");
        let skip_mirror = self.labelled("endpointslice.kubernetes.io/skip-mirror", "true");
        let listed = |subset: &Subset| subset.addresses.len() + subset.not_ready_addresses.len();
        let addresses = self.subsets.iter().map(listed).sum();
        // What the controller writes repeats the slices: with each change it would travel as a whole.
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
    let ips = |addresses: Vec<Ingress>| addresses.into_iter().filter_map(|address| address.ip).collect();
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
