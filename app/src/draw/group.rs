//! One group: wires below, cards above.

use std::sync::Arc;

use leptos::prelude::*;
use topology::graph::{Group, GroupKey};

use super::Lit;
use super::card::card;
use super::wire::wire;
use crate::reactive::Signal;

/// A group, redrawn piece by piece: a card or wire that stays the same keeps its place in the page.
#[component]
pub fn GroupView(
    /// Which.
    key: GroupKey,
    /// What it is drawn of.
    group: Signal<Arc<Group>>,
    /// What is lit.
    lit: Lit,
) -> AnyView {
    let wires = move || group.read().wires.clone();
    let cards = move || group.read().cards.clone();
    let name = key.object.to_string();
    view! {
        <g class="wires">
            <For each=wires key=|wire| wire.clone() children=move |each| wire(each, lit)/>
        </g>
        <g class="cards" role="group" aria-label=name data-group=key.to_string()>
            <For each=cards key=|card| card.clone() children=move |each| card(each, lit)/>
        </g>
    }
    .into_any()
}
