//! A page of some namespaces does not know what Services and Pods of the others claim. The server does: it is asked as well, and what it
//! says is held against the page's own answer (design §1.3).

use leptos::prelude::*;
#[cfg(feature = "browser")]
use topology::address::ip_port;
use topology::key::ObjectKey;
use topology::picture::Light;
use topology::resolve::Source;
#[cfg(feature = "browser")]
use topology::trace::Outcome;

#[cfg(feature = "browser")]
use crate::browser::{Fetch, fetch};
use crate::conn::Query;
#[cfg(feature = "browser")]
use crate::conn::TraceCall;
use crate::live::Live;
use crate::model::Model;
use crate::question::Answer;
#[cfg(feature = "browser")]
use crate::text::{Words, text};

/// What the server says, where the page does not know all namespaces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(feature = "browser"), expect(dead_code, reason = "only the browser asks"))]
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
    own: String,
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
        let own = light.evaluations.iter().map(|one| {
            let service = one.entry.as_ref().and_then(|entry| entry.service.as_ref());
            let endpoints = one.endpoints.iter().map(|hop| hop.address());
            line(one.outcome.as_str(), service.map(ToString::to_string), endpoints.collect())
        });
        let dns = light.dns.as_ref().map(|dns| {
            let values = dns.records.iter().map(|record| record.value.clone());
            line(dns.rcode, None, values.collect())
        });
        let own = dns.into_iter().chain(own).collect();
        Some(Self { context: query.context.clone(), from, to, own })
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

/// What is compared of an evaluation.
fn line(outcome: &str, service: Option<String>, endpoints: Vec<String>) -> String {
    format!("{outcome} {} {}\n", service.unwrap_or_default(), endpoints.join(" "))
}

/// Asks the server whenever the question or the page's own answer is another.
pub fn elsewhere(live: Live, query: Memo<Query>, answer: Memo<Answer>) -> RwSignal<Elsewhere> {
    let said = RwSignal::new(Elsewhere::NotAsked);
    let asked = Memo::new(move |_| {
        let light = answer.read().light.clone()?;
        Asked::of(&query.read(), &light, || live.model.with_value(Model::some_pod))
    });
    #[cfg(feature = "browser")]
    let words = text();
    #[cfg(feature = "browser")]
    Effect::new(move |before: Option<Option<Fetch>>| {
        drop(before);
        said.set(Elsewhere::NotAsked);
        let asked = asked.get()?;
        let call = TraceCall { context: asked.context.as_deref(), from: &asked.from, to: &asked.to };
        Some(fetch(&call, move |answer| match answer.as_ref().map(|answer| compared(answer, words)) {
            Ok(Some((own, _))) if own == asked.own => said.set(Elsewhere::Same),
            Ok(Some((_, reason))) => said.set(Elsewhere::Differs(reason)),
            // The page's own answer stands, and so does the remark on what it assumes.
            Ok(None) | Err(_) => {}
        }))
    });
    #[cfg(not(feature = "browser"))]
    let _ = asked;
    said
}

/// The same lines of the server's answer, and what it says in words.
#[cfg(feature = "browser")]
fn compared(answer: &serde_json::Value, words: &Words) -> Option<(String, Vec<(String, String)>)> {
    let string = |value: &serde_json::Value, key: &str| value[key].as_str().map(str::to_owned);
    let (mut lines, mut said) = (String::new(), Vec::new());
    let dns = &answer["dns"];
    if dns.is_object() {
        let values: Option<Vec<String>> =
            dns["records"].as_array()?.iter().map(|record| string(record, "value")).collect();
        let (rcode, values) = (string(dns, "rcode")?, values?);
        said.push((format!("DNS: {rcode} {}", values.join(" ")), String::new()));
        lines.push_str(&line(&rcode, None, values));
    }
    for one in answer["evaluations"].as_array()? {
        let address = |hop: &serde_json::Value| {
            let port = u16::try_from(hop["port"].as_u64()?).ok()?;
            Some(ip_port(hop["ip"].as_str()?.parse().ok()?, port))
        };
        let endpoints: Option<Vec<String>> = one["endpoints"].as_array()?.iter().map(address).collect();
        let (outcome, endpoints) = (string(one, "outcome")?, endpoints?);
        let words =
            Outcome::ALL.into_iter().find(|known| known.as_str() == outcome).map(|known| words.outcome_short(known))?;
        let to = if endpoints.is_empty() { String::new() } else { format!(" → {}", endpoints.join(", ")) };
        said.push((format!("{words}{to}"), format!("({})", string(one, "reason")?)));
        lines.push_str(&line(&outcome, string(&one["entry"], "service"), endpoints));
    }
    said.dedup();
    Some((lines, said))
}
