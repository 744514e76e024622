//! The canvas: the picture in a box that scrolls and zooms.
//!
//! The box scrolls natively, so that keyboard, touch, focus and screen readers work as on any page. Zooming changes the picture's size: while a
//! gesture lasts, the picture that is there is transformed, and when it ends, the picture is drawn in its new size.
//! An update does not move the view: if a part above it grows, the box scrolls by the same distance. The canvas handles pointer and keys
//! for the whole picture, by `data-socket`.

mod focus;
mod gesture;
pub mod keys;
pub mod minimap;
mod preview;
mod scroll;
mod window;

pub(crate) use gesture::{is_typing, point, selection_of};

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use leptos::svg;
use topology::graph::socket::Selection;
use topology::picture::{Lanes, Light, SlotKey};

use crate::draw::{GroupView, NamespaceHead, NodesView, OffNodesHead, list};
use crate::freshness::Freshness;
use crate::live::Live;
use crate::start::FirstPicture;
use crate::text::text;

/// The visible part of the picture, in px of the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Viewport {
    /// The horizontal scroll position of the box.
    pub left: f64,
    /// The vertical scroll position of the box.
    pub top: f64,
    /// The height of the box.
    pub height: f64,
    /// Number of px of the window per px of the picture.
    pub scale: f64,
    /// The scale at which the picture is as wide as the box, limited to 1.
    pub fit: f64,
    /// The zoom, in percent. Below 100 the picture is not scaled, but fewer parts of each group are drawn.
    pub zoom: f64,
}

impl Viewport {
    /// The same viewport at another zoom.
    pub fn zoomed(self, zoom: f64) -> Self {
        Self { zoom, scale: self.fit * (zoom / 100.0).max(1.0), ..self }
    }
}

impl Default for Viewport {
    fn default() -> Self {
        Self { left: 0.0, top: 0.0, height: 900.0, scale: 1.0, fit: 1.0, zoom: 100.0 }
    }
}

/// The visible part of the picture as it is drawn, and the one to which a gesture zooms.
#[derive(Clone, Copy)]
pub struct Views {
    /// The visible part.
    pub drawn: RwSignal<Viewport>,
    /// The visible part at the end of the gesture; `None` without a gesture.
    pub zooming: RwSignal<Option<Viewport>>,
}

impl Views {
    /// What the reader sees. Tracks both.
    pub fn seen(&self) -> Viewport {
        self.zooming.get().unwrap_or_else(|| self.drawn.get())
    }
}

/// The picture in its scrolling box.
#[component]
pub fn Canvas(
    /// The page's data.
    live: Live,
    /// The visible part of the picture.
    views: Views,
    /// The box that scrolls.
    scroller: NodeRef<html::Main>,
    /// The answer that is lit.
    light: Signal<Option<Arc<Light>>>,
    /// The value of `data-status`.
    state: Signal<Freshness>,
    /// Called with a new selection; `None` clears the selection.
    on_select: Callback<(Option<Selection>,)>,
) -> AnyView {
    let picture = NodeRef::<svg::Svg>::new();
    let viewport = views.drawn;
    scroll::follow(live, viewport, light, scroller, picture);
    gesture::listen(live, views, scroller, on_select);
    focus::keep(live, scroller);
    let lanes = live.model.with_value(|model| model.lanes);
    let shown = move || {
        if live.loaded.get() {
            // Other lanes move everything, so the picture is mounted anew.
            view! { <Picture live views lanes=lanes.get() light state picture/> }.into_any()
        } else {
            view! { <FirstPicture/> }.into_any()
        }
    };
    view! {
        <main class="canvas" node_ref=scroller aria-label=text().frame_picture_label()>
            <noscript inner_html=format!("<p class=\"still\">{}</p>", text().frame_still_picture())></noscript>
            {shown}
        </main>
    }
    .into_any()
}

/// The live picture. Only the parts near the view are mounted.
#[component]
fn Picture(
    live: Live,
    views: Views,
    lanes: Lanes,
    light: Signal<Option<Arc<Light>>>,
    state: Signal<Freshness>,
    picture: NodeRef<svg::Svg>,
) -> AnyView {
    let Views { drawn: viewport, zooming } = views;
    let transform = move || {
        zooming.get().map(|to| {
            let drawn = viewport.get();
            let (x, y, scale) = (drawn.left - to.left, drawn.top - to.top, to.scale / drawn.scale);
            format!("translate({x}px, {y}px) scale({scale})")
        })
    };
    let slots = live.model.with_value(|model| model.slots);
    let nodes = live.model.with_value(|model| model.nodes).into();
    let near = Memo::new(move |_| slots.with(|slots| window::near(slots, viewport.get())));
    let height = Memo::new(move |_| {
        slots.track();
        // The picture is never shorter than the visible part, because the browser would then scroll the box. At the very top it is one
        // px shorter, so that a picture that fits has no scroll bar.
        let view = viewport.get();
        let needed = live.model.with_value(|model| f64::from(model.height()) * view.scale);
        let spare = if view.top > 0.0 { 0.0 } else { 1.0 };
        needed.max(view.top + view.height - spare).round() as i32
    });
    let width = move || (f64::from(lanes.width()) * viewport.read().scale).round() as i32;
    let view_box =
        move || format!("0 0 {} {}", lanes.width(), (f64::from(height.get()) / viewport.read().scale).round() as i32);
    let stopped = move || light.with(|light| light.as_ref().is_some_and(|light| light.stopped()));
    let part = move |key: SlotKey| -> Option<AnyView> {
        let place = live.model.with_value(|model| model.place(&key))?;
        let drawn = match key {
            SlotKey::Nodes => view! { <NodesView nodes lanes lit=light/> }.into_any(),
            SlotKey::Namespace(name) => {
                let namespace = name.clone();
                let counts = ArcMemo::new(move |_| {
                    live.model.with_value(|model| {
                        model.revision.track();
                        model.slots.track();
                        model.counts(&namespace)
                    })
                });
                let own = name.clone();
                let folded = ArcSignal::derive(move || {
                    live.model.with_value(|model| {
                        model.slots.track();
                        model.is_folded(&own) || model.is_unopened(&own)
                    })
                });
                view! { <NamespaceHead name counts=counts.into() folded lanes lit=light/> }.into_any()
            }
            SlotKey::OffNodes => view! { <OffNodesHead lanes lit=light/> }.into_any(),
            SlotKey::Group(key) => {
                let group = live.model.with_value(|model| model.group(&key))?;
                view! { <GroupView key group=group.into() lit=light/> }.into_any()
            }
        };
        let transform = move || format!("translate(0 {})", place.get());
        Some(view! { <g class="group" transform=transform>{drawn}</g> }.into_any())
    };
    view! {
        <svg class="graph" class:stopped=stopped class:zooming=move || zooming.read().is_some() style:transform=transform node_ref=picture role="group" aria-label=text().frame_picture_label()
            data-status=move || state.get().as_str() data-seq=move || live.seq.get() preserveAspectRatio="xMinYMin meet" viewBox=view_box width=width height=height>
            {list(move || near.get(), move |key| part(key).into_any())}
            {preview::wires(live, near, crate::url::question())}
        </svg>
    }
    .into_any()
}
