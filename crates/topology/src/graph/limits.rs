//! Limits for the members that a unit lists. Members beyond a limit are counted and not built.

use std::net::IpAddr;

/// Maximum number of Nodes whose addresses are listed for a nodePort, unless the unit is opened.
pub const LISTED_NODES: usize = 3;
/// The same limit for an opened unit.
const OPENED_NODES: usize = 100;
/// Maximum number of Pods that are listed, unless the unit is opened.
const LISTED_PODS: usize = 10;
/// The same limit for a unit that contains the selected socket: as many as a window shows.
const REVEALED_PODS: usize = 20;
/// Maximum number of nodePorts that a Node lists for Services without endpoints on it, unless the unit is opened.
const LISTED_NODE_PORTS: usize = 10;
/// The same limit for an opened unit.
const OPENED_NODE_PORTS: usize = 100;

/// Limits for the members that a unit lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Number of Nodes up to which a nodePort lists all of them.
    pub(super) nodes: usize,
    /// Number of Nodes that a nodePort lists if there are more than `nodes`.
    pub(super) most_nodes: usize,
    /// An address of the Node that is asked about. If there are more than `nodes`, it is listed, with the first ones that differ from it.
    pub(super) asked: Option<IpAddr>,
    /// Number of Pods up to which all are listed. More Pods are only counted.
    pub(super) pods: usize,
    /// Number of nodePorts up to which a Node lists all of them.
    pub(super) node_ports: usize,
    /// Number of nodePorts that a Node lists if there are more than `node_ports`.
    pub(super) most_node_ports: usize,
}

impl Limits {
    /// Limits of a unit at full detail: few members are listed.
    pub const LISTED: Self = Self {
        nodes: LISTED_NODES,
        most_nodes: 0,
        asked: None,
        pods: LISTED_PODS,
        node_ports: LISTED_NODE_PORTS,
        most_node_ports: 0,
    };

    /// Limits of a folded unit: only a single member is listed.
    pub const FOLDED: Self = Self { nodes: 1, most_nodes: 0, asked: None, pods: 1, node_ports: 1, most_node_ports: 0 };

    /// Limits of a unit that the reader has opened.
    pub const OPENED: Self = Self {
        nodes: LISTED_NODES,
        most_nodes: OPENED_NODES,
        asked: None,
        pods: usize::MAX,
        node_ports: LISTED_NODE_PORTS,
        most_node_ports: OPENED_NODE_PORTS,
    };

    /// Limits of a unit that contains the selected socket: of many Nodes the one that is asked about, and of many Pods only their number unless
    /// the socket is a Pod's or an endpoint's.
    pub fn revealed(asked: Option<IpAddr>, all_pods: bool) -> Self {
        let pods = if all_pods { usize::MAX } else { REVEALED_PODS };
        Self { most_nodes: 0, asked, pods, ..Self::OPENED }
    }
}
