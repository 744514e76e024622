//! A hit of the search.

use topology::find::search::SearchMatch;
use topology::graph::socket::Selection;

/// A hit of the search.
#[derive(Clone, PartialEq)]
pub(super) struct Hit {
    pub(super) selection: Selection,
    pub(super) label: String,
    pub(super) detail: String,
    /// The namespace that must be opened to show the hit; `None` if the page holds it.
    pub(super) opens: Option<String>,
}

impl From<SearchMatch> for Hit {
    fn from(found: SearchMatch) -> Self {
        let SearchMatch { socket, label, detail, .. } = found;
        Self { selection: socket.selection(), label, detail, opens: None }
    }
}
