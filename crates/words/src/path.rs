//! Texts of a packet's path: where it comes from, what happens to it, what kube-proxy's rules do.

use topology::rules::Does;
use topology::trace::Outcome;

use crate::Words;

impl Words {
    /// What happens to a packet, in two or three words.
    pub fn outcome_short(&self, outcome: Outcome) -> String {
        match outcome {
            Outcome::Endpoints => self.outcome_short_endpoints(),
            Outcome::Reject => self.outcome_short_reject(),
            Outcome::Drop => self.outcome_short_drop(),
            Outcome::Unhandled => self.outcome_short_unhandled(),
            Outcome::HostPort => self.outcome_short_host_port(),
            Outcome::Direct => self.outcome_short_direct(),
            Outcome::Ambiguous => self.outcome_short_ambiguous(),
            Outcome::PolicyDeny => self.outcome_short_policy_deny(),
            Outcome::Unknown => self.outcome_short_unknown(),
        }
    }

    /// What a client sees where a path ends.
    pub fn outcome_end(&self, outcome: Outcome) -> String {
        match outcome {
            Outcome::Reject => self.outcome_end_refused(),
            Outcome::Drop | Outcome::PolicyDeny => self.outcome_end_times_out(),
            Outcome::Unhandled => self.outcome_end_unhandled(),
            Outcome::Ambiguous => self.outcome_end_ambiguous(),
            Outcome::Unknown => self.outcome_end_unknown(),
            Outcome::Endpoints | Outcome::HostPort | Outcome::Direct => self.outcome_end_delivered(),
        }
    }

    /// What a rule does with the packet; nothing where it has no choice.
    pub fn rule_does(&self, does: &Does) -> String {
        match does {
            Does::Port(port) => self.rule_port(*port),
            Does::Destination(address) => self.rule_destination(address),
            Does::SourceRanges => self.rule_source_ranges(),
            Does::Masquerade => self.rule_masquerade(),
            Does::External => self.rule_external(),
            Does::Choose(1) => String::new(),
            Does::Choose(count) => self.rule_choose(*count),
            Does::Probability(value) => self.rule_probability(value),
            Does::Otherwise => self.rule_otherwise(),
            Does::OneOf(count) => self.rule_one_of(*count),
            Does::Reject => self.rule_reject(),
            Does::Drop => self.rule_drop(),
        }
    }

    /// Where a packet comes from: kind (as in a trace), Pod, address, Node.
    pub fn packet_source(&self, kind: &str, pod: &str, ip: &str, node: Option<&str>) -> String {
        match (kind, node) {
            ("external", _) => self.source_external(ip),
            ("pod", _) if pod.is_empty() => self.source_any_pod(),
            ("pod", Some(node)) => self.source_pod_on(pod, node, ip),
            ("pod", None) => self.source_pod(pod, ip),
            ("pod-ip", Some(node)) => self.source_pod_ip_on(ip, node),
            ("pod-ip", None) => self.source_pod_ip(ip),
            ("localhost", Some(node)) => self.source_loopback_on(node),
            ("localhost", None) => self.source_loopback(),
            (_, Some(node)) => self.source_process_on(node, ip),
            (_, None) => self.source_process(ip),
        }
    }

    /// A header's addresses, in which the resolver's answer has the words “or”, “a Pod” and “egress IP”.
    pub fn header_addresses(&self, text: &str) -> String {
        let text = text.replace(", egress IP", &self.hop_egress_ip()).replace("a Pod", &self.hop_a_pod());
        let text = text.replace(" or one of ", &self.hop_or_one_of()).replace(" more", &self.hop_more());
        text.replace(" or ", &self.hop_or())
    }

    /// What an RCODE means; nothing where the records say it.
    pub fn dns_says(&self, rcode: &str) -> String {
        match rcode {
            "NXDOMAIN" => self.inspector_dns_nxdomain(),
            "NODATA" => self.inspector_dns_nodata(),
            _ => String::new(),
        }
    }
}
