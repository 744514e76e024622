//! What stands behind what, without a pixel: the units of a cluster, their parts, and the links between the parts.
//!
//! A [`Unit`] is all about one Service, one Pod with hostPorts, the other Pods of a namespace, or one Node. The picture lays units out;
//! the table, the search and the list of problems read them. No link is ever inferred from where something is drawn.
//!
//! [`Graph`] knows which units there are, builds them, and derives which of them a row that has changed can affect.

mod affected;
mod behind;
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
pub(crate) use nodes::{NodePorts, ServiceReach, node_part};
pub use note::Note;
pub use part::{
    AddressEntry, Backing, ContainerPortPart, DeclaredPort, EndPart, EndpointPart, EndpointsEvidence, EntryPart,
    NodePart, PodPart, PortPart, ServicePart, SlicePart, SliceWriter, TargetPart, UnlistedEntries, UnlistedNodes,
};
pub use readiness::{EndpointState, Readiness, Ready};
pub use summary::{Summary, SummaryEntry, SummaryPort};
pub use trouble::{Severity, Trouble, Why};
pub use unit::{Content, Parts, Unit};
pub(crate) use units::Wanted;
pub use units::{Depth, Graph};
