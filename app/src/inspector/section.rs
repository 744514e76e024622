//! A section of the inspector.

use leptos::prelude::*;

/// A section with a small heading, and at its right an aside.
#[component]
pub fn Section(
    /// The heading.
    heading: String,
    /// What stands at its right.
    #[prop(default = String::new())]
    aside: String,
    /// What is below.
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
