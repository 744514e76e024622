//! Locates the source of a packet.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::cluster::facts::NodeFact;
use crate::cluster::index::Index;
use crate::cluster::key::Kind;
use crate::cluster::settings::Settings;
use crate::cluster::view::Cluster;
use crate::path::answer::{SourceKind, TraceSource};
use crate::path::question::Source;

/// A source with its address and Node.
#[derive(Clone, Debug)]
pub(crate) struct SourceLocation {
    pub(crate) from: TraceSource,
    /// The source address, if it is known.
    pub(crate) ip: Option<IpAddr>,
    /// The Node of the source, if it is known.
    pub(crate) node: Option<String>,
    pub(crate) class: SourceClass,
}

/// The class of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SourceClass {
    /// A client outside the cluster.
    External,
    /// A Pod with an address of its own.
    Pod,
    /// A process in the host network. Its address is the Node's own.
    Host,
    /// A process of the host that uses the loopback address.
    Localhost,
}

impl SourceLocation {
    /// Locates a source. `asked` is the Node in the question; it is used for an address of no known Pod. `ipv4` is the address family of the
    /// destination; the source gets an address of the same family.
    pub(crate) fn of(index: &Index, source: &Source, asked: Option<&str>, ipv4: bool) -> Self {
        match source {
            Source::External(ip) => Self {
                from: TraceSource::of_kind(SourceKind::External, Some(*ip)),
                ip: Some(*ip),
                node: None,
                class: SourceClass::External,
            },
            Source::AnyPod => Self {
                from: TraceSource::of_kind(SourceKind::Pod, None),
                ip: None,
                node: None,
                class: SourceClass::Pod,
            },
            Source::Pod(key) => {
                let pod = index.pod(key);
                let ips = || pod.into_iter().flat_map(|pod| &pod.ips).map(|ip| ip.0);
                let ip = ips().find(|ip| ip.is_ipv4() == ipv4).or_else(|| ips().next());
                let node = pod.and_then(|pod| pod.node.clone());
                let class = if pod.is_some_and(|pod| pod.host_network) { SourceClass::Host } else { SourceClass::Pod };
                let names = (Some(key.namespace.clone()), Some(key.name.clone()));
                Self {
                    from: TraceSource {
                        kind: SourceKind::Pod,
                        namespace: names.0,
                        name: names.1,
                        ip,
                        node: node.clone(),
                    },
                    ip,
                    node,
                    class,
                }
            }
            Source::PodIp(ip) => {
                let pod = index.pod_with_own_ip(*ip);
                let node = pod
                    .and_then(|pod| pod.node.clone())
                    .or_else(|| index.node_with_pod_cidr(*ip).map(|node| node.name.clone()))
                    .or_else(|| asked.map(str::to_owned));
                let from = TraceSource { node: node.clone(), ..TraceSource::of_kind(SourceKind::PodIp, Some(*ip)) };
                Self { from, ip: Some(*ip), node, class: SourceClass::Pod }
            }
            Source::Node(name) => {
                let node = index.node(name);
                let ip = node.and_then(|node| node.primary_ip(ipv4).or_else(|| node.ips().next())).map(|ip| ip.0);
                let from = TraceSource { node: Some(name.clone()), ..TraceSource::of_kind(SourceKind::Node, ip) };
                Self { from, ip, node: Some(name.clone()), class: SourceClass::Host }
            }
            Source::Localhost(name) => {
                let ip = if ipv4 { IpAddr::V4(Ipv4Addr::LOCALHOST) } else { IpAddr::V6(Ipv6Addr::LOCALHOST) };
                let from =
                    TraceSource { node: Some(name.clone()), ..TraceSource::of_kind(SourceKind::Localhost, Some(ip)) };
                Self { from, ip: Some(ip), node: Some(name.clone()), class: SourceClass::Localhost }
            }
        }
    }

    /// Whether the source is a process of this Node, so that its address is local there.
    pub(crate) fn is_host_of(&self, node: Option<&str>) -> bool {
        matches!(self.class, SourceClass::Host | SourceClass::Localhost)
            && node.is_some()
            && self.node.as_deref() == node
    }

    /// Whether the source is a Pod or process on this Node. [`Source::AnyPod`] is on every Node.
    pub(crate) fn is_on(&self, node: Option<&str>) -> bool {
        (self.class == SourceClass::Pod && self.ip.is_none()) || (self.node.is_some() && self.node.as_deref() == node)
    }

    /// Whether the known facts decide where the source is. An address that is no known Pod's can be that of a Pod that is not known, or in a
    /// Pod CIDR that is not.
    pub(crate) fn is_located(&self, cluster: Cluster<'_>) -> bool {
        let is_pod_ip = self.from.kind == SourceKind::PodIp;
        let known = |kind| cluster.coverage.of(kind).complete();
        let of_pod = || self.ip.is_some_and(|ip| cluster.index.pod_with_own_ip(ip).is_some());
        !is_pod_ip || of_pod() || (known(Kind::Pod) && known(Kind::Node))
    }

    /// Whether the detector classifies the source as a Pod; `None` without a detector (reference §2.5).
    /// The name of the Node can be known without its row.
    pub(crate) fn is_pod(&self, settings: &Settings, name: Option<&str>, node: Option<&NodeFact>) -> Option<bool> {
        let here = self.class == SourceClass::Pod && self.is_on(name);
        match self.ip {
            Some(ip) => settings.is_pod_source(ip, node, here),
            // The address of `AnyPod` is not known, but a detector would recognise it.
            None if settings.detects_by_interface() => Some(here),
            None => {
                let known = node.and_then(|node| node.pod_cidrs.first()).map(|cidr| cidr.network());
                known.map_or_else(
                    || settings.cluster_cidrs.first().map(|_| true),
                    |ip| settings.is_pod_source(ip, node, true),
                )
            }
        }
    }
}

/// A source in the form of the answer. Its address has the destination's family, if it has such an address.
pub(crate) fn shown(index: &Index, from: &Source, node: Option<&str>, ipv4: bool) -> TraceSource {
    SourceLocation::of(index, from, node, ipv4).from
}
