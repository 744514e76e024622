//! Rectangles, and dimensions that all cards share.

/// Dimensions of the picture, in px at 100 %.
pub mod size {
    /// Distance between the middles of two adjacent rows.
    pub const PITCH: i32 = 40;
    /// Height of a card with one row.
    pub const CARD: i32 = 36;
    /// Space between two groups, and between two slices of one group.
    pub const GAP: i32 = 24;
    /// Height of a group that is one line.
    pub const LINE: i32 = 20;
}

/// A rectangle in px, relative to its group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Area {
    /// Left edge.
    pub x: i32,
    /// Upper edge.
    pub y: i32,
    /// Width.
    pub w: i32,
    /// Height.
    pub h: i32,
}

impl Area {
    /// The y coordinate where wires meet a card with one row.
    pub fn middle(&self) -> i32 {
        self.y + self.h / 2
    }

    /// Right edge.
    pub fn right(&self) -> i32 {
        self.x + self.w
    }

    /// Lower edge.
    pub fn bottom(&self) -> i32 {
        self.y + self.h
    }
}
