//! Texts of the inspector.

use topology::rules::Does;
use topology::settings::{ProxyMode, Source};
use topology::trace::Outcome;

/// What happens to a packet.
#[expect(missing_docs, reason = "named after the text; `english` shows each one")]
pub struct OutcomeWords {
    /// Two or three words, for a table.
    pub short: fn(Outcome) -> &'static str,
    pub delivered_to: fn(usize) -> String,
    pub delivered_to_only: &'static str,
    pub delivered_by_node: &'static str,
    pub host_port: &'static str,
    pub direct: &'static str,
    /// The same, as a sentence.
    pub direct_sentence: &'static str,
    pub reject: &'static str,
    pub reject_detail: &'static str,
    pub drop: &'static str,
    pub drop_detail: &'static str,
    pub unhandled: &'static str,
    pub ambiguous: &'static str,
    pub policy_deny: &'static str,
    pub unknown: &'static str,
    pub differs: &'static str,
    /// Several addresses, each decided on its own.
    pub several: fn(usize) -> String,
    pub dns_answers: fn(usize) -> String,
    pub asymmetric: &'static str,
}

/// The steps of a packet.
#[expect(missing_docs, reason = "named after the text; `english` shows each one")]
pub struct HopWords {
    pub arrives: fn(&str) -> String,
    pub sent: fn(&str) -> String,
    pub dnat: &'static str,
    pub dnat_masquerade: &'static str,
    pub reject: &'static str,
    pub drop: &'static str,
    pub dnat_host_port: &'static str,
    pub routed: &'static str,
    pub source: &'static str,
    pub destination: &'static str,
    /// A header's addresses, in which the resolver's answer has the words “or”, “a Pod” and “egress IP”.
    pub header: fn(&str) -> String,
}

/// The inspector with a selection.
#[expect(missing_docs, reason = "named after the text; `english` shows each one")]
pub struct InspectorWords {
    pub close: &'static str,
    /// Kind of socket, and the Node that it is on.
    pub on_node: fn(&str, &str) -> String,
    pub gone: &'static str,
    pub gone_detail: &'static str,
    pub four_ports: &'static str,
    pub node_port: &'static str,
    pub host_port: &'static str,
    pub port: &'static str,
    pub target_port: &'static str,
    pub container_port: &'static str,
    pub not_declared: &'static str,
    pub packet: &'static str,
    pub rules_of: fn(&str, &str) -> String,
    pub rules_of_many: fn(usize, &str) -> String,
    pub endpoints: &'static str,
    pub share: &'static str,
    /// In place of a share: the endpoint gets no packets.
    pub out: &'static str,
    /// A ready endpoint that gets none.
    pub out_by_policy: &'static str,
    pub address: &'static str,
    pub node: &'static str,
    pub in_container: fn(&str) -> String,
    pub and_more: fn(usize) -> String,
    pub by_node: &'static str,
    pub outcome: &'static str,
    pub endpoint_count: &'static str,
    pub either: &'static str,
    pub destinations: &'static str,
    pub destination: &'static str,
    pub reached_by: &'static str,
    pub opened_on_node: &'static str,
    pub reached_by_none: &'static str,
    pub rules: &'static str,
    /// What a rule does with the packet.
    pub rule: fn(&Does) -> String,
    /// In place of the kind of socket, where none is on the picture.
    pub traced: &'static str,
    /// Where the packet comes from: kind (as in a trace), Pod, address, Node.
    pub source: fn(&str, &str, &str, Option<&str>) -> String,
    pub dns_answer: &'static str,
    /// What an RCODE means; nothing where the records say it.
    pub dns_says: fn(&str) -> &'static str,
    /// What to try with a name that stands for nothing.
    pub dns_detail: &'static str,
    pub name_resolves: &'static str,
    pub name_needs_port: &'static str,
    /// Services whose endpoint it would be, if it were ready.
    pub would_reach: fn(&str) -> String,
    pub check: &'static str,
    pub from_inside: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
    pub assumes: fn(ProxyMode, Source) -> String,
    pub policy_unevaluated: &'static str,
    /// Only these namespaces are open: what is assumed of the others.
    pub only_open: fn(&str) -> String,
    /// The same, once the server has been asked about all namespaces and agrees.
    pub also_elsewhere: fn(&str) -> String,
    /// The server, which knows all namespaces, says something else.
    pub differs_elsewhere: &'static str,
}

/// The inspector without a selection.
#[expect(missing_docs, reason = "named after the text; `english` shows each one")]
pub struct SummaryWords {
    pub cluster: &'static str,
    /// Services, Pods, Nodes.
    pub in_view: fn(usize, usize, usize) -> String,
    /// The same of a cluster of which nothing is open yet.
    pub nothing_open: fn(usize, usize, usize) -> String,
    pub ranges: &'static str,
    pub node_ip: &'static str,
    pub pod_ip: &'static str,
    pub cluster_ip: &'static str,
    pub virtual_ip: &'static str,
    pub node_port: &'static str,
    pub node_port_range: &'static str,
    pub assumed_default: &'static str,
    pub from_flag: &'static str,
    pub from_config_map: &'static str,
    pub kube_proxy: &'static str,
    pub mode: &'static str,
    pub node_port_on: &'static str,
    pub node_port_everywhere: &'static str,
    pub node_port_primary: &'static str,
    pub what_is_known: &'static str,
    pub policies: &'static str,
    pub not_evaluated: &'static str,
}
