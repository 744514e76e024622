//! kube-proxy's chains of a Service port.

/// What a chain of a Service port is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChainRole {
    /// Chooses among the endpoints of the cluster.
    Cluster,
    /// Chooses among the endpoints of the Node.
    Local,
    /// Takes traffic to external addresses.
    External,
    /// Applies loadBalancerSourceRanges.
    Firewall,
}

/// A chain that a packet comes through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleChain {
    /// What it is for.
    pub role: ChainRole,
    /// Its exact name.
    pub name: String,
}
