//! A request to the server's API that is aborted when it is dropped.

use std::cell::Cell;
use std::rc::Rc;

use topology::wire::Problem;
use wasm_bindgen_futures::spawn_local;
use web_sys::AbortController;

use super::timer::after;
use super::transport::{Http, Refusal, Transport};
use crate::conn::{Call, Failure};

/// A running request.
pub struct Fetch {
    controller: Option<AbortController>,
    dropped: Rc<Cell<bool>>,
}

/// How often a request is sent in all, if the server says each time that it is busy.
const TRIES: u32 = 6;

/// Sends a request and reports its answer or failure. It is sent again when a busy server says so.
pub fn fetch<C: Call>(call: &C, report: impl FnOnce(Result<C::Answer, Failure>) + 'static) -> Fetch {
    start(call.address(), TRIES, move |answer| report(answer.and_then(decoded::<C>)))
}

/// The same without another try, for a caller that tries again in its own time.
pub fn fetch_once<C: Call>(call: &C, report: impl FnOnce(Result<C::Answer, Failure>) + 'static) -> Fetch {
    start(call.address(), 1, move |answer| report(answer.and_then(decoded::<C>)))
}

fn decoded<C: Call>(body: Vec<u8>) -> Result<C::Answer, Failure> {
    let text = String::from_utf8(body).map_err(undecodable)?;
    serde_json::from_str(&text).map_err(undecodable)
}

/// Requests plain text and reports it or the failure.
pub fn fetch_text(address: String, report: impl FnOnce(Result<String, Failure>) + 'static) -> Fetch {
    let read = |body: Vec<u8>| String::from_utf8(body).map_err(undecodable);
    start(address, TRIES, move |answer| report(answer.and_then(read)))
}

fn start(address: String, tries: u32, report: impl FnOnce(Result<Vec<u8>, Failure>) + 'static) -> Fetch {
    let fetch = Fetch { controller: AbortController::new().ok(), dropped: Rc::default() };
    let controller = fetch.controller.clone();
    let dropped = Rc::clone(&fetch.dropped);
    spawn_local(async move {
        let mut left = tries;
        while !dropped.get() {
            left -= 1;
            match Http.get(address.clone(), controller.clone()).await {
                Err(Refusal::Answer { retry_after: Some(seconds), .. }) if left > 0 => after(seconds).await,
                answer if !dropped.get() => return report(answer.map_err(failure)),
                _ => return,
            }
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
        Refusal::Answer { body, status, .. } => Failure::Message(match serde_json::from_slice::<Problem>(&body) {
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
