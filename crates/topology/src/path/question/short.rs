//! Parses sources and destinations that a person types into the page: the exact texts, and unambiguous shorter ones.

use std::net::IpAddr;

use crate::cluster::index::Index;
use crate::cluster::key::ObjectKey;
use crate::cluster::name::is_dns_name;
use crate::cluster::port::Protocol;
use crate::path::question::{QuestionError, Source, Target};

/// Parses a source: an exact text, an IP (of a Node, of a Pod, or else of a client outside), `NAMESPACE/POD`, the name of a Node, or a Pod
/// name that only one Pod has.
///
/// # Errors
///
/// The text has none of these forms.
pub fn source_in(index: &Index, text: &str) -> Result<Source, QuestionError> {
    let text = text.trim();
    if let Ok(ip) = text.parse::<IpAddr>().map(|ip| ip.to_canonical()) {
        let node = index.node_with_ip(ip).map(|node| Source::Node(node.name.clone()));
        let pod = index.pods_with_ip(ip).min_by_key(|pod| pod.terminating).map(|pod| Source::Pod(pod.key()));
        let of_pods = || index.node_with_pod_cidr(ip).map(|_| Source::PodIp(ip));
        return Ok(node.or(pod).or_else(of_pods).unwrap_or(Source::External(ip)));
    }
    if index.node(text).is_some() {
        return Ok(Source::Node(text.to_owned()));
    }
    // A Pod name that only one Pod has.
    let mut named = index.pods().filter(|pod| pod.name == text && !pod.ended());
    if let (Some(pod), None) = (named.next(), named.next()) {
        return Ok(Source::Pod(pod.key()));
    }
    match text.split_once('/') {
        Some((namespace, name)) if is_dns_name(namespace) && is_dns_name(name) && !text.contains('_') => {
            Ok(Source::Pod(ObjectKey::new(namespace, name)))
        }
        _ => text.parse(),
    }
}

/// Parses a destination: an exact text, a name without `dns:`, `NAMESPACE/NAME[:PORT]` of a Service or a Pod, the URL of an address or of a
/// Service's name, or a command that connects to one of these.
///
/// # Errors
///
/// The text has none of these forms.
pub fn target_in(index: &Index, text: &str) -> Result<Target, QuestionError> {
    let called = called(text);
    let text = called.as_deref().unwrap_or(text).trim();
    if let Some(target) = object(index, text) {
        return Ok(target);
    }
    if let Some(target) = url(index, text) {
        return Ok(target);
    }
    text.parse().or_else(|wrong: QuestionError| {
        let host = text.split([':', '/', '?']).next().unwrap_or_default();
        let named =
            is_dns_name(host.trim_end_matches('.')) && host.contains(|letter: char| letter.is_ascii_alphabetic());
        let is_url = text.contains("://");
        if named && !is_url { format!("dns:{text}").parse() } else { Err(wrong) }
    })
}

/// The destination of a command pasted from a terminal: `curl -v http://web:80/`, `nc -vzu 10.96.0.10 53`. Options can have values, so the
/// result is `None` if more than one word can be the destination.
fn called(command: &str) -> Option<String> {
    let mut words = command
        .split_whitespace()
        .take_while(|word| !matches!(*word, "|" | ";" | "&&" | ">"))
        .map(|word| word.trim_matches(['"', '\'']));
    let program = words.next()?;
    let (options, plain): (Vec<&str>, Vec<&str>) = words.partition(|word| word.starts_with('-'));
    match program {
        "curl" | "wget" => {
            let among = |marks: &[&str]| -> Vec<&str> {
                plain.iter().copied().filter(|word| marks.iter().any(|mark| word.contains(mark))).collect()
            };
            let (urls, hosts) = (among(&["://"]), among(&[".", ":", "/"]));
            match (urls.as_slice(), hosts.as_slice(), plain.as_slice()) {
                ([url], ..) => Some((*url).to_owned()),
                ([], [host], _) | ([], [], [host]) => Some(format!("http://{host}")),
                _ => None,
            }
        }
        "nc" | "telnet" => {
            let udp = options.iter().any(|option| !option.starts_with("--") && option.contains('u'));
            let suffix = if udp { "/udp" } else { "" };
            match plain.as_slice() {
                [host, port] if host.contains(':') => Some(format!("[{host}]:{port}{suffix}")),
                [host, port] => Some(format!("{host}:{port}{suffix}")),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Parses the URL of an address or of a Service's name. Other host names belong to an Ingress or a Gateway and give `None`.
fn url(index: &Index, text: &str) -> Option<Target> {
    let (rest, default) = match (text.strip_prefix("http://"), text.strip_prefix("https://")) {
        (Some(rest), _) => (rest, 80),
        (None, rest) => (rest?, 443),
    };
    let host = rest.split(['/', '?', '#']).next()?;
    let with_port =
        |text: &str| text.rsplit_once(':').is_some_and(|(host, _)| !host.contains(':') || host.ends_with(']'));
    let host = if with_port(host) { host.to_owned() } else { format!("{host}:{default}") };
    let target: Target = host.parse().or_else(|_| format!("dns:{host}").parse()).ok()?;
    match &target {
        Target::Address(_) => Some(target),
        Target::Name(question) => {
            let name = question.name.trim_end_matches('.');
            let is_service = |(name, namespace)| index.service(&ObjectKey::new(namespace, name)).is_some();
            let plain = !name.contains('.') || name.split_once('.').is_some_and(is_service);
            (plain || name.ends_with(".svc") || name.contains(".svc.")).then_some(target)
        }
    }
}

/// A Service by its DNS name, or a Pod by its address. Without a port in the text, its only port is taken, if it has exactly one.
fn object(index: &Index, text: &str) -> Option<Target> {
    let (namespace, rest) = text.split_once('/')?;
    let (name, port) = rest.split_once(':').map_or((rest, None), |(name, port)| (name, Some(port)));
    let key = ObjectKey::new(namespace, name);
    let texts = |ports: Vec<(u16, Protocol)>| match (port, ports.as_slice()) {
        (Some(port), _) => format!(":{port}"),
        (None, [(port, protocol)]) => format!(":{port}{}", protocol.suffix()),
        (None, _) => String::new(),
    };
    if let Some(service) = index.service(&key) {
        let ports = service.ports.iter().map(|port| (port.port.0, port.protocol)).collect();
        return format!("dns:{}{}", service.dns_name(), texts(ports)).parse().ok();
    }
    let pod = index.pod(&key)?;
    let ip = pod.ips.first()?;
    let declared = pod.containers.iter().flat_map(|container| &container.ports);
    let ports = texts(declared.map(|port| (port.container_port.0, port.protocol)).collect());
    let ip = if ip.0.is_ipv6() && !ports.is_empty() { format!("[{ip}]") } else { ip.to_string() };
    format!("{ip}{ports}").parse().ok()
}
