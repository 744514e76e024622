//! Finds the Nodes whose rules decide a packet.

pub(crate) mod equivalent;

use std::net::IpAddr;

use crate::cluster::index::Index;
use crate::path::source::SourceLocation;

/// The Node whose rules decide this packet, if only one Node can (reference §2.10). `claimed` means that a Service claims exactly this
/// address and port: then the first Node that the packet meets translates it, even if another Node has the address.
pub(crate) fn fixed_node<'a>(
    index: &'a Index,
    source: &'a SourceLocation,
    to: IpAddr,
    asked: Option<&'a str>,
    claimed: bool,
) -> Option<&'a str> {
    let here = asked.or(source.node.as_deref());
    let owner = index.node_with_ip(to).map(|node| node.name.as_str());
    let at_pod = || index.pods_with_ip(to).find_map(|pod| pod.node.as_deref());
    let fixed = if claimed { here.or(owner) } else { owner.or(here) };
    fixed.or_else(at_pod)
}

/// The Nodes whose rules can decide this packet: the fixed Node, or else all Nodes; `None` if no Node is known.
pub(crate) fn evaluation_nodes<'a>(
    index: &'a Index,
    source: &'a SourceLocation,
    to: IpAddr,
    asked: Option<&'a str>,
    claimed: bool,
) -> Option<Vec<&'a str>> {
    let all = || index.nodes().map(|node| node.name.as_str()).collect();
    let nodes: Vec<&str> = fixed_node(index, source, to, asked, claimed).map_or_else(all, |node| vec![node]);
    (!nodes.is_empty()).then_some(nodes)
}
