//! Completes a partly typed source or destination.

#[cfg(test)]
mod tests;

use std::net::IpAddr;

use crate::cluster::facts::{NodeFact, PodFact, ServiceFact};
use crate::cluster::index::Index;
use crate::cluster::key::{Kind, ObjectKey};
use crate::graph::socket::{SocketKind, address_text, name_text};
use crate::path::host_port;
use crate::path::question::Source;

/// A complete text with its meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The text that [`source_in`](crate::path::question::short::source_in) or [`target_in`](crate::path::question::short::target_in) parses.
    pub text: String,
    /// The kind of source or destination.
    pub what: CompletionKind,
    /// The object as text: `Service default/web`, `Pod default/web-0`, or empty.
    pub object: String,
}

/// The kind of a completion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompletionKind {
    /// A client outside the cluster.
    Outside,
    /// A Pod.
    Pod,
    /// A process of a Node's host network.
    Node,
    /// A process of a Node that uses loopback.
    Localhost,
    /// A destination.
    Socket(SocketKind),
}

/// At most `limit` sources whose text or object name contains the typed text.
pub fn sources(index: &Index, text: &str, limit: usize) -> Vec<Completion> {
    let outside =
        Completion { text: Source::outside(true).to_string(), what: CompletionKind::Outside, object: String::new() };
    let nodes = index.nodes().flat_map(|node| {
        let choice = |form: &str, what| Completion {
            text: format!("{form}:{}", node.name),
            what,
            object: node.ips().map(|ip| ip.to_string()).collect::<Vec<_>>().join(" "),
        };
        [choice("node", CompletionKind::Node), choice("localhost", CompletionKind::Localhost)]
    });
    let pods = index.pods().filter(|pod| !pod.ended()).map(|pod| Completion {
        text: format!("pod:{}", pod.key()),
        what: CompletionKind::Pod,
        object: pod.ips.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
    });
    matching(std::iter::once(outside).chain(pods).chain(nodes), text, limit)
}

/// At most `limit` destinations whose text or object name contains the typed text.
pub fn targets(index: &Index, text: &str, limit: usize) -> Vec<Completion> {
    let nodes = nodes(index, text);
    // Texts of addresses are not made if only a name can contain the typed text.
    let by_name = is_name_only(text);
    let named = |key: &ObjectKey| !by_name || key.to_string().contains(text.trim());
    let services = index.services().filter(|service| named(&service.key()));
    let services = services.flat_map(|service| of_service(service, &nodes));
    let pods = index.pods().filter(|pod| !pod.ended() && named(&pod.key())).flat_map(|pod| of_pod(index, pod));
    matching(services.chain(pods), text, limit)
}

/// Whether the text can be part of an object's name, but not of an address, a kind or a keyword.
fn is_name_only(text: &str) -> bool {
    let text = text.trim();
    let of_name = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    let of_no_address = |letter: char| ('g'..='z').contains(&letter) || letter == '-';
    text.chars().all(of_name)
        && text.contains(of_no_address)
        && !["dns", "svc", "udp", "sctp", "pod", "service"].iter().any(|form| form.contains(text))
}

fn matching(choices: impl Iterator<Item = Completion>, text: &str, limit: usize) -> Vec<Completion> {
    let wanted = text.trim().to_ascii_lowercase();
    let holds =
        |choice: &Completion| choice.text.contains(&wanted) || choice.object.to_ascii_lowercase().contains(&wanted);
    choices.filter(holds).take(limit).collect()
}

/// Node addresses that the text begins with or that begin with the text; if there are none, the first Node's address of each family.
fn nodes(index: &Index, text: &str) -> Vec<IpAddr> {
    let wanted = text.trim().trim_start_matches('[');
    let of = |node: &NodeFact| node.primary_ips().map(|ip| ip.0).collect::<Vec<IpAddr>>();
    let all = || index.nodes().flat_map(of);
    let named = |ip: &IpAddr| {
        let own = ip.to_string();
        !wanted.is_empty() && (own.starts_with(wanted) || wanted.starts_with(&own))
    };
    let found: Vec<IpAddr> = all().filter(named).take(3).collect();
    if found.is_empty() { index.nodes().next().map(of).unwrap_or_default() } else { found }
}

fn choice(kind: SocketKind, text: String, object_kind: Kind, object: &ObjectKey) -> Completion {
    Completion { text, what: CompletionKind::Socket(kind), object: format!("{object_kind} {object}") }
}

fn of_service(service: &ServiceFact, nodes: &[IpAddr]) -> Vec<Completion> {
    let key = service.key();
    let mut found = Vec::new();
    let mut put = |kind, text| found.push(choice(kind, text, Kind::Service, &key));
    for port in &service.ports {
        let (number, protocol) = (port.port.0, port.protocol);
        let mut at = |kind, ip: IpAddr, number| put(kind, address_text(ip, number, protocol));
        if let Some(node_port) = port.node_port {
            let proxied = nodes.iter().filter(|ip| service.proxied_in(ip.is_ipv4()));
            proxied.for_each(|ip| at(SocketKind::NodePort, *ip, node_port.0));
        }
        service.cluster_ips.iter().for_each(|ip| at(SocketKind::Port, ip.0, number));
        service.external_ips.iter().for_each(|ip| at(SocketKind::ExternalIp, ip.0, number));
        for ip in [true, false].into_iter().flat_map(|ipv4| service.load_balancer_ips(ipv4)) {
            at(SocketKind::LoadBalancerIp, ip.0, number);
        }
        put(SocketKind::Dns, format!("dns:{}", name_text(&service.dns_name(), number, protocol)));
    }
    if service.ports.is_empty() {
        put(SocketKind::Dns, format!("dns:{}", service.dns_name()));
    }
    found
}

fn of_pod(index: &Index, pod: &PodFact) -> Vec<Completion> {
    let key = pod.key();
    let at = |kind, ip, number, protocol| choice(kind, address_text(ip, number, protocol), Kind::Pod, &key);
    let mut found = Vec::new();
    for (container, port) in pod.containers.iter().flat_map(|c| c.ports.iter().map(move |port| (c, port))) {
        let number = port.container_port.0;
        found.extend(pod.ips.iter().map(|ip| at(SocketKind::ContainerPort, ip.0, number, port.protocol)));
        let mapped = host_port::of(pod, container, port);
        let open = mapped.and_then(|mapped| Some((mapped.shown_ip(index)?, mapped.number)));
        found.extend(open.map(|(ip, number)| at(SocketKind::HostPort, ip, number, port.protocol)));
    }
    found
}
