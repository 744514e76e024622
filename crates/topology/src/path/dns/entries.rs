//! What a name in the cluster's domain stands for, whatever type of record is queried (CoreDNS's `kubernetes` plugin: `parse.go`, and
//! `findServices` and `findPods` in `kubernetes.go`).

use std::net::IpAddr;

use super::records::within;
use crate::cluster::facts::{AddressType, EndpointFact, ServiceFact, ServiceType, SliceFact};
use crate::cluster::key::{Kind, ObjectKey};
use crate::cluster::port::Protocol;
use crate::cluster::view::Cluster;
use crate::path::answer::Reason;
use crate::path::endpoints::not_known;

/// An address or another name, with ports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) host: Host,
    /// The queried ports of the Service or of the slice that have a number.
    pub(super) ports: Vec<u16>,
    /// Its own name, without the cluster's domain.
    pub(super) name: String,
}

/// What an entry leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Host {
    Ip(IpAddr),
    /// In lower case, without a dot at the end.
    Name(String),
}

/// The entries of a name; `None` if the name does not exist. A name without entries exists.
type Entries = Result<Option<Vec<Entry>>, Reason>;

/// The entries of a name. `rest` is the part before the cluster's domain, in lower case.
pub(super) fn of(cluster: Cluster<'_>, rest: &str) -> Entries {
    let mut labels: Vec<&str> = rest.split('.').filter(|label| !label.is_empty()).collect();
    let is_pod = match labels.pop() {
        None => return Ok(Some(Vec::new())),
        Some("svc") => false,
        Some("pod") => true,
        Some(_) => return Ok(None),
    };
    let Some(namespace) = labels.pop() else { return Ok(Some(Vec::new())) };
    let Some(name) = labels.pop() else { return Ok(namespace_exists(cluster, namespace)?.then(Vec::new)) };
    let wanted = match *labels.as_slice() {
        [] => Wanted::default(),
        [host] => Wanted { host: Some(host), ..Wanted::default() },
        [port, protocol] => Wanted { host: None, port: bare(port), protocol: bare(protocol) },
        _ => return Ok(None),
    };
    // Labels before the address of a Pod change nothing.
    if is_pod {
        of_pod(cluster, name, namespace)
    } else {
        of_service(cluster, &ObjectKey::new(namespace, name), wanted)
    }
}

/// The Service of a complete name, whether it exists or not, and the labels before its name.
pub(super) fn service_name<'n>(name: &'n str, domain: &str) -> Option<(ObjectKey, Vec<&'n str>)> {
    let mut labels: Vec<&str> = within(name, domain)?.split('.').collect();
    labels.pop().filter(|label| *label == "svc")?;
    let (namespace, service) = (labels.pop()?, labels.pop()?);
    Some((ObjectKey::new(namespace, service), labels))
}

/// Whether a namespace exists: the index has it, or an object in it.
pub(super) fn namespace_exists(cluster: Cluster<'_>, name: &str) -> Result<bool, Reason> {
    let inhabited = || [Kind::Service, Kind::Pod].iter().any(|kind| cluster.index.rows(*kind, name).next().is_some());
    if cluster.index.namespace(&ObjectKey::cluster(name)).is_some() || inhabited() {
        return Ok(true);
    }
    if cluster.coverage.of(Kind::Namespace).complete() {
        Ok(false)
    } else {
        Err(Reason::NamespaceNotKnown { namespace: name.to_owned() })
    }
}

/// The label of an endpoint under its Service's name: its hostname, or its address with dashes.
pub(super) fn host_label(endpoint: &EndpointFact) -> String {
    if let Some(hostname) = endpoint.hostname.as_deref().filter(|hostname| !hostname.is_empty()) {
        return hostname.to_ascii_lowercase();
    }
    let address = endpoint.address.to_ascii_lowercase();
    match (address.contains('.'), address.contains(':')) {
        (true, _) => address.replace('.', "-"),
        // No label ends with a dash.
        (false, true) if address.ends_with(':') => format!("{}0", address.replace(':', "-")),
        (false, true) => address.replace(':', "-"),
        (false, false) => String::new(),
    }
}

/// What the labels before a Service's name ask for. An empty port or protocol is any.
#[derive(Clone, Copy, Default)]
struct Wanted<'n> {
    host: Option<&'n str>,
    port: &'n str,
    protocol: &'n str,
}

impl Wanted<'_> {
    fn has(self, port: &str, protocol: Protocol) -> bool {
        (self.port.is_empty() || self.port.eq_ignore_ascii_case(port))
            && (self.protocol.is_empty() || self.protocol == protocol.lower())
    }

    /// Whether this is the Service itself.
    fn any_port(self) -> bool {
        self.port.is_empty() && self.protocol.is_empty()
    }
}

/// A label of `_port._protocol`. The underscores may be left out; one alone stands for any.
fn bare(label: &str) -> &str {
    label.strip_prefix('_').unwrap_or(label)
}

fn of_service(cluster: Cluster<'_>, key: &ObjectKey, wanted: Wanted<'_>) -> Entries {
    match cluster.index.service(key) {
        Some(service) if service.service_type == ServiceType::ExternalName => Ok(of_external_name(service, wanted)),
        Some(service) if service.is_unapplied() => Err(Reason::ServiceNotApplied { service: key.clone() }),
        Some(service) if service.headless || wanted.host.is_some() => of_endpoints(cluster, service, wanted),
        Some(service) => Ok(of_cluster_ips(service, wanted)),
        None if cluster.coverage.in_namespace(Kind::Service, &key.namespace).complete() => Ok(None),
        None => Err(Reason::ServiceNotKnown { service: key.clone() }),
    }
}

/// An external name that is an IP address cannot be a CNAME's target: the name does not exist.
fn of_external_name(service: &ServiceFact, wanted: Wanted<'_>) -> Option<Vec<Entry>> {
    let target = service.external_target().filter(|_| wanted.host.is_none() && wanted.any_port())?;
    let is_ip = target.parse::<IpAddr>().is_ok();
    (!is_ip).then(|| vec![Entry { host: complete(target), ports: Vec::new(), name: service.dns_name() }])
}

fn complete(name: &str) -> Host {
    Host::Name(name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase())
}

/// Needs no endpoint, but a port of the queried name and protocol.
fn of_cluster_ips(service: &ServiceFact, wanted: Wanted<'_>) -> Option<Vec<Entry>> {
    let named = service.ports.iter().filter(|port| wanted.has(&port.name, port.protocol));
    let ports: Vec<u16> = named.map(|port| port.port.0).collect();
    if ports.is_empty() && !(service.ports.is_empty() && wanted.any_port()) {
        return None;
    }
    let entry = |ip| Entry { host: Host::Ip(ip), ports: ports.clone(), name: service.dns_name() };
    Some(service.cluster_ips.iter().map(|ip| entry(ip.0)).collect())
}

/// The ready endpoints. Unlike kube-proxy, DNS never falls back to terminating ones, reads slices without ports, and those of type FQDN.
fn of_endpoints(cluster: Cluster<'_>, service: &ServiceFact, wanted: Wanted<'_>) -> Entries {
    if let Some(reason) = not_known(cluster, service, |namespace| Reason::EndpointSlicesOfNameNotKnown { namespace }) {
        return Err(reason);
    }
    let mut entries = Vec::new();
    for slice in cluster.index.slices_of(&service.key()) {
        let Some(ports) = ports_of(slice, wanted) else { continue };
        for endpoint in cluster.index.endpoints_in(&slice.key()).filter(|endpoint| endpoint.is_ready()) {
            let label = host_label(endpoint);
            if wanted.host.is_some_and(|host| host != label) {
                continue;
            }
            let host = match endpoint.ip() {
                Some(ip) => Host::Ip(ip),
                None if slice.address_type == AddressType::FQDN => complete(&endpoint.address),
                None => continue,
            };
            entries.push(Entry { host, ports: ports.clone(), name: format!("{label}.{}", service.dns_name()) });
        }
    }
    Ok(Some(entries).filter(|entries| !entries.is_empty()))
}

/// The numbers of a slice's ports that are asked for; `None` if it has none of them.
fn ports_of(slice: &SliceFact, wanted: Wanted<'_>) -> Option<Vec<u16>> {
    if slice.ports.is_empty() {
        return wanted.any_port().then(Vec::new);
    }
    let mut named =
        slice.ports.iter().filter(|port| wanted.has(port.name.as_deref().unwrap_or_default(), port.protocol));
    let first = named.next()?;
    Some([first].into_iter().chain(named).filter_map(|port| port.port.map(|port| port.0)).collect())
}

/// `10-0-1-1.ns1.pod`: CoreDNS takes the address from the name (mode `pods insecure`, which kubeadm sets).
fn of_pod(cluster: Cluster<'_>, dashed: &str, namespace: &str) -> Entries {
    let ipv4 = dashed.matches('-').count() == 3 && !dashed.contains("--");
    let Ok(ip) = dashed.replace('-', if ipv4 { "." } else { ":" }).parse::<IpAddr>() else { return Ok(None) };
    let entry =
        || Entry { host: Host::Ip(ip.to_canonical()), ports: vec![0], name: format!("{dashed}.{namespace}.pod") };
    Ok(namespace_exists(cluster, namespace)?.then(|| vec![entry()]))
}
