//! Types of claims.

use std::net::IpAddr;
use std::rc::Rc;

use super::service_claim::ServiceClaim;
use crate::cluster::facts::PodFact;
use crate::path::answer::Remark;
use crate::path::endpoints::{Candidate, Reach};
use crate::path::host_port::MappedHostPort;
use crate::path::packet::{Packet, Step};

/// A claim on a packet's destination.
pub(crate) enum Claim<'a> {
    /// A Service port claims it by kube-proxy's rules.
    ServicePort(ServiceClaim<'a>, Reach<'a>),
    /// A nodePort claims it. nftables' kube-proxy listens on the loopback address and connects to one of these endpoints.
    Listener(ServiceClaim<'a>, Rc<[Candidate<'a>]>),
    /// A hostPort claims it. The CNI maps it to this address of the Pod, which is of the packet's family.
    HostPort(MappedHostPort<'a>, IpAddr),
    /// A Pod claims it by its own address. A hostNetwork Pod claims its Node's address.
    Pod(&'a PodFact),
}

impl<'a> Claim<'a> {
    /// The claim with its packet.
    pub(crate) fn on(self, packet: Packet<'a>) -> Claimed<'a> {
        Claimed { packet, claim: Step::Continue(self) }
    }
}

/// A claim with its packet, or the end of that packet's path.
pub(crate) struct Claimed<'a> {
    /// The packet, on the Node where the claim is decided.
    pub(crate) packet: Packet<'a>,
    /// The claim.
    pub(crate) claim: Step<Claim<'a>>,
}

/// All claims on a packet's destination.
#[derive(Default)]
pub(crate) struct Claims<'a> {
    /// The claims. If there are several, the API does not show which one applies.
    pub(crate) claimed: Vec<Claimed<'a>>,
    /// A remark about an assumption of all claims.
    pub(crate) remark: Option<Remark>,
}

impl<'a> From<Claimed<'a>> for Claims<'a> {
    fn from(only: Claimed<'a>) -> Self {
        [only].into_iter().collect()
    }
}

impl<'a> FromIterator<Claimed<'a>> for Claims<'a> {
    fn from_iter<T: IntoIterator<Item = Claimed<'a>>>(claimed: T) -> Self {
        Self { claimed: claimed.into_iter().collect(), remark: None }
    }
}
