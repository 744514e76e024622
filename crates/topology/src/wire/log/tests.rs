use super::*;
use crate::cluster::change::Change;
use crate::cluster::facts::PodFact;
use crate::cluster::key::{ObjectKey, Scope};
use crate::cluster::kinds::Kind;
use crate::cluster::row::Row;
use crate::wire::Delta;

fn put(namespace: &str, name: &str, phase: &str) -> Change {
    Change::Put(Row::Pod(PodFact {
        namespace: namespace.into(),
        name: name.into(),
        phase: phase.into(),
        ..PodFact::default()
    }))
}

fn delete(namespace: &str, name: &str) -> Change {
    Change::Delete(Kind::Pod, ObjectKey::new(namespace, name))
}

fn frames(changes: Vec<Change>, after: Cursor, now: i64) -> Vec<Frame<Vec<u8>>> {
    encode_frames(changes, after, now)
}

fn changes(frame: &Frame<Vec<u8>>) -> Vec<Change> {
    let text = std::str::from_utf8(&frame.bytes).unwrap();
    let data = text.lines().find_map(|line| line.strip_prefix("data: ")).unwrap();
    serde_json::from_str::<Delta>(data).unwrap().changes
}

#[test]
fn a_frame_is_one_scope_and_one_complete_event() {
    let frames =
        frames(vec![put("b", "x", ""), put("a", "x", ""), put("b", "y", "")], Cursor { epoch: 0xab, seq: 7 }, 5);
    assert_eq!(
        frames.iter().map(|frame| (frame.seq, frame.scope.namespace.as_str())).collect::<Vec<_>>(),
        [(8, "a"), (9, "b")]
    );
    assert!(frames[0].bytes.starts_with(b"id: 000000ab-8\nevent: delta\ndata: {\"changes\":["));
    assert!(frames[0].bytes.ends_with(b"],\"at\":5}\n\n"));
    assert_eq!(changes(&frames[1]), [put("b", "x", ""), put("b", "y", "")]);
}

#[test]
fn of_one_row_the_last_change_wins() {
    let all = vec![
        put("a", "x", "1"),
        put("a", "y", "1"),
        delete("a", "x"),
        put("a", "y", "2"),
        put("a", "x", "3"),
        delete("a", "z"),
    ];
    let frames = frames(all, Cursor::default(), 5);
    assert_eq!(changes(&frames[0]), [put("a", "y", "2"), put("a", "x", "3"), delete("a", "z")]);
}

#[test]
fn many_changes_are_many_frames() {
    let all = (0..450).map(|n| put("a", &format!("x{n}"), "")).collect();
    let frames = frames(all, Cursor::default(), 5);
    assert_eq!(frames.iter().map(|frame| changes(frame).len()).collect::<Vec<_>>(), [200, 200, 50]);
}

fn filled(limits: LogLimits, frames_to_add: usize) -> FrameLog<Vec<u8>> {
    let mut log = FrameLog::new(0x0f3c_9a21, limits);
    for seq in 0..frames_to_add {
        log.append(frames(vec![put(if seq % 2 == 0 { "a" } else { "b" }, "x", "")], log.cursor(seq as u64), 5));
    }
    log
}

#[test]
fn the_ring_is_bounded_by_frames_and_by_bytes() {
    let log = filled(LogLimits { frames: 3, ..LogLimits::default() }, 10);
    assert_eq!(log.position(log.cursor(7)), Ok(7));
    assert_eq!(log.position(log.cursor(6)), Err(LostPosition::FellOff));
    assert_eq!(log.read(7, &ScopeFilter::All).unwrap().frames.len(), 3);
    assert_eq!(log.read(6, &ScopeFilter::All).unwrap_err(), LostPosition::FellOff);

    let one = filled(LogLimits::default(), 1).bytes;
    let log = filled(LogLimits { bytes: one * 2, ..LogLimits::default() }, 9);
    assert_eq!(log.position(log.cursor(7)), Ok(7));
    assert_eq!(log.position(log.cursor(6)), Err(LostPosition::FellOff));
    // A frame that is too big by itself is kept until the next one.
    let log = filled(LogLimits { bytes: 1, ..LogLimits::default() }, 2);
    assert_eq!(log.read(1, &ScopeFilter::All).unwrap().frames.len(), 1);
}

#[test]
fn a_filter_passes_its_namespaces_and_moves_on_over_the_others() {
    let log = filled(LogLimits::default(), 5);
    let filter = ScopeFilter::Namespaces(["b".to_owned()].into());
    let batch = log.read(0, &filter).unwrap();
    assert_eq!((batch.frames.len(), batch.position), (2, 5));
    assert!(filter.covers(&Scope { namespace: String::new(), kind: Kind::Node }));
}

#[test]
fn one_read_is_bounded_and_the_next_goes_on_where_it_ended() {
    let log = filled(LogLimits::default(), 2000);
    let (mut position, mut frames, mut reads) = (0, 0, 0);
    while position < 2000 {
        let batch = log.read(position, &ScopeFilter::All).unwrap();
        assert!(batch.frames.iter().map(Vec::len).sum::<usize>() < 2 * BATCH_BYTES);
        (position, frames, reads) = (batch.position, frames + batch.frames.len(), reads + 1);
    }
    assert!(frames == 2000 && reads > 1, "{frames} in {reads}");
}

#[test]
fn positions_of_the_future_and_of_other_logs_are_lost() {
    let log = filled(LogLimits::default(), 2);
    assert_eq!(log.position(log.cursor(3)), Err(LostPosition::FellOff));
    let other = Cursor { epoch: log.cursor(0).epoch ^ 1, seq: 1 };
    assert_eq!(log.position(other), Err(LostPosition::UnknownEpoch));
}
