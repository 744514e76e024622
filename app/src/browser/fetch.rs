//! A request to the server's API that is aborted when it is dropped.

use std::cell::Cell;
use std::rc::Rc;

use topology::wire::Problem;
use wasm_bindgen_futures::spawn_local;
use web_sys::AbortController;

use super::transport::{Http, Refusal, Transport};
use crate::conn::{Call, Failure};

/// A running request.
pub struct Fetch {
    controller: Option<AbortController>,
    dropped: Rc<Cell<bool>>,
}

/// Sends a request and reports its answer or failure.
pub fn fetch<C: Call>(call: &C, report: impl FnOnce(Result<C::Answer, Failure>) + 'static) -> Fetch {
    let read = |body: Vec<u8>| {
        let text = String::from_utf8(body).map_err(undecodable)?;
        serde_json::from_str(&text).map_err(undecodable)
    };
    start(call.address(), move |answer| report(answer.and_then(read)))
}

/// Requests plain text and reports it or the failure.
pub fn fetch_text(address: String, report: impl FnOnce(Result<String, Failure>) + 'static) -> Fetch {
    let read = |body: Vec<u8>| String::from_utf8(body).map_err(undecodable);
    start(address, move |answer| report(answer.and_then(read)))
}

fn start(address: String, report: impl FnOnce(Result<Vec<u8>, Failure>) + 'static) -> Fetch {
    let fetch = Fetch { controller: AbortController::new().ok(), dropped: Rc::default() };
    let answer = Http.get(address, fetch.controller.clone());
    let dropped = Rc::clone(&fetch.dropped);
    spawn_local(async move {
        let result = answer.await.map_err(failure);
        if !dropped.get() {
            report(result);
        }
    });
    fetch
}

fn undecodable(error: impl ToString) -> Failure {
    Failure::Undecodable(error.to_string())
}

/// The failure of a refused request: the detail of a problem, which is in the page's language, or else the status line.
fn failure(refusal: Refusal) -> Failure {
    match refusal {
        Refusal::NoAnswer(failure) => failure,
        Refusal::Answer { body, status } => Failure::Message(match serde_json::from_slice::<Problem>(&body) {
            Ok(problem) => problem.detail,
            Err(_) => status,
        }),
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
