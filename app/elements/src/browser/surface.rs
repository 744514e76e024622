//! The paths below `::leptos` that the macros name and that the page imports; what is not here is Leptos's own.

pub use leptos::*;

pub use super::attribute::Value;
use super::view::Following;

/// A function to be followed, boxed: so that following it is compiled once.
pub fn __as_shared_reactive_fn<T>(make: impl FnMut() -> T + Send + 'static) -> Following<T> {
    Box::new(make)
}

/// Makes a view of Leptos's own a view of the page.
pub fn native(view: impl IntoView + 'static) -> prelude::AnyView {
    super::view::AnyView::Other(leptos::prelude::IntoAny::into_any(view))
}

/// Children of components.
pub mod children {
    pub use leptos::children::*;

    use super::super::view::{AnyView, IntoRender};

    /// What stands between a component's tags.
    pub type Children = Box<dyn FnOnce() -> AnyView + Send>;

    /// As Leptos's, which the macro calls.
    pub trait ToChildren<F> {
        /// The children.
        fn to_children(make: F) -> Self;
    }

    impl<C: IntoRender, F: FnOnce() -> C + Send + 'static> ToChildren<F> for Children {
        fn to_children(make: F) -> Self {
            Box::new(move || make().into_render())
        }
    }
}

/// As Leptos's, with this crate's views.
pub mod prelude {
    pub use leptos::prelude::*;

    pub use super::super::attribute::IntoAttributeValue;
    pub use super::super::list::{For, ForProps};
    pub use super::super::view::{AnyView, IntoAny, IntoMaybeErased, IntoRender, View};
    pub use super::children::{Children, ToChildren};

    /// The views of an iterator, as one.
    pub trait CollectView {
        /// All of them.
        fn collect_view(self) -> AnyView;
    }

    impl<I: IntoIterator> CollectView for I
    where
        I::Item: IntoRender,
    {
        fn collect_view(self) -> AnyView {
            AnyView::many(self.into_iter().map(IntoRender::into_render).collect())
        }
    }
}

/// What the macros make.
pub mod tachys {
    pub use leptos::tachys::*;

    /// Elements of HTML.
    pub mod html {
        pub use leptos::tachys::html::*;

        use super::super::super::inert;
        inert!(false);

        /// A function for each kind of element.
        pub mod element {
            super::super::super::super::elements! {
                false: a aside b button caption code datalist dd details dialog div dl dt footer form h1 h2 h3 header i input kbd label li
                main noscript ol option output p pre section small span strong summary table tbody td th thead time tr ul
            }
        }
    }

    /// Elements of SVG.
    pub mod svg {
        pub use leptos::tachys::svg::*;

        use super::super::super::inert;
        inert!(true);

        super::super::super::elements! { true: circle defs g line marker path rect svg symbol text title tspan r#use }
    }

    /// Views.
    pub mod view {
        pub use leptos::tachys::view::*;

        /// Lists.
        pub mod iterators {
            pub use leptos::tachys::view::iterators::*;

            use super::super::super::super::view::AnyView;

            /// Views in a row, their number fixed by the source.
            pub struct StaticVec(pub(crate) Vec<AnyView>);

            impl From<Vec<AnyView>> for StaticVec {
                fn from(views: Vec<AnyView>) -> Self {
                    Self(views)
                }
            }
        }
    }
}
