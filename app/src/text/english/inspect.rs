use topology::rules::Does;
use topology::settings::{ProxyMode, Source};
use topology::trace::Outcome;

use super::count;
use crate::text::{HopWords, InspectorWords, OutcomeWords, SummaryWords};

pub(super) const OUTCOME: OutcomeWords = OutcomeWords {
    short: |outcome| match outcome {
        Outcome::Endpoints => "delivered",
        Outcome::Reject => "REJECT: refused at once",
        Outcome::Drop => "DROP: times out",
        Outcome::Unhandled => "not translated",
        Outcome::HostPort => "delivered by hostPort",
        Outcome::Direct => "delivered directly",
        Outcome::Ambiguous => "ambiguous",
        Outcome::PolicyDeny => "denied by policy",
        Outcome::Unknown => "unknown",
    },
    delivered_to: |n| format!("Delivered: to one of {n} usable endpoints, at random"),
    delivered_to_only: "Delivered to the only usable endpoint",
    delivered_by_node: "Delivered, to endpoints that depend on the Node",
    host_port: "Delivered straight to the Pod by its hostPort",
    direct: "Delivered to the Pod, nothing is translated",
    direct_sentence: "Delivered to the Pod, nothing is translated.",
    reject: "REJECT: refused at once",
    reject_detail: "Clients see “connection refused”.",
    drop: "DROP: times out",
    drop_detail: "Clients wait until they give up.",
    unhandled: "Not translated: no rule matches",
    ambiguous: "Cannot be told: more than one rule matches",
    policy_deny: "Stopped by a NetworkPolicy: times out",
    unknown: "Unknown: what is known does not decide it",
    differs: "It depends on the Node",
    several: |n| format!("{n} destinations, each decided on its own"),
    dns_answers: |n| format!("DNS answers with {}", count(n, "Pod IP")),
    asymmetric: "Replies of some endpoints miss the Node that translated, so those connections fail.",
};

pub(super) const HOP: HopWords = HopWords {
    arrives: |node| format!("Arrives at {node}"),
    sent: |node| format!("Sent on {node}"),
    dnat: "DNAT",
    dnat_masquerade: "DNAT and masquerade",
    reject: "Refused by kube-proxy",
    drop: "Dropped by kube-proxy",
    dnat_host_port: "DNAT by hostPort",
    routed: "Routed to the Pod, not translated",
    source: "src",
    destination: "dst",
    header: str::to_owned,
};

pub(super) const INSPECTOR: InspectorWords = InspectorWords {
    close: "Close",
    on_node: |kind, node| format!("{kind} on {node}"),
    gone: "Nothing here has this address",
    gone_detail: "It is gone, or not in the open namespaces.",
    four_ports: "Ports on the way",
    node_port: "nodePort",
    host_port: "hostPort",
    port: "port",
    target_port: "targetPort",
    container_port: "containerPort",
    not_declared: "not declared",
    packet: "Packet",
    rules_of: |node, mode| format!("rules of {node}, {mode}"),
    rules_of_many: |n, mode| format!("the same on {}, {mode}", count(n, "Node")),
    endpoints: "Endpoints",
    share: "Share",
    out: "out",
    out_by_policy: "ready, left out by a traffic policy or a hint",
    address: "Address and Pod",
    node: "Node",
    in_container: |container| format!("container {container}"),
    and_more: |n| format!("and {n} more"),
    by_node: "By Node",
    outcome: "What happens",
    endpoint_count: "Endpoints",
    either: "Either of these",
    destinations: "Destinations",
    destination: "Address",
    reached_by: "Reached by",
    opened_on_node: "Opened on it",
    reached_by_none: "No Service and no hostPort leads here.",
    rules: "kube-proxy rules",
    rule: |does| match does {
        Does::Port(port) => format!("dport {port}"),
        Does::Destination(address) => format!("to {address}"),
        Does::SourceRanges => "source ranges".to_owned(),
        Does::Masquerade => "mark for masquerade".to_owned(),
        Does::External => "keeps the source".to_owned(),
        Does::Choose(1) => String::new(),
        Does::Choose(n) => format!("choose 1 of {n}"),
        Does::Probability(value) => format!("p {value}"),
        Does::Otherwise => "otherwise".to_owned(),
        Does::OneOf(n) => format!("1 of {n}"),
        Does::Reject => "reject".to_owned(),
        Does::Drop => "drop".to_owned(),
    },
    traced: "Traced",
    source: |kind, pod, ip, node| {
        let on = node.map(|node| format!(" on {node}")).unwrap_or_default();
        match kind {
            "external" => format!("from {ip}, outside the cluster"),
            "pod" if pod.is_empty() => "from a Pod, on whichever Node".to_owned(),
            "pod" => format!("from Pod {pod}{on}, {ip}"),
            "pod-ip" => format!("from the Pod IP {ip}{on}"),
            "localhost" => format!("from a process{on}, by loopback"),
            _ => format!("from a process{on}, {ip}"),
        }
    },
    dns_answer: "DNS answers",
    dns_says: |rcode| match rcode {
        "NXDOMAIN" => "There is no such name",
        "NODATA" => "The name exists, but has no record of this type",
        _ => "",
    },
    dns_detail: "A Service is NAME.NAMESPACE.svc; a Pod finds those of its own namespace by NAME alone.",
    name_resolves: "The name resolves",
    name_needs_port: "With a port behind it, as in NAME:PORT, the packet is followed further.",
    would_reach: |services| format!("{services} would lead here, but sends it nothing while it is like this."),
    check: "Check it",
    from_inside: "from inside the cluster",
    copy: "Copy",
    copied: "Copied",
    assumes: |mode, source| {
        let mode = mode_name(mode);
        match source {
            Source::Default => format!("kube-proxy mode {mode}: assumed default."),
            Source::Flag => format!("kube-proxy mode {mode}: given by a flag."),
            Source::ConfigMap => format!("kube-proxy mode {mode}: from its ConfigMap."),
        }
    },
    policy_unevaluated: "NetworkPolicy is not evaluated.",
    also_elsewhere: |names| format!("Only {names} is drawn. The server knows all namespaces, and says the same."),
    differs_elsewhere: "With all namespaces the answer is another",
    only_open: |names| {
        format!(
            "Only {names} is looked at: this assumes that no Service or Pod elsewhere claims the same address and port."
        )
    },
};

fn mode_name(mode: ProxyMode) -> &'static str {
    match mode {
        ProxyMode::Iptables => "iptables",
        ProxyMode::Nftables => "nftables",
    }
}

pub(super) const SUMMARY: SummaryWords = SummaryWords {
    cluster: "Cluster",
    in_view: |services, pods, nodes| {
        format!(
            "{}, {} and {} in view. Select any address to see its path.",
            count(services, "Service"),
            count(pods, "Pod"),
            count(nodes, "Node")
        )
    },
    nothing_open: |services, pods, nodes| {
        format!(
            "{}, {} and {}. Open a namespace to see its addresses.",
            count(services, "Service"),
            count(pods, "Pod"),
            count(nodes, "Node")
        )
    },
    ranges: "Address ranges",
    node_ip: "Node IP",
    pod_ip: "Pod IP",
    cluster_ip: "Cluster IP",
    virtual_ip: "virtual",
    node_port: "nodePort",
    node_port_range: "30000–32767",
    assumed_default: "assumed default",
    from_flag: "by flag",
    from_config_map: "from its ConfigMap",
    kube_proxy: "kube-proxy",
    mode: "mode",
    node_port_on: "nodePort on",
    node_port_everywhere: "every address of every Node",
    node_port_primary: "the primary address of every Node",
    what_is_known: "What is known",
    policies: "NetworkPolicies",
    not_evaluated: "not evaluated",
};
