//! The server's answer to the page's question, compared with the page's own answer (design §1.3).
//!
//! A page that holds some namespaces does not know the Services and Pods of the others. The server does, so the page sends it the same
//! question.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use leptos::prelude::*;
use topology::cluster::address::ip_port;
use topology::cluster::key::ObjectKey;
use topology::path::answer::{DnsRecord, Evaluation, Outcome, Rcode, ShortenedLists};
use topology::path::document::{EvaluationOutline, TraceOutline};
use topology::path::question::Source;
use topology::picture::Light;

use crate::browser::{Fetch, fetch};
use crate::conn::{OutlineCall, Query, TraceCall};
use crate::live::Live;
use crate::model::Model;
use crate::question::Answer;
use crate::text::{Words, language, text};

/// Maximum number of endpoints that are listed of an outcome.
const LISTED: usize = 20;

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
    /// The different lists of addresses and ports, in the order of the evaluations.
    lists: Vec<Vec<(IpAddr, u16)>>,
    evaluations: Vec<ComparedEvaluation>,
}

/// The parts of an evaluation that are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ComparedEvaluation {
    outcome: Outcome,
    service: Option<ObjectKey>,
    /// The index of its list of endpoints.
    list: usize,
    alternatives: Vec<ComparedEvaluation>,
}

/// The different lists of addresses and ports of an answer. Evaluations of many Nodes share one.
#[derive(Default)]
struct Lists(BTreeMap<Vec<(IpAddr, u16)>, usize>);

impl Lists {
    fn index(&mut self, list: Vec<(IpAddr, u16)>) -> usize {
        let next = self.0.len();
        *self.0.entry(list).or_insert(next)
    }

    fn in_order(self) -> Vec<Vec<(IpAddr, u16)>> {
        let mut lists: Vec<_> = self.0.into_iter().collect();
        lists.sort_by_key(|(_, index)| *index);
        lists.into_iter().map(|(list, _)| list).collect()
    }
}

/// An evaluation of the page's answer or of the server's.
trait Comparable: Sized {
    fn outcome(&self) -> Outcome;
    fn service(&self) -> Option<ObjectKey>;
    /// The listed endpoints.
    fn endpoints(&self) -> Vec<(IpAddr, u16)>;
    fn alternatives(&self) -> &[Self];
}

impl Comparable for Evaluation {
    fn outcome(&self) -> Outcome {
        self.outcome
    }

    fn service(&self) -> Option<ObjectKey> {
        self.entry.as_ref()?.service.clone()
    }

    fn endpoints(&self) -> Vec<(IpAddr, u16)> {
        self.endpoints.iter().map(|hop| (hop.ip, hop.port)).collect()
    }

    fn alternatives(&self) -> &[Self] {
        &self.alternatives
    }
}

impl Comparable for EvaluationOutline {
    fn outcome(&self) -> Outcome {
        self.outcome
    }

    fn service(&self) -> Option<ObjectKey> {
        self.entry.as_ref()?.service.clone()
    }

    fn endpoints(&self) -> Vec<(IpAddr, u16)> {
        self.endpoints.iter().map(|endpoint| (endpoint.ip, endpoint.port)).collect()
    }

    fn alternatives(&self) -> &[Self] {
        &self.alternatives
    }
}

/// The parts of evaluations that are compared. `same_as` is the earlier evaluation whose endpoints stand for those of one with this index or,
/// with a second index, for those of an alternative.
fn all<E: Comparable>(
    evaluations: &[E],
    lists: &mut Lists,
    same_as: impl Fn(usize, Option<usize>) -> Option<usize>,
) -> Vec<ComparedEvaluation> {
    let mut all: Vec<ComparedEvaluation> = Vec::new();
    for (n, whole) in evaluations.iter().enumerate() {
        let own = same_as(n, None).and_then(|earlier| all.get(earlier)).map(|earlier| earlier.list);
        let alternatives = whole.alternatives().iter().enumerate().map(|(k, alternative)| {
            let earlier = same_as(n, Some(k)).and_then(|earlier| all.get(earlier)?.alternatives.get(k));
            let list = earlier.map(|earlier| earlier.list);
            let deeper = all_of(alternative.alternatives(), lists);
            one(alternative, list, deeper, lists)
        });
        let alternatives = alternatives.collect();
        let whole = one(whole, own, alternatives, lists);
        all.push(whole);
    }
    all
}

/// The same of alternatives of alternatives, each of which lists its endpoints.
fn all_of<E: Comparable>(evaluations: &[E], lists: &mut Lists) -> Vec<ComparedEvaluation> {
    let deep = |evaluation: &E| {
        let deeper = all_of(evaluation.alternatives(), lists);
        one(evaluation, None, deeper, lists)
    };
    evaluations.iter().map(deep).collect()
}

fn one<E: Comparable>(
    evaluation: &E,
    list: Option<usize>,
    alternatives: Vec<ComparedEvaluation>,
    lists: &mut Lists,
) -> ComparedEvaluation {
    let list = list.unwrap_or_else(|| lists.index(evaluation.endpoints()));
    ComparedEvaluation { outcome: evaluation.outcome(), service: evaluation.service(), list, alternatives }
}

impl Compared {
    fn of_light(light: &Light) -> Self {
        let mut lists = Lists::default();
        let shared = ShortenedLists::of(&light.evaluations, 0);
        let evaluations = all(&light.evaluations, &mut lists, |n, alternative| shared.same_as(n, alternative));
        let dns = light.dns.as_ref().map(|answer| dns(answer.rcode, &answer.records));
        Self { dns, lists: lists.in_order(), evaluations }
    }

    fn of_outline(outline: &TraceOutline) -> Self {
        let mut lists = Lists::default();
        let same_as = |n: usize, alternative: Option<usize>| {
            let whole = outline.evaluations.get(n)?;
            alternative.map_or(Some(whole), |k| whole.alternatives.get(k))?.same_as
        };
        let evaluations = all(&outline.evaluations, &mut lists, same_as);
        let dns = outline.dns.as_ref().map(|answer| dns(answer.rcode, &answer.records));
        Self { dns, lists: lists.in_order(), evaluations }
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
    let server_answer = Compared::of_outline(outline);
    if server_answer == *page_answer {
        return ServerAnswer::Same;
    }
    let dns = outline.dns.as_ref().map(|answer| dns(answer.rcode, &answer.records)).map(|(rcode, values)| {
        let answer: Vec<String> = std::iter::once(format!("DNS: {rcode}")).chain(values).collect();
        (answer.join(" "), String::new())
    });
    let evaluations = outline.evaluations.iter().zip(&server_answer.evaluations).zip(outline.arrivals());
    let evaluations = evaluations.map(|((one, compared), arrival)| {
        let endpoints = &server_answer.lists[compared.list];
        let mut texts: Vec<String> = endpoints.iter().take(LISTED).map(|(ip, port)| ip_port(*ip, *port)).collect();
        if endpoints.len() > LISTED {
            texts.push(words.inspector_and_more(endpoints.len() - LISTED));
        }
        let to = if texts.is_empty() { String::new() } else { format!(" → {}", texts.join(", ")) };
        (format!("{}{to}", words.outcome_and_arrival_short(one.outcome, arrival)), format!("({})", one.reason))
    });
    let mut lines: Vec<(String, String)> = dns.into_iter().chain(evaluations).collect();
    // Groups of Nodes can differ in what a line does not show.
    let mut known = BTreeSet::new();
    lines.retain(|line| known.insert(line.clone()));
    ServerAnswer::Differs(lines)
}
