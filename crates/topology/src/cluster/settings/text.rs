//! Parses and writes the text of each setting.

use std::collections::BTreeMap;
use std::fmt::Display;

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

use super::error::SettingError;
use super::{Backend, DetectLocal, NodePortAddress, ProxyMode, SettingSource, Settings};
use crate::cluster::name::is_dns_name;

/// A setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each is named as in KubeProxyConfiguration, or as kubehop's flag")]
pub enum Setting {
    ProxyMode,
    #[serde(rename = "clusterCIDR")]
    ClusterCidr,
    DetectLocalMode,
    DetectLocalInterface,
    MasqueradeAll,
    NodePortAddresses,
    LocalhostNodePorts,
    FeatureGates,
    HostnameOverride,
    #[serde(rename = "serviceCIDR")]
    ServiceCidr,
    ServiceNodePortRange,
    ClusterDomain,
}

impl Setting {
    /// Every setting.
    pub const ALL: [Self; 12] = [
        Self::ProxyMode,
        Self::ClusterCidr,
        Self::DetectLocalMode,
        Self::DetectLocalInterface,
        Self::MasqueradeAll,
        Self::NodePortAddresses,
        Self::LocalhostNodePorts,
        Self::FeatureGates,
        Self::HostnameOverride,
        Self::ServiceCidr,
        Self::ServiceNodePortRange,
        Self::ClusterDomain,
    ];

    /// The flag that sets it.
    pub fn flag(self) -> &'static str {
        match self {
            Self::ProxyMode => "--proxy-mode",
            Self::ClusterCidr => "--cluster-cidr",
            Self::DetectLocalMode => "--detect-local-mode",
            Self::DetectLocalInterface => "--detect-local-interface",
            Self::MasqueradeAll => "--masquerade-all",
            Self::NodePortAddresses => "--node-port-addresses",
            Self::LocalhostNodePorts => "--localhost-node-ports",
            Self::FeatureGates => "--feature-gates",
            Self::HostnameOverride => "--hostname-override",
            Self::ServiceCidr => "--service-cidr",
            Self::ServiceNodePortRange => "--service-node-port-range",
            Self::ClusterDomain => "--cluster-domain",
        }
    }
}

/// The effective value of a setting.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Effective {
    /// Its text; lists are separated by commas.
    pub value: String,
    /// Its source.
    pub source: SettingSource,
}

const EXTERNAL_IPS: &str = "AllowServiceExternalIPs";
const NFTABLES_LOCALHOST: &str = "KubeProxyNFTablesLocalhostNodePorts";

impl Settings {
    /// The source of a setting.
    pub fn source_of(&self, setting: Setting) -> SettingSource {
        self.sources.of(setting)
    }

    /// Whether a setting's value is assumed: it was neither given nor read. What a configuration that was read leaves out has its default.
    pub fn is_assumed(&self, setting: Setting) -> bool {
        let read = [SettingSource::ConfigMap, SettingSource::PodArguments];
        self.source_of(setting) == SettingSource::Default && !read.into_iter().any(|source| self.sources.any(source))
    }

    /// Sets a setting from its text. Items of lists are separated by commas. An empty text is the default or the empty list.
    ///
    /// # Errors
    ///
    /// The text is not a valid value of the setting. The settings are unchanged then.
    pub fn set(&mut self, setting: Setting, text: &str, source: SettingSource) -> Result<(), SettingError> {
        let text = text.trim();
        match setting {
            Setting::ProxyMode => self.proxy_mode = parse_proxy_mode(text)?,
            Setting::ClusterCidr => self.cluster_cidrs = parse_cidrs(text)?,
            Setting::DetectLocalMode => self.detect_local = parse_detect_local(text)?,
            Setting::DetectLocalInterface => {
                self.detect_local_interface = (!text.is_empty()).then(|| text.to_owned());
            }
            Setting::MasqueradeAll => self.masquerade_all = !text.is_empty() && parse_bool(text)?,
            Setting::NodePortAddresses => {
                self.node_port_addresses = items(text).map(parse_node_port_address).collect::<Result<_, _>>()?;
            }
            Setting::LocalhostNodePorts => self.localhost_node_ports = text.is_empty() || parse_bool(text)?,
            Setting::FeatureGates => self.set_gates(text)?,
            Setting::HostnameOverride => self.hostname_overrides = parse_hostname_overrides(text)?,
            Setting::ServiceCidr => self.service_cidrs = parse_cidrs(text)?,
            Setting::ServiceNodePortRange => self.node_port_range = parse_port_range(text)?,
            Setting::ClusterDomain => self.cluster_domain = parse_domain(text)?,
        }
        self.sources.set(setting, source);
        Ok(())
    }

    /// The effective value of a setting.
    pub fn effective(&self, setting: Setting) -> Effective {
        Effective { value: self.text(setting), source: self.source_of(setting) }
    }

    /// A setting's text in the form that [`Settings::set`] parses.
    fn text(&self, setting: Setting) -> String {
        match setting {
            Setting::ProxyMode => self.proxy_mode.as_str().to_owned(),
            Setting::ClusterCidr => joined(&self.cluster_cidrs),
            Setting::DetectLocalMode => format!("{:?}", self.detect_local),
            Setting::DetectLocalInterface => self.detect_local_interface.clone().unwrap_or_default(),
            Setting::MasqueradeAll => self.masquerade_all.to_string(),
            Setting::NodePortAddresses if self.node_port_addresses.is_empty() => match self.backend() {
                Backend::Iptables => "all".to_owned(),
                Backend::Nftables => "primary".to_owned(),
            },
            Setting::NodePortAddresses => joined(self.node_port_addresses.iter().map(|address| match address {
                NodePortAddress::Primary => "primary".to_owned(),
                NodePortAddress::Localhost => "localhost".to_owned(),
                NodePortAddress::All => "all".to_owned(),
                NodePortAddress::Cidr(cidr) => cidr.to_string(),
            })),
            Setting::LocalhostNodePorts => self.localhost_node_ports.to_string(),
            Setting::FeatureGates => {
                format!("{EXTERNAL_IPS}={},{NFTABLES_LOCALHOST}={}", self.allow_external_ips, self.nftables_localhost)
            }
            Setting::HostnameOverride => {
                joined(self.hostname_overrides.iter().map(|(node, name)| format!("{node}={name}")))
            }
            Setting::ServiceCidr => joined(&self.service_cidrs),
            Setting::ServiceNodePortRange => format!("{}-{}", self.node_port_range.0, self.node_port_range.1),
            Setting::ClusterDomain => self.cluster_domain.clone(),
        }
    }

    fn set_gates(&mut self, text: &str) -> Result<(), SettingError> {
        let gates = items(text).map(parse_feature_gate).collect::<Result<Vec<_>, _>>()?;
        for (gate, on) in gates {
            match gate {
                EXTERNAL_IPS => self.allow_external_ips = on,
                NFTABLES_LOCALHOST => self.nftables_localhost = on,
                _ => {}
            }
        }
        Ok(())
    }
}

/// The feature gates in a text that affect no path. The caller reports them, because they can be misspelt.
pub fn gates_of_no_effect(text: &str) -> impl Iterator<Item = &str> {
    let names = items(text).map(|item| item.split_once('=').map_or(item, |(name, _)| name.trim()));
    names.filter(|name| ![EXTERNAL_IPS, NFTABLES_LOCALHOST].contains(name))
}

fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|item| !item.is_empty())
}

fn joined<T: Display>(items: impl IntoIterator<Item = T>) -> String {
    items.into_iter().map(|item| item.to_string()).collect::<Vec<_>>().join(",")
}

fn parse_proxy_mode(text: &str) -> Result<ProxyMode, SettingError> {
    if text.is_empty() {
        return Ok(ProxyMode::default());
    }
    let known = ProxyMode::ALL.into_iter().find(|mode| mode.as_str() == text);
    known.ok_or_else(|| SettingError::NoProxyMode { text: text.to_owned() })
}

fn parse_detect_local(text: &str) -> Result<DetectLocal, SettingError> {
    match text {
        "" | "ClusterCIDR" => Ok(DetectLocal::ClusterCIDR),
        "NodeCIDR" => Ok(DetectLocal::NodeCIDR),
        "BridgeInterface" => Ok(DetectLocal::BridgeInterface),
        "InterfaceNamePrefix" => Ok(DetectLocal::InterfaceNamePrefix),
        other => Err(SettingError::NoDetectLocalMode { text: other.to_owned() }),
    }
}

fn parse_cidrs(text: &str) -> Result<Vec<IpNet>, SettingError> {
    items(text).map(|item| item.parse().map_err(|_| SettingError::NoCidr { text: item.to_owned() })).collect()
}

fn parse_node_port_address(text: &str) -> Result<NodePortAddress, SettingError> {
    match text {
        "primary" => Ok(NodePortAddress::Primary),
        "localhost" => Ok(NodePortAddress::Localhost),
        "all" => Ok(NodePortAddress::All),
        other => {
            let cidr = other.parse().map(NodePortAddress::Cidr);
            cidr.map_err(|_| SettingError::NoNodePortAddress { text: other.to_owned() })
        }
    }
}

fn parse_bool(text: &str) -> Result<bool, SettingError> {
    text.parse().map_err(|_| SettingError::NoBool { text: text.to_owned() })
}

fn parse_feature_gate(text: &str) -> Result<(&str, bool), SettingError> {
    let (name, on) = text.split_once('=').ok_or_else(|| SettingError::NoGate { text: text.to_owned() })?;
    let (name, on) = (name.trim(), on.trim());
    let on = on.parse().map_err(|_| SettingError::NoGateValue { gate: name.to_owned(), text: on.to_owned() })?;
    Ok((name, on))
}

fn parse_hostname_overrides(text: &str) -> Result<BTreeMap<String, String>, SettingError> {
    let pair = |item: &str| match item.split_once('=') {
        Some((node, name)) if !node.is_empty() && !name.is_empty() => Ok((node.to_owned(), name.to_owned())),
        _ => Err(SettingError::NoHostnameOverride { text: item.to_owned() }),
    };
    items(text).map(pair).collect()
}

fn parse_port_range(text: &str) -> Result<(u16, u16), SettingError> {
    let wrong = || SettingError::NoPortRange { text: text.to_owned() };
    let (low, high) = text.split_once('-').ok_or_else(wrong)?;
    match (low.trim().parse(), high.trim().parse()) {
        (Ok(low), Ok(high)) if low <= high && low > 0 => Ok((low, high)),
        _ => Err(wrong()),
    }
}

fn parse_domain(text: &str) -> Result<String, SettingError> {
    let domain = text.trim_matches('.').to_ascii_lowercase();
    if is_dns_name(&domain) { Ok(domain) } else { Err(SettingError::NoDomain { text: text.to_owned() }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_reads_what_it_shows() {
        let mut settings = Settings::default();
        for (setting, text) in [
            (Setting::ProxyMode, "iptables"),
            (Setting::ProxyMode, "ipvs"),
            (Setting::ProxyMode, "none"),
            (Setting::ProxyMode, "nftables"),
            (Setting::ClusterCidr, "10.0.0.0/8,fd00::/48"),
            (Setting::DetectLocalMode, "BridgeInterface"),
            (Setting::DetectLocalInterface, "cni0"),
            (Setting::MasqueradeAll, "true"),
            (Setting::NodePortAddresses, "primary,localhost,192.168.0.0/24"),
            (Setting::LocalhostNodePorts, "false"),
            (Setting::FeatureGates, "AllowServiceExternalIPs=false,KubeProxyNFTablesLocalhostNodePorts=true"),
            (Setting::HostnameOverride, "n1=one.example,n2=two"),
            (Setting::ServiceCidr, "172.30.0.0/16"),
            (Setting::ServiceNodePortRange, "20000-22767"),
            (Setting::ClusterDomain, "k8s.example"),
        ] {
            settings.set(setting, text, SettingSource::Flag).unwrap();
            let effective = settings.effective(setting);
            assert_eq!((effective.value.as_str(), effective.source), (text, SettingSource::Flag));
        }
        let json = serde_json::to_string(&settings).unwrap();
        assert_eq!(serde_json::from_str::<Settings>(&json).unwrap(), settings, "{json}");
    }

    #[test]
    fn a_wrong_text_changes_nothing_and_is_named() {
        let text = |text: &str| text.to_owned();
        for (setting, wrong, expected) in [
            (Setting::ProxyMode, "userspace", SettingError::NoProxyMode { text: text("userspace") }),
            (Setting::ClusterCidr, "10.0.0.0/8,10.0.0.1", SettingError::NoCidr { text: text("10.0.0.1") }),
            (Setting::DetectLocalMode, "clustercidr", SettingError::NoDetectLocalMode { text: text("clustercidr") }),
            (Setting::MasqueradeAll, "yes", SettingError::NoBool { text: text("yes") }),
            (Setting::NodePortAddresses, "lo", SettingError::NoNodePortAddress { text: text("lo") }),
            (Setting::FeatureGates, EXTERNAL_IPS, SettingError::NoGate { text: text(EXTERNAL_IPS) }),
            (
                Setting::FeatureGates,
                "AllowServiceExternalIPs=off",
                SettingError::NoGateValue { gate: text(EXTERNAL_IPS), text: text("off") },
            ),
            (Setting::HostnameOverride, "n1", SettingError::NoHostnameOverride { text: text("n1") }),
            (Setting::ServiceNodePortRange, "2-1", SettingError::NoPortRange { text: text("2-1") }),
            (Setting::ClusterDomain, "a b", SettingError::NoDomain { text: text("a b") }),
        ] {
            let mut settings = Settings::default();
            assert_eq!(settings.set(setting, wrong, SettingSource::Flag), Err(expected));
            assert_eq!(settings, Settings::default());
        }
    }

    #[test]
    fn a_gate_without_effect_is_told() {
        let text = "AllowServiceExternalIPs=false, AllowServiceExternalIP=false";
        assert_eq!(gates_of_no_effect(text).collect::<Vec<_>>(), ["AllowServiceExternalIP"]);
    }
}
