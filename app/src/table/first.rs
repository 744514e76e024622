//! The table of the first response.

use leptos::prelude::*;
use topology::cluster::index::Index;
use topology::graph::{UnitKey, namespace_counts, node_parts};
use topology::picture::Scene;

use super::shown::{STEP, shown};
use super::{Sheet, frame, group_rows, namespace, node_rows, row};
use crate::draw::Lit;
use crate::freshness::Freshness;
use crate::server_answer::ServerAnswer;
use crate::text::text;

/// The first rows, equal to those of the live table.
pub fn first(scene: &Scene, index: &Index, lit: Lit, state: Freshness, seq: u64) -> AnyView {
    let sheet = Sheet::new(lit, lit, Signal::stored(ServerAnswer::default()), RwSignal::new(false));
    let shown = shown(scene.slots(), STEP, |key| scene.group(key).map_or(0, |group| row::count(&group.unit)));
    let parts = shown.namespaces.into_iter().map(|(name, keys)| {
        let groups = keys.into_iter().filter_map(|text| {
            let group = UnitKey::parse(&text).and_then(|key| scene.group(&key).cloned())?;
            Some(group_rows(sheet, text, Signal::stored(group)))
        });
        let groups: Vec<AnyView> = groups.collect();
        let counts = Signal::stored(namespace_counts(index, &name));
        namespace(name, counts, groups.into_any())
    });
    let mut bodies: Vec<AnyView> = parts.collect();
    let nodes = row::nodes(&node_parts(index, STEP), text());
    bodies.push(node_rows(sheet, Signal::stored(nodes), Signal::stored(scene.node_count().0)));
    frame(Signal::stored(state), Signal::stored(seq), bodies.into_any())
}
