//! Endpoints that several EndpointSlices list differently, so that kube-proxy may use either (reference §1.3).

use std::net::IpAddr;

use crate::cluster::key::ObjectKey;
use crate::path::answer::{EndpointHop, Evaluation, Outcome, Reason};
use crate::path::claim::{ServiceClaim, by_node_port};
use crate::path::endpoints::DuplicateChoice;
use crate::path::packet::Packet;
use crate::path::pipeline::evaluate;

/// The duplicates among the endpoints of the Services that a packet can reach.
pub(crate) struct Duplicates {
    service: ObjectKey,
    ip: IpAddr,
    port: u16,
    choices: Vec<DuplicateChoice>,
    considers_all_choices: bool,
}

impl Duplicates {
    /// The duplicates of the Services that claim the destination by address or by nodePort; `None` if there are none.
    pub(crate) fn of<'a>(packet: Packet<'a>, by_address: &[ServiceClaim<'a>]) -> Option<Self> {
        let claims = by_address.iter().copied().chain(by_node_port(packet.cluster, packet.to));
        let found = claims.filter_map(|claim| {
            let endpoints = packet.endpoints(claim.service, claim.port);
            let first = endpoints.duplicates().first()?;
            Some(Self {
                service: claim.service.key(),
                ip: first.ip,
                port: first.port,
                choices: endpoints.choices().to_vec(),
                considers_all_choices: endpoints.considers_all_choices(),
            })
        });
        found.reduce(|one, other| if one.choices.len() < other.choices.len() { other } else { one })
    }

    /// The evaluation with every choice among the duplicates, or else AMBIGUOUS with each. It is AMBIGUOUS too if there are choices that are not
    /// considered.
    fn each(&self, packet: Packet<'_>) -> Evaluation {
        let mut different: Vec<Evaluation> = Vec::new();
        for choice in &self.choices {
            let evaluation = evaluate(Packet { duplicates: *choice, ..packet });
            if !different.iter().any(|known| are_alike(known, &evaluation)) {
                different.push(evaluation);
            }
        }
        if different.len() == 1 && self.considers_all_choices {
            return different.remove(0);
        }
        let because = Reason::DuplicateEndpoint { service: self.service.clone(), ip: self.ip, port: self.port };
        Evaluation { alternatives: different, ..packet.ends(Outcome::Ambiguous, because) }
    }
}

/// Evaluates the packet on its Node, with each choice among the duplicates.
pub(crate) fn evaluate_each(packet: Packet<'_>, duplicates: Option<&Duplicates>) -> Evaluation {
    duplicates.map_or_else(|| evaluate(packet), |duplicates| duplicates.each(packet))
}

/// Whether packets end alike. The Pods and slices that stand for an endpoint make no difference to them.
fn are_alike(one: &Evaluation, other: &Evaluation) -> bool {
    let shape = |hop: &EndpointHop| (hop.ip, hop.port, hop.masquerade, hop.asymmetric_return, hop.delivered);
    one.outcome == other.outcome
        && one.entry == other.entry
        && one.endpoints.iter().map(shape).eq(other.endpoints.iter().map(shape))
        && one.alternatives.len() == other.alternatives.len()
        && one.alternatives.iter().zip(&other.alternatives).all(|(one, other)| are_alike(one, other))
}
