//! The state of a row: a shape, a colour, and one or two words.

use topology::cluster::facts::ServiceType;
use topology::graph::{Backing, EndPart, EndpointState, Note, PartId, Parts, Readiness, Ready, ServicePart, Severity};

use super::{Row, RowTone};
use crate::text::Words;

/// The state of a row.
pub(super) struct RowState {
    pub(super) icon: &'static str,
    pub(super) tone: RowTone,
    /// The state in one or two words.
    pub(super) words: String,
    /// The reasons and remarks of the state.
    pub(super) why: String,
    /// Whether packets end at the Service.
    pub(super) ends: bool,
}

impl RowState {
    fn new(icon: &'static str, tone: RowTone, words: String) -> Self {
        Self { icon, tone, words, why: String::new(), ends: false }
    }
}

impl Row {
    /// Sets the state of the row.
    pub(super) fn set_state(&mut self, state: RowState) {
        (self.icon, self.tone, self.state, self.why) = (state.icon, state.tone, state.words, state.why);
    }
}

/// Shape and colour of a readiness.
pub(super) fn mark(state: EndpointState) -> (&'static str, RowTone) {
    match state {
        EndpointState::Ready => ("i-ready", RowTone::Ok),
        EndpointState::NotReady => ("i-unready", RowTone::Warn),
        EndpointState::Terminating => ("i-ending", RowTone::Quiet),
    }
}

/// The state of a Service, or of one of its ports; `next` are the parts that it leads to.
pub(super) fn of_port(service: &ServicePart, main: PartId, next: &[PartId], parts: &Parts, text: &Words) -> RowState {
    let end = next.iter().find_map(|part| match part {
        PartId::End(n) => Some(&parts.ends[*n]),
        _ => None,
    });
    debug_assert!(end.is_none() || matches!(main, PartId::Port(_)), "only ports end");
    let mut backings = next.iter().filter_map(|part| match part {
        PartId::Endpoint(n) => Some(parts.endpoints[*n].backing),
        _ => None,
    });
    let outside = backings.next() == Some(Backing::Outside) && backings.all(|backing| backing == Backing::Outside);
    let mut state = match (end, service.service_type) {
        (Some(end), _) => of_end(end, text),
        (None, ServiceType::ExternalName) => {
            RowState::new("i-leave", RowTone::Outside, service.service_type.as_str().to_owned())
        }
        _ if parts.slices_unknown => RowState::new("i-unknown", RowTone::Quiet, text.note(&Note::NotKnown)),
        _ if outside => RowState::new("i-leave", RowTone::Outside, text.legend_outside()),
        _ => of_readiness(service.readiness, text),
    };
    match service.stopped.filter(|_| state.tone == RowTone::Ok) {
        Some(Severity::Error) => (state.icon, state.tone) = ("i-error", RowTone::Bad),
        Some(Severity::Warning) => (state.icon, state.tone) = ("i-warning", RowTone::Warn),
        None => {}
    }
    if service.headless {
        state.why = text.card_dns_gives_pod_ips();
    }
    state
}

fn of_end(end: &EndPart, text: &Words) -> RowState {
    let words = if end.outcome.delivered() { String::new() } else { end.outcome.as_str().to_owned() };
    let why = text.note(&Note::PortWithoutEndpoint(end.cause));
    RowState { why, ends: true, ..RowState::new("i-error", RowTone::Bad, words) }
}

/// The state of a number of endpoints or Pods, some of which are ready.
pub(super) fn of_readiness(readiness: Readiness, text: &Words) -> RowState {
    let of = text.ready_of(readiness);
    match readiness.ready() {
        Ready::Nothing => RowState { ends: true, ..RowState::new("i-error", RowTone::Bad, text.card_no_endpoints()) },
        Ready::All => RowState::new("i-ready", RowTone::Ok, of),
        Ready::Unread | Ready::None => RowState::new("i-error", RowTone::Bad, of),
        Ready::Ending => RowState::new("i-ending", RowTone::Quiet, of),
        Ready::Partial => RowState::new("i-warning", RowTone::Warn, of),
    }
}
