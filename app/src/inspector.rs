//! The inspector: the pane that shows the selection and the paths of its packets, or without a selection the cluster.

mod actions;
mod answer;
mod changes;
mod commands;
mod details;
mod manifest;
mod path;
mod problems;
mod section;
mod selection;
mod summary;
mod tables;
mod verdict;

use std::sync::Arc;

use leptos::prelude::*;
use topology::graph::UnitKey;
use topology::graph::socket::Selection;
use topology::picture::Light;

use crate::live::Live;
use crate::model::ClusterSummary;
use crate::server_answer::ServerAnswer;
use crate::text::text;
use crate::url;
use details::Details;
use selection::SelectionView;

pub(crate) use commands::{Call, called, kubectl};
pub(crate) use selection::{differs, source, verdict_box};
pub(crate) use tables::{ByNode, Destinations, ReachedBy, endpoint_rows};
pub(crate) use verdict::{Verdict, destinations, verdict};

/// The pane beside the picture. It is always shown, so that a selection never resizes the canvas.
#[component]
pub fn Inspector(
    /// The page's data.
    live: Live,
    /// The answer that is lit, if something is selected.
    #[prop(into)]
    light: Signal<Option<Arc<Light>>>,
    /// The server's answer, where the page does not hold all namespaces.
    #[prop(into)]
    server_answer: Signal<ServerAnswer>,
    /// The summary of the cluster.
    #[prop(into)]
    summary: Signal<ClusterSummary>,
    /// Called with a new selection; `None` clears the selection.
    on_select: Callback<(Option<Selection>,)>,
    /// Called with the group of a chosen problem.
    on_problem: Callback<(UnitKey,)>,
) -> AnyView {
    let words = text();
    let (here, big) = (url::here(), url::is_big());
    let settings = Memo::new(move |_| summary.with(|summary| summary.settings.clone()));
    let namespaces = Memo::new(move |_| summary.with(|summary| summary.namespaces.clone()));
    let lit = Memo::new(move |_| light.read().is_some());
    let on_close = Callback::new(move |()| on_select.run((None,)));
    let head = move || match light.get() {
        Some(light) => view! { <SelectionView light settings=settings.get() server_answer on_close/> }.into_any(),
        None => summary.with(summary::head),
    };
    let wrong = move || (!lit.get()).then(|| problems::problems(live, on_problem));
    let overview = move || (big && !lit.get()).then(|| problems::namespaces(live, here));
    let socket = Memo::new(move |_| light.read().as_ref().and_then(|light| light.selected.clone()));
    let object_name = Memo::new(move |_| {
        socket
            .read()
            .as_ref()
            .map(|socket| format!("{} {}", socket.object_kind, socket.object.name))
            .unwrap_or_default()
    });
    let Details { manifest, changes } = Details::follow(live, here, socket);
    let tail = move || match light.get() {
        Some(light) => selection::tail(&light, &settings.read(), &namespaces.read(), server_answer),
        None => summary::rest(summary.get()),
    };
    view! {
        <aside class="side" tabindex="0" aria-label=words.frame_inspector_label()>
            {head}
            {wrong}
            {overview}
            {manifest::section(manifest)}
            {changes::section(changes, object_name)}
            {tail}
            {actions::bar(live, here, light)}
        </aside>
    }
    .into_any()
}
