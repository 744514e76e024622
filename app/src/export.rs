//! Exports: pictures, rows, the path as a diagram, texts.

mod mermaid;

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use topology::picture::Light;

use crate::browser;
use crate::conn::{Failure, address};
use crate::icons::Icon;
use crate::text::{Language, language, text};
use crate::url::PageUrl;

/// The result of the last export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ExportState {
    /// There was no export, or it needs no message.
    #[default]
    Nothing,
    /// The text is in the clipboard.
    Copied,
    /// There is no clipboard, so this text is shown for copying by hand.
    ByHand(String),
    /// The picture could not be drawn.
    DrawingFailed,
    /// The server did not answer.
    NoAnswer(Failure),
}

impl ExportState {
    /// Copies a text. Without a clipboard the result holds the text.
    pub fn of_copied_text(text: String) -> Self {
        if browser::copy(&text) { Self::Copied } else { Self::ByHand(text) }
    }
}

/// A small button that copies a text. Without a clipboard, a click on the text beside the button selects it.
#[component]
pub fn CopyButton(
    /// The button's label.
    label: String,
    /// Returns the text to copy.
    what: Callback<(), String>,
) -> AnyView {
    let words = text();
    let copied = RwSignal::new(false);
    let on_click = move |_| copied.set(browser::copy(&what.run(())));
    let label = move || if copied.get() { words.inspector_copied() } else { label.clone() };
    let icon = move || {
        let name = if copied.get() { "i-ready" } else { "i-copy" };
        view! { <Icon name/> }
    };
    view! { <button type="button" class="plain-button" aria-label=label.clone() title=label on:click=on_click>{icon}</button> }
        .into_any()
}

/// The menu of exports.
pub fn menu(url: PageUrl, light: Signal<Option<Arc<Light>>>, export_state: RwSignal<ExportState>) -> AnyView {
    let words = text();
    let panel = NodeRef::<html::Details>::new();
    // The page's colours are read when the menu is opened.
    let theme = RwSignal::new("");
    let lang = lang();
    let picture = move || {
        let theme = ("theme", theme.get());
        let query =
            if url.get("lang").is_empty() { url.follow(&[theme, ("lang", lang)]) } else { url.follow(&[theme]) };
        format!("./graph.svg?{query}")
    };
    let rows = move || {
        let overview = if crate::url::is_big() { "true" } else { "" };
        let (context, namespaces) = (url.get("context"), url.get("namespaces"));
        address("./api/v1/snapshot", &[("context", &context), ("namespaces", &namespaces), ("overview", overview)])
    };
    let close = move || {
        if let Some(panel) = panel.get_untracked() {
            panel.set_open(false);
        }
    };
    let png = move |_| {
        export_state.set(ExportState::Nothing);
        browser::png(picture(), "kubehop.png", move || export_state.set(ExportState::DrawingFailed));
        close();
    };
    let path = move || light.read().as_ref().map(|light| mermaid::flowchart(light, text())).unwrap_or_default();
    let diagram = move |_| {
        export_state.set(ExportState::of_copied_text(path()));
        close();
    };
    let has_no_path = move || light.read().as_ref().is_none_or(|light| light.evaluations.is_empty());
    let escape = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            close();
        }
    };
    view! {
        <details class="menu take" node_ref=panel on:toggle=move |_| theme.set(shown_theme()) on:keydown=escape>
            <summary>{words.export_menu()}<Icon name="i-open"/></summary>
            <ul class="pop">
                <li><a href=picture download="kubehop.svg" on:click=move |_| close()>{words.export_svg()}</a></li>
                <li><button type="button" on:click=png>{words.export_png()}</button></li>
                <li hidden=has_no_path><button type="button" on:click=diagram>{words.export_mermaid()}</button></li>
                <li><a href=rows download="kubehop.json" on:click=move |_| close()>{words.export_json()}</a></li>
            </ul>
        </details>
    }
    .into_any()
}

/// The page's language as the value of the server's parameter `lang`; empty for English, the server's default. The page may have its
/// language from the browser instead of its address.
pub(crate) fn lang() -> &'static str {
    match language() {
        Language::English => "",
        other => other.code(),
    }
}

/// The page's current colours, as the value of `theme` of `/graph.svg`.
fn shown_theme() -> &'static str {
    if browser::is_dark() { "dark" } else { "" }
}
