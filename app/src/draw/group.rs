//! One group: wires below, cards above.

use std::sync::Arc;

use leptos::prelude::*;
use topology::graph::UnitKey;
use topology::picture::Group;

use super::Lit;
use super::card::card;
use super::list::list;
use super::wire::wire;

/// A group, redrawn piece by piece: a card or wire that stays the same keeps its place in the page.
#[component]
pub fn GroupView(
    /// Which.
    key: UnitKey,
    /// What it is drawn of.
    group: ArcSignal<Arc<Group>>,
    /// What is lit.
    lit: Lit,
) -> AnyView {
    let own = group.clone();
    let wires = move || own.read().wires.clone();
    let cards = move || group.read().cards.clone();
    let name = key.object.to_string();
    view! {
        <g class="wires">
            {list(wires, move |each| wire(each, lit))}
        </g>
        <g class="cards" role="group" aria-label=name data-group=key.to_string()>
            {list(cards, move |each| card(each, lit))}
        </g>
    }
    .into_any()
}
