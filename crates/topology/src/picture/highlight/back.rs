//! Finds the entries from which an endpoint is reached.

use std::collections::BTreeSet;
use std::net::IpAddr;

use super::{LightBuilder, TRACED_NODES, entry_port};
use crate::cluster::facts::{ServiceFact, SliceFact};
use crate::cluster::index::EndpointBacking;
use crate::cluster::key::{Kind, ObjectKey};
use crate::cluster::port::Protocol;
use crate::graph::socket::{Socket, SocketKind, address_text};
use crate::graph::sockets;
use crate::path::answer::{EndpointHop, Evaluation, Outcome};
use crate::path::headless::{self, HeadlessAddress};
use crate::path::question::{Destination, Source};
use crate::path::resolve::resolve;

impl LightBuilder<'_> {
    /// Highlights the entries of a Pod that is not in the index and is only named by an endpoint.
    pub(super) fn unknown_pod(&mut self, socket: &Socket) {
        let index = self.cluster.index;
        let ips: Vec<IpAddr> = socket.address.parse().into_iter().collect();
        let mut services: BTreeSet<ObjectKey> = BTreeSet::new();
        for endpoint in index.endpoints_of_pod(&socket.object) {
            self.note_unused(endpoint);
            services.extend(index.slice(&endpoint.slice_key()).and_then(SliceFact::service_key));
        }
        for service in services.iter().filter_map(|key| index.service(key)) {
            self.entries_of(service, &ips, None);
        }
    }

    /// Highlights the addresses in the DNS answer for the name of a headless Service.
    pub(super) fn light_dns_addresses(&mut self, service: &ServiceFact) {
        let index = self.cluster.index;
        for slice in index.slices_of(&service.key()) {
            for endpoint in index.endpoints_in(&slice.key()).filter(|endpoint| endpoint.is_ready()) {
                let Some(ip) = endpoint.ip() else { continue };
                let ports = slice.ports.iter().filter_map(|port| Some((port.port?.0, port.protocol)));
                let mut addresses: Vec<String> =
                    ports.map(|(port, protocol)| address_text(ip, port, protocol)).collect();
                if addresses.is_empty() {
                    addresses.push(endpoint.address.clone());
                }
                for address in addresses {
                    self.put(SocketKind::Endpoint, address, Kind::EndpointSlice, slice.key());
                }
                if let EndpointBacking::Pod(pod) = index.endpoint_backing(endpoint) {
                    self.put(SocketKind::PodIp, ip.to_string(), Kind::Pod, pod);
                }
            }
        }
    }

    /// Highlights every entry of a Service from which one of these endpoints is reached.
    pub(super) fn entries_of(&mut self, service: &ServiceFact, ips: &[IpAddr], port: Option<(u16, Protocol)>) {
        let index = self.cluster.index;
        let has_wanted = |evaluation: &Evaluation| wanted(evaluation, ips, port).next().is_some();
        if service.headless {
            let named = |slice: &SliceFact| {
                index.endpoints_in(&slice.key()).any(|e| e.is_ready() && e.ip().is_some_and(|ip| ips.contains(&ip)))
            };
            if index.slices_of(&service.key()).any(named) {
                self.put(SocketKind::Dns, service.dns_name(), Kind::Service, service.key());
            }
            let (cluster, source) = (self.cluster, self.inside_source());
            let reached = |ip: IpAddr, number: u16, protocol: Protocol| {
                let trace = resolve(cluster, &source, Destination::port(ip, number, protocol), None);
                trace.evaluations.iter().any(has_wanted)
            };
            for HeadlessAddress { slice, ip, number, port } in headless::addresses(index, service) {
                // A packet to the name keeps the Service's port, which the endpoint need not have.
                let by_name = reached(ip, port.port.0, port.protocol);
                if by_name {
                    self.light.on_path.insert(sockets::port(service, port));
                }
                if (by_name && port.port.0 == number) || reached(ip, number, port.protocol) {
                    let address = address_text(ip, number, port.protocol);
                    self.put(SocketKind::Endpoint, address, Kind::EndpointSlice, slice);
                }
            }
            return;
        }
        let mut found: Vec<(Socket, Evaluation)> = Vec::new();
        let mut supposed = false;
        let inside_source = self.inside_source();
        let outside_source = |ipv4| self.outside_source(ipv4);
        for port in &service.ports {
            let (number, protocol) = (port.port.0, port.protocol);
            let mut ask = |kind: SocketKind, source: &Source, ip: IpAddr, number: u16| {
                let trace = resolve(self.cluster, source, Destination::port(ip, number, protocol), None);
                let reaching = trace.evaluations.iter().find(|own| has_wanted(own.by_evaluated_rules()));
                if let Some(own) = reaching {
                    let evaluation = own.by_evaluated_rules().clone();
                    supposed |= own.outcome == Outcome::Unknown;
                    let address =
                        if kind == SocketKind::ClusterIp { ip.to_string() } else { address_text(ip, number, protocol) };
                    found.push((Socket::new(kind, address, Kind::Service, service.key()), evaluation));
                }
            };
            service.cluster_ips.iter().for_each(|ip| ask(SocketKind::ClusterIp, &inside_source, ip.0, number));
            for ip in &service.external_ips {
                ask(SocketKind::ExternalIp, &outside_source(ip.0.is_ipv4()), ip.0, number);
            }
            for ip in service.load_balancer_vips() {
                ask(SocketKind::LoadBalancerIp, &outside_source(ip.0.is_ipv4()), ip.0, number);
            }
            if let Some(node_port) = port.node_port {
                for ip in self.traced_nodes(ips) {
                    ask(SocketKind::NodePort, &outside_source(ip.is_ipv4()), ip, node_port.0);
                }
            }
        }
        self.supposed_entry |= supposed;
        for (socket, evaluation) in found {
            if socket.kind == SocketKind::ClusterIp {
                self.put(SocketKind::Dns, service.dns_name(), Kind::Service, service.key());
            }
            if let Some((service, port)) = entry_port(index, &evaluation) {
                self.light.on_path.insert(sockets::port(service, port));
            }
            self.light.on_path.insert(socket);
            for hop in wanted(&evaluation, ips, port) {
                self.light_endpoint(hop, true);
            }
        }
    }
}

impl LightBuilder<'_> {
    /// The addresses of the Nodes whose nodePorts are traced to endpoints with these addresses: of all Nodes if they are few, else of the
    /// endpoints' own.
    fn traced_nodes(&self, ips: &[IpAddr]) -> Vec<IpAddr> {
        let index = self.cluster.index;
        if index.count(Kind::Node) <= TRACED_NODES {
            return index.nodes().filter_map(|node| node.first_ip()).map(|ip| ip.0).collect();
        }
        let own = ips.iter().filter_map(|ip| index.node(index.node_name_at(*ip)?)).next();
        own.or_else(|| index.nodes().next()).and_then(|node| node.first_ip()).map(|ip| ip.0).into_iter().collect()
    }
}

/// The endpoints of an evaluation with one of these addresses and with this port.
fn wanted<'e>(
    evaluation: &'e Evaluation,
    ips: &[IpAddr],
    port: Option<(u16, Protocol)>,
) -> impl Iterator<Item = &'e EndpointHop> {
    let with_ips = ips.iter().flat_map(|ip| evaluation.endpoints.with_ip(*ip));
    with_ips.filter(move |hop| port.is_none_or(|wanted| (hop.port, hop.protocol) == wanted))
}
