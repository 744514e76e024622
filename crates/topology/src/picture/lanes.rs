//! Computes the position of the lanes, the width of their cards, and where wires turn between them.

#[cfg(test)]
mod tests;

use std::ops::Index;

use super::area::{Area, size};

/// The kind of objects in a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LaneKind {
    /// Clients outside the cluster.
    Client,
    /// Nodes and entries.
    Node,
    /// Services.
    Service,
    /// EndpointSlices.
    Slice,
    /// Pods.
    Pod,
    /// Ports of containers.
    Container,
}

impl LaneKind {
    /// All lanes, in the direction of a packet.
    pub const ALL: [Self; LANES] = [Self::Client, Self::Node, Self::Service, Self::Slice, Self::Pod, Self::Container];
}

const LANES: usize = 6;

/// One lane, in px at 100 %.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Lane {
    /// Left edge of its cards.
    pub x: i32,
    /// Width of its cards.
    pub width: i32,
    /// The x coordinate where wires into the lane turn.
    pub trunk: i32,
}

impl Lane {
    /// Right edge of its cards.
    pub fn right(&self) -> i32 {
        self.x + self.width
    }

    /// The area of a card with one row whose middle is at y = `middle`.
    pub fn row(&self, middle: i32) -> Area {
        Area { x: self.x, y: middle - size::CARD / 2, w: self.width, h: size::CARD }
    }
}

/// The lanes of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Lanes {
    lanes: [Lane; LANES],
    width: i32,
}

/// Left edge and width of each lane, in px.
type Frame = [(i32, i32); LANES];

/// Canvas widths in px with the lanes designed for each (`mock/README.md`, second set).
const FRAMES: [(i32, Frame); 4] = [
    (928, [(12, 88), (120, 160), (320, 176), (544, 128), (688, 160), (864, 52)]),
    (1016, [(16, 88), (128, 176), (344, 192), (584, 144), (744, 176), (936, 64)]),
    (DEFAULT_WIDTH, [(16, 88), (136, 176), (376, 216), (648, 144), (832, 176), (1040, 96)]),
    (1432, [(16, 88), (136, 208), (408, 296), (760, 232), (1032, 248), (1312, 104)]),
];

/// Canvas width in a window of 1600 px.
const DEFAULT_WIDTH: i32 = 1152;

impl Default for Lanes {
    fn default() -> Self {
        Self::of_canvas(DEFAULT_WIDTH)
    }
}

impl Index<LaneKind> for Lanes {
    type Output = Lane;

    fn index(&self, kind: LaneKind) -> &Lane {
        &self.lanes[kind as usize]
    }
}

impl Lanes {
    /// The lanes of a canvas of this width, in px. Between two designed widths every edge is interpolated linearly. A canvas below the
    /// narrowest designed width scrolls horizontally. A canvas above the widest one has free space on the right.
    pub fn of_canvas(width: i32) -> Self {
        let (narrowest, widest) = (FRAMES[0].0, FRAMES[FRAMES.len() - 1].0);
        let within = width.clamp(narrowest, widest);
        let after = FRAMES.iter().position(|(width, _)| within <= *width).unwrap_or_default();
        let (to_width, to) = FRAMES[after];
        let (from_width, from) = FRAMES[after.saturating_sub(1)];
        let between = |from: i32, to: i32| match to_width - from_width {
            0 => to,
            whole => from + (to - from) * (within - from_width) / whole,
        };
        let mut lanes = [Lane::default(); LANES];
        for (n, lane) in lanes.iter_mut().enumerate() {
            lane.x = between(from[n].0, to[n].0);
            lane.width = between(from[n].1, to[n].1);
        }
        for (n, kind) in LaneKind::ALL.into_iter().enumerate().skip(1) {
            lanes[n].trunk = trunk(kind, lanes[n - 1].right(), lanes[n].x);
        }
        Self { lanes, width: width.max(narrowest) }
    }

    /// The lanes for a box of this width, in px: as wide as the box, but not narrower than in a window of 1600 px, where the letters would not fit.
    pub fn of_box(width: i32) -> Self {
        Self::of_canvas(width.max(DEFAULT_WIDTH))
    }

    /// Width of the whole picture.
    pub fn width(&self) -> i32 {
        self.width
    }

    /// Each lane with its kind, in the direction of a packet.
    pub fn iter(&self) -> impl Iterator<Item = (LaneKind, &Lane)> {
        LaneKind::ALL.into_iter().zip(&self.lanes)
    }

    /// The right edge of the last lane, in px.
    pub fn right(&self) -> i32 {
        self[LaneKind::Container].right()
    }

    /// The lane of targets outside the cluster. It spans the lanes of Pods and containers.
    pub fn targets(&self) -> Lane {
        let pods = self[LaneKind::Pod];
        Lane { width: self.right() - pods.x, ..pods }
    }
}

/// The x coordinate where wires into a lane turn. `before` is the right edge of the previous lane, `own` the left edge of this lane.
fn trunk(kind: LaneKind, before: i32, own: i32) -> i32 {
    match kind {
        // The stub and mark for traffic from Pods need space before the Service.
        LaneKind::Service => (before + 12).max(own - 32),
        // The trunks of several ports, and the share of each endpoint, need space before the slice.
        LaneKind::Slice => before + (own - before - 42).max(8),
        LaneKind::Client | LaneKind::Node | LaneKind::Pod | LaneKind::Container => (before + own) / 2,
    }
}
