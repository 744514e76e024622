//! An answer of the server that is asked for again when what it is about has changed.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Date, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::conn::{Fetch, Timeout};

/// So many ms are between two fetches, at least.
const PAUSE: f64 = 1000.0;
/// Changes come in swarms: so many ms are waited for the rest of one.
const SWARM: f64 = 150.0;

type Report = Rc<dyn Fn(Result<JsValue, String>)>;

/// Fetches an address at once, and again when told. Dropping it aborts what is under way.
pub struct Refetch {
    url: String,
    report: Report,
    fetch: RefCell<Option<Fetch>>,
    wait: RefCell<Option<Timeout>>,
    waiting: Cell<bool>,
    last: Cell<f64>,
}

impl Refetch {
    /// Fetches; every answer, or what went wrong in words, is reported.
    pub fn start(url: String, report: Report) -> Rc<Self> {
        let refetch = Rc::new(Self {
            url,
            report,
            fetch: RefCell::default(),
            wait: RefCell::default(),
            waiting: Cell::new(false),
            last: Cell::new(0.0),
        });
        refetch.fetch();
        refetch
    }

    /// The address.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Fetches again, soon, and at most once a second.
    pub fn again(self: &Rc<Self>) {
        if self.waiting.replace(true) {
            return;
        }
        let wait = (self.last.get() + PAUSE - Date::now()).clamp(SWARM, PAUSE);
        let this = Rc::downgrade(self);
        let timeout = Timeout::new(wait as i32, move || {
            if let Some(this) = this.upgrade() {
                this.fetch();
            }
        });
        self.wait.replace(Some(timeout));
    }

    fn fetch(&self) {
        self.waiting.set(false);
        self.last.set(Date::now());
        let report = Rc::clone(&self.report);
        self.fetch.replace(Some(Fetch::json(&self.url, move |answer| report(answer))));
    }
}

/// A field of an object.
pub fn field(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// A field that is a string.
pub fn string(object: &JsValue, name: &str) -> Option<String> {
    field(object, name).as_string()
}

/// The items of a list.
pub fn items(list: JsValue) -> Vec<JsValue> {
    list.dyn_into::<Array>().map(|list| list.to_vec()).unwrap_or_default()
}
