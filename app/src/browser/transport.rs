//! How an answer of the server's API reaches the page.
//!
//! [`fetch`](super::fetch) reads answers of any transport. The page of a server has one: HTTP.

use futures::future::LocalBoxFuture;
use js_sys::{Object, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, RequestCache, RequestInit, Response, window};

use super::timer::Timeout;

/// How long the server may take to begin its answer, in milliseconds.
const DEADLINE_MS: i32 = 20_000;

/// An answer that is not what was asked for.
pub enum Refusal {
    /// The server refused: the body of a problem (RFC 9457), or whatever it sent, and its status line.
    Answer {
        /// The body.
        body: Vec<u8>,
        /// `404 Not Found`.
        status: String,
    },
    /// There is no answer, in the browser's words.
    NoAnswer(String),
}

/// Takes questions to the server's API, and brings the answers back.
pub trait Transport {
    /// The body of the answer. Aborting the controller ends the question.
    fn get(
        &self,
        address: String,
        controller: Option<AbortController>,
    ) -> LocalBoxFuture<'static, Result<Vec<u8>, Refusal>>;
}

/// The server that the page came from.
pub struct Http;

impl Transport for Http {
    fn get(
        &self,
        address: String,
        controller: Option<AbortController>,
    ) -> LocalBoxFuture<'static, Result<Vec<u8>, Refusal>> {
        Box::pin(async move {
            let response = response(&address, controller).await.map_err(Refusal::NoAnswer)?;
            let body = body(&response).await.map_err(Refusal::NoAnswer)?;
            if response.ok() {
                return Ok(body);
            }
            let status = format!("{} {}", response.status(), response.status_text());
            Err(Refusal::Answer { body, status })
        })
    }
}

async fn response(address: &str, controller: Option<AbortController>) -> Result<Response, String> {
    let window = window().ok_or("no window")?;
    let init = RequestInit::new();
    init.set_cache(RequestCache::NoStore);
    init.set_signal(controller.as_ref().map(AbortController::signal).as_ref());
    let deadline = Timeout::new(DEADLINE_MS, move || {
        if let Some(controller) = controller {
            controller.abort_with_reason(&JsValue::from_str("no answer within 20 s"));
        }
    });
    let response = JsFuture::from(window.fetch_with_str_and_init(address, &init)).await.map_err(text)?;
    drop(deadline);
    response.dyn_into().map_err(text)
}

/// Bytes, not a JavaScript string, which would be converted to UTF-16 and back.
async fn body(response: &Response) -> Result<Vec<u8>, String> {
    let buffer = JsFuture::from(response.array_buffer().map_err(text)?).await.map_err(text)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// What an exception says.
fn text(error: JsValue) -> String {
    error.as_string().unwrap_or_else(|| error.unchecked_into::<Object>().to_string().into())
}
