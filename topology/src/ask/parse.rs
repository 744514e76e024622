//! The texts of sources and destinations (design §4.1), read in this one place.

use std::net::IpAddr;
use std::str::FromStr;

use super::{Target, Wrong, is_name};
use crate::dns::{Question, RecordType};
use crate::key::ObjectKey;
use crate::port::Protocol;
use crate::resolve::{Destination, Source};

const SOURCES: &str = "external:IP, pod:NAMESPACE/NAME, pod-ip:IP, node:NAME or localhost:NODE";
const TARGETS: &str = "IP:PORT[/PROTOCOL], [IPv6]:PORT[/PROTOCOL], dns:NAME[:PORT][/PROTOCOL][?TYPE], IP or IP/icmp";

impl FromStr for Source {
    type Err = Wrong;

    fn from_str(text: &str) -> Result<Self, Wrong> {
        let Some((kind, value)) = text.split_once(':') else {
            return Err(Wrong(format!("`{text}` is no source: it is one of {SOURCES}")));
        };
        match kind {
            "external" => Ok(Self::External(ip(value)?)),
            "pod-ip" => Ok(Self::PodIp(ip(value)?)),
            "node" => Ok(Self::Node(object(value, "node:NAME")?)),
            "localhost" => Ok(Self::Localhost(object(value, "localhost:NODE")?)),
            "pod" => match value.split_once('/') {
                Some((namespace, name)) => {
                    let pod = "pod:NAMESPACE/NAME";
                    Ok(Self::Pod(ObjectKey::new(object(namespace, pod)?, object(name, pod)?)))
                }
                None => Err(Wrong(format!("`{value}` has no namespace: write pod:NAMESPACE/NAME"))),
            },
            other => Err(Wrong(format!("`{other}:` is no kind of source: it is one of {SOURCES}"))),
        }
    }
}

impl FromStr for Target {
    type Err = Wrong;

    fn from_str(text: &str) -> Result<Self, Wrong> {
        if let Some(question) = text.strip_prefix("dns:") {
            return name(question).map(Self::Name);
        }
        let lower = text.to_ascii_lowercase();
        if lower.starts_with("http://") || lower.starts_with("https://") {
            return Err(Wrong(
                "http:// and https:// destinations (Ingress, Gateway API) are not supported yet: \
                 name the Service behind them, as in dns:NAME.NAMESPACE.svc:PORT"
                    .to_owned(),
            ));
        }
        address(text).map(Self::Address)
    }
}

/// `IP:PORT[/PROTO]`, `IP` or `IP/icmp`.
fn address(text: &str) -> Result<Destination, Wrong> {
    let (address, suffix) = match text.split_once('/') {
        Some((address, suffix)) => (address, Some(suffix)),
        None => (text, None),
    };
    let (host, port) = host_and_port(address);
    let ip = ip(host).map_err(|wrong| {
        let named = if is_name(host) { format!("for a name write dns:{text}; ") } else { String::new() };
        Wrong(format!("{wrong}; {named}a destination is one of {TARGETS}"))
    })?;
    let icmp = suffix.is_some_and(|suffix| suffix.eq_ignore_ascii_case("icmp"));
    match (port, suffix) {
        (Some(_), _) if icmp => Err(Wrong(format!("ICMP has no port: write {ip}/icmp"))),
        (None, Some(other)) if !icmp => {
            Err(Wrong(format!("`/{other}` without a port: write IP:PORT/{other}, or IP/icmp for a ping")))
        }
        (None, _) => Ok(Destination { ip, port: None, protocol: Protocol::Tcp, icmp }),
        (Some(port), suffix) => {
            let protocol = suffix.map_or(Ok(Protocol::Tcp), protocol)?;
            Ok(Destination::port(ip, self::port(port)?, protocol))
        }
    }
}

/// `NAME[:PORT][/PROTO][?TYPE]`.
fn name(text: &str) -> Result<Question, Wrong> {
    let (rest, record) = match text.split_once('?') {
        Some((rest, record)) => (rest, Some(record)),
        None => (text, None),
    };
    let (rest, suffix) = match rest.split_once('/') {
        Some((rest, suffix)) => (rest, Some(suffix)),
        None => (rest, None),
    };
    let (name, port) = host_and_port(rest);
    let is_ip = ip(name).is_ok();
    if !is_ip && !is_name(name.strip_suffix('.').unwrap_or(name)) {
        return Err(Wrong(format!("`{name}` is no DNS name: write dns:NAME[:PORT][/PROTOCOL][?TYPE]")));
    }
    let record = record.map(|text| {
        RecordType::parse(text)
            .ok_or_else(|| Wrong(format!("`{text}` is no type of record that is answered: A, AAAA, SRV, PTR or CNAME")))
    });
    let record = record.transpose()?;
    if is_ip && record != Some(RecordType::Ptr) {
        return Err(Wrong(format!(
            "`{name}` is an address, not a name: leave `dns:` out, or ask for its name with ?PTR"
        )));
    }
    if suffix.is_some() && port.is_none() {
        return Err(Wrong(format!("a protocol without a port: write dns:{name}:PORT/{}", suffix.unwrap_or_default())));
    }
    Ok(Question {
        name: name.to_owned(),
        port: port.map(self::port).transpose()?,
        protocol: suffix.map_or(Ok(Protocol::Tcp), protocol)?,
        record,
    })
}

/// Splits a port off. An IPv6 address without brackets is all address.
fn host_and_port(text: &str) -> (&str, Option<&str>) {
    if let Some((host, rest)) = text.strip_prefix('[').and_then(|text| text.split_once(']')) {
        return match rest.strip_prefix(':') {
            Some(port) => (host, Some(port)),
            None if rest.is_empty() => (host, None),
            None => (text, None),
        };
    }
    match text.rsplit_once(':') {
        Some((host, port)) if !host.contains(':') => (host, Some(port)),
        _ => (text, None),
    }
}

fn ip(text: &str) -> Result<IpAddr, Wrong> {
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    // A socket that connects to an IPv4-mapped address sends IPv4.
    bare.parse::<IpAddr>().map(|ip| ip.to_canonical()).map_err(|_| match crate::address::parse_ip(bare) {
        Some(meant) => Wrong(format!("`{text}` has leading zeros, which programs read differently: write {meant}")),
        None => Wrong(format!("`{text}` is no IP address")),
    })
}

fn port(text: &str) -> Result<u16, Wrong> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = if digits { text.parse().ok().filter(|port| *port > 0) } else { None };
    number.ok_or_else(|| Wrong(format!("`{text}` is no port: it is a number from 1 to 65535")))
}

fn protocol(text: &str) -> Result<Protocol, Wrong> {
    Protocol::parse(text).ok_or_else(|| Wrong(format!("`/{text}` is no protocol: tcp, udp or sctp")))
}

/// The name of an object: what the API server lets Pods, Nodes and namespaces be called (RFC 1123).
fn object(text: &str, form: &str) -> Result<String, Wrong> {
    if is_name(text) && !text.contains('_') {
        Ok(text.to_owned())
    } else {
        Err(Wrong(format!("`{text}` can be no object's name: write {form}")))
    }
}
