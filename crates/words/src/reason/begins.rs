//! How the English sentence of a reason or a remark begins.

use topology::path::answer::{Reason, Remark};

/// How an English sentence begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Begins {
    /// With a word of ours, which has a capital where the sentence stands alone.
    Word,
    /// With a name, an address, or a term of Kubernetes, which is always written the same.
    Name,
}

impl Begins {
    /// How the sentence of a reason begins.
    pub(crate) fn reason(reason: &Reason) -> Self {
        match reason {
            Reason::DeliveredToEndpoints { .. }
            | Reason::PodAddress { .. }
            | Reason::PodPortNotDeclared { .. }
            | Reason::PodAnswersPing { .. }
            | Reason::NoSuchPortRefused { .. }
            | Reason::SourceNotInRanges { .. }
            | Reason::UnusedClusterIpDropped
            | Reason::NoPort
            | Reason::PingOfClusterIp { .. }
            | Reason::NoSuchPort { .. }
            | Reason::UnusedClusterIp
            | Reason::LoopbackOfSource
            | Reason::NoListenerKnown { .. }
            | Reason::EndpointOutsideCluster { .. }
            | Reason::AddressOfNobody
            | Reason::SeveralClaims
            | Reason::ServicesNotKnown
            | Reason::EndpointSlicesNotKnown { .. }
            | Reason::EndpointSlicesNotInFiles { .. }
            | Reason::EndpointSlicesNotMade { .. }
            | Reason::NodesNotKnown
            | Reason::PodsNotKnown
            | Reason::HostPortsNotKnown
            | Reason::ServiceCidrsNotKnown
            | Reason::LocalPolicyNodeNotKnown
            | Reason::HintsNodeNotKnown
            | Reason::SourceAddressNotKnown { .. }
            | Reason::HostPortPodWithoutIp { .. }
            | Reason::DnsPolicyNone { .. }
            | Reason::NamespaceNotKnown { .. }
            | Reason::EndpointSlicesOfNameNotKnown { .. }
            | Reason::ServiceOfAddressNotKnown { .. }
            | Reason::EndpointOfAddressNotKnown { .. } => Self::Word,
            Reason::KubeProxyListener
            | Reason::HostPort { .. }
            | Reason::HostNetworkPod { .. }
            | Reason::NoReadyEndpoint { .. }
            | Reason::NodePortRefused { .. }
            | Reason::LoopbackNodePortRefused { .. }
            | Reason::NoLocalEndpoint { .. }
            | Reason::NodePortDropped { .. }
            | Reason::IcmpNotHandled
            | Reason::NothingRefusesOwnTraffic { .. }
            | Reason::ProxyModeNotEvaluated { .. }
            | Reason::ServiceOfOtherProxy { .. }
            | Reason::HealthCheckPort { .. }
            | Reason::DuplicateEndpoint { .. }
            | Reason::OtherServicesNotKnown
            | Reason::PodCidrNodeNotKnown
            | Reason::DetectorNodeNotKnown
            | Reason::SourceNodeNotKnown { .. }
            | Reason::SourcePodNotKnown { .. }
            | Reason::SourcePodEnded { .. }
            | Reason::SourcePodNotScheduled { .. }
            | Reason::NamespaceOfSourceNotKnown { .. }
            | Reason::NameOutsideDomain { .. }
            | Reason::AliasOutsideCluster { .. }
            | Reason::ServiceNotApplied { .. }
            | Reason::ServiceNotKnown { .. } => Self::Name,
        }
    }

    /// How the sentence of a remark begins.
    pub(crate) fn remark(remark: &Remark) -> Self {
        match remark {
            Remark::ExternalIpAssumed { .. }
            | Remark::SelectorMatchesNoPod { .. }
            | Remark::LoopbackSource { .. }
            | Remark::NotRouted { .. }
            | Remark::RepliesMissNode { .. }
            | Remark::HeadlessPortNotTranslated { .. }
            | Remark::PortNotDeclared { .. }
            | Remark::PodMissing { .. }
            | Remark::HairpinNeedsCni { .. }
            | Remark::PoliciesNotEvaluated { .. }
            | Remark::PodsHaveEnded { .. }
            | Remark::PodsHaveNoAddress { .. }
            | Remark::PodsInNoSlice { .. }
            | Remark::PodsNotReady { .. }
            | Remark::EndpointsNotReady { .. }
            | Remark::NoEndpointSlice { .. }
            | Remark::EndpointsNotRead { .. }
            | Remark::SliceLacksPort { .. }
            | Remark::TargetPortInNoContainer { .. }
            | Remark::TargetPortInInitContainer { .. }
            | Remark::ExistingUdpFlows
            | Remark::HintsIgnored { .. }
            | Remark::HintsForOtherNodes
            | Remark::FurtherAddressesNotUsed { .. }
            | Remark::PortOfOtherProtocol { .. }
            | Remark::NearestNodePorts { .. }
            | Remark::HeadlessWithoutEndpoint { .. }
            | Remark::ServiceInOtherNamespace { .. }
            | Remark::NotApplied { .. } => Self::Word,
            Remark::NodePortOfPort { asked, port, .. } if asked == port => Self::Word,
            Remark::EndpointIsServiceAddress { .. }
            | Remark::EndpointRefused { .. }
            | Remark::EndpointDropped { .. }
            | Remark::EndpointIsUnusedClusterIp { .. }
            | Remark::EndpointMayBeServiceAddress { .. }
            | Remark::SettingDecides { .. }
            | Remark::PodHasNearLabel { .. }
            | Remark::PodInOtherNamespace { .. }
            | Remark::NoSelector { .. }
            | Remark::SliceHasHeadlessLabel { .. }
            | Remark::SliceOfOtherFamily { .. }
            | Remark::ClientIpAffinity { .. }
            | Remark::TargetPortNotRead { .. }
            | Remark::PortIsTargetPort { .. }
            | Remark::PortIsNodePort { .. }
            | Remark::NodePortOfPort { .. }
            | Remark::NodePortOfOtherProtocol { .. }
            | Remark::NodePortNotOnLoopback { .. }
            | Remark::NodePortNotOnAddress { .. }
            | Remark::NodePortOfOtherFamily { .. }
            | Remark::NodePortOfOtherProxy { .. }
            | Remark::NoNodePortAllocated { .. }
            | Remark::HostPortOnOtherNode { .. }
            | Remark::NodesResolver { .. }
            | Remark::ExternalNameIsAddress { .. }
            | Remark::PodHasSubdomain { .. }
            | Remark::ValueRefused { .. }
            | Remark::MoreValuesRefused { .. } => Self::Name,
        }
    }
}
