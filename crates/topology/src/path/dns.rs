//! Computes the answer of the cluster's DNS (reference §6): CoreDNS with the `kubernetes` plugin as kubeadm configures it.
//!
//! This module handles the client, its search path, and names outside the cluster's zones. [`zone`] answers for a name in them, with what
//! [`entries`] finds in the cluster's domain and [`reverse`] in the reverse zones.

mod entries;
mod near;
mod records;
mod reverse;
#[cfg(test)]
mod tests;
mod zone;

use std::net::IpAddr;

use crate::cluster::facts::{DnsPolicy, PodFact, ServiceFact};
use crate::cluster::key::ObjectKey;
use crate::cluster::view::Cluster;
use crate::path::answer::{DnsAnswer, DnsRecord, Rcode, Reason, RecordType};
use crate::path::question::{DnsQuestion, Source};
use records::{Records, ZoneAnswer};

/// The result of a DNS lookup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DnsLookup {
    /// The answer is known.
    Known(Resolved),
    /// The answer is not known, for this reason.
    NotKnown(Reason),
}

/// A known answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// The answer in the form of the document.
    pub dns: DnsAnswer,
    /// The addresses in the answer, IPv4 before IPv6.
    pub addresses: Vec<IpAddr>,
    /// The first name outside the cluster at the end of a chain of CNAMEs.
    pub outside: Option<String>,
}

/// Minimum number of dots with which a name is tried without the search path first (`ndots` of a Pod's resolv.conf).
const NDOTS: usize = 5;

/// The answer that the source gets.
pub fn answer(cluster: Cluster<'_>, from: &Source, question: &DnsQuestion) -> DnsLookup {
    let types = question.record.map_or_else(|| vec![RecordType::A, RecordType::Aaaa], |record| vec![record]);
    let client = match DnsClient::of(cluster, from) {
        Ok(client) => client,
        Err(reason) => return DnsLookup::NotKnown(reason),
    };
    let looked_up = match question.name.parse::<IpAddr>() {
        Ok(ip) => client.query(cluster, &reverse::name(ip), &types),
        Err(_) => client.look_up(cluster, &question.name.to_ascii_lowercase(), &types),
    };
    match looked_up {
        Ok(found) => {
            let mut resolved = shown(question, found);
            if resolved.addresses.is_empty() {
                resolved.dns.remarks = near::remarks(cluster, &client, question, &resolved.dns, &types);
            }
            DnsLookup::Known(resolved)
        }
        Err(reason) => DnsLookup::NotKnown(reason),
    }
}

/// The Service of a name, with the search path of the source.
pub fn service_of(cluster: Cluster<'_>, from: &Source, name: &str) -> Option<ObjectKey> {
    let client = DnsClient::of(cluster, from).ok()?;
    let domain = &cluster.settings.cluster_domain;
    let candidates = client.candidates(&name.to_ascii_lowercase(), domain);
    let names = candidates.iter().filter_map(|candidate| entries::service_name(candidate, domain));
    let mut own = names.filter(|(_, before)| before.is_empty()).map(|(key, _)| key);
    own.find(|key| cluster.index.service(key).is_some())
}

/// The headless Service whose Pod IPs the name has: its own name, the name of one of its Pods, or an alias of one of these.
pub(crate) fn headless_service_of<'a>(cluster: Cluster<'a>, from: &Source, name: &str) -> Option<&'a ServiceFact> {
    let domain = &cluster.settings.cluster_domain;
    let named = |complete: &str| cluster.index.service(&entries::service_name(complete, domain)?.0);
    let candidates = DnsClient::of(cluster, from).ok()?.candidates(&name.to_ascii_lowercase(), domain);
    let mut service = candidates.iter().find_map(|candidate| named(candidate))?;
    for _ in 0..zone::MAX_ALIASES {
        let Some(target) = service.external_target() else { break };
        service = named(&target.trim_end_matches('.').to_ascii_lowercase())?;
    }
    Some(service).filter(|service| service.headless)
}

fn shown(question: &DnsQuestion, found: ZoneAnswer) -> Resolved {
    let (rcode, records) = match found {
        ZoneAnswer::Nothing => (Rcode::NxDomain, Records::default()),
        ZoneAnswer::Records(records) if records.is_empty() => (Rcode::NoData, records),
        ZoneAnswer::Records(records) => (Rcode::NoError, records),
    };
    let Records { cnames, mut addresses, mut services, mut names, texts, outside } = records;
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
        .chain(texts.into_iter().map(|text| record(RecordType::Txt, text)))
        .collect();
    Resolved {
        dns: DnsAnswer { query: question.name.clone(), rcode, records, remarks: Vec::new() },
        addresses,
        outside,
    }
}

/// The client of a DNS query.
#[derive(Clone, Debug, PartialEq, Eq)]
enum DnsClient {
    /// A Pod, with its namespace if it is known. It tries short names with its search path.
    Pod(Option<String>),
    /// A client without a search path that queries the cluster's DNS.
    Other,
    /// A Pod that asks its Node's resolver, which does not know the cluster's names. `host_network` tells whether dnsPolicy ClusterFirst is
    /// why.
    Node { pod: ObjectKey, host_network: bool },
}

impl DnsClient {
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
            Some(pod @ PodFact { dns_policy: DnsPolicy::Default, .. }) => {
                Ok(Self::Node { pod: pod.key(), host_network: false })
            }
            Some(pod @ PodFact { dns_policy: DnsPolicy::ClusterFirst, host_network: true, .. }) => {
                Ok(Self::Node { pod: pod.key(), host_network: true })
            }
            Some(pod) => Ok(Self::Pod(Some(pod.namespace.clone()))),
        }
    }

    /// Tries the name with the search path and without it, in the order of a resolver.
    fn look_up(&self, cluster: Cluster<'_>, name: &str, types: &[RecordType]) -> Result<ZoneAnswer, Reason> {
        let mut answer = ZoneAnswer::Nothing;
        for candidate in self.candidates(name, &cluster.settings.cluster_domain) {
            match self.query(cluster, &candidate, types)? {
                ZoneAnswer::Nothing => {}
                ZoneAnswer::Records(records) if records.is_empty() => answer = ZoneAnswer::Records(records),
                found @ ZoneAnswer::Records(_) => return Ok(found),
            }
        }
        if *self == Self::Pod(None) && !name.contains('.') {
            return Err(Reason::NamespaceOfSourceNotKnown { name: name.to_owned() });
        }
        Ok(answer)
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

    /// Sends one query for a complete name.
    fn query(&self, cluster: Cluster<'_>, name: &str, types: &[RecordType]) -> Result<ZoneAnswer, Reason> {
        let in_zone = zone::holds(cluster, name);
        match self {
            Self::Node { .. } if in_zone => Ok(ZoneAnswer::Nothing),
            _ if !in_zone => look_up_outside_zones(cluster, name),
            _ => zone::look_up(cluster, name, types),
        }
    }
}

/// The answer for a name outside the cluster's zones. It is not known, except for names that only the search path can complete: NXDOMAIN.
fn look_up_outside_zones(cluster: Cluster<'_>, name: &str) -> Result<ZoneAnswer, Reason> {
    let is_local = match name.rsplit_once('.') {
        None => true,
        Some((_, last)) => last == "svc" || entries::namespace_exists(cluster, last) == Ok(true),
    };
    if is_local {
        return Ok(ZoneAnswer::Nothing);
    }
    Err(Reason::NameOutsideDomain { name: name.to_owned(), domain: cluster.settings.cluster_domain.clone() })
}
