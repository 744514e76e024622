//! The filter language of the fields Find and Hide: `kind:service port:80 or ip:10.0.0.1`.
//!
//! Terms are separated by white space and must all hold. `or` separates alternatives; `not TERM`, `!TERM` and `-TERM` negate a term;
//! quotes make a literal. A filter is applied to a group of the picture ([`UnitKey`]): a Service with its endpoints and Pods, a Pod with
//! hostPorts, or a namespace's other Pods. A term holds if at least one member of the group matches it; its negation holds if no member
//! does. If an alternative names kinds (`kind:pod`), only members of these kinds are tested. `ready` holds if all endpoints are ready, or
//! all Pods if there are no endpoints, and if there is at least one.
//!
//! Terms test these values of a member's object:
//!
//! * `ns:` the namespace of the group; `name:` a part of the name, or with `*` the whole name; `node:` the Node of a Pod or an endpoint;
//! * `label:` labels of Pods (and of Nodes, with `kind:node`), and selectors of Services, whose labels are not known;
//! * `port:` a number, a range or a name: port, targetPort, nodePort, endpoint port, containerPort, hostPort;
//! * `ip:` an address or a CIDR. Services with nodePorts, and hostPorts, have the addresses of their Nodes;
//! * `type:` the value of `spec.type`, so that a headless Service matches `clusterip` too;
//! * `is:` the drawn state of an endpoint or Pod; `outside` the cluster; `empty`: a Service that can have endpoints and has none.
//!
//! Nodes are tested only with `kind:node`. Everything runs on a Node, so the name of a Node would match too much.

mod error;
mod judge;
mod members;
mod parse;
mod show;
#[cfg(test)]
pub(crate) mod tests;

use ipnet::IpNet;

pub use error::{FilterError, FilterProblem};

use crate::cluster::facts::{ServiceFact, ServiceType};
use crate::cluster::index::Index;
use crate::cluster::key::ObjectKey;
use crate::graph::UnitKey;
use members::Subject;

/// A filter: alternatives of terms. The default filter, like the empty text, holds for every group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// None of them is empty.
    alternatives: Vec<Vec<Term>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    not: bool,
    test: Test,
}

/// The test of a term. Texts other than labels are in lower case, as names are.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Test {
    Kind(Part),
    Namespace(String),
    Name(String),
    /// A key with an optional value.
    Label(String, Option<String>),
    /// The first and the last port of a range.
    Port(u16, u16),
    PortName(String),
    Ip(IpNet),
    Node(String),
    Type(ServiceTypeFilter),
    Is(State),
    Ready,
    Word(String),
}

/// The kind of a member of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Service,
    Pod,
    Node,
    Slice,
    Endpoint,
    HostPort,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Ready,
    NotReady,
    Terminating,
    Outside,
    Empty,
}

/// The value of `type:`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ServiceTypeFilter {
    /// The value of `spec.type`.
    Type(ServiceType),
    /// A Service whose `clusterIP` is `None`.
    Headless,
}

impl ServiceTypeFilter {
    /// The text in a filter that is shown: as in a manifest.
    fn as_str(self) -> &'static str {
        match self {
            Self::Type(service_type) => service_type.as_str(),
            Self::Headless => "headless",
        }
    }

    /// Whether it holds for a Service.
    fn holds(self, service: &ServiceFact) -> bool {
        match self {
            Self::Type(service_type) => service.service_type == service_type,
            Self::Headless => service.headless,
        }
    }
}

/// The texts of each kind: its own text first, then the short names of kubectl.
const KINDS: [(&str, Part); 10] = [
    ("service", Part::Service),
    ("pod", Part::Pod),
    ("node", Part::Node),
    ("slice", Part::Slice),
    ("endpoint", Part::Endpoint),
    ("hostport", Part::HostPort),
    ("svc", Part::Service),
    ("po", Part::Pod),
    ("ep", Part::Endpoint),
    ("endpointslice", Part::Slice),
];
const TYPES: [(&str, ServiceTypeFilter); 5] = [
    ("nodeport", ServiceTypeFilter::Type(ServiceType::NodePort)),
    ("clusterip", ServiceTypeFilter::Type(ServiceType::ClusterIP)),
    ("loadbalancer", ServiceTypeFilter::Type(ServiceType::LoadBalancer)),
    ("externalname", ServiceTypeFilter::Type(ServiceType::ExternalName)),
    ("headless", ServiceTypeFilter::Headless),
];
const STATES: [(&str, State); 5] = [
    ("ready", State::Ready),
    ("not-ready", State::NotReady),
    ("terminating", State::Terminating),
    ("outside", State::Outside),
    ("empty", State::Empty),
];

impl Filter {
    /// Parses a filter. The empty text is the empty filter.
    ///
    /// # Errors
    ///
    /// A word is not a term. The error names the word and what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, FilterError> {
        parse::filter(text)
    }

    /// Whether the filter has no terms, so that it holds for every group.
    pub fn is_empty(&self) -> bool {
        self.alternatives.is_empty()
    }

    /// Whether the filter holds for a group of the picture.
    pub fn holds(&self, index: &Index, key: &UnitKey) -> bool {
        self.judge(index, key.namespace(), Subject::Group(key))
    }

    /// Whether the filter holds for a group that consists of this Pod only.
    pub fn holds_pod(&self, index: &Index, pod: &ObjectKey) -> bool {
        self.judge(index, &pod.namespace, Subject::Pod(pod))
    }

    /// The texts of the chips that the reader can remove: one chip for each term, or a single chip for several alternatives.
    pub fn chips(&self) -> Vec<String> {
        match self.alternatives.as_slice() {
            [] => Vec::new(),
            [terms] => terms.iter().map(ToString::to_string).collect(),
            _ => vec![self.to_string()],
        }
    }

    /// The filter without the chip with index `n`, counted from 0.
    pub fn without(&self, n: usize) -> Self {
        let mut rest = self.clone();
        match rest.alternatives.as_mut_slice() {
            [terms] if terms.len() > 1 => {
                if n < terms.len() {
                    terms.remove(n);
                }
            }
            _ if n == 0 => rest.alternatives.clear(),
            _ => {}
        }
        rest
    }

    fn judge(&self, index: &Index, namespace: &str, subject: Subject<'_>) -> bool {
        let nodes = self.alternatives.iter().flatten().any(|term| term.test == Test::Kind(Part::Node));
        // Members are collected only if the namespace does not decide the result.
        let mut members = None;
        let mut holds = |terms: &[Term]| {
            let mut decided = true;
            for Term { not, test } in terms {
                match test {
                    Test::Namespace(wanted) if judge::glob(wanted, namespace) == *not => return false,
                    Test::Namespace(_) => {}
                    _ => decided = false,
                }
            }
            decided
                || judge::all_terms_hold(
                    terms,
                    index,
                    members.get_or_insert_with(|| members::of(index, subject, nodes)),
                )
        };
        self.is_empty() || self.alternatives.iter().any(|terms| holds(terms))
    }
}
