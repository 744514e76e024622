//! What is known of a cluster, as one argument.

use crate::cluster::coverage::Coverage;
use crate::cluster::index::Index;
use crate::cluster::settings::Settings;

/// A cluster as it is known at one moment.
#[derive(Clone, Copy)]
pub struct Cluster<'a> {
    /// All rows.
    pub index: &'a Index,
    /// What is known.
    pub coverage: &'a Coverage,
    /// kube-proxy's settings.
    pub settings: &'a Settings,
}
