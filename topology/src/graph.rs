//! The picture: what is drawn, where, and what lights up.
//!
//! Lanes from left to right, the way a packet goes: client, Node, Service, EndpointSlice, Pod, container. One [`Group`] per
//! Service (and per Pod with a hostPort), in name order, so that wires are nearly straight. Geometry is computed here, once for
//! server and browser, in px at 100 %; words are left to the page, which has them in the reader's language.

mod build;
mod entries;
mod group;
mod light;
mod line;
mod model;
mod nodes;
mod pods;
mod scene;
mod service;
#[cfg(test)]
mod tests;

pub use group::{GroupKey, GroupKind};
pub use light::{Asked, Light, Out, find_socket, light, out_of};
pub use model::{
    Area, Arrangement, Backing, Card, Detail, EndpointState, Group, Line, LineEntry, NodeCard, Note, PortRow,
    SliceWriter, Stroke, Wire, lane,
};
pub use scene::{Dirty, Look, Scene, Shown, Slot, SlotKey, namespace_counts};
