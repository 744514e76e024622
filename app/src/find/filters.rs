//! The panel of filters: find, hide, problems only, and the arrangement of the picture. All of them are in the URL.

use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDetailsElement, HtmlElement, HtmlInputElement};

use crate::browser::matches_media;
use crate::icons::Icon;
use crate::text::text;
use crate::url::PageUrl;

/// Replaces Chinese punctuation by the ASCII punctuation of the filter language.
pub(crate) fn plain(typed: &str) -> String {
    typed.trim().replace('：', ":").replace('，', ",").replace('（', "(").replace('）', ")")
}

/// Examples of the filter language.
const EXAMPLES: [&str; 7] = [
    "kind:service port:30001",
    "ns:kube-system",
    "label:app=web",
    "ip:10.244.0.0/16",
    "not ready",
    "type:NodePort or type:LoadBalancer",
    "-name:test*",
];

/// The panel that the funnel opens.
#[component]
pub fn Filters(
    /// The page's address.
    url: PageUrl,
    /// The problem of a filter of the URL, as text.
    wrong: Signal<Option<String>>,
    /// The first field, which the key `f` focuses.
    field: NodeRef<html::Input>,
) -> AnyView {
    let words = text();
    let hide = NodeRef::<html::Input>::new();
    let panel = NodeRef::<html::Details>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let of = |input: NodeRef<html::Input>| input.get_untracked().map(|input| input.value()).unwrap_or_default();
        url.go(&[("find", &plain(&of(field))), ("hide", &plain(&of(hide)))]);
        // The panel closes so that the result is visible. It stays open to show the problem of a filter that cannot be read.
        if let Some(panel) = panel.get_untracked().filter(|_| wrong.read_untracked().is_none()) {
            panel.set_open(false);
            to_summary(&panel);
        }
    };
    // The field gets the focus, so that the reader can type at once. Not on a phone: its keyboard would cover the examples.
    let opened = move |_| {
        if let Some((panel, field)) = panel.get_untracked().zip(field.get_untracked()).filter(|(panel, _)| panel.open())
        {
            focus_with_mouse(&panel, &field);
        }
    };
    let flag = move |name: &'static str, on: &'static str| {
        move |_| {
            let now = url.peek(name);
            url.go(&[(name, if now.is_empty() { on } else { "" })]);
        }
    };
    let input = |name: &'static str, label: String, node_ref| {
        view! {
            <label>
                <span>{label}</span>
                <input type="text" name=name node_ref=node_ref prop:value=move || url.get(name) autocomplete="off" spellcheck="false"/>
            </label>
        }
    };
    let examples = EXAMPLES.map(|example| {
        let put = move |_| url.go(&[("find", example)]);
        view! { <li><button type="button" class="example mono" on:click=put>{example}</button></li> }
    });
    let check = move |name: &'static str, on: &'static str, label: String| {
        view! {
            <label class="check">
                <input type="checkbox" prop:checked=move || !url.get(name).is_empty() on:change=flag(name, on)/>
                <span>{label}</span>
            </label>
        }
    };
    let close = move |event: leptos::ev::KeyboardEvent| {
        if let ("Escape", Some(panel)) = (event.key().as_str(), panel.get_untracked()) {
            event.stop_propagation();
            panel.set_open(false);
            to_summary(&panel);
        }
    };
    view! {
        <details class="menu filters" node_ref=panel on:keydown=close on:toggle=opened>
            <summary aria-label=words.find_filters() title=words.find_filters()><Icon name="i-filter"/><span class="word">{words.find_filters()}</span></summary>
            <form class="pop" on:submit=submit>
                {input("find", words.find_find(), field)}
                {input("hide", words.find_hide(), hide)}
                <p class="wrong" role="alert" hidden=move || wrong.read().is_none()>{move || wrong.get()}</p>
                <button type="submit">{words.find_apply()}</button>
                {check("problems", "1", words.find_problems_only())}
                {check("by", "node", words.find_by_node())}
                <h2>{words.find_examples()}</h2>
                <ul class="examples">{examples.into_iter().collect_view()}</ul>
                <p class="muted">{words.find_language()}</p>
            </form>
        </details>
    }
    .into_any()
}

/// Moves the focus to the panel's summary when the panel closes.
fn to_summary(panel: &HtmlDetailsElement) {
    if let Some(summary) = panel.first_element_child() {
        // Cannot fail while the element is in the document.
        let _focused = summary.unchecked_into::<HtmlElement>().focus();
    }
}

/// Focuses the field if a mouse opened the panel and the focus is not in the panel already.
fn focus_with_mouse(panel: &HtmlDetailsElement, field: &HtmlInputElement) {
    let within = document()
        .active_element()
        .is_some_and(|focused| focused.closest("form").ok().flatten().is_some_and(|form| panel.contains(Some(&form))));
    if matches_media("(pointer: fine)") && !within {
        // Cannot fail while the element is in the document.
        let _focused = field.focus();
    }
}
