//! Parses the texts of sources and destinations (design §4.1). No other module does.

use std::net::IpAddr;
use std::str::FromStr;

use crate::cluster::key::ObjectKey;
use crate::cluster::name::is_dns_name;
use crate::cluster::port::{Protocol, TransportProtocol};
use crate::path::answer::RecordType;
use crate::path::question::{Destination, DnsQuestion, QuestionError, Source, SourceForm, Target};

impl FromStr for Source {
    type Err = QuestionError;

    fn from_str(text: &str) -> Result<Self, QuestionError> {
        let Some((kind, value)) = text.split_once(':') else {
            return Err(QuestionError::NoSource { text: text.to_owned() });
        };
        match kind {
            "external" => Ok(Self::External(ip(value)?)),
            "pod-ip" => Ok(Self::PodIp(ip(value)?)),
            "node" => Ok(Self::Node(object(value, SourceForm::Node)?)),
            "localhost" => Ok(Self::Localhost(object(value, SourceForm::Localhost)?)),
            "pod" => match value.split_once('/') {
                Some((namespace, name)) => {
                    Ok(Self::Pod(ObjectKey::new(object(namespace, SourceForm::Pod)?, object(name, SourceForm::Pod)?)))
                }
                None => Err(QuestionError::PodWithoutNamespace { text: value.to_owned() }),
            },
            other => Err(QuestionError::NoSourceKind { kind: other.to_owned() }),
        }
    }
}

impl FromStr for Target {
    type Err = QuestionError;

    fn from_str(text: &str) -> Result<Self, QuestionError> {
        if let Some(question) = text.strip_prefix("dns:") {
            return name(question).map(Self::Name);
        }
        let lower = text.to_ascii_lowercase();
        if lower.starts_with("http://") || lower.starts_with("https://") {
            return Err(QuestionError::UrlNotSupported);
        }
        address(text).map(Self::Address)
    }
}

/// `IP:PORT[/PROTO]`, `IP` or `IP/icmp`.
fn address(text: &str) -> Result<Destination, QuestionError> {
    let (address, suffix) = match text.split_once('/') {
        Some((address, suffix)) => (address, Some(suffix)),
        None => (text, None),
    };
    let (host, port) = host_and_port(address);
    let ip = ip(host).map_err(|error| QuestionError::NoDestination {
        address: Box::new(error),
        name: is_dns_name(host).then(|| text.to_owned()),
    })?;
    let icmp = suffix.is_some_and(|suffix| suffix.eq_ignore_ascii_case("icmp"));
    match (port, suffix) {
        (Some(_), _) if icmp => Err(QuestionError::IcmpWithPort { ip }),
        (None, Some(other)) if !icmp => Err(QuestionError::ProtocolWithoutPort { protocol: other.to_owned() }),
        (None, _) => {
            let protocol = if icmp { TransportProtocol::Icmp } else { TransportProtocol::Tcp };
            Ok(Destination { ip, port: None, protocol })
        }
        (Some(port), suffix) => {
            let protocol = suffix.map_or(Ok(Protocol::Tcp), protocol)?;
            Ok(Destination::port(ip, self::port(port)?, protocol))
        }
    }
}

/// `NAME[:PORT][/PROTO][?TYPE]` or `NAME/icmp`.
fn name(text: &str) -> Result<DnsQuestion, QuestionError> {
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
    if !is_ip && !is_dns_name(name.strip_suffix('.').unwrap_or(name)) {
        return Err(QuestionError::NoDnsName { text: name.to_owned() });
    }
    let no_record_type = |text: &str| QuestionError::NoRecordType { text: text.to_owned() };
    let record = record.map(|text| RecordType::parse(text).ok_or_else(|| no_record_type(text))).transpose()?;
    if is_ip && record != Some(RecordType::Ptr) {
        return Err(QuestionError::AddressAsName { text: name.to_owned() });
    }
    let icmp = suffix.is_some_and(|suffix| suffix.eq_ignore_ascii_case("icmp"));
    if let (Some(protocol), None) = (suffix.filter(|_| !icmp), port) {
        return Err(QuestionError::NameWithProtocolWithoutPort {
            name: name.to_owned(),
            protocol: protocol.to_owned(),
        });
    }
    Ok(DnsQuestion {
        name: name.to_owned(),
        port: port.map(self::port).transpose()?,
        protocol: match suffix {
            Some(_) if icmp && port.is_none() => TransportProtocol::Icmp,
            _ => suffix.map_or(Ok(Protocol::Tcp), protocol)?.into(),
        },
        record,
    })
}

/// Splits a host and a port. An IPv6 address without brackets has no port.
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

fn ip(text: &str) -> Result<IpAddr, QuestionError> {
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    // A socket that connects to an IPv4-mapped address sends IPv4.
    bare.parse::<IpAddr>().map(|ip| ip.to_canonical()).map_err(|_| match crate::cluster::address::parse_ip(bare) {
        Some(meant) => QuestionError::LeadingZeros { text: text.to_owned(), meant },
        None => QuestionError::NoIp { text: text.to_owned() },
    })
}

fn port(text: &str) -> Result<u16, QuestionError> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = if digits { text.parse().ok().filter(|port| *port > 0) } else { None };
    number.ok_or_else(|| QuestionError::NoPort { text: text.to_owned() })
}

fn protocol(text: &str) -> Result<Protocol, QuestionError> {
    Protocol::parse(text).ok_or_else(|| QuestionError::NoProtocol { text: text.to_owned() })
}

/// Parses the name of an object by the API server's rules for Pods, Nodes and namespaces (RFC 1123).
fn object(text: &str, form: SourceForm) -> Result<String, QuestionError> {
    if is_dns_name(text) && !text.contains('_') {
        Ok(text.to_owned())
    } else {
        Err(QuestionError::NoObjectName { text: text.to_owned(), form })
    }
}
