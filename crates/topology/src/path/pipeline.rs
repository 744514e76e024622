//! Runs the steps of a packet on one Node: claim, firewall, choose, policy, deliver.
//!
//! Each step ends the path with an evaluation or returns the input of the next step. A new connection of a proxy in the cluster (an Ingress
//! controller) is a separate packet that runs through all steps again.

use crate::path::answer::{Evaluation, Outcome, Reason, Remark};
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
    if found.iter().any(|evaluation| evaluation.outcome == Outcome::HostPort) {
        found.retain(|evaluation| !is_refused_by_filter(evaluation));
    }
    let mut evaluation = match found.pop() {
        Some(only) if found.is_empty() => only,
        last => {
            found.extend(last);
            ambiguous(packet, found)
        }
    };
    evaluation.remarks.extend(remark);
    evaluation
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

fn ambiguous(packet: Packet<'_>, alternatives: Vec<Evaluation>) -> Evaluation {
    Evaluation { alternatives, ..packet.ends(Outcome::Ambiguous, Reason::SeveralClaims) }
}
