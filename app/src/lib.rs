//! kubehop's page: rendered on the server, live in the browser.
//!
//! * [`model`] is what the page knows: the same index as the server's, and a signal for each part of the picture;
//! * [`conn`] does all IO: one snapshot, one stream of changes;
//! * [`draw`] is a pure function from model and selection to SVG, for the server's first picture and for the live one;
//! * [`question`] is what the reader asks, and its answer;
//! * `export` is what a reader takes away: pictures, rows, texts;
//! * `still` is the picture as a document of its own, drawn on the server;
//! * the rest is the page around it. Every text comes from [`text`].

mod ask;
#[cfg(feature = "browser")]
mod browser;
mod canvas;
#[cfg_attr(
    not(feature = "browser"),
    expect(dead_code, reason = "only the browser connects; the server compiles the types")
)]
pub mod conn;
mod draw;
mod elsewhere;
mod export;
mod find;
mod first_paint;
mod heads;
mod icons;
mod inspector;
mod legend;
mod live;
mod model;
mod page;
mod question;
pub mod source;
pub mod start;
#[cfg(feature = "ssr")]
pub mod still;
mod table;
#[cfg(test)]
mod testing;
pub mod text;
mod top;
pub mod url;

#[cfg(feature = "ssr")]
use leptos::nonce::use_nonce;
use leptos::prelude::*;

#[cfg(any(feature = "ssr", feature = "browser"))]
use crate::start::Start;
#[cfg(any(feature = "ssr", feature = "browser"))]
use crate::text::PageText;

/// The script that makes the page live: it loads the module and the texts of the page's language, and mounts the page when both are
/// there. The import hands its nonce on to the glue. If either cannot be loaded, the browser's console says so, and the first response
/// stays as it is.
#[cfg(feature = "ssr")]
fn loader(texts: &str) -> String {
    let module = "start({module_or_path:\"./pkg/kubehop.wasm\"})";
    let texts = format!("fetch(\"{texts}\").then(r=>{{if(r.ok)return r.text();throw Error(r.url+\": \"+r.status)}})");
    format!(
        "import start,{{hydrate}}from\"./pkg/kubehop.js\";Promise.all([{texts},{module}]).then(([texts])=>hydrate(texts))"
    )
}

/// The HTML document around [`App`], rendered on the server only.
///
/// Every address in it, and every one that the page asks for later, is relative to the document: so the page works under any base
/// path. Every script carries the nonce of the response's Content-Security-Policy.
#[cfg(feature = "ssr")]
pub fn shell() -> AnyView {
    let start = use_context::<Start>().unwrap_or_default();
    let language = start.language;
    start.provide(PageText::embedded(language));
    let texts = format!("./pkg/words.{}.ftl", language.code());
    // As HTML: a text would be followed by a marker for the browser, which a title shows.
    let title = top::title(&url::question().get_untracked(), &url::context().get_untracked());
    let title = title.replace('&', "&amp;").replace('<', "&lt;");
    view! {
        <!DOCTYPE html>
        <html lang=language.tag() data-context=start.context data-overview=start.overview.then_some("")>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <title inner_html=title></title>
                // Before any style: a reader's own choice of colours never gives way to another first.
                <script nonce=use_nonce() inner_html=top::THEME></script>
                <link rel="icon" type="image/svg+xml" href="./favicon.svg"/>
                <link rel="stylesheet" href="./pkg/kubehop.css"/>
                <link rel="modulepreload" nonce=use_nonce() href="./pkg/kubehop.js"/>
                <link rel="preload" href="./pkg/kubehop.wasm" r#as="fetch" r#type="application/wasm" crossorigin=""/>
                <link rel="preload" nonce=use_nonce() href=texts.clone() r#as="fetch" crossorigin=""/>
                <script type="module" nonce=use_nonce() inner_html=loader(&texts)></script>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
    .into_any()
}

/// The page's root component. A [`Start`] is in the context, and has provided what it knows.
#[component]
pub fn App() -> AnyView {
    view! { <page::Page/> }.into_any()
}

/// Makes the page live; the browser calls it once the module and the texts of the page's language, a Fluent file, are loaded.
///
/// The frame of the first response is replaced by the same frame, now live, and its picture is taken over as it is. Hydrating it
/// would need code for each element a second time, a fifth of the module. Without texts that can be read, the first response stays.
#[cfg(feature = "browser")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate(texts: &str) {
    console_error_panic_hook::set_once();
    let language = text::document_language();
    let words = match language.read(texts.as_bytes()) {
        Ok(words) => words,
        Err(error) => return web_sys::console::error_1(&error.into()),
    };
    let start = Start::take_over();
    mount_to_body(move || {
        start.provide(PageText::loaded(language, words));
        provide_context(start);
        App()
    });
}
