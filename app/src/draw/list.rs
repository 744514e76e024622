//! What a page that is open for hours must not remember: parts that are gone, and followers of earlier selections.
//!
//! Leptos keeps both until the owner around them is disposed, and the picture's owner lives as long as the page. The test of the heap
//! (`stability.spec.mjs`, 2,400 changes) holds this.

use std::hash::Hash;

use leptos::prelude::*;
use leptos::reactive::graph::{Source, ToAnySource};
use leptos::tachys::view::keyed::keyed;

/// A list like `<For>`: a part that stays the same keeps its place in the page. But its parts have no owner of their own: the owner
/// around a `<For>` remembers each part that it ever had.
///
/// So a part must leave nothing with its owner, which is disposed with the list's next change: an `ArcMemo` is fine, a `Memo`, a
/// `Signal::derive` or a `StoredValue` is not.
pub(crate) fn list<T>(
    each: impl Fn() -> Vec<T> + Send + 'static,
    part: impl Fn(T) -> AnyView + Clone + Send + 'static,
) -> AnyView
where
    T: Clone + Eq + Hash + Send + 'static,
{
    let parts = move || {
        let part = part.clone();
        keyed(each(), T::clone, move |_, each| (drop::<usize>, part(each)))
    };
    parts.into_any()
}

/// Forgets who follows a signal; whoever reads it again follows it again.
pub(crate) fn forget_followers<T: Send + Sync + 'static>(signal: RwSignal<T>) {
    signal.to_any_source().clear_subscribers();
}
