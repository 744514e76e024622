//! Computes which sockets are highlighted when a socket is selected: those that it reaches, and those from which it is reached.

mod back;
mod headless;
mod question;
#[cfg(test)]
pub(super) mod tests;
mod unused;

use std::collections::BTreeSet;
use std::net::IpAddr;

use crate::cluster::facts::{PodFact, ServiceFact, ServicePortFact, ServiceType, SliceFact};
use crate::cluster::index::{EndpointBacking, Index};
use crate::cluster::key::{Kind, ObjectKey};
use crate::cluster::port::Protocol;
use crate::cluster::view::Cluster;
use crate::graph::socket::{Selection, Socket, SocketKind, address, address_text, container_port, container_text};
use crate::graph::{LISTED_NODES, find_socket, sockets};
use crate::path::answer::{DnsAnswer, EndpointHop, Evaluation, Outcome, Trace, TraceSource};
use crate::path::host_port;
use crate::path::question::{Destination, Source, Target};
use crate::path::resolve;
use crate::path::source::shown;
use crate::path::trace::{Unanswerable, not_sending};

use unused::UsedLists;
pub use unused::{LeftOut, UnusedEndpoint, UnusedEndpoints, UsedAddresses};

/// Maximum number of Nodes whose nodePorts are traced to find the entries of an endpoint. The picture lists the same number of Nodes.
const TRACED_NODES: usize = LISTED_NODES;

/// The answer to a [`HighlightQuestion`]: the sockets to highlight and the resolver's evaluations.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Light {
    /// The selected socket; `None` if the index has no such socket.
    pub selected: Option<Socket>,
    /// Every socket on the path, the selected one included.
    pub on_path: BTreeSet<Socket>,
    /// The share of new connections of each endpoint on the path, sorted by socket.
    pub shares: Vec<(Socket, f64)>,
    /// Endpoints of the Service ports on the path that currently get no packets.
    pub unused: Vec<UnusedEndpoint>,
    /// The ports where packets are stopped on every evaluated Node, with the outcome: REJECT or DROP.
    pub broken: Vec<(Socket, Outcome)>,
    /// Whether at least one packet of the path is delivered.
    pub delivered: bool,
    /// Whether what is lit is only supposed: what was evaluated is UNKNOWN, and the path is that of alternatives.
    pub supposed: bool,
    /// The source of the traced packet, as in a trace's `from`; `None` if no packet was traced.
    pub from: Option<TraceSource>,
    /// The source in the question, or the assumed source if the question has none.
    pub source: Option<Source>,
    /// The destination in the question; `None` if a socket was selected.
    pub to: Option<Target>,
    /// The DNS answer, if the destination is a name.
    pub dns: Option<DnsAnswer>,
    /// The resolver's answer.
    pub evaluations: Vec<Evaluation>,
}

/// A question about the picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HighlightQuestion {
    /// About a socket of the picture.
    Socket(Selection),
    /// About a typed destination, which the picture need not contain.
    Target(Target),
}

/// Finds what a socket reaches and what reaches it, or where a packet to a destination goes. Without `from`, addresses for clients
/// outside the cluster are traced from an outside client, and other addresses from a Pod on each Node (design §5).
///
/// # Errors
///
/// The source is known not to exist.
pub fn light(cluster: Cluster<'_>, asked: &HighlightQuestion, from: Option<&Source>) -> Result<Light, Unanswerable> {
    let mut builder = LightBuilder {
        cluster,
        light: Light::default(),
        delivered_ports: BTreeSet::new(),
        used: UsedLists::default(),
        from: from.cloned(),
        supposed_entry: false,
    };
    match asked {
        HighlightQuestion::Socket(selection) => {
            let Some(socket) = find_socket(cluster.index, selection) else { return Ok(Light::default()) };
            builder.light.selected = Some(socket.clone());
            builder.light.on_path.insert(socket.clone());
            match from.map_or(Ok(None), |from| not_sending(cluster, from))? {
                Some(because) => {
                    builder.light.from = from.map(|from| shown(cluster.index, from, None, true));
                    builder.light.evaluations.push(Evaluation::new(Outcome::Unknown, because, None, None));
                }
                None => builder.socket(&socket),
            }
        }
        HighlightQuestion::Target(target) => builder.target(target)?,
    }
    Ok(builder.finished())
}

impl LightBuilder<'_> {
    fn socket(&mut self, socket: &Socket) {
        match socket.kind {
            SocketKind::NodeIp => self.node(socket),
            SocketKind::NodePort | SocketKind::HostPort | SocketKind::ExternalIp | SocketKind::LoadBalancerIp => {
                self.entry(socket)
            }
            SocketKind::ClusterIp | SocketKind::Dns | SocketKind::Port => self.service(socket),
            SocketKind::Endpoint | SocketKind::External if socket.object_kind == Kind::EndpointSlice => {
                self.endpoint(socket)
            }
            SocketKind::Endpoint | SocketKind::External => self.external_name(socket),
            SocketKind::PodIp | SocketKind::ContainerPort => self.pod(socket),
        }
    }

    fn finished(mut self) -> Light {
        // Several evaluations can contain the same endpoint.
        self.light.shares.sort_by(|a, b| a.0.cmp(&b.0));
        self.light.shares.dedup_by(|later, earlier| later.0 == earlier.0);
        self.light.unused.extend(self.used.unused(self.cluster.index));
        unused::sort(&mut self.light.unused);
        let evaluations = &self.light.evaluations;
        self.light.supposed = evaluations.iter().all(|one| one.outcome == Outcome::Unknown)
            && (self.supposed_entry || evaluations.iter().any(|one| !one.alternatives.is_empty()));
        self.light
    }

    /// The source for addresses that clients outside the cluster use.
    fn outside_source(&self, ipv4: bool) -> Source {
        self.from.clone().unwrap_or_else(|| Source::outside(ipv4))
    }

    /// The source for addresses that Pods use.
    fn inside_source(&self) -> Source {
        self.from.clone().unwrap_or(Source::AnyPod)
    }
}

struct LightBuilder<'a> {
    cluster: Cluster<'a>,
    light: Light,
    /// Ports whose packets are delivered on at least one Node.
    delivered_ports: BTreeSet<Socket>,
    /// The endpoints that get packets.
    used: UsedLists,
    /// The source in the question.
    from: Option<Source>,
    /// Whether an entry was found by the rules of an alternative.
    supposed_entry: bool,
}

impl Light {
    /// Whether packets to this port are stopped on every evaluated Node.
    pub fn is_broken(&self, socket: &Socket) -> bool {
        self.broken.iter().any(|(other, _)| other == socket)
    }

    /// The share of new connections of an endpoint on the path.
    pub fn share(&self, socket: &Socket) -> Option<f64> {
        self.shares.binary_search_by(|(other, _)| other.cmp(socket)).ok().map(|at| self.shares[at].1)
    }

    /// Whether at least one port stops packets and no packet is delivered.
    pub fn stopped(&self) -> bool {
        !self.delivered && !self.broken.is_empty()
    }
}

impl<'a> LightBuilder<'a> {
    fn put(&mut self, kind: SocketKind, address: String, object_kind: Kind, object: ObjectKey) {
        self.light.on_path.insert(Socket::new(kind, address, object_kind, object));
    }

    /// Traces a packet and highlights its path.
    fn trace(&mut self, source: &Source, ip: IpAddr, port: u16, protocol: Protocol) {
        self.light_trace(source, resolve::answer(self.cluster, source, Destination::port(ip, port, protocol), None));
    }

    fn light_trace(&mut self, source: &Source, trace: Trace) {
        self.light.from = Some(trace.from);
        self.light.source = Some(source.clone());
        for evaluation in &trace.evaluations {
            self.light_evaluation(evaluation);
        }
        self.light.evaluations.extend(trace.evaluations);
    }

    fn light_evaluation(&mut self, evaluation: &Evaluation) {
        let owner = entry_port(self.cluster.index, evaluation);
        if let Some((service, port)) = owner {
            let socket = sockets::port(service, port);
            if matches!(evaluation.outcome, Outcome::Reject | Outcome::Drop) && !self.delivered_ports.contains(&socket)
            {
                self.light.broken.retain(|(other, _)| *other != socket);
                self.light.broken.push((socket.clone(), evaluation.outcome));
            }
            if evaluation.outcome.delivered() {
                self.light.broken.retain(|(other, _)| *other != socket);
                self.delivered_ports.insert(socket.clone());
            }
            self.light.on_path.insert(socket);
        }
        self.light.delivered |= evaluation.outcome.delivered();
        // What is lit of an endpoint is the same in all evaluations that share its list.
        if self.used.add(self.cluster.index, evaluation) {
            for endpoint in evaluation.endpoints.iter() {
                self.light_endpoint(endpoint, owner.is_some());
            }
        }
        for alternative in &evaluation.alternatives {
            self.light_evaluation(alternative);
        }
    }

    fn light_endpoint(&mut self, hop: &EndpointHop, through_service: bool) {
        let address = address_text(hop.ip, hop.port, hop.protocol);
        if let (Some(slice), true) = (&hop.slice, through_service) {
            let socket = Socket::new(SocketKind::Endpoint, address.clone(), Kind::EndpointSlice, slice.clone());
            self.light.shares.push((socket.clone(), hop.probability));
            self.light.on_path.insert(socket);
            if hop.pod.is_none() {
                self.put(SocketKind::External, address, Kind::EndpointSlice, slice.clone());
            }
        }
        if let Some(pod) = &hop.pod {
            let ip = self.drawn_ip(pod, hop.ip);
            self.put(SocketKind::PodIp, ip.to_string(), Kind::Pod, pod.clone());
            if let Some(container) = &hop.container {
                let text = container_text(pod, container, hop.port, hop.protocol);
                self.put(SocketKind::ContainerPort, text, Kind::Pod, pod.clone());
            }
        }
    }

    /// The address with which a Pod is drawn. A hostNetwork Pod is reached on every address of its Node, and drawn with its own.
    fn drawn_ip(&self, pod: &ObjectKey, reached: IpAddr) -> IpAddr {
        let of_host = self.cluster.index.pod(pod).filter(|pod| pod.host_network);
        let ips = of_host.map_or(&[][..], |pod| &pod.ips);
        ips.iter().find(|ip| ip.0 == reached).or(ips.first()).map_or(reached, |ip| ip.0)
    }

    fn node(&mut self, socket: &Socket) {
        let Some((ip, _, _)) = address(&socket.address) else { return };
        for service in self.cluster.index.services().filter(|service| service.proxied()) {
            for port in &service.ports {
                if let Some(node_port) = port.node_port {
                    self.put(
                        SocketKind::NodePort,
                        address_text(ip, node_port.0, port.protocol),
                        Kind::Service,
                        service.key(),
                    );
                }
            }
        }
        let here: Vec<&PodFact> =
            self.cluster.index.pods().filter(|pod| pod.node.as_deref() == Some(&socket.object.name)).collect();
        for mapped in here.into_iter().flat_map(host_port::mapped).filter(|mapped| mapped.is_open_on(ip)) {
            let address = address_text(ip, mapped.number, mapped.port.protocol);
            self.put(SocketKind::HostPort, address, Kind::Pod, mapped.pod.key());
        }
    }

    fn entry(&mut self, socket: &Socket) {
        let Some((ip, Some(port), protocol)) = address(&socket.address) else { return };
        if let Some(node) = self.cluster.index.node_with_ip(ip) {
            self.put(SocketKind::NodeIp, ip.to_string(), Kind::Node, node.key());
        }
        // Only a process of the Node reaches a hostPort on a loopback address.
        let of_host = match socket.kind {
            SocketKind::HostPort if ip.is_loopback() && self.from.is_none() => {
                let node = self.cluster.index.pod(&socket.object).and_then(|pod| pod.node.clone());
                node.filter(|node| self.cluster.index.node(node).is_some())
            }
            _ => None,
        };
        let source = of_host.map_or_else(|| self.outside_source(ip.is_ipv4()), Source::Localhost);
        self.trace(&source, ip, port, protocol);
    }

    /// Highlights the path of a Cluster IP, a DNS name, or one port of a Service.
    fn service(&mut self, socket: &Socket) {
        let Some(service) = self.cluster.index.service(&socket.object) else { return };
        let one = |port: &&ServicePortFact| socket.kind != SocketKind::Port || sockets::port(service, port) == *socket;
        let ports: Vec<&ServicePortFact> = service.ports.iter().filter(one).collect();
        if service.service_type == ServiceType::ExternalName {
            if let Some(name) = service.external_target() {
                self.put(SocketKind::External, name.to_owned(), Kind::Service, service.key());
            }
            return;
        }
        if service.headless {
            self.headless_service(service, &ports, socket.kind != SocketKind::Port);
            return;
        }
        for ip in &service.cluster_ips {
            if socket.kind == SocketKind::ClusterIp && socket.address != ip.to_string() {
                continue;
            }
            self.put(SocketKind::ClusterIp, ip.to_string(), Kind::Service, service.key());
            for port in &ports {
                self.trace(&self.inside_source(), ip.0, port.port.0, port.protocol);
            }
        }
    }

    fn external_name(&mut self, socket: &Socket) {
        if let Some(service) = self.cluster.index.service(&socket.object) {
            self.put(SocketKind::Dns, service.dns_name(), Kind::Service, service.key());
        }
    }

    /// Highlights the path of an endpoint, or of an outside address that an endpoint represents.
    fn endpoint(&mut self, socket: &Socket) {
        let Some((ip, port, protocol)) = address(&socket.address) else { return };
        let index = self.cluster.index;
        self.put(SocketKind::Endpoint, socket.address.clone(), Kind::EndpointSlice, socket.object.clone());
        let own = index.endpoints_in(&socket.object).find(|endpoint| endpoint.ip() == Some(ip));
        if let Some(endpoint) = own {
            self.note_unused(endpoint);
        }
        let pod = own.and_then(|endpoint| match index.endpoint_backing(endpoint) {
            EndpointBacking::Pod(key) => index.pod(&key),
            EndpointBacking::Node(_) | EndpointBacking::Outside => None,
        });
        match (pod, port) {
            (Some(pod), Some(port)) => {
                self.put(SocketKind::PodIp, ip.to_string(), Kind::Pod, pod.key());
                for (container, _) in pod.declared(port, protocol) {
                    let text = container_text(&pod.key(), &container.name, port, protocol);
                    self.put(SocketKind::ContainerPort, text, Kind::Pod, pod.key());
                }
            }
            (None, _) => {
                self.put(SocketKind::External, socket.address.clone(), Kind::EndpointSlice, socket.object.clone())
            }
            (Some(pod), None) => self.put(SocketKind::PodIp, ip.to_string(), Kind::Pod, pod.key()),
        }
        let owner = index.slice(&socket.object).and_then(SliceFact::service_key);
        if let Some(service) = owner.and_then(|key| index.service(&key)) {
            self.entries_of(service, &[ip], port.map(|port| (port, protocol)));
        }
    }

    fn pod(&mut self, socket: &Socket) {
        let index = self.cluster.index;
        let Some(pod) = index.pod(&socket.object) else { return self.unknown_pod(socket) };
        let port = container_port(&socket.address).filter(|_| socket.kind == SocketKind::ContainerPort);
        for ip in &pod.ips {
            if socket.kind == SocketKind::PodIp && socket.address != ip.to_string() {
                continue;
            }
            self.put(SocketKind::PodIp, ip.to_string(), Kind::Pod, pod.key());
            if let Some((number, protocol)) = port {
                self.trace(&self.inside_source(), ip.0, number, protocol);
            }
        }
        if socket.kind == SocketKind::PodIp {
            for (container, declared) in pod.containers.iter().flat_map(|c| c.ports.iter().map(move |port| (c, port))) {
                let text = container_text(&pod.key(), &container.name, declared.container_port.0, declared.protocol);
                self.put(SocketKind::ContainerPort, text, Kind::Pod, pod.key());
            }
        }
        let mut services: BTreeSet<ObjectKey> = BTreeSet::new();
        for endpoint in index.endpoints_of_pod(&socket.object) {
            self.note_unused(endpoint);
            services.extend(index.slice(&endpoint.slice_key()).and_then(SliceFact::service_key));
        }
        let ips: Vec<IpAddr> = pod.ips.iter().map(|ip| ip.0).collect();
        for service in services.iter().filter_map(|key| index.service(key)) {
            self.entries_of(service, &ips, port);
        }
        for mapped in host_port::mapped(pod) {
            let declared = (mapped.port.container_port.0, mapped.port.protocol);
            if let (true, Some(ip)) = (port.is_none_or(|asked| asked == declared), mapped.shown_ip(index)) {
                let address = address_text(ip, mapped.number, mapped.port.protocol);
                self.put(SocketKind::HostPort, address, Kind::Pod, pod.key());
            }
        }
    }
}

/// The Service port that the evaluated packet entered by.
fn entry_port<'a>(index: &'a Index, evaluation: &Evaluation) -> Option<(&'a ServiceFact, &'a ServicePortFact)> {
    let entry = evaluation.entry.as_ref()?;
    let service = index.service(entry.service.as_ref()?)?;
    let protocol = evaluation.to.as_ref()?.protocol.of_ports()?;
    let port = service.ports.iter().find(|port| Some(port.port.0) == entry.port && port.protocol == protocol)?;
    Some((service, port))
}
