//! The filters: what is found, what is hidden, problems only, and by what the picture is arranged. All of it is in the URL.

use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDetailsElement, HtmlElement, HtmlInputElement};

use crate::browser::matches_media;
use crate::icons::Icon;
use crate::text::text;
use crate::url::PageUrl;

/// What was typed with Chinese punctuation means the same.
pub(crate) fn plain(typed: &str) -> String {
    typed.trim().replace('：', ":").replace('，', ",").replace('（', "(").replace('）', ")")
}

/// Examples of the language, as a reader may type them.
const EXAMPLES: [&str; 7] = [
    "kind:service port:30001",
    "ns:kube-system",
    "label:app=web",
    "ip:10.244.0.0/16",
    "not ready",
    "type:NodePort or type:LoadBalancer",
    "-name:test*",
];

/// The panel behind the funnel.
#[component]
pub fn Filters(
    /// The page's address.
    url: PageUrl,
    /// What is wrong with a filter of the URL, in words.
    wrong: Signal<Option<String>>,
    /// The first field, for `f` to go to.
    field: NodeRef<html::Input>,
) -> AnyView {
    let words = text();
    let hide = NodeRef::<html::Input>::new();
    let panel = NodeRef::<html::Details>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let of = |input: NodeRef<html::Input>| input.get_untracked().map(|input| input.value()).unwrap_or_default();
        url.go(&[("find", &plain(&of(field))), ("hide", &plain(&of(hide)))]);
        // What is found is to be seen; what cannot be read is said in the panel.
        if let Some(panel) = panel.get_untracked().filter(|_| wrong.read_untracked().is_none()) {
            panel.set_open(false);
            to_summary(&panel);
        }
    };
    // So that what is typed next goes there. On a phone it would bring up the keyboard over the examples.
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

/// What a closed panel leaves has the focus again.
fn to_summary(panel: &HtmlDetailsElement) {
    if let Some(summary) = panel.first_element_child() {
        // Cannot fail while the element is in the document.
        let _focused = summary.unchecked_into::<HtmlElement>().focus();
    }
}

/// Puts the focus into a field where a mouse opened its panel; where it is in the panel already, it stays.
fn focus_with_mouse(panel: &HtmlDetailsElement, field: &HtmlInputElement) {
    let within = document()
        .active_element()
        .is_some_and(|focused| focused.closest("form").ok().flatten().is_some_and(|form| panel.contains(Some(&form))));
    if matches_media("(pointer: fine)") && !within {
        // Cannot fail while the element is in the document.
        let _focused = field.focus();
    }
}
