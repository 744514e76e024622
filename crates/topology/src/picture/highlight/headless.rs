//! Highlights the paths of a headless Service.

use std::collections::BTreeSet;

use super::LightBuilder;
use crate::cluster::facts::{ServiceFact, ServicePortFact};
use crate::cluster::key::Kind;
use crate::cluster::port::Protocol;
use crate::graph::socket::{SocketKind, address_text};
use crate::graph::sockets;
use crate::path::headless::{self, HeadlessAddress};
use crate::path::question::Destination;
use crate::path::resolve;

impl LightBuilder<'_> {
    /// Highlights the path of these ports of a headless Service; `by_name` if its name is selected. DNS answers with the addresses of its ready
    /// endpoints.
    pub(super) fn headless_service(&mut self, service: &ServiceFact, ports: &[&ServicePortFact], by_name: bool) {
        self.put(SocketKind::Dns, service.dns_name(), Kind::Service, service.key());
        for port in ports {
            self.light.on_path.insert(sockets::port(service, port));
        }
        // DNS answers the name with every ready endpoint, whatever its ports. A single port is served only by endpoints that have it.
        if by_name {
            self.light_dns_addresses(service);
        }
        let addresses = headless::addresses(self.cluster.index, service);
        let mut asked = BTreeSet::new();
        for answer in addresses.iter().filter(|answer| ports.contains(&answer.port)) {
            let (port, protocol) = (answer.port.port.0, answer.port.protocol);
            if answer.number == port {
                self.headless_endpoint(answer);
            }
            if !asked.insert((answer.ip, port, protocol)) {
                continue;
            }
            let source = self.inside_source();
            let mut trace = resolve::answer(self.cluster, &source, Destination::port(answer.ip, port, protocol), None);
            trace.evaluations.iter_mut().for_each(|one| headless::check_port(service, &addresses, one));
            self.light_trace(&source, trace);
        }
    }

    /// Highlights the path of one port of a headless Service's name, whose packets keep that port. The resolver's evaluations are highlighted
    /// already.
    pub(super) fn headless_port(&mut self, service: &ServiceFact, number: u16, protocol: Protocol) {
        self.put(SocketKind::Dns, service.dns_name(), Kind::Service, service.key());
        for port in service.ports.iter().filter(|port| port.port.0 == number && port.protocol == protocol) {
            self.light.on_path.insert(sockets::port(service, port));
        }
        let addresses = headless::addresses(self.cluster.index, service);
        for answer in addresses.iter().filter(|answer| answer.number == number && answer.port.protocol == protocol) {
            self.headless_endpoint(answer);
        }
    }

    fn headless_endpoint(&mut self, answer: &HeadlessAddress<'_>) {
        let address = address_text(answer.ip, answer.number, answer.port.protocol);
        self.put(SocketKind::Endpoint, address, Kind::EndpointSlice, answer.slice.clone());
    }
}
