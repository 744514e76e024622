//! One fetch, of a snapshot or of another answer, aborted when it is dropped.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Object, Reflect, Uint8Array};
use topology::wire::{Cursor, Snapshot};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, RequestCache, RequestInit, Response, UrlSearchParams, window};

use super::Query;
use super::timer::Timeout;
use crate::url::address;

/// How long the server may take to begin its answer, in milliseconds.
const DEADLINE_MS: i32 = 20_000;
/// Addresses are relative to the page's, which may have a base path.
const SEARCH: &str = "./api/v1/search";

/// The address of an API method for a query, `since` a position.
pub fn url(method: &str, query: &Query, since: Option<Cursor>) -> String {
    let mut url = format!("./api/v1/{method}");
    let Ok(params) = UrlSearchParams::new() else { return url };
    if let Some(context) = &query.context {
        params.append("context", context);
    }
    if !query.namespaces.is_empty() {
        params.append("namespaces", &query.namespaces.join(","));
    }
    if query.overview {
        params.append("overview", "true");
    }
    if let Some(since) = since {
        params.append("since", &since.to_string());
        params.append("alive", "true");
    }
    let params = params.to_string().as_string().unwrap_or_default();
    if !params.is_empty() {
        url.push('?');
        url.push_str(&params);
    }
    url
}

/// The address of a search in all namespaces.
pub fn search_url(context: Option<&str>, text: &str) -> String {
    let Ok(params) = UrlSearchParams::new() else { return SEARCH.to_owned() };
    if let Some(context) = context {
        params.append("context", context);
    }
    params.append("q", text);
    format!("{SEARCH}?{}", params.to_string().as_string().unwrap_or_default())
}

/// The address of a method about something of a context.
pub fn method_url(method: &str, params: &[(&str, &str)]) -> String {
    address(&format!("./api/v1/{method}"), params)
}

/// The address of a trace.
pub fn trace_url(context: Option<&str>, from: &str, to: &str) -> String {
    method_url("trace", &[("context", context.unwrap_or_default()), ("from", from), ("to", to)])
}

/// A fetch under way.
pub struct Fetch {
    controller: Option<AbortController>,
    dropped: Rc<Cell<bool>>,
}

impl Fetch {
    /// Fetches a snapshot; reports it, or what went wrong in the server's or the browser's words.
    pub fn start(url: &str, report: impl FnOnce(Result<Snapshot, String>) + 'static) -> Self {
        Self::spawn(
            url,
            async |response: Response| {
                let body = JsFuture::from(response.array_buffer().map_err(text)?).await.map_err(text)?;
                // Bytes, not a JavaScript string, which would be converted to UTF-16 and back.
                let text = String::from_utf8(Uint8Array::new(&body).to_vec()).map_err(|error| error.to_string())?;
                serde_json::from_str(&text).map_err(|error| format!("the snapshot: {error}"))
            },
            report,
        )
    }

    /// Fetches JSON as the browser reads it, or plain text as a string.
    pub fn json(url: &str, report: impl FnOnce(Result<JsValue, String>) + 'static) -> Self {
        let read = async |response: Response| {
            let kind = response.headers().get("content-type").ok().flatten().unwrap_or_default();
            let body = if kind.starts_with("text/") { response.text() } else { response.json() };
            JsFuture::from(body.map_err(text)?).await.map_err(text)
        };
        Self::spawn(url, read, report)
    }

    fn spawn<T: 'static>(
        url: &str,
        read: impl AsyncFnOnce(Response) -> Result<T, String> + 'static,
        report: impl FnOnce(Result<T, String>) + 'static,
    ) -> Self {
        let fetch = Self { controller: AbortController::new().ok(), dropped: Rc::default() };
        let (url, controller, dropped) = (url.to_owned(), fetch.controller.clone(), Rc::clone(&fetch.dropped));
        spawn_local(async move {
            let result = match get(&url, controller).await {
                Ok(response) => read(response).await,
                Err(error) => Err(error),
            };
            if !dropped.get() {
                report(result);
            }
        });
        fetch
    }
}

impl Drop for Fetch {
    fn drop(&mut self) {
        self.dropped.set(true);
        if let Some(controller) = &self.controller {
            controller.abort();
        }
    }
}

async fn get(url: &str, controller: Option<AbortController>) -> Result<Response, String> {
    let window = window().ok_or("no window")?;
    let init = RequestInit::new();
    init.set_cache(RequestCache::NoStore);
    init.set_signal(controller.as_ref().map(AbortController::signal).as_ref());
    let deadline = Timeout::new(DEADLINE_MS, move || {
        if let Some(controller) = controller {
            controller.abort_with_reason(&JsValue::from_str("no answer within 20 s"));
        }
    });
    let response = JsFuture::from(window.fetch_with_str_and_init(url, &init)).await.map_err(text)?;
    drop(deadline);
    let response: Response = response.dyn_into().map_err(text)?;
    if response.ok() { Ok(response) } else { Err(problem(&response).await) }
}

/// The `detail` of a problem (RFC 9457), or the status line of anything else.
async fn problem(response: &Response) -> String {
    let detail = async {
        let body = JsFuture::from(response.json().ok()?).await.ok()?;
        Reflect::get(&body, &JsValue::from_str("detail")).ok()?.as_string()
    };
    match detail.await {
        Some(detail) => detail,
        None => format!("{} {}", response.status(), response.status_text()),
    }
}

/// What an exception says.
fn text(error: JsValue) -> String {
    error.as_string().unwrap_or_else(|| error.unchecked_into::<Object>().to_string().into())
}
