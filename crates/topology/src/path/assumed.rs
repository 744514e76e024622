//! Finds settings of kube-proxy that nobody has given and that would change the verdict of an answer (design §1.3): the packet is evaluated
//! again with the other plausible value.

use ipnet::IpNet;

use crate::cluster::settings::{DetectLocal, ProxyMode, Setting, SettingSource, Settings};
use crate::cluster::view::Cluster;
use crate::path::answer::{Evaluation, Outcome, Remark};
use crate::path::duplicates::{Duplicates, evaluate_each};
use crate::path::packet::Packet;
use crate::path::shared::SharedFacts;
use crate::path::source::SourceClass;

/// Maximum number of groups of Nodes with the same verdict that are evaluated again. The others get no remark.
const EVALUATED: usize = 3;

/// The settings with another value of one of them.
struct Alternative {
    setting: Setting,
    other: String,
    settings: Settings,
}

/// An outcome, and whether packets and their replies arrive.
type Verdict = (Outcome, bool);

fn verdict(evaluation: &Evaluation) -> Verdict {
    (evaluation.outcome, evaluation.arrives())
}

/// Adds a remark to each evaluation of the packet whose verdict another value of a setting changes. `packet` has a Node on which evaluations
/// without one were made.
pub(crate) fn note(packet: Packet<'_>, duplicates: Option<&Duplicates>, evaluations: &mut [Evaluation]) {
    let (alternatives, settings) = (alternatives(packet), packet.cluster.settings);
    let mut evaluated: Vec<(Verdict, usize)> = Vec::new();
    for evaluation in evaluations.iter_mut().filter(|evaluation| evaluation.outcome != Outcome::Unknown) {
        let own = verdict(evaluation);
        let at = evaluated.iter().position(|(other, _)| *other == own).unwrap_or_else(|| {
            evaluated.push((own, 0));
            evaluated.len() - 1
        });
        if evaluated[at].1 == EVALUATED {
            continue;
        }
        evaluated[at].1 += 1;
        let node = evaluation.node.clone();
        let remarks = alternatives.iter().filter_map(|alternative| {
            let cluster = Cluster { settings: &alternative.settings, ..packet.cluster };
            // Lists of endpoints depend on the settings, so they are not those of the answer.
            let shared = SharedFacts::default();
            let Packet { source, to, duplicates: choice, .. } = packet;
            let node = node.as_deref().or(packet.node);
            let other =
                evaluate_each(Packet { cluster, source, to, node, shared: &shared, duplicates: choice }, duplicates);
            let flips = other.outcome != Outcome::Unknown && verdict(&other) != own;
            flips.then(|| remark(settings, alternative, verdict(&other)))
        });
        let remarks: Vec<Remark> = remarks.collect();
        evaluation.remarks.extend(remarks);
    }
}

fn remark(settings: &Settings, alternative: &Alternative, (outcome, arrives): Verdict) -> Remark {
    let Alternative { setting, ref other, .. } = *alternative;
    let effective = settings.effective(setting);
    let (value, source, other) = (effective.value, effective.source, other.clone());
    Remark::SettingDecides { setting, value, source, other, outcome, arrives }
}

/// The other plausible values of the settings that can matter to the packet and that nobody has given.
fn alternatives(packet: Packet<'_>) -> Vec<Alternative> {
    let settings = packet.cluster.settings;
    let to = packet.to.ip;
    let iptables = settings.proxy_mode == ProxyMode::Iptables;
    let mut others: Vec<(Setting, String)> = Vec::new();
    if settings.is_assumed(Setting::ProxyMode) {
        others.push((Setting::ProxyMode, if iptables { "nftables" } else { "iptables" }.to_owned()));
    }
    if let Some(cidr) = cluster_cidr(packet) {
        others.push((Setting::ClusterCidr, cidr));
    }
    if settings.is_assumed(Setting::NodePortAddresses) && packet.cluster.index.node_with_ip(to).is_some() {
        others.push((Setting::NodePortAddresses, if iptables { "primary" } else { "all" }.to_owned()));
    }
    if settings.is_assumed(Setting::LocalhostNodePorts) && iptables && to.is_loopback() {
        others.push((Setting::LocalhostNodePorts, "false".to_owned()));
    }
    let with = |(setting, other): (Setting, String)| {
        let mut changed = settings.clone();
        changed.set(setting, &other, SettingSource::Flag).ok()?;
        Some(Alternative { setting, other, settings: changed })
    };
    others.into_iter().filter_map(with).collect()
}

/// A clusterCIDR that holds the source, if the detector needs one, it has none of the packet's family, and no flag of kubehop says so.
fn cluster_cidr(packet: Packet<'_>) -> Option<String> {
    let settings = packet.cluster.settings;
    let lacks = settings.detect_local == DetectLocal::ClusterCIDR && settings.cluster_cidrs.is_empty();
    if !lacks || settings.source_of(Setting::ClusterCidr) == SettingSource::Flag {
        return None;
    }
    let range = pod_range(packet);
    let holds_source = |range: &IpNet| packet.source.ip.is_none_or(|ip| range.contains(&ip));
    range.filter(holds_source).map(|range| range.to_string())
}

/// A range that holds the Pod CIDRs of all Nodes and the source, if it is a Pod.
fn pod_range(packet: Packet<'_>) -> Option<IpNet> {
    let ipv4 = packet.is_ipv4();
    let cidrs = packet.cluster.index.nodes().flat_map(|node| &node.pod_cidrs).copied();
    // A CNI need not take a Pod's address from the Node's Pod CIDR.
    let own = packet.source.ip.filter(|_| packet.source.class == SourceClass::Pod).map(IpNet::from);
    let all = cidrs.chain(own).filter(|cidr| cidr.addr().is_ipv4() == ipv4).reduce(common)?;
    let longest = if ipv4 { 16 } else { 48 };
    IpNet::new(all.addr(), all.prefix_len().min(longest)).ok().map(|range| range.trunc())
}

/// The smallest range that holds both.
fn common(a: IpNet, b: IpNet) -> IpNet {
    let mut range = a;
    while !range.contains(&b) {
        match range.supernet() {
            Some(wider) => range = wider,
            None => return range,
        }
    }
    range
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::facts::{ServiceFact, TrafficPolicy};
    use crate::cluster::index::Index;
    use crate::cluster::port::Protocol;
    use crate::path::endpoints::DuplicateChoice;
    use crate::path::question::Destination;
    use crate::path::resolve::answer;
    use crate::path::source::SourceLocation;
    use crate::testing::*;

    /// The settings that the first verdict depends on: the setting, the other value, the other outcome.
    fn decide(index: &Index, settings: &Settings, from: &str, to: &str) -> Vec<(Setting, String, Outcome)> {
        let cluster = Cluster { settings, ..whole(index) };
        let to: std::net::SocketAddr = to.parse().unwrap();
        let to = Destination::port(to.ip(), to.port(), Protocol::Tcp);
        let first = answer(cluster, &from.parse().unwrap(), to, None).evaluations.into_iter().next().unwrap();
        let decides = first.remarks.into_iter().filter_map(|remark| match remark {
            Remark::SettingDecides { setting, other, outcome, .. } => Some((setting, other, outcome)),
            _ => None,
        });
        decides.collect()
    }

    fn with_service(change: impl FnOnce(&mut ServiceFact)) -> Index {
        let mut index = cluster();
        change_service(&mut index, change);
        index
    }

    #[test]
    fn a_pod_that_counts_as_external_depends_on_the_cluster_cidr() {
        let index = with_service(|service| {
            service.external_traffic_policy = TrafficPolicy::Local;
            service.external_ips = crate::cluster::address::ExternalIp::parse("198.51.100.7").into_iter().collect();
        });
        let ask = |settings: &Settings, from: &str| decide(&index, settings, from, "198.51.100.7:80");
        let flips = [(Setting::ClusterCidr, "10.0.0.0/16".to_owned(), Outcome::Endpoints)];
        assert_eq!(ask(&Settings::default(), "pod-ip:10.0.3.9"), flips);
        // A client outside stays outside, and a Pod with a local endpoint reaches it either way.
        assert_eq!(ask(&Settings::default(), "external:203.0.113.2"), []);
        assert_eq!(ask(&Settings::default(), "pod-ip:10.0.1.9"), []);
        // What was read is named too: the cure is the same.
        let mut settings = Settings::default();
        settings.set(Setting::ClusterCidr, "", SettingSource::ConfigMap).unwrap();
        assert_eq!(ask(&settings, "pod-ip:10.0.3.9"), flips);
        settings.set(Setting::ClusterCidr, "", SettingSource::Flag).unwrap();
        assert_eq!(ask(&settings, "pod-ip:10.0.3.9"), []);
    }

    #[test]
    fn an_assumed_mode_decides_where_the_backends_differ() {
        let index = cluster();
        let flips = [(Setting::ProxyMode, "nftables".to_owned(), Outcome::Reject)];
        assert_eq!(decide(&index, &Settings::default(), "pod:ns1/a1", "172.30.0.41:81"), flips);
        let mut settings = Settings::default();
        settings.set(Setting::ProxyMode, "iptables", SettingSource::Flag).unwrap();
        assert_eq!(decide(&index, &settings, "pod:ns1/a1", "172.30.0.41:81"), []);
        assert_eq!(decide(&index, &Settings::default(), "pod-ip:10.0.3.9", "172.30.0.41:80"), []);
    }

    #[test]
    fn a_node_port_on_loopback_depends_on_the_setting_for_it() {
        let found = decide(&cluster(), &Settings::default(), "localhost:n1", "127.0.0.1:30080");
        assert!(
            found
                .iter()
                .any(|(setting, other, _)| (*setting, other.as_str()) == (Setting::LocalhostNodePorts, "false"))
        );
    }

    /// The settings that are tried with another value, whether or not that changes the verdict.
    fn tried(settings: &Settings, from: &str, to: &str) -> Vec<(Setting, String)> {
        let index = cluster();
        let cluster = Cluster { settings, ..whole(&index) };
        let to: std::net::SocketAddr = to.parse().unwrap();
        let to = Destination::port(to.ip(), to.port(), Protocol::Tcp);
        let source = SourceLocation::of(&index, &from.parse().unwrap(), Some("n1"), true);
        let shared = SharedFacts::default();
        let duplicates = DuplicateChoice::default();
        let packet = Packet { cluster, source: &source, to, node: Some("n1"), shared: &shared, duplicates };
        alternatives(packet).into_iter().map(|own| (own.setting, own.other)).collect()
    }

    #[test]
    fn only_settings_that_can_matter_to_the_packet_are_tried() {
        let (mode, cidr) =
            ((Setting::ProxyMode, "nftables".to_owned()), (Setting::ClusterCidr, "10.0.0.0/16".to_owned()));
        let on_node = (Setting::NodePortAddresses, "primary".to_owned());
        let on_loopback = (Setting::LocalhostNodePorts, "false".to_owned());
        let mut settings = Settings::default();
        let from = "pod:ns1/a1";
        assert_eq!(tried(&settings, from, "172.30.0.41:80"), [mode.clone(), cidr.clone()]);
        assert_eq!(tried(&settings, from, "192.168.0.2:30080"), [mode.clone(), cidr.clone(), on_node]);
        assert_eq!(tried(&settings, "localhost:n1", "127.0.0.1:30080"), [mode, on_loopback]);
        // Without a ConfigMap nobody says the mode. A range that is given, and another detector, need none.
        settings.set(Setting::ClusterCidr, "10.0.0.0/8", SettingSource::ConfigMap).unwrap();
        assert_eq!(tried(&settings, from, "172.30.0.41:80"), []);
        settings.set(Setting::ClusterCidr, "", SettingSource::ConfigMap).unwrap();
        assert_eq!(tried(&settings, from, "172.30.0.41:80"), [cidr]);
        settings.set(Setting::DetectLocalMode, "NodeCIDR", SettingSource::ConfigMap).unwrap();
        assert_eq!(tried(&settings, from, "172.30.0.41:80"), []);
        settings.set(Setting::NodePortAddresses, "primary", SettingSource::Flag).unwrap();
        settings.set(Setting::LocalhostNodePorts, "true", SettingSource::Flag).unwrap();
        settings.set(Setting::ProxyMode, "iptables", SettingSource::Flag).unwrap();
        assert_eq!(tried(&settings, from, "192.168.0.2:30080"), []);
        assert_eq!(tried(&settings, "localhost:n1", "127.0.0.1:30080"), []);
        // nftables serves no nodePort on loopback, whatever that setting is.
        let mut nftables = Settings::default();
        nftables.set(Setting::ProxyMode, "nftables", SettingSource::Flag).unwrap();
        let found = tried(&nftables, "localhost:n1", "127.0.0.1:30080");
        assert!(found.iter().all(|(setting, _)| *setting != Setting::LocalhostNodePorts), "{found:?}");
    }

    #[test]
    fn the_common_range_is_the_smallest_that_holds_both() {
        let range = |text: &str| -> IpNet { text.parse().unwrap() };
        assert_eq!(common(range("10.0.1.0/24"), range("10.0.2.0/24")).trunc(), range("10.0.0.0/22"));
        assert_eq!(common(range("10.0.0.0/16"), range("10.0.2.0/24")), range("10.0.0.0/16"));
        assert_eq!(common(range("10.0.2.0/24"), range("10.0.0.0/16")).trunc(), range("10.0.0.0/16"));
    }
}
