//! The server's answer to the page's question, compared with the page's own answer (design §1.3).
//!
//! A page that holds some namespaces does not know the Services and Pods of the others. The server does, so the page sends it the same
//! question.

#[cfg(test)]
mod tests;

use std::net::IpAddr;

use leptos::prelude::*;
use topology::cluster::address::ip_port;
use topology::cluster::key::ObjectKey;
use topology::path::answer::{DnsRecord, Evaluation, Outcome, Rcode};
use topology::path::question::Source;
use topology::picture::Light;

use crate::browser::{Fetch, fetch};
use crate::conn::{EvaluationOutline, OutlineCall, Query, TraceCall, TraceOutline};
use crate::live::Live;
use crate::model::Model;
use crate::question::Answer;
use crate::text::{Words, language, text};
/// The server's answer in comparison with the page's, where the page does not hold all namespaces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ServerAnswer {
    /// The server was not asked, or has not answered yet.
    #[default]
    NotAsked,
    /// The server's answer is the same as the page's.
    Same,
    /// The server's answer differs. Each item is the DNS answer or one destination's outcome, and the resolver's reason.
    Differs(Vec<(String, String)>),
}

/// A question to the server, and the page's own answer.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ServerQuestion {
    context: Option<String>,
    from: String,
    to: String,
    page_answer: Compared,
}

/// The parts of an answer that are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Compared {
    /// The RCODE and the values of the records.
    dns: Option<(Rcode, Vec<String>)>,
    evaluations: Vec<ComparedEvaluation>,
}

/// The parts of an evaluation that are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ComparedEvaluation {
    outcome: Outcome,
    service: Option<ObjectKey>,
    endpoints: Vec<(IpAddr, u16)>,
    alternatives: Vec<ComparedEvaluation>,
}

impl ComparedEvaluation {
    fn of_evaluation(one: &Evaluation) -> Self {
        Self {
            outcome: one.outcome,
            service: one.entry.as_ref().and_then(|entry| entry.service.clone()),
            endpoints: one.endpoints.iter().map(|hop| (hop.ip, hop.port)).collect(),
            alternatives: one.alternatives.iter().map(Self::of_evaluation).collect(),
        }
    }

    fn of_outline(one: &EvaluationOutline) -> Self {
        Self {
            outcome: one.outcome,
            service: one.entry.as_ref().and_then(|entry| entry.service.clone()),
            endpoints: one.endpoints.iter().map(|endpoint| (endpoint.ip, endpoint.port)).collect(),
            alternatives: one.alternatives.iter().map(Self::of_outline).collect(),
        }
    }
}

impl Compared {
    fn of_light(light: &Light) -> Self {
        let evaluations = light.evaluations.iter().map(ComparedEvaluation::of_evaluation);
        let dns = light.dns.as_ref().map(|answer| dns(answer.rcode, &answer.records));
        Self { dns, evaluations: evaluations.collect() }
    }

    fn of_outline(outline: &TraceOutline) -> Self {
        let evaluations = outline.evaluations.iter().map(ComparedEvaluation::of_outline);
        let dns = outline.dns.as_ref().map(|answer| dns(answer.rcode, &answer.records));
        Self { dns, evaluations: evaluations.collect() }
    }
}

fn dns(rcode: Rcode, records: &[DnsRecord]) -> (Rcode, Vec<String>) {
    (rcode, records.iter().map(|record| record.value.clone()).collect())
}

impl ServerQuestion {
    /// The question whose answer is lit, if other namespaces can change that answer.
    fn of(query: &Query, light: &Light, some_pod: impl FnOnce() -> Option<ObjectKey>) -> Option<Self> {
        query.held()?;
        // A selected address that the page knows belongs to no object of another namespace.
        if light.to.is_none() && light.source == Some(Source::AnyPod) {
            return None;
        }
        let (from, to) = packet(light, some_pod)?;
        Some(Self { context: query.context.clone(), from, to, page_answer: Compared::of_light(light) })
    }
}

/// The source and destination of the one packet whose path is lit, as texts for the server. If the source is any Pod, `some_pod` gives
/// the Pod that is named.
pub fn packet(light: &Light, some_pod: impl FnOnce() -> Option<ObjectKey>) -> Option<(String, String)> {
    let to = match &light.to {
        Some(to) => to.to_string(),
        None => {
            let first = light.evaluations.first()?.to.as_ref()?;
            let only = light.evaluations.iter().all(|other| other.to.as_ref() == Some(first));
            only.then(|| first.to_string())?
        }
    };
    let from = match light.source.clone()? {
        Source::AnyPod => Source::Pod(some_pod()?),
        from => from,
    };
    Some((from.to_string(), to))
}

/// Asks the server whenever the question or the page's own answer changes.
pub fn follow(live: Live, query: Memo<Query>, answer: Memo<Answer>) -> RwSignal<ServerAnswer> {
    let server_answer = RwSignal::new(ServerAnswer::NotAsked);
    let question = Memo::new(move |_| {
        let light = answer.read().light.clone()?;
        ServerQuestion::of(&query.read(), &light, || live.model.with_value(Model::some_pod))
    });
    let words = text();
    Effect::new(move |before: Option<Option<Fetch>>| {
        drop(before);
        server_answer.set(ServerAnswer::NotAsked);
        let question = question.get()?;
        let packet = TraceCall { context: question.context.as_deref(), from: &question.from, to: &question.to };
        let call = OutlineCall { packet, lang: language().code() };
        Some(fetch(&call, move |answer| {
            // Without an answer of the server, the page keeps its own and the remark on what it assumes.
            if let Ok(outline) = answer {
                server_answer.set(compared(&question.page_answer, &outline, words));
            }
        }))
    });
    server_answer
}

/// Compares the server's answer with the page's own.
fn compared(page_answer: &Compared, outline: &TraceOutline, words: &Words) -> ServerAnswer {
    if Compared::of_outline(outline) == *page_answer {
        return ServerAnswer::Same;
    }
    let dns = outline.dns.as_ref().map(|answer| dns(answer.rcode, &answer.records)).map(|(rcode, values)| {
        let answer: Vec<String> = std::iter::once(format!("DNS: {rcode}")).chain(values).collect();
        (answer.join(" "), String::new())
    });
    let evaluations = outline.evaluations.iter().map(|one| {
        let endpoints: Vec<String> = one.endpoints.iter().map(|endpoint| ip_port(endpoint.ip, endpoint.port)).collect();
        let to = if endpoints.is_empty() { String::new() } else { format!(" → {}", endpoints.join(", ")) };
        (format!("{}{to}", words.outcome_and_arrival_short(one.outcome, one.arrival())), format!("({})", one.reason))
    });
    let mut lines: Vec<(String, String)> = dns.into_iter().chain(evaluations).collect();
    lines.dedup();
    ServerAnswer::Differs(lines)
}
