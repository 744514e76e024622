//! The graph as it is drawn: units laid out in lanes, stacked, and kept up to date change by change.
//!
//! Lanes from left to right, the way a packet goes: client, Node, Service, EndpointSlice, Pod, container ([`Lanes`]). Each unit of the
//! graph becomes one [`Group`] of cards and wires; the arrangement by Service and that by Node lay out the same graph. Geometry is
//! computed here, once for server and browser, in px at 100 %; words are left to the page, which has them in the reader's language.

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
pub use highlight::{Asked, Light, UnusedEndpoint, light, unused_endpoints};
pub use lanes::{Lane, LaneKind, Lanes};
pub use layout::Group;
pub use look::{Arrangement, Detail, Look};
pub use scene::{Dirty, Scene, Shown, Slot, SlotKey};
pub use wire::Wire;
