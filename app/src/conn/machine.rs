//! What a connection does when: inputs in, outputs out, no IO.
//!
//! It is in one of these: hidden (nothing is held), fetching a snapshot, streaming, or waiting to try one of them
//! again. [`Output::Close`] ends all of them; so whatever arrives belongs to what was asked for last.

mod messages;

use topology::cluster::change::Change;
use topology::wire::{Cursor, Delta, Snapshot, Status};

use super::filter::Filter;
use super::{Event, Failure};
pub use messages::{Input, Output};

/// How long a stream may take to open, in milliseconds, before the page is told. The server asks browsers to
/// reconnect after 2 s: a reconnect that then succeeds at once should not be announced as a loss.
const GRACE_MS: i32 = 2_500;
/// The longest wait between two attempts, in milliseconds.
const MAX_BACKOFF_MS: f64 = 10_000.0;
/// Clients that are all reset at the same moment, by a restart say, come back within this time.
const RESET_JITTER_MS: f64 = 500.0;
/// A reset this long after the one before (in milliseconds) is not a repetition of it.
const RESET_MEMORY_MS: f64 = 30_000.0;

/// So many changes wait at most while the page is paused. With more of them a snapshot is cheaper, and its memory is bounded.
const MAX_WAITING: usize = 20_000;

/// Changes that come so much later than others are said to be late, in milliseconds.
const LATE_MS: f64 = 2_000.0;

/// What a stream begins with was missed before and is old; so long after it has opened, in milliseconds, what comes is new.
const REPLAY_MS: f64 = 2_000.0;

/// What the page was told last about its connection.
#[derive(Debug, PartialEq, Eq)]
enum Told {
    Nothing,
    Live,
    Lost(Failure),
}

/// The stream goes on meanwhile, so that the status does, too.
#[derive(Debug, Default)]
struct Pause {
    /// So many changes have come.
    changes: usize,
    /// So many the page was told of.
    told: usize,
    /// They are not all there: it takes a snapshot to go on.
    incomplete: bool,
}

/// The state of a connection.
#[derive(Debug)]
pub struct Machine {
    /// Uniform in 0..1.
    random: fn() -> f64,
    shown: bool,
    /// None: a snapshot is needed first.
    filter: Option<Filter>,
    /// Changes that wait for the next animation frame, or for the end of a pause.
    pending: Vec<Change>,
    pause: Option<Pause>,
    /// Whether a snapshot has been reported.
    filled: bool,
    /// Since when the stream is open.
    opened: Option<f64>,
    /// The shortest time from the server's clock to this one's that a change has taken; the clocks may differ.
    quickest: f64,
    /// Whether the last changes were said to be late.
    late: bool,
    /// Since when the page wants a stream and has none.
    away: Option<f64>,
    told: Told,
    /// Failed attempts since the stream was open last.
    failures: u32,
    resets: u32,
    last_reset: f64,
    logged: bool,
    out: Vec<Output>,
}

impl Machine {
    /// A connection of a tab that is not shown yet; `random` is uniform in 0..1.
    pub fn new(random: fn() -> f64) -> Self {
        Self {
            random,
            shown: false,
            filter: None,
            pending: Vec::new(),
            pause: None,
            filled: false,
            opened: None,
            quickest: f64::INFINITY,
            late: false,
            away: None,
            told: Told::Nothing,
            failures: 0,
            resets: 0,
            last_reset: 0.0,
            logged: false,
            out: Vec::new(),
        }
    }

    /// What follows from an input at a time, in milliseconds since the Unix epoch. The outputs are to be done in order.
    pub fn step(&mut self, now: f64, input: Input) -> Vec<Output> {
        match input {
            Input::Shown => self.show(now),
            Input::Hidden => self.hide(),
            Input::Fetched(Ok(snapshot)) => self.fetched(now, snapshot),
            Input::Fetched(Err(error)) => {
                self.away.get_or_insert(now);
                self.lost(error);
                self.retry();
            }
            Input::Opened => self.opened(now),
            Input::Broken { closed } => {
                self.missing(now);
                if closed {
                    self.close();
                    self.retry();
                }
            }
            Input::Delta { id, data } => self.delta(now, &id, &data),
            Input::Status { data } => match serde_json::from_str::<Status>(&data) {
                Ok(status) => {
                    self.flush();
                    self.out.push(Output::Emit(Event::Status(status)));
                }
                Err(error) => self.unreadable(now, format!("a status event: {error}")),
            },
            Input::Reset => self.reset(now),
            Input::Alive => {}
            Input::Silent => {
                self.away.get_or_insert(now);
                self.close();
                self.lost(Failure::Nothing);
                self.retry();
            }
            Input::Retry => self.attempt(now),
            Input::Overdue => match self.told {
                Told::Lost(_) => {}
                Told::Nothing | Told::Live => self.lost(Failure::Nothing),
            },
            Input::Frame => self.flush(),
            Input::Pause => {
                self.flush();
                self.pause.get_or_insert_default();
            }
            Input::Resume => self.resume(now),
        }
        std::mem::take(&mut self.out)
    }

    fn show(&mut self, now: f64) {
        if !self.shown {
            self.shown = true;
            self.failures = 0;
            self.attempt(now);
        }
    }

    fn hide(&mut self) {
        if self.shown {
            self.shown = false;
            self.close();
            self.out.push(Output::NoGrace);
            // No stream is what a hidden tab wants; but a loss that was announced lasts until a stream opens.
            if !matches!(self.told, Told::Lost(_)) {
                self.away = None;
            }
        }
    }

    fn attempt(&mut self, now: f64) {
        // A stream cannot say why it is refused, a snapshot can; it also replaces a position that the server
        // does not like.
        if self.failures > 0 && self.failures.is_multiple_of(3) {
            self.filter = None;
        }
        match &self.filter {
            Some(filter) => {
                self.out.push(Output::Open(filter.position()));
                self.missing(now);
            }
            None => self.out.push(Output::Fetch),
        }
    }

    fn fetched(&mut self, now: f64, snapshot: Snapshot) {
        let filter = Filter::new(&snapshot);
        // The stream first: it connects while the page works on the snapshot.
        self.out.push(Output::Open(filter.position()));
        self.filter = Some(filter);
        self.missing(now);
        // What waited is older than this snapshot. A page that stands still does not take it: it fetches another one when it goes on.
        self.pending.clear();
        match &mut self.pause {
            Some(pause) if self.filled => pause.incomplete = true,
            _ => {
                self.filled = true;
                self.out.push(Output::Emit(Event::Snapshot(snapshot)));
            }
        }
    }

    fn resume(&mut self, now: f64) {
        let Some(pause) = self.pause.take() else { return };
        self.out.push(Output::Emit(Event::Waiting(0)));
        if pause.incomplete {
            self.pending.clear();
            self.filter = None;
            self.close();
            if self.shown {
                self.attempt(now);
            }
        } else if self.filter.is_none() {
            // A snapshot is on its way.
            self.pending.clear();
        } else {
            self.flush();
        }
    }

    fn opened(&mut self, now: f64) {
        self.opened = Some(now);
        self.failures = 0;
        self.away = None;
        self.out.push(Output::NoGrace);
        if self.told != Told::Live {
            self.told = Told::Live;
            self.out.push(Output::Emit(Event::Live));
        }
    }

    fn delta(&mut self, now: f64, id: &str, data: &str) {
        let Some(filter) = &mut self.filter else { return };
        let (at, delta) = match (id.parse::<Cursor>(), serde_json::from_str::<Delta>(data)) {
            (Ok(at), Ok(delta)) => (at, delta),
            (Err(error), _) => return self.unreadable(now, format!("the id {id:?} of a delta event: {error}")),
            (_, Err(error)) => return self.unreadable(now, format!("the delta event {id}: {error}")),
        };
        match filter.accept(at, delta.changes) {
            Ok(changes) if changes.is_empty() => {}
            Ok(changes) => {
                self.time(now, delta.at);
                self.take(changes);
            }
            // The server has restarted and this position happens to exist there too.
            Err(_) => self.reset(now),
        }
    }

    /// Compares when changes were sent with when they came.
    fn time(&mut self, now: f64, sent: Option<i64>) {
        let Some(sent) = sent else { return };
        let took = now - sent as f64;
        self.quickest = self.quickest.min(took);
        let behind = took - self.quickest;
        let new = self.opened.is_some_and(|opened| now - opened > REPLAY_MS);
        let late = new && behind >= LATE_MS;
        if late || self.late {
            self.late = late;
            self.out.push(Output::Emit(Event::Behind(if late { behind as u32 } else { 0 })));
        }
    }

    fn take(&mut self, changes: Vec<Change>) {
        let Some(pause) = &mut self.pause else {
            if self.pending.is_empty() {
                self.out.push(Output::Frame);
            }
            return self.pending.extend(changes);
        };
        if pause.changes == pause.told {
            self.out.push(Output::Frame);
        }
        pause.changes += changes.len();
        pause.incomplete |= pause.changes > MAX_WAITING;
        if pause.incomplete {
            self.pending = Vec::new();
        } else {
            self.pending.extend(changes);
        }
    }

    /// The server and this page disagree about the format: a page of another version, most likely.
    fn unreadable(&mut self, now: f64, what: String) {
        if !self.logged {
            self.logged = true;
            self.out.push(Output::Log(format!("kubehop: cannot read {what}")));
        }
        self.reset(now);
    }

    fn reset(&mut self, now: f64) {
        self.close();
        self.filter = None;
        if now - self.last_reset > RESET_MEMORY_MS {
            self.resets = 0;
        }
        self.last_reset = now;
        // One reset is routine. One after the other means that a snapshot does not help: go easy on the server.
        let wait = if self.resets == 0 { (self.random)() * RESET_JITTER_MS } else { self.backoff(self.resets) };
        self.resets += 1;
        self.out.push(Output::Wait(wait as i32));
    }

    fn retry(&mut self) {
        self.failures += 1;
        let wait = self.backoff(self.failures);
        self.out.push(Output::Wait(wait as i32));
    }

    /// Half of it is fixed, half is random: 0.5–1 s after the first failure, 5–10 s from the fifth on.
    fn backoff(&self, failures: u32) -> f64 {
        let longest = (1_000.0 * 2_f64.powi(failures.min(8) as i32 - 1)).min(MAX_BACKOFF_MS);
        longest * (0.5 + 0.5 * (self.random)())
    }

    /// There is no open stream: from now on it is missing.
    fn missing(&mut self, now: f64) {
        if self.away.is_none() {
            self.away = Some(now);
            self.out.push(Output::Grace(GRACE_MS));
        }
    }

    fn lost(&mut self, error: Failure) {
        let Some(since) = self.away else { return };
        if self.told != Told::Lost(error.clone()) {
            self.told = Told::Lost(error.clone());
            self.out.push(Output::Emit(Event::Lost { since, error }));
        }
    }

    fn close(&mut self) {
        self.out.push(Output::Close);
        // The position covers them already, and a hidden tab has no frames.
        self.flush();
    }

    /// Reports the changes that wait, or how many there are.
    fn flush(&mut self) {
        if let Some(pause) = &mut self.pause {
            if pause.told != pause.changes {
                pause.told = pause.changes;
                self.out.push(Output::Emit(Event::Waiting(pause.changes)));
            }
            return;
        }
        if let (Some(filter), false) = (&self.filter, self.pending.is_empty()) {
            let (changes, seq) = (std::mem::take(&mut self.pending), filter.position().seq);
            self.out.push(Output::Emit(Event::Changes { changes, seq }));
        }
    }
}

#[cfg(test)]
mod tests;
