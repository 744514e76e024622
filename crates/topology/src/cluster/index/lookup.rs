//! Reading the index.

use std::net::IpAddr;

use super::links::Claim;
use super::{Index, IpRole};
use crate::cluster::facts::{EndpointFact, NodeFact, PodFact, ServiceFact, SliceFact};
use crate::cluster::key::{EndpointKey, ObjectKey};
use crate::cluster::kinds::{Kind, with_kinds};
use crate::cluster::port::Protocol;
use crate::cluster::row::Row;

/// What is behind an endpoint's address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Behind {
    /// A Pod, which may not be known itself.
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
        self.table(kind)?.get(key).map(|stored| &stored.row)
    }

    /// The rows of a kind, in a namespace or (if empty) everywhere, by namespace and name.
    pub fn rows(&self, kind: Kind, namespace: &str) -> impl Iterator<Item = &Row> {
        self.stored(kind, namespace).map(|(_, stored)| &stored.row)
    }

    /// How many rows of a kind there are.
    pub fn count(&self, kind: Kind) -> usize {
        self.table(kind).map_or(0, |table| table.len())
    }

    /// The Node of this name.
    pub fn node(&self, name: &str) -> Option<&NodeFact> {
        self.node_by_key(&ObjectKey::cluster(name))
    }

    /// The slices that name this Service, in its own namespace (reference §1.1).
    pub fn slices_of(&self, service: &ObjectKey) -> impl Iterator<Item = &SliceFact> + use<'_> {
        self.links.of(Claim::Service(service.clone())).filter_map(|(_, key)| self.slice(key))
    }

    /// The endpoints in a slice.
    pub fn endpoints_in(&self, slice: &ObjectKey) -> impl Iterator<Item = &EndpointFact> + use<'_> {
        let from = ObjectKey::new(&slice.namespace, EndpointKey::name_prefix(slice));
        let rows = self.table(Kind::Endpoint).into_iter().flat_map({
            let from = from.clone();
            move |table| table.range(&from..)
        });
        let own = rows.take_while(move |(key, _)| key.namespace == from.namespace && key.name.starts_with(&from.name));
        own.filter_map(|(_, stored)| match &stored.row {
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
        self.links.of(Claim::Pod(pod.clone())).filter_map(|(_, key)| self.endpoint(key))
    }

    /// The endpoints that have this address.
    pub fn endpoints_with_ip(&self, ip: IpAddr) -> impl Iterator<Item = &EndpointFact> {
        self.claims(ip).filter(|(role, _)| *role == IpRole::Endpoint).filter_map(|(_, key)| self.endpoint(key))
    }

    /// What is behind an endpoint: the Pod that it names, else a Pod that has the address for itself, else a Node, else nothing that
    /// the cluster knows. A hostNetwork Pod shares its address with its Node, so the address alone does not mean it.
    pub fn behind(&self, endpoint: &EndpointFact) -> Behind {
        if let Some(pod) = endpoint.pod() {
            return Behind::Pod(pod);
        }
        let Some(ip) = endpoint.ip() else { return Behind::Outside };
        if let Some(pod) = self.pod_with_own_ip(ip) {
            return Behind::Pod(pod.key());
        }
        self.node_with_ip(ip).map_or(Behind::Outside, |node| Behind::Node(node.name.clone()))
    }

    /// The Services that claim a nodePort.
    pub fn services_with_node_port(&self, port: u16, protocol: Protocol) -> impl Iterator<Item = &ServiceFact> {
        self.links.of(Claim::NodePort(port, protocol)).filter_map(|(_, key)| self.service(key))
    }

    /// The Pods that ask for a hostPort, on any Node.
    pub fn pods_with_host_port(&self, port: u16, protocol: Protocol) -> impl Iterator<Item = &PodFact> {
        self.links.of(Claim::HostPort(port, protocol)).filter_map(|(_, key)| self.pod(key))
    }

    /// Who uses an IP, and as what.
    pub fn claims(&self, ip: IpAddr) -> impl Iterator<Item = (IpRole, &ObjectKey)> {
        self.links.of(Claim::Ip(ip, None)).filter_map(|(claim, key)| match claim {
            Claim::Ip(_, Some(role)) => Some((*role, key)),
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

    /// The Pods that have this address and have not ended. Several, when they share their Node's network.
    pub fn pods_with_ip(&self, ip: IpAddr) -> impl Iterator<Item = &PodFact> {
        self.claims(ip)
            .filter(|(role, _)| *role == IpRole::PodIp)
            .filter_map(|(_, key)| self.pod(key))
            .filter(|pod| !pod.ended())
    }

    /// The Pod that has this address for itself and has not ended.
    pub fn pod_with_own_ip(&self, ip: IpAddr) -> Option<&PodFact> {
        self.pods_with_ip(ip).find(|pod| !pod.host_network)
    }

    /// The Node whose Pod CIDR holds this address.
    pub fn node_with_pod_cidr(&self, ip: IpAddr) -> Option<&NodeFact> {
        self.nodes().find(|node| node.pod_cidrs.iter().any(|cidr| cidr.contains(&ip)))
    }

    /// The name of the Node that an address is on, whatever a slice says: its Pod's, its own, or the one whose Pod CIDR holds it.
    pub fn node_name_of(&self, ip: IpAddr) -> Option<&str> {
        let of_pod = self.pods_with_ip(ip).find_map(|pod| pod.node.as_deref());
        let of_address = || self.node_with_ip(ip).or_else(|| self.node_with_pod_cidr(ip));
        of_pod.or_else(|| of_address().map(|node| node.name.as_str()))
    }
}
