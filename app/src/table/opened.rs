//! The part below the selected row: the path hop by hop, and the verdict.

use std::sync::Arc;

use leptos::prelude::*;
use topology::path::answer::{Arrival, EndpointList, Evaluation, HopStep};
use topology::picture::{Light, UnusedEndpoint, UsedAddresses};

use super::Sheet;
use crate::icons::Icon;
use crate::inspector::{
    ByNode, Call, Destinations, ReachedBy, Verdict, called, destinations, differs, endpoint_rows, kubectl, source,
    verdict, verdict_box,
};
use crate::text::{page_text, text};
use crate::url;

/// Maximum number of Nodes that are named.
const NODES: usize = 3;

/// The path of the selection.
pub fn opened(sheet: Sheet, light: &Arc<Light>) -> AnyView {
    let Some(socket) = light.selected.clone() else { return ().into_any() };
    let verdict = verdict(light, page_text());
    let several = destinations(&light.evaluations).len() > 1;
    let one = light.evaluations.first().filter(|_| !several);
    let path = match (one, verdict) {
        (Some(evaluation), Some(verdict)) => hops(light, evaluation, verdict),
        (None, verdict) => {
            let why = (!light.unused.is_empty() && !several)
                .then(|| endpoint_rows(&EndpointList::default(), light.unused.clone()));
            view! { {verdict.map(verdict_box)}{why} }.into_any()
        }
        (Some(_), None) => ().into_any(),
    };
    let call = called(&kubectl(&url::here().get("context")), light, &socket);
    view! {
        <div class="path">
            {differs(sheet.server_answer)}
            {path}
            {one.map(|_| view! { <ByNode evaluations=light.evaluations.clone()/> })}
            {several.then(|| view! { <Destinations evaluations=light.evaluations.clone()/> })}
            <ReachedBy light=light.clone() socket/>
            {buttons(sheet, call)}
        </div>
    }
    .into_any()
}

/// The hops of a path: client, address, Service, endpoints.
fn hops(light: &Light, evaluation: &Evaluation, verdict: Verdict) -> AnyView {
    let fails = !evaluation.outcome.delivered() || evaluation.arrival() == Arrival::Never;
    let class = if fails { "hops bad" } else { "hops" };
    let service = evaluation.entry.as_ref().and_then(|entry| {
        let target = entry.target_port.as_ref().map(|target| format!(" → {target}")).unwrap_or_default();
        let ports = format!(":{}{target}", entry.port?);
        Some(view! { <li><b>{entry.service.as_ref()?.name.clone()}</b>" "<span class="mono">{ports}</span></li> })
    });
    let used = UsedAddresses::of(std::slice::from_ref(evaluation));
    let unused: Vec<UnusedEndpoint> = light.unused.iter().filter(|one| !used.has(one)).cloned().collect();
    let details =
        verdict.reason.into_iter().chain(verdict.details).map(|detail| view! { <p>{detail}</p> }).collect_view();
    view! {
        <ol class=class>
            <li><b>{source(light)}</b></li>
            <li>{address(evaluation)}</li>
            {service}
            <li>
                <b class=format!("verdict-head {}", verdict.tone.box_class())>{verdict.head}</b>
                {details}
                {endpoint_rows(&evaluation.endpoints, unused)}
            </li>
        </ol>
    }
    .into_any()
}

/// The address that the packet is sent to, the Nodes that decide, and their actions on the packet.
fn address(evaluation: &Evaluation) -> AnyView {
    let words = text();
    let to = evaluation.to.as_ref().map(ToString::to_string).unwrap_or_default();
    let nodes = &evaluation.nodes;
    let nodes = if nodes.len() > NODES { words.card_nodes(nodes.len()) } else { nodes.join(", ") };
    // The arrival at the address is not listed.
    let done: Vec<String> = evaluation
        .hops
        .iter()
        .filter(|hop| !matches!(hop.step, HopStep::Arrives | HopStep::Sent))
        .map(|hop| words.hop_step(hop))
        .collect();
    view! { <b class="mono">{to}</b>" "<span class="muted">{nodes}</span><p>{done.join(", ")}</p> }.into_any()
}

/// The buttons below a path: a command to copy, and on a phone the inspector.
fn buttons(sheet: Sheet, call: Option<Call>) -> AnyView {
    let words = text();
    let copied = RwSignal::new(false);
    let call = call.map(|call| {
        let program = call.program.as_str();
        let label = move || if copied.get() { text().inspector_copied() } else { words.table_copy(program) };
        let on_click = move |_| {
            copied.set(crate::browser::copy(&call.line));
        };
        view! { <button type="button" class="button" on:click=on_click><Icon name="i-copy"/>{label}</button> }
    });
    let details = sheet.details;
    view! {
        <div class="buttons">
            {call}
            <button type="button" class="button narrow" aria-expanded=move || details.get().to_string()
                on:click=move |_| details.update(|open| *open = !*open)>
                {words.table_details()}
            </button>
        </div>
    }
    .into_any()
}
