//! The resolver, a lazy part of the page: its code is loaded beside the first snapshot, because a picture needs no answer.
//!
//! A release site has it in a module of its own (the feature `split`); elsewhere it is part of the page.

use std::collections::BTreeSet;

use topology::cluster::index::Index;
use topology::cluster::view::Cluster;
use topology::find::completion::{Completion, sources, targets};
use topology::find::search::{SearchMatch, search};
use topology::graph::trouble::{FailingQuestion, failing_question, troubled_nodes};
use topology::graph::{Trouble, UnitKey};
use topology::path::question::short::{source_in, target_in, without_credentials};
use topology::path::question::{QuestionError, Source, Target};
use topology::path::trace::Unanswerable;
use topology::picture::{HighlightQuestion, Light, light};

/// What questions need: to complete and read what a person types, to find it, to answer it, and to ask what fails.
#[derive(Clone, Copy, Debug)]
pub struct Resolver {
    pub light: fn(Cluster<'_>, &HighlightQuestion, Option<&Source>) -> Result<Light, Unanswerable>,
    pub source_in: fn(&Index, &str) -> Result<Source, QuestionError>,
    pub target_in: fn(&Index, &str, Option<&Source>) -> Result<Target, QuestionError>,
    pub without_credentials: fn(&str) -> String,
    pub failing_question: fn(Cluster<'_>, &UnitKey, &Trouble) -> Option<FailingQuestion>,
    pub troubled_nodes: fn(Cluster<'_>, &UnitKey, &Trouble) -> BTreeSet<String>,
    pub search: fn(&Index, &str, usize) -> Vec<SearchMatch>,
    pub sources: fn(&Index, &str, usize) -> Vec<Completion>,
    pub targets: fn(&Index, &str, usize) -> Vec<Completion>,
}

impl Resolver {
    /// The functions themselves. In a page only the lazy part names them.
    #[inline(always)]
    pub fn here() -> Self {
        Self {
            light,
            source_in,
            target_in,
            without_credentials,
            failing_question,
            troubled_nodes,
            search,
            sources,
            targets,
        }
    }
}

/// The resolver's code could not be loaded.
#[derive(Clone, Copy, Debug)]
pub struct NotLoaded;

/// Loads the resolver's code, once.
///
/// # Errors
///
/// The server does not answer, or has another version of kubehop. Another call tries again.
#[cfg(feature = "split")]
pub async fn load() -> Result<Resolver, NotLoaded> {
    split::resolver().await
}

/// The resolver, which is part of this module.
///
/// # Errors
///
/// None.
#[cfg(not(feature = "split"))]
#[expect(clippy::unused_async, reason = "a release site loads it")]
pub async fn load() -> Result<Resolver, NotLoaded> {
    Ok(Resolver::here())
}

#[cfg(feature = "split")]
mod split {
    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    use super::{NotLoaded, Resolver};

    impl From<SplitLoaderError> for NotLoaded {
        fn from(_: SplitLoaderError) -> Self {
            Self
        }
    }

    /// All code that only this function reaches becomes the module `resolver`.
    #[wasm_split(resolver, fallible)]
    pub(super) fn resolver() -> Result<Resolver, NotLoaded> {
        Ok(Resolver::here())
    }
}
