//! The picture of the first response: drawn on the server, complete in itself, and replaced by the live one once the browser has
//! its snapshot. Nothing is sent twice and nothing can mismatch; without JavaScript it simply stays.

use leptos::prelude::*;

/// The first picture. In the browser it is the one that the server drew.
#[component]
pub fn FirstPicture() -> impl IntoView {
    #[cfg(feature = "ssr")]
    let picture = server::picture();
    #[cfg(not(feature = "ssr"))]
    let picture = use_context::<crate::start::Start>().map(|start| start.picture).unwrap_or_default();
    view! { <div class="picture first" inner_html=picture></div> }
}

#[cfg(feature = "ssr")]
mod server {
    use leptos::prelude::*;
    use topology::graph::{Scene, SlotKey, lane, namespace_counts};
    use topology::resolve::Cluster;
    use topology::wire::ContextState;

    use crate::draw::{GroupView, NamespaceHead, NodesView};
    use crate::model::Nodes;
    use crate::question::Answer;
    use crate::source::{FirstPaint, View};
    use crate::text::text;
    use crate::{table, url};

    /// At most about so many cards are drawn; a browser draws the rest when it is scrolled to.
    const CARDS: usize = 300;

    pub fn picture() -> String {
        let Some(FirstPaint(source)) = use_context() else { return String::new() };
        let mut drawn = None;
        source.read(&mut |view| drawn = Some(draw(view)));
        // Nothing waits for the text to be written.
        drawn.map(|drawn| drawn.to_html()).unwrap_or_default()
    }

    fn draw(view: View<'_>) -> AnyView {
        let View { index, coverage, settings, status, seq } = view;
        let mut scene = Scene::within(index, coverage, &url::query().get_untracked().namespaces);
        let Answer { light: lit, wrong } =
            url::question().get_untracked().answer(Cluster { index, coverage, settings });
        // The bar says it once the page is live.
        let wrong = wrong.map(|(_, words)| view! { <p class="still">{words}</p> });
        scene.reveal(index, coverage, lit.as_ref().and_then(|light| light.selected.as_ref()));
        let stopped = lit.as_ref().is_some_and(|light| light.stopped());
        let lit = Signal::stored(lit);
        let state = match status.state {
            ContextState::Idle => ContextState::Connecting.as_str(),
            state => state.as_str(),
        };
        if url::here().get("view") == "table" {
            return view! { {wrong}{table::first(&scene, index, lit, state, seq)} }.into_any();
        }
        let nodes = Signal::stored(Nodes { cards: scene.nodes().clone(), count: scene.node_count() });
        let mut cards = 0;
        let mut height = 0;
        let slots: Vec<AnyView> = scene
            .slots()
            .iter()
            .map_while(|slot| {
                let drawn = match &slot.key {
                    SlotKey::Nodes => view! { <NodesView nodes lit/> }.into_any(),
                    SlotKey::Namespace(name) => {
                        let counts = Signal::stored(namespace_counts(index, name));
                        view! { <NamespaceHead name=name.clone() counts lit/> }.into_any()
                    }
                    SlotKey::Group(key) => {
                        let group = scene.group(key)?.clone();
                        cards += group.cards.len();
                        if cards > CARDS {
                            return None;
                        }
                        view! { <GroupView key=key.clone() group=Signal::stored(group) lit/> }.into_any()
                    }
                };
                height = slot.y + slot.height + lane::GAP;
                Some(view! { <g class="group" transform=format!("translate(0 {})", slot.y)>{drawn}</g> }.into_any())
            })
            .collect();
        view! {
            {wrong}
            <svg class=if stopped { "graph stopped" } else { "graph" } role="group" aria-label=text().frame.picture_label data-status=state data-seq=seq
                viewBox=format!("0 0 {} {height}", lane::WIDTH) width=lane::WIDTH height=height>
                {slots}
            </svg>
        }
        .into_any()
    }
}
