//! The unit of a Service: its entries, ports, endpoints and Pods.

use std::collections::BTreeSet;
use std::ops::Range;

use super::build::Builder;
use super::extent::Extent;
use super::joined::JoinedService;
use super::limits::Limits;
use super::link::{Link, LinkKind, PartId};
use super::part::{
    EndPart, EndpointPart, EndpointsEvidence, PortPart, ServicePart, SlicePart, SliceWriter, TargetPart,
};
use super::readiness::{EndpointState, Readiness};
use super::slices::{SliceLine, Used, are_more_than, writer};
use super::sockets;
use super::unit::Parts;
use crate::cluster::facts::{ServiceFact, ServicePortFact, ServiceType};
use crate::cluster::key::{Kind, ObjectKey};
use crate::cluster::view::Cluster;
use crate::path::answer::Outcome;
use crate::path::no_endpoint::{NoEndpointCause, is_read, no_endpoint};

/// The unit of a Service with these lines of its slices.
pub(super) fn unit<'a>(
    cluster: Cluster<'a>,
    service: &ServiceFact,
    joined: &JoinedService<'a>,
    lines: &[SliceLine<'a>],
    extent: Extent<'_>,
    limits: Limits,
) -> Parts {
    let external = service.service_type == ServiceType::ExternalName;
    let mut builder = Builder::new(cluster, limits);
    let folded = are_more_than(lines, limits.pods);
    builder.service(service, joined, lines, extent, folded);
    if !external {
        builder.parts.slices_unknown = !are_slices_known(cluster, service);
        builder.parts.evidence = if folded { None } else { builder.evidence(service) };
    }
    builder.finished()
}

fn are_slices_known(cluster: Cluster<'_>, service: &ServiceFact) -> bool {
    cluster.coverage.in_namespace(Kind::EndpointSlice, &service.namespace).complete()
}

/// The ports of a Service whose packets no endpoint gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ends {
    /// The ports, as indexes into `spec.ports`.
    pub(super) ports: Vec<usize>,
    /// The cause.
    pub(super) cause: NoEndpointCause,
}

/// The ports of a Service whose packets no endpoint gets; `None` if there are none, or if not all of its slices are known.
pub(super) fn ends(cluster: Cluster<'_>, service: &ServiceFact, joined: &JoinedService<'_>) -> Option<Ends> {
    let ports = if are_slices_known(cluster, service) { joined.ports_without_endpoint() } else { Vec::new() };
    let facts: Vec<&ServicePortFact> = ports.iter().map(|n| &service.ports[*n]).collect();
    (!ports.is_empty()).then(|| Ends { cause: no_endpoint(cluster.index, service, &facts, None).cause, ports })
}

impl<'a> Builder<'a> {
    /// Adds a Service with these lines of its slices. If the unit is folded, the lines are only counted.
    pub(super) fn service(
        &mut self,
        service: &ServiceFact,
        joined: &JoinedService<'a>,
        lines: &[SliceLine<'a>],
        extent: Extent<'_>,
        folded: bool,
    ) {
        let (first_entry, first_port, first_slice) =
            (self.parts.entries.len(), self.parts.ports.len(), self.parts.slices.len());
        self.service_entries(service, first_port, extent);
        let own = self.parts.services.len();
        let name = PartId::Name(own);
        let readiness = match extent {
            Extent::Whole => Readiness::of_service(self.cluster.index, service),
            Extent::OnNode(_) | Extent::OffNodes => {
                Readiness::of_each(lines.iter().map(|line| (line.endpoint, is_read(service, line.slice))))
            }
        };
        let external = service.service_type == ServiceType::ExternalName;
        let ports: Vec<&ServicePortFact> = service.ports.iter().filter(|_| !external).collect();
        let ports = self.service_part(service, &ports, readiness, false);
        self.parts.services[own].entries = first_entry..self.parts.entries.len();
        if external {
            self.external_name(service, name);
            return;
        }
        let ends = ends(self.cluster, service, joined);
        if folded {
            let dead = ends.as_ref().map(|ends| ends.ports.as_slice()).unwrap_or_default();
            self.counts(service, lines, &ports, dead);
        } else {
            let used = Used::of(service, joined, lines);
            self.endpoints(service, lines, &ports, name, &used);
        }
        self.parts.services[own].slices = first_slice..self.parts.slices.len();
        if let Some(Ends { ports: dead, cause }) = ends {
            self.end(own, dead.into_iter().map(|n| ports.start + n), cause);
        }
    }

    /// Adds a Service with these of its ports. Returns the indexes of the ports.
    pub(super) fn service_part(
        &mut self,
        service: &ServiceFact,
        ports: &[&ServicePortFact],
        readiness: Readiness,
        elsewhere: bool,
    ) -> Range<usize> {
        let key = service.key();
        let start = self.parts.ports.len();
        self.parts.ports.extend(ports.iter().map(|port| port_part(service, port)));
        let ports = start..self.parts.ports.len();
        let cluster_ips = service.cluster_ips.iter().filter(|_| !service.headless);
        self.parts.services.push(ServicePart {
            stopped: None,
            service_type: service.service_type,
            headless: service.headless,
            dns: sockets::dns(service),
            cluster_ips: cluster_ips.map(|ip| sockets::cluster_ip(&key, ip.0)).collect(),
            readiness,
            entries: 0..0,
            ports: ports.clone(),
            slices: 0..0,
            end: None,
            service: key,
            elsewhere,
        });
        ports
    }

    fn external_name(&mut self, service: &ServiceFact, name: PartId) {
        let Some((socket, target)) = sockets::external_name(service).zip(service.external_target()) else { return };
        let target = TargetPart { socket, target: target.to_owned(), node: None, dns_only: true };
        self.parts.links.push(Link::new(name, PartId::Target(self.parts.targets.len()), LinkKind::Dns));
        self.parts.targets.push(target);
    }

    /// Adds the numbers of endpoints and Pods.
    fn counts(&mut self, service: &ServiceFact, lines: &[SliceLine<'a>], ports: &Range<usize>, dead: &[usize]) {
        for (n, port) in ports.clone().enumerate() {
            let kind = match (dead.contains(&n), service.headless) {
                (true, _) => LinkKind::Unused,
                (false, true) => LinkKind::Dns,
                (false, false) => LinkKind::Packet,
            };
            self.parts.links.push(Link::new(PartId::Port(port), PartId::EndpointCount, kind));
        }
        self.parts.links.push(Link::new(PartId::EndpointCount, PartId::PodCount, LinkKind::Packet));
        let endpoints = lines.iter().map(|line| (line.endpoint, is_read(service, line.slice)));
        self.parts.endpoint_count = Some(Readiness::of_endpoints(endpoints));
        let named = BTreeSet::from_iter(lines.iter().filter_map(|line| line.endpoint.pod_name()));
        let pod = |(namespace, name): &(&str, &str)| self.cluster.index.pod(&ObjectKey::new(*namespace, *name));
        let known = Readiness::of_pods(named.iter().filter_map(pod));
        // A Pod that only an endpoint names counts as not ready.
        self.parts.pod_count = Some(Readiness { total: named.len(), ..known });
    }

    /// Adds the endpoints one by one.
    fn endpoints(
        &mut self,
        service: &ServiceFact,
        lines: &[SliceLine<'a>],
        ports: &Range<usize>,
        name: PartId,
        used: &Used<'a>,
    ) {
        for line in lines {
            let own = self.parts.endpoints.len();
            let slice = line.slice.key();
            match self.parts.slices.last_mut().filter(|last| last.slice == slice) {
                Some(last) => last.endpoints.end = own + 1,
                None => {
                    let part = SlicePart { slice, writer: writer(line.slice), endpoints: own..own + 1 };
                    self.parts.slices.push(part);
                }
            }
            let (to, used) = (PartId::Endpoint(own), used.has(line));
            let kind = match (used, service.headless) {
                (false, _) => LinkKind::Unused,
                (true, true) => LinkKind::Dns,
                (true, false) => LinkKind::Packet,
            };
            if service.headless && ports.is_empty() {
                // DNS answers the name with the addresses even if the Service has no ports.
                self.parts.links.push(Link::new(name, to, kind));
            }
            let joined = ports.clone().zip(&service.ports).filter(|(_, port)| line.joins(service, port));
            self.parts.links.extend(joined.map(|(n, _)| Link::new(PartId::Port(n), to, kind)));
            let backing = self.backing.add_endpoint(self.cluster.index, line.endpoint, line.port(), to);
            self.parts.endpoints.push(EndpointPart {
                socket: line.socket(),
                address: line.endpoint.address.clone(),
                port: line.port().map(|(_, port)| port),
                protocol: line.port().map(|(protocol, _)| protocol).unwrap_or_default(),
                state: EndpointState::of_endpoint(line.endpoint),
                used,
                backing,
            });
        }
    }

    /// Adds the end of packets to these ports of a Service. kube-proxy refuses only packets to Services that it handles.
    pub(super) fn end(&mut self, service: usize, ports: impl Iterator<Item = usize>, cause: NoEndpointCause) {
        let own = self.parts.ends.len();
        self.parts.services[service].end = Some(own);
        let to = PartId::End(own);
        let mut sockets = Vec::new();
        for port in ports {
            self.parts.links.push(Link::new(PartId::Port(port), to, LinkKind::Broken));
            sockets.push(self.parts.ports[port].socket.clone());
        }
        self.parts.ends.push(EndPart { outcome: Outcome::Reject, cause, ports: sockets });
    }

    fn evidence(&self, service: &ServiceFact) -> Option<EndpointsEvidence> {
        let object = self.cluster.index.endpoints_object(&service.key())?;
        let mut slices = self.cluster.index.slices_of(&service.key());
        let mirrored = slices.any(|slice| writer(slice) == SliceWriter::Mirror);
        Some(EndpointsEvidence { addresses: object.addresses, mirrored })
    }
}

fn port_part(service: &ServiceFact, port: &ServicePortFact) -> PortPart {
    PortPart {
        socket: sockets::port(service, port),
        name: port.name.clone(),
        port: port.port.0,
        protocol: port.protocol,
        target_port: (!service.headless).then(|| port.target_port.clone()),
    }
}
