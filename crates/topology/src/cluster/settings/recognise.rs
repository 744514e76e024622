//! Recognises settings of kube-proxy that were neither given nor read from its ConfigMap: from the arguments of kube-proxy's Pods, else from
//! the distribution of the Nodes, whose defaults are known.

use ipnet::IpNet;

use super::{Setting, SettingSource, Settings};
use crate::cluster::facts::Distribution;
use crate::cluster::index::Index;

/// The namespace of kube-proxy's Pods and of its ConfigMap.
pub const KUBE_PROXY_NAMESPACE: &str = "kube-system";
/// The flag with which kube-proxy ignores the flags that a configuration file can replace.
const CONFIG: &str = "--config";
/// kube-proxy's flags, as [`crate::cluster::facts::RarePodFact::proxy_arguments`] keeps them, and their settings.
const FLAGS: [(&str, Setting); 7] = [
    ("--proxy-mode", Setting::ProxyMode),
    ("--cluster-cidr", Setting::ClusterCidr),
    ("--detect-local-mode", Setting::DetectLocalMode),
    ("--masquerade-all", Setting::MasqueradeAll),
    ("--nodeport-addresses", Setting::NodePortAddresses),
    ("--iptables-localhost-nodeports", Setting::LocalhostNodePorts),
    ("--feature-gates", Setting::FeatureGates),
];

/// Whether an argument of kube-proxy is kept: `--NAME=VALUE` of a flag that a path depends on. No such flag has a secret.
pub(crate) fn is_kept(argument: &str) -> bool {
    let name = argument.split_once('=').map_or(argument, |(name, _)| name);
    name == CONFIG || FLAGS.iter().any(|(flag, _)| *flag == name)
}

impl Settings {
    /// The settings with those that the Pods of kube-proxy, or the Nodes, tell. They replace defaults only. kube-proxy is taken to have the
    /// same settings on every Node.
    #[must_use]
    pub fn recognised(&self, index: &Index) -> Self {
        let mut settings = self.clone();
        if !settings.sources.any(SettingSource::ConfigMap) {
            settings.take_arguments(index);
        }
        if settings.is_assumed(Setting::ClusterCidr)
            && let Some((source, cidr)) = of_distribution(index)
        {
            // The texts are ours and parse.
            let _ = settings.set(Setting::ClusterCidr, cidr, source);
        }
        settings
    }

    fn take_arguments(&mut self, index: &Index) {
        let mut pods = index.pods_in(KUBE_PROXY_NAMESPACE);
        let Some(pod) = pods.find(|pod| !pod.proxy_arguments().is_empty() && !pod.ended()) else { return };
        if pod.proxy_arguments().iter().any(|argument| argument.starts_with(CONFIG)) {
            return;
        }
        for argument in pod.proxy_arguments() {
            let (name, value) = argument.split_once('=').unwrap_or((argument, "true"));
            let Some((_, setting)) = FLAGS.iter().find(|(flag, _)| *flag == name) else { continue };
            if self.source_of(*setting) == SettingSource::Default {
                // A value that cannot be read is left at its default, which the answer names.
                let _ = self.set(*setting, value, SettingSource::PodArguments);
            }
        }
    }
}

/// The clusterCIDR that the Nodes' distribution gives kube-proxy by default. `None` if the Nodes are of several distributions, or if their
/// Pod CIDRs show that the default was changed.
fn of_distribution(index: &Index) -> Option<(SettingSource, &'static str)> {
    let mut nodes = index.nodes();
    let first = nodes.next()?.distribution?;
    if nodes.any(|node| node.distribution != Some(first)) {
        return None;
    }
    let (source, cidr) = match first {
        Distribution::K3s => (SettingSource::K3s, "10.42.0.0/16"),
        Distribution::Rke2 => (SettingSource::Rke2, "10.42.0.0/16"),
        Distribution::Kind => (SettingSource::Kind, "10.244.0.0/16"),
        Distribution::Microk8s => (SettingSource::Microk8s, "10.1.0.0/16"),
        Distribution::Eks => return Some((SettingSource::Eks, "")),
    };
    let range: IpNet = cidr.parse().ok()?;
    let mut own = index.nodes().flat_map(|node| &node.pod_cidrs).filter(|cidr| cidr.addr().is_ipv4());
    own.all(|own| range.contains(own)).then_some((source, cidr))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::facts::{NodeFact, PodFact, RarePodFact};
    use crate::cluster::row::Row;
    use crate::cluster::settings::Effective;
    use crate::testing::{node, pod, put};

    fn of(distributions: &[Option<Distribution>], cidr: &str) -> Index {
        let mut index = Index::default();
        for (n, distribution) in (1..).zip(distributions) {
            let node = NodeFact { distribution: *distribution, pod_cidrs: vec![cidr.parse().unwrap()], ..node(n) };
            put(&mut index, Row::Node(node));
        }
        index
    }

    fn cluster_cidr(settings: &Settings, index: &Index) -> (String, SettingSource) {
        let Effective { value, source } = settings.recognised(index).effective(Setting::ClusterCidr);
        (value, source)
    }

    #[test]
    fn the_distribution_of_all_nodes_gives_its_cluster_cidr() {
        let (k3s, kind) = (Some(Distribution::K3s), Some(Distribution::Kind));
        let default = (String::new(), SettingSource::Default);
        for (nodes, cidr, expected) in [
            (vec![k3s, k3s], "10.42.1.0/24", ("10.42.0.0/16".to_owned(), SettingSource::K3s)),
            (vec![kind], "10.244.0.0/24", ("10.244.0.0/16".to_owned(), SettingSource::Kind)),
            (vec![Some(Distribution::Eks)], "10.0.0.0/24", (String::new(), SettingSource::Eks)),
            (vec![k3s, None], "10.42.1.0/24", default.clone()),
            (vec![k3s, kind], "10.42.1.0/24", default.clone()),
            (vec![k3s], "10.52.1.0/24", default.clone()),
            (vec![], "10.42.1.0/24", default.clone()),
        ] {
            assert_eq!(cluster_cidr(&Settings::default(), &of(&nodes, cidr)), expected, "{nodes:?} {cidr}");
        }
    }

    #[test]
    fn what_was_given_or_read_is_kept() {
        let index = of(&[Some(Distribution::K3s)], "10.42.1.0/24");
        for source in [SettingSource::Flag, SettingSource::ConfigMap] {
            let mut settings = Settings::default();
            settings.set(Setting::ClusterCidr, "", source).unwrap();
            assert_eq!(cluster_cidr(&settings, &index), (String::new(), source));
        }
    }

    #[test]
    fn the_arguments_of_kube_proxy_are_read_unless_they_name_a_file() {
        let with = |arguments: &[&str]| {
            let mut index = of(&[Some(Distribution::K3s)], "10.42.1.0/24");
            let proxy_arguments = arguments.iter().map(|argument| (*argument).to_owned()).collect();
            let rare = Some(Box::new(RarePodFact { proxy_arguments, ..RarePodFact::default() }));
            let pod =
                PodFact { namespace: KUBE_PROXY_NAMESPACE.to_owned(), rare, ..pod("kube-proxy-x", "n1", "10.0.1.1") };
            put(&mut index, Row::Pod(pod));
            Settings::default().recognised(&index)
        };
        let read = with(&["--cluster-cidr=10.4.0.0/14", "--proxy-mode=nftables", "--masquerade-all"]);
        assert_eq!(read.effective(Setting::ClusterCidr).value, "10.4.0.0/14");
        assert_eq!(read.source_of(Setting::ProxyMode), SettingSource::PodArguments);
        assert!(read.masquerade_all && !read.is_assumed(Setting::NodePortAddresses));
        let file = with(&["--config=/var/lib/kube-proxy/config.conf", "--cluster-cidr=10.4.0.0/14"]);
        assert_eq!(file.source_of(Setting::ClusterCidr), SettingSource::K3s);
    }
}
