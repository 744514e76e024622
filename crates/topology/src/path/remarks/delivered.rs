//! Says what holds of a delivery to endpoints.

use super::port_of;
use crate::cluster::facts::{ServiceFact, ServicePortFact};
use crate::cluster::port::TargetPort;
use crate::cluster::view::Cluster;
use crate::path::answer::{ChainRole, EndpointList, Evaluation, Reason, Remark, TraceDestination};
use crate::path::endpoints::{Candidate, DuplicateChoice, PortEndpoints, Topology};
use crate::path::shared::SharedFacts;

/// The remarks about a delivery to endpoints.
pub(super) fn of<'a>(
    cluster: Cluster<'a>,
    shared: &SharedFacts<'a>,
    evaluation: &Evaluation,
    to: &TraceDestination,
) -> Vec<Remark> {
    let key = evaluation.entry.as_ref().and_then(|entry| entry.service.as_ref());
    let Some((service, port)) = key.and_then(|key| port_of(cluster, key, evaluation, to)) else { return Vec::new() };
    let all = shared.endpoints(cluster, service, port, to.ip.is_ipv4(), DuplicateChoice::default());
    let remarks = [
        affinity(service, evaluation),
        hints(cluster, evaluation, &all),
        target_port(port, &all, &evaluation.endpoints),
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
fn hints(cluster: Cluster<'_>, evaluation: &Evaluation, all: &PortEndpoints<'_>) -> Option<Remark> {
    evaluation.rules.iter().find(|chain| chain.role == ChainRole::Cluster)?;
    let node = cluster.settings.hostname(evaluation.node.as_deref()?);
    match all.topology(cluster.index, node) {
        Topology::Without(endpoint) => Some(Remark::HintsIgnored { ip: endpoint.ip, pod: endpoint.fact.pod() }),
        Topology::ForOthers => Some(Remark::HintsForOtherNodes),
        Topology::Listed(_) | Topology::NoHints => None,
    }
}

/// The port of an endpoint that is not the targetPort, which is a number.
fn target_port(port: &ServicePortFact, all: &PortEndpoints<'_>, endpoints: &EndpointList) -> Option<Remark> {
    let TargetPort::Number(number) = port.target_port else { return None };
    let others = all.not_on_target_port();
    // The shorter list is read: the others are mostly none, or all.
    let other = if others.len() < endpoints.len() {
        others.iter().find(|other| endpoints.contains(other.ip, other.port)).map(|other| other.port)
    } else {
        endpoints.iter().find(|endpoint| i32::from(endpoint.port) != number).map(|endpoint| endpoint.port)
    };
    Some(Remark::TargetPortNotRead { target_port: port.target_port.clone(), port: other? })
}

/// A used endpoint with more than one address (reference §1.3).
fn further_addresses(all: &PortEndpoints<'_>, endpoints: &EndpointList) -> Option<Remark> {
    let is_used = |endpoint: &&Candidate<'_>| endpoints.with_ip(endpoint.ip).next().is_some();
    let with_more = all.with_further_addresses().iter().find(is_used)?;
    Some(Remark::FurtherAddressesNotUsed {
        ip: with_more.ip,
        slice: with_more.fact.slice_key(),
        count: with_more.fact.further_addresses,
    })
}
