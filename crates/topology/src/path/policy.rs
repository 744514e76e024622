//! NetworkPolicies between the source and the endpoints that were chosen.
//!
//! They are not evaluated: every packet goes on, and [`EndpointHop::policy`](crate::path::answer::EndpointHop::policy) stays null.

use crate::path::choose::Chosen;
use crate::path::packet::{Packet, Step};

/// What the policies let through.
pub(crate) fn check<'a>(_packet: Packet<'a>, chosen: Chosen<'a>) -> Step<Chosen<'a>> {
    Step::Continue(chosen)
}
