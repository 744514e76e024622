//! The picture of the first response: drawn on the server, complete in itself, and replaced by the live one once the browser has
//! its snapshot. Nothing is sent twice and nothing can mismatch; without JavaScript it simply stays.
//!
//! [`crate::still`] makes a document of its own of the same drawing.

pub(crate) use server::{Drawn, picture};

mod server {
    use std::sync::Arc;

    use leptos::prelude::*;
    use topology::cluster::key::{Kind, ObjectKey};
    use topology::cluster::view::Cluster;
    use topology::graph::{UnitKind, namespace_counts};
    use topology::picture::{Arrangement, Lanes, Light, Look, Scene, SlotKey, size};
    use topology::wire::ContextState;

    use crate::draw::{GroupView, NamespaceHead, NodesView, OffNodesHead};
    use crate::model::Nodes;
    use crate::question::{Answer, Field, Question, QuestionProblem};
    use crate::source::{FirstPaint, View};
    use crate::table;
    use crate::text::text;
    use crate::url::{self, AskedLook};

    /// At most about so many cards are drawn; a browser draws the rest when it is scrolled to.
    const CARDS: usize = 300;

    /// The picture of the cluster in the context, as HTML. Texts and address must be provided.
    pub fn picture() -> String {
        let Some(FirstPaint(source)) = use_context() else { return String::new() };
        let mut drawn = None;
        source.read(&mut |view| drawn = Some(draw(view)));
        // Nothing waits for the text to be written.
        drawn.map(|drawn| drawn.to_html()).unwrap_or_default()
    }

    fn draw(view: View<'_>) -> AnyView {
        let (question, asked) = (url::question().get_untracked(), url::here().asked(url::is_big()));
        if url::here().peek("view") == "table" {
            return rows(view, asked, &question);
        }
        let drawn = Drawn::of(view, asked, &question);
        let Drawn { slots, height, state, seq, .. } = drawn;
        let width = drawn.lanes.width();
        let stopped = drawn.light.is_some_and(|light| light.stopped());
        // The bar says it once the page is live.
        let wrong = drawn.wrong.map(|(_, problem)| view! { <p class="still">{problem.text(text())}</p> });
        view! {
            {wrong}
            <svg class=if stopped { "graph stopped" } else { "graph" } role="group" aria-label=text().frame_picture_label() data-status=state data-seq=seq
                viewBox=format!("0 0 {width} {height}") width=width height=height>
                {slots}
            </svg>
        }
        .into_any()
    }

    /// The table of the same moment.
    fn rows(view: View<'_>, asked: AskedLook, question: &Question) -> AnyView {
        let View { index, coverage, settings, status, seq } = view;
        let cluster = Cluster { index, coverage, settings };
        // As the live page does: the table is of Services.
        let mut scene = Scene::with(cluster, Look { arrangement: Arrangement::Service, ..asked.look });
        let Answer { light, wrong } = question.answer(cluster);
        scene.reveal(cluster, light.as_ref().and_then(|light| light.selected.as_ref()));
        let wrong = wrong.map(|(_, problem)| view! { <p class="still">{problem.text(text())}</p> });
        view! { {wrong}{table::first::first(&scene, index, Signal::stored(light), state_of(status.state), seq)} }
            .into_any()
    }

    /// As in `data-status`.
    fn state_of(state: ContextState) -> &'static str {
        match state {
            ContextState::Idle => ContextState::Connecting.as_str(),
            state => state.as_str(),
        }
    }

    /// The picture of one moment, drawn once: what the first response and a document of its own have in common.
    pub(crate) struct Drawn {
        /// Its parts, from top to bottom, as they stand in an svg with the class `graph`.
        pub slots: Vec<AnyView>,
        /// The height of what is drawn.
        pub height: i32,
        /// The lanes that it is drawn in.
        pub lanes: Lanes,
        /// What is lit.
        pub light: Option<Arc<Light>>,
        /// What is wrong with a text of the question.
        pub wrong: Option<(Field, QuestionProblem)>,
        /// What its groups are about.
        pub arrangement: Arrangement,
        /// Number of Services (or Nodes, in the arrangement by Node) that are drawn, and of all.
        pub shown: (usize, usize),
        /// `connecting`, `live` or `stale`.
        pub state: &'static str,
        /// The last change that is in it.
        pub seq: u64,
    }

    impl Drawn {
        /// Draws the cluster as it is asked to be shown, with the answer to a question lit. Needs a reactive owner.
        pub fn of(view: View<'_>, asked: AskedLook, question: &Question) -> Self {
            let View { index, coverage, settings, status, seq } = view;
            let cluster = Cluster { index, coverage, settings };
            // Of what is open, as the page counts them.
            let services = match &asked.look.only {
                Some(names) => names.iter().map(|name| index.rows(Kind::Service, name).count()).sum(),
                None => index.count(Kind::Service),
            };
            let zoom = asked.zoom.unwrap_or_else(|| url::opening(services));
            let mut scene = Scene::with(cluster, Look { detail: url::detail(zoom), ..asked.look });
            let Answer { light, wrong } = question.answer(cluster);
            scene.reveal(cluster, light.as_ref().and_then(|light| light.selected.as_ref()));
            let lit = Signal::stored(light.clone());
            let nodes = Signal::stored(Nodes { cards: scene.nodes().clone(), count: scene.node_count() });
            let arrangement = scene.look().arrangement;
            let counted = match arrangement {
                Arrangement::Service => UnitKind::Service,
                Arrangement::Node => UnitKind::Node,
            };
            let is_counted = |key: &SlotKey| matches!(key, SlotKey::Group(group) if group.kind == counted);
            let mut shown = (0, scene.shown().all);
            let lanes = *scene.lanes();
            let mut cards = 0;
            let mut height = 0;
            let slots: Vec<AnyView> = scene
                .slots()
                .iter()
                .map_while(|slot| {
                    let drawn = match &slot.key {
                        SlotKey::Nodes => view! { <NodesView nodes lanes lit/> }.into_any(),
                        SlotKey::Namespace(name) => {
                            let own = index.namespace(&ObjectKey::cluster(name)).and_then(|fact| fact.counts);
                            let counted = own.filter(|_| scene.is_unopened(name));
                            let counts = ArcSignal::stored(counted.unwrap_or_else(|| namespace_counts(index, name)));
                            let folded = ArcSignal::stored(scene.is_unopened(name));
                            view! { <NamespaceHead name=name.clone() counts folded lanes lit/> }.into_any()
                        }
                        SlotKey::OffNodes => view! { <OffNodesHead lanes lit/> }.into_any(),
                        SlotKey::Group(key) => {
                            let group = scene.group(key)?.clone();
                            cards += group.cards.len();
                            if cards > CARDS {
                                return None;
                            }
                            view! { <GroupView key=key.clone() group=ArcSignal::stored(group) lit/> }.into_any()
                        }
                    };
                    height = slot.y + slot.height + size::GAP;
                    shown.0 += usize::from(is_counted(&slot.key));
                    Some(view! { <g class="group" transform=format!("translate(0 {})", slot.y)>{drawn}</g> }.into_any())
                })
                .collect();
            let state = state_of(status.state);
            Self { slots, height, lanes, light, wrong, arrangement, shown, state, seq }
        }
    }
}
