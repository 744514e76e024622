//! The server's answer to the page's question. A page of some namespaces does not know the Services and Pods of the others; the server does.
//! The page asks it as well, and compares the two answers (design §1.3).

#[cfg(test)]
mod tests;

use std::net::IpAddr;

use leptos::prelude::*;
use topology::cluster::address::ip_port;
use topology::cluster::key::ObjectKey;
use topology::path::answer::{DnsAnswer, Outcome, Rcode};
use topology::path::document::TraceDocument;
use topology::path::question::Source;
use topology::picture::Light;

use crate::browser::{Fetch, fetch};
use crate::conn::{Query, TraceCall};
use crate::live::Live;
use crate::model::Model;
use crate::question::Answer;
use crate::text::{Words, text};

/// What the server says, where the page does not know all namespaces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Elsewhere {
    /// Not asked, or no answer yet.
    #[default]
    NotAsked,
    /// The same as the page.
    Same,
    /// Another outcome: what happens at each destination, and the resolver's reason.
    Differs(Vec<(String, String)>),
}

/// A question to the server, and the page's own answer.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Asked {
    context: Option<String>,
    from: String,
    to: String,
    own: Compared,
}

/// What is compared of two answers.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Compared {
    /// The RCODE, and the values of the records.
    dns: Option<(Rcode, Vec<String>)>,
    evaluations: Vec<ComparedEvaluation>,
}

/// What is compared of two evaluations.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ComparedEvaluation {
    outcome: Outcome,
    service: Option<ObjectKey>,
    endpoints: Vec<(IpAddr, u16)>,
}

impl Compared {
    fn of_light(light: &Light) -> Self {
        let evaluations = light.evaluations.iter().map(|one| ComparedEvaluation {
            outcome: one.outcome,
            service: one.entry.as_ref().and_then(|entry| entry.service.clone()),
            endpoints: one.endpoints.iter().map(|hop| (hop.ip, hop.port)).collect(),
        });
        Self { dns: light.dns.as_ref().map(dns), evaluations: evaluations.collect() }
    }

    fn of_document(document: &TraceDocument) -> Self {
        let evaluations = document.evaluations.iter().map(|one| ComparedEvaluation {
            outcome: one.outcome,
            service: one.entry.as_ref().and_then(|entry| entry.service.clone()),
            endpoints: one.endpoints.iter().map(|endpoint| (endpoint.ip, endpoint.port)).collect(),
        });
        Self { dns: document.dns.as_ref().map(dns), evaluations: evaluations.collect() }
    }
}

fn dns(answer: &DnsAnswer) -> (Rcode, Vec<String>) {
    (answer.rcode, answer.records.iter().map(|record| record.value.clone()).collect())
}

impl Asked {
    /// The question behind what is lit, if there is one that other namespaces can change.
    fn of(query: &Query, light: &Light, some_pod: impl FnOnce() -> Option<ObjectKey>) -> Option<Self> {
        query.held()?;
        // Cluster IPs and Pod IPs that are known are nobody else's.
        if light.to.is_none() && light.source == Some(Source::AnyPod) {
            return None;
        }
        let (from, to) = packet(light, some_pod)?;
        Some(Self { context: query.context.clone(), from, to, own: Compared::of_light(light) })
    }
}

/// The one packet behind what is lit, as a question to the server: from and to. A packet from a Pod, on whichever Node, is asked from
/// one of them.
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

/// Asks the server whenever the question or the page's own answer is another.
pub fn elsewhere(live: Live, query: Memo<Query>, answer: Memo<Answer>) -> RwSignal<Elsewhere> {
    let said = RwSignal::new(Elsewhere::NotAsked);
    let asked = Memo::new(move |_| {
        let light = answer.read().light.clone()?;
        Asked::of(&query.read(), &light, || live.model.with_value(Model::some_pod))
    });
    let words = text();
    Effect::new(move |before: Option<Option<Fetch>>| {
        drop(before);
        said.set(Elsewhere::NotAsked);
        let asked = asked.get()?;
        let call = TraceCall { context: asked.context.as_deref(), from: &asked.from, to: &asked.to };
        Some(fetch(&call, move |answer| {
            // Without an answer the page's own stands, and so does the remark on what it assumes.
            if let Ok(document) = answer {
                said.set(compared(&asked.own, &document, words));
            }
        }))
    });
    said
}

/// The server's answer, held against the page's own.
fn compared(own: &Compared, document: &TraceDocument, words: &Words) -> Elsewhere {
    if Compared::of_document(document) == *own {
        return Elsewhere::Same;
    }
    let dns = document.dns.as_ref().map(dns).map(|(rcode, values)| {
        let answer: Vec<String> = std::iter::once(format!("DNS: {rcode}")).chain(values).collect();
        (answer.join(" "), String::new())
    });
    let evaluations = document.evaluations.iter().map(|one| {
        let endpoints: Vec<String> = one.endpoints.iter().map(|endpoint| ip_port(endpoint.ip, endpoint.port)).collect();
        let to = if endpoints.is_empty() { String::new() } else { format!(" → {}", endpoints.join(", ")) };
        (format!("{}{to}", words.outcome_short(one.outcome)), format!("({})", one.reason_in(words)))
    });
    let mut said: Vec<(String, String)> = dns.into_iter().chain(evaluations).collect();
    said.dedup();
    Elsewhere::Differs(said)
}
