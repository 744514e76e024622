//! The From and To bar: a question typed, with what it may become offered while it is typed.
//!
//! It is a form that asks by the URL, so it works before the page is live, and without JavaScript.

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

/// The destination of what is selected, where there is one: what the field shows before something is typed.
fn destination(light: &Light) -> String {
    let mut all = light.evaluations.iter().filter_map(|evaluation| evaluation.to.as_ref());
    all.next().filter(|first| all.all(|other| other == *first)).map(ToString::to_string).unwrap_or_default()
}

/// From, To, and what is wrong with them.
#[component]
pub fn AskBar(
    /// The page's data.
    live: Live,
    /// What the URL asks.
    question: Memo<Question>,
    /// What is shown for it.
    answer: Signal<Answer>,
    /// Called with the next question.
    on_ask: Callback<(Question,)>,
) -> AnyView {
    let words = text();
    // What is being typed, until it is asked; whatever else is asked takes its place.
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
            let asked = question.read().to.clone();
            if asked.is_empty() { selected.get() } else { asked }
        })
    });
    // The texts of the first response; from then on the fields follow the signals.
    let first = question.get_untracked();
    let assumed = move || assumed(light.get()).unwrap_or_else(|| words.ask_from_anywhere());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let now = question.get_untracked();
        let typed = to_draft.get_untracked().is_some_and(|text| text != selected.get_untracked());
        // A selection stays one while its destination is not changed: only the source is another.
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

/// Where a packet is taken to come from, when nothing was said.
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
    // A text that is there already is not what is looked for: until something is typed, everything is offered.
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
                    // What was typed and not asked is given up first, then the field is left.
                    if event.key() == "Escape" && draft.get_untracked().is_some() {
                        event.prevent_default();
                        draft.set(None);
                    } else if let ("Escape", Some(input)) = (event.key().as_str(), input.get_untracked()) {
                        // It fails on an element that is gone: then nothing has the focus.
                        let _ = input.blur();
                    }
                }
                on:input=move |event| draft.set(Some(event_target_value(&event)))/>
            <datalist id=list>{options}</datalist>
        </label>
    }
    .into_any()
}
