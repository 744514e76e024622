use clap::Args;
use topology::cluster::settings::{Setting, gates_of_no_effect};
use words::Words;

use crate::proxy::{FlagError, ProxyFlags};

/// kube-proxy's settings. What no flag says is read from the ConfigMap kube-system/kube-proxy, or is kube-proxy's default.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "kube-proxy's settings (else the ConfigMap kube-system/kube-proxy, else the default)")]
pub struct SettingsArgs {
    /// iptables, nftables or ipvs; none: something else has kube-proxy's place. The rules of ipvs and none are not evaluated.
    #[arg(long, value_name = "MODE")]
    proxy_mode: Option<String>,
    /// What tells Pods from others; empty: nothing does.
    #[arg(long, value_name = "CIDR,…")]
    cluster_cidr: Option<String>,
    /// Where Cluster IPs are from, beside the cluster's ServiceCIDRs.
    #[arg(long, value_name = "CIDR,…")]
    service_cidr: Option<String>,
    /// The addresses that nodePorts are taken on: CIDRs, primary, localhost, all.
    #[arg(long, value_name = "CIDR,…")]
    node_port_addresses: Option<String>,
    /// Masquerade everything that is sent to a Cluster IP.
    #[arg(long, value_name = "BOOL", num_args = 0..=1, default_missing_value = "true")]
    masquerade_all: Option<String>,
    /// ClusterCIDR, NodeCIDR, BridgeInterface or InterfaceNamePrefix.
    #[arg(long, value_name = "MODE")]
    detect_local_mode: Option<String>,
    /// The bridge, or the prefix of the interfaces, that Pods are behind.
    #[arg(long, value_name = "NAME")]
    detect_local_interface: Option<String>,
    /// Whether nodePorts are taken on 127.0.0.1 (iptables).
    #[arg(long, value_name = "BOOL", num_args = 0..=1, default_missing_value = "true")]
    localhost_node_ports: Option<String>,
    /// Feature gates.
    #[arg(long, value_name = "GATE=BOOL,…")]
    feature_gates: Vec<String>,
    /// What kube-proxy on a Node believes its Node to be called.
    #[arg(long, value_name = "NODE=NAME")]
    hostname_override: Vec<String>,
    /// The API server's range of nodePorts.
    #[arg(long, value_name = "LOW-HIGH")]
    service_node_port_range: Option<String>,
    /// The domain of the cluster's DNS.
    #[arg(long, value_name = "DOMAIN")]
    cluster_domain: Option<String>,
}

impl SettingsArgs {
    /// The settings that are given.
    ///
    /// # Errors
    ///
    /// A flag has a value that it cannot have.
    pub fn flags(&self) -> Result<ProxyFlags, FlagError> {
        let listed = |items: &[String]| (!items.is_empty()).then(|| items.join(","));
        let texts = [
            (Setting::ProxyMode, self.proxy_mode.clone()),
            (Setting::ClusterCidr, self.cluster_cidr.clone()),
            (Setting::ServiceCidr, self.service_cidr.clone()),
            (Setting::NodePortAddresses, self.node_port_addresses.clone()),
            (Setting::MasqueradeAll, self.masquerade_all.clone()),
            (Setting::DetectLocalMode, self.detect_local_mode.clone()),
            (Setting::DetectLocalInterface, self.detect_local_interface.clone()),
            (Setting::LocalhostNodePorts, self.localhost_node_ports.clone()),
            (Setting::FeatureGates, listed(&self.feature_gates)),
            (Setting::HostnameOverride, listed(&self.hostname_override)),
            (Setting::ServiceNodePortRange, self.service_node_port_range.clone()),
            (Setting::ClusterDomain, self.cluster_domain.clone()),
        ];
        ProxyFlags::new(texts.into_iter().filter_map(|(setting, text)| Some((setting, text?))).collect())
    }

    /// What is given but changes nothing, in a sentence.
    pub fn remark(&self, words: &Words) -> Option<String> {
        let gates: Vec<&str> = self.feature_gates.iter().flat_map(|text| gates_of_no_effect(text)).collect();
        (!gates.is_empty()).then(|| words.setting_gates_of_no_effect(words.list(&gates)))
    }
}
