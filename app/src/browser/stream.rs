//! An EventSource that closes when it is dropped.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventSource, MessageEvent};

use crate::conn::machine::Input;

const EVENTS: [&str; 6] = ["open", "error", "delta", "status", "reset", "alive"];

/// An event stream.
pub struct Stream {
    source: EventSource,
    on_event: Closure<dyn Fn(Event)>,
}

impl Stream {
    /// Opens a stream that reports its events; `None` if the browser refuses the address.
    pub fn open(url: &str, report: impl Fn(Input) + 'static) -> Option<Self> {
        let source = EventSource::new(url).ok()?;
        let reader = source.clone();
        let on_event = Closure::<dyn Fn(Event)>::new(move |event: Event| {
            if let Some(input) = read(&reader, &event) {
                report(input);
            }
        });
        for event in EVENTS {
            source.add_event_listener_with_callback(event, on_event.as_ref().unchecked_ref()).ok()?;
        }
        Some(Self { source, on_event })
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.source.close();
        for event in EVENTS {
            // Cannot fail for an argument that `open` has passed.
            let _removed =
                self.source.remove_event_listener_with_callback(event, self.on_event.as_ref().unchecked_ref());
        }
    }
}

fn read(source: &EventSource, event: &Event) -> Option<Input> {
    let data = || event.dyn_ref::<MessageEvent>().and_then(|message| message.data().as_string()).unwrap_or_default();
    Some(match event.type_().as_str() {
        "open" => Input::Opened,
        "error" => Input::Broken { closed: source.ready_state() == EventSource::CLOSED },
        "delta" => Input::Delta { id: event.dyn_ref::<MessageEvent>()?.last_event_id(), data: data() },
        "status" => Input::Status { data: data() },
        "reset" => Input::Reset,
        "alive" => Input::Alive,
        _ => return None,
    })
}
