//! Builds the parts of a unit.

use super::backing::BackingObjects;
use super::limits::Limits;
use super::unit::Parts;
use crate::cluster::view::Cluster;

/// Builds the parts of one unit.
pub(super) struct Builder<'a> {
    pub(super) cluster: Cluster<'a>,
    pub(super) limits: Limits,
    pub(super) parts: Parts,
    /// Pods and targets of the endpoints added so far. They are added to `parts` last.
    pub(super) backing: BackingObjects,
}

impl<'a> Builder<'a> {
    pub(super) fn new(cluster: Cluster<'a>, limits: Limits) -> Self {
        Self { cluster, limits, parts: Parts::default(), backing: BackingObjects::default() }
    }

    /// The parts, including Pods and targets.
    pub(super) fn finished(mut self) -> Parts {
        std::mem::take(&mut self.backing).add_to(self.cluster.index, &mut self.parts);
        self.parts
    }
}
