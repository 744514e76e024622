//! What the page begins with: on the server what was asked for, in the browser what the first response left there.

use leptos::prelude::provide_context;

#[cfg(feature = "browser")]
use crate::text::document_language;
use crate::text::{Language, PageText};
use crate::url;

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
    /// The picture of the first response, as HTML; empty on the server.
    pub picture: String,
    /// What was typed into the fields of the bar before the page was live, by the fields' names.
    pub typed: Vec<(String, String)>,
    /// The name of the field that had the focus.
    pub focused: Option<String>,
}

impl Start {
    /// Makes the page's texts and address known to all components.
    pub fn provide(&self, text: PageText) {
        provide_context(text);
        url::provide(&self.query);
    }

    /// What was typed into a field before the page was live.
    pub fn typed(&self, name: &str) -> Option<String> {
        self.typed.iter().find(|(field, _)| field == name).map(|(_, text)| text.clone())
    }
}

#[cfg(feature = "browser")]
impl Start {
    /// Reads what the first response left, and empties the page's body for the live page.
    pub fn take_over() -> Self {
        use wasm_bindgen::JsCast;
        use web_sys::HtmlInputElement;

        let Some(document) = web_sys::window().and_then(|window| window.document()) else { return Self::default() };
        let mut start = Self { query: url::address_query(), ..Self::default() };
        let root = document.document_element();
        start.context = root.as_ref().and_then(|root| root.get_attribute("data-context")).unwrap_or_default();
        start.language = document_language();
        start.overview = root.as_ref().is_some_and(|root| root.has_attribute("data-overview"));
        let picture = document.query_selector(".picture.first").ok().flatten();
        start.picture = picture.map(|picture| picture.inner_html()).unwrap_or_default();
        let fields = document.query_selector_all(".ask input[list]").ok();
        for n in 0..fields.as_ref().map_or(0, web_sys::NodeList::length) {
            let field = fields.as_ref().and_then(|fields| fields.item(n)?.dyn_into::<HtmlInputElement>().ok());
            if let Some(field) = field.filter(|field| field.value() != field.default_value()) {
                start.typed.push((field.name(), field.value()));
            }
        }
        let focused = document.active_element().and_then(|element| element.dyn_into::<HtmlInputElement>().ok());
        start.focused = focused.map(|field| field.name());
        if let Some(body) = document.body() {
            body.set_inner_html("");
        }
        start
    }
}
