//! Remarks about a unit.

use super::trouble::Why;

/// A remark about a unit, or about a link of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Note {
    /// A hostPort leads straight to its Pod.
    HostPort,
    /// An ExternalName is an answer of DNS, nothing is proxied.
    CName,
    /// Why a port has no endpoint that gets packets.
    Dead(Why),
    /// A core/v1 Endpoints object stands beside the slices: evidence, kube-proxy does not read it.
    Endpoints {
        /// Number of addresses that it lists.
        addresses: usize,
        /// Whether the slices are mirrored from it.
        mirrored: bool,
    },
    /// Something is not known, so that nothing is claimed.
    NotKnown,
}
