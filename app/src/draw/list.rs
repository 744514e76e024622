//! Lists and signals that do not grow while the page is open for hours.
//!
//! Leptos keeps removed parts of a list and old followers of a signal until the owner around them is disposed. The picture's owner
//! lives as long as the page. A test measures the heap (`stability.spec.mjs`, 2,400 changes).

use std::hash::Hash;

use leptos::prelude::*;
use leptos::reactive::graph::{Source, ToAnySource};
use leptos::tachys::view::keyed::keyed;

/// A keyed list like `<For>`: a part that does not change keeps its element. Its parts have no owner of their own, because the owner
/// around a `<For>` keeps every part that it ever had.
///
/// The owner of a part is disposed with the list's next change, so a part must store nothing in it: an `ArcMemo` is fine, a `Memo`, a
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

/// Removes all followers of a signal. A follower that reads the signal again follows it again.
pub(crate) fn forget_followers<T: Send + Sync + 'static>(signal: RwSignal<T>) {
    signal.to_any_source().clear_subscribers();
}
