//! The menu of contexts: the clusters of the kubeconfig and the sandbox, each a link to its own page.

use leptos::prelude::*;
use topology::wire::ContextSummary;

use super::menu::{label, menu};
use crate::browser::{Fetch, fetch};
use crate::conn::ContextsCall;
use crate::text::text;
use crate::url;

/// A context's name, and its state as text.
type Line = (String, String);

/// The menu. Its list is requested whenever it is opened.
pub(super) fn context_menu(context: Memo<String>) -> AnyView {
    let (words, here) = (text(), url::here());
    let open = RwSignal::new(false);
    let lines = RwSignal::new(Vec::<Line>::new());
    let remark = RwSignal::new(words.top_loading());
    list(open, lines, remark);
    // A link, so that a context can also be opened in a new tab. The link drops the question, which is about another cluster.
    let line = move |(name, state): Line| {
        let current = context.with_untracked(|shown| *shown == name).then_some("page");
        let href = here.to_context(&name);
        view! { <li><a href=href aria-current=current><span class="name">{name}</span><span class="muted">{state}</span></a></li> }
            .into_any()
    };
    let list = move || lines.get().into_iter().map(line).collect_view();
    let panel = view! {
        <p class="muted" role="note" hidden=move || remark.read().is_empty()>{move || remark.get()}</p>
        <ul>{list}</ul>
    };
    menu("contexts", label(words.frame_context(), "context", move || context.get()), open, panel.into_any())
}

/// Requests the contexts whenever the menu is opened. The list before stays until the answer comes.
fn list(open: RwSignal<bool>, lines: RwSignal<Vec<Line>>, remark: RwSignal<String>) {
    let words = text();
    Effect::new(move |_: Option<Option<Fetch>>| {
        open.get().then(|| {
            fetch(&ContextsCall, move |answer| match answer {
                Ok(contexts) => {
                    let line = |one: ContextSummary| (one.name, words.context_state(one.state));
                    let now: Vec<Line> = contexts.into_iter().map(line).collect();
                    if lines.with_untracked(|lines| *lines != now) {
                        lines.set(now);
                    }
                    remark.set(String::new());
                }
                Err(failure) => remark.set(words.top_no_contexts(failure.text(words))),
            })
        })
    });
}
