//! The cluster, in figures.

use std::net::IpAddr;

use topology::cluster::settings::Settings;
use topology::path::answer::AssumedSettings;
use topology::wire::Status;

/// The cluster, in figures.
#[derive(Clone, Debug, PartialEq)]
pub struct ClusterSummary {
    /// The context's name.
    pub context: String,
    /// How many Services are in view.
    pub services: usize,
    /// How many Pods are in view.
    pub pods: usize,
    /// How many Nodes there are.
    pub nodes: usize,
    /// Services and Pods of a cluster of which no namespace is open.
    pub closed: Option<(usize, usize)>,
    /// The lowest and the highest Node IP.
    pub node_ips: Option<(IpAddr, IpAddr)>,
    /// The Nodes' Pod CIDRs, the first few.
    pub pod_cidrs: Vec<String>,
    /// The ServiceCIDRs, the first few, if the cluster has that kind.
    pub service_cidrs: Vec<String>,
    /// How kube-proxy is taken to run.
    pub settings: AssumedSettings,
    /// The namespaces that the page holds; empty for all.
    pub namespaces: Vec<String>,
    /// What is known, kind by kind.
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
