//! One of each reason and remark, for tests of whatever must handle all of them.

use super::entry::EntryKind;
use super::outcome::Outcome;
use super::reason::{PortOfService, Reason, TrafficPolicyField};
use super::remark::Remark;
use super::wrong_value::WrongValue;
use crate::cluster::key::ObjectKey;
use crate::cluster::port::Protocol;
use crate::cluster::settings::{ProxyMode, Setting, SettingSource};

/// Every reason at least once.
pub fn reasons() -> Vec<Reason> {
    let service = || ObjectKey::new("shop", "web");
    let pod = || ObjectKey::new("shop", "web-0");
    let node = || "node1".to_owned();
    let name = || "api.example.com".to_owned();
    let namespace = || "shop".to_owned();
    let ip = std::net::IpAddr::from([10, 96, 0, 10]);
    let ports =
        vec![PortOfService { port: 80, protocol: Protocol::Tcp }, PortOfService { port: 53, protocol: Protocol::Udp }];
    vec![
        Reason::DeliveredToEndpoints { count: 1 },
        Reason::DeliveredToEndpoints { count: 1200 },
        Reason::KubeProxyListener,
        Reason::HostPort { pod: pod(), node: node() },
        Reason::PodAddress { pod: pod() },
        Reason::PodPortNotDeclared { pod: pod() },
        Reason::HostNetworkPod { pod: pod(), node: node() },
        Reason::PodAnswersPing { pod: pod() },
        Reason::NoReadyEndpoint { service: service() },
        Reason::NodePortRefused { service: service() },
        Reason::NoSuchPortRefused { service: service() },
        Reason::LoopbackNodePortRefused { service: service() },
        Reason::NoLocalEndpoint { policy: TrafficPolicyField::InternalTrafficPolicy },
        Reason::NoLocalEndpoint { policy: TrafficPolicyField::ExternalTrafficPolicy },
        Reason::NodePortDropped { service: service() },
        Reason::SourceNotInRanges { service: service() },
        Reason::UnusedClusterIpDropped,
        Reason::NoPort,
        Reason::IcmpNotHandled,
        Reason::PingOfClusterIp { service: service() },
        Reason::NoSuchPort { service: service(), ports: Vec::new(), port_count: 0 },
        Reason::NoSuchPort { service: service(), ports: ports.clone(), port_count: 2 },
        Reason::NoSuchPort { service: service(), ports, port_count: 5 },
        Reason::UnusedClusterIp,
        Reason::LoopbackOfSource,
        Reason::NothingRefusesOwnTraffic { service: service() },
        Reason::NoListenerKnown { node: node() },
        Reason::EndpointOutsideCluster { service: service() },
        Reason::AddressOfNobody,
        Reason::SeveralClaims,
        Reason::ProxyModeNotEvaluated { mode: ProxyMode::Ipvs },
        Reason::ProxyModeNotEvaluated { mode: ProxyMode::NoKubeProxy },
        Reason::ServicesNotKnown,
        Reason::OtherServicesNotKnown,
        Reason::EndpointSlicesNotKnown { namespace: namespace() },
        Reason::EndpointSlicesNotInFiles { service: service(), addresses: 0 },
        Reason::EndpointSlicesNotInFiles { service: service(), addresses: 3 },
        Reason::EndpointSlicesNotMade { service: service() },
        Reason::ServiceNotApplied { service: service() },
        Reason::NodesNotKnown,
        Reason::PodsNotKnown,
        Reason::HostPortsNotKnown,
        Reason::ServiceCidrsNotKnown,
        Reason::LocalPolicyNodeNotKnown,
        Reason::HintsNodeNotKnown,
        Reason::PodCidrNodeNotKnown,
        Reason::SourceAddressNotKnown { service: service() },
        Reason::HostPortPodWithoutIp { pod: pod() },
        Reason::SourceNodeNotKnown { node: node() },
        Reason::SourcePodNotKnown { pod: pod() },
        Reason::SourcePodEnded { pod: pod(), phase: "Succeeded".to_owned() },
        Reason::SourcePodNotScheduled { pod: pod() },
        Reason::DnsPolicyNone { pod: pod() },
        Reason::NamespaceOfSourceNotKnown { name: "api".to_owned() },
        Reason::NameOutsideDomain { name: name(), domain: "cluster.local".to_owned() },
        Reason::AliasOutsideCluster { name: "api".to_owned(), target: name() },
        Reason::NamespaceNotKnown { namespace: namespace() },
        Reason::ServiceNotKnown { service: service() },
        Reason::EndpointSlicesOfNameNotKnown { namespace: namespace() },
        Reason::ServiceOfAddressNotKnown { ip },
        Reason::EndpointOfAddressNotKnown { ip },
    ]
}

/// Every remark at least once.
pub fn remarks() -> Vec<Remark> {
    let service = || ObjectKey::new("shop", "web");
    let pod = || ObjectKey::new("shop", "web-0");
    let selector = [("app".to_owned(), "web".to_owned()), ("tier".to_owned(), "front".to_owned())].into();
    let refused = |why: WrongValue| Remark::ValueRefused {
        file: "dump.yaml".to_owned(),
        document: 2,
        line: Some(12),
        column: Some(7),
        field: "spec.ports[0].port".to_owned(),
        value: (why != WrongValue::Required).then(|| "70000".to_owned()),
        why,
    };
    let mut remarks = vec![
        Remark::ExternalIpAssumed { node: "node1".to_owned() },
        Remark::SelectorMatchesNoPod { service: service(), selector },
        Remark::EndpointIsServiceAddress { ip: [10, 96, 0, 10].into(), port: 8080, service: service() },
        Remark::NotRouted { address: EntryKind::ClusterIp },
        Remark::NotRouted { address: EntryKind::PodIp },
        Remark::RepliesMissNode { endpoints: 1, of: 1 },
        Remark::RepliesMissNode { endpoints: 3, of: 3 },
        Remark::RepliesMissNode { endpoints: 2, of: 3 },
        Remark::HeadlessPortNotTranslated { service: service(), port: 80, endpoint_port: 8080 },
        Remark::PortNotDeclared { pod: pod(), port: 80, endpoints: 1, of: 1 },
        Remark::PortNotDeclared { pod: pod(), port: 80, endpoints: 2, of: 3 },
        Remark::PodMissing { pod: pod(), endpoints: 1, of: 1 },
        Remark::PodMissing { pod: pod(), endpoints: 2, of: 3 },
        Remark::HairpinNeedsCni { ip: [10, 0, 1, 1].into(), of: 1 },
        Remark::HairpinNeedsCni { ip: [10, 0, 1, 1].into(), of: 3 },
        Remark::PoliciesNotEvaluated { namespace: "shop".to_owned(), policies: 1 },
        decides(Setting::ClusterCidr, "", "10.244.0.0/16", SettingSource::Default, true),
        decides(Setting::ClusterCidr, "", "10.244.0.0/16", SettingSource::ConfigMap, true),
        decides(Setting::NodePortAddresses, "all", "primary", SettingSource::Default, false),
        Remark::MoreValuesRefused { count: 12 },
        Remark::NotApplied { services: vec![service()], service_count: 4, workloads: 2 },
        Remark::NotApplied { services: vec![service()], service_count: 1, workloads: 0 },
        Remark::NotApplied { services: Vec::new(), service_count: 0, workloads: 2 },
    ];
    remarks.extend(WrongValue::ALL.map(refused));
    remarks
}

fn decides(setting: Setting, value: &str, other: &str, source: SettingSource, arrives: bool) -> Remark {
    let outcome = if arrives { Outcome::Endpoints } else { Outcome::Unhandled };
    Remark::SettingDecides { setting, value: value.to_owned(), source, other: other.to_owned(), outcome, arrives }
}
