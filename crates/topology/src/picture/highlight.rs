//! What lights up when a socket is selected: what it reaches, and what reaches it.

mod back;
mod question;
#[cfg(test)]
pub(super) mod tests;
mod unused;

use std::collections::BTreeSet;
use std::net::IpAddr;

use crate::cluster::facts::{PodFact, ServiceFact, ServicePortFact, ServiceType, SliceFact};
use crate::cluster::index::{Behind, Index};
use crate::cluster::key::{Kind, ObjectKey};
use crate::cluster::port::Protocol;
use crate::cluster::view::Cluster;
use crate::graph::socket::{Selection, Socket, SocketKind, address, address_text, container_port, container_text};
use crate::graph::{LISTED_NODES, find_socket, sockets};
use crate::path::answer::{DnsAnswer, EndpointHop, Evaluation, Outcome, TraceSource};
use crate::path::host_port;
use crate::path::question::{Destination, Source, Target};
use crate::path::resolve::resolve;
use crate::path::source::shown;
use crate::path::trace::{Unanswerable, not_sending};

use unused::unused_by;
pub use unused::{UnusedEndpoint, unused_endpoints};

/// Up to so many Nodes are asked when looking for what reaches an endpoint: those that have a line of their own.
const ASKED_NODES: usize = LISTED_NODES;

/// A selection, answered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Light {
    /// The selected socket, `None` if nothing of that name is known.
    pub selected: Option<Socket>,
    /// Every socket on the path, the selected one included.
    pub on_path: BTreeSet<Socket>,
    /// The share of new connections of each endpoint on the path, sorted by socket.
    pub shares: Vec<(Socket, f64)>,
    /// Endpoints of the Service ports on the path that get none of its packets now.
    pub unused: Vec<UnusedEndpoint>,
    /// The ports at which packets are stopped on every Node that was asked, and how: REJECT, DROP.
    pub broken: Vec<(Socket, Outcome)>,
    /// Whether some packet of the path is delivered.
    pub delivered: bool,
    /// Where the packet was taken to come from, as in a trace's `from`; `None` where none was traced.
    pub from: Option<TraceSource>,
    /// The source that was asked about, or that was taken in its place.
    pub source: Option<Source>,
    /// The destination that was asked about, if it was not a socket that was selected.
    pub to: Option<Target>,
    /// The DNS answer, if the destination is a name.
    pub dns: Option<DnsAnswer>,
    /// The resolver's answer.
    pub evaluations: Vec<Evaluation>,
}

/// What a reader asks of the picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// About a socket that is drawn.
    Socket(Selection),
    /// About a destination, drawn or not.
    Target(Target),
}

/// Answers "what does this reach, what can reach this", or where a packet to a destination goes. Without `from`, addresses for clients
/// outside are traced from one outside, the others from a Pod, on each Node (design §5).
///
/// # Errors
///
/// The source is known not to exist.
pub fn light(cluster: Cluster<'_>, asked: &Asked, from: Option<&Source>) -> Result<Light, Unanswerable> {
    let mut builder = LightBuilder { cluster, light: Light::default(), through: BTreeSet::new(), from: from.cloned() };
    match asked {
        Asked::Socket(selection) => {
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
        Asked::Target(target) => builder.target(target)?,
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
        // Where evaluations differ, an endpoint is named by more than one.
        self.light.shares.sort_by(|a, b| a.0.cmp(&b.0));
        self.light.shares.dedup_by(|later, earlier| later.0 == earlier.0);
        unused::sort(&mut self.light.unused);
        self.light
    }

    /// The source for what clients outside use.
    fn outsider(&self, ipv4: bool) -> Source {
        self.from.clone().unwrap_or_else(|| Source::outside(ipv4))
    }

    /// The source for what Pods use.
    fn insider(&self) -> Source {
        self.from.clone().unwrap_or(Source::AnyPod)
    }
}

struct LightBuilder<'a> {
    cluster: Cluster<'a>,
    light: Light,
    /// Ports that packets get through on some Node.
    through: BTreeSet<Socket>,
    /// The source that was asked about.
    from: Option<Source>,
}

impl Light {
    /// Whether packets to this port are stopped on every Node that was asked.
    pub fn is_broken(&self, socket: &Socket) -> bool {
        self.broken.iter().any(|(other, _)| other == socket)
    }

    /// The share of new connections of an endpoint on the path.
    pub fn share(&self, socket: &Socket) -> Option<f64> {
        self.shares.binary_search_by(|(other, _)| other.cmp(socket)).ok().map(|at| self.shares[at].1)
    }

    /// Whether nothing is delivered and something is stopped.
    pub fn stopped(&self) -> bool {
        !self.delivered && !self.broken.is_empty()
    }
}

impl<'a> LightBuilder<'a> {
    fn put(&mut self, kind: SocketKind, address: String, object_kind: Kind, object: ObjectKey) {
        self.light.on_path.insert(Socket::new(kind, address, object_kind, object));
    }

    /// Traces and lights what is reached.
    fn trace(&mut self, source: &Source, ip: IpAddr, port: u16, protocol: Protocol) {
        let trace = resolve(self.cluster, source, Destination::port(ip, port, protocol), None);
        self.light.from = Some(trace.from);
        self.light.source = Some(source.clone());
        for evaluation in &trace.evaluations {
            self.follow(evaluation);
        }
        self.light.evaluations.extend(trace.evaluations);
    }

    fn follow(&mut self, evaluation: &Evaluation) {
        let owner = owner(self.cluster.index, evaluation);
        if let Some((service, port)) = owner {
            let socket = sockets::port(service, port);
            if matches!(evaluation.outcome, Outcome::Reject | Outcome::Drop) && !self.through.contains(&socket) {
                self.light.broken.retain(|(other, _)| *other != socket);
                self.light.broken.push((socket.clone(), evaluation.outcome));
            }
            if evaluation.outcome.delivered() {
                self.light.broken.retain(|(other, _)| *other != socket);
                self.through.insert(socket.clone());
            }
            self.light.on_path.insert(socket);
            self.light.unused.extend(unused_by(self.cluster.index, service, port, evaluation));
        }
        self.light.delivered |= evaluation.outcome.delivered();
        for endpoint in &evaluation.endpoints {
            self.reach(endpoint, owner.is_some());
        }
        for alternative in &evaluation.alternatives {
            self.follow(alternative);
        }
    }

    fn reach(&mut self, hop: &EndpointHop, through_service: bool) {
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
            self.put(SocketKind::PodIp, hop.ip.to_string(), Kind::Pod, pod.clone());
            if let Some(container) = &hop.container {
                let text = container_text(pod, container, hop.port, hop.protocol);
                self.put(SocketKind::ContainerPort, text, Kind::Pod, pod.clone());
            }
        }
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
        self.trace(&self.outsider(ip.is_ipv4()), ip, port, protocol);
    }

    /// A Cluster IP, a DNS name, or one port of a Service.
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
            self.names(service, &ports);
            return;
        }
        for ip in &service.cluster_ips {
            if socket.kind == SocketKind::ClusterIp && socket.address != ip.to_string() {
                continue;
            }
            self.put(SocketKind::ClusterIp, ip.to_string(), Kind::Service, service.key());
            for port in &ports {
                self.trace(&self.insider(), ip.0, port.port.0, port.protocol);
            }
        }
    }

    /// A headless Service: DNS answers with the addresses of its ready endpoints.
    fn names(&mut self, service: &ServiceFact, ports: &[&ServicePortFact]) {
        self.put(SocketKind::Dns, service.dns_name(), Kind::Service, service.key());
        for port in ports {
            self.light.on_path.insert(sockets::port(service, port));
        }
        // The name itself is answered with every ready endpoint, whatever its ports; one port only with those that have it.
        if ports.len() == service.ports.len() {
            self.answered_addresses(service);
        }
        for answer in self.answers(service).into_iter().filter(|answer| ports.contains(&answer.port)) {
            let address = address_text(answer.ip, answer.number, answer.port.protocol);
            self.put(SocketKind::Endpoint, address, Kind::EndpointSlice, answer.slice);
            self.trace(&self.insider(), answer.ip, answer.number, answer.port.protocol);
        }
    }

    fn external_name(&mut self, socket: &Socket) {
        if let Some(service) = self.cluster.index.service(&socket.object) {
            self.put(SocketKind::Dns, service.dns_name(), Kind::Service, service.key());
        }
    }

    /// An endpoint, or the address outside that it stands for.
    fn endpoint(&mut self, socket: &Socket) {
        let Some((ip, port, protocol)) = address(&socket.address) else { return };
        let index = self.cluster.index;
        self.put(SocketKind::Endpoint, socket.address.clone(), Kind::EndpointSlice, socket.object.clone());
        let own = index.endpoints_in(&socket.object).find(|endpoint| endpoint.ip() == Some(ip));
        if let Some(endpoint) = own {
            self.note_unused(endpoint);
        }
        let pod = own.and_then(|endpoint| match index.behind(endpoint) {
            Behind::Pod(key) => index.pod(&key),
            Behind::Node(_) | Behind::Outside => None,
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
                self.trace(&self.insider(), ip.0, number, protocol);
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

/// The Service port that decided an evaluation.
fn owner<'a>(index: &'a Index, evaluation: &Evaluation) -> Option<(&'a ServiceFact, &'a ServicePortFact)> {
    let entry = evaluation.entry.as_ref()?;
    let service = index.service(entry.service.as_ref()?)?;
    let protocol = evaluation.to.as_ref()?.protocol.of_ports()?;
    let port = service.ports.iter().find(|port| Some(port.port.0) == entry.port && port.protocol == protocol)?;
    Some((service, port))
}
