//! What was typed, and how well a text answers it.

use std::fmt::{Arguments, Write};
use std::net::IpAddr;

use crate::address::parse_ip;
use crate::facts::{Labels, NodeFact};
use crate::index::Index;
use crate::port::Protocol;

pub(super) struct Query<'a> {
    /// In lower case, but for a label.
    text: String,
    /// Whether names can contain it.
    names: bool,
    /// Whether addresses can contain it.
    addresses: bool,
    label: bool,
    /// What stands before the port; nothing means any.
    host: String,
    /// The digits of a port, as far as they are typed.
    port: Option<String>,
    protocol: Option<Protocol>,
    /// The host, if it is an address.
    pub(super) ip: Option<IpAddr>,
    /// The Node that has this address.
    pub(super) node: Option<&'a NodeFact>,
    buffer: String,
}

impl<'a> Query<'a> {
    /// Reads what was typed, if that is anything.
    pub(super) fn read(index: &'a Index, text: &str) -> Option<Self> {
        let text = text.trim();
        let label = text.contains('=');
        let mut text = if label { text.to_owned() } else { normal(text) };
        if text.is_empty() {
            return None;
        }
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let mut protocol = None;
        if let Some((rest, suffix)) = text.rsplit_once('/')
            && (digits(rest) || rest.contains(':'))
        {
            protocol = Protocol::parse(suffix);
            if protocol.is_some() {
                text.truncate(rest.len());
            }
        }
        let (host, port) = match text.rsplit_once(':') {
            Some((host, port)) if digits(port) && (!host.contains(':') || host.ends_with(']')) => (host, Some(port)),
            None if digits(&text) => ("", Some(text.as_str())),
            _ => (text.as_str(), None),
        };
        let host = host.trim_matches(['[', ']']).to_owned();
        let port = port.map(str::to_owned);
        let ip = parse_ip(&host);
        let of_address = |byte: u8| byte.is_ascii_hexdigit() || matches!(byte, b'.' | b':');
        let names = !label && protocol.is_none() && !text.contains(':');
        Some(Self {
            names,
            addresses: text.bytes().all(of_address) && (names || !host.is_empty()),
            label,
            protocol,
            ip,
            node: ip.and_then(|ip| index.node_with_ip(ip)),
            host,
            port,
            text,
            buffer: String::new(),
        })
    }

    /// How well an object's name answers it, or its namespace, which is never all that was meant.
    pub(super) fn name(&mut self, namespace: &str, name: &str) -> Option<u8> {
        if !self.names {
            return None;
        }
        if self.text.contains('/') {
            return self.rank(format_args!("{namespace}/{name}"));
        }
        best(rank(name, &self.text), rank(namespace, &self.text).map(|rank| rank.max(1)))
    }

    /// How well the name that a Service has in DNS answers it.
    pub(super) fn dns(&mut self, namespace: &str, name: &str) -> Option<u8> {
        if self.names && self.text.contains('.') { self.rank(format_args!("{name}.{namespace}.svc")) } else { None }
    }

    /// How well a name outside the cluster answers it.
    pub(super) fn outside(&self, name: &str) -> Option<u8> {
        if self.names { rank(name, &self.text) } else { None }
    }

    /// How well an address answers it.
    pub(super) fn address(&mut self, ip: IpAddr) -> Option<u8> {
        if self.addresses { self.rank(format_args!("{ip}")) } else { None }
    }

    /// How well some label answers it.
    pub(super) fn labels(&mut self, labels: &Labels) -> Option<u8> {
        if !self.label {
            return None;
        }
        labels.iter().filter_map(|(key, value)| self.rank(format_args!("{key}={value}"))).min()
    }

    /// How well a port answers it; that its host is meant is asked apart.
    pub(super) fn port(&mut self, number: u16, protocol: Protocol) -> Option<u8> {
        let typed = self.port.as_ref()?;
        self.buffer.clear();
        let _ = write!(self.buffer, "{number}");
        let rank = rank(&self.buffer, typed)?;
        // Digits alone may be any part of a number; after a colon they are its beginning.
        let meant = self.protocol.is_none_or(|own| own == protocol) && (rank < 2 || self.names);
        meant.then_some(rank)
    }

    /// How well a port that is open on Nodes answers it; that the Node is meant is asked apart. Of a Node's address every one does.
    pub(super) fn port_on_node(&mut self, number: u16, protocol: Protocol) -> Option<u8> {
        match self.node {
            Some(_) if self.port.is_none() => Some(1),
            None if !self.any_host() => None,
            _ => self.port(number, protocol),
        }
    }

    /// Whether a port was typed.
    pub(super) fn has_port(&self) -> bool {
        self.port.is_some()
    }

    /// Whether addresses have to be looked at.
    pub(super) fn may_be_address(&self) -> bool {
        self.addresses || self.port.is_some()
    }

    /// Whether the port of any host is meant.
    pub(super) fn any_host(&self) -> bool {
        self.host.is_empty()
    }

    /// Whether the host is this object, by its name or with its namespace.
    pub(super) fn is_host(&mut self, namespace: &str, name: &str) -> bool {
        self.any_host() || self.host == name || self.is(format_args!("{namespace}/{name}"))
    }

    /// Whether the host is this text.
    pub(super) fn is(&mut self, text: Arguments<'_>) -> bool {
        self.buffer.clear();
        let _ = self.buffer.write_fmt(text);
        self.buffer == self.host
    }

    fn rank(&mut self, text: Arguments<'_>) -> Option<u8> {
        self.buffer.clear();
        let _ = self.buffer.write_fmt(text);
        rank(&self.buffer, &self.text)
    }
}

/// In lower case; an address in its one text, and a name in DNS without the cluster's domain.
fn normal(text: &str) -> String {
    let mut text = text.to_ascii_lowercase();
    if let Some(ip) = parse_ip(text.trim_matches(['[', ']'])) {
        return ip.to_string();
    }
    if let Some(at) = text.find(".svc.") {
        let end = text.find(':').filter(|end| *end > at).unwrap_or(text.len());
        text.replace_range(at + ".svc".len()..end, "");
    }
    // The beginning of an IPv6 address with a port.
    if text.starts_with('[') && !text.contains(']') {
        text.remove(0);
    }
    text
}

/// 0 if it is the text, 1 if it begins so, 2 if it contains it.
fn rank(of: &str, text: &str) -> Option<u8> {
    match of.find(text)? {
        0 if of.len() == text.len() => Some(0),
        0 => Some(1),
        _ => Some(2),
    }
}

/// The better of two ranks.
pub(super) fn best(one: Option<u8>, other: Option<u8>) -> Option<u8> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}
