//! Texts in the picture.

use topology::graph::{EndpointState, Note};
use topology::health::Trouble;
use topology::socket::SocketKind;
use topology::trace::Outcome;

/// On the cards, and beside wires.
#[expect(missing_docs, reason = "named after the text; `english` shows each one")]
pub struct CardWords {
    pub outside: &'static str,
    pub any_client: &'static str,
    pub port: &'static str,
    pub target_port: &'static str,
    pub port_not_mapped: &'static str,
    pub dns_gives_pod_ips: &'static str,
    pub headless: &'static str,
    pub no_cluster_ip: &'static str,
    pub dns_only: &'static str,
    /// The second line of an outside card: a manual endpoint, an ExternalName's target.
    pub outside_unchecked: &'static str,
    pub outside_dns: &'static str,
    /// The readiness of an endpoint or Pod.
    pub state: fn(EndpointState) -> &'static str,
    /// An endpoint without a Pod.
    pub ready_unchecked: &'static str,
    pub no_endpoints: &'static str,
    pub no_selector: &'static str,
    pub endpoints: fn(usize) -> String,
    pub pods: fn(usize) -> String,
    pub ports: fn(usize) -> String,
    /// How many of how many.
    pub ready_of: fn(usize, usize) -> String,
    pub ready: fn(usize) -> String,
    /// The two lines of the card where a path is stopped: the outcome, and what a client sees of it.
    pub end: fn(Outcome) -> (&'static str, &'static str),
    pub note: fn(&Note) -> String,
    /// What is wrong with a Service or a Pod, in a few words.
    pub trouble: fn(&Trouble) -> String,
    pub not_declared: &'static str,
    pub no_ip: &'static str,
    /// An endpoint names a Pod that is not there, or that may not be seen.
    pub pod_not_known: &'static str,
    /// After a slice's name: who writes it.
    pub by_hand: &'static str,
    pub mirrored: &'static str,
    pub managed_by: fn(&str) -> String,
    pub any_of_nodes: fn(usize) -> String,
    /// Nodes beyond those that are listed.
    pub more_nodes: fn(usize) -> String,
    /// Behind an endpoint on a Node's own address.
    pub node_process: fn(&str) -> String,
    pub showing_nodes: fn(usize, usize) -> String,
    pub nodes: fn(usize) -> String,
    pub node_ready: &'static str,
    pub node_not_ready: &'static str,
    pub all_nodes_ready: &'static str,
    pub nodes_not_ready: fn(usize) -> String,
    /// Before a Node's Pod CIDR.
    pub pod_cidr: &'static str,
    /// After the name of a namespace: Services and Pods.
    pub namespace_counts: fn(usize, usize) -> String,
    pub pods_without_service: &'static str,
    pub rules_evaluated_here: &'static str,
}

/// What a socket is.
#[expect(missing_docs, reason = "named after the text; `english` shows each one")]
pub struct SocketWords {
    /// Its kind, as on cards and in the inspector.
    pub name: fn(SocketKind) -> &'static str,
    /// One or two plain sentences for somebody who meets the word for the first time.
    pub sentence: fn(SocketKind) -> &'static str,
    /// For a screen reader: kind, address, and the object that it belongs to.
    pub label: fn(SocketKind, &str, &str) -> String,
    /// Appended to the label: the socket's readiness.
    pub label_state: fn(&str, &str) -> String,
    pub selected: &'static str,
    pub on_path: &'static str,
}
