//! The DNS records of the cluster's domain and of its reverse zones.

use std::net::IpAddr;

use crate::cluster::facts::{AddressType, EndpointFact, ServiceFact, ServiceType, SliceFact};
use crate::cluster::index::IpRole;
use crate::cluster::key::{Kind, ObjectKey};
use crate::cluster::view::Cluster;
use crate::path::answer::{Reason, RecordType};

/// The records of an answer, by type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Records {
    pub(super) cnames: Vec<String>,
    pub(super) addresses: Vec<IpAddr>,
    /// Port and target.
    pub(super) services: Vec<(u16, String)>,
    pub(super) names: Vec<String>,
    /// The target of the last CNAME, if it is outside the cluster.
    pub(super) outside: Option<String>,
}

impl Records {
    pub(super) fn is_empty(&self) -> bool {
        self.cnames.is_empty() && self.addresses.is_empty() && self.services.is_empty() && self.names.is_empty()
    }
}

/// The zone's answer for a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ZoneAnswer {
    /// The name does not exist. Holds the CNAMEs that led to it.
    Nothing(Records),
    /// The name exists. Holds its records of the queried types, if any.
    Records(Records),
}

impl ZoneAnswer {
    pub(super) fn records(&self) -> &Records {
        match self {
            Self::Nothing(records) | Self::Records(records) => records,
        }
    }

    pub(super) fn records_mut(&mut self) -> &mut Records {
        match self {
            Self::Nothing(records) | Self::Records(records) => records,
        }
    }

    fn nothing() -> Self {
        Self::Nothing(Records::default())
    }

    fn no_data() -> Self {
        Self::Records(Records::default())
    }
}

type ZoneResult = Result<ZoneAnswer, Reason>;

/// Whether the cluster's DNS is authoritative for this name.
pub(super) fn holds(cluster: Cluster<'_>, name: &str) -> bool {
    within(name, &cluster.settings.cluster_domain).is_some() || reverse_address(name).is_some()
}

/// The part of a name before the domain; `None` if the name is not in the domain.
fn within<'n>(name: &'n str, domain: &str) -> Option<&'n str> {
    let rest = name.strip_suffix(domain)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_suffix('.') }
}

/// The records of a complete name, which must be in lower case.
pub(super) fn look_up(cluster: Cluster<'_>, name: &str, types: &[RecordType]) -> ZoneResult {
    if let Some(ip) = reverse_address(name) {
        return if types.contains(&RecordType::Ptr) { reverse(cluster, ip) } else { Ok(ZoneAnswer::no_data()) };
    }
    let domain = &cluster.settings.cluster_domain;
    let Some(rest) = within(name, domain) else { return Ok(ZoneAnswer::nothing()) };
    let mut labels: Vec<&str> = rest.split('.').filter(|label| !label.is_empty()).collect();
    match (labels.pop(), labels.as_slice()) {
        (None | Some("svc" | "pod"), []) => Ok(ZoneAnswer::no_data()),
        (Some("svc"), [namespace]) | (Some("pod"), [namespace]) => {
            Ok(if namespace_exists(cluster, namespace)? { ZoneAnswer::no_data() } else { ZoneAnswer::nothing() })
        }
        (Some("svc"), [service, namespace]) => {
            with_service(cluster, namespace, service, |service| service_records(cluster, service, types))
        }
        (Some("svc"), [host, service, namespace]) => {
            with_service(cluster, namespace, service, |service| host_records(cluster, service, host, types))
        }
        (Some("svc"), [port, protocol, service, namespace]) => {
            let (Some(port), Some(protocol)) = (port.strip_prefix('_'), protocol.strip_prefix('_')) else {
                return Ok(ZoneAnswer::nothing());
            };
            with_service(cluster, namespace, service, |service| port_records(cluster, service, port, protocol, types))
        }
        (Some("pod"), [address, namespace]) => pod_record(cluster, address, namespace, types),
        _ => Ok(ZoneAnswer::nothing()),
    }
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

fn with_service<'a>(
    cluster: Cluster<'a>,
    namespace: &str,
    name: &str,
    records: impl FnOnce(&'a ServiceFact) -> ZoneResult,
) -> ZoneResult {
    let key = ObjectKey::new(namespace, name);
    match cluster.index.service(&key) {
        Some(service) => records(service),
        None if cluster.coverage.in_namespace(Kind::Service, namespace).complete() => Ok(ZoneAnswer::nothing()),
        None => Err(Reason::ServiceNotKnown { service: key }),
    }
}

/// The records of a Service's name.
fn service_records(cluster: Cluster<'_>, service: &ServiceFact, types: &[RecordType]) -> ZoneResult {
    if service.service_type == ServiceType::ExternalName {
        return Ok(alias(service, types));
    }
    let mut records = Records::default();
    if service.headless {
        let ready = ready_endpoints(cluster, service)?;
        if ready.is_empty() {
            return Ok(ZoneAnswer::nothing());
        }
        records.addresses.extend(ready.iter().map(|(_, _, ip)| *ip));
    } else {
        records.addresses.extend(service.cluster_ips.iter().map(|ip| ip.0));
    }
    records.addresses.retain(|ip| types.contains(&type_of(*ip)));
    if types.contains(&RecordType::Srv) {
        for port in service.ports.iter().filter(|port| !port.name.is_empty()) {
            services_of(cluster, service, &port.name, port.protocol.lower(), &mut records)?;
        }
    }
    Ok(ZoneAnswer::Records(records))
}

/// The CNAME of an ExternalName Service. An external name that is an IP address cannot be a CNAME target: the lookup fails.
fn alias(service: &ServiceFact, types: &[RecordType]) -> ZoneAnswer {
    let Some(name) = service.external_target() else { return ZoneAnswer::nothing() };
    if name.trim_end_matches('.').parse::<IpAddr>().is_ok() {
        return ZoneAnswer::nothing();
    }
    let asked = [RecordType::A, RecordType::Aaaa, RecordType::Cname].iter().any(|record| types.contains(record));
    let cnames = asked.then(|| format!("{}.", name.trim_end_matches('.'))).into_iter().collect();
    ZoneAnswer::Records(Records { cnames, ..Records::default() })
}

/// The records of `_port._protocol.` before a Service's name. Only named ports have them.
fn port_records(
    cluster: Cluster<'_>,
    service: &ServiceFact,
    port: &str,
    protocol: &str,
    types: &[RecordType],
) -> ZoneResult {
    let mut records = Records::default();
    services_of(cluster, service, port, protocol, &mut records)?;
    if records.is_empty() {
        return Ok(ZoneAnswer::nothing());
    }
    if !types.contains(&RecordType::Srv) {
        records.services.clear();
    }
    Ok(ZoneAnswer::Records(records))
}

/// SRV records: the port of a Service, or for a headless Service the ports of its endpoints, because kube-proxy does not translate them.
fn services_of(
    cluster: Cluster<'_>,
    service: &ServiceFact,
    port: &str,
    protocol: &str,
    records: &mut Records,
) -> Result<(), Reason> {
    let domain = &cluster.settings.cluster_domain;
    let name = service.dns_name();
    if service.service_type == ServiceType::ExternalName || port.is_empty() {
        return Ok(());
    }
    if !service.headless {
        let named = service.ports.iter().filter(|own| own.name == port && own.protocol.lower() == protocol);
        records.services.extend(named.map(|own| (own.port.0, format!("{name}.{domain}"))));
        return Ok(());
    }
    for (slice, endpoint, ip) in ready_endpoints(cluster, service)? {
        for own in &slice.ports {
            let named = own.name.as_deref() == Some(port) && own.protocol.lower() == protocol;
            if let Some(number) = own.port.filter(|_| named) {
                records.services.push((number.0, format!("{}.{name}.{domain}", host_name(endpoint, ip))));
            }
        }
    }
    Ok(())
}

/// The records of a host name before a Service's name. CoreDNS also answers for Services with a Cluster IP.
fn host_records(cluster: Cluster<'_>, service: &ServiceFact, host: &str, types: &[RecordType]) -> ZoneResult {
    if service.service_type == ServiceType::ExternalName {
        return Ok(ZoneAnswer::nothing());
    }
    let ready = ready_endpoints(cluster, service)?;
    let mut ips: Vec<IpAddr> =
        ready.into_iter().filter(|(_, endpoint, ip)| host_name(endpoint, *ip) == host).map(|(_, _, ip)| ip).collect();
    if ips.is_empty() {
        return Ok(ZoneAnswer::nothing());
    }
    ips.retain(|ip| types.contains(&type_of(*ip)));
    Ok(ZoneAnswer::Records(Records { addresses: ips, ..Records::default() }))
}

/// The ready endpoints, which DNS answers with. Unlike kube-proxy, DNS never falls back to terminating endpoints, and it reads slices with
/// and without ports.
fn ready_endpoints<'a>(
    cluster: Cluster<'a>,
    service: &ServiceFact,
) -> Result<Vec<(&'a SliceFact, &'a EndpointFact, IpAddr)>, Reason> {
    if !cluster.coverage.in_namespace(Kind::EndpointSlice, &service.namespace).complete() {
        return Err(Reason::EndpointSlicesOfNameNotKnown { namespace: service.namespace.clone() });
    }
    let mut ready = Vec::new();
    for slice in cluster.index.slices_of(&service.key()).filter(|slice| slice.address_type != AddressType::FQDN) {
        let key = slice.key();
        let endpoints = cluster.index.endpoints_in(&key).filter(|endpoint| endpoint.is_ready());
        ready.extend(endpoints.filter_map(|endpoint| Some((slice, endpoint, endpoint.ip()?))));
    }
    Ok(ready)
}

/// The host name of an endpoint under its Service's name.
fn host_name(endpoint: &EndpointFact, ip: IpAddr) -> String {
    let dashed = || ip.to_string().replace(['.', ':'], "-");
    endpoint.hostname.as_ref().map_or_else(dashed, |name| name.to_ascii_lowercase())
}

/// `10-0-1-1.ns1.pod`: CoreDNS takes the address from the name (mode `pods insecure`, which kubeadm sets).
fn pod_record(cluster: Cluster<'_>, dashed: &str, namespace: &str, types: &[RecordType]) -> ZoneResult {
    let ipv4 = dashed.matches('-').count() == 3 && !dashed.contains("--");
    let Ok(ip) = dashed.replace('-', if ipv4 { "." } else { ":" }).parse::<IpAddr>() else {
        return Ok(ZoneAnswer::nothing());
    };
    if !namespace_exists(cluster, namespace)? {
        return Ok(ZoneAnswer::nothing());
    }
    let addresses = types.contains(&type_of(ip)).then_some(ip).into_iter().collect();
    Ok(ZoneAnswer::Records(Records { addresses, ..Records::default() }))
}

/// PTR records of an address: the Service with this Cluster IP, or else the endpoints with a hostname and this address.
pub(super) fn reverse(cluster: Cluster<'_>, ip: IpAddr) -> ZoneResult {
    let domain = &cluster.settings.cluster_domain;
    let index = cluster.index;
    let mut names: Vec<String> = index
        .services_with_ip(ip, IpRole::ClusterIp)
        .take(1)
        .map(|service| format!("{}.{domain}", service.dns_name()))
        .collect();
    if !cluster.coverage.of(Kind::Service).complete() && names.is_empty() {
        return Err(Reason::ServiceOfAddressNotKnown { ip });
    }
    if names.is_empty() {
        if !cluster.coverage.of(Kind::EndpointSlice).complete() {
            return Err(Reason::EndpointOfAddressNotKnown { ip });
        }
        let endpoints = index.claims(ip).filter(|(role, _)| *role == IpRole::Endpoint);
        let named = endpoints.filter_map(|(_, key)| index.endpoint(key)).filter(|endpoint| endpoint.is_ready());
        names.extend(named.filter_map(|endpoint| {
            let service = index.slice(&endpoint.slice_key())?.service.as_deref()?;
            Some(format!("{}.{service}.{}.svc.{domain}", endpoint.hostname.as_deref()?, endpoint.namespace))
        }));
    }
    Ok(if names.is_empty() {
        ZoneAnswer::nothing()
    } else {
        ZoneAnswer::Records(Records { names, ..Records::default() })
    })
}

/// The address of a name in `in-addr.arpa` or `ip6.arpa`.
fn reverse_address(name: &str) -> Option<IpAddr> {
    if let Some(octets) = name.strip_suffix(".in-addr.arpa") {
        let octets: Vec<&str> = octets.split('.').rev().collect();
        return octets.join(".").parse::<std::net::Ipv4Addr>().ok().map(IpAddr::V4);
    }
    let nibbles: Vec<&str> = name.strip_suffix(".ip6.arpa")?.split('.').rev().collect();
    if nibbles.len() != 32 || nibbles.iter().any(|nibble| nibble.len() != 1) {
        return None;
    }
    u128::from_str_radix(&nibbles.concat(), 16).ok().map(|bits| IpAddr::V6(bits.into()))
}

fn type_of(ip: IpAddr) -> RecordType {
    if ip.is_ipv4() { RecordType::A } else { RecordType::Aaaa }
}
