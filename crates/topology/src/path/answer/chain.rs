//! kube-proxy's chains of a Service port.

/// The role of a chain of a Service port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChainRole {
    /// Chooses among the endpoints of the cluster.
    Cluster,
    /// Chooses among the endpoints of the Node.
    Local,
    /// Handles traffic to external addresses.
    External,
    /// Applies loadBalancerSourceRanges.
    Firewall,
}

/// A chain that a packet passes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleChain {
    /// Its role.
    pub role: ChainRole,
    /// Its exact name.
    pub name: String,
}
