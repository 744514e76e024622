//! What the cluster's DNS answers (reference §6): CoreDNS with the `kubernetes` plugin, as kubeadm sets it up.
//!
//! [`zone`] knows the records of the cluster's domain; here is who asks, with which search path, and what happens to a name that is
//! in no zone of the cluster.

#[cfg(test)]
mod tests;
mod zone;

use std::net::IpAddr;

use crate::facts::{DnsPolicy, PodFact};
use crate::key::ObjectKey;
use crate::port::Protocol;
use crate::resolve::{Cluster, Source};
use crate::trace::{Dns, DnsRecord};
use zone::{Found, Records};

/// What is asked of DNS, and perhaps where a packet goes then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The name, as asked; with a dot at its end it is complete.
    pub name: String,
    /// The port that its addresses are asked about.
    pub port: Option<u16>,
    /// That port's protocol.
    pub protocol: Protocol,
    /// The type of record; none asks for A and AAAA.
    pub record: Option<RecordType>,
}

/// A type of record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is named by its type")]
pub enum RecordType {
    A,
    Aaaa,
    Srv,
    Ptr,
    Cname,
}

impl RecordType {
    const ALL: [Self; 5] = [Self::A, Self::Aaaa, Self::Srv, Self::Ptr, Self::Cname];

    /// As in a DNS answer.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::Aaaa => "AAAA",
            Self::Srv => "SRV",
            Self::Ptr => "PTR",
            Self::Cname => "CNAME",
        }
    }

    /// Parses a type, in any case.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|record| text.eq_ignore_ascii_case(record.as_str()))
    }
}

/// An answer, if it can be known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// This is the answer.
    Known(Resolved),
    /// It is not known, for this reason.
    NotKnown(String),
}

/// A known answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// As it is shown.
    pub dns: Dns,
    /// The addresses in it, IPv4 before IPv6.
    pub addresses: Vec<IpAddr>,
    /// The name outside the cluster that the answer ends with.
    pub outside: Option<String>,
}

/// Names that have this many dots are tried as they are first (`ndots` of a Pod's resolv.conf).
const NDOTS: usize = 5;
/// ExternalNames that name each other end somewhere.
const MOST_ALIASES: usize = 8;

/// Answers as the source would be answered.
pub fn answer(cluster: Cluster<'_>, from: &Source, question: &Question) -> Answer {
    let types = question.record.map_or_else(|| vec![RecordType::A, RecordType::Aaaa], |record| vec![record]);
    let asker = match Asker::of(cluster, from) {
        Ok(asker) => asker,
        Err(reason) => return Answer::NotKnown(reason),
    };
    let looked_up = match question.name.parse::<IpAddr>() {
        Ok(ip) => zone::reverse(cluster, ip),
        Err(_) => asker.look_up(cluster, &question.name.to_ascii_lowercase(), &types),
    };
    match looked_up {
        Ok(found) => Answer::Known(shown(question, found)),
        Err(reason) => Answer::NotKnown(reason),
    }
}

/// The Service that a name is of, as the source would look it up.
pub fn service_of(cluster: Cluster<'_>, from: &Source, name: &str) -> Option<ObjectKey> {
    let asker = Asker::of(cluster, from).ok()?;
    let domain = &cluster.settings.cluster_domain;
    asker.candidates(&name.to_ascii_lowercase(), domain).iter().find_map(|candidate| {
        let rest = candidate.strip_suffix(domain.as_str())?.strip_suffix(".svc.")?;
        let (service, namespace) = rest.split_once('.')?;
        let key = ObjectKey::new(namespace, service);
        cluster.index.service(&key).map(|_| key)
    })
}

fn shown(question: &Question, found: Found) -> Resolved {
    let (rcode, records) = match found {
        Found::Nothing(records) => ("NXDOMAIN", records),
        Found::Records(records) if records.is_empty() => ("NODATA", records),
        Found::Records(records) => ("NOERROR", records),
    };
    let Records { cnames, mut addresses, mut services, mut names, outside } = records;
    addresses.sort();
    addresses.dedup();
    services.sort();
    services.dedup();
    names.sort();
    names.dedup();
    let record = |record_type: RecordType, value: String| DnsRecord { record_type: record_type.as_str(), value };
    let address = |ip: &IpAddr| record(if ip.is_ipv4() { RecordType::A } else { RecordType::Aaaa }, ip.to_string());
    let records = cnames
        .into_iter()
        .map(|target| record(RecordType::Cname, target))
        .chain(addresses.iter().map(address))
        .chain(services.into_iter().map(|(port, target)| record(RecordType::Srv, format!("{port} {target}"))))
        .chain(names.into_iter().map(|name| record(RecordType::Ptr, name)))
        .collect();
    Resolved { dns: Dns { query: question.name.clone(), rcode, records }, addresses, outside }
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Asker {
    /// A Pod, of a namespace if it is known which: short names are tried with a search path.
    Pod(Option<String>),
    /// Somebody without a search path, who asks the cluster's DNS.
    Other,
    /// Somebody who asks a Node's resolver, which knows nothing of the cluster's names.
    Node,
}

impl Asker {
    fn of(cluster: Cluster<'_>, from: &Source) -> Result<Self, String> {
        let pod = match from {
            Source::Pod(key) => cluster.index.pod(key),
            Source::PodIp(ip) => cluster.index.pods_with_ip(*ip).find(|pod| !pod.host_network),
            Source::AnyPod => None,
            Source::External(_) | Source::Node(_) | Source::Localhost(_) => return Ok(Self::Other),
        };
        match pod {
            None => Ok(Self::Pod(None)),
            Some(PodFact { dns_policy: DnsPolicy::None, .. }) => {
                Err("the Pod's dnsPolicy is None: whom it asks stands in its dnsConfig".to_owned())
            }
            Some(PodFact { dns_policy: DnsPolicy::Default, .. }) => Ok(Self::Node),
            Some(PodFact { dns_policy: DnsPolicy::ClusterFirst, host_network: true, .. }) => Ok(Self::Node),
            Some(pod) => Ok(Self::Pod(Some(pod.namespace.clone()))),
        }
    }

    /// Tries the name with the search path and as it is, in a resolver's order.
    fn look_up(&self, cluster: Cluster<'_>, name: &str, types: &[RecordType]) -> Result<Found, String> {
        let mut best = Found::Nothing(Records::default());
        for candidate in self.candidates(name, &cluster.settings.cluster_domain) {
            let found = self.ask(cluster, &candidate, types)?;
            match found {
                Found::Records(records) if records.is_empty() => best = Found::Records(records),
                Found::Nothing(records) if records.cnames.is_empty() => {}
                found => return Ok(found),
            }
        }
        let short = !name.contains('.');
        if *self == Self::Pod(None) && short && best.records().is_empty() {
            return Err(format!(
                "{name} is looked up in the namespace of the Pod that asks, and that is not known: say which Pod asks, or write {name}.NAMESPACE.svc"
            ));
        }
        Ok(best)
    }

    fn candidates(&self, name: &str, domain: &str) -> Vec<String> {
        if let Some(complete) = name.strip_suffix('.') {
            return vec![complete.to_owned()];
        }
        let Self::Pod(namespace) = self else { return vec![name.to_owned()] };
        let own = namespace.iter().map(|namespace| format!("{name}.{namespace}.svc.{domain}"));
        let mut candidates: Vec<String> =
            own.chain([format!("{name}.svc.{domain}"), format!("{name}.{domain}")]).collect();
        let as_it_is = if name.matches('.').count() >= NDOTS { 0 } else { candidates.len() };
        candidates.insert(as_it_is, name.to_owned());
        candidates
    }

    /// One query.
    fn ask(&self, cluster: Cluster<'_>, name: &str, types: &[RecordType]) -> Result<Found, String> {
        let in_zone = zone::holds(cluster, name);
        match self {
            Self::Node if in_zone => Ok(Found::Nothing(Records::default())),
            _ if !in_zone => beyond(cluster, name),
            _ => follow(cluster, name, types),
        }
    }
}

/// A query in the cluster's domain, and in turn for the name that its answer may stand for.
fn follow(cluster: Cluster<'_>, name: &str, types: &[RecordType]) -> Result<Found, String> {
    let mut found = zone::look_up(cluster, name, types)?;
    let wants_more = types.iter().any(|record| matches!(record, RecordType::A | RecordType::Aaaa));
    for _ in 0..MOST_ALIASES {
        let Found::Records(Records { cnames, outside, .. }) = &mut found else { return Ok(found) };
        let Some(target) = cnames.last().filter(|_| wants_more) else { return Ok(found) };
        let target = target.trim_end_matches('.').to_ascii_lowercase();
        if !zone::holds(cluster, &target) {
            *outside = Some(target);
            return Ok(found);
        }
        let aliases = std::mem::take(cnames);
        found = zone::look_up(cluster, &target, types)?;
        let more = found.records().cnames.is_empty();
        found.records_mut().cnames.splice(0..0, aliases);
        if more {
            return Ok(found);
        }
    }
    Ok(found)
}

/// A name that is in no zone of the cluster: nobody here knows, unless it only makes sense as a Service's.
fn beyond(cluster: Cluster<'_>, name: &str) -> Result<Found, String> {
    let is_local = match name.rsplit_once('.') {
        None => true,
        Some((_, last)) => last == "svc" || zone::namespace_exists(cluster, last) == Ok(true),
    };
    if is_local {
        return Ok(Found::Nothing(Records::default()));
    }
    Err(format!(
        "{name} is outside the cluster's domain {}: what a resolver out there answers is not known",
        cluster.settings.cluster_domain
    ))
}
