//! Texts of a packet's path: its source, its outcome, and kube-proxy's rules.

use topology::path::answer::{Arrival, Outcome, Rcode, SourceKind, TraceSource};
use topology::path::rules::walk::RuleAction;

use crate::Words;

impl Words {
    /// The outcome of a packet, in two or three words.
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

    /// The outcome of a packet in a few words; where an endpoint is chosen, with whether connections to it work.
    pub fn outcome_and_arrival_short(&self, outcome: Outcome, arrival: Arrival) -> String {
        match arrival {
            Arrival::Sometimes if outcome.delivered() => self.outcome_short_sometimes(),
            Arrival::NotKnown if outcome.delivered() => self.outcome_short_not_routed(),
            Arrival::Never if outcome.delivered() => self.outcome_short_never(),
            _ => self.outcome_short(outcome),
        }
    }

    /// The error or success that a client sees at the end of a path.
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

    /// The action of a rule; empty for a choice among one endpoint.
    pub fn rule_action(&self, action: &RuleAction) -> String {
        match action {
            RuleAction::Port(port) => self.rule_port(*port),
            RuleAction::Destination(address) => self.rule_destination(address),
            RuleAction::SourceRanges => self.rule_source_ranges(),
            RuleAction::Masquerade => self.rule_masquerade(),
            RuleAction::External => self.rule_external(),
            RuleAction::Choose(1) => String::new(),
            RuleAction::Choose(count) => self.rule_choose(*count),
            RuleAction::Probability(value) => self.rule_probability(value),
            RuleAction::Otherwise => self.rule_otherwise(),
            RuleAction::OneOf(count) => self.rule_one_of(*count),
            RuleAction::Reject => self.rule_reject(),
            RuleAction::Drop => self.rule_drop(),
        }
    }

    /// The source of a packet.
    pub fn packet_source(&self, from: &TraceSource) -> String {
        let ip = from.ip.map(|ip| ip.to_string()).unwrap_or_default();
        match (from.kind, &from.node) {
            (SourceKind::External, _) => self.source_external(ip),
            (SourceKind::Pod, _) if from.name.is_none() => self.source_any_pod(),
            (SourceKind::Pod, Some(node)) => self.source_pod_on(from.pod_text(), node, ip),
            (SourceKind::Pod, None) => self.source_pod(from.pod_text(), ip),
            (SourceKind::PodIp, Some(node)) => self.source_pod_ip_on(ip, node),
            (SourceKind::PodIp, None) => self.source_pod_ip(ip),
            (SourceKind::Localhost, Some(node)) => self.source_loopback_on(node),
            (SourceKind::Localhost, None) => self.source_loopback(),
            (SourceKind::Node, Some(node)) => self.source_process_on(node, ip),
            (SourceKind::Node, None) => self.source_process(ip),
        }
    }

    /// The meaning of an RCODE; empty if the answer has records.
    pub fn dns_says(&self, rcode: Rcode) -> String {
        match rcode {
            Rcode::NxDomain => self.inspector_dns_nxdomain(),
            Rcode::NoData => self.inspector_dns_nodata(),
            Rcode::NoError => String::new(),
        }
    }
}
