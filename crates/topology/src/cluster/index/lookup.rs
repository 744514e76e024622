//! Lookups of the index.

use std::net::IpAddr;

use super::links::LookupKey;
use super::{Index, IpRole};
use crate::cluster::facts::{EndpointFact, NodeFact, PodFact, ServiceFact, SliceFact};
use crate::cluster::key::{EndpointKey, ObjectKey};
use crate::cluster::kinds::{Kind, with_kinds};
use crate::cluster::port::Protocol;
use crate::cluster::row::Row;

/// The object at an endpoint's address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EndpointBacking {
    /// A Pod. The index need not have it.
    Pod(ObjectKey),
    /// A process on a Node's own address.
    Node(String),
    /// Something outside the cluster.
    Outside,
}

macro_rules! rows_by_kind {
    ($($(#[$doc:meta])* $kind:ident { fact: $fact:ident, one: $one:ident, all: $all:ident, $($rest:tt)* })*) => {
        impl Index {
            $(
                #[doc = concat!("The ", stringify!($kind), " of this key.")]
                pub fn $one(&self, key: &ObjectKey) -> Option<&crate::cluster::facts::$fact> {
                    match self.row(Kind::$kind, key)? {
                        Row::$kind(fact) => Some(fact),
                        _ => None,
                    }
                }

                #[doc = concat!("Every ", stringify!($kind), ", by namespace and name.")]
                pub fn $all(&self) -> impl Iterator<Item = &crate::cluster::facts::$fact> {
                    self.rows(Kind::$kind, "").filter_map(|row| match row {
                        Row::$kind(fact) => Some(fact),
                        _ => None,
                    })
                }
            )*
        }
    };
}
with_kinds!(rows_by_kind);

impl Index {
    /// One row.
    pub fn row(&self, kind: Kind, key: &ObjectKey) -> Option<&Row> {
        self.table(kind)?.get(key).map(|stored| &*stored.row)
    }

    /// The rows of a kind, in a namespace or (if empty) everywhere, by namespace and name.
    pub fn rows(&self, kind: Kind, namespace: &str) -> impl Iterator<Item = &Row> {
        self.stored(kind, namespace).map(|(_, stored)| &*stored.row)
    }

    /// The Pods of a namespace, or of the whole cluster if it is empty, sorted by namespace and name.
    pub fn pods_in(&self, namespace: &str) -> impl Iterator<Item = &PodFact> + use<'_> {
        self.stored(Kind::Pod, namespace).filter_map(|(_, stored)| match &*stored.row {
            Row::Pod(pod) => Some(pod),
            _ => None,
        })
    }

    /// Number of rows of a kind.
    pub fn count(&self, kind: Kind) -> usize {
        self.table(kind).map_or(0, |table| table.len())
    }

    /// The Node of this name.
    pub fn node(&self, name: &str) -> Option<&NodeFact> {
        self.node_by_key(&ObjectKey::cluster(name))
    }

    /// The slices that name this Service, in its own namespace (reference §1.1).
    pub fn slices_of(&self, service: &ObjectKey) -> impl Iterator<Item = &SliceFact> + use<'_> {
        self.links.of(LookupKey::Service(service.clone())).filter_map(|(_, key)| self.slice(key))
    }

    /// The endpoints in a slice.
    pub fn endpoints_in(&self, slice: &ObjectKey) -> impl Iterator<Item = &EndpointFact> + use<'_> {
        let from = ObjectKey::new(&slice.namespace, EndpointKey::name_prefix(slice));
        let rows = self.table(Kind::Endpoint).map(|table| table.range(from.clone()..)).into_iter().flatten();
        let own = rows.take_while(move |(key, _)| key.namespace == from.namespace && key.name.starts_with(&from.name));
        own.filter_map(|(_, stored)| match &*stored.row {
            Row::Endpoint(endpoint) => Some(endpoint),
            _ => None,
        })
    }

    /// The endpoints in all slices of this Service.
    pub fn endpoints_of(&self, service: &ObjectKey) -> impl Iterator<Item = &EndpointFact> + use<'_> {
        self.slices_of(service).flat_map(|slice| self.endpoints_in(&slice.key()))
    }

    /// The endpoints that name this Pod as their target.
    pub fn endpoints_of_pod(&self, pod: &ObjectKey) -> impl Iterator<Item = &EndpointFact> {
        self.links.of(LookupKey::Pod(pod.clone())).filter_map(|(_, key)| self.endpoint(key))
    }

    /// The endpoints that have this address.
    pub fn endpoints_with_ip(&self, ip: IpAddr) -> impl Iterator<Item = &EndpointFact> {
        self.claims(ip).filter(|(role, _)| *role == IpRole::Endpoint).filter_map(|(_, key)| self.endpoint(key))
    }

    /// The object at an endpoint's address: the Pod that the endpoint names, or a Pod with this address of its own, or a Node, or nothing in
    /// the cluster. A hostNetwork Pod shares its address with its Node, so the address alone does not identify it.
    pub fn endpoint_backing(&self, endpoint: &EndpointFact) -> EndpointBacking {
        if let Some(pod) = endpoint.pod() {
            return EndpointBacking::Pod(pod);
        }
        let Some(ip) = endpoint.ip() else { return EndpointBacking::Outside };
        if let Some(pod) = self.pod_with_own_ip(ip) {
            return EndpointBacking::Pod(pod.key());
        }
        self.node_with_ip(ip).map_or(EndpointBacking::Outside, |node| EndpointBacking::Node(node.name.clone()))
    }

    /// The Services that claim a nodePort.
    pub fn services_with_node_port(&self, port: u16, protocol: Protocol) -> impl Iterator<Item = &ServiceFact> {
        self.links.of(LookupKey::NodePort(port, protocol)).filter_map(|(_, key)| self.service(key))
    }

    /// The Services whose health checks kube-proxy answers on this port of every Node.
    pub fn services_with_health_check_port(&self, port: u16) -> impl Iterator<Item = &ServiceFact> {
        self.links.of(LookupKey::HealthCheckPort(port)).filter_map(|(_, key)| self.service(key))
    }

    /// The Pods that declare a hostPort, on any Node.
    pub fn pods_with_host_port(&self, port: u16, protocol: Protocol) -> impl Iterator<Item = &PodFact> {
        self.links.of(LookupKey::HostPort(port, protocol)).filter_map(|(_, key)| self.pod(key))
    }

    /// The objects that use an IP, with the role of the IP.
    pub fn claims(&self, ip: IpAddr) -> impl Iterator<Item = (IpRole, &ObjectKey)> {
        self.links.of(LookupKey::Ip(ip, None)).filter_map(|(claim, key)| match claim {
            LookupKey::Ip(_, Some(role)) => Some((*role, key)),
            _ => None,
        })
    }

    /// The Services that use an IP in this role.
    pub fn services_with_ip(&self, ip: IpAddr, role: IpRole) -> impl Iterator<Item = &ServiceFact> {
        self.claims(ip).filter(move |(claimed, _)| *claimed == role).filter_map(|(_, key)| self.service(key))
    }

    /// The Node that has this address.
    pub fn node_with_ip(&self, ip: IpAddr) -> Option<&NodeFact> {
        self.claims(ip).find(|(role, _)| *role == IpRole::NodeIp).and_then(|(_, key)| self.node_by_key(key))
    }

    /// The Pods that have this address and have not ended. Several hostNetwork Pods can share an address.
    pub fn pods_with_ip(&self, ip: IpAddr) -> impl Iterator<Item = &PodFact> {
        self.claims(ip)
            .filter(|(role, _)| *role == IpRole::PodIp)
            .filter_map(|(_, key)| self.pod(key))
            .filter(|pod| !pod.ended())
    }

    /// The Pod that has this address of its own (without hostNetwork) and has not ended.
    pub fn pod_with_own_ip(&self, ip: IpAddr) -> Option<&PodFact> {
        self.pods_with_ip(ip).find(|pod| !pod.host_network)
    }

    /// The Node whose Pod CIDR contains this address.
    pub fn node_with_pod_cidr(&self, ip: IpAddr) -> Option<&NodeFact> {
        self.nodes().find(|node| node.pod_cidrs.iter().any(|cidr| cidr.contains(&ip)))
    }

    /// The name of the Node of the Pod with an address, or of the Node that has it.
    pub(crate) fn node_name_at(&self, ip: IpAddr) -> Option<&str> {
        let of_pod = self.pods_with_ip(ip).find_map(|pod| pod.node.as_deref());
        of_pod.or_else(|| self.node_with_ip(ip).map(|node| node.name.as_str()))
    }
}
