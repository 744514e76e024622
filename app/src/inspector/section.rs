//! A section of the inspector.

use leptos::prelude::*;

/// A section with a small heading and an aside at the right of the heading.
#[component]
pub fn Section(
    /// The heading.
    heading: String,
    /// The text at the right of the heading.
    #[prop(default = String::new())]
    aside: String,
    /// The content below the heading.
    children: Children,
) -> AnyView {
    view! {
        <section class="sec">
            <h2>{heading}<span class="aside">{aside}</span></h2>
            {children()}
        </section>
    }
    .into_any()
}
