//! The summary of the cluster.

use std::net::IpAddr;

use topology::cluster::settings::Settings;
use topology::path::answer::AssumedSettings;
use topology::wire::Status;

/// The summary of the cluster.
#[derive(Clone, Debug, PartialEq)]
pub struct ClusterSummary {
    /// The context's name.
    pub context: String,
    /// Number of Services in view.
    pub services: usize,
    /// Number of Pods in view.
    pub pods: usize,
    /// Number of Nodes.
    pub nodes: usize,
    /// Number of Services and of Pods of a cluster without open namespaces.
    pub closed: Option<(usize, usize)>,
    /// The lowest and the highest Node IP.
    pub node_ips: Option<(IpAddr, IpAddr)>,
    /// The Nodes' Pod CIDRs.
    pub pod_cidrs: Vec<String>,
    /// The CIDRs of the ServiceCIDR objects, if the cluster has that kind.
    pub service_cidrs: Vec<String>,
    /// The assumed settings of kube-proxy.
    pub settings: AssumedSettings,
    /// The namespaces that the page holds; empty for all.
    pub namespaces: Vec<String>,
    /// The context's status, with the state of each kind.
    pub status: Status,
}

impl Default for ClusterSummary {
    fn default() -> Self {
        Self {
            context: String::new(),
            services: 0,
            pods: 0,
            nodes: 0,
            closed: None,
            node_ips: None,
            pod_cidrs: Vec::new(),
            service_cidrs: Vec::new(),
            settings: AssumedSettings::from(&Settings::default()),
            namespaces: Vec::new(),
            status: Status::default(),
        }
    }
}
