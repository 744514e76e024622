//! Performs the outputs of the machine, and gives it its inputs.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use wasm_bindgen::JsValue;
use web_sys::console;

use super::fetch::{Fetch, fetch};
use super::stream::Stream;
use super::timer::{Frame, Timeout};
use super::visibility::Visibility;
use crate::conn::machine::{Input, Machine, Output};
use crate::conn::{Event, Query, SnapshotCall, events_address};

/// Silence after which a stream counts as dead, in ms. The server sends `alive` every 15 s.
const QUIET: i32 = 40_000;
/// Maximum time for which changes wait for an animation frame, in ms.
const LATE_FRAME: i32 = 100;

/// An open connection. Dropping it closes everything: stream, fetch, timers, listeners; nothing is reported any more.
pub struct Connection {
    driver: Rc<Driver>,
    _visibility: Visibility,
}

/// Connects the page to kubehop and keeps it connected while the tab is shown: a hidden one holds no stream, and
/// continues where it was when it is shown again. Nothing is fetched before the tab is shown for the first time.
///
/// `sink` is called from the browser's event loop, never from within this call. It may drop the connection.
pub fn open(query: Query, sink: impl Fn(Event) + 'static) -> Connection {
    let driver = Rc::new(Driver {
        query,
        sink: Box::new(sink),
        machine: RefCell::new(Machine::new(js_sys::Math::random)),
        held: RefCell::default(),
        dropped: Cell::new(false),
    });
    let teller = driver.teller();
    let visibility = Visibility::watch(move |shown| teller.tell(if shown { Input::Shown } else { Input::Hidden }));
    if visibility.shown() {
        driver.step(Input::Shown);
    }
    Connection { driver, _visibility: visibility }
}

impl Connection {
    /// Stops reporting changes, or goes on. Like everything, what follows from it is reported through the sink, here within the call.
    pub fn pause(&self, paused: bool) {
        self.driver.step(if paused { Input::Pause } else { Input::Resume });
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        // The driver itself outlives this if it is the sink that drops the connection.
        self.driver.dropped.set(true);
        self.driver.held.take();
    }
}

struct Driver {
    query: Query,
    sink: Box<dyn Fn(Event)>,
    machine: RefCell<Machine>,
    held: RefCell<Held>,
    dropped: Cell<bool>,
}

/// What is under way. Dropping a field ends what it holds.
#[derive(Default)]
struct Held {
    stream: Option<Stream>,
    fetch: Option<Fetch>,
    wait: Option<Timeout>,
    grace: Option<Timeout>,
    frame: Option<Frame>,
    /// Takes the place of a frame that does not come.
    late: Option<Timeout>,
    /// Ends when the stream counts as dead.
    quiet: Option<Timeout>,
}

/// How a callback reaches the driver: weakly, because the driver holds the callback.
#[derive(Clone)]
struct Teller(Weak<Driver>);

impl Teller {
    fn tell(&self, input: Input) {
        if let Some(driver) = self.0.upgrade() {
            driver.step(input);
        }
    }
}

impl Driver {
    fn teller(self: &Rc<Self>) -> Teller {
        Teller(Rc::downgrade(self))
    }

    /// Starts the time after which a silent stream counts as dead.
    fn listen(self: &Rc<Self>) {
        let teller = self.teller();
        self.held.borrow_mut().quiet = Some(Timeout::new(QUIET, move || teller.tell(Input::Silent)));
    }

    fn step(self: &Rc<Self>, input: Input) {
        if matches!(input, Input::Opened | Input::Delta { .. } | Input::Status { .. } | Input::Alive) {
            self.listen();
        }
        let outputs = self.machine.borrow_mut().step(js_sys::Date::now(), input);
        for output in outputs {
            // The sink may have dropped the connection.
            if self.dropped.get() {
                return;
            }
            self.perform(output);
        }
    }

    fn perform(self: &Rc<Self>, output: Output) {
        let teller = self.teller();
        match output {
            Output::Fetch => {
                let answered = fetch(&SnapshotCall(&self.query), move |result| teller.tell(Input::Fetched(result)));
                self.held.borrow_mut().fetch = Some(answered);
            }
            Output::Open(since) => {
                let stream = Stream::open(&events_address(&self.query, since), move |input| teller.tell(input));
                let refused = stream.is_none();
                self.held.borrow_mut().stream = stream;
                self.listen();
                if refused {
                    self.step(Input::Broken { closed: true });
                }
            }
            Output::Close => {
                let mut held = self.held.borrow_mut();
                held.stream = None;
                held.fetch = None;
                held.wait = None;
                held.quiet = None;
            }
            Output::Wait(ms) => self.held.borrow_mut().wait = Some(Timeout::new(ms, move || teller.tell(Input::Retry))),
            Output::Grace(ms) => {
                self.held.borrow_mut().grace = Some(Timeout::new(ms, move || teller.tell(Input::Overdue)));
            }
            Output::NoGrace => self.held.borrow_mut().grace = None,
            Output::Frame => {
                // A covered window has at most one frame per second: changes do not wait for it.
                let late = teller.clone();
                let mut held = self.held.borrow_mut();
                held.late = Some(Timeout::new(LATE_FRAME, move || late.tell(Input::Frame)));
                held.frame = Some(Frame::request(move || teller.tell(Input::Frame)));
            }
            Output::Emit(event) => (self.sink)(event),
            Output::Log(text) => console::error_1(&JsValue::from_str(&text)),
        }
    }
}
