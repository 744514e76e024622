use app::conn::machine::{Input, Machine, Output};
use app::conn::{Event, Failure};

use crate::text;

/// What a connection holds. All else that the browser may tell it belongs to what it had before, and is not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doing {
    Nothing,
    Fetching,
    Streaming,
    Waiting,
}

struct Tab {
    machine: Machine,
    now: f64,
    shown: bool,
    paused: bool,
    filled: bool,
    doing: Doing,
    grace: bool,
    frame: bool,
}

/// A tab's life, an input a line: what the browser and the server tell it, in any order in which they can. It always has something
/// under way while it is shown, and nothing while it is hidden; it shows no change before there is a snapshot, and none while paused.
pub fn stream(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let mut tab = Tab {
        machine: Machine::new(|| 0.5),
        now: 1e12,
        shown: false,
        paused: false,
        filled: false,
        doing: Doing::Nothing,
        grace: false,
        frame: false,
    };
    for line in text.lines() {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let Some(input) = tab.input(word, rest) else { continue };
        let pause = matches!(input, Input::Pause);
        let outputs = tab.machine.step(tab.now, input);
        outputs.into_iter().for_each(|output| tab.take(output));
        // What came before is shown with it.
        tab.paused |= pause;
        assert_eq!(tab.shown, tab.doing != Doing::Nothing, "{line}: shown {}, and {:?}", tab.shown, tab.doing);
    }
}

impl Tab {
    fn input(&mut self, word: &str, rest: &str) -> Option<Input> {
        let streaming = self.doing == Doing::Streaming;
        match word {
            "shown" => self.shown = true,
            "hidden" => self.shown = false,
            "resume" => self.paused = false,
            "later" => self.now += f64::from(rest.parse::<u16>().unwrap_or(1_000)),
            _ => {}
        }
        Some(match word {
            "shown" => Input::Shown,
            "hidden" => Input::Hidden,
            "pause" => Input::Pause,
            "resume" => Input::Resume,
            "fetched" if self.doing == Doing::Fetching => {
                Input::Fetched(serde_json::from_str(rest).map_err(|wrong| Failure::Undecodable(wrong.to_string())))
            }
            "opened" if streaming => Input::Opened,
            "broken" if streaming => Input::Broken { closed: false },
            "closed" if streaming => Input::Broken { closed: true },
            "delta" if streaming => {
                let (id, data) = rest.split_once(' ').unwrap_or((rest, ""));
                Input::Delta { id: id.to_owned(), data: data.to_owned() }
            }
            "status" if streaming => Input::Status { data: rest.to_owned() },
            "reset" if streaming => Input::Reset,
            "retry" if self.doing == Doing::Waiting => Input::Retry,
            "overdue" if self.grace => {
                self.grace = false;
                Input::Overdue
            }
            "frame" if self.frame => {
                self.frame = false;
                Input::Frame
            }
            _ => return None,
        })
    }

    fn take(&mut self, output: Output) {
        match output {
            Output::Fetch => self.doing = Doing::Fetching,
            Output::Open(_) => self.doing = Doing::Streaming,
            Output::Close => self.doing = Doing::Nothing,
            Output::Wait(milliseconds) => {
                assert!((0..=10_000).contains(&milliseconds), "{milliseconds} ms");
                self.doing = Doing::Waiting;
            }
            Output::Grace(milliseconds) => {
                assert!(milliseconds > 0);
                self.grace = true;
            }
            Output::NoGrace => self.grace = false,
            Output::Frame => self.frame = true,
            Output::Log(text) => assert!(!text.is_empty()),
            Output::Emit(event) => self.shows(&event),
        }
    }

    fn shows(&mut self, event: &Event) {
        match event {
            Event::Snapshot(_) => {
                assert!(!self.paused || !self.filled, "a page that stands still takes another snapshot");
                self.filled = true;
            }
            Event::Changes { changes, .. } => {
                assert!(self.filled && !self.paused && !changes.is_empty(), "{changes:?}");
            }
            Event::Waiting(changes) => assert!(self.paused || *changes == 0),
            Event::Lost { since, .. } => assert!(*since <= self.now),
            Event::Behind(_) | Event::Status(_) | Event::Live => {}
        }
    }
}
