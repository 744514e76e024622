//! The bar of From and To: fields for a typed question, with completions.
//!
//! The bar is a form that writes the question into the URL, so it works before the page is live, and without JavaScript.

use std::sync::Arc;

use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use topology::path::answer::SourceKind;
use topology::picture::Light;

use crate::find::plain;
use crate::live::Live;
use crate::question::{Answer, Field, Question};
use crate::start::Start;
use crate::text::text;
use crate::url;

/// The destination of the selection, if there is exactly one. The field shows it until the reader types.
fn destination(light: &Light) -> String {
    let mut all = light.evaluations.iter().filter_map(|evaluation| evaluation.to.as_ref());
    all.next().filter(|first| all.all(|other| other == *first)).map(ToString::to_string).unwrap_or_default()
}

/// The fields From and To, and the problem of one of them.
#[component]
pub fn AskBar(
    /// The page's data.
    live: Live,
    /// The question of the URL.
    question: Memo<Question>,
    /// The page's answer to the question.
    answer: Signal<Answer>,
    /// Called with the submitted question.
    on_ask: Callback<(Question,)>,
) -> AnyView {
    let words = text();
    // The typed texts. They are kept until a question is submitted, and dropped when the question changes in another way.
    let start = use_context::<Start>().unwrap_or_default();
    let (from_draft, to_draft) = (RwSignal::new(start.typed("from")), RwSignal::new(start.typed("to")));
    Effect::new(move |before: Option<Question>| {
        let now = question.get();
        if before.is_some_and(|before| before != now) {
            from_draft.set(None);
            to_draft.set(None);
        }
        now
    });
    let light = Memo::new(move |_| answer.read().light.clone());
    let selected = Memo::new(move |_| light.read().as_ref().map(|light| destination(light)).unwrap_or_default());
    let from = Memo::new(move |_| from_draft.get().unwrap_or_else(|| question.read().from.clone()));
    let to = Memo::new(move |_| {
        to_draft.get().unwrap_or_else(|| {
            let destination = question.read().to.clone();
            if destination.is_empty() { selected.get() } else { destination }
        })
    });
    // The values of the first response. Later the fields follow the signals.
    let first = question.get_untracked();
    let assumed = move || assumed(light.get()).unwrap_or_else(|| words.ask_from_anywhere());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let now = question.get_untracked();
        let typed = to_draft.get_untracked().is_some_and(|text| text != selected.get_untracked());
        // The selection is kept if the reader changed only the source.
        let keeps = now.select.is_some() && now.to.is_empty() && !typed;
        let next = Question {
            from: plain(&from.get_untracked()),
            to: if keeps { String::new() } else { plain(&to.get_untracked()) },
            select: now.select.filter(|_| keeps),
        };
        on_ask.run((live.model.with_value(|model| model.exact(next)),));
    };
    let wrong = move |field| answer.read().wrong.as_ref().is_some_and(|(other, _)| *other == field);
    let trouble = move || answer.read().wrong.as_ref().map(|(_, problem)| problem.text(words));
    let query = url::query().get_untracked();
    let kept = ["lang", "view"].map(|name| (name, untrack(|| url::here().get(name))));
    let kept = kept.into_iter().filter(|(_, value)| !value.is_empty());
    let kept = kept.map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view();
    view! {
        <form class="ask" method="get" action="./" role="search" aria-label=words.ask_label() on:submit=submit>
            {query.context.map(|name| view! { <input type="hidden" name="context" value=name/> })}
            {(!query.namespaces.is_empty()).then(|| view! { <input type="hidden" name="namespaces" value=query.namespaces.join(",")/> })}
            {kept}
            <Input live field=Field::From name="from" label=words.ask_from() shown=from draft=from_draft first=first.from
                placeholder=Signal::derive(assumed) wrong=Signal::derive(move || wrong(Field::From))/>
            <Input live field=Field::To name="to" label=words.ask_to() shown=to draft=to_draft first=first.to
                placeholder=Signal::stored(words.ask_to_example()) wrong=Signal::derive(move || wrong(Field::To))/>
            <button type="submit">{words.ask_trace()}</button>
            <p class="wrong" id="ask-wrong" role="alert" hidden=move || trouble().is_none()>{move || trouble().unwrap_or_default()}</p>
        </form>
    }
    .into_any()
}

/// The assumed source of the packet, for a question without a source.
fn assumed(light: Option<Arc<Light>>) -> Option<String> {
    let light = light?;
    let from = light.from.as_ref()?;
    match (from.kind, from.ip) {
        (SourceKind::External, Some(ip)) => Some(text().ask_assumed_outside(ip.to_string())),
        (SourceKind::Pod, _) => Some(text().ask_assumed_pod()),
        _ => None,
    }
}

#[component]
fn Input(
    live: Live,
    field: Field,
    name: &'static str,
    label: String,
    shown: Memo<String>,
    draft: RwSignal<Option<String>>,
    first: String,
    placeholder: Signal<String>,
    wrong: Signal<bool>,
) -> AnyView {
    let words = text();
    let active = RwSignal::new(false);
    let list = format!("ask-{name}");
    let input = NodeRef::<html::Input>::new();
    // Until the reader types, all completions are offered, whatever the field's value is.
    let choices = move || {
        if !active.get() {
            return Vec::new();
        }
        let text = draft.get().unwrap_or_default();
        live.model.with_value(|model| model.choices(field, &text))
    };
    let options = move || {
        let option = |choice: topology::find::completion::Completion| {
            let kind = words.choice_kind(choice.what);
            let label = if choice.object.is_empty() { kind } else { format!("{kind} · {}", choice.object) };
            view! { <option value=choice.text label=label></option> }
        };
        choices().into_iter().map(option).collect_view()
    };
    let describedby = move || wrong.get().then_some("ask-wrong");
    view! {
        <label>
            <span>{label}</span>
            <input name=name value=first prop:value=move || shown.get() list=list.clone() node_ref=input autocomplete="off"
                autocapitalize="off" spellcheck="false" placeholder=move || placeholder.get()
                aria-invalid=move || wrong.get().then_some("true") aria-describedby=describedby
                on:focus=move |_| {
                    active.set(true);
                    if let Some(input) = input.get_untracked() { input.select(); }
                }
                on:blur=move |_| active.set(false)
                on:keydown=move |event| {
                    // The first Escape drops the typed text, the next one leaves the field.
                    if event.key() == "Escape" && draft.get_untracked().is_some() {
                        event.prevent_default();
                        draft.set(None);
                    } else if let ("Escape", Some(input)) = (event.key().as_str(), input.get_untracked()) {
                        // Fails only if the element is no longer in the document; then it has no focus.
                        let _ = input.blur();
                    }
                }
                on:input=move |event| draft.set(Some(event_target_value(&event)))/>
            <datalist id=list>{options}</datalist>
        </label>
    }
    .into_any()
}
