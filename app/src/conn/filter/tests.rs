use topology::cluster::coverage::Known;
use topology::cluster::key::ObjectKey;
use topology::wire::ScopeState;

use super::*;

const EPOCH: u32 = 0xa;

fn at(seq: u64) -> Cursor {
    Cursor { epoch: EPOCH, seq }
}

fn filter(cursor: u64, scopes: &[(Option<&str>, Kind, u64)]) -> Filter {
    let scopes = scopes
        .iter()
        .map(|&(namespace, kind, seq)| ScopeState {
            namespace: namespace.map(Into::into),
            kind,
            state: Known::Synced,
            cursor: at(seq),
        })
        .collect();
    Filter::new(&Snapshot { cursor: at(cursor), scopes, rows: vec![] })
}

fn gone(kind: Kind, key: &str) -> Change {
    Change::Delete(kind, ObjectKey::parse(kind, key).unwrap())
}

#[test]
fn only_changes_above_their_scopes_cursor_are_news() {
    let filter = filter(
        10,
        &[
            (None, Kind::Node, 30),
            (None, Kind::Pod, 20),
            (Some("own"), Kind::Pod, 40),
            (Some("a"), Kind::EndpointSlice, 25),
        ],
    );
    for (kind, key, known) in [
        (Kind::Node, "n1", 30),
        (Kind::Pod, "own/p", 40),
        // No entry for its namespace: the whole cluster's.
        (Kind::Pod, "a/p", 20),
        // An endpoint comes with the watch of slices.
        (Kind::EndpointSlice, "a/s", 25),
        (Kind::Endpoint, "a/s/10.0.0.1", 25),
        // No entry at all: the snapshot's cursor.
        (Kind::EndpointSlice, "b/s", 10),
        (Kind::Service, "a/svc", 10),
    ] {
        let mut at_cursor = filter.clone();
        assert_eq!(at_cursor.accept(at(known), vec![gone(kind, key)]), Ok(vec![]), "{kind} {key} at {known}");
        let mut above = filter.clone();
        let change = vec![gone(kind, key)];
        assert_eq!(above.accept(at(known + 1), change.clone()), Ok(change), "{kind} {key} above {known}");
    }
}

#[test]
fn a_mixed_event_keeps_its_order() {
    let mut filter = filter(10, &[(None, Kind::Node, 30)]);
    let changes = vec![gone(Kind::Pod, "a/2"), gone(Kind::Node, "n"), gone(Kind::Pod, "a/1")];
    let kept = vec![gone(Kind::Pod, "a/2"), gone(Kind::Pod, "a/1")];
    assert_eq!(filter.accept(at(12), changes), Ok(kept));
}

#[test]
fn the_position_follows_every_event_and_never_goes_back() {
    let mut filter = filter(10, &[(None, Kind::Node, 30)]);
    assert_eq!(filter.position(), at(10));
    assert_eq!(filter.accept(at(20), vec![gone(Kind::Node, "n")]), Ok(vec![]));
    assert_eq!(filter.position(), at(20));
    assert!(filter.accept(at(15), vec![]).is_ok());
    assert_eq!(filter.position(), at(20));
}

#[test]
fn an_event_of_another_log_is_refused_and_moves_nothing() {
    let mut filter = filter(10, &[]);
    assert_eq!(filter.accept(Cursor { epoch: EPOCH + 1, seq: 99 }, vec![]), Err(OtherEpoch));
    assert_eq!(filter.position(), at(10));
}
