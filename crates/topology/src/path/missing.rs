//! Finds the facts that an answer needs and that are not known, and the keys of the answer that they can change (design §4.2).
//!
//! The reason of an evaluation determines which facts were read. A new reason does not compile until this module lists the facts it needs.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use crate::cluster::key::{Kind, ObjectKey};
use crate::cluster::settings::Backend;
use crate::cluster::view::Cluster;
use crate::path::answer::EvaluationKey::{self, Because, Endpoints, Entry, Node, Nodes, Outcome, Remarks};
use crate::path::answer::{EntryKind, Evaluation, MissingKind, MissingReason, Reason, Remark};
use crate::path::claim::by_address;
use crate::path::dns::service_of;
use crate::path::nodes::fixed_node;
use crate::path::question::{Destination, DnsQuestion, Source};
use crate::path::source::SourceLocation;

/// The keys that a fact about the whole path can change.
const PATH: [EvaluationKey; 3] = [Outcome, Entry, Endpoints];

/// The needed facts: the keys that each can change, by kind and namespace. An empty namespace is the whole cluster.
#[derive(Default)]
pub(crate) struct Needs {
    could_change: BTreeMap<(Kind, Option<String>), BTreeSet<EvaluationKey>>,
}

impl Needs {
    fn all(&mut self, kind: Kind, keys: impl IntoIterator<Item = EvaluationKey>) {
        self.could_change.entry((kind, None)).or_default().extend(keys);
    }

    fn within(&mut self, kind: Kind, namespace: &str, keys: impl IntoIterator<Item = EvaluationKey>) {
        self.could_change.entry((kind, Some(namespace.to_owned()))).or_default().extend(keys);
    }

    /// The needed facts that are not known. A kind that is not known in the whole cluster is listed once.
    pub(crate) fn missing(self, cluster: Cluster<'_>) -> Vec<MissingKind> {
        let mut missing: Vec<MissingKind> = Vec::new();
        for ((kind, namespace), keys) in self.could_change {
            let known = match &namespace {
                Some(namespace) => cluster.coverage.in_namespace(kind, namespace),
                None => cluster.coverage.of(kind),
            };
            let Some(why) = MissingReason::of(known) else { continue };
            let could_change = Vec::from_iter(keys);
            // The map is sorted, so the whole cluster precedes its namespaces.
            match missing.iter_mut().find(|whole| whole.kind == kind && whole.namespace.is_none() && whole.why == why) {
                Some(whole) => {
                    let both = BTreeSet::from_iter(whole.could_change.iter().copied().chain(could_change));
                    whole.could_change = Vec::from_iter(both);
                }
                None => missing.push(MissingKind { kind, namespace, why, could_change }),
            }
        }
        missing
    }

    /// Adds the facts about the location of a source and about the Nodes that decide a packet.
    pub(crate) fn of_nodes(&mut self, cluster: Cluster<'_>, from: &Source, to: Destination, asked: Option<&str>) {
        let source = SourceLocation::of(cluster.index, from, asked, to.ip.is_ipv4());
        let claimed = !by_address(cluster, to).is_empty();
        if fixed_node(cluster.index, &source, to.ip, asked, claimed).is_none() {
            self.all(Kind::Node, [Node, Nodes, Endpoints]);
        }
        if let Source::PodIp(ip) = from
            && cluster.index.pod_with_own_ip(*ip).is_none()
        {
            self.all(Kind::Pod, [Node, Nodes, Endpoints]);
            if cluster.index.node_with_pod_cidr(*ip).is_none() {
                self.all(Kind::Node, [Node, Nodes, Endpoints]);
            }
        }
    }

    /// Adds the facts about a DNS answer.
    pub(crate) fn of_name(&mut self, cluster: Cluster<'_>, from: &Source, question: &DnsQuestion) {
        match service_of(cluster, from, &question.name).and_then(|key| cluster.index.service(&key)) {
            Some(service) if service.headless => self.within(Kind::EndpointSlice, &service.namespace, PATH),
            Some(service) => self.within(Kind::Service, &service.namespace, PATH),
            None => {
                self.all(Kind::Service, PATH);
                self.all(Kind::Namespace, PATH);
            }
        }
    }

    /// Adds the facts about an evaluation.
    pub(crate) fn of_evaluation(&mut self, cluster: Cluster<'_>, evaluation: &Evaluation) {
        evaluation.alternatives.iter().for_each(|alternative| self.of_evaluation(cluster, alternative));
        let nftables = cluster.settings.backend() == Backend::Nftables;
        evaluation.remarks.iter().for_each(|remark| self.of_remark(remark));
        let entry = evaluation.entry.as_ref();
        match &evaluation.because {
            // Of a mode that is not evaluated, the alternatives say what they need.
            Reason::NoPort | Reason::NamespaceOfSourceNotKnown { .. } | Reason::ProxyModeNotEvaluated { .. } => {}
            Reason::DeliveredToEndpoints { .. } | Reason::KubeProxyListener => {
                self.of_service(evaluation);
                let pods_of = entry.and_then(|entry| entry.service.as_ref());
                pods_of.into_iter().for_each(|service| self.within(Kind::Pod, &service.namespace, [Endpoints]));
            }
            Reason::NoReadyEndpoint { service } | Reason::NodePortRefused { service } => {
                self.of_service(evaluation);
                self.within(Kind::Pod, &service.namespace, [Remarks]);
            }
            Reason::NodePortDropped { .. }
            | Reason::NoLocalEndpoint { .. }
            | Reason::SourceNotInRanges { .. }
            | Reason::EndpointSlicesNotKnown { .. }
            | Reason::SourceAddressNotKnown { .. } => self.of_service(evaluation),
            Reason::EndpointSlicesNotInFiles { service, .. }
            | Reason::EndpointSlicesNotMade { service }
            | Reason::ServiceNotApplied { service } => {
                self.of_service(evaluation);
                self.within(Kind::EndpointSlice, &service.namespace, PATH);
            }
            Reason::LocalPolicyNodeNotKnown | Reason::HintsNodeNotKnown | Reason::PodCidrNodeNotKnown => {
                self.of_service(evaluation);
                self.all(Kind::Node, [Outcome, Endpoints]);
            }
            Reason::DuplicateEndpoint { service, .. } => {
                self.within(Kind::EndpointSlice, &service.namespace, [Outcome, Endpoints]);
            }
            Reason::DetectorNodeNotKnown => {
                self.of_service(evaluation);
                [Kind::Node, Kind::Pod].into_iter().for_each(|kind| self.all(kind, [Outcome, Endpoints]));
            }
            Reason::NothingRefusesOwnTraffic { service } => {
                self.of_external_address(service);
                self.within(Kind::Pod, &service.namespace, [Remarks]);
            }
            Reason::HostPort { .. }
            | Reason::HostNetworkPod { .. }
            | Reason::HostPortPodWithoutIp { .. }
            | Reason::HostPortsNotKnown
            | Reason::LoopbackNodePortRefused { .. }
            | Reason::NoListenerKnown { .. } => self.of_node_address(),
            Reason::HealthCheckPort { service, .. } => {
                self.of_node_address();
                self.within(Kind::EndpointSlice, &service.namespace, [Because]);
            }
            Reason::PodAddress { .. } | Reason::PodPortNotDeclared { .. } => {
                self.all(Kind::Service, PATH);
                // A process of the host is considered after all other claims.
                let of_host = evaluation.to.as_ref().is_some_and(|to| cluster.index.node_with_ip(to.ip).is_some());
                if of_host {
                    self.of_node_address();
                }
            }
            Reason::PodAnswersPing { .. } => self.of_ping(nftables),
            Reason::IcmpNotHandled => {
                self.of_ping(nftables);
                self.all(Kind::Pod, PATH);
                self.of_service_cidrs(nftables);
            }
            Reason::PingOfClusterIp { .. }
            | Reason::NoSuchPort { .. }
            | Reason::NoSuchPortRefused { .. }
            | Reason::UnusedClusterIp
            | Reason::UnusedClusterIpDropped
            | Reason::ServiceOfOtherProxy { .. }
            | Reason::LoopbackOfSource
            | Reason::ServicesNotKnown
            | Reason::OtherServicesNotKnown
            | Reason::SeveralClaims => self.all(Kind::Service, PATH),
            Reason::AddressOfNobody
            | Reason::EndpointOutsideCluster { .. }
            | Reason::NodesNotKnown
            | Reason::PodsNotKnown => {
                [Kind::Service, Kind::Node, Kind::Pod].into_iter().for_each(|kind| self.all(kind, PATH));
                self.all(Kind::EndpointSlice, [Because]);
                self.of_service_cidrs(nftables);
            }
            Reason::ServiceCidrsNotKnown => {
                self.all(Kind::Service, PATH);
                self.of_service_cidrs(nftables);
            }
            Reason::SourceNodeNotKnown { .. } => self.all(Kind::Node, PATH),
            Reason::SourcePodNotKnown { pod }
            | Reason::SourcePodEnded { pod, .. }
            | Reason::SourcePodNotScheduled { pod }
            | Reason::DnsPolicyNone { pod } => self.within(Kind::Pod, &pod.namespace, PATH),
            Reason::NameOutsideDomain { .. } | Reason::NamespaceNotKnown { .. } => self.all(Kind::Namespace, PATH),
            Reason::AliasOutsideCluster { .. } | Reason::ServiceOfAddressNotKnown { .. } => {
                self.all(Kind::Service, PATH);
            }
            Reason::ServiceNotKnown { service } => self.within(Kind::Service, &service.namespace, PATH),
            Reason::EndpointSlicesOfNameNotKnown { namespace } => self.within(Kind::EndpointSlice, namespace, PATH),
            Reason::EndpointOfAddressNotKnown { .. } => self.all(Kind::EndpointSlice, PATH),
        }
    }

    /// Adds the facts about what becomes of packets after their translation.
    fn of_remark(&mut self, remark: &Remark) {
        match remark {
            Remark::EndpointIsServiceAddress { service, .. }
            | Remark::EndpointRefused { service, .. }
            | Remark::EndpointDropped { service, .. } => {
                self.within(Kind::EndpointSlice, &service.namespace, [Endpoints, Remarks]);
            }
            Remark::EndpointIsUnusedClusterIp { .. } => self.all(Kind::Service, [Endpoints, Remarks]),
            Remark::EndpointMayBeServiceAddress { .. } => {
                self.all(Kind::Service, [Endpoints, Remarks]);
                self.all(Kind::ServiceCIDR, [Endpoints, Remarks]);
            }
            // The others need no more than the reason of their evaluation.
            _ => {}
        }
    }

    /// Adds the facts about a Service. Its Cluster IP is allocated to it; another Service or a hostPort can claim its other addresses.
    fn of_service(&mut self, evaluation: &Evaluation) {
        let Some(entry) = &evaluation.entry else { return };
        let Some(service) = &entry.service else { return };
        self.within(Kind::EndpointSlice, &service.namespace, [Outcome, Endpoints]);
        match entry.kind {
            EntryKind::ClusterIp => {}
            EntryKind::NodePort => self.of_node_address(),
            _ => self.all(Kind::Service, PATH),
        }
    }

    fn of_external_address(&mut self, service: &ObjectKey) {
        self.within(Kind::EndpointSlice, &service.namespace, PATH);
        self.all(Kind::Service, PATH);
    }

    /// Adds the facts about listeners on a Node's address: nodePorts and hostPorts.
    fn of_node_address(&mut self) {
        self.all(Kind::Service, PATH);
        self.all(Kind::Pod, PATH);
    }

    /// Adds the facts about a ping. nftables refuses or drops a ping of a service IP.
    fn of_ping(&mut self, nftables: bool) {
        self.all(Kind::Service, [if nftables { Outcome } else { Because }]);
    }

    /// Adds the facts about service IPs without a Service. nftables drops addresses in a ServiceCIDR that no Service has.
    fn of_service_cidrs(&mut self, nftables: bool) {
        self.all(Kind::ServiceCIDR, [if nftables { Outcome } else { Because }]);
    }
}
