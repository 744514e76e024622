//! A question, as a person or a script puts it, and its answer: what the command line, the API and the page share.
//!
//! A [`Source`] and a [`Target`] are parsed from their texts, and [`trace`] answers: a name is looked up as the cluster's DNS would
//! ([`crate::dns`]), and each address of it is resolved like one that was asked for.

mod complete;
mod loose;
mod parse;
#[cfg(test)]
mod tests;

use std::fmt;
use std::net::IpAddr;

use crate::address::ip_port;
use crate::dns::{self, Answer, Question};
use crate::key::Kind;
use crate::resolve::{Cluster, Destination, Source, resolve, shown};
use crate::socket::address_text;
use crate::trace::{AssumedSettings, Evaluation, Hop, To, Trace};

pub use complete::{Choice, What, sources, targets};
pub use loose::{source_in, target_in};

/// Where a packet is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// To an address.
    Address(Destination),
    /// To what a name stands for.
    Name(Question),
}

/// As [`Target::from_str`](std::str::FromStr) reads it.
impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(Destination { ip, port: Some(port), protocol, .. }) => {
                f.write_str(&address_text(*ip, *port, *protocol))
            }
            Self::Address(Destination { ip, icmp: true, .. }) => write!(f, "{ip}/icmp"),
            Self::Address(Destination { ip, .. }) => write!(f, "{ip}"),
            Self::Name(Question { name, port, protocol, record }) => {
                // Of an address whose name is asked for, the port would be read as a part.
                let brackets = port.is_some() && name.contains(':');
                if brackets {
                    write!(f, "dns:[{name}]")?
                } else {
                    write!(f, "dns:{name}")?
                }
                if let Some(port) = port {
                    write!(f, ":{port}{}", protocol.suffix())?;
                }
                record.map_or(Ok(()), |record| write!(f, "?{}", record.as_str()))
            }
        }
    }
}

/// As [`Source::from_str`](std::str::FromStr) reads it; some Pod, whichever, is `pod`.
impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::External(ip) => write!(f, "external:{ip}"),
            Self::Pod(key) => write!(f, "pod:{key}"),
            Self::AnyPod => f.write_str("pod"),
            Self::PodIp(ip) => write!(f, "pod-ip:{ip}"),
            Self::Node(name) => write!(f, "node:{name}"),
            Self::Localhost(name) => write!(f, "localhost:{name}"),
        }
    }
}

/// A text that is no source or destination, or names what does not exist; says what would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong(String);

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Wrong {}

/// What is wrong with a question, by its part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unanswerable {
    /// The source is not there.
    From(Wrong),
    /// The Node that was asked for is not there.
    Node(Wrong),
}

/// Answers where a packet goes; on `node` only, if one is given.
///
/// # Errors
///
/// The source, or the Node, is known not to exist. While that is not known, the answer is UNKNOWN.
pub fn trace(cluster: Cluster<'_>, from: &Source, to: &Target, node: Option<&str>) -> Result<Trace, Unanswerable> {
    if let Some(node) = node {
        check_node(cluster, node).map_err(Unanswerable::Node)?;
    }
    let ipv4 = matches!(to, Target::Name(_) | Target::Address(Destination { ip: IpAddr::V4(_), .. }));
    let blank = Trace {
        from: shown(cluster.index, from, node, ipv4),
        to: match to {
            Target::Address(to) => Some(to.to()),
            Target::Name(_) => None,
        },
        dns: None,
        settings: AssumedSettings::from(cluster.settings),
        evaluations: Vec::new(),
    };
    if let Some(reason) = not_sending(cluster, from).map_err(Unanswerable::From)? {
        return Ok(Trace { evaluations: vec![unknown(reason, blank.to.clone())], ..blank });
    }
    match to {
        Target::Address(to) => Ok(resolve(cluster, from, *to, node)),
        Target::Name(question) => Ok(by_name(cluster, from, question, node, blank)),
    }
}

/// Whether a trace says that the packet arrives: every evaluation does, or, if none was asked for, the name has records.
pub fn arrives(trace: &Trace) -> bool {
    match &trace.dns {
        Some(dns) if trace.evaluations.is_empty() => dns.rcode == "NOERROR",
        _ => !trace.evaluations.is_empty() && trace.evaluations.iter().all(|one| one.outcome.delivered()),
    }
}

fn by_name(cluster: Cluster<'_>, from: &Source, question: &Question, node: Option<&str>, blank: Trace) -> Trace {
    let found = match dns::answer(cluster, from, question) {
        Answer::Known(found) => found,
        Answer::NotKnown(reason) => {
            return Trace { evaluations: vec![unknown(reason, blank.to.clone())], ..blank };
        }
    };
    let dns = Some(found.dns);
    let Some(port) = question.port else { return Trace { dns, ..blank } };
    let mut answer = Trace { dns, ..blank };
    for (n, ip) in found.addresses.iter().enumerate() {
        let mut one = resolve(cluster, from, Destination::port(*ip, port, question.protocol), node);
        let lookup = Hop {
            at: one.from.node.clone().unwrap_or_else(|| "client".to_owned()),
            component: "DNS".to_owned(),
            what: format!("{} is {ip}", question.name),
            src: String::new(),
            dst: ip_port(*ip, port),
        };
        one.evaluations.iter_mut().for_each(|evaluation| evaluation.hops.insert(0, lookup.clone()));
        answer.evaluations.append(&mut one.evaluations);
        if n == 0 {
            answer.from = one.from;
        }
    }
    if let (true, Some(outside)) = (answer.evaluations.is_empty(), found.outside) {
        let reason =
            format!("{} stands for {outside}, which is not in the cluster: its addresses are not known", question.name);
        answer.evaluations.push(unknown(reason, answer.to.clone()));
    }
    answer
}

/// An evaluation of what the known facts do not decide.
fn unknown(reason: String, to: Option<To>) -> Evaluation {
    Evaluation { reason, ..Evaluation::undecided(to, None) }
}

fn check_node(cluster: Cluster<'_>, name: &str) -> Result<(), Wrong> {
    let known = cluster.index.node(name).is_some() || !cluster.coverage.of(Kind::Node).complete();
    // A dump without any Node may be asked about one all the same.
    if known || cluster.index.nodes().next().is_none() { Ok(()) } else { Err(no_node(cluster, name)) }
}

fn no_node(cluster: Cluster<'_>, name: &str) -> Wrong {
    Wrong(format!("there is no Node {name}; {}", some(cluster.index.nodes().map(|node| node.name.clone()))))
}

/// Why nothing can be said of what this source sends; `None` if something can.
pub(crate) fn not_sending(cluster: Cluster<'_>, from: &Source) -> Result<Option<String>, Wrong> {
    match from {
        Source::Node(name) | Source::Localhost(name) if cluster.index.node(name).is_none() => {
            if cluster.coverage.of(Kind::Node).complete() {
                return Err(no_node(cluster, name));
            }
            Ok(Some(format!("Node {name} is not known, and not all Nodes are")))
        }
        Source::Pod(key) => match cluster.index.pod(key) {
            None if cluster.coverage.in_namespace(Kind::Pod, &key.namespace).complete() => {
                let pods = cluster.index.pods().filter(|pod| pod.namespace == key.namespace || pod.name == key.name);
                Err(Wrong(format!("there is no Pod {key}; {}", some(pods.map(|pod| pod.key().to_string())))))
            }
            None => Ok(Some(format!("Pod {key} is not known, and not all Pods are"))),
            Some(pod) if pod.ended() => Ok(Some(format!("Pod {key} has ended ({}): it sends nothing", pod.phase))),
            Some(pod) if pod.node.is_none() && pod.ips.is_empty() => {
                Ok(Some(format!("Pod {key} is on no Node yet: it sends nothing")))
            }
            Some(_) => Ok(None),
        },
        _ => Ok(None),
    }
}

/// `there are: a, b, c and 7 more`.
fn some(names: impl Iterator<Item = String>) -> String {
    let names: Vec<String> = names.collect();
    match names.as_slice() {
        [] => "there are none".to_owned(),
        few if few.len() <= 6 => format!("there are: {}", few.join(", ")),
        many => format!("there are: {} and {} more", many[..5].join(", "), many.len() - 5),
    }
}

/// Whether this can be a DNS name, or a label of SRV names (`_http`); without a dot at its end.
pub(crate) fn is_name(text: &str) -> bool {
    let label = |label: &str| {
        let inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        (1..=63).contains(&label.len()) && label.bytes().all(inner) && !label.starts_with('-') && !label.ends_with('-')
    };
    text.len() <= 253 && text.split('.').all(label)
}
