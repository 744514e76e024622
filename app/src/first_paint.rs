//! The picture of the first response. The server draws it without scripts or references. The live picture replaces it once the browser
//! has its snapshot, so no data is sent twice and hydration cannot mismatch. Without JavaScript it stays.
//!
//! [`crate::still`] makes a self-contained SVG document of the same drawing.

use std::sync::Arc;

use leptos::prelude::*;
use topology::cluster::key::{Kind, ObjectKey};
use topology::cluster::view::Cluster;
use topology::graph::{UnitKind, namespace_counts};
use topology::picture::{Arrangement, Lanes, Light, Look, Scene, SlotKey, size};

use crate::draw::{GroupView, NamespaceHead, NodesView, OffNodesHead};
use crate::freshness::Freshness;
use crate::model::Nodes;
use crate::question::{Answer, Field, Question, QuestionProblem};
use crate::resolver::Resolver;
use crate::source::{ContextView, FirstPaint};
use crate::table;
use crate::text::text;
use crate::url::{self, RequestedLook};

/// Maximum number of cards in the first picture, about. The browser draws the others when the reader scrolls to them.
const MAX_CARDS: usize = 300;

/// The picture of the cluster from the [`FirstPaint`] context, as HTML. The contexts of texts and of the address must be provided.
pub fn picture() -> String {
    let Some(FirstPaint(source)) = use_context() else { return String::new() };
    let mut drawn = None;
    source.read(&mut |view| drawn = Some(draw(view)));
    // The HTML is written after `read` has returned, so that `read` does not hold the cluster meanwhile.
    drawn.map(|drawn| drawn.to_html()).unwrap_or_default()
}

fn draw(view: ContextView<'_>) -> AnyView {
    let (question, requested) = (url::question().get_untracked(), url::here().requested_look(url::is_big()));
    if url::here().peek("view") == "table" {
        return rows(view, requested, &question);
    }
    let drawn = Drawn::of(view, requested, &question);
    let Drawn { slots, height, state, seq, .. } = drawn;
    let width = drawn.lanes.width();
    let stopped = drawn.light.is_some_and(|light| light.stopped());
    // Once the page is live, its question bar shows this problem.
    let wrong = drawn.wrong.map(|(_, problem)| view! { <p class="still">{problem.text(text())}</p> });
    view! {
        {wrong}
        <svg class=if stopped { "graph stopped" } else { "graph" } role="group" aria-label=text().frame_picture_label() data-status=state.as_str() data-seq=seq
            viewBox=format!("0 0 {width} {height}") width=width height=height>
            {slots}
        </svg>
    }
    .into_any()
}

/// The table of the same cluster, for the view `table`.
fn rows(view: ContextView<'_>, requested: RequestedLook, question: &Question) -> AnyView {
    let ContextView { index, coverage, settings, status, seq } = view;
    let cluster = Cluster { index, coverage, settings };
    // The table always lists Services, as on the live page.
    let mut scene = Scene::with(cluster, Look { arrangement: Arrangement::Service, ..requested.look });
    let Answer { light, wrong } = question.answer(cluster, &Resolver::here());
    scene.reveal(cluster, light.as_ref().and_then(|light| light.selected.as_ref()));
    let wrong = wrong.map(|(_, problem)| view! { <p class="still">{problem.text(text())}</p> });
    view! { {wrong}{table::first::first(&scene, index, Signal::stored(light), status.state.into(), seq)} }.into_any()
}

/// A drawing of the cluster, for the first response and for an SVG document.
pub(crate) struct Drawn {
    /// The parts of the picture from top to bottom, for an svg element with the class `graph`.
    pub slots: Vec<AnyView>,
    /// The height of the drawn parts, in px.
    pub height: i32,
    /// The lanes of the picture.
    pub lanes: Lanes,
    /// The answer that is lit.
    pub light: Option<Arc<Light>>,
    /// The problem of a text of the question.
    pub wrong: Option<(Field, QuestionProblem)>,
    /// Whether the groups are Services or Nodes.
    pub arrangement: Arrangement,
    /// Number of Services (or Nodes, in the arrangement by Node) that are drawn, and number of all.
    pub shown: (usize, usize),
    /// The freshness of the data.
    pub state: Freshness,
    /// The sequence number of the last change that the picture includes.
    pub seq: u64,
}

impl Drawn {
    /// Draws the cluster in the requested look, with the answer to the question lit. Needs a reactive owner.
    pub fn of(view: ContextView<'_>, requested: RequestedLook, question: &Question) -> Self {
        let ContextView { index, coverage, settings, status, seq } = view;
        let cluster = Cluster { index, coverage, settings };
        // The Services of the open namespaces, counted as on the page.
        let services = match &requested.look.only {
            Some(names) => names.iter().map(|name| index.rows(Kind::Service, name).count()).sum(),
            None => index.count(Kind::Service),
        };
        let zoom = requested.zoom.unwrap_or_else(|| url::opening_zoom(services));
        let mut scene = Scene::with(cluster, Look { detail: url::detail(zoom), ..requested.look });
        let Answer { light, wrong } = question.answer(cluster, &Resolver::here());
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
                        let fact_counts = index.namespace(&ObjectKey::cluster(name)).and_then(|fact| fact.counts);
                        let counted = fact_counts.filter(|_| scene.is_unopened(name));
                        let counts = ArcSignal::stored(counted.unwrap_or_else(|| namespace_counts(index, name)));
                        let folded = ArcSignal::stored(scene.is_unopened(name) || scene.is_closed(name));
                        view! { <NamespaceHead name=name.clone() counts folded lanes lit/> }.into_any()
                    }
                    SlotKey::OffNodes => view! { <OffNodesHead lanes lit/> }.into_any(),
                    SlotKey::Group(key) => {
                        let group = scene.group(key)?.clone();
                        cards += group.cards.len();
                        if cards > MAX_CARDS {
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
        let state = status.state.into();
        Self { slots, height, lanes, light, wrong, arrangement, shown, state, seq }
    }
}
