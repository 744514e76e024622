//! A page of some namespaces does not know what Services and Pods of the others claim. The server does: it is asked as well, and what it
//! says is held against the page's own answer (design §1.3).

use leptos::prelude::*;
use topology::address::ip_port;
use topology::graph::Light;

use crate::conn::Query;
#[cfg(feature = "hydrate")]
use crate::conn::{self, Fetch};
use crate::question::{Answer, Question};

/// What the server says, where the page does not know all namespaces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only the browser asks"))]
pub enum Elsewhere {
    /// Not asked, or no answer yet.
    #[default]
    NotAsked,
    /// The same as the page.
    Same,
    /// Another outcome, with the resolver's reason.
    Differs(String),
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
    fn of(query: &Query, question: &Question, light: &Light) -> Option<Self> {
        let first = light.evaluations.first().filter(|_| !query.namespaces.is_empty())?;
        let to = first.to.as_ref().filter(|to| light.evaluations.iter().all(|other| other.to.as_ref() == Some(*to)))?;
        let from = match (question.from.as_str(), light.from.kind, light.from.ip) {
            ("", "external", Some(ip)) => format!("external:{ip}"),
            // Some Pod, whichever: Cluster IPs and Pod IPs are nobody else's.
            ("", ..) => return None,
            (from, ..) => from.to_owned(),
        };
        let to = format!("{}/{}", ip_port(to.ip, to.port?), to.protocol.to_lowercase());
        let own = light.evaluations.iter().map(|one| {
            let service = one.entry.as_ref().and_then(|entry| entry.service.as_ref());
            let endpoints = one.endpoints.iter().map(|hop| hop.address());
            line(one.outcome.as_str(), service.map(ToString::to_string), endpoints.collect())
        });
        Some(Self { context: query.context.clone(), from, to, own: own.collect() })
    }
}

/// What is compared of an evaluation.
fn line(outcome: &str, service: Option<String>, endpoints: Vec<String>) -> String {
    format!("{outcome} {} {}\n", service.unwrap_or_default(), endpoints.join(" "))
}

/// Asks the server whenever the question or the page's own answer is another.
pub fn elsewhere(query: Memo<Query>, question: Memo<Question>, answer: Memo<Answer>) -> RwSignal<Elsewhere> {
    let said = RwSignal::new(Elsewhere::NotAsked);
    let asked = Memo::new(move |_| {
        let light = answer.read().light.clone()?;
        Asked::of(&query.read(), &question.read(), &light)
    });
    #[cfg(feature = "hydrate")]
    Effect::new(move |before: Option<Option<Fetch>>| {
        drop(before);
        said.set(Elsewhere::NotAsked);
        let asked = asked.get()?;
        let url = conn::trace_url(asked.context.as_deref(), &asked.from, &asked.to);
        Some(Fetch::json(&url, move |answer| match answer.as_ref().map(compared) {
            Ok(Some((own, _))) if own == asked.own => said.set(Elsewhere::Same),
            Ok(Some((_, reason))) => said.set(Elsewhere::Differs(reason)),
            // The page's own answer stands, and so does the remark on what it assumes.
            Ok(None) | Err(_) => {}
        }))
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = asked;
    said
}

/// The same lines of the server's answer, and the outcomes with their reasons.
#[cfg(feature = "hydrate")]
fn compared(answer: &wasm_bindgen::JsValue) -> Option<(String, String)> {
    use js_sys::{Array, Reflect};
    use wasm_bindgen::{JsCast, JsValue};
    let get = |value: &JsValue, key: &str| Reflect::get(value, &JsValue::from_str(key)).ok();
    let string = |value: &JsValue, key: &str| get(value, key)?.as_string();
    let list = |value: &JsValue, key: &str| get(value, key)?.dyn_into::<Array>().ok();
    let (mut lines, mut reasons) = (String::new(), Vec::new());
    for one in list(answer, "evaluations")?.iter() {
        let service = get(&one, "entry").filter(JsValue::is_object).and_then(|entry| string(&entry, "service"));
        let endpoints = list(&one, "endpoints")?;
        let address = |hop: JsValue| {
            let port = get(&hop, "port")?.as_f64()? as u16;
            Some(ip_port(string(&hop, "ip")?.parse().ok()?, port))
        };
        let endpoints: Option<Vec<String>> = endpoints.iter().map(address).collect();
        let outcome = string(&one, "outcome")?;
        lines.push_str(&line(&outcome, service, endpoints?));
        reasons.push(format!("{outcome}: {}", string(&one, "reason")?));
    }
    reasons.dedup();
    Some((lines, reasons.join("; ")))
}
