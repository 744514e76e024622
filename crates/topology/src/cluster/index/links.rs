//! Secondary lookups from an address, a port, a Service or a Pod to the rows that refer to it.
//!
//! All lookups are in one sorted set. One function derives the entries of a row for adding and for removing, so that a removed row leaves no
//! entry.

use std::net::IpAddr;
use std::sync::Arc;

use imbl::OrdSet;
use imbl::ordset::RangedIter;
use imbl::shared_ptr::DefaultSharedPtr;

use crate::cluster::key::ObjectKey;
use crate::cluster::port::Protocol;
use crate::cluster::row::Row;

/// The role in which an object uses an IP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IpRole {
    /// A Service's Cluster IP.
    ClusterIp,
    /// A Service's external IP.
    ExternalIp,
    /// A Service's load balancer IP.
    LoadBalancerIp,
    /// A Node's address.
    NodeIp,
    /// A Pod's address.
    PodIp,
    /// An endpoint's address.
    Endpoint,
}

/// The key of a secondary lookup.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum LookupKey {
    /// Objects by IP, with its role.
    Ip(IpAddr, Option<IpRole>),
    /// Services by their nodePorts.
    NodePort(u16, Protocol),
    /// Services by their healthCheckNodePort.
    HealthCheckPort(u16),
    /// Pods by their hostPorts.
    HostPort(u16, Protocol),
    /// Slices by the Service that they name.
    Service(ObjectKey),
    /// Endpoints by the Pod that they name.
    Pod(ObjectKey),
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Links {
    entries: OrdSet<Arc<Entry>>,
}

type Entry = (LookupKey, ObjectKey);

impl Links {
    pub(super) fn link(&mut self, row: &Row) {
        let key = row.key();
        for lookup_key in lookup_keys(row) {
            self.entries.insert(Arc::new((lookup_key, key.clone())));
        }
    }

    pub(super) fn unlink(&mut self, row: &Row) {
        let key = row.key();
        for lookup_key in lookup_keys(row) {
            self.entries.remove::<Entry>(&(lookup_key, key.clone()));
        }
    }

    /// The rows with this lookup key, sorted by namespace and name. An IP without a role matches every role.
    pub(super) fn of(&self, lookup_key: LookupKey) -> Found<'_> {
        // The empty object key, and no role, sort before all others.
        let from: Entry = (lookup_key, ObjectKey::new("", ""));
        let entries = self.entries.range::<_, Entry>(&from..);
        Found { lookup_key: from.0, entries }
    }

    #[cfg(test)]
    pub(super) fn is_empty(&self) -> bool {
        self.entries.len() == 0
    }
}

/// The rows with a lookup key.
pub(super) struct Found<'a> {
    lookup_key: LookupKey,
    entries: RangedIter<'a, Arc<Entry>, DefaultSharedPtr>,
}

impl<'a> Iterator for Found<'a> {
    type Item = (&'a LookupKey, &'a ObjectKey);

    fn next(&mut self) -> Option<Self::Item> {
        let (found, key) = &**self.entries.next()?;
        let same = match (&self.lookup_key, found) {
            (LookupKey::Ip(ip, None), LookupKey::Ip(found, _)) => ip == found,
            (lookup_key, found) => lookup_key == found,
        };
        same.then_some((found, key))
    }
}

/// All lookup keys of a row.
fn lookup_keys(row: &Row) -> Vec<LookupKey> {
    let ip = |ip: IpAddr, role: IpRole| LookupKey::Ip(ip, Some(role));
    match row {
        Row::Node(node) => node.ips().map(|own| ip(own.0, IpRole::NodeIp)).collect(),
        Row::Service(service) => {
            let cluster = service.cluster_ips.iter().map(|own| ip(own.0, IpRole::ClusterIp));
            let external = service.external_ips.iter().map(|own| ip(own.0, IpRole::ExternalIp));
            let balancers = service.load_balancer_vips();
            let ports = service.ports.iter();
            cluster
                .chain(external)
                .chain(balancers.map(|own| ip(own.0, IpRole::LoadBalancerIp)))
                .chain(ports.filter_map(|port| Some(LookupKey::NodePort(port.node_port?.0, port.protocol))))
                .chain(service.health_check_port().map(|port| LookupKey::HealthCheckPort(port.0)))
                .collect()
        }
        Row::Pod(pod) => {
            let ports = pod.containers.iter().flat_map(|container| &container.ports);
            let host_ports = ports.filter_map(|port| Some(LookupKey::HostPort(port.host_port?.0, port.protocol)));
            pod.ips.iter().map(|own| ip(own.0, IpRole::PodIp)).chain(host_ports).collect()
        }
        Row::EndpointSlice(slice) => slice.service_key().map(LookupKey::Service).into_iter().collect(),
        Row::Endpoint(endpoint) => {
            let address = endpoint.ip().map(|own| ip(own, IpRole::Endpoint));
            address.into_iter().chain(endpoint.pod().map(LookupKey::Pod)).collect()
        }
        Row::Namespace(_) | Row::ServiceCIDR(_) | Row::Endpoints(_) => Vec::new(),
    }
}
