//! The start values of a page: on the server from the request, in the browser from the first response.

use std::sync::Arc;

use leptos::prelude::*;

use crate::text::Language;

/// The start values of a page. Provided as a context value.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// The query of the page's address, without `?`.
    pub query: String,
    /// The name of the context that is used if the query names none.
    pub context: String,
    /// Whether the cluster is too big to be shown as a whole: unopened namespaces are only counted.
    pub overview: bool,
    /// The page's language.
    pub language: Language,
    /// The picture of the first response, as HTML.
    pub picture: Arc<str>,
    /// The values typed into the bar's fields before the page was live, with the fields' names.
    pub typed: Vec<(String, String)>,
    /// The name of the field that had the focus.
    pub focused: Option<String>,
}

impl Start {
    /// The value typed into a field before the page was live.
    pub fn typed(&self, name: &str) -> Option<String> {
        self.typed.iter().find(|(field, _)| field == name).map(|(_, text)| text.clone())
    }
}

/// The picture of the first response, until the live one replaces it.
#[component]
pub fn FirstPicture() -> AnyView {
    let picture = use_context::<Start>().map(|start| start.picture).unwrap_or_default();
    view! { <div class="picture first" inner_html=picture></div> }.into_any()
}
