//! Views in the browser: plain values, made and updated by one piece of code.

mod attribute;
mod element;
mod list;
mod state;
pub(crate) mod surface;
mod view;

/// Functions that make elements, by their names; in SVG's namespace or not.
macro_rules! elements {
    ($svg:literal: $($tag:ident)*) => {
        $(
            /// An element of this name.
            pub fn $tag() -> $crate::browser::element::Element {
                $crate::browser::element::Element::new(stringify!($tag).trim_start_matches("r#"), $svg)
            }
        )*
    };
}
pub(crate) use elements;

/// What the macros make of source that never changes: an element from its HTML.
macro_rules! inert {
    ($svg:literal) => {
        /// An element that never changes.
        pub struct InertElement;

        impl InertElement {
            /// From its source.
            #[expect(clippy::new_ret_no_self, reason = "as the macros call it")]
            pub fn new(html: &'static str) -> $crate::browser::view::AnyView {
                $crate::browser::view::AnyView::inert(html, $svg)
            }
        }
    };
}
pub(crate) use inert;
