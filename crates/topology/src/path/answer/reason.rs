//! The reasons of outcomes.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::cluster::key::ObjectKey;
use crate::cluster::port::Protocol;
use crate::cluster::settings::ProxyMode;

/// The reason of an evaluation's outcome. The JSON object has a `code` and the arguments; codes never change (design §4.2).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "each argument is named after what it is")]
pub enum Reason {
    // EP, HOSTPORT, DIRECT.
    /// kube-proxy sends each new connection to a random endpoint.
    DeliveredToEndpoints { count: usize },
    /// nftables' kube-proxy listens on the loopback address itself, and connects to an endpoint.
    KubeProxyListener,
    /// The CNI maps the hostPort to the Pod.
    HostPort { pod: ObjectKey, node: String },
    /// The destination is the Pod's own address, and a container declares the port.
    PodAddress { pod: ObjectKey },
    /// The destination is the Pod's own address, and no container declares the port.
    PodPortNotDeclared { pod: ObjectKey },
    /// The destination is another address of the Node of a hostNetwork Pod, and a container declares the port.
    HostNetworkPod { pod: ObjectKey, node: String },
    /// A ping of a Pod.
    PodAnswersPing { pod: ObjectKey },

    // REJECT.
    /// The Service port has no usable endpoint on any Node.
    NoReadyEndpoint { service: ObjectKey },
    /// iptables' filter refuses the nodePort on every local address, because the Service has no usable endpoint.
    NodePortRefused { service: ObjectKey },
    /// nftables refuses ports of a Cluster IP that its Service does not have.
    NoSuchPortRefused { service: ObjectKey },
    /// nftables' kube-proxy accepts nodePorts only on another loopback address or with another protocol.
    LoopbackNodePortRefused { service: ObjectKey },

    // DROP.
    /// The traffic policy is Local, and no usable endpoint is on the Node.
    NoLocalEndpoint { policy: TrafficPolicyField },
    /// iptables' filter drops the nodePort on every local address, because externalTrafficPolicy is Local and the Node has no usable endpoint.
    NodePortDropped { service: ObjectKey },
    /// The source is in none of the loadBalancerSourceRanges.
    SourceNotInRanges { service: ObjectKey },
    /// nftables drops Cluster IPs that no Service has.
    UnusedClusterIpDropped,

    // UNHANDLED.
    /// The destination has no port, so that no rule matches.
    NoPort,
    /// kube-proxy has no rule for ICMP, and no known object has the address.
    IcmpNotHandled,
    /// A ping of a Cluster IP under iptables.
    PingOfClusterIp { service: ObjectKey },
    /// The Cluster IP's Service has ports, but not this one. `ports` are the first few of `port_count`.
    NoSuchPort { service: ObjectKey, ports: Vec<PortOfService>, port_count: usize },
    /// No Service has this Cluster IP, and iptables has no rule for it.
    UnusedClusterIp,
    /// The destination is a loopback address, which means the source itself.
    LoopbackOfSource,
    /// The Service has no usable endpoint, and the REJECT rule does not apply to packets that a Node itself sends.
    NothingRefusesOwnTraffic { service: ObjectKey },
    /// No nodePort, hostPort or declared port of a hostNetwork Pod matches. A process of the host can listen.
    NoListenerKnown { node: String },
    /// An endpoint of the Service has this address, but no Pod or Node has it.
    EndpointOutsideCluster { service: ObjectKey },
    /// Nothing in the cluster has this address.
    AddressOfNobody,

    /// The Service has a label that gives it to another proxy. kube-proxy has no rule for it (UNHANDLED); nftables drops its Cluster IP
    /// (DROP). `proxy` is the label's value.
    ServiceOfOtherProxy { service: ObjectKey, proxy: String },
    /// kube-proxy itself answers health checks of a load balancer there: 200 if the Node has a ready endpoint, else 503 (reference §2.9).
    /// `local_endpoints` is null if not all slices are known.
    HealthCheckPort { service: ObjectKey, node: String, local_endpoints: Option<usize> },

    // AMBIGUOUS.
    /// More than one rule claims the address and port.
    SeveralClaims,
    /// EndpointSlices list this endpoint more than once and differently, and kube-proxy does not define which it uses.
    DuplicateEndpoint { service: ObjectKey, ip: IpAddr, port: u16 },

    // UNKNOWN, because the rules are not evaluated.
    /// kube-proxy decides, in a mode whose rules are not evaluated. The alternative is what iptables' rules would do.
    ProxyModeNotEvaluated { mode: ProxyMode },

    // UNKNOWN, because facts of the cluster are missing.
    /// No known Service has the address.
    ServicesNotKnown,
    /// A known Service has the address, and a Service that is not known can claim it too.
    OtherServicesNotKnown,
    /// The EndpointSlices of the Service's namespace are not known.
    EndpointSlicesNotKnown { namespace: String },
    /// The files list addresses of the Service in Endpoints and have no EndpointSlice at all. kube-proxy reads only these.
    EndpointSlicesNotInFiles { service: ObjectKey, addresses: usize },
    /// The files are manifests that no cluster has run, so that no controller has made the Service's EndpointSlices.
    EndpointSlicesNotMade { service: ObjectKey },
    /// The Service has no Cluster IP yet, because no cluster has run its manifest. kube-proxy makes no rules for it.
    ServiceNotApplied { service: ObjectKey },
    /// The address can belong to a Node that is not known.
    NodesNotKnown,
    /// The address can belong to a Pod that is not known.
    PodsNotKnown,
    /// A Pod that is not known can have the port as its hostPort.
    HostPortsNotKnown,
    /// nftables drops addresses in a ServiceCIDR that no Service has. The ServiceCIDRs are not known.
    ServiceCidrsNotKnown,
    /// The traffic policy is Local, so the result depends on the Node, which is not known.
    LocalPolicyNodeNotKnown,
    /// Topology hints depend on the Node and its zone, which are not known.
    HintsNodeNotKnown,
    /// The detector depends on the Node's Pod CIDR, which is not known.
    PodCidrNodeNotKnown,
    /// The detector classifies packets by their interface, which depends on the source's Node. That is not known.
    DetectorNodeNotKnown,
    /// loadBalancerSourceRanges depend on the source's address, which is not known.
    SourceAddressNotKnown { service: ObjectKey },
    /// The Pod with the hostPort has no IP of the destination's family.
    HostPortPodWithoutIp { pod: ObjectKey },

    // UNKNOWN, because the source cannot send packets or is not known.
    /// The source's Node is not known.
    SourceNodeNotKnown { node: String },
    /// The source's Pod is not known.
    SourcePodNotKnown { pod: ObjectKey },
    /// The source's Pod has ended.
    SourcePodEnded { pod: ObjectKey, phase: String },
    /// The source's Pod is on no Node yet.
    SourcePodNotScheduled { pod: ObjectKey },

    // UNKNOWN, because the DNS answer is not known.
    /// The Pod's dnsPolicy is None.
    DnsPolicyNone { pod: ObjectKey },
    /// A short name is looked up in the namespace of the source's Pod, which is not known.
    NamespaceOfSourceNotKnown { name: String },
    /// The name is outside the cluster's domain.
    NameOutsideDomain { name: String, domain: String },
    /// The name is an alias of a name outside the cluster.
    AliasOutsideCluster { name: String, target: String },
    /// It is not known whether the namespace exists.
    NamespaceNotKnown { namespace: String },
    /// It is not known whether the Service exists.
    ServiceNotKnown { service: ObjectKey },
    /// The EndpointSlices for the DNS answer of a headless Service are not known.
    EndpointSlicesOfNameNotKnown { namespace: String },
    /// Reverse query: it is not known whether a Service has this Cluster IP.
    ServiceOfAddressNotKnown { ip: IpAddr },
    /// Reverse query: it is not known whether an endpoint has this address.
    EndpointOfAddressNotKnown { ip: IpAddr },
}

/// One of the two traffic policies of a Service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum TrafficPolicyField {
    /// The policy for the Cluster IP.
    InternalTrafficPolicy,
    /// The policy for external addresses and nodePorts.
    ExternalTrafficPolicy,
}

impl TrafficPolicyField {
    /// The field name in a manifest.
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
