//! What the server hands to the page for its first paint.

use std::sync::Arc;

use topology::cluster::coverage::Coverage;
use topology::cluster::index::Index;
use topology::cluster::settings::Settings;
use topology::wire::Status;

/// One moment of a context.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// All rows.
    pub index: &'a Index,
    /// What of the cluster is known.
    pub coverage: &'a Coverage,
    /// kube-proxy's settings.
    pub settings: &'a Settings,
    /// How the context is doing.
    pub status: &'a Status,
    /// The last change applied.
    pub seq: u64,
}

/// Something that a context's present moment can be read from.
pub trait Source: Send + Sync {
    /// Calls `visit` once with the present moment; nothing changes meanwhile, so it must be quick.
    fn read(&self, visit: &mut dyn FnMut(View<'_>));
}

/// Where the first response takes its picture from. The server provides it as a context value.
#[derive(Clone)]
pub struct FirstPaint(pub Arc<dyn Source>);
