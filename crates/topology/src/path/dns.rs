//! What the cluster's DNS answers (reference §6): CoreDNS with the `kubernetes` plugin, as kubeadm sets it up.
//!
//! [`zone`] knows the records of the cluster's domain; here is who asks, with which search path, and what happens to a name that is
//! in no zone of the cluster.

#[cfg(test)]
mod tests;
mod zone;

use std::net::IpAddr;

use crate::cluster::facts::{DnsPolicy, PodFact};
use crate::cluster::key::ObjectKey;
use crate::cluster::view::Cluster;
use crate::path::answer::{DnsAnswer, DnsRecord, Rcode, Reason, RecordType};
use crate::path::question::{DnsQuestion, Source};
use zone::{Found, Records};

/// An answer, if it can be known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// This is the answer.
    Known(Resolved),
    /// It is not known, for this reason.
    NotKnown(Reason),
}

/// A known answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// As it is shown.
    pub dns: DnsAnswer,
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
pub fn answer(cluster: Cluster<'_>, from: &Source, question: &DnsQuestion) -> Answer {
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

fn shown(question: &DnsQuestion, found: Found) -> Resolved {
    let (rcode, records) = match found {
        Found::Nothing(records) => (Rcode::NxDomain, records),
        Found::Records(records) if records.is_empty() => (Rcode::NoData, records),
        Found::Records(records) => (Rcode::NoError, records),
    };
    let Records { cnames, mut addresses, mut services, mut names, outside } = records;
    addresses.sort();
    addresses.dedup();
    services.sort();
    services.dedup();
    names.sort();
    names.dedup();
    let record = |record_type: RecordType, value: String| DnsRecord { record_type, value };
    let address = |ip: &IpAddr| record(if ip.is_ipv4() { RecordType::A } else { RecordType::Aaaa }, ip.to_string());
    let records = cnames
        .into_iter()
        .map(|target| record(RecordType::Cname, target))
        .chain(addresses.iter().map(address))
        .chain(services.into_iter().map(|(port, target)| record(RecordType::Srv, format!("{port} {target}"))))
        .chain(names.into_iter().map(|name| record(RecordType::Ptr, name)))
        .collect();
    Resolved { dns: DnsAnswer { query: question.name.clone(), rcode, records }, addresses, outside }
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
    fn of(cluster: Cluster<'_>, from: &Source) -> Result<Self, Reason> {
        let pod = match from {
            Source::Pod(key) => cluster.index.pod(key),
            Source::PodIp(ip) => cluster.index.pod_with_own_ip(*ip),
            Source::AnyPod => None,
            Source::External(_) | Source::Node(_) | Source::Localhost(_) => return Ok(Self::Other),
        };
        match pod {
            None => Ok(Self::Pod(None)),
            Some(pod) if pod.dns_policy == DnsPolicy::None => Err(Reason::DnsPolicyNone { pod: pod.key() }),
            Some(PodFact { dns_policy: DnsPolicy::Default, .. }) => Ok(Self::Node),
            Some(PodFact { dns_policy: DnsPolicy::ClusterFirst, host_network: true, .. }) => Ok(Self::Node),
            Some(pod) => Ok(Self::Pod(Some(pod.namespace.clone()))),
        }
    }

    /// Tries the name with the search path and as it is, in a resolver's order.
    fn look_up(&self, cluster: Cluster<'_>, name: &str, types: &[RecordType]) -> Result<Found, Reason> {
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
            return Err(Reason::NamespaceOfSourceNotKnown { name: name.to_owned() });
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
    fn ask(&self, cluster: Cluster<'_>, name: &str, types: &[RecordType]) -> Result<Found, Reason> {
        let in_zone = zone::holds(cluster, name);
        match self {
            Self::Node if in_zone => Ok(Found::Nothing(Records::default())),
            _ if !in_zone => beyond(cluster, name),
            _ => follow(cluster, name, types),
        }
    }
}

/// A query in the cluster's domain, and in turn for the name that its answer may stand for.
fn follow(cluster: Cluster<'_>, name: &str, types: &[RecordType]) -> Result<Found, Reason> {
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
fn beyond(cluster: Cluster<'_>, name: &str) -> Result<Found, Reason> {
    let is_local = match name.rsplit_once('.') {
        None => true,
        Some((_, last)) => last == "svc" || zone::namespace_exists(cluster, last) == Ok(true),
    };
    if is_local {
        return Ok(Found::Nothing(Records::default()));
    }
    Err(Reason::NameOutsideDomain { name: name.to_owned(), domain: cluster.settings.cluster_domain.clone() })
}
