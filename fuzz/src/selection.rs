use topology::cluster::key::Kind;
use topology::graph::manifest::responsible;
use topology::graph::socket::Selection;
use topology::graph::{UnitKey, find_socket};
use topology::picture::{HighlightQuestion, light};

use crate::cluster::{OVERVIEW, whole};
use crate::text;

/// The parameter `select=` of a URL: empty, or equal to its text form after parsing.
pub fn selection(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    if let Some(group) = UnitKey::parse(text) {
        assert_eq!(UnitKey::parse(&group.to_string()), Some(group));
    }
    let Some(selection) = Selection::parse(text) else { return };
    assert_eq!(selection.to_string(), text);
    let found = find_socket(&OVERVIEW, &selection);
    assert!(found.as_ref().is_none_or(|socket| selection.selects(socket)), "{text} is {found:?}");
    let lit = light(whole(&OVERVIEW), &HighlightQuestion::Socket(selection.clone()), None)
        .expect("nobody was named who may not exist");
    assert_eq!(lit.selected, found);
    for kind in Kind::WATCHED {
        drop(responsible(&selection, kind, &serde_json::Value::from(text)));
    }
}
