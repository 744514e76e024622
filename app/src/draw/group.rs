//! A group: its wires, and its cards above them.

use std::sync::Arc;

use leptos::prelude::*;
use topology::graph::UnitKey;
use topology::picture::Group;

use super::Lit;
use super::card::card;
use super::list::list;
use super::wire::wire;

/// A group. A card or wire that does not change keeps its element when the group changes.
#[component]
pub fn GroupView(
    /// The group's key.
    key: UnitKey,
    /// The group's cards and wires.
    group: ArcSignal<Arc<Group>>,
    /// The answer that is lit.
    lit: Lit,
) -> AnyView {
    let group_of_wires = group.clone();
    let wires = move || group_of_wires.read().wires.clone();
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
