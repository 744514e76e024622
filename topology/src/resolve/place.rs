//! Where a source is, and on which Nodes its packet is decided.

use std::net::IpAddr;

use super::Source;
use crate::index::Index;
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

/// What kube-proxy can tell sources apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// From outside.
    External,
    /// A Pod with an address of its own.
    Pod,
    /// A process of the host network: its address is the Node's own.
    Host,
}

impl Place {
    pub(super) fn of(index: &Index, source: &Source) -> Self {
        match source {
            Source::External(ip) => Self {
                from: From { kind: "external", ip: Some(*ip), ..From::default() },
                ip: Some(*ip),
                node: None,
                class: Class::External,
            },
            Source::AnyPod => {
                Self { from: From { kind: "pod", ..From::default() }, ip: None, node: None, class: Class::Pod }
            }
            Source::Pod(key) => {
                let pod = index.pod(key);
                let ip = pod.and_then(|pod| pod.ips.first()).map(|ip| ip.0);
                let node = pod.and_then(|pod| pod.node.clone());
                let host = pod.is_some_and(|pod| pod.host_network);
                let from = From {
                    kind: "pod",
                    namespace: Some(key.namespace.clone()),
                    name: Some(key.name.clone()),
                    ip,
                    node: node.clone(),
                };
                Self { from, ip, node, class: if host { Class::Host } else { Class::Pod } }
            }
            Source::Node(name) => {
                let ip = index.node(name).and_then(|node| node.ips().next()).map(|ip| ip.0);
                let from = From { kind: "node", ip, node: Some(name.clone()), ..From::default() };
                Self { from, ip, node: Some(name.clone()), class: Class::Host }
            }
        }
    }
}

/// The Nodes whose rules may decide this packet (reference §2.10); `[None]` when no Node is known.
pub(super) fn evaluation_nodes(index: &Index, place: &Place, to: IpAddr, asked: Option<&str>) -> Vec<Option<String>> {
    let fixed = asked.map(str::to_owned).or_else(|| {
        // A Node's own address is decided there; a Pod's address where the Pod is; the rest where the packet starts.
        index.node_with_ip(to).map(|node| node.name.clone()).or_else(|| place.node.clone()).or_else(|| {
            index.pods_with_ip(to).find_map(|pod| pod.node.clone())
        })
    });
    match fixed {
        Some(node) => vec![Some(node)],
        None if index.nodes().next().is_none() => vec![None],
        None => index.nodes().map(|node| Some(node.name.clone())).collect(),
    }
}
