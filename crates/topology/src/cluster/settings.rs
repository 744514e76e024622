//! The settings of kube-proxy that affect the path of a packet.
//!
//! The value of a setting comes from a flag of kubehop, or from the ConfigMap `kube-system/kube-proxy`, or is kube-proxy's default
//! (design §4.1). [`Settings::set`] parses its text from any source.

mod error;
mod recognise;
mod sources;
mod text;

use std::collections::BTreeMap;
use std::net::IpAddr;

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

use crate::cluster::facts::NodeFact;
pub use error::SettingError;
pub use recognise::KUBE_PROXY_NAMESPACE;
pub(crate) use recognise::is_kept;
pub use sources::SettingSources;
pub use text::{Effective, Setting, gates_of_no_effect};

/// kube-proxy's mode.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ProxyMode {
    /// iptables, the default on Linux when no mode is set.
    #[default]
    Iptables,
    /// nftables.
    Nftables,
    /// IPVS. Its rules are not evaluated.
    Ipvs,
    /// No kube-proxy: something else, such as Cilium, is in its place. Its rules are not evaluated.
    #[serde(rename = "none")]
    NoKubeProxy,
}

impl ProxyMode {
    /// Every mode.
    pub const ALL: [Self; 4] = [Self::Iptables, Self::Nftables, Self::Ipvs, Self::NoKubeProxy];

    /// The text in JSON and of the flag.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Iptables => "iptables",
            Self::Nftables => "nftables",
            Self::Ipvs => "ipvs",
            Self::NoKubeProxy => "none",
        }
    }

    /// The backend whose rules are evaluated. In a mode whose own rules are not evaluated these are iptables', as the nearest that is known.
    pub fn backend(self) -> Backend {
        match self {
            Self::Nftables => Backend::Nftables,
            Self::Iptables | Self::Ipvs | Self::NoKubeProxy => Backend::Iptables,
        }
    }

    /// Whether the mode's own rules are evaluated. If they are not, whatever they decide is UNKNOWN.
    pub fn is_evaluated(self) -> bool {
        matches!(self, Self::Iptables | Self::Nftables)
    }
}

/// A backend of kube-proxy whose rules are evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// iptables.
    Iptables,
    /// nftables.
    Nftables,
}

/// The source of a setting's value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum SettingSource {
    /// kube-proxy's default, which is assumed.
    #[default]
    Default,
    /// A flag of kubehop.
    Flag,
    /// The ConfigMap `kube-system/kube-proxy`.
    ConfigMap,
    /// The arguments of a kube-proxy Pod in `kube-system`.
    PodArguments,
    /// The default of k3s, which the Nodes are known to be of.
    K3s,
    /// The default of RKE2.
    Rke2,
    /// The default of kind.
    Kind,
    /// The default of MicroK8s.
    Microk8s,
    /// The default of EKS.
    Eks,
}

impl SettingSource {
    /// Every source.
    pub const ALL: [Self; 9] = [
        Self::Default,
        Self::Flag,
        Self::ConfigMap,
        Self::PodArguments,
        Self::K3s,
        Self::Rke2,
        Self::Kind,
        Self::Microk8s,
        Self::Eks,
    ];
}

/// `detectLocalMode`: how kube-proxy detects packets of Pods (reference §2.5).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub enum DetectLocal {
    /// By `clusterCIDR`.
    #[default]
    ClusterCIDR,
    /// By the Node's own Pod CIDR.
    NodeCIDR,
    /// By the bridge interface of the packet.
    BridgeInterface,
    /// By the name prefix of the packet's interface.
    InterfaceNamePrefix,
}

/// kube-proxy's settings. A field that is missing on the wire has kube-proxy's default.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Settings {
    /// The source of each setting that is not a default.
    pub sources: SettingSources,
    /// `mode`.
    pub proxy_mode: ProxyMode,
    /// `detectLocalMode`.
    pub detect_local: DetectLocal,
    /// `detectLocal.bridgeInterface`, or `interfaceNamePrefix`. It is assumed to be the interface of Pods.
    pub detect_local_interface: Option<String>,
    /// `clusterCIDR`. The first CIDR of each address family is used. Empty means no detector (reference §2.5).
    pub cluster_cidrs: Vec<IpNet>,
    /// `iptables.masqueradeAll`, or `nftables.masqueradeAll`.
    pub masquerade_all: bool,
    /// `nodePortAddresses`. Empty means the backend's default: every address, or with nftables the primary address.
    pub node_port_addresses: Vec<NodePortAddress>,
    /// `iptables.localhostNodePorts`.
    pub localhost_node_ports: bool,
    /// The gate AllowServiceExternalIPs.
    pub allow_external_ips: bool,
    /// The gate KubeProxyNFTablesLocalhostNodePorts.
    pub nftables_localhost: bool,
    /// `--hostname-override` by Node. Endpoints whose `nodeName` is this name are local.
    pub hostname_overrides: BTreeMap<String, String>,
    /// Service CIDRs in addition to the cluster's ServiceCIDR objects.
    pub service_cidrs: Vec<IpNet>,
    /// The API server's range of nodePorts.
    pub node_port_range: (u16, u16),
    /// The cluster's DNS domain.
    pub cluster_domain: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            sources: SettingSources::default(),
            proxy_mode: ProxyMode::default(),
            detect_local: DetectLocal::default(),
            detect_local_interface: None,
            cluster_cidrs: Vec::new(),
            masquerade_all: false,
            node_port_addresses: Vec::new(),
            localhost_node_ports: true,
            allow_external_ips: true,
            nftables_localhost: false,
            hostname_overrides: BTreeMap::new(),
            service_cidrs: Vec::new(),
            node_port_range: (30000, 32767),
            cluster_domain: "cluster.local".to_owned(),
        }
    }
}

/// One entry of `nodePortAddresses`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum NodePortAddress {
    /// `primary`: the Node's first address of each family.
    Primary,
    /// `localhost`: 127.0.0.0/8 and ::1/128.
    Localhost,
    /// `all`.
    All,
    /// A CIDR.
    Cidr(IpNet),
}

impl Settings {
    /// The backend whose rules are evaluated.
    pub fn backend(&self) -> Backend {
        self.proxy_mode.backend()
    }

    /// The hostname that kube-proxy on this Node uses.
    pub fn hostname<'a>(&'a self, node: &'a str) -> &'a str {
        self.hostname_overrides.get(node).map_or(node, String::as_str)
    }

    /// Whether the detector on `node` classifies a packet from this address as a Pod's; `None` without a detector (reference §2.5).
    /// `from_pod_here` is whether the packet comes from a Pod's interface on that Node.
    pub fn is_pod_source(&self, source: IpAddr, node: Option<&NodeFact>, from_pod_here: bool) -> Option<bool> {
        let first = |cidrs: &[IpNet]| cidrs.iter().find(|cidr| cidr.addr().is_ipv4() == source.is_ipv4()).copied();
        match self.detect_local {
            DetectLocal::ClusterCIDR => first(&self.cluster_cidrs).map(|cidr| cidr.contains(&source)),
            DetectLocal::NodeCIDR => first(&node?.pod_cidrs).map(|cidr| cidr.contains(&source)),
            DetectLocal::BridgeInterface | DetectLocal::InterfaceNamePrefix => Some(from_pod_here),
        }
    }

    /// Whether kube-proxy serves nodePorts on this loopback address at all, if `nodePortAddresses` has it (reference §2.4, localhost).
    pub fn serves_loopback(&self, ip: IpAddr) -> bool {
        match self.backend() {
            Backend::Iptables => self.localhost_node_ports && ip.is_ipv4(),
            Backend::Nftables => self.nftables_localhost,
        }
    }

    /// Whether the detector classifies packets by the interface from which they come.
    pub fn detects_by_interface(&self) -> bool {
        matches!(self.detect_local, DetectLocal::BridgeInterface | DetectLocal::InterfaceNamePrefix)
    }

    /// Whether kube-proxy accepts nodePorts on this address of the Node, including loopback addresses (reference §2.4).
    pub fn accepts_node_ports(&self, node: &NodeFact, ip: IpAddr) -> bool {
        let backend_default = match self.backend() {
            Backend::Iptables => NodePortAddress::All,
            Backend::Nftables => NodePortAddress::Primary,
        };
        let default = [backend_default];
        let list: &[NodePortAddress] =
            if self.node_port_addresses.is_empty() { &default } else { &self.node_port_addresses };
        let cidrs: Vec<IpNet> = list.iter().flat_map(|address| expand(*address, node)).collect();
        let mut family = cidrs.iter().filter(|cidr| cidr.addr().is_ipv4() == ip.is_ipv4()).peekable();
        // An address family without a CIDR in the list matches every address.
        family.peek().is_none() || family.any(|cidr| cidr.contains(&ip))
    }

    /// Whether `nodePortAddresses` contains a loopback range explicitly, and not only by matching every address.
    pub fn names_loopback(&self, node: &NodeFact, ip: IpAddr) -> bool {
        let named = |cidr: IpNet| cidr.prefix_len() > 0 && cidr.contains(&ip);
        self.node_port_addresses.iter().flat_map(|address| expand(*address, node)).any(named)
    }
}

fn expand(address: NodePortAddress, node: &NodeFact) -> Vec<IpNet> {
    let parse = |texts: [&str; 2]| texts.into_iter().filter_map(|text| text.parse().ok()).collect();
    match address {
        NodePortAddress::All => parse(["0.0.0.0/0", "::/0"]),
        NodePortAddress::Localhost => parse(["127.0.0.0/8", "::1/128"]),
        NodePortAddress::Cidr(cidr) => vec![cidr],
        NodePortAddress::Primary => node.primary_ips().map(|ip| IpNet::from(ip.0)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::address::NodeIp;

    fn node() -> NodeFact {
        NodeFact {
            internal_ips: ["192.168.0.2", "192.168.1.2"].iter().filter_map(|ip| NodeIp::parse(ip)).collect(),
            ..NodeFact::default()
        }
    }

    #[test]
    fn node_port_addresses_default_by_backend() {
        let second: IpAddr = "192.168.1.2".parse().unwrap();
        let iptables = Settings::default();
        let nftables = Settings { proxy_mode: ProxyMode::Nftables, ..Settings::default() };
        assert!(iptables.accepts_node_ports(&node(), second));
        assert!(!nftables.accepts_node_ports(&node(), second));
        assert!(nftables.accepts_node_ports(&node(), "192.168.0.2".parse().unwrap()));
    }

    #[test]
    fn a_family_without_a_cidr_in_the_list_is_match_all() {
        let cidr = NodePortAddress::Cidr("10.0.0.0/8".parse().unwrap());
        let settings = Settings { node_port_addresses: vec![cidr], ..Settings::default() };
        assert!(!settings.accepts_node_ports(&node(), "192.168.0.2".parse().unwrap()));
        assert!(settings.accepts_node_ports(&node(), "fd00::1".parse().unwrap()));
    }
}
