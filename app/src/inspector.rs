//! The inspector: the cluster, or what is selected and where its packets go.

mod commands;
mod path;
mod selection;
mod summary;
mod tables;
mod verdict;

use std::sync::Arc;

use leptos::prelude::*;
use topology::graph::Light;

use crate::elsewhere::Elsewhere;
#[cfg(feature = "ssr")]
use crate::text::Catalogue;
use crate::text::text;
use selection::SelectionView;
use summary::SummaryView;

pub use summary::ClusterSummary;

/// The pane beside the picture. It is always there, so that selecting never resizes the canvas.
#[component]
pub fn Inspector(
    /// What is lit, if something is selected.
    #[prop(into)]
    light: Signal<Option<Arc<Light>>>,
    /// What the server says, where the page does not know all namespaces.
    #[prop(into)]
    elsewhere: Signal<Elsewhere>,
    /// The cluster, in figures.
    #[prop(into)]
    summary: Signal<ClusterSummary>,
    /// Called to give up the selection.
    on_close: Callback<()>,
) -> impl IntoView {
    let words = text();
    let settings = Memo::new(move |_| summary.with(|summary| summary.settings.clone()));
    let namespaces = Memo::new(move |_| summary.with(|summary| summary.namespaces.clone()));
    let content = move || match light.get() {
        Some(light) => {
            view! { <SelectionView light settings=settings.get() namespaces=namespaces.get() elsewhere on_close/> }
                .into_any()
        }
        None => view! { <SummaryView summary=summary.get()/> }.into_any(),
    };
    view! { <aside class="side" tabindex="0" aria-label=words.frame.inspector_label>{content}</aside> }
}

/// The verdict on what is lit, in a few words; `None` where no packet was traced.
#[cfg(feature = "ssr")]
pub fn headline(light: &Light, text: &Catalogue) -> Option<String> {
    verdict::verdict(light, text).map(|verdict| verdict.head)
}

/// A section with a small heading, and at its right an aside.
#[component]
fn Section(heading: &'static str, #[prop(default = String::new())] aside: String, children: Children) -> impl IntoView {
    view! {
        <section class="sec">
            <h2>{heading}<span class="aside">{aside}</span></h2>
            {children()}
        </section>
    }
}
