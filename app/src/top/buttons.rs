//! The buttons of the top bar: graph or table, language, colours.

use leptos::prelude::*;

use crate::browser::{choose_theme, chosen_theme};
use crate::icons::Icon;
use crate::text::{language, text};
use crate::url::{self, View};

/// The buttons that choose graph or table.
pub(super) fn view_buttons() -> AnyView {
    let (words, here, shown) = (text(), url::here(), url::view());
    let button = move |view: View, icon: &'static str, word: String| {
        let title = word.clone();
        view! {
            <button type="button" title=title aria-pressed=move || if shown.get() == view { "true" } else { "false" }
                on:click=move |_| url::show(here, view)>
                <Icon name=icon/>
                <span class="word">{word}</span>
            </button>
        }
        .into_any()
    };
    view! {
        <div class="toggle" role="group" aria-label=words.top_view()>
            {button(View::Graph, "i-graph", words.top_graph())}
            {button(View::Table, "i-table", words.top_table())}
        </div>
    }
    .into_any()
}

/// The link to the page in the other language. It is a link because every text changes.
pub(super) fn language_link() -> AnyView {
    let (words, here) = (text(), url::here());
    let tag = language().other().code();
    let href = move || here.link(&[("lang", tag)]);
    view! {
        <a class="bar-button language" rel="external" hreflang=tag title=words.top_read_in_other_language() href=href>
            <span class="own">{words.top_own_language()}</span>
            <span class="slash">"/"</span>
            <span lang=tag>{words.top_other_language()}</span>
        </a>
    }
    .into_any()
}

/// The button that chooses the colours: the system's, light or dark. The style sheet shows the shape of the choice.
pub(super) fn theme_button() -> AnyView {
    let words = text();
    let chosen = RwSignal::new(chosen_theme());
    let name = move || match chosen.get().as_str() {
        "light" => words.top_theme_light(),
        "dark" => words.top_theme_dark(),
        _ => words.top_theme_system(),
    };
    let next = move |_| {
        let next = match chosen.get_untracked().as_str() {
            "" => "light",
            "light" => "dark",
            _ => "",
        };
        choose_theme(next);
        chosen.set(next.to_owned());
    };
    view! {
        <button type="button" class="bar-button theme" aria-label=name title=name on:click=next>
            <Icon name="i-system"/>
            <Icon name="i-sun"/>
            <Icon name="i-moon"/>
        </button>
    }
    .into_any()
}
