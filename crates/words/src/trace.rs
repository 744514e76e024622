//! Texts of the answer of `kubehop trace` in a terminal.

use topology::cluster::key::ObjectKey;
use topology::cluster::port::TargetPort;
use topology::cluster::settings::SettingSource;
use topology::graph::EndpointState;
use topology::path::answer::{Entry, EntryKind, Evaluation, Hop, HopPlace, HopStep, Outcome, Rcode, Reason};
use topology::picture::{LeftOut, UnusedEndpoint};

use crate::Words;
use crate::cluster::distribution;

impl Words {
    /// A reason, followed by the error of the client if the packet is stopped.
    pub fn trace_reason(&self, outcome: Outcome, reason: &str) -> String {
        match outcome {
            Outcome::Reject => self.trace_client_refused(reason),
            Outcome::Drop | Outcome::PolicyDeny => self.trace_client_timed_out(reason),
            Outcome::Endpoints
            | Outcome::Unhandled
            | Outcome::HostPort
            | Outcome::Direct
            | Outcome::Ambiguous
            | Outcome::Unknown => reason.to_owned(),
        }
    }

    /// The heading of the `n`th alternative of an evaluation.
    pub fn trace_alternative(&self, of: &Evaluation, n: usize) -> String {
        match of.because {
            Reason::ProxyModeNotEvaluated { .. } => self.trace_by_iptables(),
            _ => self.trace_either(n),
        }
    }

    /// The meaning of an RCODE; `None` if the answer has records.
    pub fn trace_rcode(&self, rcode: Rcode) -> Option<String> {
        match rcode {
            Rcode::NxDomain => Some(self.trace_no_such_name()),
            Rcode::NoData => Some(self.trace_no_such_record()),
            Rcode::NoError => None,
        }
    }

    /// The entry of the packet: the kind of address, and the ports of its Service.
    pub fn trace_entry(&self, entry: &Entry) -> String {
        let kind = match entry.kind {
            EntryKind::ClusterIp => self.trace_entry_cluster_ip(),
            EntryKind::ExternalIp => self.trace_entry_external_ip(),
            EntryKind::LoadBalancerIp => self.trace_entry_load_balancer_ip(),
            EntryKind::NodePort => self.trace_entry_node_port(),
            EntryKind::HostPort => self.trace_entry_host_port(),
            EntryKind::PodIp => self.trace_entry_pod_ip(),
        };
        let Some(service) = &entry.service else { return kind };
        let node_port = entry.node_port.filter(|_| entry.kind == EntryKind::NodePort);
        let port = entry.port.map(|port| match entry.port_name.as_deref().filter(|name| !name.is_empty()) {
            Some(name) => self.trace_named_port(port.to_string(), name),
            None => self.trace_port(port.to_string()),
        });
        let target_port = entry.target_port.as_ref().map(|port| match port {
            TargetPort::Number(number) => self.trace_target_port(number.to_string()),
            TargetPort::Name(name) => self.trace_target_port(name),
        });
        let ports = [node_port.map(|port| self.trace_node_port(port.to_string())), port, target_port];
        let ports: Vec<String> = ports.into_iter().flatten().collect();
        self.trace_entry_of_service(kind, service.to_string(), ports.join(" → "))
    }

    /// The place of a step.
    pub fn trace_hop_at(&self, place: &HopPlace) -> String {
        match place {
            HopPlace::Node(name) => name.clone(),
            HopPlace::EvaluationNode => self.hop_the_node(),
            HopPlace::Client => self.trace_at_client(),
            HopPlace::Destination => String::new(),
        }
    }

    /// The component that acts in a step.
    pub fn trace_hop_by(&self, hop: &Hop) -> String {
        match &hop.step {
            HopStep::LookedUp { .. } => self.trace_by_dns(),
            HopStep::Sent => self.trace_by_client(),
            HopStep::Arrives => self.trace_by_network(),
            HopStep::Refused | HopStep::Dropped | HopStep::Translated { .. } => {
                self.trace_by_kube_proxy(self.trace_hop_at(&hop.at))
            }
            HopStep::HostPortMapped => self.trace_by_portmap(),
            HopStep::Routed => self.trace_by_cni(),
        }
    }

    /// The action of a step.
    pub fn trace_hop_step(&self, hop: &Hop) -> String {
        match &hop.step {
            HopStep::LookedUp { name, ip } => self.trace_looked_up(name, ip.to_string()),
            HopStep::Sent => self.trace_sent(self.trace_hop_at(&hop.at)),
            HopStep::Arrives => self.trace_arrives(self.trace_hop_at(&hop.at)),
            HopStep::Refused => self.trace_refused(),
            HopStep::Dropped => self.trace_dropped(),
            HopStep::Translated { masquerade: true } => self.trace_translated_masquerade(),
            HopStep::Translated { masquerade: false } | HopStep::HostPortMapped => self.trace_translated(),
            HopStep::Routed => self.trace_routed(),
        }
    }

    /// The Pod at the end of a path, and its Node.
    pub fn trace_end(&self, pod: Option<&ObjectKey>, node: Option<&str>) -> String {
        match (pod, node) {
            (Some(pod), Some(node)) => self.trace_pod_on(pod.to_string(), node),
            (Some(pod), None) => self.trace_pod(pod.to_string()),
            (None, Some(node)) => self.trace_no_pod_on(node),
            (None, None) => self.trace_no_pod(),
        }
    }

    /// The reason why an endpoint gets no packets.
    pub fn trace_unused_state(&self, endpoint: &UnusedEndpoint) -> String {
        let state = match (endpoint.left_out, endpoint.state) {
            (Some(rule), _) => return self.left_out(rule),
            (None, EndpointState::Ready) => self.endpoint_ready(),
            (None, EndpointState::NotReady) => self.trace_unused_not_ready(),
            (None, EndpointState::Terminating) => self.trace_unused_terminating(),
        };
        match &endpoint.because {
            Some(because) => self.trace_unused_because(state, because),
            None => state,
        }
    }

    /// The rule that leaves a ready endpoint out.
    pub fn left_out(&self, rule: LeftOut) -> String {
        match rule {
            LeftOut::Policy(policy) => self.inspector_out_by_policy(policy.as_str()),
            LeftOut::Hints => self.inspector_out_by_hints(),
            LeftOut::SourceRanges => self.inspector_out_by_source_ranges(),
        }
    }

    /// The source of a kube-proxy setting.
    pub fn trace_setting_origin(&self, source: SettingSource) -> String {
        match source {
            SettingSource::Default => self.trace_by_default(),
            SettingSource::Flag => self.trace_by_flag(),
            SettingSource::ConfigMap => self.trace_by_config_map(),
            SettingSource::PodArguments => self.trace_by_pod(),
            source => self.trace_by_distribution(distribution(source)),
        }
    }
}
