//! One packet on one Node: what every step of its path is asked about.

use std::net::IpAddr;
use std::ops::ControlFlow;

use crate::cluster::facts::NodeFact;
use crate::cluster::key::Kind;
use crate::cluster::view::Cluster;
use crate::path::answer::{Evaluation, Outcome, Reason};
use crate::path::question::Destination;
use crate::path::source::SourceLocation;

/// What a step of the path finds: the end of the path, or what the next step goes on with.
pub(crate) type Step<T> = ControlFlow<Evaluation, T>;

/// A packet, on the Node whose rules it meets.
#[derive(Clone, Copy)]
pub(crate) struct Packet<'a> {
    /// The cluster as it is known.
    pub(crate) cluster: Cluster<'a>,
    /// Where the source is.
    pub(crate) source: &'a SourceLocation,
    /// The header's destination.
    pub(crate) to: Destination,
    /// The Node; `None` while none is known.
    pub(crate) node: Option<&'a str>,
}

impl<'a> Packet<'a> {
    /// The same packet on another Node.
    pub(crate) fn on(self, node: &'a str) -> Self {
        Self { node: Some(node), ..self }
    }

    /// The family of the destination.
    pub(crate) fn is_ipv4(&self) -> bool {
        self.to.ip.is_ipv4()
    }

    /// The Node's row.
    pub(crate) fn node_fact(&self) -> Option<&'a NodeFact> {
        self.node.and_then(|node| self.cluster.index.node(node))
    }

    /// Whether all objects of a kind are known.
    pub(crate) fn knows_all(&self, kind: Kind) -> bool {
        self.cluster.coverage.of(kind).complete()
    }

    /// Whether the source is a process of the Node's host network.
    pub(crate) fn is_from_host(&self) -> bool {
        self.source.is_host_of(self.node)
    }

    /// Whether the source is on the Node.
    pub(crate) fn is_from_here(&self) -> bool {
        self.source.is_on(self.node)
    }

    /// What the Node's detector takes the source for; `None` without a detector (reference §2.5).
    pub(crate) fn is_from_pod(&self) -> Option<bool> {
        self.source.is_pod(self.cluster.settings, self.node_fact())
    }

    /// Whether this is one of the Node's own addresses.
    pub(crate) fn is_address_of_node(&self, ip: IpAddr) -> bool {
        self.cluster.index.node_with_ip(ip).is_some_and(|owner| Some(owner.name.as_str()) == self.node)
    }

    /// The path ends so.
    pub(crate) fn ends(&self, outcome: Outcome, because: Reason) -> Evaluation {
        Evaluation::new(outcome, because, Some(self.to.to()), self.node)
    }

    /// What is known does not decide it.
    pub(crate) fn unknown(&self, because: Reason) -> Evaluation {
        self.ends(Outcome::Unknown, because)
    }
}
