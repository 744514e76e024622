//! Where the parts of the picture stand.

use std::sync::Arc;

use super::{Scene, Slot, SlotKey};
use crate::graph::model::{Area, Arrangement, Detail, NodeCard, lane};
use crate::graph::nodes;
use crate::index::Index;
use crate::key::Kind;

/// Up to so many Nodes have a card on top.
const NODE_CARDS: usize = 9;
const NODE_COLUMNS: usize = 3;

impl Scene {
    /// Stacks everything in its order.
    pub(super) fn place(&self) -> Vec<Slot> {
        const NAMESPACE: i32 = 16;
        let rows = self.nodes.len().div_ceil(NODE_COLUMNS) as i32;
        let mut slots = vec![Slot { key: SlotKey::Nodes, y: 16, height: (rows * lane::PITCH).max(lane::PITCH) - 4 }];
        let mut y = 16 + (rows.max(1) * lane::PITCH) + 16;
        let mut namespace: Option<&str> = None;
        let mut in_lines = false;
        let mut unopened = self.unopened.iter().peekable();
        for (key, group) in &self.groups {
            while let Some(name) = unopened.next_if(|name| name.as_str() < key.namespace()) {
                y += if in_lines { 12 } else { 0 };
                in_lines = false;
                slots.push(Slot { key: SlotKey::Namespace(name.clone()), y, height: NAMESPACE });
                y += NAMESPACE + 8;
            }
            let closed = self.closed.contains(key.namespace()) && !self.revealed.contains(key);
            if self.left_out.contains(key) && !self.revealed.contains(key) {
                continue;
            }
            if namespace != Some(key.namespace()) {
                let first = namespace.is_none();
                namespace = Some(key.namespace());
                if !key.namespace().is_empty() {
                    y += if in_lines && !first { 12 } else { 0 };
                    slots.push(Slot { key: SlotKey::Namespace(key.namespace().to_owned()), y, height: NAMESPACE });
                    y += NAMESPACE + if self.look.detail == Detail::Line || closed { 8 } else { lane::GAP };
                }
                in_lines = self.look.detail == Detail::Line;
            }
            if closed {
                continue;
            }
            let line = group.height == lane::LINE;
            // A name stands above the card of a group that is not a line.
            y += if in_lines && !line { lane::GAP } else { 0 };
            slots.push(Slot { key: SlotKey::Group(key.clone()), y, height: group.height });
            y += group.height + if line { 0 } else { lane::GAP + 4 };
            in_lines = line;
        }
        y += if in_lines { 12 } else { 0 };
        for name in unopened {
            slots.push(Slot { key: SlotKey::Namespace(name.clone()), y, height: NAMESPACE });
            y += NAMESPACE + 8;
        }
        slots
    }

    /// Draws the Nodes on top; says whether they look different.
    pub(super) fn draw_nodes(&mut self, index: &Index) -> bool {
        const WIDTH: i32 = 320;
        let card = |(n, node): (usize, &crate::facts::NodeFact)| {
            let (column, line) = ((n % NODE_COLUMNS) as i32, (n / NODE_COLUMNS) as i32);
            let x = lane::NODE.0 + column * (WIDTH + 20);
            nodes::card(node, Area { x, y: line * lane::PITCH, w: WIDTH, h: lane::CARD })
        };
        // In lines they are a count; in the arrangement by Node each has its own group.
        let on_top = match (self.look.detail, self.look.arrangement) {
            (Detail::Line, _) | (_, Arrangement::Node) => 0,
            (Detail::Folded, _) if index.count(Kind::Node) > NODE_COLUMNS => 0,
            _ => NODE_CARDS,
        };
        let nodes: Vec<NodeCard> = index.nodes().enumerate().take(on_top).map(card).collect();
        let ready = index.nodes().filter(|node| node.ready).count();
        let count = (index.count(Kind::Node), ready);
        let changed = *self.nodes != nodes || self.node_count != count;
        self.node_count = count;
        if changed {
            self.nodes = Arc::new(nodes);
        }
        changed
    }
}
