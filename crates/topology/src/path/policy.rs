//! The step for NetworkPolicies between the source and the chosen endpoints.
//!
//! NetworkPolicies are not evaluated: every packet passes, and [`EndpointHop::policy`](crate::path::answer::EndpointHop::policy) stays `None`.

use crate::path::choose::Chosen;
use crate::path::packet::{Packet, Step};

/// The endpoints to which the policies let the packet pass.
pub(crate) fn check<'a>(_packet: Packet<'a>, chosen: Chosen<'a>) -> Step<Chosen<'a>> {
    Step::Continue(chosen)
}
