//! How a row is doing, in a shape, a colour and a word or two.

use topology::facts::ServiceType;
use topology::graph::{Backing, Card, EndpointState, Group, Note};
use topology::health::{Readiness, Ready};
use topology::socket::Socket;

use super::Row;
use crate::text::Words;

/// Shape and colour of a readiness.
pub(super) fn mark(state: EndpointState) -> (&'static str, &'static str) {
    match state {
        EndpointState::Ready => ("i-ready", "tone-ok"),
        EndpointState::NotReady => ("i-unready", "tone-warn"),
        EndpointState::Terminating => ("i-ending", "tone-quiet"),
    }
}

/// Gives the row of a Service, or of one of its ports, its state.
pub(super) fn set(row: &mut Row, group: &Group, endpoints: &[&Socket], text: &Words) {
    let service = group.cards.iter().find_map(|card| match card {
        Card::Service { service_type, headless, readiness, .. } => Some((*service_type, *headless, *readiness)),
        _ => None,
    });
    let Some((service_type, headless, readiness)) = service else { return };
    let main = row.main.as_ref();
    let end = group.cards.iter().find_map(|card| match card {
        Card::End { outcome, note, ports, .. } if main.is_some_and(|main| ports.contains(main)) => {
            Some((*outcome, note))
        }
        _ => None,
    });
    let unknown = group.cards.iter().any(|card| matches!(card, Card::Note { note: Note::NotKnown, .. }));
    let mut backings = group.cards.iter().filter_map(|card| match card {
        Card::Endpoint { socket, backing, .. } if endpoints.contains(&socket) => Some(*backing),
        _ => None,
    });
    let outside = backings.next() == Some(Backing::Outside) && backings.all(|backing| backing == Backing::Outside);
    let (icon, tone, state) = match (end, service_type) {
        (Some((outcome, note)), _) => {
            row.why = note.as_ref().map(|note| text.note(note)).unwrap_or_default();
            ("i-error", "tone-bad", if outcome.delivered() { String::new() } else { outcome.as_str().to_owned() })
        }
        (None, ServiceType::ExternalName) => ("i-leave", "tone-ext", service_type.as_str().to_owned()),
        _ if unknown => ("i-unknown", "tone-quiet", text.note(&Note::NotKnown)),
        _ if outside => ("i-leave", "tone-ext", text.legend_outside()),
        _ => of_readiness(readiness, text),
    };
    if headless {
        row.why = text.card_dns_gives_pod_ips();
    }
    (row.icon, row.tone, row.state) = (icon, tone, state);
}

/// How many of how many are ready.
pub(super) fn of_readiness(readiness: Readiness, text: &Words) -> (&'static str, &'static str, String) {
    let of = text.ready_of(readiness);
    match readiness.ready() {
        Ready::Nothing => ("i-error", "tone-bad", text.card_no_endpoints()),
        Ready::All => ("i-ready", "tone-ok", of),
        Ready::Ending => ("i-ending", "tone-quiet", of),
        Ready::Some => ("i-warning", "tone-warn", of),
    }
}
