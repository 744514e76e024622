//! Secondary lookups: from an address, a port, a Service or a Pod to the rows that claim it.
//!
//! All of them are one sorted set, so that a row's claims are written down once, for linking and for unlinking, and nothing is
//! left of a row that is gone.

use std::collections::BTreeSet;
use std::net::IpAddr;

use crate::cluster::key::ObjectKey;
use crate::cluster::port::Protocol;
use crate::cluster::row::Row;

/// What an object uses an IP as.
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

/// What a row is found by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Claim {
    /// An IP; who has it is told by the role.
    Ip(IpAddr, Option<IpRole>),
    /// Services by their nodePorts.
    NodePort(u16, Protocol),
    /// Pods by their hostPorts.
    HostPort(u16, Protocol),
    /// Slices by the Service that they name.
    Service(ObjectKey),
    /// Endpoints by the Pod that they name.
    Pod(ObjectKey),
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Links {
    claims: BTreeSet<(Claim, ObjectKey)>,
}

impl Links {
    pub(super) fn link(&mut self, row: &Row) {
        let key = row.key();
        self.claims.extend(claims(row).into_iter().map(|claim| (claim, key.clone())));
    }

    pub(super) fn unlink(&mut self, row: &Row) {
        let key = row.key();
        for claim in claims(row) {
            self.claims.remove(&(claim, key.clone()));
        }
    }

    /// The rows that make this claim, by namespace and name. An IP without a role is claimed in any role.
    pub(super) fn of(&self, claim: Claim) -> impl Iterator<Item = (&Claim, &ObjectKey)> + use<'_> {
        // The empty key, and no role, come before all others.
        let from = (claim.clone(), ObjectKey::new("", ""));
        let same = move |found: &Claim| match (&claim, found) {
            (Claim::Ip(ip, None), Claim::Ip(found, _)) => ip == found,
            (claim, found) => claim == found,
        };
        self.claims.range(&from..).map(|(claim, key)| (claim, key)).take_while(move |(found, _)| same(found))
    }

    #[cfg(test)]
    pub(super) fn is_empty(&self) -> bool {
        self.claims.is_empty()
    }
}

/// Everything that a row claims.
fn claims(row: &Row) -> Vec<Claim> {
    let ip = |ip: IpAddr, role: IpRole| Claim::Ip(ip, Some(role));
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
                .chain(ports.filter_map(|port| Some(Claim::NodePort(port.node_port?.0, port.protocol))))
                .collect()
        }
        Row::Pod(pod) => {
            let ports = pod.containers.iter().flat_map(|container| &container.ports);
            let host_ports = ports.filter_map(|port| Some(Claim::HostPort(port.host_port?.0, port.protocol)));
            pod.ips.iter().map(|own| ip(own.0, IpRole::PodIp)).chain(host_ports).collect()
        }
        Row::EndpointSlice(slice) => slice.service_key().map(Claim::Service).into_iter().collect(),
        Row::Endpoint(endpoint) => {
            let address = endpoint.ip().map(|own| ip(own, IpRole::Endpoint));
            address.into_iter().chain(endpoint.pod().map(Claim::Pod)).collect()
        }
        Row::Namespace(_) | Row::ServiceCIDR(_) | Row::Endpoints(_) => Vec::new(),
    }
}
