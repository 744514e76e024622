//! The problems in the top bar: their numbers, always in view, and below them the list.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use topology::graph::{Severity, UnitKey};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::menu;
use crate::icons::Icon;
use crate::live::Live;
use crate::problems::{self, ProblemOrder, causes, counts, icon, problem_list};
use crate::text::text;

/// Maximum number of problems that are listed.
const SHOWN: usize = 100;
/// The rows of the list, and what opens it.
const ROWS: &str = ".menu.problem-menu button.problem";
const LABEL: &str = ".menu.problem-menu summary";

/// The menu. While the list is open, the keys up and down choose, and the picture follows.
pub(super) fn problems_menu(live: Live, ask: Callback<(UnitKey,)>) -> AnyView {
    let words = text();
    let all = problems::follow(live);
    let (open, order) = (RwSignal::new(false), RwSignal::new(ProblemOrder::default()));
    let numbers = Memo::new(move |_| counts(&all.read()));
    let number = move |n: usize, severity| {
        let (icon, tone) = icon(severity);
        (n > 0).then(|| view! { <span class=format!("n {tone}")><Icon name=icon/><b>{n}</b></span> })
    };
    let label = move || {
        let (errors, warnings) = numbers.get();
        if errors + warnings == 0 {
            return view! { <span class="n none"><Icon name="i-ready"/></span><span class="word none">{words.problems_none()}</span> }.into_any();
        }
        let said = [
            (errors > 0).then(|| words.problems_errors(errors)),
            (warnings > 0).then(|| words.problems_warnings(warnings)),
        ];
        let said = said.into_iter().flatten().collect::<Vec<_>>().join(", ");
        view! {
            <span class="visually-hidden">{said}</span>
            <span class="numbers" aria-hidden="true">
                {number(errors, Severity::Error)}{number(warnings, Severity::Warning)}<span class="word">{words.problems_word()}</span>
            </span>
        }
        .into_any()
    };
    let heading = move || {
        let all = all.read();
        if all.is_empty() { words.problems_none() } else { words.problems_and_causes(all.len(), causes(&all)) }
    };
    let choice = move |own: ProblemOrder, word: String| {
        view! {
            <button type="button" aria-pressed=move || if order.get() == own { "true" } else { "false" } on:click=move |_| order.set(own)>{word}</button>
        }
    };
    let chosen = Callback::new(move |(key,): (UnitKey,)| {
        menu::close();
        ask.run((key,));
    });
    let panel = NodeRef::<html::Div>::new();
    let keys = move |event: KeyboardEvent| {
        let down = match event.key().as_str() {
            "ArrowDown" => true,
            "ArrowUp" => false,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        if let Some(key) = step(down) {
            ask.run((key,));
        }
    };
    // The list is made when it is opened.
    let content = move || {
        open.get().then(|| view! {
            <header>
                <b role="status">{heading}</b>
                <div class="toggle" role="group" aria-label=words.problems_arranged()>
                    {choice(ProblemOrder::Cause, words.problems_by_cause())}
                    {choice(ProblemOrder::Object, words.problems_by_object())}
                    {choice(ProblemOrder::Node, words.problems_by_node())}
                </div>
            </header>
            {problem_list(live, all, order.into(), SHOWN, chosen)}
            <footer class="muted">
                <kbd>"!"</kbd>{words.problems_key_open()}<kbd>"↑"</kbd><kbd>"↓"</kbd>{words.problems_key_choose()}<kbd>"Enter"</kbd>{words.problems_key_keep()}
            </footer>
        })
    };
    let view = view! { <div node_ref=panel on:keydown=keys>{content}</div> };
    menu::menu("problem-menu", label.into_any(), open, view.into_any())
}

/// Opens the list, and focuses its first row once it is made.
pub(super) fn open() {
    /// Maximum number of frames to wait for the list; without problems there is none.
    const FRAMES: u32 = 20;
    fn focus_first(frames: u32) {
        match rows().first() {
            Some(first) => focus(first),
            None if frames > 0 => request_animation_frame(move || focus_first(frames - 1)),
            None => {}
        }
    }
    let Some(label) = document().query_selector(LABEL).ok().flatten() else { return };
    if let Some(menu) = label.parent_element() {
        // Cannot fail for an attribute of this name.
        let _ = menu.set_attribute("open", "");
    }
    focus(&label);
    focus_first(FRAMES);
}

fn rows() -> Vec<Element> {
    let Ok(found) = document().query_selector_all(ROWS) else { return Vec::new() };
    (0..found.length()).filter_map(|n| found.item(n)?.dyn_into().ok()).collect()
}

/// Moves the focus to the next row, and returns the group of its problem.
fn step(down: bool) -> Option<UnitKey> {
    let rows = rows();
    let now = document().active_element().and_then(|active| rows.iter().position(|row| *row == active));
    let last = rows.len().checked_sub(1)?;
    let next = match (now, down) {
        (None, true) => 0,
        (None, false) => last,
        (Some(now), true) => (now + 1).min(last),
        (Some(now), false) => now.saturating_sub(1),
    };
    focus(&rows[next]);
    UnitKey::parse(&rows[next].get_attribute("data-problem")?)
}

fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // Cannot fail while the element is in the document.
        let _focused = element.focus();
    }
}
