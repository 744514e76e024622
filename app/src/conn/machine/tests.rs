use topology::cluster::key::{Kind, ObjectKey};
use topology::wire::write_delta;

use super::*;

/// The time at which every test begins, in ms since the Unix epoch.
const NOW: f64 = 1.7e12;
const EPOCH: u32 = 0xa;

fn at(seq: u64) -> Cursor {
    Cursor { epoch: EPOCH, seq }
}

fn snapshot(seq: u64) -> Input {
    Input::Fetched(Ok(Snapshot { cursor: at(seq), scopes: vec![], rows: vec![] }))
}

fn gone(name: &str) -> Change {
    Change::Delete(Kind::Pod, ObjectKey::new("default", name))
}

fn delta_at(at: Cursor, name: &str) -> Input {
    let mut data = Vec::new();
    write_delta(&mut data, &[gone(name)], None);
    Input::Delta { id: at.to_string(), data: String::from_utf8(data).unwrap() }
}

fn delta(seq: u64, name: &str) -> Input {
    delta_at(at(seq), name)
}

fn failed(error: &str) -> Input {
    Input::Fetched(Err(Failure::Message(error.into())))
}

/// An output as short text.
fn brief(output: Output) -> String {
    match output {
        Output::Open(since) => format!("open {}", since.seq),
        Output::Wait(ms) => format!("wait {ms}"),
        Output::Grace(ms) => format!("grace {ms}"),
        Output::Log(text) => {
            assert!(text.starts_with("kubehop: cannot read "), "{text}");
            "log".into()
        }
        Output::Emit(Event::Snapshot(snapshot)) => format!("snapshot {}", snapshot.cursor.seq),
        Output::Emit(Event::Changes { changes, seq }) => {
            let names: Vec<_> = changes.iter().map(|change| change.target().1.name).collect();
            format!("changes {} to {seq}", names.join(" "))
        }
        Output::Emit(Event::Status(status)) => format!("status {}", status.state.as_str()),
        Output::Emit(Event::Lost { since, error }) => {
            let why = match error {
                Failure::Unexplained => String::new(),
                Failure::Message(text) => text,
                other => format!("{other:?}"),
            };
            format!("lost since {} {why}", since - NOW).trim().into()
        }
        Output::Emit(Event::Live) => "live".into(),
        Output::Emit(Event::Waiting(changes)) => format!("waiting {changes}"),
        Output::Emit(Event::Behind(ms)) => format!("behind {ms}"),
        other => format!("{other:?}").to_lowercase(),
    }
}

struct Tester(Machine);

impl Tester {
    /// A shown tab whose stream is open at position 10.
    fn live() -> Self {
        let mut tester = Self(Machine::new(|| 0.5));
        tester.check(0, Input::Shown, "fetch");
        tester.check(0, snapshot(10), "open 10, grace 2500, snapshot 10");
        tester.check(0, Input::Opened, "nograce, live");
        tester
    }

    #[track_caller]
    fn check(&mut self, ms: u32, input: Input, expected: &str) {
        let outputs: Vec<_> = self.0.step(NOW + f64::from(ms), input).into_iter().map(brief).collect();
        assert_eq!(outputs.join(", "), expected);
    }
}

#[test]
fn a_silent_stream_is_lost_and_after_three_attempts_a_snapshot_is_fetched() {
    let mut tester = Tester::live();
    tester.check(15_000, Input::Alive, "");
    tester.check(55_000, Input::Silent, "close, lost since 55000, wait 750");
    tester.check(55_750, Input::Retry, "open 10");
    tester.check(60_000, Input::Opened, "nograce, live");
    // A stream that does not open is closed as well. After the third failure a snapshot is fetched: its answer can name the reason.
    tester.check(100_000, Input::Silent, "close, lost since 100000, wait 750");
    tester.check(100_750, Input::Retry, "open 10");
    tester.check(141_000, Input::Silent, "close, wait 1500");
    tester.check(142_500, Input::Retry, "open 10");
    tester.check(183_000, Input::Silent, "close, wait 3000");
    tester.check(186_000, Input::Retry, "fetch");
}

#[test]
fn all_deltas_of_a_frame_are_handed_over_together() {
    let mut tester = Tester::live();
    tester.check(0, delta(11, "a"), "frame");
    tester.check(0, delta(14, "b"), "");
    tester.check(0, Input::Frame, "changes a b to 14");
    tester.check(0, delta(15, "c"), "frame");
    tester.check(0, delta(10, "known"), "");
    tester.check(0, Input::Frame, "changes c to 15");
    tester.check(0, Input::Frame, "");
}

/// A change that the server sent at `sent`, in ms after `NOW` on its own clock, which is an hour ahead.
fn sent(seq: u64, sent: u32) -> Input {
    let mut data = Vec::new();
    write_delta(&mut data, &[gone("a")], Some(NOW as i64 + 3_600_000 + i64::from(sent)));
    Input::Delta { id: at(seq).to_string(), data: String::from_utf8(data).unwrap() }
}

#[test]
fn the_delay_of_late_changes_is_reported_although_the_clocks_differ() {
    let mut tester = Tester::live();
    // The first changes of a stream were missed before; they are not late.
    tester.check(10, sent(11, 0), "frame");
    tester.check(10, Input::Frame, "changes a to 11");
    tester.check(5_000, sent(12, 4_980), "frame");
    tester.check(5_000, Input::Frame, "changes a to 12");
    tester.check(9_000, sent(13, 6_500), "behind 2490, frame");
    tester.check(9_000, Input::Frame, "changes a to 13");
    tester.check(9_100, sent(14, 9_080), "behind 0, frame");
    tester.check(9_100, Input::Frame, "changes a to 14");
    tester.check(9_200, sent(15, 9_190), "frame");
}

#[test]
fn changes_before_a_status_are_reported_before_it() {
    let mut tester = Tester::live();
    tester.check(0, delta(11, "a"), "frame");
    let data = r#"{"state":"stale","since":1,"kinds":[]}"#.into();
    tester.check(0, Input::Status { data }, "changes a to 11, status stale");
}

#[test]
fn a_hidden_tab_has_no_stream_and_continues_at_its_position() {
    let mut tester = Tester::live();
    tester.check(0, delta(11, "a"), "frame");
    tester.check(0, Input::Hidden, "close, changes a to 11, nograce");
    tester.check(0, Input::Hidden, "");
    tester.check(60_000, Input::Shown, "open 11, grace 2500");
    tester.check(60_000, Input::Shown, "");
    tester.check(60_100, Input::Opened, "nograce");
}

#[test]
fn a_tab_that_is_hidden_while_it_fetches_or_waits_fetches_when_it_is_shown() {
    let mut tester = Tester(Machine::new(|| 0.5));
    tester.check(0, Input::Shown, "fetch");
    tester.check(0, Input::Hidden, "close, nograce");
    tester.check(0, Input::Shown, "fetch");
    tester.check(0, snapshot(10), "open 10, grace 2500, snapshot 10");
    tester.check(0, Input::Reset, "close, wait 250");
    tester.check(0, Input::Hidden, "close, nograce");
    tester.check(0, Input::Shown, "fetch");
}

#[test]
fn a_short_interruption_is_not_announced_and_a_longer_one_is_from_its_beginning() {
    let mut tester = Tester::live();
    tester.check(1_000, Input::Broken { closed: false }, "grace 2500");
    tester.check(3_000, Input::Opened, "nograce");
    tester.check(5_000, Input::Broken { closed: false }, "grace 2500");
    tester.check(7_000, Input::Broken { closed: false }, "");
    tester.check(7_500, Input::Overdue, "lost since 5000");
    tester.check(9_000, Input::Broken { closed: false }, "");
    tester.check(9_500, Input::Opened, "nograce, live");
}

#[test]
fn a_refused_stream_is_tried_from_the_last_position_then_by_a_snapshot() {
    let mut tester = Tester::live();
    tester.check(0, delta(11, "a"), "frame");
    tester.check(0, Input::Broken { closed: true }, "grace 2500, close, changes a to 11, wait 750");
    tester.check(750, Input::Retry, "open 11");
    tester.check(800, Input::Broken { closed: true }, "close, wait 1500");
    tester.check(2_300, Input::Retry, "open 11");
    tester.check(2_500, Input::Overdue, "lost since 0");
    tester.check(2_600, Input::Broken { closed: true }, "close, wait 3000");
    tester.check(5_600, Input::Retry, "fetch");
    tester.check(5_700, failed("context `a` is gone"), "lost since 0 context `a` is gone, wait 6000");
    tester.check(11_700, Input::Retry, "fetch");
    tester.check(11_800, failed("context `a` is gone"), "wait 7500");
    tester.check(19_300, Input::Retry, "fetch");
    tester.check(19_400, snapshot(20), "open 20, snapshot 20");
    tester.check(19_500, Input::Opened, "nograce, live");
}

#[test]
fn a_first_fetch_that_fails_is_announced_at_once() {
    let mut tester = Tester(Machine::new(|| 0.5));
    tester.check(0, Input::Shown, "fetch");
    tester.check(100, failed("no such context"), "lost since 100 no such context, wait 750");
}

#[test]
fn a_loss_that_was_announced_lasts_through_a_hidden_time() {
    let mut tester = Tester::live();
    tester.check(0, Input::Broken { closed: false }, "grace 2500");
    tester.check(2_500, Input::Overdue, "lost since 0");
    tester.check(3_000, Input::Hidden, "close, nograce");
    tester.check(9_000, Input::Shown, "open 10");
    tester.check(9_100, Input::Opened, "nograce, live");
}

#[test]
fn a_hidden_time_is_no_loss() {
    let mut tester = Tester::live();
    tester.check(0, Input::Broken { closed: false }, "grace 2500");
    tester.check(1_000, Input::Hidden, "close, nograce");
    tester.check(9_000, Input::Shown, "open 10, grace 2500");
    tester.check(11_500, Input::Overdue, "lost since 9000");
}

#[test]
fn after_a_reset_the_picture_stays_until_the_new_snapshot() {
    let mut tester = Tester::live();
    tester.check(0, delta(11, "a"), "frame");
    tester.check(0, Input::Reset, "close, changes a to 11, wait 250");
    tester.check(250, Input::Retry, "fetch");
    tester.check(300, snapshot(7), "open 7, grace 2500, snapshot 7");
    tester.check(310, Input::Opened, "nograce");
    tester.check(320, delta(8, "b"), "frame");
}

#[test]
fn resets_in_a_row_slow_down() {
    let mut tester = Tester::live();
    for (ms, expected) in
        [(0, "close, wait 250"), (300, "close, wait 750"), (1_100, "close, wait 1500"), (40_000, "close, wait 250")]
    {
        tester.check(ms, Input::Reset, expected);
        tester.check(ms, Input::Retry, "fetch");
        tester.check(ms, snapshot(10), "open 10, grace 2500, snapshot 10");
        tester.check(ms, Input::Opened, "nograce");
    }
}

#[test]
fn an_unreadable_event_is_logged_once_and_handled_like_a_reset() {
    for bad in [
        Input::Delta { id: at(11).to_string(), data: "{".into() },
        Input::Delta { id: String::new(), data: r#"{"changes":[]}"#.into() },
        Input::Status { data: "[]".into() },
    ] {
        let mut tester = Tester::live();
        tester.check(0, bad, "log, close, wait 250");
        tester.check(250, Input::Retry, "fetch");
        tester.check(260, snapshot(10), "open 10, grace 2500, snapshot 10");
        tester.check(270, Input::Status { data: String::new() }, "close, wait 750");
    }
}

#[test]
fn another_epoch_is_handled_like_a_reset() {
    let mut tester = Tester::live();
    tester.check(0, delta_at(Cursor { epoch: EPOCH + 1, seq: 11 }, "a"), "close, wait 250");
}

#[test]
fn waits_stay_between_half_a_second_and_ten() {
    for (random, first, last) in [((|| 0.0) as fn() -> f64, 500, 5_000), (|| 1.0, 1_000, 10_000)] {
        let mut machine = Machine::new(random);
        let mut waits = Vec::new();
        for _ in 0..40 {
            waits.extend(machine.step(NOW, failed("")).into_iter().filter_map(|output| match output {
                Output::Wait(ms) => Some(ms),
                _ => None,
            }));
        }
        assert_eq!((waits[0], waits[39]), (first, last));
        assert!(waits.is_sorted(), "{waits:?}");
    }
}

#[test]
fn a_pause_counts_changes_and_its_end_hands_them_over_together() {
    let mut tester = Tester::live();
    tester.check(0, delta(11, "a"), "frame");
    tester.check(0, Input::Pause, "changes a to 11");
    tester.check(0, Input::Pause, "");
    tester.check(0, Input::Frame, "");
    tester.check(0, delta(12, "b"), "frame");
    tester.check(0, delta(13, "c"), "");
    tester.check(0, Input::Frame, "waiting 2");
    tester.check(0, Input::Frame, "");
    tester.check(0, delta(15, "d"), "frame");
    tester.check(0, Input::Resume, "waiting 0, changes b c d to 15");
    tester.check(0, Input::Resume, "");
    tester.check(0, delta(16, "e"), "frame");
    tester.check(0, Input::Frame, "changes e to 16");
}

#[test]
fn a_status_passes_through_a_pause() {
    let mut tester = Tester::live();
    tester.check(0, Input::Pause, "");
    tester.check(0, delta(11, "a"), "frame");
    let data = r#"{"state":"stale","since":1,"kinds":[]}"#.into();
    tester.check(0, Input::Status { data }, "waiting 1, status stale");
    tester.check(0, Input::Broken { closed: false }, "grace 2500");
    tester.check(2_500, Input::Overdue, "lost since 0");
    tester.check(3_000, Input::Opened, "nograce, live");
    tester.check(3_000, Input::Resume, "waiting 0, changes a to 11");
}

#[test]
fn a_hidden_time_does_not_end_a_pause_and_loses_nothing() {
    let mut tester = Tester::live();
    tester.check(0, Input::Pause, "");
    tester.check(0, delta(11, "a"), "frame");
    tester.check(0, Input::Hidden, "close, waiting 1, nograce");
    tester.check(9_000, Input::Shown, "open 11, grace 2500");
    tester.check(9_100, Input::Opened, "nograce");
    tester.check(9_200, delta(12, "b"), "frame");
    tester.check(9_300, Input::Resume, "waiting 0, changes a b to 12");
}

#[test]
fn after_a_reset_in_a_pause_its_end_fetches_a_snapshot() {
    let mut tester = Tester::live();
    tester.check(0, Input::Pause, "");
    tester.check(0, delta(11, "a"), "frame");
    tester.check(0, Input::Reset, "close, waiting 1, wait 250");
    tester.check(250, Input::Retry, "fetch");
    tester.check(300, snapshot(7), "open 7, grace 2500");
    tester.check(310, Input::Opened, "nograce");
    tester.check(320, delta(8, "b"), "frame");
    tester.check(330, Input::Frame, "waiting 2");
    tester.check(400, Input::Resume, "waiting 0, close, fetch");
    tester.check(500, snapshot(9), "open 9, grace 2500, snapshot 9");
}

#[test]
fn a_pause_that_ends_before_the_new_snapshot_takes_that_one() {
    let mut tester = Tester::live();
    tester.check(0, Input::Pause, "");
    tester.check(0, delta(11, "a"), "frame");
    tester.check(0, Input::Reset, "close, waiting 1, wait 250");
    tester.check(100, Input::Resume, "waiting 0");
    tester.check(250, Input::Retry, "fetch");
    tester.check(300, snapshot(20), "open 20, grace 2500, snapshot 20");
    tester.check(310, delta(21, "b"), "frame");
    tester.check(320, Input::Frame, "changes b to 21");
}

#[test]
fn a_page_that_is_paused_before_it_has_anything_takes_its_first_snapshot() {
    let mut tester = Tester(Machine::new(|| 0.5));
    tester.check(0, Input::Shown, "fetch");
    tester.check(0, Input::Pause, "");
    tester.check(0, snapshot(10), "open 10, grace 2500, snapshot 10");
    tester.check(0, delta(11, "a"), "frame");
    tester.check(0, Input::Frame, "waiting 1");
}

#[test]
fn too_many_waiting_changes_are_dropped_and_counted() {
    let mut tester = Tester::live();
    tester.check(0, Input::Pause, "");
    let change = r#"{"op":"del","kind":"Pod","key":"default/a","row":null}"#;
    let data = format!(r#"{{"changes":[{}]}}"#, vec![change; MAX_WAITING].join(","));
    tester.check(0, Input::Delta { id: at(11).to_string(), data }, "frame");
    assert_eq!(tester.0.pending.len(), MAX_WAITING);
    tester.check(0, delta(12, "b"), "");
    assert_eq!(tester.0.pending.capacity(), 0);
    tester.check(0, Input::Frame, "waiting 20001");
    tester.check(0, delta(13, "c"), "frame");
    tester.check(0, Input::Resume, "waiting 0, close, fetch");
    tester.check(9, snapshot(13), "open 13, grace 2500, snapshot 13");
}
