//! What a client of a headless Service's name reaches. DNS gives it Pod IPs, so nothing translates the Service's port (reference §6).

use std::net::IpAddr;

use crate::cluster::facts::{ServiceFact, ServicePortFact};
use crate::cluster::index::Index;
use crate::cluster::key::ObjectKey;
use crate::path::answer::{EndpointHop, Evaluation, Outcome, Remark};

/// A ready endpoint of one port of a headless Service.
pub(crate) struct HeadlessAddress<'a> {
    /// The slice of the endpoint.
    pub(crate) slice: ObjectKey,
    /// Its address, which DNS answers with.
    pub(crate) ip: IpAddr,
    /// The slice's port, on which the endpoint listens.
    pub(crate) number: u16,
    /// The Service's port. A client that uses its number gets another port than the endpoint's, if the two differ.
    pub(crate) port: &'a ServicePortFact,
}

/// The ready endpoints of a headless Service, by port. kube-proxy skips the slices of headless Services, so the resolver does not join them.
pub(crate) fn addresses<'s>(index: &Index, service: &'s ServiceFact) -> Vec<HeadlessAddress<'s>> {
    let mut answers = Vec::new();
    for slice in index.slices_of(&service.key()) {
        for (slice_port, number) in slice.ports.iter().filter_map(|port| Some((port, port.port?.0))) {
            let Some(port) = service.ports.iter().find(|port| slice_port.joins(port)) else { continue };
            let key = slice.key();
            let ready = index.endpoints_in(&key).filter(|endpoint| endpoint.is_ready());
            answers.extend(
                ready.filter_map(|endpoint| {
                    Some(HeadlessAddress { slice: slice.key(), ip: endpoint.ip()?, number, port })
                }),
            );
        }
    }
    answers
}

/// Adds to the evaluation of a packet to one of the Service's `addresses` that its port is not translated, if the Service's port is not the
/// endpoint's. The connection fails then, unless a container declares the Service's port too.
pub(crate) fn check_port(service: &ServiceFact, addresses: &[HeadlessAddress<'_>], evaluation: &mut Evaluation) {
    let Some(to) = evaluation.to.as_ref().filter(|_| evaluation.outcome == Outcome::Direct) else { return };
    let (Some(port), Some(protocol), ip) = (to.port, to.protocol.of_ports(), to.ip) else { return };
    let asked = |address: &HeadlessAddress<'_>| {
        address.ip == ip && address.port.port.0 == port && address.port.protocol == protocol
    };
    let numbers: Vec<u16> = addresses.iter().filter(|address| asked(address)).map(|address| address.number).collect();
    let Some(endpoint_port) = numbers.first().copied().filter(|_| !numbers.contains(&port)) else { return };
    let remark = Remark::HeadlessPortNotTranslated { service: service.key(), port, endpoint_port };
    evaluation.remarks.insert(0, remark);
    let delivered = |hop: &EndpointHop| if hop.container.is_none() { Some(false) } else { hop.delivered };
    let endpoints = evaluation.endpoints.iter().map(|hop| EndpointHop { delivered: delivered(hop), ..hop.clone() });
    evaluation.endpoints = endpoints.collect::<Vec<_>>().into();
}
