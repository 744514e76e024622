//! The freshness of the data on the page.

use topology::wire::ContextState;

/// The freshness of the data on the page: the state of the context, or of the page if it is paused or has lost its server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// The first lists are in progress.
    Connecting,
    /// Every change is shown.
    Live,
    /// The reader has paused the page.
    Paused,
    /// The data can be outdated.
    Stale,
}

impl Freshness {
    /// The text in `data-status`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Connecting => "connecting",
            Self::Live => "live",
            Self::Paused => "paused",
            Self::Stale => "stale",
        }
    }
}

/// A context that nobody has opened connects once a page shows it.
impl From<ContextState> for Freshness {
    fn from(state: ContextState) -> Self {
        match state {
            ContextState::Idle | ContextState::Connecting => Self::Connecting,
            ContextState::Live => Self::Live,
            ContextState::Stale => Self::Stale,
        }
    }
}
