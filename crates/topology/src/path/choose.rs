//! Chooses the endpoints of a claim by traffic policy, readiness, termination and hints, and decides whether the source is translated.

pub(crate) mod masquerade;

use std::net::IpAddr;
use std::rc::Rc;

use crate::cluster::facts::{PodFact, TrafficPolicy};
use crate::path::answer::{ChainRole, EntryKind, Evaluation, Outcome, Reason, RuleChain, TrafficPolicyField};
use crate::path::claim::{Claim, ServiceClaim};
use crate::path::endpoints::{Candidate, Reach};
use crate::path::firewall::Passed;
use crate::path::host_port::MappedHostPort;
use crate::path::packet::{Packet, Step};

/// The possible ends of a packet.
pub(crate) enum Chosen<'a> {
    /// One of these endpoints of a Service, through kube-proxy's rules.
    Endpoints {
        /// The claim.
        claim: ServiceClaim<'a>,
        /// The endpoints, in kube-proxy's order.
        endpoints: Rc<[Candidate<'a>]>,
        /// The chains that the packet has passed.
        rules: Vec<RuleChain>,
        /// Whether the Service's own rules mark the packet for masquerade.
        marked: bool,
    },
    /// One of these endpoints, to which kube-proxy's own listener connects.
    Listener(ServiceClaim<'a>, Rc<[Candidate<'a>]>),
    /// A Pod, through its hostPort: the CNI translates to this address.
    HostPort(MappedHostPort<'a>, IpAddr),
    /// A Pod, through its own address.
    Pod(&'a PodFact),
}

/// Chooses the endpoints of a claim. Ends the path if a Service has none for this packet.
pub(crate) fn choose<'a>(packet: Packet<'a>, passed: Passed<'a>) -> Step<Chosen<'a>> {
    match passed.claim {
        Claim::ServicePort(claim, reach) => among(packet, claim, &reach, passed.through_firewall),
        Claim::Listener(claim, endpoints) => Step::Continue(Chosen::Listener(claim, endpoints)),
        Claim::HostPort(mapped, ip) => Step::Continue(Chosen::HostPort(mapped, ip)),
        Claim::Pod(pod) => Step::Continue(Chosen::Pod(pod)),
    }
}

/// Chooses among the endpoints of a Service port (reference §2.1, §2.3).
fn among<'a>(
    packet: Packet<'a>,
    claim: ServiceClaim<'a>,
    reach: &Reach<'a>,
    through_firewall: bool,
) -> Step<Chosen<'a>> {
    if !reach.any {
        return Step::Break(refused(packet, claim));
    }
    let is_cluster_ip = claim.kind == EntryKind::ClusterIp;
    // Traffic from inside the cluster to an external address ignores the Local policy (reference §2.3).
    let inside = !is_cluster_ip && (packet.is_from_pod() == Some(true) || packet.is_from_host());
    let local = claim.traffic_policy() == TrafficPolicy::Local && !inside;
    let mut rules: Vec<RuleChain> = Vec::new();
    if through_firewall {
        rules.push(claim.chain(packet, ChainRole::Firewall));
    }
    if !is_cluster_ip {
        rules.push(claim.chain(packet, ChainRole::External));
    }
    let chosen = if local { &reach.local } else { &reach.cluster };
    if chosen.is_empty() {
        return Step::Break(dropped(packet, claim, rules));
    }
    rules.push(claim.chain(packet, if local { ChainRole::Local } else { ChainRole::Cluster }));
    let marked = masquerade::is_marked(packet, &claim);
    Step::Continue(Chosen::Endpoints { claim, endpoints: chosen.clone(), rules, marked })
}

fn refused(packet: Packet<'_>, claim: ServiceClaim<'_>) -> Evaluation {
    claim.stopped(packet, Outcome::Reject, Reason::NoReadyEndpoint { service: claim.service.key() })
}

fn dropped(packet: Packet<'_>, claim: ServiceClaim<'_>, rules: Vec<RuleChain>) -> Evaluation {
    let policy = match claim.kind {
        EntryKind::ClusterIp => TrafficPolicyField::InternalTrafficPolicy,
        _ => TrafficPolicyField::ExternalTrafficPolicy,
    };
    Evaluation { rules, ..claim.stopped(packet, Outcome::Drop, Reason::NoLocalEndpoint { policy }) }
}
