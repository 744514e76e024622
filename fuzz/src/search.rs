use topology::find::search::search as find;
use topology::graph::find_socket;

use crate::cluster::OVERVIEW;
use crate::text;

/// The text of a search. The results are in order, and each can be selected.
pub fn search(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let found = find(&OVERVIEW, text, 9);
    assert!(found.len() <= 9 && found.is_sorted_by_key(|one| one.rank), "{found:?}");
    for one in &found {
        assert!(find_socket(&OVERVIEW, &one.socket.selection()).is_some(), "{one:?} is found, and is not there");
    }
    assert_eq!(find(&OVERVIEW, text, 3), found[..found.len().min(3)]);
}
