//! Notes about a unit.

use crate::path::no_endpoint::NoEndpointCause;

/// A note about a unit or about one of its links.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Note {
    /// A hostPort leads directly to its Pod.
    HostPort,
    /// DNS answers an ExternalName with another name. kube-proxy translates nothing.
    CName,
    /// A port has no endpoint that gets packets, with the cause.
    PortWithoutEndpoint(NoEndpointCause),
    /// A core/v1 Endpoints object exists beside the slices. kube-proxy does not read it.
    Endpoints {
        /// Number of addresses that it lists.
        addresses: usize,
        /// Whether the slices are mirrored from it.
        mirrored: bool,
    },
    /// The slices of the Service are not all known.
    NotKnown,
}
