//! The summary of the cluster.

use std::net::IpAddr;
use std::sync::Arc;

use topology::cluster::index::{Index, RowChange};
use topology::cluster::key::Kind;
use topology::cluster::settings::Settings;
use topology::path::answer::AssumedSettings;
use topology::wire::Status;

/// The cluster's address ranges. [`super::Model`] keeps them, because a cluster has thousands of Nodes that rarely change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddressRanges {
    /// The lowest and the highest Node IP.
    pub node_ips: Option<(IpAddr, IpAddr)>,
    /// The Nodes' Pod CIDRs.
    pub pod_cidrs: Vec<String>,
    /// The CIDRs of the ServiceCIDR objects, if the cluster has that kind.
    pub service_cidrs: Vec<String>,
}

impl AddressRanges {
    /// The ranges of the index's rows.
    pub fn of(index: &Index) -> Self {
        let ips = || index.nodes().filter_map(|node| node.first_ip()).map(|ip| ip.0);
        Self {
            node_ips: ips().min().zip(ips().max()),
            pod_cidrs: index.nodes().flat_map(|node| &node.pod_cidrs).map(ToString::to_string).collect(),
            service_cidrs: index.service_cidrs().flat_map(|fact| &fact.cidrs).map(ToString::to_string).collect(),
        }
    }

    /// Whether one of these changes may change the ranges.
    pub fn depend_on(changed: &[RowChange]) -> bool {
        changed.iter().any(|(_, change)| matches!(change.target().0, Kind::Node | Kind::ServiceCIDR))
    }
}

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
    /// The cluster's address ranges.
    pub ranges: Arc<AddressRanges>,
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
            ranges: Arc::default(),
            settings: AssumedSettings::from(&Settings::default()),
            namespaces: Vec::new(),
            status: Status::default(),
        }
    }
}
