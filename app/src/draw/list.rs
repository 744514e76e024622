//! Lists of parts.

use std::hash::Hash;

use leptos::prelude::*;
use leptos::tachys::view::keyed::keyed;

/// A list like `<For>`: a part that stays the same keeps its place in the page. But its parts have no owner of their own: the owner
/// around a `<For>` remembers each part that it ever had, and what is open for hours has had very many.
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
    leptos::native(move || {
        let part = part.clone();
        keyed(each(), T::clone, move |_, each| (drop::<usize>, part(each)))
    })
}
