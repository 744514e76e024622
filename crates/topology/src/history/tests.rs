use super::*;
use crate::cluster::facts::PodFact;
use crate::cluster::index::Object;

fn pod(name: &str, ready: bool) -> Object {
    let fact = PodFact { namespace: "a".into(), name: name.into(), ready, ..PodFact::default() };
    Object::Row(Row::Pod(fact))
}

#[test]
fn the_ring_forgets_what_is_oldest_and_tells_the_newest_first() {
    let (mut index, mut history) = (Index::default(), History::default());
    let first = Scope { namespace: String::new(), kind: Kind::Pod };
    let mut apply = |history: &mut History, now_ms: i64, object| {
        index.apply_into(object, &mut ChangeRecorder { changes: Vec::new(), history, now_ms });
    };
    apply(&mut history, 0, pod("x", false));
    assert!(history.entries.is_empty(), "a first list is no change");
    history.listed(&first);
    for now in 0..3000 {
        apply(&mut history, now, pod("x", now % 2 == 0));
    }
    apply(&mut history, 3000, pod("y", false));
    assert_eq!(history.entries.len(), CAPACITY);
    let lines = history.of(&index, Kind::Pod, &ObjectKey::new("a", "x"));
    assert_eq!(lines.len(), MAX_ANSWER);
    assert!(lines.is_sorted_by(|a, b| a.at > b.at));
    let last = &lines[0];
    assert_eq!((last.at, last.field.as_deref(), last.to.as_deref()), (2999, Some("ready"), Some("false")));
    let lines = history.of(&index, Kind::Pod, &ObjectKey::new("a", "y"));
    assert_eq!((lines.len(), &lines[0].field, lines[0].to.as_deref()), (1, &None, Some("created")));
}

#[test]
fn a_line_is_read_as_it_is_written() {
    let object = ObjectName { kind: Kind::Node, namespace: None, name: "node1".into() };
    let line = ObjectChange { at: 5, object, field: Some("ready".into()), from: None, to: Some("true".into()) };
    let json = serde_json::to_string(&line).unwrap();
    assert_eq!(
        json,
        r#"{"at":5,"object":{"kind":"Node","namespace":null,"name":"node1"},"field":"ready","from":null,"to":"true"}"#
    );
    assert_eq!(serde_json::from_str::<ObjectChange>(&json).unwrap(), line);
}
