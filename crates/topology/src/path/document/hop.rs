//! Steps in the form of the JSON contract: in English, whatever the language of the sentences.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::cluster::address::ip_port;
use crate::path::answer::{Hop, HopDestination, HopPlace, HopSource, HopStep};

/// One step of a packet.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct HopDocument {
    /// The place: a Node, or `client`.
    pub at: String,
    /// The component that acts.
    pub component: String,
    /// The action.
    pub what: String,
    /// The header's source after the step.
    pub src: String,
    /// The header's destination after the step.
    pub dst: String,
}

impl HopDocument {
    /// The step in the form of the contract.
    pub fn new(hop: &Hop) -> Self {
        let at = place(&hop.at);
        let (component, what) = match &hop.step {
            HopStep::LookedUp { name, ip } => ("DNS".to_owned(), format!("{name} is {ip}")),
            HopStep::Sent => ("client".to_owned(), format!("sent on {at}")),
            HopStep::Arrives => ("network".to_owned(), format!("arrives at {at}")),
            HopStep::Refused => (format!("kube-proxy on {at}"), "reject".to_owned()),
            HopStep::Dropped => (format!("kube-proxy on {at}"), "drop".to_owned()),
            HopStep::Translated { masquerade: true } => (format!("kube-proxy on {at}"), "dnat+masquerade".to_owned()),
            HopStep::Translated { masquerade: false } => (format!("kube-proxy on {at}"), "dnat".to_owned()),
            HopStep::HostPortMapped => ("CNI portmap".to_owned(), "dnat".to_owned()),
            HopStep::Routed => ("CNI".to_owned(), "routed, not translated".to_owned()),
        };
        let src = match &hop.src {
            Some(HopSource::Address(ip)) => any_port(*ip),
            Some(HopSource::SomePod) => "a Pod".to_owned(),
            Some(HopSource::EgressIp(node)) => format!("{}, egress IP", place(node)),
            None => String::new(),
        };
        let dst = match &hop.dst {
            HopDestination::Address(ip) => ip.to_string(),
            HopDestination::Port(ip, port) => ip_port(*ip, *port),
            HopDestination::OneOf { listed, more } => one_of(listed, *more),
        };
        Self { at, component, what, src, dst }
    }
}

fn place(place: &HopPlace) -> String {
    match place {
        HopPlace::Node(name) => name.clone(),
        HopPlace::EvaluationNode => "the Node".to_owned(),
        HopPlace::Client => "client".to_owned(),
        HopPlace::Destination => String::new(),
    }
}

fn any_port(ip: IpAddr) -> String {
    if ip.is_ipv6() { format!("[{ip}]:*") } else { format!("{ip}:*") }
}

fn one_of(listed: &[(IpAddr, u16)], more: usize) -> String {
    let listed = listed.iter().map(|(ip, port)| ip_port(*ip, *port)).collect::<Vec<_>>().join(" or ");
    if more == 0 { listed } else { format!("{listed} or one of {more} more") }
}
