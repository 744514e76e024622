//! Answers for complete names in the cluster's domain and in its reverse zones, by the source of CoreDNS's `kubernetes` plugin
//! (`kubernetes.go`; `backend_lookup.go` for the types).

use std::collections::BTreeSet;
use std::net::IpAddr;

use super::entries::{self, Host};
use super::records::{Records, ZoneAnswer, ZoneResult, within};
use super::reverse;
use crate::cluster::key::{Kind, ObjectKey};
use crate::cluster::view::Cluster;
use crate::path::answer::{Reason, RecordType};

/// Maximum number of CNAMEs before the last one of a chain (`maxCnameChainLength`).
pub(super) const MAX_ALIASES: usize = 10;
/// Maximum number of names that are looked up for one answer. Slices of type FQDN can name one another in more ways than anybody can follow.
const MAX_LOOKUPS: usize = 1_000;
/// What the plugin answers for the type TXT at `dns-version`: the version of the specification.
const DNS_VERSION: &str = "1.1.0";

/// Whether the cluster's DNS is authoritative for this name.
pub(super) fn holds(cluster: Cluster<'_>, name: &str) -> bool {
    within(name, &cluster.settings.cluster_domain).or_else(|| reverse::within(name)).is_some()
}

/// The records of a complete name, which must be in lower case. Each type is a query of its own.
pub(super) fn look_up(cluster: Cluster<'_>, name: &str, types: &[RecordType]) -> ZoneResult {
    let mut answer = ZoneAnswer::Nothing;
    for record in types {
        match (&mut answer, Query::new(cluster, *record).answer(name)?) {
            (ZoneAnswer::Records(records), ZoneAnswer::Records(more)) => records.append(more),
            (answer @ ZoneAnswer::Nothing, found) => *answer = found,
            (ZoneAnswer::Records(_), ZoneAnswer::Nothing) => {}
        }
    }
    Ok(answer)
}

/// A query of one type, with the names that its CNAMEs have led to.
struct Query<'a> {
    cluster: Cluster<'a>,
    record: RecordType,
    /// The targets of the CNAMEs on the way.
    passed: Vec<String>,
    lookups: usize,
}

impl<'a> Query<'a> {
    fn new(cluster: Cluster<'a>, record: RecordType) -> Self {
        Self { cluster, record, passed: Vec::new(), lookups: 0 }
    }

    fn answer(&mut self, name: &str) -> ZoneResult {
        let domain = &self.cluster.settings.cluster_domain;
        let (in_domain, rest) = match (within(name, domain), reverse::within(name)) {
            (Some(rest), _) => (true, rest),
            (None, Some(rest)) => (false, rest),
            (None, None) => return Ok(ZoneAnswer::Nothing),
        };
        if let (RecordType::Ptr, Some(ip)) = (self.record, reverse::address(name)) {
            return reverse::names(self.cluster, ip);
        }
        match (self.record, rest) {
            (RecordType::Txt, "dns-version") => {
                let texts = vec![DNS_VERSION.to_owned()];
                return Ok(ZoneAnswer::Records(Records { texts, ..Records::default() }));
            }
            (RecordType::Txt | RecordType::Ptr, _) => {}
            (_, "ns.dns") => return self.server(),
            _ => {}
        }
        let entries = if in_domain { entries::of(self.cluster, rest)? } else { reverse::without_address(rest) };
        let Some(entries) = entries else { return Ok(ZoneAnswer::Nothing) };
        let mut records = Records::default();
        match self.record {
            RecordType::A | RecordType::Aaaa => {
                let mut targets = BTreeSet::new();
                for entry in entries {
                    match entry.host {
                        Host::Ip(ip) if type_of(ip) == self.record => records.addresses.push(ip),
                        Host::Ip(_) => {}
                        Host::Name(target) => _ = targets.insert(target),
                    }
                }
                targets.into_iter().try_for_each(|target| self.follow(name, target, &mut records))?;
            }
            RecordType::Srv => {
                for entry in entries.into_iter().filter(|entry| matches!(entry.host, Host::Ip(_))) {
                    let target = format!("{}.{domain}", entry.name);
                    records.services.extend(entry.ports.iter().map(|port| (*port, target.clone())));
                }
            }
            RecordType::Cname => {
                if let Some(Host::Name(target)) = entries.into_iter().next().map(|entry| entry.host) {
                    records.alias(format!("{target}."));
                }
            }
            // The plugin denies a name that has no record of any type.
            RecordType::Txt if entries.is_empty() => return Ok(ZoneAnswer::Nothing),
            RecordType::Txt | RecordType::Ptr | RecordType::Mx => {}
        }
        Ok(ZoneAnswer::Records(records))
    }

    /// Follows a CNAME. One that leads to nothing in the cluster's domain is not in the answer.
    fn follow(&mut self, name: &str, target: String, records: &mut Records) -> Result<(), Reason> {
        let alias = format!("{target}.");
        let again = within(&target, name).is_some() || self.passed.contains(&target);
        if again || self.passed.len() > MAX_ALIASES || self.lookups >= MAX_LOOKUPS {
            return Ok(());
        }
        if within(&target, &self.cluster.settings.cluster_domain).is_none() {
            records.alias(alias);
            records.outside.get_or_insert(target);
            return Ok(());
        }
        self.lookups += 1;
        self.passed.push(target.clone());
        let found = self.answer(&target);
        self.passed.pop();
        if let ZoneAnswer::Records(more) = found?
            && !more.is_empty()
        {
            records.alias(alias);
            records.append(more);
        }
        Ok(())
    }

    /// The addresses of the DNS server itself: those of its Service, which has this name nearly everywhere.
    fn server(&self) -> ZoneResult {
        let key = ObjectKey::new("kube-system", "kube-dns");
        let service = self.cluster.index.service(&key);
        if service.is_none() && !self.cluster.coverage.in_namespace(Kind::Service, &key.namespace).complete() {
            return Err(Reason::ServiceNotKnown { service: key });
        }
        let ips = service.into_iter().flat_map(|service| &service.cluster_ips).map(|ip| ip.0);
        let addresses = ips.filter(|ip| type_of(*ip) == self.record).collect();
        Ok(ZoneAnswer::Records(Records { addresses, ..Records::default() }))
    }
}

fn type_of(ip: IpAddr) -> RecordType {
    if ip.is_ipv4() { RecordType::A } else { RecordType::Aaaa }
}
