use topology::graph::{EndpointState, Note};
use topology::health::{Readiness, Trouble, Why};
use topology::socket::SocketKind;
use topology::trace::Outcome;

use super::count;
use crate::text::{CardWords, SocketWords};

pub(super) const CARD: CardWords = CardWords {
    outside: "Outside",
    any_client: "any client",
    port: "port",
    target_port: "targetPort",
    port_not_mapped: "port, not mapped",
    dns_gives_pod_ips: "DNS gives Pod IPs",
    headless: "headless",
    no_cluster_ip: "no Cluster IP",
    dns_only: "no Cluster IP, DNS only",
    outside_unchecked: "outside: no Pod, no probe",
    outside_dns: "outside: DNS answers with this name",
    state: |state| match state {
        EndpointState::Ready => "ready",
        EndpointState::NotReady => "not ready",
        EndpointState::Terminating => "terminating",
    },
    ready_unchecked: "ready (not checked)",
    no_endpoints: "no endpoints",
    no_selector: "no selector",
    endpoints: |n| count(n, "endpoint"),
    pods: |n| count(n, "Pod"),
    ports: |n| count(n, "port"),
    ready_of: |ready, total| format!("{ready}/{total} ready"),
    ready: |n| format!("{n} ready"),
    end: |outcome| match outcome {
        Outcome::Reject => ("REJECT", "refused at once"),
        Outcome::Drop => ("DROP", "times out"),
        Outcome::PolicyDeny => ("POLICY_DENY", "times out"),
        Outcome::Unhandled => ("UNHANDLED", "nobody translates"),
        Outcome::Ambiguous => ("AMBIGUOUS", "two rules match"),
        Outcome::Unknown => ("UNKNOWN", "cannot be told"),
        Outcome::Endpoints | Outcome::HostPort | Outcome::Direct => ("", "delivered"),
    },
    note,
    trouble,
    not_declared: "not declared",
    no_ip: "no IP yet",
    pod_not_known: "not found",
    by_hand: "by hand",
    mirrored: "mirrored from Endpoints",
    managed_by: |who| format!("by {who}"),
    any_of_nodes: |n| format!("any of {n} Nodes"),
    more_nodes: |n| count(n, "more Node"),
    node_process: |node| format!("a process on {node} itself"),
    showing_nodes: |shown, all| format!("{shown} of {all} shown"),
    nodes: |n| count(n, "Node"),
    node_ready: "Ready",
    node_not_ready: "not Ready",
    all_nodes_ready: "all Ready",
    nodes_not_ready: |n| format!("{n} not Ready"),
    pod_cidr: "Pods",
    namespace_counts: |services, pods| format!("{}, {}", count(services, "Service"), count(pods, "Pod")),
    pods_without_service: "Pods without a Service",
    rules_evaluated_here: "rules evaluated here",
};

fn note(note: &Note) -> String {
    match note {
        Note::HostPort => "hostPort: straight to the Pod, no Service, no endpoints".into(),
        Note::CName => "CNAME, no proxying".into(),
        Note::Dead(Why::NoSlice) => "no slice".into(),
        Note::Dead(Why::EmptySlice) => "slice is empty".into(),
        Note::Dead(Why::NoneReady) => "none ready".into(),
        Note::Dead(Why::NoPortMatches) => "no endpoint has this port by name and protocol".into(),
        Note::Endpoints { addresses, mirrored: true } => {
            format!("mirrored from Endpoints: {addresses} {}", if *addresses == 1 { "address" } else { "addresses" })
        }
        Note::Endpoints { addresses, mirrored: false } => {
            let noun = if *addresses == 1 { "address" } else { "addresses" };
            format!("also in Endpoints: {addresses} {noun} (evidence only)")
        }
        Note::NotKnown => "not known".into(),
    }
}

fn trouble(trouble: &Trouble) -> String {
    let why = |why: &Why| note(&Note::Dead(*why));
    match trouble {
        Trouble::Refused { all: true, why: reason } => format!("REJECT: {}", why(reason)),
        Trouble::Refused { all: false, why: reason } => format!("some ports REJECT: {}", why(reason)),
        Trouble::NoAddress(reason) => format!("DNS has no address: {}", why(reason)),
        Trouble::Dropped { nodes, on, of } => {
            let more = if *on > nodes.len() { ", …" } else { "" };
            format!("DROP on {on} of {of} Nodes, no local endpoint: {}{more}", nodes.join(", "))
        }
        Trouble::NotReady { readiness: Readiness { ready, terminating, total }, because } => {
            let out = total - ready - terminating;
            let because = because.as_ref().map(|because| format!(": {because}")).unwrap_or_default();
            format!("{out} of {total} not ready{because}")
        }
        Trouble::NotKnown => "unknown: its EndpointSlices cannot be read".to_owned(),
    }
}

pub(super) const SOCKET: SocketWords = SocketWords {
    name: |kind| match kind {
        SocketKind::NodeIp => "Node IP",
        SocketKind::NodePort => "nodePort",
        SocketKind::HostPort => "hostPort",
        SocketKind::ClusterIp => "Cluster IP",
        SocketKind::Port => "port",
        SocketKind::Dns => "DNS name",
        SocketKind::Endpoint => "endpoint",
        SocketKind::PodIp => "Pod IP",
        SocketKind::ContainerPort => "containerPort",
        SocketKind::External => "outside address",
        SocketKind::ExternalIp => "external IP",
        SocketKind::LoadBalancerIp => "load balancer IP",
    },
    sentence: |kind| match kind {
        SocketKind::NodeIp => "The address of a machine of the cluster. nodePorts and hostPorts are opened on it.",
        SocketKind::NodePort => {
            "A port that kube-proxy opens on every Node for one Service. From outside, use a Node's address with it: any Node will do, unless externalTrafficPolicy is Local."
        }
        SocketKind::HostPort => {
            "A port of one Pod, opened on the Node that the Pod runs on and on no other. The CNI plugin maps it; no Service takes part."
        }
        SocketKind::ClusterIp => {
            "The address of a Service inside the cluster. It is virtual: no device owns it, and each Node's kube-proxy replaces it by the address of an endpoint. Most clusters leave a ping to it unanswered."
        }
        SocketKind::Port => {
            "The port of a Service, used with its Cluster IP or its name. Containers listen on the targetPort, which may be another number."
        }
        SocketKind::Dns => {
            "The name of a Service. The cluster's DNS answers with the Cluster IP, for a headless Service with Pod IPs, for an ExternalName with another name."
        }
        SocketKind::Endpoint => {
            "One line of an EndpointSlice: an address and a port that the Service sends to while it is ready."
        }
        SocketKind::PodIp => {
            "The address of one Pod, reachable from every Node and Pod. It goes when the Pod goes; a new Pod gets another."
        }
        SocketKind::ContainerPort => {
            "A port that a container declares. The declaration opens nothing: what counts is where the process listens."
        }
        SocketKind::External => {
            "A target outside the cluster. kubehop sees the address only, not whether anybody answers."
        }
        SocketKind::ExternalIp => {
            "An address of spec.externalIPs. kube-proxy takes packets for it on every Node; somebody else has to route them there."
        }
        SocketKind::LoadBalancerIp => {
            "The address that a load balancer gave to the Service. Inside the cluster kube-proxy usually answers for it at once."
        }
    },
    label: |kind, address, object| format!("{} {address}, {object}", (SOCKET.name)(kind)),
    label_state: |label, state| format!("{label}, {state}"),
    selected: "selected",
    on_path: "on the path",
};
