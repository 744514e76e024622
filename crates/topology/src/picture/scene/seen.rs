//! What is remembered of a Service, so that only the Nodes that a change concerns are drawn again.

use crate::graph::ServiceReach;

/// What the units of Nodes depend on of a Service, besides its endpoints there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ServiceSeen {
    pub(super) reach: ServiceReach,
    /// Whether the reader wants to see the Service.
    pub(super) wanted: bool,
}
