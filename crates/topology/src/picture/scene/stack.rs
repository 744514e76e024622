//! Computes the vertical position of each part of the picture.

use std::sync::Arc;

use super::{Scene, Slot, SlotKey};
use crate::cluster::index::Index;
use crate::cluster::key::Kind;
use crate::graph::{NodePart, UnitKey, node_parts};
use crate::picture::area::{Area, size};
use crate::picture::card::NodeCard;
use crate::picture::lanes::LaneKind;
use crate::picture::layout::Group;
use crate::picture::look::{Arrangement, Detail};

/// Maximum number of Nodes with a card at the top of the picture.
const NODE_CARDS: usize = 9;
const NODE_COLUMNS: usize = 3;
/// Space between two columns of Nodes, in px.
const BETWEEN_COLUMNS: i32 = 20;
/// Space above the first part, and between the Nodes and the next part, in px.
const MARGIN: i32 = 16;
/// Height of a heading, in px.
const HEADING: i32 = 16;
/// Space below a heading that is followed by lines or by another heading, in px.
const BELOW_HEADING: i32 = 8;
/// Space below the last of several lines, in px.
const BELOW_LINES: i32 = 12;
/// Space below a group that is not a line, in px. The name of the next group stands in this space.
const BELOW_GROUP: i32 = size::GAP + 4;

/// The slots that have been stacked so far.
struct Stack {
    slots: Vec<Slot>,
    /// Top of the next slot, in px.
    y: i32,
    /// Whether the last slot is a line.
    in_lines: bool,
}

impl Stack {
    fn end_lines(&mut self) {
        self.y += if self.in_lines { BELOW_LINES } else { 0 };
        self.in_lines = false;
    }

    fn heading(&mut self, key: SlotKey, below: i32) {
        self.slots.push(Slot { key, y: self.y, height: HEADING });
        self.y += HEADING + below;
    }

    fn group(&mut self, key: &UnitKey, group: &Group) {
        let line = group.height == size::LINE;
        // A name stands above the card of a group that is not a line.
        self.y += if self.in_lines && !line { size::GAP } else { 0 };
        self.slots.push(Slot { key: SlotKey::Group(key.clone()), y: self.y, height: group.height });
        self.y += group.height + if line { 0 } else { BELOW_GROUP };
        self.in_lines = line;
    }
}

impl Scene {
    /// Stacks all parts of the picture from top to bottom.
    pub(super) fn stack(&self) -> Vec<Slot> {
        let rows = i32::try_from(self.nodes.len().div_ceil(NODE_COLUMNS)).unwrap_or_default();
        let height = (rows * size::PITCH).max(size::PITCH) - (size::PITCH - size::CARD);
        let slots = vec![Slot { key: SlotKey::Nodes, y: MARGIN, height }];
        let mut stack = Stack { slots, y: 2 * MARGIN + rows.max(1) * size::PITCH, in_lines: false };
        match self.look.arrangement {
            Arrangement::Service => self.stack_namespaces(&mut stack),
            Arrangement::Node => self.stack_nodes(&mut stack),
        }
        stack.slots
    }

    /// Stacks the groups by namespace. A namespace that `Look::only` excludes has a heading only.
    fn stack_namespaces(&self, stack: &mut Stack) {
        let mut namespace: Option<&str> = None;
        let mut unopened = self.unopened.iter().peekable();
        for (key, group) in &self.groups {
            while let Some(name) = unopened.next_if(|name| name.as_str() < key.namespace()) {
                stack.end_lines();
                stack.heading(SlotKey::Namespace(name.clone()), BELOW_HEADING);
            }
            if self.left_out.contains(key) && !self.revealed.contains(key) {
                continue;
            }
            let folded_away = self.is_folded_away(key);
            if namespace != Some(key.namespace()) {
                namespace = Some(key.namespace());
                stack.end_lines();
                let dense = self.look.detail == Detail::Line || folded_away;
                let below = if dense { BELOW_HEADING } else { size::GAP };
                stack.heading(SlotKey::Namespace(key.namespace().to_owned()), below);
                stack.in_lines = self.look.detail == Detail::Line;
            }
            if !folded_away {
                stack.group(key, group);
            }
        }
        stack.end_lines();
        for name in unopened {
            stack.heading(SlotKey::Namespace(name.clone()), BELOW_HEADING);
        }
    }

    /// Stacks the groups of Nodes, then the groups of objects that are on no Node.
    fn stack_nodes(&self, stack: &mut Stack) {
        let mut on_nodes = true;
        for (key, group) in &self.groups {
            if self.left_out.contains(key) && !self.revealed.contains(key) {
                continue;
            }
            if on_nodes && !key.namespace().is_empty() {
                on_nodes = false;
                stack.end_lines();
                let dense = self.look.detail == Detail::Line;
                stack.heading(SlotKey::OffNodes, if dense { BELOW_HEADING } else { size::GAP });
                stack.in_lines = dense;
            }
            stack.group(key, group);
        }
    }

    /// Draws the cards of Nodes at the top. Returns whether a card or the number of Nodes has changed.
    pub(super) fn draw_nodes(&mut self, index: &Index) -> bool {
        let (lane, columns) = (self.lanes[LaneKind::Node], i32::try_from(NODE_COLUMNS).unwrap_or_default());
        let width = (self.lanes.right() - lane.x - (columns - 1) * BETWEEN_COLUMNS) / columns;
        let card = |(n, node): (usize, NodePart)| {
            let place = |n: usize| i32::try_from(n).unwrap_or_default();
            let (column, row) = (place(n % NODE_COLUMNS), place(n / NODE_COLUMNS));
            let x = lane.x + column * (width + BETWEEN_COLUMNS);
            NodeCard { area: Area { x, y: row * size::PITCH, w: width, h: size::CARD }, node }
        };
        // At detail `Line` the page shows the number of Nodes only. In the arrangement by Node each Node has its own group.
        let on_top = match (self.look.detail, self.look.arrangement) {
            (Detail::Line, _) | (_, Arrangement::Node) => 0,
            (Detail::Folded, _) if index.count(Kind::Node) > NODE_COLUMNS => 0,
            _ => NODE_CARDS,
        };
        let nodes: Vec<NodeCard> = node_parts(index, on_top).into_iter().enumerate().map(card).collect();
        let count = (index.count(Kind::Node), index.nodes().filter(|node| node.ready).count());
        let changed = *self.nodes != nodes || self.node_count != count;
        self.node_count = count;
        if changed {
            self.nodes = Arc::new(nodes);
        }
        changed
    }
}
