//! What the page begins with: on the server what was asked for, in the browser what the first response left there.

use std::sync::Arc;

use leptos::prelude::*;

use crate::text::Language;

/// The beginnings of a page. Provided as a context value.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// The query of the page's address, without `?`.
    pub query: String,
    /// The name of the context that is meant when the query names none.
    pub context: String,
    /// Whether the cluster is too big to be shown as a whole: what is not opened is counted.
    pub overview: bool,
    /// The page's language.
    pub language: Language,
    /// The picture of the first response, as HTML.
    pub picture: Arc<str>,
    /// What was typed into the fields of the bar before the page was live, by the fields' names.
    pub typed: Vec<(String, String)>,
    /// The name of the field that had the focus.
    pub focused: Option<String>,
}

impl Start {
    /// What was typed into a field before the page was live.
    pub fn typed(&self, name: &str) -> Option<String> {
        self.typed.iter().find(|(field, _)| field == name).map(|(_, text)| text.clone())
    }
}

/// The picture of the first response, until the live one takes its place.
#[component]
pub fn FirstPicture() -> AnyView {
    let picture = use_context::<Start>().map(|start| start.picture).unwrap_or_default();
    view! { <div class="picture first" inner_html=picture></div> }.into_any()
}
