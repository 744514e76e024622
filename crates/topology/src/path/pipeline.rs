//! Runs the steps of a packet on one Node: claim, firewall, choose, policy, deliver.
//!
//! Each step ends the path with an evaluation or returns the input of the next step. A new connection of a proxy in the cluster (an Ingress
//! controller) is a separate packet that runs through all steps again.

use crate::cluster::key::Kind;
use crate::cluster::settings::Backend;
use crate::path::answer::{EntryKind, Evaluation, Outcome, Reason, Remark, TrafficPolicyField};
use crate::path::claim::{Claimed, Claims, before_filter, claims};
use crate::path::packet::{Packet, Step};
use crate::path::{choose, deliver, firewall, policy};

/// Evaluates the packet on its Node.
pub(crate) fn evaluate(packet: Packet<'_>) -> Evaluation {
    let claims = match claims(packet) {
        Step::Break(end) => return end,
        Step::Continue(claims) => claims,
    };
    let (mut found, mut remark) = followed(claims);
    if let Some(refusal) = found.first().filter(|_| found.iter().all(is_refused_by_filter)) {
        match before_filter(packet, refusal.node.as_deref()) {
            Step::Break(end) => return end,
            Step::Continue(claims) => {
                let (mapped, assumption) = followed(claims);
                if !mapped.is_empty() {
                    remark = assumption;
                }
                found.extend(mapped);
            }
        }
    }
    let mut evaluation = decided(packet, found);
    evaluation.remarks.extend(remark);
    evaluation
}

/// The evaluation of a packet with these evaluations of its claims.
fn decided(packet: Packet<'_>, mut found: Vec<Evaluation>) -> Evaluation {
    let several = found.len() > 1;
    if found.iter().any(|evaluation| evaluation.outcome == Outcome::HostPort) {
        found.retain(|evaluation| !is_refused_by_filter(evaluation));
    }
    if found.iter().any(is_translated) {
        found.retain(|evaluation| !yields(packet, evaluation));
    }
    let delivering = found.iter().filter(|evaluation| evaluation.outcome.delivered()).count();
    let not_known = found.iter().position(|evaluation| evaluation.outcome == Outcome::Unknown);
    match (found.len(), not_known) {
        // A Service that is not known can claim the address too.
        (1, None) if several && !packet.knows_all(Kind::Service) => packet.unknown(Reason::OtherServicesNotKnown),
        (1, _) => found.remove(0),
        // A claim that is not known may yield, or be the one to which others yield.
        (_, Some(not_known)) if delivering < 2 => found.swap_remove(not_known),
        _ => ambiguous(packet, found),
    }
}

/// The evaluation of each claim, and the remark about all of them.
fn followed(claims: Claims<'_>) -> (Vec<Evaluation>, Option<Remark>) {
    (claims.claimed.into_iter().map(follow).collect(), claims.remark)
}

/// Whether kube-proxy does not translate the packet, and its filter or its own listener takes what is still addressed to the Node. A packet
/// that a hostPort maps never gets there (docs/fidelity.md, F7).
fn is_refused_by_filter(evaluation: &Evaluation) -> bool {
    matches!(
        evaluation.because,
        Reason::NoReadyEndpoint { .. }
            | Reason::NoLocalEndpoint { .. }
            | Reason::NodePortRefused { .. }
            | Reason::NodePortDropped { .. }
            | Reason::LoopbackNodePortRefused { .. }
            | Reason::KubeProxyListener
    )
}

/// Runs the steps after `claim` for one claim.
fn follow(Claimed { packet, claim }: Claimed<'_>) -> Evaluation {
    let steps = || {
        let passed = firewall::filter(packet, claim?)?;
        let chosen = choose::choose(packet, passed)?;
        let allowed = policy::check(packet, chosen)?;
        Step::Continue(deliver::deliver(packet, allowed))
    };
    match steps() {
        Step::Break(evaluation) | Step::Continue(evaluation) => evaluation,
    }
}

/// Whether a Service translates the packet by the address that it has.
fn is_translated(evaluation: &Evaluation) -> bool {
    evaluation.outcome == Outcome::Endpoints && is_by_address(evaluation)
}

fn is_by_address(evaluation: &Evaluation) -> bool {
    let kind = evaluation.entry.as_ref().map(|entry| entry.kind);
    matches!(kind, Some(EntryKind::ClusterIp | EntryKind::ExternalIp | EntryKind::LoadBalancerIp))
}

/// Whether a Service that claims the address has only filter rules for it. They match after the translation, so that another Service that
/// claims it too and translates the packet wins. Under iptables a chain without endpoints for the packet returns to the next Service's rule;
/// nftables has one entry for both (`proxier.go` of both).
fn yields(packet: Packet<'_>, evaluation: &Evaluation) -> bool {
    let iptables = packet.cluster.settings.backend() == Backend::Iptables;
    is_by_address(evaluation)
        && match evaluation.because {
            Reason::NoReadyEndpoint { .. }
            | Reason::NoLocalEndpoint { policy: TrafficPolicyField::InternalTrafficPolicy } => true,
            Reason::NoLocalEndpoint { .. } | Reason::SourceNotInRanges { .. } => iptables,
            _ => false,
        }
}

fn ambiguous(packet: Packet<'_>, alternatives: Vec<Evaluation>) -> Evaluation {
    Evaluation { alternatives, ..packet.ends(Outcome::Ambiguous, Reason::SeveralClaims) }
}
