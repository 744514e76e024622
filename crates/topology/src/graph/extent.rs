//! Which endpoints and entries of a Service a unit contains: all of them in the arrangement by Service, those of one Node by Node.

use crate::cluster::facts::{EndpointFact, NodeFact};
use crate::cluster::index::{EndpointBacking, Index};

/// The part of a Service that a unit contains.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Extent<'a> {
    /// The whole Service.
    Whole,
    /// The endpoints and entries on this Node.
    OnNode(&'a NodeFact),
    /// The endpoints on no known Node.
    OffNodes,
}

/// The Node of an endpoint, if it is known: the Node of its Pod, or the Node that has its address, or else the Node in `nodeName`.
pub(super) fn node_of<'a>(index: &'a Index, endpoint: &EndpointFact) -> Option<&'a NodeFact> {
    match index.endpoint_backing(endpoint) {
        EndpointBacking::Pod(pod) => {
            let of_pod = index.pod(&pod).and_then(|pod| pod.node.as_deref());
            index.node(of_pod.or(endpoint.node.as_deref())?)
        }
        EndpointBacking::Node(node) => index.node(&node),
        EndpointBacking::Outside => index.node(endpoint.node.as_deref()?),
    }
}
