//! The state machine of a connection: it takes inputs, returns outputs, and does no IO.
//!
//! A connection is hidden (no request is open), fetches a snapshot, streams, or waits to retry one of these two. [`Output::Close`] ends
//! all of them, so every input belongs to the latest request.

mod messages;

use topology::cluster::change::Change;
use topology::wire::{Cursor, Delta, Snapshot, Status};

use super::filter::Filter;
use super::{Event, Failure};
pub use messages::{Input, Output};

/// Maximum time for a stream to open before a loss is reported, in ms. The server asks browsers to reconnect after 2 s: a reconnect
/// that succeeds at once must not be reported as a loss.
const GRACE_MS: i32 = 2_500;
/// Maximum wait between two attempts, in ms.
const MAX_BACKOFF_MS: f64 = 10_000.0;
/// Maximum random wait after a reset, in ms. It spreads the clients that a restart of the server resets at the same time.
const RESET_JITTER_MS: f64 = 500.0;
/// Time after which a reset no longer counts as a repetition of the one before, in ms.
const RESET_MEMORY_MS: f64 = 30_000.0;

/// Maximum number of changes that wait while the page is paused. Beyond it a snapshot is cheaper, and the memory stays bounded.
const MAX_WAITING: usize = 20_000;

/// Minimum extra delay of changes that is reported as late, in ms.
const LATE_MS: f64 = 2_000.0;

/// Time after the opening of a stream in which its changes may be old, in ms: a stream begins with the changes that were missed.
const REPLAY_MS: f64 = 2_000.0;

/// The last report to the page about its connection.
#[derive(Debug, PartialEq, Eq)]
enum LastReport {
    Nothing,
    Live,
    Lost(Failure),
}

/// A pause of the page. The stream stays open, so that status events still arrive.
#[derive(Debug, Default)]
struct Pause {
    /// Number of changes that came during the pause.
    changes: usize,
    /// The value of `changes` that was reported last.
    reported: usize,
    /// Whether changes were dropped, so that resuming needs a snapshot.
    incomplete: bool,
}

/// The state of a connection.
#[derive(Debug)]
pub struct Machine {
    /// Returns a random number, uniform in 0..1.
    random: fn() -> f64,
    /// Whether the tab is shown.
    shown: bool,
    /// `None` while a snapshot is needed.
    filter: Option<Filter>,
    /// Changes that wait for the next animation frame, or for the end of a pause.
    pending: Vec<Change>,
    pause: Option<Pause>,
    /// Whether a snapshot was reported.
    snapshot_reported: bool,
    /// The time at which the stream opened, in ms since the Unix epoch.
    opened_at: Option<f64>,
    /// The smallest difference between the arrival of changes (browser's clock) and their sending (server's clock), in ms. The clocks may
    /// differ.
    min_delay: f64,
    /// Whether the last changes were reported as late.
    late: bool,
    /// The time since which a stream is wanted and not open, in ms since the Unix epoch.
    missing_since: Option<f64>,
    last_report: LastReport,
    /// Number of failed attempts since the stream was open.
    failures: u32,
    /// Number of resets in a row.
    resets: u32,
    /// The time of the last reset, in ms since the Unix epoch.
    last_reset: f64,
    /// Whether an unreadable event was logged; only the first one is.
    logged: bool,
    /// The outputs of the current step.
    outputs: Vec<Output>,
}

impl Machine {
    /// The connection of a tab that is not shown yet. `random` returns a number uniform in 0..1.
    pub fn new(random: fn() -> f64) -> Self {
        Self {
            random,
            shown: false,
            filter: None,
            pending: Vec::new(),
            pause: None,
            snapshot_reported: false,
            opened_at: None,
            min_delay: f64::INFINITY,
            late: false,
            missing_since: None,
            last_report: LastReport::Nothing,
            failures: 0,
            resets: 0,
            last_reset: 0.0,
            logged: false,
            outputs: Vec::new(),
        }
    }

    /// Returns the outputs for an input at the time `now`, in ms since the Unix epoch. They must be performed in order.
    pub fn step(&mut self, now: f64, input: Input) -> Vec<Output> {
        match input {
            Input::Shown => self.show(now),
            Input::Hidden => self.hide(),
            Input::Fetched(Ok(snapshot)) => self.fetched(now, snapshot),
            Input::Fetched(Err(error)) => {
                self.missing_since.get_or_insert(now);
                self.report_lost(error);
                self.retry();
            }
            Input::Opened => self.opened(now),
            Input::Broken { closed } => {
                self.stream_missing(now);
                if closed {
                    self.close();
                    self.retry();
                }
            }
            Input::Delta { id, data } => self.delta(now, &id, &data),
            Input::Status { data } => match serde_json::from_str::<Status>(&data) {
                Ok(status) => {
                    self.flush();
                    self.outputs.push(Output::Emit(Event::Status(status)));
                }
                Err(error) => self.unreadable(now, format!("a status event: {error}")),
            },
            Input::Reset => self.reset(now),
            Input::Alive => {}
            Input::Silent => {
                self.missing_since.get_or_insert(now);
                self.close();
                self.report_lost(Failure::Unexplained);
                self.retry();
            }
            Input::Retry => self.attempt(now),
            Input::Overdue => match self.last_report {
                LastReport::Lost(_) => {}
                LastReport::Nothing | LastReport::Live => self.report_lost(Failure::Unexplained),
            },
            Input::Frame => self.flush(),
            Input::Pause => {
                self.flush();
                self.pause.get_or_insert_default();
            }
            Input::Resume => self.resume(now),
        }
        std::mem::take(&mut self.outputs)
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
            self.outputs.push(Output::NoGrace);
            // A hidden tab wants no stream. But a reported loss lasts until a stream opens.
            if !matches!(self.last_report, LastReport::Lost(_)) {
                self.missing_since = None;
            }
        }
    }

    fn attempt(&mut self, now: f64) {
        // An EventSource does not show why the server refused it; the answer to a snapshot request does. A snapshot also replaces a
        // position that the server refuses.
        if self.failures > 0 && self.failures.is_multiple_of(3) {
            self.filter = None;
        }
        match &self.filter {
            Some(filter) => {
                self.outputs.push(Output::Open(filter.position()));
                self.stream_missing(now);
            }
            None => self.outputs.push(Output::Fetch),
        }
    }

    fn fetched(&mut self, now: f64, snapshot: Snapshot) {
        let filter = Filter::new(&snapshot);
        // The stream is opened first: it connects while the page applies the snapshot.
        self.outputs.push(Output::Open(filter.position()));
        self.filter = Some(filter);
        self.stream_missing(now);
        // The waiting changes are older than this snapshot. A paused page does not apply the snapshot: it fetches another one when it
        // resumes.
        self.pending.clear();
        match &mut self.pause {
            Some(pause) if self.snapshot_reported => pause.incomplete = true,
            _ => {
                self.snapshot_reported = true;
                self.outputs.push(Output::Emit(Event::Snapshot(snapshot)));
            }
        }
    }

    fn resume(&mut self, now: f64) {
        let Some(pause) = self.pause.take() else { return };
        self.outputs.push(Output::Emit(Event::Waiting(0)));
        if pause.incomplete {
            self.pending.clear();
            self.filter = None;
            self.close();
            if self.shown {
                self.attempt(now);
            }
        } else if self.filter.is_none() {
            // A snapshot is being fetched and will replace them.
            self.pending.clear();
        } else {
            self.flush();
        }
    }

    fn opened(&mut self, now: f64) {
        self.opened_at = Some(now);
        self.failures = 0;
        self.missing_since = None;
        self.outputs.push(Output::NoGrace);
        if self.last_report != LastReport::Live {
            self.last_report = LastReport::Live;
            self.outputs.push(Output::Emit(Event::Live));
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
                self.measure_delay(now, delta.at);
                self.add_changes(changes);
            }
            // The server restarted, and this position exists in its new log by chance.
            Err(_) => self.reset(now),
        }
    }

    /// Measures the delay of changes that the server sent at `sent`, in ms since the Unix epoch, and reports late ones.
    fn measure_delay(&mut self, now: f64, sent: Option<i64>) {
        let Some(sent) = sent else { return };
        let delay = now - sent as f64;
        self.min_delay = self.min_delay.min(delay);
        let behind = delay - self.min_delay;
        let new = self.opened_at.is_some_and(|opened| now - opened > REPLAY_MS);
        let late = new && behind >= LATE_MS;
        if late || self.late {
            self.late = late;
            self.outputs.push(Output::Emit(Event::Behind(if late { behind as u32 } else { 0 })));
        }
    }

    /// Keeps changes for the next animation frame, or for the end of a pause.
    fn add_changes(&mut self, changes: Vec<Change>) {
        let Some(pause) = &mut self.pause else {
            if self.pending.is_empty() {
                self.outputs.push(Output::Frame);
            }
            return self.pending.extend(changes);
        };
        if pause.changes == pause.reported {
            self.outputs.push(Output::Frame);
        }
        pause.changes += changes.len();
        pause.incomplete |= pause.changes > MAX_WAITING;
        if pause.incomplete {
            self.pending = Vec::new();
        } else {
            self.pending.extend(changes);
        }
    }

    /// Handles an event that does not decode. The likely cause is a page of another version than the server.
    fn unreadable(&mut self, now: f64, what: String) {
        if !self.logged {
            self.logged = true;
            self.outputs.push(Output::Log(format!("kubehop: cannot read {what}")));
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
        // A single reset is routine. Repeated resets mean that a snapshot does not help, so the wait grows.
        let wait = if self.resets == 0 { (self.random)() * RESET_JITTER_MS } else { self.backoff(self.resets) };
        self.resets += 1;
        self.outputs.push(Output::Wait(wait as i32));
    }

    fn retry(&mut self) {
        self.failures += 1;
        let wait = self.backoff(self.failures);
        self.outputs.push(Output::Wait(wait as i32));
    }

    /// The wait before the next attempt, in ms: half fixed, half random. 0.5–1 s after the first failure, 5–10 s from the fifth on.
    fn backoff(&self, failures: u32) -> f64 {
        let max = (1_000.0 * 2_f64.powi(failures.min(8) as i32 - 1)).min(MAX_BACKOFF_MS);
        max * (0.5 + 0.5 * (self.random)())
    }

    /// Notes that a stream is wanted and not open.
    fn stream_missing(&mut self, now: f64) {
        if self.missing_since.is_none() {
            self.missing_since = Some(now);
            self.outputs.push(Output::Grace(GRACE_MS));
        }
    }

    fn report_lost(&mut self, error: Failure) {
        let Some(since) = self.missing_since else { return };
        if self.last_report != LastReport::Lost(error.clone()) {
            self.last_report = LastReport::Lost(error.clone());
            self.outputs.push(Output::Emit(Event::Lost { since, error }));
        }
    }

    fn close(&mut self) {
        self.outputs.push(Output::Close);
        // The position already includes the pending changes, and a hidden tab has no animation frames.
        self.flush();
    }

    /// Reports the pending changes, or during a pause their number.
    fn flush(&mut self) {
        if let Some(pause) = &mut self.pause {
            if pause.reported != pause.changes {
                pause.reported = pause.changes;
                self.outputs.push(Output::Emit(Event::Waiting(pause.changes)));
            }
            return;
        }
        if let (Some(filter), false) = (&self.filter, self.pending.is_empty()) {
            let (changes, seq) = (std::mem::take(&mut self.pending), filter.position().seq);
            self.outputs.push(Output::Emit(Event::Changes { changes, seq }));
        }
    }
}

#[cfg(test)]
mod tests;
