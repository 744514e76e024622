//! What builds the parts of a unit.

use super::behind::Behind;
use super::limits::Limits;
use super::unit::Parts;
use crate::cluster::view::Cluster;

/// A unit that is being built.
pub(super) struct Builder<'a> {
    pub(super) cluster: Cluster<'a>,
    pub(super) limits: Limits,
    pub(super) parts: Parts,
    /// Pods and targets behind the lines so far: they come last.
    pub(super) behind: Behind,
}

impl<'a> Builder<'a> {
    pub(super) fn new(cluster: Cluster<'a>, limits: Limits) -> Self {
        Self { cluster, limits, parts: Parts::default(), behind: Behind::default() }
    }

    /// The parts, with all that is behind the lines.
    pub(super) fn finished(mut self) -> Parts {
        std::mem::take(&mut self.behind).add_to(self.cluster.index, &mut self.parts);
        self.parts
    }
}
