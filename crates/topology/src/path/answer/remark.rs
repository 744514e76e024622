//! Remarks about an outcome, in addition to its reason.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::entry::EntryKind;
use super::outcome::Outcome;
use super::wrong_value::WrongValue;
use crate::cluster::facts::{AddressType, Labels};
use crate::cluster::key::ObjectKey;
use crate::cluster::port::{Protocol, TargetPort};
use crate::cluster::settings::{ProxyMode, Setting, SettingSource};

/// A remark. The JSON object has a `code` and the arguments; codes never change (design §4.2).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "each argument is named after what it is")]
pub enum Remark {
    /// The destination is a Node's ExternalIP, which is assumed to be an address of one of its interfaces.
    ExternalIpAssumed { node: String },
    /// No Pod has the labels of the Service's selector.
    SelectorMatchesNoPod { service: ObjectKey, selector: Labels },
    /// An endpoint's address is itself an address of a Service, and kube-proxy translates a packet only once.
    EndpointIsServiceAddress { ip: IpAddr, port: u16, service: ObjectKey },
    /// kube-proxy's filters refuse packets to an endpoint, because its address is also one of this Service.
    EndpointRefused { ip: IpAddr, port: u16, service: ObjectKey },
    /// kube-proxy's filters drop packets to an endpoint, because its address is also one of this Service.
    EndpointDropped { ip: IpAddr, port: u16, service: ObjectKey },
    /// An endpoint's address is a Cluster IP that no Service has. nftables drops packets to it.
    EndpointIsUnusedClusterIp { ip: IpAddr, port: u16 },
    /// An endpoint's address is of no known Pod and no known Node. A Service that is not known can have it.
    EndpointMayBeServiceAddress { ip: IpAddr, port: u16 },
    /// The source has a loopback address of its Node, and the kernel lets no such packet leave the Node.
    LoopbackSource { node: String },
    /// A client outside the cluster sends to an address that needs an extra route into the cluster.
    NotRouted { address: EntryKind },
    /// The replies of these endpoints do not pass the Node that has translated the packet: `endpoints` of `of`.
    RepliesMissNode { endpoints: usize, of: usize },
    /// A headless Service translates nothing: the packet keeps `port`, and the Service's own endpoints listen on `endpoint_port`.
    HeadlessPortNotTranslated { service: ObjectKey, port: u16, endpoint_port: u16 },
    /// No container declares the port of these endpoints: `endpoints` of `of`. `pod` is the first of their Pods.
    PortNotDeclared { pod: ObjectKey, port: u16, endpoints: usize, of: usize },
    /// These endpoints name a Pod that does not exist: `endpoints` of `of`. `pod` is the first of the names.
    PodMissing { pod: ObjectKey, endpoints: usize, of: usize },
    /// A Pod reaches itself through a Service, which needs the CNI's hairpin mode. `of` is the number of endpoints.
    HairpinNeedsCni { ip: IpAddr, of: usize },
    /// NetworkPolicies for Pods of this namespace exist, and they are not evaluated.
    PoliciesNotEvaluated { namespace: String, policies: usize },
    /// The verdict depends on a setting of kube-proxy that has this value by assumption, or by omission in a configuration that was read. With
    /// the value `other` the outcome is `outcome`, and `arrives` is whether packets and their replies arrive.
    SettingDecides {
        setting: Setting,
        value: String,
        source: SettingSource,
        other: String,
        outcome: Outcome,
        arrives: bool,
    },

    // Why a Service port has no usable endpoint.
    /// No Pod has the labels, but this one has nearly: `labels` in place of `selector`, which is the one label that it lacks.
    PodHasNearLabel { pod: ObjectKey, selector: Labels, labels: Labels },
    /// No Pod of the Service's namespace has the labels of its selector, but this one of another namespace.
    PodInOtherNamespace { pod: ObjectKey },
    /// Every Pod with the labels has ended, this one and `more`.
    PodsHaveEnded { pod: ObjectKey, phase: String, why: Option<String>, more: usize },
    /// No Pod with the labels has an address yet, this one and `more`.
    PodsHaveNoAddress { pod: ObjectKey, phase: String, why: Option<String>, more: usize },
    /// Pods have the labels and an address, and no EndpointSlice has an endpoint: this one and `more`.
    PodsInNoSlice { pod: ObjectKey, more: usize },
    /// The Pods of all endpoints are not ready, this one and `more`.
    PodsNotReady { pod: ObjectKey, why: Option<String>, more: usize },
    /// The endpoints are not ready, this one and `more`. It has no Pod.
    EndpointsNotReady { ip: IpAddr, more: usize },
    /// The Service has no selector, so that whoever made it must write its EndpointSlices.
    NoSelector { service: ObjectKey },
    /// No EndpointSlice names the Service.
    NoEndpointSlice { service: ObjectKey },
    /// No EndpointSlice names the Service, but its Endpoints object has addresses. kube-proxy does not read it.
    EndpointsNotRead { service: ObjectKey, addresses: usize },
    /// The slice has the label `service.kubernetes.io/headless`.
    SliceHasHeadlessLabel { slice: ObjectKey },
    /// The slice is of another address family than the destination.
    SliceOfOtherFamily { slice: ObjectKey, address_type: AddressType, asked: AddressType },
    /// The slice has `ports`, and none has the name and protocol of the Service port `wanted`.
    SliceLacksPort { slice: ObjectKey, wanted: NamedPort, ports: Vec<NamedPort> },
    /// The targetPort is a name, and no container of the Pod has a port of that name and the protocol.
    TargetPortInNoContainer { pod: ObjectKey, wanted: NamedPort },
    /// The targetPort is the name of a port that only an init container has.
    TargetPortInInitContainer { pod: ObjectKey, container: String, wanted: NamedPort },
    /// New flows of UDP are meant: conntrack can keep existing ones at their endpoint (reference §2.14).
    ExistingUdpFlows,

    // What holds of a delivery.
    /// sessionAffinity ClientIP: a client keeps the endpoint of its first connection.
    ClientIpAffinity { service: ObjectKey },
    /// The endpoint's port is not the Service's targetPort, which kube-proxy does not read.
    TargetPortNotRead { target_port: TargetPort, port: u16 },
    /// This ready endpoint has no hint, so that kube-proxy ignores the hints of all others (reference §2.2).
    HintsIgnored { ip: IpAddr, pod: Option<ObjectKey> },
    /// The endpoints have hints, and none is for this Node or its zone.
    HintsForOtherNodes,
    /// The endpoint has further addresses, which kube-proxy does not use.
    FurtherAddressesNotUsed { ip: IpAddr, slice: ObjectKey, count: u32 },

    // What was probably meant.
    /// The asked port is a targetPort; the Service has `port` for it.
    PortIsTargetPort { service: ObjectKey, asked: u16, port: u16 },
    /// The asked port of a Cluster IP is the nodePort of `port`.
    PortIsNodePort { service: ObjectKey, asked: u16, port: u16 },
    /// The Service has the asked port with another protocol.
    PortOfOtherProtocol { service: ObjectKey, asked: u16, protocol: Protocol },
    /// The asked port of a Node is the port or targetPort of this Service's `port`, whose nodePort is another number.
    NodePortOfPort { service: ObjectKey, asked: u16, port: u16, node_port: u16 },
    /// The nodePorts whose numbers are nearest to the asked one.
    NearestNodePorts { asked: u16, node_ports: Vec<NodePortOfService> },
    /// A Service has the nodePort with another protocol.
    NodePortOfOtherProtocol { service: ObjectKey, asked: u16, protocol: Protocol },
    /// A Service has the nodePort, and kube-proxy in this mode does not serve nodePorts on the asked loopback address.
    NodePortNotOnLoopback { service: ObjectKey, mode: ProxyMode },
    /// A Service has the nodePort, and kube-proxy does not serve nodePorts on this address of the Node (`nodePortAddresses`).
    NodePortNotOnAddress { service: ObjectKey },
    /// A Service has the nodePort, but no Cluster IP of the asked address family.
    NodePortOfOtherFamily { service: ObjectKey, asked: AddressType },
    /// A Service of another proxy has the nodePort. `proxy` is the value of its label.
    NodePortOfOtherProxy { service: ObjectKey, proxy: String },
    /// A Service of type LoadBalancer has the port and no nodePort, because its allocateLoadBalancerNodePorts is false.
    NoNodePortAllocated { service: ObjectKey, port: u16 },
    /// A Pod has the hostPort, on another Node.
    HostPortOnOtherNode { pod: ObjectKey, node: String },

    // Why a name has no address.
    /// The Pod asks its Node's resolver, which does not know the cluster's names: it is in the host network with dnsPolicy ClusterFirst, or
    /// its dnsPolicy is Default. `exists` tells whether the cluster's DNS has the name.
    NodesResolver { pod: ObjectKey, host_network: bool, exists: bool },
    /// The Service's externalName is an IP address, which DNS takes for a name.
    ExternalNameIsAddress { service: ObjectKey, target: String },
    /// No endpoint of the headless Service is ready, so that DNS has no address for its name.
    HeadlessWithoutEndpoint { service: ObjectKey },
    /// Services of other namespaces have the name: the first few.
    ServiceInOtherNamespace { services: Vec<ObjectKey> },
    /// The Pod has its name under the name of another headless Service.
    PodHasSubdomain { pod: ObjectKey, name: String },

    // About the files that the answer is made of.
    /// A value in a file that the API server would refuse. `value` is null if the field has none.
    ValueRefused {
        file: String,
        document: usize,
        line: Option<u64>,
        column: Option<u64>,
        field: String,
        value: Option<String>,
        why: WrongValue,
    },
    /// More values that the API server would refuse are not listed.
    MoreValuesRefused { count: usize },
    /// The files are manifests that no cluster has run: Services have no Cluster IP, or workloads have no Pods. `services` are the first
    /// few of the `service_count` Services without a Cluster IP.
    NotApplied { services: Vec<ObjectKey>, service_count: usize, workloads: usize },
}

/// A port with the name by which slices and Services are joined.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct NamedPort {
    /// The name, empty if it has none.
    pub name: String,
    /// The protocol.
    pub protocol: Protocol,
}

/// A nodePort of a Service.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NodePortOfService {
    /// The nodePort.
    pub node_port: u16,
    /// The Service.
    pub service: ObjectKey,
    /// The Service's port.
    pub port: u16,
}

impl Remark {
    /// Whether the remark is part of the evaluation's `reason`. The others are doubts about a packet that is delivered, or about what is assumed.
    pub fn is_in_reason(&self) -> bool {
        !matches!(
            self,
            Self::PortNotDeclared { .. }
                | Self::PodMissing { .. }
                | Self::HairpinNeedsCni { .. }
                | Self::PoliciesNotEvaluated { .. }
                | Self::SettingDecides { .. }
                | Self::ValueRefused { .. }
                | Self::MoreValuesRefused { .. }
                | Self::NotApplied { .. }
        )
    }
}
