//! The top bar with the page's menus, buttons and status, and the banner for connection problems.

mod buttons;
mod context;
mod help;
mod keys;
mod menu;
mod namespaces;
mod problems;
mod status;

use leptos::prelude::*;
use topology::graph::UnitKey;

pub use status::{StatusLine, connection_problems, no_answer};

use crate::conn::Query;
use crate::icons::Icon;
use crate::live::Live;
use crate::question::Question;
use crate::text::text;

/// The product's name, which is the same in every language.
const PRODUCT: &str = "kubehop";

/// The title of the document: the question's address, the context, the product.
pub fn title(question: &Question, context: &str) -> String {
    let selected = question.select.as_ref().map(|select| select.address.as_str()).unwrap_or_default();
    let address = if question.to.is_empty() { selected } else { &question.to };
    let parts = [address, context, PRODUCT].into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" · ")
}

/// The top bar.
#[component]
pub fn TopBar(
    /// The page's data.
    live: Live,
    /// The part of the cluster that is shown.
    query: Memo<Query>,
    /// The reader's question.
    question: Memo<Question>,
    /// The context's name.
    context: Memo<String>,
    /// How fresh the data is.
    status: Memo<StatusLine>,
    /// Called with the group of a chosen problem.
    on_problem: Callback<(UnitKey,)>,
    /// Search, filters, and the bar of From and To.
    children: Children,
) -> AnyView {
    let words = text();
    let help_open = RwSignal::new(false);
    let (help_button, help_dialog) = help::help(help_open);
    keys::listen(help_open, live.paused);
    menu::close_when_left();
    let title = Memo::new(move |_| title(&question.read(), &context.read()));
    Effect::new(move |_| document().set_title(&title.get()));
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" && menu::close() {
            event.stop_propagation();
        }
    };
    view! {
        <header class="top" aria-label=words.frame_top_label() on:keydown=on_key>
            <div class="brand"><Icon name="i-brand" size=24/><span>{PRODUCT}</span></div>
            {context::context_menu(context)}
            {namespaces::namespaces_menu(live, query)}
            {children()}
            {buttons::view_buttons()}
            {problems::problems_menu(live, on_problem)}
            <div class="spring"></div>
            {status_view(live, status)}
            {buttons::language_link()}
            {buttons::theme_button()}
            {help_button}
            // On a phone it shows the rest of the bar; `style/top.css` tests its `open`.
            <details class="more">
                <summary aria-label=words.top_more() title=words.top_more()><Icon name="i-more"/></summary>
            </details>
        </header>
        {help_dialog}
    }
    .into_any()
}

/// The status and the button that pauses the page.
fn status_view(live: Live, status: Memo<StatusLine>) -> AnyView {
    let words = text();
    let detail = move || live.status.read().as_ref().map(|status| status::loading(status, words)).unwrap_or_default();
    // Screen readers do not read out the changing number of waiting changes.
    let politely = move || if live.waiting.get() > 0 { "off" } else { "polite" };
    let name = move || if live.paused.get() { words.top_resume() } else { words.top_pause() };
    view! {
        <div class="status" role="status" aria-live=politely data-state=move || status.read().state.as_str() title=detail>
            <i aria-hidden="true"></i>
            <span>{move || status.read().text.clone()}</span>
        </div>
        <button type="button" class="plain-button pause" class:paused=move || live.paused.get() aria-label=name title=name
            on:click=move |_| live.paused.update(|paused| *paused = !*paused)>
            <Icon name="i-pause"/>
            <Icon name="i-play"/>
        </button>
    }
    .into_any()
}

/// The banner for connection problems: a wrong kubeconfig, an unreachable server, forbidden kinds, a lost connection. It covers the
/// legend, so it covers no row of the picture and moves no element. A dismissed banner returns when its message changes.
#[component]
pub fn StatusBanner(
    /// The message; `None` hides the banner.
    #[prop(into)]
    message: Signal<Option<String>>,
) -> AnyView {
    let words = text();
    let dismissed = RwSignal::new(None::<String>);
    let shown = move || message.get().filter(|message| dismissed.with(|dismissed| dismissed.as_ref() != Some(message)));
    view! {
        <div class="banner" role="alert" hidden=move || shown().is_none()>
            <Icon name="i-error"/>
            <p>{move || shown().unwrap_or_default()}</p>
            <button type="button" class="plain-button" aria-label=words.frame_dismiss() on:click=move |_| dismissed.set(message.get())>
                <Icon name="i-close"/>
            </button>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use topology::graph::socket::Selection;

    use super::*;

    #[test]
    fn the_title_begins_with_the_address_of_the_question() {
        let select = Selection::parse("nodePort:192.168.56.12:30001");
        let selected = Question { select, ..Question::default() };
        assert_eq!(title(&selected, "lab"), "192.168.56.12:30001 · lab · kubehop");
        let typed = Question { to: "dns:web.default:80".into(), ..selected };
        assert_eq!(title(&typed, "lab"), "dns:web.default:80 · lab · kubehop");
        assert_eq!(title(&Question::default(), "lab"), "lab · kubehop");
    }
}
