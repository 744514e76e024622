//! Where a source is, and on which Nodes its packet is decided.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::Source;
use crate::facts::NodeFact;
use crate::index::Index;
use crate::settings::Settings;
use crate::trace::From;

/// A source, placed.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) from: From,
    /// The source address, where one is known.
    pub(super) ip: Option<IpAddr>,
    /// The Node that the source is on.
    pub(super) node: Option<String>,
    pub(super) class: Class,
}

/// What sources differ by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// From outside.
    External,
    /// A Pod with an address of its own.
    Pod,
    /// A process of the host network: its address is the Node's own.
    Host,
    /// A process of the host that uses the loopback address.
    Localhost,
}

impl Place {
    /// Places a source; `asked` is the Node that was asked for, the last resort for an address of no known Pod. `ipv4` is the family
    /// of the destination: a source has an address of the same one.
    pub(super) fn of(index: &Index, source: &Source, asked: Option<&str>, ipv4: bool) -> Self {
        let nowhere = |kind, ip| From { kind, ip, ..From::default() };
        match source {
            Source::External(ip) => {
                Self { from: nowhere("external", Some(*ip)), ip: Some(*ip), node: None, class: Class::External }
            }
            Source::AnyPod => Self { from: nowhere("pod", None), ip: None, node: None, class: Class::Pod },
            Source::Pod(key) => {
                let pod = index.pod(key);
                let ips = || pod.into_iter().flat_map(|pod| &pod.ips).map(|ip| ip.0);
                let ip = ips().find(|ip| ip.is_ipv4() == ipv4).or_else(|| ips().next());
                let node = pod.and_then(|pod| pod.node.clone());
                let class = if pod.is_some_and(|pod| pod.host_network) { Class::Host } else { Class::Pod };
                let names = (Some(key.namespace.clone()), Some(key.name.clone()));
                Self {
                    from: From { kind: "pod", namespace: names.0, name: names.1, ip, node: node.clone() },
                    ip,
                    node,
                    class,
                }
            }
            Source::PodIp(ip) => {
                let pod = index.pods_with_ip(*ip).find(|pod| !pod.host_network);
                let node = pod
                    .and_then(|pod| pod.node.clone())
                    .or_else(|| index.node_with_pod_cidr(*ip).map(|node| node.name.clone()))
                    .or_else(|| asked.map(str::to_owned));
                let from = From { node: node.clone(), ..nowhere("pod-ip", Some(*ip)) };
                Self { from, ip: Some(*ip), node, class: Class::Pod }
            }
            Source::Node(name) => {
                let node = index.node(name);
                let ip = node.and_then(|node| node.primary_ip(ipv4).or_else(|| node.ips().next())).map(|ip| ip.0);
                let from = From { node: Some(name.clone()), ..nowhere("node", ip) };
                Self { from, ip, node: Some(name.clone()), class: Class::Host }
            }
            Source::Localhost(name) => {
                let ip = if ipv4 { IpAddr::V4(Ipv4Addr::LOCALHOST) } else { IpAddr::V6(Ipv6Addr::LOCALHOST) };
                let from = From { node: Some(name.clone()), ..nowhere("localhost", Some(ip)) };
                Self { from, ip: Some(ip), node: Some(name.clone()), class: Class::Localhost }
            }
        }
    }

    /// Whether the source is a process of this Node: its address is a local one there.
    pub(super) fn is_host_of(&self, node: Option<&str>) -> bool {
        matches!(self.class, Class::Host | Class::Localhost) && node.is_some() && self.node.as_deref() == node
    }

    /// Whether the source is on this Node, in whatever way. Some Pod, whichever, is on the Node that is asked.
    pub(super) fn is_on(&self, node: Option<&str>) -> bool {
        (self.class == Class::Pod && self.ip.is_none()) || (self.node.is_some() && self.node.as_deref() == node)
    }

    /// What the detector says of it; `None` without a detector (reference §2.5).
    pub(super) fn is_pod(&self, settings: &Settings, node: Option<&NodeFact>) -> Option<bool> {
        let here = self.class == Class::Pod && self.is_on(node.map(|node| node.name.as_str()));
        match self.ip {
            Some(ip) => settings.is_pod_source(ip, node, here),
            // Some Pod, whichever, has an address that a detector knows, if there is one.
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

/// The Nodes whose rules may decide this packet (reference §2.10); `None` when no Node is known. `claimed` says that a Service claims
/// the very address and port: then the first Node that the packet meets translates it, even if another has that address.
pub(super) fn evaluation_nodes(
    index: &Index,
    place: &Place,
    to: IpAddr,
    asked: Option<&str>,
    claimed: bool,
) -> Option<Vec<String>> {
    let here = asked.map(str::to_owned).or_else(|| place.node.clone());
    let owner = index.node_with_ip(to).map(|node| node.name.clone());
    let at_pod = || index.pods_with_ip(to).find_map(|pod| pod.node.clone());
    let fixed = if claimed { here.or(owner) } else { owner.or(here) };
    let all = || index.nodes().map(|node| node.name.clone()).collect();
    let nodes: Vec<String> = fixed.or_else(at_pod).map_or_else(all, |node| vec![node]);
    (!nodes.is_empty()).then_some(nodes)
}
