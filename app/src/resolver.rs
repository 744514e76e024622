//! The resolver, a lazy part of the page: its code is loaded beside the first snapshot, because a picture needs no answer.
//!
//! A release site has it in a module of its own (the feature `split`); elsewhere it is part of the page.

use topology::cluster::view::Cluster;
use topology::path::question::Source;
use topology::path::trace::Unanswerable;
use topology::picture::{HighlightQuestion, Light};

/// The resolver: [`topology::picture::light`].
pub type Resolve = fn(Cluster<'_>, &HighlightQuestion, Option<&Source>) -> Result<Light, Unanswerable>;

/// The resolver's code could not be loaded.
#[derive(Clone, Copy, Debug)]
pub struct NotLoaded;

/// Loads the resolver's code, once.
///
/// # Errors
///
/// The server does not answer, or has another version of kubehop. Another call tries again.
#[cfg(feature = "split")]
pub async fn load() -> Result<Resolve, NotLoaded> {
    split::resolver().await
}

/// The resolver, which is part of this module.
///
/// # Errors
///
/// None.
#[cfg(not(feature = "split"))]
#[expect(clippy::unused_async, reason = "a release site loads it")]
pub async fn load() -> Result<Resolve, NotLoaded> {
    Ok(topology::picture::light)
}

#[cfg(feature = "split")]
mod split {
    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    use super::{NotLoaded, Resolve};

    impl From<SplitLoaderError> for NotLoaded {
        fn from(_: SplitLoaderError) -> Self {
            Self
        }
    }

    /// All code that only this function reaches becomes the module `resolver`.
    #[wasm_split(resolver, fallible)]
    pub(super) fn resolver() -> Result<Resolve, NotLoaded> {
        Ok(topology::picture::light)
    }
}
