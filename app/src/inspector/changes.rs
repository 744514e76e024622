//! The recent changes of the selected object, and for a Service also of the objects behind it.

use leptos::prelude::*;
use topology::wire::ObjectChange;

use super::answer::DetailAnswer;
use crate::text::{Words, clock, text};

/// Maximum number of changes shown.
const SHOWN: usize = 8;

/// A change as text, for example `ready: true → false`.
fn change_text(change: &ObjectChange, words: &Words) -> String {
    let value = |value: &Option<String>| value.clone().unwrap_or_else(|| words.details_unset());
    match (&change.field, change.to.as_deref()) {
        (Some(field), _) => words.details_change(field, value(&change.from), value(&change.to)),
        (None, Some("deleted")) => words.details_deleted(),
        (None, _) => words.details_created(),
    }
}

/// The section; hidden until there is an answer. `selected_object` is the selected object, for example `Service web`.
pub(super) fn section(answer: RwSignal<DetailAnswer>, selected_object: Memo<String>) -> AnyView {
    let words = text();
    let line = move |change: &ObjectChange| {
        let object = format!("{} {}", change.object.kind, change.object.name);
        let object = if *selected_object.read() == object { String::new() } else { object };
        let (time, change) = (clock(change.at), change_text(change, words));
        view! { <li><time>{time}</time><div><code>{change}</code><div class="muted">{object}</div></div></li> }
            .into_any()
    };
    let lines = move || match &*answer.read() {
        DetailAnswer::Changes(all) => all.iter().take(SHOWN).map(line).collect_view().into_any(),
        _ => ().into_any(),
    };
    let rest = move || match &*answer.read() {
        DetailAnswer::Changes(all) if all.is_empty() => words.details_no_changes(),
        DetailAnswer::Changes(all) if all.len() > SHOWN => words.inspector_and_more(all.len() - SHOWN),
        DetailAnswer::Failed(failure) => failure.text(words),
        _ => String::new(),
    };
    view! {
        <section class="sec" hidden=move || matches!(*answer.read(), DetailAnswer::Nothing)>
            <h2>{words.details_changes()}</h2>
            <ol class="changes">{lines}</ol>
            <p class="muted">{rest}</p>
        </section>
    }
    .into_any()
}
