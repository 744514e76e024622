//! Shapes of sockets, states and verdicts. Each shape is drawn once, around its own middle.
//!
//! The picture uses them as `<use href="#i-ip" x=… y=…/>`, the page through [`Icon`]. They are drawn in `currentColor`; a socket
//! is open until `--sf` fills it (and `--si` colours what is inside).

use leptos::prelude::*;

/// All shapes with their ids. They are static markup, so that neither server nor browser builds them node by node.
///
/// * circle: an IP; square: a port; square in a square: a hostPort; round left and square right: an IP with a port;
/// * hexagon: where Pods enter; tag: a DNS name;
/// * tick: ready, delivered; slashed ring: not ready; hourglass: terminating;
/// * octagon: stopped; triangle: warning; dashed ring: unknown; arrow to the upper right: leaves the cluster.
pub(crate) const SHAPES: &str = concat!(
    r##"<g id="i-ip"><circle r="4.5" fill="var(--sf,var(--surface))" stroke="currentColor" stroke-width="1.5"/></g>"##,
    r##"<g id="i-port"><path d="M-4-4h8v8h-8z" fill="var(--sf,var(--surface))" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round"/></g>"##,
    r##"<g id="i-host"><path d="M-5-5H5V5H-5z" fill="var(--sf,var(--surface))" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round"/>"##,
    r##"<path d="M-2-2h4v4h-4z" fill="var(--si,currentColor)"/></g>"##,
    r##"<g id="i-pair"><path d="M5.5-4.5v9h-7a4.5 4.5 0 0 1 0-9z" fill="var(--sf,var(--surface))" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round"/>"##,
    r##"<path d="M1.5-4.5v9" stroke="var(--si,currentColor)"/></g>"##,
    r##"<g id="i-pods"><path d="M0-5.2 4.5-2.6v5.2L0 5.2-4.5 2.6v-5.2z" fill="var(--sf,var(--surface))" stroke="currentColor" stroke-width="1.25" stroke-linejoin="round"/></g>"##,
    r##"<g id="i-dns"><path d="M-5-4h6l4.5 4L1 4h-6z" fill="var(--sf,var(--surface))" stroke="currentColor" stroke-width="1.25" stroke-linejoin="round"/>"##,
    r##"<circle cx="-1.8" r="1.1" fill="var(--si,currentColor)"/></g>"##,
    r##"<g id="i-ready"><path d="M-4 .5-1.2 3.2 4-3.2" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"/></g>"##,
    r##"<g id="i-unready"><circle r="4" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M-2.6 2.6 2.6-2.6" stroke="currentColor" stroke-width="1.5"/></g>"##,
    r##"<g id="i-ending"><path d="M-3.4-4.4h6.8L-3.4 4.4h6.8z" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round"/></g>"##,
    r##"<g id="i-error"><path d="M-2.5-6h5L6-2.5v5L2.5 6h-5L-6 2.5v-5z" fill="currentColor"/><path d="M-3 0h6" stroke="var(--surface)" stroke-width="2"/></g>"##,
    r##"<g id="i-stop"><use href="#i-error" transform="scale(1.5)"/></g>"##,
    r##"<g id="i-warning"><path d="M0-5.2 5.8 5H-5.8z" fill="currentColor" stroke="currentColor" stroke-linejoin="round"/>"##,
    r##"<path d="M0-1.8v3.2M0 2.6v1.4" stroke="var(--surface)" stroke-width="1.5"/></g>"##,
    r##"<g id="i-unknown"><circle r="6" fill="none" stroke="currentColor" stroke-width="1.25" stroke-dasharray="2.4 1.37"/>"##,
    r##"<path d="M-1.9-1.2a1.9 1.9 0 1 1 2.7 1.7Q0 .9 0 1.6M0 2.6v1.2" fill="none" stroke="currentColor" stroke-width="1.25"/></g>"##,
    r##"<g id="i-info"><circle r="5.5" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M0-.6v3.6M0-3v1.3" stroke="currentColor" stroke-width="1.5"/></g>"##,
    r##"<g id="i-leave"><path d="M-3.5 3.5l7-7M-1.5-3.5h5v5" fill="none" stroke="currentColor" stroke-width="1.5"/></g>"##,
    r##"<g id="i-open"><path d="M-3.5-1.8 0 1.8l3.5-3.6" fill="none" stroke="currentColor" stroke-width="1.5"/></g>"##,
    r##"<g id="i-fold"><path d="M-1.8-3.5 1.8 0l-3.6 3.5" fill="none" stroke="currentColor" stroke-width="1.5"/></g>"##,
    r##"<g id="i-close"><path d="M-4-4l8 8M4-4l-8 8" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round"/></g>"##,
    r##"<g id="i-search"><circle cx="-1" cy="-1" r="4" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M2 2l4 4" stroke="currentColor" stroke-width="1.5" stroke-linecap="round"/></g>"##,
    r##"<g id="i-filter"><path d="M-6-5H6L1.5.5V5l-3-1.5V.5z" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round"/></g>"##,
    r##"<g id="i-copy"><path d="M-1.5-1.5h6v6h-6z" fill="none" stroke="currentColor" stroke-width="1.25" stroke-linejoin="round"/>"##,
    r##"<path d="M-3.5 2H-4.5v-6.5H2v1" fill="none" stroke="currentColor" stroke-width="1.25" stroke-linejoin="round"/></g>"##,
    r##"<g id="i-graph"><path d="M-4 0h2C0 0 0-3.5 2-3.5M-2 0C0 0 0 3.5 2 3.5" fill="none" stroke="currentColor" stroke-width="1.25"/>"##,
    r##"<circle cx="-5" r="1.6" fill="currentColor"/><path d="M2.4-5.3H6v3.6H2.4zM2.4 1.7H6v3.6H2.4z" fill="currentColor"/></g>"##,
    r##"<g id="i-table"><path d="M-5.5-4.5h11v9h-11zM-5.5-1.5h11M-5.5 1.5h11M-1.5-4.5v9" fill="none" stroke="currentColor" stroke-width="1.25"/></g>"##,
    r##"<g id="i-pause"><path d="M-2.5-4v8M2.5-4v8" fill="none" stroke="currentColor" stroke-width="2"/></g>"##,
    r##"<g id="i-play"><path d="M-3-4.5 4.5 0-3 4.5z" fill="currentColor"/></g>"##,
    r##"<g id="i-system"><circle r="5" fill="none" stroke="currentColor" stroke-width="1.25"/><path d="M0-5a5 5 0 0 1 0 10z" fill="currentColor"/></g>"##,
    r##"<g id="i-sun"><circle r="2.75" fill="none" stroke="currentColor" stroke-width="1.25"/>"##,
    r##"<path d="M0-6.5v1.6M0 4.9v1.6M-6.5 0h1.6M4.9 0h1.6M-4.6-4.6l1.1 1.1M3.5 3.5l1.1 1.1M-4.6 4.6l1.1-1.1M3.5-3.5l1.1-1.1" fill="none" stroke="currentColor" stroke-width="1.25"/></g>"##,
    r##"<g id="i-moon"><path d="M4.8 1.9A5.2 5.2 0 1 1-1.6-5 4.3 4.3 0 0 0 4.8 1.9z" fill="none" stroke="currentColor" stroke-width="1.25" stroke-linejoin="round"/></g>"##,
    r##"<g id="i-more"><path d="M-5-1h2v2h-2zM-1-1h2v2h-2zM3-1h2v2h-2z" fill="currentColor"/></g>"##,
    r##"<g id="i-brand"><circle cx="-5" r="2.1" fill="none" stroke="currentColor" stroke-width="1.4"/>"##,
    r##"<path d="M-2.9 0C0 0 0-3.6 2.6-3.6M-2.9 0C0 0 0 3.6 2.6 3.6" fill="none" stroke="currentColor" stroke-width="1.4"/>"##,
    r##"<path d="M2.6-5.8h4.6v4.4H2.6zM2.6 1.4h4.6v4.4H2.6z" fill="currentColor"/></g>"##,
);

/// The invisible definitions of the shapes. They are once in the page, before all elements that use them.
#[component]
pub fn Icons() -> AnyView {
    view! {
        <svg class="icons" width="0" height="0" aria-hidden="true">
            <defs inner_html=SHAPES></defs>
        </svg>
    }
    .into_any()
}

/// A shape in the page's text. It is hidden from screen readers, because the word beside it has the same meaning.
#[component]
pub fn Icon(
    /// The shape's id, for example `i-ready`.
    name: &'static str,
    /// Width and height in px.
    #[prop(default = 16)]
    size: u32,
) -> AnyView {
    view! {
        <svg class="icon" width=size height=size viewBox="-8 -8 16 16" aria-hidden="true">
            <use_ href=format!("#{name}")></use_>
        </svg>
    }
    .into_any()
}
