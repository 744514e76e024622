use serde::Deserialize;

use super::decoder::Decoder;
use super::lenient::{self, IntOrString};
use super::metadata::Metadata;
use super::values::protocol;
use crate::cluster::address::{ClusterIp, ExternalIp, LoadBalancerIp};
use crate::cluster::facts::{Labels, LoadBalancerIngress, ServiceFact, ServicePortFact, ServiceType, TrafficPolicy};
use crate::cluster::index::Object;
use crate::cluster::key::ObjectKey;
use crate::cluster::kinds::Kind;
use crate::cluster::port::{NodePort, ServicePort, TargetPort};
use crate::cluster::row::Row;

/// The fields of a Service that [`ServiceFact`] keeps.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct PartialService {
    #[serde(deserialize_with = "lenient::object_or_default")]
    metadata: Metadata,
    #[serde(deserialize_with = "lenient::object_or_default")]
    spec: ServiceSpec,
    #[serde(deserialize_with = "lenient::object_or_default")]
    status: ServiceStatus,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct ServiceSpec {
    #[serde(rename = "type", deserialize_with = "lenient::string")]
    service_type: Option<String>,
    #[serde(rename = "clusterIP", deserialize_with = "lenient::string")]
    cluster_ip: Option<String>,
    #[serde(rename = "clusterIPs", deserialize_with = "lenient::strings")]
    cluster_ips: Vec<String>,
    #[serde(rename = "externalIPs", deserialize_with = "lenient::strings")]
    external_ips: Vec<String>,
    #[serde(deserialize_with = "lenient::strings")]
    load_balancer_source_ranges: Vec<String>,
    #[serde(deserialize_with = "lenient::string")]
    external_name: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    internal_traffic_policy: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    external_traffic_policy: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    session_affinity: Option<String>,
    #[serde(deserialize_with = "lenient::boolean")]
    publish_not_ready_addresses: Option<bool>,
    #[serde(deserialize_with = "lenient::port_number")]
    health_check_node_port: Option<u16>,
    #[serde(deserialize_with = "lenient::boolean")]
    allocate_load_balancer_node_ports: Option<bool>,
    #[serde(deserialize_with = "lenient::string_map")]
    selector: Labels,
    #[serde(deserialize_with = "lenient::objects")]
    ports: Vec<Port>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Port {
    #[serde(deserialize_with = "lenient::string")]
    name: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    protocol: Option<String>,
    #[serde(deserialize_with = "lenient::port_number")]
    port: Option<u16>,
    #[serde(deserialize_with = "lenient::int_or_string")]
    target_port: Option<IntOrString>,
    #[serde(deserialize_with = "lenient::port_number")]
    node_port: Option<u16>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct ServiceStatus {
    #[serde(deserialize_with = "lenient::object_or_default")]
    load_balancer: LoadBalancer,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct LoadBalancer {
    #[serde(deserialize_with = "lenient::objects")]
    ingress: Vec<Ingress>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Ingress {
    #[serde(deserialize_with = "lenient::string")]
    ip: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    hostname: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    ip_mode: Option<String>,
}

impl Decoder for PartialService {
    const KIND: Kind = Kind::Service;

    fn metadata(&mut self) -> &mut Metadata {
        &mut self.metadata
    }

    /// Reference §1.1 (filters) and §1.2 (addresses, policies).
    fn facts(self, key: ObjectKey) -> Object {
        let proxy_name = self.metadata.label("service.kubernetes.io/service-proxy-name").map(str::to_owned);
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
            external_name: spec.external_name.filter(|name| !name.is_empty()).map(Into::into),
            internal_traffic_policy: policy(spec.internal_traffic_policy.as_deref()),
            external_traffic_policy: policy(spec.external_traffic_policy.as_deref()),
            client_ip_affinity: spec.session_affinity.as_deref() == Some("ClientIP"),
            publish_not_ready: spec.publish_not_ready_addresses.unwrap_or_default(),
            selector: spec.selector,
            other_proxy: proxy_name.is_some(),
            proxy_name: proxy_name.unwrap_or_default().into(),
            health_check_node_port: spec.health_check_node_port.filter(|number| *number != 0).map(NodePort),
            no_node_ports: spec.allocate_load_balancer_node_ports == Some(false),
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

/// A Service port; `None` if its number or protocol is not usable.
fn port(port: Port) -> Option<ServicePortFact> {
    let number = port.port.filter(|number| *number != 0)?;
    Some(ServicePortFact {
        protocol: protocol(port.protocol.as_deref())?,
        name: port.name.unwrap_or_default(),
        port: ServicePort(number),
        target_port: match port.target_port {
            // An unset targetPort defaults to the port. 0 and the empty name count as unset.
            Some(IntOrString::Int(number)) if number != 0 => TargetPort::Number(number),
            Some(IntOrString::String(name)) if !name.is_empty() => TargetPort::Name(name),
            _ => TargetPort::Number(number.into()),
        },
        node_port: port.node_port.filter(|number| *number != 0).map(NodePort),
    })
}
