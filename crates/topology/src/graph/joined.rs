//! The endpoints of each port of a Service, computed once and used for every property of the Service.

use std::collections::BTreeSet;
use std::net::IpAddr;

use crate::cluster::facts::ServiceFact;
use crate::cluster::index::Index;
use crate::cluster::port::Protocol;
use crate::path::endpoints::{Candidate, candidates, usable};

/// The ports of a Service joined with its slices, in each address family of its Cluster IPs.
pub(crate) struct JoinedService<'a> {
    service: &'a ServiceFact,
    ports: Vec<JoinedPort<'a>>,
}

/// One port of a Service in one address family.
pub(super) struct JoinedPort<'a> {
    /// Index of the port in the Service, from 0.
    pub(super) port: usize,
    /// The address family.
    pub(super) ipv4: bool,
    /// The endpoints that packets from anywhere in the cluster can currently reach.
    pub(super) usable: Vec<Candidate<'a>>,
}

/// Slice, address, port and protocol of an endpoint. Together they identify its socket.
pub(super) type EndpointId<'a> = (&'a str, IpAddr, u16, Protocol);

impl<'a> JoinedService<'a> {
    pub(crate) fn of(index: &'a Index, service: &'a ServiceFact) -> Self {
        let key = service.key();
        let families = [true, false].into_iter().filter(|ipv4| has_family(service, *ipv4));
        let join = |port: usize, ipv4: bool| {
            let candidates = candidates(index, &key, &service.ports[port], ipv4);
            JoinedPort { port, ipv4, usable: usable(&candidates) }
        };
        let ports = match service.headless {
            // kube-proxy skips headless Services. DNS answers with their endpoints, whatever the port.
            true => Vec::new(),
            false => families.flat_map(|ipv4| (0..service.ports.len()).map(move |n| join(n, ipv4))).collect(),
        };
        Self { service, ports }
    }

    /// The joined ports of one address family after the other, in the order of the Service.
    pub(super) fn ports(&self) -> impl Iterator<Item = &JoinedPort<'a>> {
        self.ports.iter()
    }

    /// Indexes of the ports without a usable endpoint on any Node, from 0. Valid only if all slices of the Service are known.
    pub(super) fn ports_without_endpoint(&self) -> Vec<usize> {
        if !self.service.proxied() {
            return Vec::new();
        }
        let is_alive = |n: usize| self.ports.iter().any(|joined| joined.port == n && !joined.usable.is_empty());
        (0..self.service.ports.len()).filter(|n| !is_alive(*n)).collect()
    }

    /// Port and address family of the joins in which terminating endpoints get packets because none is ready.
    pub(super) fn last_resorts(&self) -> Vec<(usize, bool)> {
        let is_last_resort = |joined: &&JoinedPort<'_>| joined.usable.iter().any(|own| !own.fact.is_ready());
        self.ports.iter().filter(is_last_resort).map(|joined| (joined.port, joined.ipv4)).collect()
    }

    /// The endpoints that currently get packets.
    pub(super) fn used(&self) -> BTreeSet<EndpointId<'a>> {
        let ids = self.ports.iter().flat_map(|joined| {
            let protocol = self.service.ports[joined.port].protocol;
            joined.usable.iter().map(move |own| (own.fact.slice.as_str(), own.ip, own.port, protocol))
        });
        ids.collect()
    }
}

/// Whether a Service has a Cluster IP of this family.
fn has_family(service: &ServiceFact, ipv4: bool) -> bool {
    service.cluster_ips.iter().any(|ip| ip.0.is_ipv4() == ipv4)
}
