//! Lists the rules that a packet meets, in order and including the fixed ones, as in `iptables-save` and `nft list ruleset`.

use crate::cluster::address::ip_port;
use crate::cluster::settings::Backend;
use crate::path::answer::{ChainRole, EndpointHop, EndpointList, EntryKind, Evaluation, Outcome, RuleChain};

/// One chain, map or rule.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleStep {
    /// Nesting depth: one more than the depth of the chain that jumps here.
    pub depth: usize,
    /// Its name as the tools print it. For an nftables endpoint, which has no chain of its own, its address.
    pub name: String,
    /// Its action for this packet.
    pub does: RuleAction,
}

/// The action of a rule.
#[derive(Clone, Debug, PartialEq)]
pub enum RuleAction {
    /// It matches this destination port and jumps on.
    Port(u16),
    /// It matches this destination and jumps on.
    Destination(String),
    /// It lets the sources of loadBalancerSourceRanges pass.
    SourceRanges,
    /// It marks the packet for masquerade.
    Masquerade,
    /// It handles an external address and keeps the source.
    External,
    /// It chooses among this number of endpoints.
    Choose(usize),
    /// It matches with this probability, as iptables prints it.
    Probability(String),
    /// It matches all remaining packets.
    Otherwise,
    /// It is one of this number of endpoints with equal shares.
    OneOf(usize),
    /// It refuses the packet.
    Reject,
    /// It drops the packet.
    Drop,
}

/// The rules of one evaluation; empty if kube-proxy has no rule for this packet.
pub fn walk(evaluation: &Evaluation, backend: Backend) -> Vec<RuleStep> {
    let Some(to) = &evaluation.to else { return Vec::new() };
    let Some(port) = to.port else { return Vec::new() };
    let by_node_port = match evaluation.entry.as_ref().map(|entry| entry.kind) {
        Some(EntryKind::NodePort) => true,
        Some(EntryKind::ClusterIp | EntryKind::ExternalIp | EntryKind::LoadBalancerIp) => false,
        // A service IP that no Service port owns.
        None if backend == Backend::Nftables => return unowned(evaluation),
        _ => return Vec::new(),
    };
    // kube-proxy's own listener handles the packet without a rule.
    if evaluation.outcome == Outcome::Endpoints && evaluation.rules.is_empty() {
        return Vec::new();
    }
    let mut steps = Steps::default();
    let destination = || RuleAction::Destination(ip_port(to.ip, port));
    let entered = !evaluation.rules.is_empty();
    match (backend, by_node_port) {
        (Backend::Iptables, true) if entered => steps.put("KUBE-NODEPORTS", RuleAction::Port(port)),
        (Backend::Iptables, false) if entered => steps.put("KUBE-SERVICES", destination()),
        (Backend::Nftables, true) if entered => steps.put("service-nodeports", RuleAction::Port(port)),
        (Backend::Nftables, false) if entered => steps.put("service-ips", destination()),
        _ => {}
    }
    let last = evaluation.rules.len();
    for (n, chain) in (1..).zip(&evaluation.rules) {
        let does = match chain.role {
            ChainRole::Firewall => RuleAction::SourceRanges,
            _ if n == last && evaluation.outcome == Outcome::Endpoints => {
                RuleAction::Choose(evaluation.endpoints.len())
            }
            _ if evaluation.marked => RuleAction::Masquerade,
            _ => RuleAction::External,
        };
        steps.put(&chain.name, does);
    }
    match evaluation.outcome {
        Outcome::Endpoints => endpoints(&mut steps, &evaluation.endpoints, backend),
        Outcome::Reject | Outcome::Drop => steps.end(evaluation, by_node_port, backend),
        _ => {}
    }
    steps.0
}

/// The rules for a service IP without a Service port: nftables refuses unknown ports of a Service and drops unused service IPs.
fn unowned(evaluation: &Evaluation) -> Vec<RuleStep> {
    let does = match evaluation.outcome {
        Outcome::Reject => RuleAction::Reject,
        Outcome::Drop => RuleAction::Drop,
        _ => return Vec::new(),
    };
    vec![RuleStep { depth: 0, name: "cluster-ips-check".to_owned(), does }]
}

/// 1 / `parts` with ten decimals, as kube-proxy writes it.
fn probability(parts: usize) -> String {
    format!("{:.10}", 1.0 / parts as f64)
}

/// Adds the endpoints in kube-proxy's order: sorted by their texts.
fn endpoints(steps: &mut Steps, endpoints: &EndpointList, backend: Backend) {
    let depth = steps.0.len();
    let many = endpoints.len();
    let mut sorted: Vec<&EndpointHop> = endpoints.iter().collect();
    sorted.sort_by_cached_key(|endpoint| endpoint.address());
    for (n, endpoint) in sorted.into_iter().enumerate() {
        let step = match backend {
            Backend::Iptables => {
                let left = many - n;
                let does = if left == 1 { RuleAction::Otherwise } else { RuleAction::Probability(probability(left)) };
                RuleStep { depth, name: endpoint.rule.clone().unwrap_or_else(|| endpoint.address()), does }
            }
            Backend::Nftables => RuleStep { depth, name: endpoint.address(), does: RuleAction::OneOf(many) },
        };
        steps.0.push(step);
    }
}

#[derive(Default)]
struct Steps(Vec<RuleStep>);

impl Steps {
    fn put(&mut self, name: &str, does: RuleAction) {
        self.0.push(RuleStep { depth: self.0.len(), name: name.to_owned(), does });
    }

    /// Adds the rules with which kube-proxy refuses or drops: the filter table of iptables, or the verdict maps of nftables.
    fn end(&mut self, evaluation: &Evaluation, by_node_port: bool, backend: Backend) {
        let cluster_ip = evaluation.entry.as_ref().is_some_and(|entry| entry.kind == EntryKind::ClusterIp);
        // iptables' firewall is the first filter. It drops every packet that the Service's chains have not translated.
        let is_firewall = |chain: &RuleChain| chain.role == ChainRole::Firewall;
        let filtered = match backend {
            Backend::Iptables => evaluation.rules.iter().any(is_firewall),
            Backend::Nftables => evaluation.rules.last().is_some_and(is_firewall),
        };
        let loopback = evaluation.to.as_ref().is_some_and(|to| to.ip.is_loopback());
        let name = match backend {
            Backend::Iptables if filtered => "KUBE-PROXY-FIREWALL",
            Backend::Iptables if cluster_ip => "KUBE-SERVICES",
            Backend::Iptables => "KUBE-EXTERNAL-SERVICES",
            Backend::Nftables if filtered => return self.last_drops(),
            Backend::Nftables if loopback => "localhost-nodeport-reject-ports",
            Backend::Nftables if by_node_port => "no-endpoint-nodeports",
            Backend::Nftables => "no-endpoint-services",
        };
        let does = if evaluation.outcome == Outcome::Reject { RuleAction::Reject } else { RuleAction::Drop };
        self.0.push(RuleStep { depth: 0, name: name.to_owned(), does });
    }

    fn last_drops(&mut self) {
        if let Some(last) = self.0.last_mut() {
            last.does = RuleAction::Drop;
        }
        // The filter comes before the map of addresses.
        if let Some(first) = self.0.first_mut() {
            first.name = "firewall-ips".to_owned();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::coverage::Coverage;
    use crate::cluster::facts::TrafficPolicy;
    use crate::cluster::settings::{ProxyMode, Settings};
    use crate::cluster::view::Cluster;
    use crate::path::question::{Destination, Source};
    use crate::path::resolve::resolve;
    use crate::testing::*;

    fn lines(index: &crate::cluster::index::Index, to: &str, proxy_mode: ProxyMode) -> Vec<String> {
        let settings = Settings { proxy_mode, ..Settings::default() };
        let cluster = Cluster { index, coverage: &Coverage::complete(), settings: &settings };
        let to: std::net::SocketAddr = to.parse().unwrap();
        let source = Source::External("203.0.113.2".parse().unwrap());
        let to = Destination::port(to.ip(), to.port(), crate::cluster::port::Protocol::Tcp);
        let trace = resolve(cluster, &source, to, Some("n3"));
        let line = |step: RuleStep| format!("{}{} {:?}", " ".repeat(step.depth), step.name, step.does);
        walk(&trace.evaluations[0], proxy_mode.backend()).into_iter().map(line).collect()
    }

    #[test]
    fn the_rules_stand_in_the_order_in_which_a_packet_meets_them() {
        let found = lines(&cluster(), "192.168.0.4:30080", ProxyMode::Iptables);
        assert_eq!(found[0], "KUBE-NODEPORTS Port(30080)");
        assert!(found[1].starts_with(" KUBE-EXT-") && found[1].ends_with(" Masquerade"), "{found:?}");
        assert!(found[2].starts_with("  KUBE-SVC-") && found[2].ends_with(" Choose(2)"), "{found:?}");
        assert!(
            found[3].starts_with("   KUBE-SEP-") && found[3].ends_with("Probability(\"0.5000000000\")"),
            "{found:?}"
        );
        assert!(found[4].starts_with("   KUBE-SEP-") && found[4].ends_with("Otherwise"), "{found:?}");
        let found = lines(&cluster(), "172.30.0.41:80", ProxyMode::Nftables);
        assert_eq!(found[0], "service-ips Destination(\"172.30.0.41:80\")");
        assert_eq!(&found[2..], ["  10.0.1.1:8080 OneOf(2)", "  10.0.2.1:8080 OneOf(2)"]);
    }

    #[test]
    fn a_packet_that_is_stopped_has_the_rule_that_stops_it() {
        let mut index = cluster();
        change_service(&mut index, |service| service.external_traffic_policy = TrafficPolicy::Local);
        let found = lines(&index, "192.168.0.4:30080", ProxyMode::Iptables);
        assert_eq!(found.last().map(String::as_str), Some("KUBE-EXTERNAL-SERVICES Drop"), "{found:?}");
        let found = lines(&index, "192.168.0.4:30080", ProxyMode::Nftables);
        assert_eq!(found.last().map(String::as_str), Some("no-endpoint-nodeports Drop"), "{found:?}");
        index.apply(slice(Vec::new()));
        assert_eq!(lines(&index, "172.30.0.41:80", ProxyMode::Iptables), ["KUBE-SERVICES Reject"]);
        assert_eq!(lines(&index, "172.30.0.41:80", ProxyMode::Nftables), ["no-endpoint-services Reject"]);
    }
}
