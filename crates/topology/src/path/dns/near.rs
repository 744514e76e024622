//! Says why a name has no address, and which name was probably meant.

#[cfg(test)]
mod tests;

use super::DnsClient;
use super::entries::service_name;
use super::records::ZoneAnswer;
use super::zone;
use crate::cluster::facts::{ServiceFact, ServiceType};
use crate::cluster::key::ObjectKey;
use crate::cluster::view::Cluster;
use crate::path::answer::{DnsAnswer, Rcode, RecordType, Remark};
use crate::path::question::DnsQuestion;

/// Maximum number of Services that a remark names.
const LISTED: usize = 3;

/// The remarks about an answer without addresses to a client.
pub(super) fn remarks(
    cluster: Cluster<'_>,
    client: &DnsClient,
    question: &DnsQuestion,
    dns: &DnsAnswer,
    types: &[RecordType],
) -> Vec<Remark> {
    let name = question.name.to_ascii_lowercase();
    let asks_address = types.iter().any(|record| matches!(record, RecordType::A | RecordType::Aaaa));
    if let (DnsClient::Node { pod, host_network }, true) = (client, dns.records.is_empty()) {
        return of_nodes_resolver(cluster, pod, *host_network, &name, types).into_iter().collect();
    }
    if !asks_address || dns.rcode == Rcode::NoError {
        return Vec::new();
    }
    let names: Vec<ServiceName> = service_names(cluster, client, &name);
    let existing = names.iter().find_map(|name| Some((name, cluster.index.service(&name.service)?)));
    let remark = match existing {
        Some((name, service)) => of_service(cluster, service, name.host.as_deref()),
        None => names.iter().find_map(|name| elsewhere(cluster, name)),
    };
    remark.into_iter().collect()
}

/// A Pod that asks its Node's resolver for a name of the cluster.
fn of_nodes_resolver(
    cluster: Cluster<'_>,
    pod: &ObjectKey,
    host_network: bool,
    name: &str,
    types: &[RecordType],
) -> Option<Remark> {
    let in_cluster = DnsClient::Pod(Some(pod.namespace.clone()));
    let complete = in_cluster.candidates(name, &cluster.settings.cluster_domain);
    // A name with dots that is not the cluster's is none of the cluster's business.
    let of_cluster = !name.contains('.') || zone::holds(cluster, name.trim_end_matches('.')) || name.ends_with(".svc");
    let exists = complete.iter().any(|candidate| {
        let found = zone::look_up(cluster, candidate, types);
        matches!(found, Ok(ZoneAnswer::Records(records)) if !records.is_empty())
    });
    (exists || of_cluster).then(|| Remark::NodesResolver { pod: pod.clone(), host_network, exists })
}

/// A name of a Service, or of a host below it.
struct ServiceName {
    service: ObjectKey,
    host: Option<String>,
}

/// The Services that a name can mean, in the order in which it is tried.
fn service_names(cluster: Cluster<'_>, client: &DnsClient, name: &str) -> Vec<ServiceName> {
    let domain = &cluster.settings.cluster_domain;
    let of = |candidate: String| {
        let (service, before) = service_name(&candidate, domain)?;
        match *before.as_slice() {
            [] => Some(ServiceName { service, host: None }),
            [host] if !host.starts_with('_') => Some(ServiceName { service, host: Some(host.to_owned()) }),
            _ => None,
        }
    };
    client.candidates(name, domain).into_iter().filter_map(of).collect()
}

/// Why an existing Service has no address for its name or for a host below it.
fn of_service(cluster: Cluster<'_>, service: &ServiceFact, host: Option<&str>) -> Option<Remark> {
    if service.service_type == ServiceType::ExternalName {
        let target = service.external_target()?;
        let is_address = target.trim_end_matches('.').parse::<std::net::IpAddr>().is_ok();
        return is_address.then(|| Remark::ExternalNameIsAddress { service: service.key(), target: target.to_owned() });
    }
    match host {
        Some(host) => of_pod(cluster, &service.namespace, host),
        None => service.headless.then(|| Remark::HeadlessWithoutEndpoint { service: service.key() }),
    }
}

/// What a name was probably meant to be that no Service has.
fn elsewhere(cluster: Cluster<'_>, name: &ServiceName) -> Option<Remark> {
    if let Some(host) = &name.host {
        return of_pod(cluster, &name.service.namespace, host);
    }
    let same_name = cluster.index.services().filter(|service| service.name == name.service.name);
    let services: Vec<ObjectKey> = same_name.map(ServiceFact::key).take(LISTED).collect();
    if !services.is_empty() {
        return Some(Remark::ServiceInOtherNamespace { services });
    }
    of_pod(cluster, &name.service.namespace, &name.service.name)
}

/// A Pod of a namespace that is called so and has its name below a headless Service.
fn of_pod(cluster: Cluster<'_>, namespace: &str, host: &str) -> Option<Remark> {
    let mut named =
        cluster.index.pods_in(namespace).filter(|pod| !pod.ended()).filter_map(|pod| Some((pod, pod.subdomain()?)));
    let (pod, (own, subdomain)) = named.find(|(pod, (own, _))| *own == host || pod.name == host)?;
    let exists = cluster.index.service(&ObjectKey::new(namespace, subdomain)).is_some();
    let name = format!("{own}.{subdomain}.{namespace}.svc");
    exists.then(|| Remark::PodHasSubdomain { pod: pod.key(), name })
}
