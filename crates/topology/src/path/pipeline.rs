//! The steps of a packet on one Node: claim, firewall, choose, policy, deliver.
//!
//! Each step ends the path with an evaluation, or goes on with what it found. A connection that a proxy in the cluster opens anew (a URL
//! that an Ingress takes) is a packet of its own, and runs through all of them again.

use crate::path::answer::{Evaluation, Outcome, Reason};
use crate::path::claim::{Claimed, claims};
use crate::path::packet::{Packet, Step};
use crate::path::{choose, deliver, firewall, policy};

/// What happens to the packet on its Node.
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

/// One claim, through the steps that come after it.
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
