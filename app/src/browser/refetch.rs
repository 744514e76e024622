//! A request that is sent again when its object changes.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Date;

use super::fetch::{Fetch, fetch};
use super::timer::Timeout;
use crate::conn::{Call, Failure};

/// Minimum pause between two fetches, in ms.
const PAUSE_MS: f64 = 1000.0;
/// Pause after the first change of a burst, in ms, so that one fetch answers for the whole burst.
const BURST_MS: f64 = 150.0;

/// Fetches at once, and again after [`Refetch::again`]. Dropping it aborts the running fetch.
pub struct Refetch<C: Call> {
    call: C,
    report: Box<dyn Fn(Result<C::Answer, Failure>)>,
    fetch: RefCell<Option<Fetch>>,
    wait: RefCell<Option<Timeout>>,
    waiting: Cell<bool>,
    last: Cell<f64>,
}

impl<C: Call + 'static> Refetch<C> {
    /// Sends the first request. Every answer or failure is reported.
    pub fn start(call: C, report: impl Fn(Result<C::Answer, Failure>) + 'static) -> Rc<Self> {
        let refetch = Rc::new(Self {
            call,
            report: Box::new(report),
            fetch: RefCell::default(),
            wait: RefCell::default(),
            waiting: Cell::new(false),
            last: Cell::new(0.0),
        });
        refetch.ask();
        refetch
    }

    /// The request.
    pub fn call(&self) -> &C {
        &self.call
    }

    /// Fetches again after a short pause, at most once a second.
    pub fn again(self: &Rc<Self>) {
        if self.waiting.replace(true) {
            return;
        }
        let wait = (self.last.get() + PAUSE_MS - Date::now()).clamp(BURST_MS, PAUSE_MS);
        let this = Rc::downgrade(self);
        let timeout = Timeout::new(wait as i32, move || {
            if let Some(this) = this.upgrade() {
                this.ask();
            }
        });
        self.wait.replace(Some(timeout));
    }

    fn ask(self: &Rc<Self>) {
        self.waiting.set(false);
        self.last.set(Date::now());
        let this = Rc::downgrade(self);
        let fetch = fetch(&self.call, move |answer| {
            if let Some(this) = this.upgrade() {
                (this.report)(answer);
            }
        });
        self.fetch.replace(Some(fetch));
    }
}
