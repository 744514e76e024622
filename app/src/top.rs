//! The top bar, and the strip that tells of trouble.

use leptos::prelude::*;
use topology::coverage::Known;
use topology::wire::{ContextState, Status};

use crate::icons::Icon;
use crate::text::{Catalogue, clock, text};

/// What the top bar says about the data's freshness.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusLine {
    /// `connecting`, `live` or `stale`, as in the picture's `data-status`.
    pub state: &'static str,
    /// The same in words.
    pub text: String,
}

impl StatusLine {
    /// The status as the server tells it.
    pub fn of(status: &Status, text: &Catalogue) -> Self {
        let frame = &text.frame;
        let (state, text) = match (status.state, status.since) {
            (ContextState::Idle | ContextState::Connecting, _) => ("connecting", frame.connecting.to_owned()),
            (ContextState::Live, _) => ("live", frame.live.to_owned()),
            (ContextState::Stale, Some(since)) => ("stale", (frame.stale_since)(&clock(since))),
            (ContextState::Stale, None) => ("stale", frame.stale.to_owned()),
        };
        Self { state, text }
    }

    /// The kubehop server does not answer any more; since a moment in milliseconds since the Unix epoch, if that is known.
    pub fn lost(since: Option<i64>, text: &Catalogue) -> Self {
        let words = since.map_or_else(|| text.frame.lost.to_owned(), |since| (text.frame.lost_since)(&clock(since)));
        Self { state: "stale", text: words }
    }
}

/// What a reader must be told at once about the connection to the cluster: an error, or kinds that may not be watched.
pub fn trouble(status: &Status, text: &Catalogue) -> Option<String> {
    if let Some(error) = &status.error {
        return Some((text.frame.cluster_trouble)(error));
    }
    let mut kinds: Vec<_> =
        status.kinds.iter().filter(|kind| kind.state == Known::Forbidden).map(|kind| kind.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let names: Vec<_> = kinds.into_iter().map(text.known.kind).collect();
    (!names.is_empty()).then(|| (text.frame.forbidden_kinds)(&names))
}

/// The top bar: what is shown, and how fresh it is.
#[component]
pub fn TopBar(
    /// The context's name.
    #[prop(into)]
    context: Signal<String>,
    /// The open namespaces, as text; empty for all.
    #[prop(into)]
    namespaces: Signal<String>,
    /// How fresh the data is.
    #[prop(into)]
    status: Signal<StatusLine>,
    /// The bar of From and To.
    children: Children,
) -> impl IntoView {
    let words = &text().frame;
    let shown = move || {
        let namespaces = namespaces.get();
        if namespaces.is_empty() { words.all_namespaces.to_owned() } else { namespaces }
    };
    view! {
        <header class="top" aria-label=words.top_label>
            <div class="brand"><Icon name="i-brand" size=24/>{words.product}</div>
            <dl class="view"><dt>{words.context}</dt><dd data-view="context">{move || context.get()}</dd></dl>
            <dl class="view" class:all=move || namespaces.with(String::is_empty)><dt>{words.namespaces}</dt><dd data-view="namespaces">{shown}</dd></dl>
            {children()}
            <div class="spring"></div>
            <div class="status" role="status" aria-live="polite" data-state=move || status.with(|line| line.state)>
                <i aria-hidden="true"></i>
                <span>{move || status.with(|line| line.text.clone())}</span>
            </div>
        </header>
    }
}

/// A strip for trouble: a wrong kubeconfig, an unreachable server, forbidden kinds, a lost connection. It lies over the legend, so
/// that it covers no row of the picture and moves nothing. A reader may dismiss it; it comes back with other words.
#[component]
pub fn StatusBanner(
    /// What to say, if anything.
    #[prop(into)]
    message: Signal<Option<String>>,
) -> impl IntoView {
    let words = &text().frame;
    let dismissed = RwSignal::new(None::<String>);
    let shown = move || message.get().filter(|message| dismissed.with(|known| known.as_ref() != Some(message)));
    view! {
        <div class="banner" role="alert" hidden=move || shown().is_none()>
            <Icon name="i-error"/>
            <p>{move || shown().unwrap_or_default()}</p>
            <button type="button" class="plain-button" aria-label=words.dismiss on:click=move |_| dismissed.set(message.get())>
                <Icon name="i-close"/>
            </button>
        </div>
    }
}
