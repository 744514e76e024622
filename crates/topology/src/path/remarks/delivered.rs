//! Says what holds of a delivery to endpoints.

use super::port_of;
use crate::cluster::facts::{EndpointFact, ServiceFact, ServicePortFact};
use crate::cluster::port::TargetPort;
use crate::cluster::view::Cluster;
use crate::path::answer::{ChainRole, EndpointHop, Evaluation, Reason, Remark, TraceDestination};
use crate::path::endpoints::{Candidate, Topology, candidates};

/// The remarks about a delivery to endpoints.
pub(super) fn of(cluster: Cluster<'_>, evaluation: &Evaluation, to: &TraceDestination) -> Vec<Remark> {
    let key = evaluation.entry.as_ref().and_then(|entry| entry.service.as_ref());
    let Some((service, port)) = key.and_then(|key| port_of(cluster, key, evaluation, to)) else { return Vec::new() };
    let all = candidates(cluster.index, &service.key(), port, to.ip.is_ipv4());
    let affinity = affinity(service, evaluation);
    let remarks = [
        affinity,
        hints(cluster, evaluation, &all),
        target_port(port, &evaluation.endpoints),
        further_addresses(&all, &evaluation.endpoints),
    ];
    remarks.into_iter().flatten().collect()
}

/// sessionAffinity decides which of several endpoints a client gets (reference §2.8). The listener of kube-proxy does not know it.
fn affinity(service: &ServiceFact, evaluation: &Evaluation) -> Option<Remark> {
    let several = matches!(evaluation.because, Reason::DeliveredToEndpoints { count } if count > 1);
    (service.client_ip_affinity && several).then(|| Remark::ClientIpAffinity { service: service.key() })
}

/// Hints that kube-proxy ignores. They matter for policy Cluster only (reference §2.1).
fn hints(cluster: Cluster<'_>, evaluation: &Evaluation, all: &[Candidate<'_>]) -> Option<Remark> {
    evaluation.rules.iter().find(|chain| chain.role == ChainRole::Cluster)?;
    let node = cluster.settings.hostname(evaluation.node.as_deref()?);
    let ready: Vec<Candidate<'_>> = all.iter().filter(|endpoint| endpoint.fact.is_ready()).copied().collect();
    match Topology::of(cluster.index, &ready, node) {
        Topology::Without(endpoint) => Some(Remark::HintsIgnored { ip: endpoint.ip, pod: endpoint.fact.pod() }),
        Topology::ForOthers => Some(Remark::HintsForOtherNodes),
        Topology::Node(_) | Topology::Zone(_) | Topology::NoHints => None,
    }
}

/// The port of an endpoint that is not the targetPort, which is a number.
fn target_port(port: &ServicePortFact, endpoints: &[EndpointHop]) -> Option<Remark> {
    let TargetPort::Number(number) = port.target_port else { return None };
    let other = endpoints.iter().find(|endpoint| i32::from(endpoint.port) != number)?;
    Some(Remark::TargetPortNotRead { target_port: port.target_port.clone(), port: other.port })
}

/// A used endpoint with more than one address (reference §1.3).
fn further_addresses(all: &[Candidate<'_>], endpoints: &[EndpointHop]) -> Option<Remark> {
    let is_used = |fact: &EndpointFact| endpoints.iter().any(|hop| fact.ip() == Some(hop.ip));
    let with_more = all.iter().find(|endpoint| endpoint.fact.further_addresses > 0 && is_used(endpoint.fact))?;
    Some(Remark::FurtherAddressesNotUsed {
        ip: with_more.ip,
        slice: with_more.fact.slice_key(),
        count: with_more.fact.further_addresses,
    })
}
