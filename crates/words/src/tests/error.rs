//! What is wrong with a text, said in each language.

use topology::cluster::settings::{Setting, Settings};
use topology::path::question::{QuestionError, Source, Target};
use topology::path::trace::{KnownNames, Unanswerable};

use crate::Language;

fn source(text: &str) -> QuestionError {
    text.parse::<Source>().unwrap_err()
}

fn target(text: &str) -> QuestionError {
    text.parse::<Target>().unwrap_err()
}

#[test]
fn a_wrong_question_is_told_with_what_would_be_right() {
    let [english, chinese] = Language::ALL.map(Language::words);
    for (error, expected) in [
        (
            source("10.0.0.1"),
            "`10.0.0.1` is no source: it is one of external:IP, pod:NAMESPACE/NAME, pod-ip:IP, node:NAME or localhost:NODE",
        ),
        (source("pod:a1"), "`a1` has no namespace: write pod:NAMESPACE/NAME"),
        (source("node:_"), "`_` can be no object's name: write node:NAME"),
        (
            target("svc1.ns1:80"),
            "`svc1.ns1` is no IP address; for a name write dns:svc1.ns1:80; a destination is one of IP:PORT[/PROTOCOL], [IPv6]:PORT[/PROTOCOL], dns:NAME[:PORT][/PROTOCOL][?TYPE], IP or IP/icmp",
        ),
        (
            target("010.0.0.1:80"),
            "`010.0.0.1` has leading zeros, which programs read differently: write 10.0.0.1; for a name write dns:010.0.0.1:80; a destination is one of IP:PORT[/PROTOCOL], [IPv6]:PORT[/PROTOCOL], dns:NAME[:PORT][/PROTOCOL][?TYPE], IP or IP/icmp",
        ),
        (target("10.0.0.1/udp"), "`/udp` without a port: write IP:PORT/udp, or IP/icmp for a ping"),
        (target("dns:svc1/udp"), "a protocol without a port: write dns:svc1:PORT/udp"),
        (target("10.0.0.1:0"), "`0` is no port: it is a number from 1 to 65535"),
    ] {
        assert_eq!(english.question_error(&error), expected);
        assert_ne!(chinese.question_error(&error), expected);
    }
    assert_eq!(chinese.question_error(&target("10.0.0.1:0")), "`0` 不是端口：端口是 1 到 65535 之间的数字");
}

#[test]
fn what_is_not_there_is_told_with_what_is() {
    let [english, chinese] = Language::ALL.map(Language::words);
    let ask = |listed: &[&str], more| Unanswerable::NoNode {
        node: "n9".into(),
        known: KnownNames { listed: listed.iter().map(|name| (*name).to_owned()).collect(), more },
    };
    assert_eq!(english.unanswerable(&ask(&[], 0)), "there is no Node n9; there are none");
    assert_eq!(english.unanswerable(&ask(&["n1", "n2"], 0)), "there is no Node n9; there are: n1, n2");
    assert_eq!(english.unanswerable(&ask(&["n1", "n2"], 3)), "there is no Node n9; there are: n1, n2 and 3 more");
    assert_eq!(chinese.unanswerable(&ask(&["n1", "n2"], 3)), "没有 Node n9；现有：n1、n2，还有 3 个");
}

#[test]
fn a_wrong_setting_is_told_with_what_would_be_right() {
    let [english, chinese] = Language::ALL.map(Language::words);
    for (setting, text, hint) in [
        (Setting::ProxyMode, "userspace", "iptables, nftables or ipvs"),
        (Setting::ClusterCidr, "10.0.0.1", "10.244.0.0/16"),
        (Setting::DetectLocalMode, "clustercidr", "ClusterCIDR"),
        (Setting::MasqueradeAll, "yes", "true nor false"),
        (Setting::NodePortAddresses, "lo", "primary, localhost or all"),
        (Setting::FeatureGates, "AllowServiceExternalIPs", "GATE=true"),
        (Setting::FeatureGates, "AllowServiceExternalIPs=off", "AllowServiceExternalIPs: `off` is neither"),
        (Setting::HostnameOverride, "n1", "NODE=NAME"),
        (Setting::ServiceNodePortRange, "2-1", "30000-32767"),
        (Setting::ClusterDomain, "a b", "cluster.local"),
    ] {
        let error =
            Settings::default().set(setting, text, topology::cluster::settings::SettingSource::Flag).unwrap_err();
        let said = english.setting_error(&error);
        assert!(said.contains(hint), "{said}");
        assert_ne!(chinese.setting_error(&error), said);
    }
}
