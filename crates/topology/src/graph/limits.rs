//! How much of a unit is listed one by one. What is not listed is counted, and not built.

/// Maximum number of Nodes whose addresses are listed for a nodePort, unless the unit is opened.
pub const LISTED_NODES: usize = 3;
/// The same of a unit that is opened.
const OPENED_NODES: usize = 100;
/// Maximum number of Pods that are listed, unless the unit is opened.
const LISTED_PODS: usize = 10;
/// Maximum number of nodePorts of a Node that lead to Services without endpoints there, unless the unit is opened.
const LISTED_NODE_PORTS: usize = 10;
/// The same of a unit that is opened.
const OPENED_NODE_PORTS: usize = 100;

/// How much of a unit is listed one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// With more Nodes than this, a nodePort lists `most_nodes` of them only.
    pub(super) nodes: usize,
    /// Number of Nodes that are listed where there are more than `nodes`.
    pub(super) most_nodes: usize,
    /// More Pods than this are counted.
    pub(super) pods: usize,
    /// With more nodePorts than this, a Node lists `most_node_ports` of them only.
    pub(super) node_ports: usize,
    /// Number of nodePorts that a Node lists where there are more than `node_ports`.
    pub(super) most_node_ports: usize,
}

impl Limits {
    /// A unit of a few members lists them.
    pub const LISTED: Self = Self {
        nodes: LISTED_NODES,
        most_nodes: 0,
        pods: LISTED_PODS,
        node_ports: LISTED_NODE_PORTS,
        most_node_ports: 0,
    };

    /// Only a single member is listed.
    pub const FOLDED: Self = Self { nodes: 1, most_nodes: 0, pods: 1, node_ports: 1, most_node_ports: 0 };

    /// A unit that the reader has opened lists all.
    pub const OPENED: Self = Self {
        nodes: LISTED_NODES,
        most_nodes: OPENED_NODES,
        pods: usize::MAX,
        node_ports: LISTED_NODE_PORTS,
        most_node_ports: OPENED_NODE_PORTS,
    };
}
