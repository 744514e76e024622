//! How an answer of the server's API reaches the page.
//!
//! [`fetch`](super::fetch) reads answers of any transport. The page of a server has one: HTTP.

use std::cell::Cell;
use std::rc::Rc;

use futures::future::LocalBoxFuture;
use js_sys::{Object, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestCache, RequestInit, Response};

use super::timer::Timeout;
use super::window::{document_language, window};
use crate::conn::Failure;

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
    /// There is no answer.
    NoAnswer(Failure),
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

async fn response(address: &str, controller: Option<AbortController>) -> Result<Response, Failure> {
    let window = window().ok_or(Failure::Nothing)?;
    let init = RequestInit::new();
    init.set_cache(RequestCache::NoStore);
    init.set_signal(controller.as_ref().map(AbortController::signal).as_ref());
    // The server says what is wrong in the page's language, not in the browser's.
    let headers = Headers::new().map_err(said)?;
    headers.set("accept-language", document_language().tag()).map_err(said)?;
    init.set_headers(&headers);
    let overdue = Rc::new(Cell::new(false));
    let late = Rc::clone(&overdue);
    let deadline = Timeout::new(DEADLINE_MS, move || {
        late.set(true);
        if let Some(controller) = controller {
            controller.abort();
        }
    });
    let response = JsFuture::from(window.fetch_with_str_and_init(address, &init)).await;
    drop(deadline);
    let failure = |error| if overdue.get() { Failure::NoAnswer(DEADLINE_MS as u32 / 1000) } else { said(error) };
    response.map_err(failure)?.dyn_into().map_err(said)
}

/// Bytes, not a JavaScript string, which would be converted to UTF-16 and back.
async fn body(response: &Response) -> Result<Vec<u8>, Failure> {
    let buffer = JsFuture::from(response.array_buffer().map_err(said)?).await.map_err(said)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// What an exception says.
fn said(error: JsValue) -> Failure {
    Failure::Said(error.as_string().unwrap_or_else(|| error.unchecked_into::<Object>().to_string().into()))
}
