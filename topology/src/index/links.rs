//! Secondary maps: from an address, a port, a Service or a Pod to the rows that claim it.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use crate::facts::{PodFact, ServiceFact};
use crate::key::{Kind, ObjectKey};
use crate::port::Protocol;
use crate::row::Row;

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

type Claims<K> = BTreeMap<K, BTreeSet<ObjectKey>>;

#[derive(Clone, Debug, Default)]
pub(super) struct Links {
    pub(super) ips: BTreeMap<IpAddr, BTreeSet<(IpRole, ObjectKey)>>,
    pub(super) node_ports: Claims<(u16, Protocol)>,
    pub(super) host_ports: Claims<(u16, Protocol)>,
    /// Slices by the Service that they name.
    pub(super) slices: Claims<ObjectKey>,
    /// Endpoints by the Pod that they name.
    pub(super) endpoints: Claims<ObjectKey>,
}

impl Links {
    pub(super) fn link(&mut self, row: &Row) {
        each_ip(row, |ip, role, key| {
            self.ips.entry(ip).or_default().insert((role, key.clone()));
        });
        self.each_claim(row, |claims, key| claims.insert(key));
    }

    pub(super) fn unlink(&mut self, row: &Row) {
        each_ip(row, |ip, role, key| {
            if let Some(claims) = self.ips.get_mut(&ip) {
                claims.remove(&(role, key.clone()));
                if claims.is_empty() {
                    self.ips.remove(&ip);
                }
            }
        });
        self.each_claim(row, |claims, key| claims.remove(&key));
        self.forget_empty(row);
    }

    /// Hands each set that the row belongs in, and the row's key, to `change`.
    fn each_claim(&mut self, row: &Row, mut change: impl FnMut(&mut BTreeSet<ObjectKey>, ObjectKey) -> bool) {
        match row {
            Row::Service(service) => {
                for claim in node_ports(service) {
                    change(self.node_ports.entry(claim).or_default(), service.key());
                }
            }
            Row::Pod(pod) => {
                for claim in host_ports(pod) {
                    change(self.host_ports.entry(claim).or_default(), pod.key());
                }
            }
            Row::EndpointSlice(slice) => {
                if let Some(service) = &slice.service {
                    change(self.slices.entry(ObjectKey::new(&slice.namespace, service)).or_default(), slice.key());
                }
            }
            Row::Endpoint(endpoint) => {
                if let Some(pod) = endpoint.pod() {
                    change(self.endpoints.entry(pod).or_default(), endpoint.key());
                }
            }
            Row::Node(_) | Row::Namespace(_) | Row::ServiceCIDR(_) | Row::Endpoints(_) => {}
        }
    }

    fn forget_empty(&mut self, row: &Row) {
        match row {
            Row::Service(service) => node_ports(service).for_each(|claim| forget(&mut self.node_ports, &claim)),
            Row::Pod(pod) => host_ports(pod).for_each(|claim| forget(&mut self.host_ports, &claim)),
            Row::EndpointSlice(slice) => {
                if let Some(service) = &slice.service {
                    forget(&mut self.slices, &ObjectKey::new(&slice.namespace, service));
                }
            }
            Row::Endpoint(endpoint) => {
                if let Some(pod) = endpoint.pod() {
                    forget(&mut self.endpoints, &pod);
                }
            }
            Row::Node(_) | Row::Namespace(_) | Row::ServiceCIDR(_) | Row::Endpoints(_) => {}
        }
    }
}

fn forget<K: Ord>(claims: &mut Claims<K>, claim: &K) {
    if claims.get(claim).is_some_and(BTreeSet::is_empty) {
        claims.remove(claim);
    }
}

fn node_ports(service: &ServiceFact) -> impl Iterator<Item = (u16, Protocol)> {
    service.ports.iter().filter_map(|port| Some((port.node_port?.0, port.protocol)))
}

fn host_ports(pod: &PodFact) -> impl Iterator<Item = (u16, Protocol)> {
    pod.containers
        .iter()
        .flat_map(|container| &container.ports)
        .filter_map(|port| Some((port.host_port?.0, port.protocol)))
}

fn each_ip(row: &Row, mut visit: impl FnMut(IpAddr, IpRole, &ObjectKey)) {
    let key = row.key();
    match row {
        Row::Node(node) => node.ips().for_each(|ip| visit(ip.0, IpRole::NodeIp, &key)),
        Row::Pod(pod) => pod.ips.iter().for_each(|ip| visit(ip.0, IpRole::PodIp, &key)),
        Row::Service(service) => {
            service.cluster_ips.iter().for_each(|ip| visit(ip.0, IpRole::ClusterIp, &key));
            service.external_ips.iter().for_each(|ip| visit(ip.0, IpRole::ExternalIp, &key));
            for ingress in service.load_balancer.iter().filter(|ingress| !ingress.proxy_mode) {
                ingress.ip.iter().for_each(|ip| visit(ip.0, IpRole::LoadBalancerIp, &key));
            }
        }
        Row::Endpoint(endpoint) => endpoint.ip().iter().for_each(|ip| visit(*ip, IpRole::Endpoint, &key)),
        Row::Namespace(_) | Row::ServiceCIDR(_) | Row::EndpointSlice(_) | Row::Endpoints(_) => {}
    }
    debug_assert!(row.kind() != Kind::Endpoint || key.name.contains('/'), "an endpoint's key names its slice");
}
