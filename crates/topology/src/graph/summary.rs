//! The summary of a unit: numbers, and its first entry, port and target. It is cheap to build, for pictures with many units.

use std::collections::BTreeSet;
use std::net::IpAddr;

use super::host_ports::open_host_ports;
use super::readiness::Readiness;
use super::sockets;
use crate::cluster::address::ip_port;
use crate::cluster::facts::{PodFact, ServiceFact, ServiceType};
use crate::cluster::index::Index;
use crate::cluster::key::Kind;
use crate::cluster::port::{Protocol, TargetPort};
use crate::graph::socket::Socket;

/// The content of a unit's line, from the entry to the container.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Summary {
    /// The socket that selects the unit: the Service's first port or else its name, or the hostPort.
    pub socket: Option<Socket>,
    /// The name of the Service, Pod or Node; empty for lone Pods.
    pub name: String,
    /// The first of the entries.
    pub entry: Option<SummaryEntry>,
    /// Number of entries after the first.
    pub more_entries: usize,
    /// The first port.
    pub port: Option<SummaryPort>,
    /// Number of ports after the first.
    pub more_ports: usize,
    /// Whether DNS answers with addresses or another name, so that kube-proxy translates nothing.
    pub dns_only: bool,
    /// The readiness of its endpoints or Pods.
    pub readiness: Readiness,
    /// Number of Pods.
    pub pods: usize,
    /// Number of Nodes on which the Pods run.
    pub nodes: usize,
    /// The target outside the cluster, if the unit leads to one.
    pub outside: Option<String>,
    /// The containerPort, if all containers have the same one.
    pub container_port: Option<u16>,
}

/// An entry in a summary.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SummaryEntry {
    /// Its address; `None` for a nodePort, which is on every Node.
    pub ip: Option<IpAddr>,
    /// Number of Nodes that a nodePort is on; 1 for a hostPort.
    pub nodes: usize,
    /// The port.
    pub port: u16,
    /// The protocol.
    pub protocol: Protocol,
    /// Whether it is a hostPort.
    pub host_port: bool,
}

/// The first port of a Service.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SummaryPort {
    /// The port.
    pub port: u16,
    /// The protocol.
    pub protocol: Protocol,
    /// The targetPort; `None` in a headless Service, where nothing is mapped.
    pub target_port: Option<TargetPort>,
}

/// The summary of a Service.
pub(super) fn service(index: &Index, service: &ServiceFact) -> Summary {
    let key = service.key();
    let external = service.service_type == ServiceType::ExternalName;
    let first = service.ports.first().filter(|_| !external);
    let (mut pods, mut nodes, mut ports) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut outside = service.external_target().map(str::to_owned);
    for slice in index.slices_of(&key) {
        let port = slice.ports.iter().find_map(|port| port.port).map(|port| port.0);
        ports.extend(slice.ports.iter().filter_map(|port| port.port).map(|port| port.0));
        for endpoint in index.endpoints_in(&slice.key()) {
            match endpoint.pod_name() {
                Some(pod) => drop(pods.insert(pod)),
                None if outside.is_none() => {
                    let address = endpoint.ip().zip(port).map(|(ip, port)| ip_port(ip, port));
                    outside = Some(address.unwrap_or_else(|| endpoint.address.clone()));
                }
                None => {}
            }
            nodes.extend(endpoint.node.as_deref());
        }
    }
    let entries = entries(index, service);
    Summary {
        socket: Some(first.map_or_else(|| sockets::dns(service), |port| sockets::port(service, port))),
        name: service.name.clone(),
        more_entries: entries.len().saturating_sub(1),
        entry: entries.into_iter().next(),
        port: first.map(|port| SummaryPort {
            port: port.port.0,
            protocol: port.protocol,
            target_port: (!service.headless).then(|| port.target_port.clone()),
        }),
        more_ports: service.ports.len().saturating_sub(1),
        dns_only: service.headless || external,
        readiness: Readiness::of_service(index, service),
        pods: pods.len(),
        nodes: nodes.len(),
        container_port: ports.iter().next().copied().filter(|_| ports.len() == 1 && outside.is_none()),
        outside,
    }
}

fn entries(index: &Index, service: &ServiceFact) -> Vec<SummaryEntry> {
    let mut entries = Vec::new();
    if !service.proxied() {
        return entries;
    }
    for port in &service.ports {
        let entry = |ip| SummaryEntry { ip, nodes: 0, port: port.port.0, protocol: port.protocol, host_port: false };
        let balancers = service.load_balancer_vips();
        entries.extend(balancers.map(|ip| entry(Some(ip.0))));
        entries.extend(service.external_ips.iter().map(|ip| entry(Some(ip.0))));
        if let Some(number) = port.node_port {
            entries.push(SummaryEntry { nodes: index.count(Kind::Node), port: number.0, ..entry(None) });
        }
    }
    entries
}

/// The summary of a Pod with hostPorts.
pub(super) fn host_ports(index: &Index, pod: &PodFact) -> Summary {
    let open = open_host_ports(index, pod);
    let first = open.first();
    Summary {
        socket: first.map(|open| sockets::host_port(&pod.key(), open.ip, open.port, open.protocol)),
        name: pod.name.clone(),
        more_entries: open.len().saturating_sub(1),
        entry: first.map(|open| SummaryEntry {
            ip: Some(open.ip),
            nodes: 1,
            port: open.port,
            protocol: open.protocol,
            host_port: true,
        }),
        container_port: first.map(|open| open.container_port),
        readiness: Readiness::of_pods(std::iter::once(pod)),
        pods: 1,
        nodes: 1,
        ..Summary::default()
    }
}

/// The summary of the lone Pods of a namespace, or of the Pods of a Node.
pub(super) fn pods<'a>(
    name: String,
    socket: Option<Socket>,
    pods: impl Iterator<Item = &'a PodFact> + Clone,
) -> Summary {
    let readiness = Readiness::of_pods(pods.clone());
    let nodes = BTreeSet::from_iter(pods.filter_map(|pod| pod.node.as_deref())).len();
    Summary { socket, name, readiness, pods: readiness.total, nodes, ..Summary::default() }
}
