//! Parses sources and destinations that a person types into the page: the exact texts, and unambiguous shorter ones.

use std::net::IpAddr;

use crate::cluster::index::Index;
use crate::cluster::key::ObjectKey;
use crate::cluster::name::is_dns_name;
use crate::cluster::port::Protocol;
use crate::path::question::command::{Called, called, without_passwords};
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

/// Parses a destination: an exact text, a name without `dns:`, a Service or a Pod (`NAMESPACE/NAME[:PORT]`, kubectl's `svc/NAME`, or a name that
/// only one of them has), the URL of an address or of a Service's name, or a command that connects to one of these. What a Pod looks up by a
/// short name depends on its namespace, so `from` a Pod a name alone is that of DNS.
///
/// # Errors
///
/// The text has none of these forms.
pub fn target_in(index: &Index, text: &str, from: Option<&Source>) -> Result<Target, QuestionError> {
    let text = text.trim();
    match called(text) {
        Some(Called::Url(url)) => of_text(index, &url, from),
        Some(Called::Port(host, port, suffix)) => {
            let host = host.trim_matches(['[', ']']);
            let host = if host.contains(':') { format!("[{host}]") } else { host.to_owned() };
            of_text(index, &format!("{host}:{port}{suffix}"), from)
        }
        Some(Called::Ping(host)) => {
            let is_ip = host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok();
            if is_ip { format!("{host}/icmp") } else { format!("dns:{host}/icmp") }.parse()
        }
        Some(Called::Lookup(name)) => format!("dns:{name}").parse(),
        None => of_text(index, text, from),
    }
}

/// A text without the passwords that a command's options have, and without user information before the host of a URL.
pub fn without_credentials(text: &str) -> String {
    let text = &without_passwords(text).unwrap_or_else(|| text.to_owned());
    let Some((scheme, rest)) = text.split_once("://") else { return text.to_owned() };
    let host = rest.find(['/', '?', '#', ' ']).map_or(rest, |end| &rest[..end]);
    match host.rfind('@') {
        Some(at) => format!("{scheme}://{}", &rest[at + 1..]),
        None => text.to_owned(),
    }
}

fn of_text(index: &Index, text: &str, from: Option<&Source>) -> Result<Target, QuestionError> {
    if let Some(target) = object(index, text) {
        return Ok(target);
    }
    let is_in_pod = matches!(from, Some(Source::Pod(_) | Source::PodIp(_) | Source::AnyPod));
    let only_one = |text: &str| only_one(index, text).filter(|_| !is_in_pod);
    if let Some(target) = url(index, text) {
        let host = target.to_string().strip_prefix("dns:").map(str::to_owned);
        return Ok(host.and_then(|host| only_one(&host)).unwrap_or(target));
    }
    if let Some(target) = only_one(text) {
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

/// The schemes of URLs with their default ports.
const SCHEMES: [(&str, u16); 14] = [
    ("http", 80),
    ("https", 443),
    ("ws", 80),
    ("wss", 443),
    ("grpc", 80),
    ("postgres", 5432),
    ("postgresql", 5432),
    ("mysql", 3306),
    ("mariadb", 3306),
    ("redis", 6379),
    ("rediss", 6379),
    ("mongodb", 27017),
    ("amqp", 5672),
    ("nats", 4222),
];

/// Parses the URL of an address or of a Service's name. Other host names belong to an Ingress or a Gateway and give `None`.
fn url(index: &Index, text: &str) -> Option<Target> {
    let (scheme, rest) = text.split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    let (_, default) = SCHEMES.iter().find(|(known, _)| *known == scheme)?;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
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

/// `svc:NAMESPACE/NAME[:PORT]` or `NAMESPACE/NAME[:PORT]`.
fn object(index: &Index, text: &str) -> Option<Target> {
    let (namespace, rest) = text.strip_prefix("svc:").unwrap_or(text).split_once('/')?;
    let (name, port) = rest.split_once(':').map_or((rest, None), |(name, port)| (name, Some(port)));
    of_object(index, &ObjectKey::new(namespace, name), port)
}

/// `NAME[:PORT]`, `svc/NAME[:PORT]` or `pod/NAME[:PORT]`, if exactly one Service or else one Pod has the name.
fn only_one(index: &Index, text: &str) -> Option<Target> {
    let (kind, rest) = text.split_once('/').map_or((None, text), |(kind, rest)| (Some(kind), rest));
    let (name, port) = rest.split_once(':').map_or((rest, None), |(name, port)| (name, Some(port)));
    let services = || index.services().filter(|service| service.name == name).map(|service| service.key());
    let pods = || index.pods().filter(|pod| pod.name == name && !pod.ended()).map(|pod| pod.key());
    let found: Vec<ObjectKey> = match kind {
        None => services().chain(pods().filter(|_| services().next().is_none())).take(2).collect(),
        Some("svc" | "service" | "services") => services().take(2).collect(),
        Some("po" | "pod" | "pods") => pods().take(2).collect(),
        Some(_) => return None,
    };
    match found.as_slice() {
        [only] => of_object(index, only, port),
        _ => None,
    }
}

/// A Service by its DNS name, or a Pod by its address. Without a port in the text, its only port is taken, if it has exactly one.
fn of_object(index: &Index, key: &ObjectKey, port: Option<&str>) -> Option<Target> {
    let texts = |ports: Vec<(u16, Protocol)>| match (port, ports.as_slice()) {
        (Some(port), _) => format!(":{port}"),
        (None, [(port, protocol)]) => format!(":{port}{}", protocol.suffix()),
        (None, _) => String::new(),
    };
    if let Some(service) = index.service(key) {
        let ports = service.ports.iter().map(|port| (port.port.0, port.protocol)).collect();
        return format!("dns:{}{}", service.dns_name(), texts(ports)).parse().ok();
    }
    let pod = index.pod(key)?;
    let ip = pod.ips.first()?;
    let declared = pod.containers.iter().flat_map(|container| &container.ports);
    let ports = texts(declared.map(|port| (port.container_port.0, port.protocol)).collect());
    let ip = if ip.0.is_ipv6() && !ports.is_empty() { format!("[{ip}]") } else { ip.to_string() };
    format!("{ip}{ports}").parse().ok()
}
