//! Messages between server and browser: snapshots, deltas, cursors, status (design §3 and §4.3).

mod access;
mod answer;
mod cursor;
mod delta;
mod known_kind;
pub mod log;
mod snapshot;
mod status;

pub use access::{AccessProblem, OtherRefusal, Refusal, TlsRemedy};
pub use answer::{ContextSummary, ObjectChange, ObjectManifest, ObjectName, Problem, SearchHit, encode};
pub use cursor::{Cursor, NotACursor};
pub use delta::{Delta, Reset, write_delta};
pub use snapshot::{ScopeState, Snapshot};
pub use status::{ContextState, KindStatus, Status};
