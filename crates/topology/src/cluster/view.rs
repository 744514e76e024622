//! The known facts of a cluster as one argument.

use crate::cluster::coverage::Coverage;
use crate::cluster::index::Index;
use crate::cluster::settings::Settings;

/// The known facts of a cluster at one moment.
#[derive(Clone, Copy)]
pub struct Cluster<'a> {
    /// All rows.
    pub index: &'a Index,
    /// Which kinds are known.
    pub coverage: &'a Coverage,
    /// kube-proxy's settings.
    pub settings: &'a Settings,
}
