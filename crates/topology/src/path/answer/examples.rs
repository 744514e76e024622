//! One of each reason and remark, for tests of whatever must handle all of them.

use super::entry::EntryKind;
use super::outcome::Outcome;
use super::reason::{PortOfService, Reason, TrafficPolicyField};
use super::remark::{NamedPort, NodePortOfService, Remark};
use super::wrong_value::WrongValue;
use crate::cluster::facts::AddressType;
use crate::cluster::key::ObjectKey;
use crate::cluster::port::{Protocol, TargetPort};
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
        Reason::ServiceOfOtherProxy { service: service(), proxy: "istio".to_owned() },
        Reason::HealthCheckPort { service: service(), node: node(), local_endpoints: Some(2) },
        Reason::HealthCheckPort { service: service(), node: node(), local_endpoints: Some(0) },
        Reason::HealthCheckPort { service: service(), node: node(), local_endpoints: None },
        Reason::SeveralClaims,
        Reason::ProxyModeNotEvaluated { mode: ProxyMode::Ipvs },
        Reason::ProxyModeNotEvaluated { mode: ProxyMode::NoKubeProxy },
        Reason::DuplicateEndpoint { service: service(), ip, port: 8080 },
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
        Reason::DetectorNodeNotKnown,
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
    let label = |name: &str, value: &str| [(name.to_owned(), value.to_owned())].into();
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
        Remark::EndpointRefused { ip: [10, 96, 0, 10].into(), port: 8080, service: service() },
        Remark::EndpointDropped { ip: [10, 96, 0, 10].into(), port: 8080, service: service() },
        Remark::EndpointIsUnusedClusterIp { ip: [10, 96, 0, 10].into(), port: 8080 },
        Remark::EndpointMayBeServiceAddress { ip: [10, 96, 0, 10].into(), port: 8080 },
        Remark::LoopbackSource { node: "node1".to_owned() },
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
        Remark::PodHasNearLabel { pod: service(), selector: label("name", "web"), labels: label("app", "web") },
        Remark::PodInOtherNamespace { pod: service() },
        Remark::NoSelector { service: service() },
        Remark::NoEndpointSlice { service: service() },
        Remark::EndpointsNotRead { service: service(), addresses: 2 },
        Remark::ExistingUdpFlows,
    ];
    remarks.extend(of_pods());
    remarks.extend(of_slices());
    remarks.extend(of_deliveries());
    remarks.extend(near());
    remarks.extend(of_names());
    remarks.extend(WrongValue::ALL.map(refused));
    remarks
}

fn of_pods() -> Vec<Remark> {
    let pod = || ObjectKey::new("shop", "web-0");
    let why = || Some("Evicted: the node was low on resource: memory".to_owned());
    let mut remarks =
        vec![Remark::PodsInNoSlice { pod: pod(), more: 0 }, Remark::PodsInNoSlice { pod: pod(), more: 3 }];
    for (why, more) in [(None, 0), (why(), 0), (None, 2), (why(), 2)] {
        let (ended, pending) = ("Failed".to_owned(), "Pending".to_owned());
        remarks.push(Remark::PodsHaveEnded { pod: pod(), phase: ended, why: why.clone(), more });
        remarks.push(Remark::PodsHaveNoAddress { pod: pod(), phase: pending, why: why.clone(), more });
        remarks.push(Remark::PodsNotReady { pod: pod(), why, more });
    }
    remarks
}

fn of_slices() -> Vec<Remark> {
    let (pod, slice, ip) = (|| ObjectKey::new("shop", "web-0"), || ObjectKey::new("shop", "web-x7k2p"), [10, 0, 0, 1]);
    let port = |name: &str, protocol| NamedPort { name: name.to_owned(), protocol };
    let (wanted, unnamed) = (|| port("http", Protocol::Tcp), || port("", Protocol::Tcp));
    vec![
        Remark::EndpointsNotReady { ip: ip.into(), more: 0 },
        Remark::EndpointsNotReady { ip: ip.into(), more: 4 },
        Remark::SliceHasHeadlessLabel { slice: slice() },
        Remark::SliceOfOtherFamily { slice: slice(), address_type: AddressType::IPv6, asked: AddressType::IPv4 },
        Remark::SliceOfOtherFamily { slice: slice(), address_type: AddressType::FQDN, asked: AddressType::IPv4 },
        Remark::SliceLacksPort { slice: slice(), wanted: wanted(), ports: Vec::new() },
        Remark::SliceLacksPort { slice: slice(), wanted: wanted(), ports: vec![unnamed(), port("dns", Protocol::Udp)] },
        Remark::SliceLacksPort { slice: slice(), wanted: unnamed(), ports: vec![wanted()] },
        Remark::TargetPortInNoContainer { pod: pod(), wanted: wanted() },
        Remark::TargetPortInInitContainer { pod: pod(), container: "tls".to_owned(), wanted: wanted() },
    ]
}

fn of_deliveries() -> Vec<Remark> {
    let (pod, ip) = (|| ObjectKey::new("shop", "web-0"), || std::net::IpAddr::from([10, 0, 0, 1]));
    vec![
        Remark::ClientIpAffinity { service: ObjectKey::new("shop", "web") },
        Remark::TargetPortNotRead { target_port: TargetPort::Number(8080), port: 80 },
        Remark::HintsIgnored { ip: ip(), pod: None },
        Remark::HintsIgnored { ip: ip(), pod: Some(pod()) },
        Remark::HintsForOtherNodes,
        Remark::FurtherAddressesNotUsed { ip: ip(), slice: ObjectKey::new("shop", "web-x7k2p"), count: 1 },
    ]
}

fn near() -> Vec<Remark> {
    let service = || ObjectKey::new("shop", "web");
    let node_ports = vec![NodePortOfService { node_port: 30009, service: service(), port: 80 }];
    vec![
        Remark::PortIsTargetPort { service: service(), asked: 8080, port: 80 },
        Remark::PortIsNodePort { service: service(), asked: 30080, port: 80 },
        Remark::PortOfOtherProtocol { service: service(), asked: 53, protocol: Protocol::Udp },
        Remark::NodePortOfPort { service: service(), asked: 80, port: 80, node_port: 30080 },
        Remark::NodePortOfPort { service: service(), asked: 8080, port: 80, node_port: 30080 },
        Remark::NearestNodePorts { asked: 30000, node_ports },
        Remark::NodePortOfOtherProtocol { service: service(), asked: 30053, protocol: Protocol::Udp },
        Remark::NodePortNotOnLoopback { service: service(), mode: ProxyMode::Nftables },
        Remark::NodePortNotOnLoopback { service: service(), mode: ProxyMode::Iptables },
        Remark::NodePortNotOnAddress { service: service() },
        Remark::NodePortOfOtherFamily { service: service(), asked: AddressType::IPv6 },
        Remark::NodePortOfOtherProxy { service: service(), proxy: "istio".to_owned() },
        Remark::NoNodePortAllocated { service: service(), port: 80 },
        Remark::HostPortOnOtherNode { pod: ObjectKey::new("shop", "web-0"), node: "node2".to_owned() },
    ]
}

fn of_names() -> Vec<Remark> {
    let (service, pod) = (|| ObjectKey::new("shop", "web"), || ObjectKey::new("shop", "web-0"));
    let resolver = |host_network, exists| Remark::NodesResolver { pod: pod(), host_network, exists };
    vec![
        resolver(true, true),
        resolver(true, false),
        resolver(false, true),
        resolver(false, false),
        Remark::ExternalNameIsAddress { service: service(), target: "10.132.32.158".to_owned() },
        Remark::HeadlessWithoutEndpoint { service: service() },
        Remark::ServiceInOtherNamespace { services: vec![service()] },
        Remark::PodHasSubdomain { pod: pod(), name: "web-0.db.shop.svc".to_owned() },
    ]
}

fn decides(setting: Setting, value: &str, other: &str, source: SettingSource, arrives: bool) -> Remark {
    let outcome = if arrives { Outcome::Endpoints } else { Outcome::Unhandled };
    Remark::SettingDecides { setting, value: value.to_owned(), source, other: other.to_owned(), outcome, arrives }
}
