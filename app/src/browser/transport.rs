//! Transports of requests to the server's API.
//!
//! [`fetch`](super::fetch) decodes the answers of any transport. The page of a server uses HTTP.

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

/// Maximum time until the server begins its answer, in ms.
const DEADLINE_MS: i32 = 20_000;

/// Why a request has no answer of the expected type.
pub enum Refusal {
    /// The server refused the request, with a problem (RFC 9457) or with another body.
    Answer {
        /// The body.
        body: Vec<u8>,
        /// The status, for example `404 Not Found`.
        status: String,
        /// After how many seconds the server wants to be asked again, if it says so (`Retry-After`).
        retry_after: Option<u32>,
    },
    /// The server did not answer.
    NoAnswer(Failure),
}

/// Sends requests to the server's API.
pub trait Transport {
    /// Requests an address and returns the body of the answer. Aborting the controller ends the request.
    fn get(
        &self,
        address: String,
        controller: Option<AbortController>,
    ) -> LocalBoxFuture<'static, Result<Vec<u8>, Refusal>>;
}

/// HTTP to the server that delivered the page.
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
            let retry_after = response.headers().get("retry-after").ok().flatten().and_then(|value| value.parse().ok());
            Err(Refusal::Answer { body, status, retry_after })
        })
    }
}

async fn response(address: &str, controller: Option<AbortController>) -> Result<Response, Failure> {
    let window = window().ok_or(Failure::Unexplained)?;
    let init = RequestInit::new();
    init.set_cache(RequestCache::NoStore);
    init.set_signal(controller.as_ref().map(AbortController::signal).as_ref());
    // The server writes its errors in the language of this header: the page's language, not the browser's.
    let headers = Headers::new().map_err(exception_failure)?;
    headers.set("accept-language", document_language().tag()).map_err(exception_failure)?;
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
    let failure =
        |error| if overdue.get() { Failure::NoAnswer(DEADLINE_MS as u32 / 1000) } else { exception_failure(error) };
    response.map_err(failure)?.dyn_into().map_err(exception_failure)
}

/// The body as bytes: a JavaScript string would be converted to UTF-16 and back.
async fn body(response: &Response) -> Result<Vec<u8>, Failure> {
    let buffer =
        JsFuture::from(response.array_buffer().map_err(exception_failure)?).await.map_err(exception_failure)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// The text of an exception that the browser threw.
fn exception_failure(error: JsValue) -> Failure {
    Failure::Message(error.as_string().unwrap_or_else(|| error.unchecked_into::<Object>().to_string().into()))
}
