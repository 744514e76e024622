//! Performs the outputs of the connection's state machine, and gives it its inputs.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use wasm_bindgen::JsValue;
use web_sys::console;

use super::fetch::{Fetch, fetch_once};
use super::stream::Stream;
use super::timer::{Frame, Timeout};
use super::visibility::Visibility;
use crate::conn::machine::{Input, Machine, Output};
use crate::conn::{Event, Query, SnapshotCall, events_address};

/// Silence after which a stream counts as dead, in ms. The server sends `alive` every 15 s.
const SILENCE_MS: i32 = 40_000;
/// Maximum time for which changes wait for an animation frame, in ms.
const MAX_FRAME_WAIT_MS: i32 = 100;

/// An open connection. Dropping it closes stream, fetch, timers and listeners, and ends all reports.
pub struct Connection {
    driver: Rc<Driver>,
    _visibility: Visibility,
}

/// Connects the page to kubehop and keeps it connected while the tab is shown. A hidden tab has no stream; it continues at its position
/// when it is shown again. Nothing is fetched before the tab is shown for the first time.
///
/// `sink` is called from the browser's event loop, never within this call. It may drop the connection.
pub fn open(query: Query, sink: impl Fn(Event) + 'static) -> Connection {
    let driver = Rc::new(Driver {
        query,
        sink: Box::new(sink),
        machine: RefCell::new(Machine::new(js_sys::Math::random)),
        running: RefCell::default(),
        dropped: Cell::new(false),
    });
    let sender = driver.sender();
    let visibility = Visibility::watch(move |shown| sender.send(if shown { Input::Shown } else { Input::Hidden }));
    if visibility.shown() {
        driver.step(Input::Shown);
    }
    Connection { driver, _visibility: visibility }
}

impl Connection {
    /// Pauses or resumes the reports of changes. The events that follow are reported to the sink within this call.
    pub fn pause(&self, paused: bool) {
        self.driver.step(if paused { Input::Pause } else { Input::Resume });
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        // The driver outlives the connection if the sink drops the connection.
        self.driver.dropped.set(true);
        self.driver.running.take();
    }
}

struct Driver {
    query: Query,
    sink: Box<dyn Fn(Event)>,
    machine: RefCell<Machine>,
    running: RefCell<Running>,
    dropped: Cell<bool>,
}

/// The requests and timers that are running. Dropping a field ends it.
#[derive(Default)]
struct Running {
    stream: Option<Stream>,
    fetch: Option<Fetch>,
    wait: Option<Timeout>,
    grace: Option<Timeout>,
    frame: Option<Frame>,
    /// Runs out when the animation frame does not come in time.
    frame_limit: Option<Timeout>,
    /// Runs out when the stream counts as dead.
    silence: Option<Timeout>,
}

/// Gives inputs to the driver from a callback. The reference is weak, because the driver owns the callback.
#[derive(Clone)]
struct InputSender(Weak<Driver>);

impl InputSender {
    fn send(&self, input: Input) {
        if let Some(driver) = self.0.upgrade() {
            driver.step(input);
        }
    }
}

impl Driver {
    fn sender(self: &Rc<Self>) -> InputSender {
        InputSender(Rc::downgrade(self))
    }

    /// Starts the timer after which a silent stream counts as dead.
    fn restart_silence_timer(self: &Rc<Self>) {
        let sender = self.sender();
        self.running.borrow_mut().silence = Some(Timeout::new(SILENCE_MS, move || sender.send(Input::Silent)));
    }

    fn step(self: &Rc<Self>, input: Input) {
        if matches!(input, Input::Opened | Input::Delta { .. } | Input::Status { .. } | Input::Alive) {
            self.restart_silence_timer();
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
        let sender = self.sender();
        match output {
            Output::Fetch => {
                let answered =
                    fetch_once(&SnapshotCall(&self.query), move |result| sender.send(Input::Fetched(result)));
                self.running.borrow_mut().fetch = Some(answered);
            }
            Output::Open(since) => {
                let stream = Stream::open(&events_address(&self.query, since), move |input| sender.send(input));
                let refused = stream.is_none();
                self.running.borrow_mut().stream = stream;
                self.restart_silence_timer();
                if refused {
                    self.step(Input::Broken { closed: true });
                }
            }
            Output::Close => {
                let mut running = self.running.borrow_mut();
                running.stream = None;
                running.fetch = None;
                running.wait = None;
                running.silence = None;
            }
            Output::Wait(ms) => {
                self.running.borrow_mut().wait = Some(Timeout::new(ms, move || sender.send(Input::Retry)))
            }
            Output::Grace(ms) => {
                self.running.borrow_mut().grace = Some(Timeout::new(ms, move || sender.send(Input::Overdue)));
            }
            Output::NoGrace => self.running.borrow_mut().grace = None,
            Output::Frame => {
                // A covered window has at most one animation frame per second, which is too slow for changes.
                let late = sender.clone();
                let mut running = self.running.borrow_mut();
                running.frame_limit = Some(Timeout::new(MAX_FRAME_WAIT_MS, move || late.send(Input::Frame)));
                running.frame = Some(Frame::request(move || sender.send(Input::Frame)));
            }
            Output::Emit(event) => (self.sink)(event),
            Output::Log(text) => console::error_1(&JsValue::from_str(&text)),
        }
    }
}
