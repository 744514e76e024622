//! Leptos for the page. `app` depends on this crate under the name of `leptos`, so that Leptos's macros find it.
//!
//! On the server it is Leptos, and nothing else. In the browser, components, signals and macros are Leptos's own too, but what `view!`
//! makes is an [`AnyView`](prelude::AnyView) from the beginning: one type for all elements, texts and lists, with its attributes as
//! values. Leptos compiles the making and updating of each kind of element, and of each kind of attribute, anew, and that was a sixth
//! of the page's module.
//!
//! The macros name what they make by its path below `::leptos`. Those paths are what is here: an upgrade of Leptos that changes them
//! fails to compile.

#[cfg(not(feature = "browser"))]
pub use leptos::*;

#[cfg(feature = "browser")]
mod browser;
#[cfg(feature = "browser")]
pub use browser::surface::*;

/// Makes a view of Leptos's own a view of the page.
#[cfg(not(feature = "browser"))]
pub fn native(view: impl IntoView + 'static) -> prelude::AnyView {
    prelude::IntoAny::into_any(view)
}
