//! The entry point in the browser: it makes the page of the first response live.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Document, HtmlInputElement, NodeList, console};

use crate::browser::address_query;
use crate::browser::window::document_language;
use crate::page::Page;
use crate::resolver;
use crate::start::Start;
use crate::text::{Language, PageText, Words};
use crate::url;

/// Makes the page live. The loader calls it when the module and the texts of the page's language, a Fluent file, are loaded.
///
/// A live frame replaces the frame of the first response, and the picture of the first response is kept. Hydration would need a second
/// copy of the code for each element. If the texts do not parse, the first response stays.
#[wasm_bindgen]
pub fn mount(texts: &str) {
    console_error_panic_hook::set_once();
    let language = document_language();
    let words = match language.read(texts.as_bytes()) {
        Ok(words) => words,
        Err(error) => return console::error_1(&error.into()),
    };
    spawn_local(async move {
        // An answer of the first response stays until the live page has the resolver. If it cannot be loaded, the page tries again.
        if asks(&address_query()) {
            let _ = resolver::load().await;
        }
        mount_page(language, words);
    });
}

/// Whether the page's address asks a question.
fn asks(query: &str) -> bool {
    form_urlencoded::parse(query.as_bytes())
        .any(|(name, value)| (name == "select" || name == "to") && !value.is_empty())
}

fn mount_page(language: Language, words: Words) {
    let start = take_over(&document());
    mount_to_body(move || {
        // Leaked: there is one catalogue for the life of the page, and all closures and components refer to it. Without the leak each of
        // them would need a lifetime or a reference count.
        provide_context(PageText::new(language, Box::leak(Box::new(words))));
        url::provide(&start);
        provide_context(start);
        Page()
    });
}

/// Reads the start values from the first response, and empties the body for the live page.
fn take_over(document: &Document) -> Start {
    let root = document.document_element();
    let picture = document.query_selector(".picture.first").ok().flatten();
    let focused = document.active_element().and_then(|element| element.dyn_into::<HtmlInputElement>().ok());
    let start = Start {
        query: address_query(),
        context: root.as_ref().and_then(|root| root.get_attribute("data-context")).unwrap_or_default(),
        overview: root.is_some_and(|root| root.has_attribute("data-overview")),
        language: document_language(),
        picture: picture.map(|picture| picture.inner_html()).unwrap_or_default().into(),
        typed: typed(document),
        focused: focused.map(|field| field.name()),
    };
    if let Some(body) = document.body() {
        body.set_inner_html("");
    }
    start
}

/// The typed values of the bar's fields, with the fields' names.
fn typed(document: &Document) -> Vec<(String, String)> {
    let fields = document.query_selector_all(".ask input[list]").ok();
    let count = fields.as_ref().map_or(0, NodeList::length);
    let fields = (0..count).filter_map(|n| fields.as_ref()?.item(n)?.dyn_into::<HtmlInputElement>().ok());
    let changed = fields.filter(|field| field.value() != field.default_value());
    changed.map(|field| (field.name(), field.value())).collect()
}
