//! Every way in which a verdict comes about.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::cluster::key::ObjectKey;
use crate::cluster::port::Protocol;

/// Why an evaluation has its outcome. In JSON a `code` and the arguments; codes never change (design §4.2).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "each argument is named after what it is")]
pub enum Reason {
    // EP, HOSTPORT, DIRECT.
    /// kube-proxy sends each new connection to one of the endpoints, at random.
    DeliveredToEndpoints { count: usize },
    /// nftables' kube-proxy listens on the loopback address itself, and connects to an endpoint.
    KubeProxyListener,
    /// The CNI maps the hostPort to the Pod.
    HostPort { pod: ObjectKey, node: String },
    /// The destination is the Pod's own address, and a container declares the port.
    PodAddress { pod: ObjectKey },
    /// The destination is the Pod's own address, and no container declares the port.
    PodPortNotDeclared { pod: ObjectKey },
    /// A ping of a Pod.
    PodAnswersPing { pod: ObjectKey },

    // REJECT.
    /// The Service port has no usable endpoint on any Node.
    NoReadyEndpoint { service: ObjectKey },
    /// iptables' filter refuses the nodePort on every local address, for the Service has no usable endpoint.
    NodePortRefused { service: ObjectKey },
    /// nftables refuses the ports of a Cluster IP that its Service does not have.
    NoSuchPortRefused { service: ObjectKey },
    /// nftables' kube-proxy takes nodePorts on another loopback address, or protocol, only.
    LoopbackNodePortRefused { service: ObjectKey },

    // DROP.
    /// The traffic policy is Local, and no usable endpoint is on the Node.
    NoLocalEndpoint { policy: TrafficPolicyField },
    /// iptables' filter drops the nodePort on every local address, for externalTrafficPolicy is Local and no usable endpoint is here.
    NodePortDropped { service: ObjectKey },
    /// The source is in none of the loadBalancerSourceRanges.
    SourceNotInRanges { service: ObjectKey },
    /// nftables drops Cluster IPs that no Service has.
    UnusedClusterIpDropped,

    // UNHANDLED.
    /// An address alone: nothing matches without a port.
    NoPort,
    /// kube-proxy has no rule for ICMP, and nobody is known to have the address.
    IcmpNotHandled,
    /// A ping of a Cluster IP under iptables.
    PingOfClusterIp { service: ObjectKey },
    /// The Cluster IP's Service has ports, but not this one. `ports` are the first few of `port_count`.
    NoSuchPort { service: ObjectKey, ports: Vec<PortOfService>, port_count: usize },
    /// No Service has this Cluster IP, and iptables has no rule for it.
    UnusedClusterIp,
    /// A loopback address means the source itself.
    LoopbackOfSource,
    /// The Service has no usable endpoint, and the rule that refuses is not in the path of what a Node itself sends.
    NothingRefusesOwnTraffic { service: ObjectKey },
    /// No nodePort, no hostPort and no declared port of a hostNetwork Pod: a process of the host may listen.
    NoListenerKnown { node: String },
    /// An endpoint of the Service has this address, and nothing in the cluster has it.
    EndpointOutsideCluster { service: ObjectKey },
    /// Nothing in the cluster has this address.
    AddressOfNobody,

    // AMBIGUOUS.
    /// More than one rule claims the address and port.
    SeveralClaims,

    // UNKNOWN, for facts of the cluster are missing.
    /// No known Service has the address.
    ServicesNotKnown,
    /// A known Service has the address, and another may claim it too.
    OtherServicesNotKnown,
    /// The EndpointSlices of the Service's namespace.
    EndpointSlicesNotKnown { namespace: String },
    /// The address may be a Node's.
    NodesNotKnown,
    /// The address may be a Pod's.
    PodsNotKnown,
    /// A Pod may claim the port as its hostPort.
    HostPortsNotKnown,
    /// nftables drops what is in a ServiceCIDR and belongs to no Service.
    ServiceCidrsNotKnown,
    /// The traffic policy is Local, so each Node decides by itself.
    LocalPolicyNodeNotKnown,
    /// Topology hints choose by the Node and its zone.
    HintsNodeNotKnown,
    /// The detector tells Pods from others by their Node's Pod CIDR.
    PodCidrNodeNotKnown,
    /// loadBalancerSourceRanges decide by the source's address.
    SourceAddressNotKnown { service: ObjectKey },
    /// The Pod with the hostPort has no IP of the destination's family.
    HostPortPodWithoutIp { pod: ObjectKey },

    // UNKNOWN, for the source sends nothing, or is not known.
    /// The source's Node.
    SourceNodeNotKnown { node: String },
    /// The source's Pod.
    SourcePodNotKnown { pod: ObjectKey },
    /// The source's Pod has ended.
    SourcePodEnded { pod: ObjectKey, phase: String },
    /// The source's Pod is on no Node yet.
    SourcePodNotScheduled { pod: ObjectKey },

    // UNKNOWN, for the DNS answer is not known.
    /// The Pod's dnsPolicy is None.
    DnsPolicyNone { pod: ObjectKey },
    /// A short name is looked up in the namespace of the Pod that asks, which is not known.
    NamespaceOfSourceNotKnown { name: String },
    /// The name is outside the cluster's domain.
    NameOutsideDomain { name: String, domain: String },
    /// The name stands for one outside the cluster.
    AliasOutsideCluster { name: String, target: String },
    /// Whether there is such a namespace.
    NamespaceNotKnown { namespace: String },
    /// Whether there is such a Service.
    ServiceNotKnown { service: ObjectKey },
    /// The EndpointSlices that DNS answers a headless Service's name with.
    EndpointSlicesOfNameNotKnown { namespace: String },
    /// Whether a Service has this Cluster IP, whose name is asked.
    ServiceOfAddressNotKnown { ip: IpAddr },
    /// Whether an endpoint has this address, whose name is asked.
    EndpointOfAddressNotKnown { ip: IpAddr },
}

/// Which of a Service's two traffic policies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum TrafficPolicyField {
    /// For the Cluster IP.
    InternalTrafficPolicy,
    /// For external addresses and nodePorts.
    ExternalTrafficPolicy,
}

impl TrafficPolicyField {
    /// As in a manifest.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InternalTrafficPolicy => "internalTrafficPolicy",
            Self::ExternalTrafficPolicy => "externalTrafficPolicy",
        }
    }
}

/// A port of a Service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct PortOfService {
    /// Its number.
    pub port: u16,
    /// Its protocol.
    pub protocol: Protocol,
}
