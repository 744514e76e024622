//! The fixture of the table, and how a row is checked.

use std::fmt::Write;
use std::net::IpAddr;

use crate::cluster::address::{ExternalIp, LoadBalancerIp, NodeIp};
use crate::cluster::facts::{
    EndpointFact, LoadBalancerIngress, ServiceCidrFact, ServiceFact, ServiceType, TrafficPolicy,
};
use crate::cluster::coverage::Coverage;
use crate::cluster::index::Index;
use crate::cluster::key::{Kind, ObjectKey};
use crate::path::answer::{EndpointHop, Evaluation, Remark};
use crate::path::question::{Destination, Source};
use crate::path::resolve::resolve;
use crate::cluster::port::{NodePort, Protocol, TransportProtocol};
use crate::cluster::row::Row;
use crate::cluster::settings::{ProxyMode, Settings};
use crate::testing::*;
use crate::cluster::view::Cluster;

/// The base fixture of the table. Each row changes it.
pub(super) struct Case {
    pub(super) index: Index,
    pub(super) settings: Settings,
}

impl Case {
    pub(super) fn new(mode: ProxyMode) -> Self {
        let mut index = cluster();
        let mut first = node(1);
        first.internal_ips.extend(NodeIp::parse("192.168.1.2"));
        put(&mut index, Row::Node(first));
        put(&mut index, Row::Pod(pod("a3", "n3", "10.0.3.1")));
        let cidr = ServiceCidrFact { name: "kubernetes".into(), cidrs: vec!["172.30.0.0/16".parse().unwrap()] };
        put(&mut index, Row::ServiceCIDR(cidr));
        change_service(&mut index, |service| {
            service.service_type = ServiceType::ClusterIP;
            service.ports[0].node_port = None;
        });
        let settings = Settings { proxy_mode: mode, cluster_cidrs: vec!["10.0.0.0/8".parse().unwrap()], ..Settings::default() };
        Self { index, settings }
    }

    pub(super) fn service(&mut self, change: impl FnOnce(&mut ServiceFact)) -> &mut Self {
        change_service(&mut self.index, change);
        self
    }

    pub(super) fn node_port(&mut self) -> &mut Self {
        self.service(|service| {
            service.service_type = ServiceType::NodePort;
            service.ports[0].node_port = Some(NodePort(30080));
        })
    }

    pub(super) fn load_balancer(&mut self) -> &mut Self {
        self.node_port().service(|service| {
            service.service_type = ServiceType::LoadBalancer;
            let ip = LoadBalancerIp::parse("1.2.3.4");
            service.load_balancer = vec![LoadBalancerIngress { ip, ..LoadBalancerIngress::default() }];
        })
    }

    pub(super) fn external_ip(&mut self) -> &mut Self {
        self.service(|service| service.external_ips.extend(ExternalIp::parse("192.168.99.11")))
    }

    pub(super) fn local(&mut self) -> &mut Self {
        self.service(|service| service.external_traffic_policy = TrafficPolicy::Local)
    }

    pub(super) fn ranges(&mut self, ranges: &[&str]) -> &mut Self {
        self.service(|service| service.source_ranges = ranges.iter().map(|range| (*range).to_owned()).collect())
    }

    pub(super) fn endpoints(&mut self, endpoints: Vec<EndpointFact>) -> &mut Self {
        self.index.apply(slice(endpoints));
        self
    }

    /// a1 and a2 with these conditions.
    pub(super) fn conditions(&mut self, conditions: &[Conditions]) -> &mut Self {
        let endpoint = |(n, conditions): (usize, &Conditions)| {
            let n = n + 1;
            endpoint(&format!("a{n}"), &format!("n{n}"), &format!("10.0.{n}.1"), *conditions)
        };
        self.endpoints(conditions.iter().enumerate().map(endpoint).collect())
    }

    pub(super) fn hints(&mut self, hints: &[(&str, &[&str], &[&str])]) -> &mut Self {
        let make = |(ip, zones, nodes): &(&str, &[&str], &[&str])| {
            let n = ip.split('.').nth(2).unwrap();
            let mut endpoint = endpoint(&format!("a{n}"), &format!("n{n}"), ip, READY);
            endpoint.zone_hints = zones.iter().map(|zone| format!("zone-{zone}")).collect();
            endpoint.node_hints = nodes.iter().map(|node| (*node).to_owned()).collect();
            endpoint
        };
        self.endpoints(hints.iter().map(make).collect())
    }

    pub(super) fn without_slices(&mut self) -> &mut Self {
        self.index.delete(Kind::EndpointSlice, &ObjectKey::new("ns1", "svc1-x"));
        self
    }

    pub(super) fn ask(&self, probe: &str) -> String {
        let (from, rest) = probe.split_once(" → ").unwrap();
        let (to, node) = rest.split_once(" on ").map_or((rest, None), |(to, node)| (to, Some(node)));
        let source = match from {
            "c1" => Source::PodIp("10.0.1.100".parse().unwrap()),
            "c2" => Source::PodIp("10.0.2.100".parse().unwrap()),
            "c3" => Source::PodIp("10.0.3.100".parse().unwrap()),
            "h1" => Source::Node("n1".into()),
            "X" => Source::External("203.0.113.2".parse().unwrap()),
            "XB" => Source::External("203.0.113.130".parse().unwrap()),
            "lo1" => Source::Localhost("n1".into()),
            "lo3" => Source::Localhost("n3".into()),
            ip => Source::External(ip.parse().unwrap()),
        };
        let (text, protocol) = to.split_once('/').unwrap_or((to, "tcp"));
        let ports = Protocol::parse(protocol);
        let to = match text.parse::<std::net::SocketAddr>() {
            Ok(address) => Destination::port(address.ip(), address.port(), ports.unwrap()),
            Err(_) => Destination { ip: text.parse().unwrap(), port: None, protocol: ports.map_or(TransportProtocol::Icmp, TransportProtocol::from) },
        };
        let cluster = Cluster { index: &self.index, coverage: &Coverage::complete(), settings: &self.settings };
        let answers: Vec<String> = resolve(cluster, &source, to, node).evaluations.iter().map(words).collect();
        answers.join(" | ")
    }
}

/// An evaluation as text: `EP{a1,a2}/m`. `a1` is 10.0.1.1:8080; other addresses are written in full. `/m` is masqueraded, `/-` is not, `!` is
/// an asymmetric return, `x` is not delivered for another reason, `?` depends on what is not known. An undelivered packet has its reason code: `REJECT no-ready-endpoint`.
pub(super) fn words(evaluation: &Evaluation) -> String {
    let name = |ip: IpAddr, port: u16| match (ip.to_string().as_str(), port) {
        ("10.0.1.1", 8080) => "a1".to_owned(),
        ("10.0.2.1", 8080) => "a2".to_owned(),
        ("10.0.3.1", 8080) => "a3".to_owned(),
        ("10.0.1.4", 8080) => "a4".to_owned(),
        _ => crate::cluster::address::ip_port(ip, port),
    };
    let mut text = evaluation.outcome.as_str().to_owned();
    if !evaluation.outcome.delivered() {
        write!(text, " {}", serde_json::to_value(&evaluation.because).unwrap()["code"].as_str().unwrap()).unwrap();
    }
    if !evaluation.endpoints.is_empty() {
        let hops = evaluation.endpoints.iter();
        let routed = |hop: &EndpointHop| hop.delivered.is_some() || evaluation.remarks.iter().any(|remark| matches!(remark, Remark::NotRouted { .. }));
        let mark = |hop: &EndpointHop| match hop.delivered {
            _ if hop.asymmetric_return => "!",
            Some(false) => "x",
            _ if !routed(hop) => "?",
            _ => "",
        };
        let names: Vec<String> = hops.map(|hop| format!("{}{}", name(hop.ip, hop.port), mark(hop))).collect();
        write!(text, "{{{}}}", names.join(",")).unwrap();
        match evaluation.endpoints[0].masquerade {
            Some(true) => text.push_str("/m"),
            Some(false) => text.push_str("/-"),
            None => {}
        }
    }
    text
}

/// Changes the fixture to the cluster of a row.
pub(super) type Change = fn(&mut Case);
/// A probe with the expected results under iptables and nftables; `None` if the case does not exist there.
pub(super) type Probe = (&'static str, Option<&'static str>, Option<&'static str>);

pub(super) fn same(probe: &'static str, expected: &'static str) -> Probe {
    (probe, Some(expected), Some(expected))
}

pub(super) fn differs(probe: &'static str, iptables: &'static str, nftables: &'static str) -> Probe {
    (probe, Some(iptables), Some(nftables))
}

pub(super) fn nftables_only(probe: &'static str, expected: &'static str) -> Probe {
    (probe, None, Some(expected))
}

/// Checks the probes of rows. A case with the same objects as another case has no row of its own, but its id stands with that one:
/// `ES05; ES15 as ES05`.
#[track_caller]
pub(super) fn check(rows: &[(&str, Change, &[Probe])]) {
    let mut wrong = Vec::new();
    for (id, change, probes) in rows {
        for mode in [ProxyMode::Iptables, ProxyMode::Nftables] {
            let mut case = Case::new(mode);
            change(&mut case);
            wrong.extend(case.wrong(mode, probes).into_iter().map(|line| format!("{id} {line}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

impl Case {
    /// The probes whose result is not the expected one.
    pub(super) fn wrong(&self, mode: ProxyMode, probes: &[Probe]) -> Vec<String> {
        let wrong = probes.iter().filter_map(|(probe, iptables, nftables)| {
            let expected = if mode == ProxyMode::Iptables { iptables } else { nftables }.as_ref()?;
            let got = self.ask(probe);
            (got != *expected).then(|| format!("{mode:?} {probe}: {got}, not {expected}"))
        });
        wrong.collect()
    }
}

pub(super) const BOTH: &str = "EP{a1,a2}/-";
pub(super) const BOTH_M: &str = "EP{a1,a2}/m";
pub(super) const NO_SERVING: Conditions = (Some(false), Some(false), Some(true));
