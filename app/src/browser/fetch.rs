//! A question to the server's API, aborted when it is dropped.

use std::cell::Cell;
use std::rc::Rc;

use topology::wire::Problem;
use wasm_bindgen_futures::spawn_local;
use web_sys::AbortController;

use super::transport::{Http, Refusal, Transport};
use crate::conn::Call;

/// A question under way.
pub struct Fetch {
    controller: Option<AbortController>,
    dropped: Rc<Cell<bool>>,
}

/// Asks; reports the answer, or what went wrong in the server's or the browser's words.
pub fn fetch<C: Call>(call: &C, report: impl FnOnce(Result<C::Answer, String>) + 'static) -> Fetch {
    let read = |body: Vec<u8>| {
        let text = String::from_utf8(body).map_err(|error| error.to_string())?;
        serde_json::from_str(&text).map_err(|error| error.to_string())
    };
    start(call.address(), move |answer| report(answer.and_then(read)))
}

/// Asks for plain text.
pub fn fetch_text(address: String, report: impl FnOnce(Result<String, String>) + 'static) -> Fetch {
    let read = |body: Vec<u8>| String::from_utf8(body).map_err(|error| error.to_string());
    start(address, move |answer| report(answer.and_then(read)))
}

fn start(address: String, report: impl FnOnce(Result<Vec<u8>, String>) + 'static) -> Fetch {
    let fetch = Fetch { controller: AbortController::new().ok(), dropped: Rc::default() };
    let answer = Http.get(address, fetch.controller.clone());
    let dropped = Rc::clone(&fetch.dropped);
    spawn_local(async move {
        let result = answer.await.map_err(words);
        if !dropped.get() {
            report(result);
        }
    });
    fetch
}

/// The detail of a problem, or the status line of anything else.
fn words(refusal: Refusal) -> String {
    match refusal {
        Refusal::NoAnswer(words) => words,
        Refusal::Answer { body, status } => match serde_json::from_slice::<Problem>(&body) {
            Ok(problem) => problem.detail,
            Err(_) => status,
        },
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
