//! The HTML document around the page, rendered on the server.

use leptos::nonce::use_nonce;
use leptos::prelude::*;

use crate::page::Page;
use crate::start::Start;
use crate::text::PageText;
use crate::{first_paint, top, url};

/// The script that applies the reader's choice of colours before any style is loaded. `browser` stores the choice.
const THEME: &str = "try{let t=localStorage.getItem('kubehop.theme');\
                     if(/^(light|dark)$/.test(t))document.documentElement.dataset.theme=t}catch{}";

/// The script that makes the page live: it loads the module and the texts of the page's language, and mounts the page when both are
/// there. The import hands its nonce on to the glue. If either cannot be loaded, the browser's console says so, and the first response
/// stays as it is.
fn loader(texts: &str) -> String {
    let module = "start({module_or_path:\"./pkg/kubehop.wasm\"})";
    let texts = format!("fetch(\"{texts}\").then(r=>{{if(r.ok)return r.text();throw Error(r.url+\": \"+r.status)}})");
    format!(
        "import start,{{mount}}from\"./pkg/kubehop.js\";Promise.all([{texts},{module}]).then(([texts])=>mount(texts))"
    )
}

/// The HTML document around the page, rendered on the server only.
///
/// Every address in it, and every one that the page asks for later, is relative to the document: so the page works under any base
/// path. Every script carries the nonce of the response's Content-Security-Policy.
pub fn shell() -> AnyView {
    let mut start = use_context::<Start>().unwrap_or_default();
    let language = start.language;
    provide_context(PageText::new(language, language.words()));
    url::provide(&start);
    start.picture = first_paint::picture().into();
    provide_context(start.clone());
    let texts = format!("./pkg/words.{}.ftl", language.code());
    // Written as HTML, because Leptos writes a marker after a text, which would be shown in the title.
    let title = top::title(&url::question().get_untracked(), &url::context().get_untracked());
    let title = title.replace('&', "&amp;").replace('<', "&lt;");
    view! {
        <!DOCTYPE html>
        <html lang=language.tag() data-context=start.context data-overview=start.overview.then_some("")>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <title inner_html=title></title>
                // Before any style, so that the page never appears in other colours first.
                <script nonce=use_nonce() inner_html=THEME></script>
                <link rel="icon" type="image/svg+xml" href="./favicon.svg"/>
                <link rel="stylesheet" href="./pkg/kubehop.css"/>
                <link rel="modulepreload" nonce=use_nonce() href="./pkg/kubehop.js"/>
                <link rel="preload" href="./pkg/kubehop.wasm" r#as="fetch" r#type="application/wasm" crossorigin=""/>
                <link rel="preload" nonce=use_nonce() href=texts.clone() r#as="fetch" crossorigin=""/>
                <script type="module" nonce=use_nonce() inner_html=loader(&texts)></script>
            </head>
            <body>
                <Page/>
            </body>
        </html>
    }
    .into_any()
}
