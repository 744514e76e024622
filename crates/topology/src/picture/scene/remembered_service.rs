//! The state of a Service when it was last drawn. Comparing it with the new state limits which Nodes are redrawn.

use crate::graph::ServiceReach;

/// The state of a Service that units of Nodes depend on, apart from its endpoints on the Node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RememberedService {
    pub(super) reach: ServiceReach,
    /// Whether the reader's filters let the Service be drawn.
    pub(super) wanted: bool,
}
