//! Which endpoints and entries of a Service a unit has: in the arrangement by Service all of them, by Node those of one Node.

use crate::cluster::facts::{EndpointFact, NodeFact};
use crate::cluster::index::{Behind, Index};

/// Which part of a Service a unit has.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Extent<'a> {
    /// All of it.
    Whole,
    /// What is on this Node.
    OnNode(&'a NodeFact),
    /// What is on no Node that is known.
    OffNodes,
}

/// The Node that an endpoint is on, if it is known: that of its Pod, or whose own address it has, else the one that it names.
pub(super) fn node_of<'a>(index: &'a Index, endpoint: &EndpointFact) -> Option<&'a NodeFact> {
    match index.behind(endpoint) {
        Behind::Pod(pod) => {
            let of_pod = index.pod(&pod).and_then(|pod| pod.node.as_deref());
            index.node(of_pod.or(endpoint.node.as_deref())?)
        }
        Behind::Node(node) => index.node(&node),
        Behind::Outside => index.node(endpoint.node.as_deref()?),
    }
}
