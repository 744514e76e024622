//! The picture: units of the graph laid out in lanes and stacked, updated with each change of the index.
//!
//! The lanes stand from left to right in the direction of a packet: client, Node, Service, EndpointSlice, Pod, container ([`Lanes`]).
//! Each unit of the graph becomes one [`Group`] of cards and wires. The arrangements by Service and by Node lay out the same graph.
//! This module computes the geometry for server and browser, in px at 100 %. It has no texts: the page adds them.

mod area;
mod card;
mod highlight;
mod lanes;
mod layout;
mod look;
mod scene;
#[cfg(test)]
mod tests;
mod wire;

pub use area::{Area, size};
pub use card::{
    Card, ClientCard, ContainerPortCard, CountCard, EndCard, EndpointCard, EntryCard, LineCard, NodeCard,
    NodePortsCard, NoteCard, PodCard, PortRow, ServiceCard, ServicePortCard, SliceCard, TargetCard,
    UnlistedEntriesCard,
};
pub use highlight::{HighlightQuestion, LeftOut, Light, UnusedEndpoint, UnusedEndpoints, UsedAddresses, light};
pub use lanes::{Lane, LaneKind, Lanes};
pub use layout::Group;
pub use look::{Arrangement, Detail, Look};
pub use scene::{Dirty, Scene, SceneCounts, Slot, SlotKey};
pub use wire::Wire;
