//! kube-proxy's settings, as far as they decide where a packet goes.

use std::net::IpAddr;

use ipnet::IpNet;
use serde::Serialize;

/// Which backend programs the rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ProxyMode {
    /// iptables, the default on Linux when no mode is set.
    #[default]
    Iptables,
    /// nftables.
    Nftables,
}

/// Where a setting comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Source {
    /// kube-proxy's own default: an assumption.
    #[default]
    Default,
    /// A flag of kubehop.
    Flag,
    /// The ConfigMap `kube-system/kube-proxy`.
    ConfigMap,
}

/// kube-proxy's settings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    /// `mode`.
    pub proxy_mode: ProxyMode,
    /// Where the settings come from.
    pub source: Source,
    /// `clusterCIDR`, by family: how Pods are told from others. Empty: no detector (reference §2.5).
    #[serde(rename = "clusterCIDRs")]
    pub cluster_cidrs: Vec<IpNet>,
    /// `iptables.masqueradeAll`, or `nftables.masqueradeAll`.
    pub masquerade_all: bool,
}

impl Settings {
    /// Whether the local traffic detector takes this source for a Pod; `None` without a detector (reference §2.5).
    pub fn is_pod_source(&self, source: IpAddr) -> Option<bool> {
        let cidr = self.cluster_cidrs.iter().find(|cidr| cidr.addr().is_ipv4() == source.is_ipv4())?;
        Some(cidr.contains(&source))
    }
}
