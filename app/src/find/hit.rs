//! What a search finds.

use topology::find::search::Found;
use topology::graph::socket::Selection;

/// Something that was found.
#[derive(Clone, PartialEq)]
pub(super) struct Hit {
    pub(super) selection: Selection,
    pub(super) label: String,
    pub(super) detail: String,
    /// The namespace that must be opened to see it.
    pub(super) opens: Option<String>,
}

impl From<Found> for Hit {
    fn from(found: Found) -> Self {
        let Found { socket, label, detail, .. } = found;
        Self { selection: socket.selection(), label, detail, opens: None }
    }
}
