//! Wires: the lines that represent the links of a unit.

use crate::graph::LinkKind;
use crate::graph::socket::Socket;

/// Radius of a wire's rounded corners, in px.
const RADIUS: i32 = 8;
/// Maximum distance from the end of a wire back to its mark, in px.
const MARK: i32 = 22;

/// A wire.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Wire {
    /// The kind of the link.
    pub kind: LinkKind,
    /// The SVG path, relative to the group.
    pub path: String,
    /// The socket at its start; `None` for a client or for parts that are only counted.
    pub from: Option<Socket>,
    /// The socket at its end; `None` if the end is not a socket.
    pub to: Option<Socket>,
    /// Position of the mark (a chevron, or the share of new connections), near the wire's end, in px.
    pub mark: (i32, i32),
}

/// One end of a wire.
#[derive(Clone, Copy)]
pub(super) struct Pin<'a> {
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) socket: Option<&'a Socket>,
}

impl Wire {
    /// Connects two pins with a horizontal line. Pins of different height get one rounded vertical step at x = `trunk`.
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
        // Marks of wires with a common target lane are aligned vertically.
        let mark = (to.x - MARK.min(dx / 2), to.y);
        Self { kind, path, from: from.socket.cloned(), to: to.socket.cloned(), mark }
    }
}
