//! Builds the steps of a packet, with the header after each step and the component that acts.

use crate::path::answer::{
    EndpointHop, EndpointList, EntryKind, Hop, HopDestination, HopPlace, HopSource, HopStep, Outcome,
};
use crate::path::packet::Packet;

/// Maximum number of addresses that are all listed. If there are more, only the first is listed and the others are counted.
const LISTED: usize = 3;

fn node(packet: Packet<'_>) -> HopPlace {
    packet.node.map_or(HopPlace::EvaluationNode, |node| HopPlace::Node(node.to_owned()))
}

fn source(packet: Packet<'_>) -> HopSource {
    packet.source.ip.map_or(HopSource::SomePod, HopSource::Address)
}

/// The possible destinations of the packet after the step: all `count` of them, or the first few.
fn destination(first: &[&EndpointHop], count: usize) -> HopDestination {
    let listed = if count <= LISTED { first } else { &first[..1] };
    match listed {
        [only] if count == 1 => HopDestination::Port(only.ip, only.port),
        listed => HopDestination::OneOf {
            listed: listed.iter().map(|endpoint| (endpoint.ip, endpoint.port)).collect(),
            more: count - listed.len(),
        },
    }
}

/// The step with which a packet comes to the rules of a Node.
fn first(packet: Packet<'_>, at: HopPlace, step: HopStep) -> Hop {
    let dst = HopDestination::Port(packet.to.ip, packet.to.port.unwrap_or_default());
    Hop { at, step, src: Some(source(packet)), dst }
}

/// The first step. A Cluster IP is translated where the packet is sent, other addresses where it arrives.
fn entered(packet: Packet<'_>, kind: EntryKind) -> Hop {
    let step = if kind == EntryKind::ClusterIp { HopStep::Sent } else { HopStep::Arrives };
    first(packet, node(packet), step)
}

/// The steps of a packet that kube-proxy refuses or drops.
pub(crate) fn stopped(packet: Packet<'_>, kind: EntryKind, outcome: Outcome) -> Vec<Hop> {
    let step = if outcome == Outcome::Reject { HopStep::Refused } else { HopStep::Dropped };
    let first = entered(packet, kind);
    let stop = Hop { step, ..first.clone() };
    vec![first, stop]
}

/// The steps of a packet through kube-proxy. Endpoints whose packets have different headers get one alternative step each.
pub(crate) fn service(packet: Packet<'_>, kind: EntryKind, endpoints: &EndpointList) -> Vec<Hop> {
    let mut hops = vec![entered(packet, kind)];
    // Where it is not known whether the source is translated, there is no header to tell.
    for (masquerade, src) in [(true, HopSource::EgressIp(node(packet))), (false, source(packet))] {
        let (first, count) = endpoints.by_masquerade(masquerade, LISTED);
        if count > 0 {
            let dst = destination(&first, count);
            hops.push(Hop { at: node(packet), step: HopStep::Translated { masquerade }, src: Some(src), dst });
        }
    }
    hops
}

/// The steps of a packet through the CNI's mapping of a hostPort on the Node `host`.
pub(crate) fn host_port(packet: Packet<'_>, host: &str, endpoint: &EndpointHop) -> Vec<Hop> {
    let at = HopPlace::Node(host.to_owned());
    let map = Hop {
        at: at.clone(),
        step: HopStep::HostPortMapped,
        src: Some(source(packet)),
        dst: destination(&[endpoint], 1),
    };
    vec![first(packet, at, HopStep::Arrives), map]
}

/// The steps of a packet to a Pod IP.
pub(crate) fn direct(packet: Packet<'_>, endpoint: &EndpointHop) -> Vec<Hop> {
    let at = endpoint.node.clone().map_or(HopPlace::Destination, HopPlace::Node);
    let dst = match packet.to.port {
        Some(_) => HopDestination::Port(endpoint.ip, endpoint.port),
        None => HopDestination::Address(endpoint.ip),
    };
    vec![Hop { at, step: HopStep::Routed, src: None, dst }]
}
