//! Texts of the server's status of a context.

use topology::wire::ContextState;

use crate::Words;

impl Words {
    /// The state of a context's connection.
    pub fn context_state(&self, state: ContextState) -> String {
        match state {
            ContextState::Idle => self.context_idle(),
            ContextState::Connecting => self.context_connecting(),
            ContextState::Live => self.context_live(),
            ContextState::Stale => self.context_stale(),
        }
    }
}
