//! What kube-proxy decides in a mode whose rules are not evaluated: IPVS, or something else in kube-proxy's place.

use crate::cluster::index::IpRole;
use crate::cluster::port::TransportProtocol;
use crate::path::answer::{Evaluation, Outcome, Reason};
use crate::path::claim::{has_node_port, in_service_cidr};
use crate::path::packet::Packet;

/// The reason why it is not known where the packet goes: kube-proxy decides that, by rules that are not evaluated. `None` if its rules are
/// evaluated, or do not decide.
pub(crate) fn not_evaluated(packet: Packet<'_>) -> Option<Reason> {
    let mode = packet.cluster.settings.proxy_mode;
    (!mode.is_evaluated() && is_decided_by_kube_proxy(packet)).then_some(Reason::ProxyModeNotEvaluated { mode })
}

/// The evaluation of a packet about which only is known what the rules of iptables would do.
pub(crate) fn undecided(because: Reason, by_iptables: Evaluation) -> Evaluation {
    let (node, nodes, to) = (by_iptables.node.clone(), by_iptables.nodes.clone(), by_iptables.to.clone());
    Evaluation {
        nodes,
        alternatives: vec![by_iptables],
        ..Evaluation::new(Outcome::Unknown, because, to, node.as_deref())
    }
}

/// Whether kube-proxy decides: a Service has the address, whatever the port (IPVS binds it on every Node, and answers pings and other ports),
/// or it is a service IP, or a nodePort of this number on an address of a Node.
fn is_decided_by_kube_proxy(packet: Packet<'_>) -> bool {
    let (cluster, to) = (packet.cluster, packet.to);
    if to.port.is_none() && to.protocol != TransportProtocol::Icmp {
        return false;
    }
    let external = cluster.settings.allow_external_ips.then_some(IpRole::ExternalIp);
    let mut roles = [IpRole::ClusterIp, IpRole::LoadBalancerIp].into_iter().chain(external);
    let of_service =
        |role| cluster.index.services_with_ip(to.ip, role).any(|service| service.proxied_in(packet.is_ipv4()));
    let of_node = || packet.host().is_some() && has_node_port(cluster, to);
    roles.any(of_service) || in_service_cidr(cluster, to.ip) || of_node()
}

#[cfg(test)]
mod tests {
    use crate::cluster::address::ExternalIp;
    use crate::cluster::coverage::{Coverage, Known};
    use crate::cluster::facts::TrafficPolicy;
    use crate::cluster::index::Index;
    use crate::cluster::key::Kind;
    use crate::cluster::row::Row;
    use crate::cluster::settings::{ProxyMode, Settings};
    use crate::cluster::view::Cluster;
    use crate::path::answer::{Evaluation, Reason, Remark, Trace};
    use crate::path::trace::{arrives, trace};
    use crate::testing::*;

    const OUTSIDE: &str = "external:203.0.113.2";

    fn settings(proxy_mode: ProxyMode) -> Settings {
        let cidrs = |text: &str| vec![text.parse().unwrap()];
        Settings {
            proxy_mode,
            cluster_cidrs: cidrs("10.0.0.0/8"),
            service_cidrs: cidrs("172.30.0.0/16"),
            ..Settings::default()
        }
    }

    fn ask(index: &Index, coverage: &Coverage, proxy_mode: ProxyMode, from: &str, to: &str) -> Trace {
        let settings = settings(proxy_mode);
        let cluster = Cluster { index, coverage, settings: &settings };
        trace(cluster, &from.parse().unwrap(), &to.parse().unwrap(), None).unwrap()
    }

    /// The fixture with an external IP, and a hostPort and a hostNetwork Pod on n1.
    fn all() -> Index {
        let mut index = cluster();
        change_service(&mut index, |service| service.external_ips.extend(ExternalIp::parse("198.51.100.1")));
        put(&mut index, Row::Pod(host_port_pod("a3", "n1", "10.0.1.3", 8088)));
        put(
            &mut index,
            Row::Pod(crate::cluster::facts::PodFact { host_network: true, ..pod("h", "n1", "192.168.0.2") }),
        );
        index
    }

    #[test]
    fn what_kube_proxy_decides_is_unknown_with_what_iptables_would_do() {
        let (index, coverage) = (all(), Coverage::complete());
        for (from, to) in [
            ("pod:ns1/a1", "172.30.0.41:80"),
            ("pod:ns1/a1", "172.30.0.41:81"),
            ("pod:ns1/a1", "172.30.0.41/icmp"),
            ("pod:ns1/a1", "172.30.0.99:80"),
            ("pod:ns1/a1", "dns:svc1:80"),
            (OUTSIDE, "198.51.100.1:80"),
            (OUTSIDE, "198.51.100.1:81"),
            (OUTSIDE, "192.168.0.3:30080"),
            ("localhost:n1", "127.0.0.1:30080"),
        ] {
            for mode in [ProxyMode::Ipvs, ProxyMode::NoKubeProxy] {
                let trace = ask(&index, &coverage, mode, from, to);
                let iptables = ask(&index, &coverage, ProxyMode::Iptables, from, to);
                // The mode decides nothing more of an answer for another mode.
                let decides = |remark: &Remark| matches!(remark, Remark::SettingDecides { .. });
                let bare = |evaluation: &Evaluation| Evaluation {
                    hops: Vec::new(),
                    remarks: evaluation.remarks.iter().filter(|remark| !decides(remark)).cloned().collect(),
                    ..evaluation.clone()
                };
                let alternatives: Vec<Evaluation> =
                    trace.evaluations.iter().flat_map(|one| &one.alternatives).map(bare).collect();
                assert_eq!(alternatives, iptables.evaluations.iter().map(bare).collect::<Vec<_>>(), "{from} {to}");
                for evaluation in &trace.evaluations {
                    assert_eq!(evaluation.because, Reason::ProxyModeNotEvaluated { mode }, "{from} {to}");
                    assert_eq!(evaluation.nodes, evaluation.alternatives[0].nodes, "{from} {to}");
                    assert!(
                        evaluation.endpoints.is_empty() && evaluation.entry.is_none() && evaluation.rules.is_empty()
                    );
                }
                assert!(!arrives(&trace), "{from} {to}");
            }
        }
    }

    #[test]
    fn what_does_not_depend_on_kube_proxy_stays() {
        let (index, coverage) = (all(), Coverage::complete());
        for (from, to) in [
            ("pod:ns1/a1", "10.0.2.1:8080"),
            ("pod:ns1/a1", "10.0.2.1/icmp"),
            (OUTSIDE, "192.168.0.2:8088"),
            ("localhost:n1", "127.0.0.1:8088"),
            (OUTSIDE, "192.168.0.2:8080"),
            (OUTSIDE, "192.168.0.2:22"),
            ("pod:ns1/a1", "127.0.0.1:30080"),
            (OUTSIDE, "8.8.8.8:53"),
            ("pod:ns1/a1", "172.30.0.41"),
            ("pod:ns1/a1", "dns:svc1"),
        ] {
            let iptables = ask(&index, &coverage, ProxyMode::Iptables, from, to);
            for mode in [ProxyMode::Ipvs, ProxyMode::NoKubeProxy] {
                let trace = ask(&index, &coverage, mode, from, to);
                assert_eq!(
                    (trace.evaluations, trace.dns),
                    (iptables.evaluations.clone(), iptables.dns.clone()),
                    "{from} {to}"
                );
            }
        }
    }

    #[test]
    fn nodes_that_iptables_would_let_decide_otherwise_are_told_apart() {
        let mut index = cluster();
        change_service(&mut index, |service| service.internal_traffic_policy = TrafficPolicy::Local);
        let coverage = Coverage::complete();
        let settings = settings(ProxyMode::Ipvs);
        let cluster = Cluster { index: &index, coverage: &coverage, settings: &settings };
        let to =
            crate::path::question::Destination::port([172, 30, 0, 41].into(), 80, crate::cluster::port::Protocol::Tcp);
        let trace = crate::path::resolve::resolve(cluster, &crate::path::question::Source::AnyPod, to, None);
        let nodes: Vec<String> = trace.evaluations.iter().map(|one| one.nodes.join(",")).collect();
        assert_eq!(nodes, ["n1", "n2", "n3"]);
    }

    #[test]
    fn facts_that_are_missing_stay_named() {
        let index = cluster();
        let mut coverage = Coverage::complete();
        coverage.set(Kind::Service, "", Known::Forbidden);
        let trace = ask(&index, &coverage, ProxyMode::Ipvs, OUTSIDE, "8.8.8.8:53");
        assert_eq!(trace.evaluations[0].because, Reason::ServicesNotKnown);
        let mut coverage = Coverage::complete();
        coverage.set(Kind::EndpointSlice, "", Known::Forbidden);
        let trace = ask(&index, &coverage, ProxyMode::Ipvs, OUTSIDE, "172.30.0.41:80");
        let because = &trace.evaluations[0].alternatives[0].because;
        assert_eq!(*because, Reason::EndpointSlicesNotKnown { namespace: "ns1".into() });
        assert_eq!(trace.missing.iter().map(|missing| missing.kind).collect::<Vec<_>>(), [Kind::EndpointSlice]);
    }
}
