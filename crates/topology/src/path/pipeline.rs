//! Runs the steps of a packet on one Node: claim, firewall, choose, policy, deliver.
//!
//! Each step ends the path with an evaluation or returns the input of the next step. A new connection of a proxy in the cluster (an Ingress
//! controller) is a separate packet that runs through all steps again.

use crate::path::answer::{Evaluation, Outcome, Reason};
use crate::path::claim::{Claimed, claims};
use crate::path::packet::{Packet, Step};
use crate::path::{choose, deliver, firewall, policy};

/// Evaluates the packet on its Node.
pub(crate) fn evaluate(packet: Packet<'_>) -> Evaluation {
    let claims = match claims(packet) {
        Step::Break(end) => return end,
        Step::Continue(claims) => claims,
    };
    let mut found: Vec<Evaluation> = claims.claimed.into_iter().map(follow).collect();
    let mut evaluation = match found.pop() {
        Some(only) if found.is_empty() => only,
        last => {
            found.extend(last);
            ambiguous(packet, found)
        }
    };
    evaluation.remarks.extend(claims.remark);
    evaluation
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
