//! The steps of a packet, for people: header before and after, and who acts.

use std::net::IpAddr;

use super::Destination;
use super::place::Place;
use crate::address::ip_port;
use crate::trace::{EndpointHop, EntryKind, Hop};

fn source(place: &Place) -> String {
    place.ip.map_or_else(|| "a Pod".to_owned(), any_port)
}

fn any_port(ip: IpAddr) -> String {
    if ip.is_ipv6() { format!("[{ip}]:*") } else { format!("{ip}:*") }
}

fn destination(to: Destination) -> String {
    ip_port(to.ip, to.port.unwrap_or_default())
}

/// Every address that the packet may have afterwards; many are counted, not listed.
fn targets(endpoints: &[&EndpointHop]) -> String {
    match endpoints {
        [] => String::new(),
        some if some.len() <= 3 => some.iter().map(|hop| hop.address()).collect::<Vec<_>>().join(" or "),
        [first, rest @ ..] => format!("{} or one of {} more", first.address(), rest.len()),
    }
}

fn arrival(node: &str, place: &Place, to: Destination) -> Hop {
    Hop {
        at: node.to_owned(),
        component: "network".to_owned(),
        what: format!("arrives at {node}"),
        src: source(place),
        dst: destination(to),
    }
}

/// How a packet comes to the rules: a Cluster IP is translated where the packet is sent, other addresses where it arrives.
fn first(node: &str, place: &Place, to: Destination, kind: EntryKind) -> Hop {
    let arrival = arrival(node, place, to);
    match kind {
        EntryKind::ClusterIp => Hop { what: format!("sent on {node}"), component: "client".to_owned(), ..arrival },
        _ => arrival,
    }
}

/// Stopped by kube-proxy; `what` is `reject` or `drop`.
pub(super) fn stopped(node: Option<&str>, place: &Place, to: Destination, kind: EntryKind, what: &str) -> Vec<Hop> {
    let node = node.unwrap_or("the Node");
    let first = first(node, place, to, kind);
    let stop = Hop { component: format!("kube-proxy on {node}"), what: what.to_owned(), ..first.clone() };
    vec![first, stop]
}

/// Through kube-proxy.
pub(super) fn service(
    node: Option<&str>,
    place: &Place,
    to: Destination,
    kind: EntryKind,
    endpoints: &[EndpointHop],
) -> Vec<Hop> {
    let node = node.unwrap_or("the Node");
    let first = first(node, place, to, kind);
    // Endpoints whose packets differ in their header have a step each: one of them happens.
    let (hidden, kept): (Vec<&EndpointHop>, Vec<&EndpointHop>) =
        endpoints.iter().partition(|endpoint| endpoint.masquerade == Some(true));
    let translate = |what: &str, src: String, endpoints: &[&EndpointHop]| Hop {
        at: node.to_owned(),
        component: format!("kube-proxy on {node}"),
        what: what.to_owned(),
        src,
        dst: targets(endpoints),
    };
    let mut hops = vec![first];
    if !hidden.is_empty() {
        hops.push(translate("dnat+masquerade", format!("{node}, egress IP"), &hidden));
    }
    if !kept.is_empty() {
        hops.push(translate("dnat", source(place), &kept));
    }
    hops
}

/// Through the CNI's mapping of hostPorts.
pub(super) fn host_port(node: &str, place: &Place, to: Destination, endpoints: &[EndpointHop]) -> Vec<Hop> {
    let map = Hop {
        at: node.to_owned(),
        component: "CNI portmap".to_owned(),
        what: "dnat".to_owned(),
        src: source(place),
        dst: targets(&endpoints.iter().collect::<Vec<_>>()),
    };
    vec![arrival(node, place, to), map]
}

/// Straight to a Pod.
pub(super) fn direct(endpoint: &EndpointHop, to: Destination) -> Vec<Hop> {
    vec![Hop {
        at: endpoint.node.clone().unwrap_or_default(),
        component: "CNI".to_owned(),
        what: "routed, not translated".to_owned(),
        src: String::new(),
        dst: if to.port.is_some() { endpoint.address() } else { endpoint.ip.to_string() },
    }]
}
