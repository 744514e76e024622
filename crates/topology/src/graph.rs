//! The graph of a cluster: its units, their parts, and the links between the parts. It has no geometry.
//!
//! A [`Unit`] contains everything about one Service, one Pod with hostPorts, the other Pods of a namespace, or one Node. The picture lays
//! units out; the table, the search and the list of problems read them. No link is derived from the position of a drawing.
//!
//! [`Graph`] lists the units, builds them, and derives which units a changed row affects.

mod affected;
mod backing;
mod build;
mod counts;
mod entries;
mod extent;
mod find_socket;
mod homes;
mod host_ports;
mod joined;
mod key;
mod limits;
mod link;
mod main_socket;
pub mod manifest;
mod members;
mod nodes;
mod note;
mod part;
mod pods;
mod readiness;
mod service;
mod slices;
pub mod socket;
pub(crate) mod sockets;
mod summary;
#[cfg(test)]
mod tests;
pub mod trouble;
mod unit;
mod units;

pub(crate) use affected::Affected;
pub use counts::namespace_counts;
pub(crate) use extent::Extent;
pub use find_socket::find_socket;
pub(crate) use homes::units_of;
pub(crate) use host_ports::has_host_ports;
pub(crate) use joined::JoinedService;
pub use key::{UnitKey, UnitKind};
pub use limits::{LISTED_NODES, Limits};
pub use link::{Link, LinkKind, PartId};
pub use main_socket::main_socket;
pub(crate) use members::is_lone;
pub use nodes::node_parts;
pub(crate) use nodes::{NodePorts, ServiceReach};
pub use note::Note;
pub use part::{
    AddressEntry, Backing, ContainerPortPart, DeclaredPort, EndPart, EndpointPart, EndpointsEvidence, EntryPart,
    NodePart, PodPart, PortPart, ServicePart, SlicePart, SliceWriter, TargetPart, UnlistedEntries, UnlistedNodes,
};
pub use readiness::{EndpointState, Readiness, Ready};
pub use summary::{Summary, SummaryEntry, SummaryPort};
pub use trouble::{Severity, Trouble};
pub use unit::{Content, Parts, Unit};
pub(crate) use units::MemberFilter;
pub use units::{Depth, Graph};
