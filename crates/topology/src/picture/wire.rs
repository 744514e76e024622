//! Wires: what is drawn of the links of a unit.

use crate::graph::LinkKind;
use crate::graph::socket::Socket;

/// Radius of the rounded step of a wire.
const RADIUS: i32 = 8;
/// From the end of a wire back to its mark, at most.
const MARK: i32 = 22;

/// A wire.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Wire {
    /// What it stands for.
    pub kind: LinkKind,
    /// The SVG path, relative to the group.
    pub path: String,
    /// The socket that it leaves; `None` for a client, or for what is only counted.
    pub from: Option<Socket>,
    /// The socket that it reaches; `None` where it ends in nothing.
    pub to: Option<Socket>,
    /// Where a chevron, or the share of new connections, is put: near its end.
    pub mark: (i32, i32),
}

/// The end of a wire.
#[derive(Clone, Copy)]
pub(super) struct Pin<'a> {
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) socket: Option<&'a Socket>,
}

impl Wire {
    /// Joins two pins: out, at most one rounded step at the trunk, in.
    pub(super) fn between(from: Pin<'_>, to: Pin<'_>, trunk: i32, kind: LinkKind) -> Self {
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
        let mark = (to.x - MARK.min(dx / 2), to.y);
        Self { kind, path, from: from.socket.cloned(), to: to.socket.cloned(), mark }
    }
}
