//! Adds to an evaluation what explains it: why a Service has no usable endpoint, what holds of a delivery, what was probably meant.
//!
//! A remark decides nothing: the outcome, the endpoints and the reason are there already.

mod delivered;
mod near;
mod near_label;
mod no_endpoint;
#[cfg(test)]
mod tests;

use crate::cluster::facts::{ServiceFact, ServicePortFact};
use crate::cluster::key::ObjectKey;
use crate::cluster::port::Protocol;
use crate::cluster::view::Cluster;
use crate::path::answer::{Evaluation, Outcome, Reason, Remark, TraceDestination};
use crate::path::question::Destination;
use crate::path::shared::SharedFacts;

/// Adds the remarks to an evaluation and to its alternatives. Alternatives by duplicates of endpoints get none: remarks read the facts of one
/// of the duplicates, which need not be the alternative's.
pub(crate) fn add<'a>(cluster: Cluster<'a>, shared: &SharedFacts<'a>, evaluation: &mut Evaluation) {
    if !matches!(evaluation.because, Reason::DuplicateEndpoint { .. }) {
        evaluation.alternatives.iter_mut().for_each(|alternative| add(cluster, shared, alternative));
    }
    let Some(to) = evaluation.to.clone() else { return };
    let remarks = of(cluster, shared, evaluation, &to);
    evaluation.remarks.extend(remarks);
}

fn of<'a>(
    cluster: Cluster<'a>,
    shared: &SharedFacts<'a>,
    evaluation: &Evaluation,
    to: &TraceDestination,
) -> Vec<Remark> {
    match &evaluation.because {
        Reason::NoReadyEndpoint { service }
        | Reason::NodePortRefused { service }
        | Reason::NothingRefusesOwnTraffic { service } => {
            let mut remarks = Vec::new();
            if let Some((service, port)) = port_of(cluster, service, evaluation, to) {
                no_endpoint::add(cluster, service, port, to.ip.is_ipv4(), &mut remarks);
            }
            remarks.extend(existing_flows(to));
            remarks
        }
        Reason::NoLocalEndpoint { .. } | Reason::NodePortDropped { .. } => existing_flows(to).into_iter().collect(),
        Reason::NoSuchPort { service, .. } | Reason::NoSuchPortRefused { service } => {
            let service = cluster.index.service(service);
            service.and_then(|service| near::of_service(cluster, service, destination(to))).into_iter().collect()
        }
        Reason::NoListenerKnown { node } => near::on_node(cluster, node, destination(to)),
        _ if evaluation.outcome == Outcome::Endpoints => delivered::of(cluster, shared, evaluation, to),
        _ => Vec::new(),
    }
}

fn destination(to: &TraceDestination) -> Destination {
    Destination { ip: to.ip, port: to.port, protocol: to.protocol }
}

/// New flows are refused or dropped; those of UDP that exist can stick to their endpoint (reference §2.14).
fn existing_flows(to: &TraceDestination) -> Option<Remark> {
    (to.protocol.of_ports() == Some(Protocol::Udp)).then_some(Remark::ExistingUdpFlows)
}

/// The Service of an evaluation with the port that the packet is for.
fn port_of<'a>(
    cluster: Cluster<'a>,
    service: &ObjectKey,
    evaluation: &Evaluation,
    to: &TraceDestination,
) -> Option<(&'a ServiceFact, &'a ServicePortFact)> {
    let service = cluster.index.service(service)?;
    let number = evaluation.entry.as_ref().map_or(to.port, |entry| entry.port);
    let is_it = |port: &&ServicePortFact| Some(port.port.0) == number && Some(port.protocol) == to.protocol.of_ports();
    Some((service, service.ports.iter().find(is_it)?))
}
