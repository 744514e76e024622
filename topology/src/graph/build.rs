//! Geometry shared by all groups: rows and wires.

use super::model::{Area, Card, Group, Stroke, Wire, lane};
use crate::socket::Socket;

/// A card of one row whose wires meet it at `middle`.
pub(super) fn row((x, w): (i32, i32), middle: i32) -> Area {
    Area { x, y: middle - lane::CARD / 2, w, h: lane::CARD }
}

/// The end of a wire.
#[derive(Clone, Copy)]
pub(super) struct Pin<'a> {
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) socket: Option<&'a Socket>,
}

/// Joins two pins: out, at most one rounded step at the trunk, in.
pub(super) fn wire(from: Pin<'_>, to: Pin<'_>, trunk: i32, stroke: Stroke) -> Wire {
    const RADIUS: i32 = 8;
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let path = if dy == 0 {
        format!("M{} {}H{}", from.x, from.y, to.x)
    } else {
        let r = RADIUS.min(dy.abs() / 2);
        let down = dy.signum();
        format!(
            "M{} {}H{}q{r} 0 {r} {}V{}q0 {} {r} {}H{}",
            from.x,
            from.y,
            trunk - r,
            r * down,
            to.y - r * down,
            r * down,
            r * down,
            to.x
        )
    };
    debug_assert!(dx > 0, "wires run from left to right");
    // Marks stand below each other, near the ends of their wires.
    let mark = (to.x - 22.min(dx / 2), to.y);
    Wire { stroke, path, from: from.socket.cloned(), to: to.socket.cloned(), mark }
}

/// The height of what has been placed.
pub(super) fn finish(cards: Vec<Card>, wires: Vec<Wire>) -> Group {
    let height = cards.iter().map(Card::area).map(|area| area.y + area.h).max().unwrap_or(0);
    Group { height, wires, cards, trouble: None }
}
