//! One packet on one Node: the input of every step of its path.

use std::net::IpAddr;
use std::ops::ControlFlow;
use std::rc::Rc;

use crate::cluster::facts::{NodeFact, ServiceFact, ServicePortFact};
use crate::cluster::key::Kind;
use crate::cluster::view::Cluster;
use crate::path::answer::{Evaluation, Outcome, Reason};
use crate::path::endpoints::{DuplicateChoice, PortEndpoints, Reach};
use crate::path::question::Destination;
use crate::path::shared::SharedFacts;
use crate::path::source::{SourceClass, SourceLocation};

/// The result of a step: the end of the path (`Break`), or the input of the next step (`Continue`).
pub(crate) type Step<T> = ControlFlow<Evaluation, T>;

/// A packet on the Node whose rules it meets.
#[derive(Clone, Copy)]
pub(crate) struct Packet<'a> {
    /// The known cluster.
    pub(crate) cluster: Cluster<'a>,
    /// The source with its location.
    pub(crate) source: &'a SourceLocation,
    /// The header's destination.
    pub(crate) to: Destination,
    /// The evaluation node; `None` if no Node is known.
    pub(crate) node: Option<&'a str>,
    /// What the evaluations of all Nodes have in common.
    pub(crate) shared: &'a SharedFacts<'a>,
    /// Which of the duplicates of an endpoint kube-proxy uses.
    pub(crate) duplicates: DuplicateChoice,
}

impl<'a> Packet<'a> {
    /// The same packet on another Node.
    pub(crate) fn on(self, node: &'a str) -> Self {
        Self { node: Some(node), ..self }
    }

    /// Whether the destination is an IPv4 address.
    pub(crate) fn is_ipv4(&self) -> bool {
        self.to.ip.is_ipv4()
    }

    /// The row of the evaluation node.
    pub(crate) fn node_fact(&self) -> Option<&'a NodeFact> {
        self.node.and_then(|node| self.cluster.index.node(node))
    }

    /// Whether all objects of a kind are known.
    pub(crate) fn knows_all(&self, kind: Kind) -> bool {
        self.cluster.coverage.of(kind).complete()
    }

    /// Whether the source is a process in the evaluation node's host network.
    pub(crate) fn is_from_host(&self) -> bool {
        self.source.is_host_of(self.node)
    }

    /// The Node that has the destination's address; of a loopback address that of the source, if it is a process of the host.
    pub(crate) fn host(&self) -> Option<&'a NodeFact> {
        let index = self.cluster.index;
        if !self.to.ip.is_loopback() {
            return index.node_with_ip(self.to.ip);
        }
        let of_host = matches!(self.source.class, SourceClass::Host | SourceClass::Localhost);
        self.source.node.as_deref().filter(|_| of_host).and_then(|name| index.node(name))
    }

    /// Whether the source is on the evaluation node.
    pub(crate) fn is_from_here(&self) -> bool {
        self.source.is_on(self.node)
    }

    /// Whether the Node's detector classifies the source as a Pod; `None` without a detector (reference §2.5).
    pub(crate) fn is_from_pod(&self) -> Option<bool> {
        self.source.is_pod(self.cluster.settings, self.node, self.node_fact())
    }

    /// Whether this is one of the Node's own addresses.
    pub(crate) fn is_address_of_node(&self, ip: IpAddr) -> bool {
        self.cluster.index.node_with_ip(ip).is_some_and(|owner| Some(owner.name.as_str()) == self.node)
    }

    /// The endpoints of a Service port.
    pub(crate) fn endpoints(&self, service: &'a ServiceFact, port: &'a ServicePortFact) -> Rc<PortEndpoints<'a>> {
        self.shared.endpoints(self.cluster, service, port, self.is_ipv4(), self.duplicates)
    }

    /// The endpoints of a Service port that can be reached from the evaluation node.
    pub(crate) fn reach(&self, service: &'a ServiceFact, port: &'a ServicePortFact) -> Reach<'a> {
        self.endpoints(service, port).reach(self.cluster, self.node)
    }

    /// The evaluation of a path that ends with this outcome.
    pub(crate) fn ends(&self, outcome: Outcome, because: Reason) -> Evaluation {
        Evaluation::new(outcome, because, Some(self.to.to()), self.node)
    }

    /// The evaluation of a path that the known facts do not decide.
    pub(crate) fn unknown(&self, because: Reason) -> Evaluation {
        self.ends(Outcome::Unknown, because)
    }
}
