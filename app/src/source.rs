//! The data that the server gives the page for its first response.

use std::sync::Arc;

use topology::cluster::coverage::Coverage;
use topology::cluster::index::Index;
use topology::cluster::settings::Settings;
use topology::wire::Status;

/// The data of a context at one time.
#[derive(Clone, Copy)]
pub struct ContextView<'a> {
    /// All rows.
    pub index: &'a Index,
    /// The known parts of the cluster.
    pub coverage: &'a Coverage,
    /// kube-proxy's settings.
    pub settings: &'a Settings,
    /// The context's status.
    pub status: &'a Status,
    /// The sequence number of the last applied change.
    pub seq: u64,
}

/// A source of a context's current data.
pub trait Source: Send + Sync {
    /// Calls `visit` once with the current data. The data is locked during the call, so `visit` must be quick.
    fn read(&self, visit: &mut dyn FnMut(ContextView<'_>));
}

/// The source of the first response's picture. The server provides it as a context value.
#[derive(Clone)]
pub struct FirstPaint(pub Arc<dyn Source>);
