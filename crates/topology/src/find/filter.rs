//! One small language for what a reader wants to see, or to hide: `kind:service port:80 or ip:10.0.0.1`.
//!
//! Terms are separated by white space and must all hold; `or` stands between alternatives; `not TERM`, `!TERM` and `-TERM` negate;
//! quotes make a literal. What is judged is a group of the picture ([`UnitKey`]): a Service with all that belongs to it, a Pod with
//! hostPorts, or a namespace's other Pods. A term holds when some member of the group fulfils it, and its negation when none does;
//! where an alternative names kinds (`kind:pod`), only members of these are asked. `ready` is of all: every endpoint is ready, or
//! every Pod where there are no endpoints, and there is one.
//!
//! What is asked of a member is what its object says:
//!
//! * `ns:` of the group; `name:` contains, or with `*` is the whole name; `node:` is where a Pod or an endpoint runs;
//! * `label:` of Pods (and of Nodes, under `kind:node`), and the selectors of Services, whose labels are not known;
//! * `port:` a number, a range or a name: port, targetPort, nodePort, endpoint port, containerPort, hostPort;
//! * `ip:` an address or a CIDR. A Service with nodePorts, and a hostPort, have the addresses of their Nodes;
//! * `type:` as in `spec.type`, so that a headless Service is a ClusterIP too;
//! * `is:` as an endpoint or Pod is drawn; `outside` of the cluster; `empty` of a Service without endpoints that could have some.
//!
//! Nodes are asked under `kind:node` only: everything runs on some Node, so their names would find everything.

mod error;
mod judge;
mod members;
mod parse;
mod show;
#[cfg(test)]
pub(crate) mod tests;

use ipnet::IpNet;

pub use error::{FilterError, Problem};

use crate::cluster::index::Index;
use crate::cluster::key::ObjectKey;
use crate::graph::UnitKey;
use members::Subject;

/// A filter: alternatives of terms. The default, like the empty text, holds always.
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

/// What is asked. Texts other than labels are in lower case, as names are.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Test {
    Kind(Part),
    Namespace(String),
    Name(String),
    /// A key, and a value if one is asked for.
    Label(String, Option<String>),
    /// From the first to the last.
    Port(u16, u16),
    PortName(String),
    Ip(IpNet),
    Node(String),
    /// One of [`TYPES`].
    Type(&'static str),
    Is(State),
    Ready,
    Word(String),
}

/// What a member of a group is.
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

/// Each kind by its own text, then by those that kubectl takes too.
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
const TYPES: [(&str, &str); 5] = [
    ("nodeport", "NodePort"),
    ("clusterip", "ClusterIP"),
    ("loadbalancer", "LoadBalancer"),
    ("externalname", "ExternalName"),
    (HEADLESS, HEADLESS),
];
const HEADLESS: &str = "headless";
const STATES: [(&str, State); 5] = [
    ("ready", State::Ready),
    ("not-ready", State::NotReady),
    ("terminating", State::Terminating),
    ("outside", State::Outside),
    ("empty", State::Empty),
];

impl Filter {
    /// Reads a filter; the empty text is the empty filter.
    ///
    /// # Errors
    ///
    /// A word is no term; the error names the word, and what would be right.
    pub fn parse(text: &str) -> Result<Self, FilterError> {
        parse::filter(text)
    }

    /// Whether it asks nothing, and so holds always.
    pub fn is_empty(&self) -> bool {
        self.alternatives.is_empty()
    }

    /// Whether it holds for a group of the picture.
    pub fn holds(&self, index: &Index, key: &UnitKey) -> bool {
        self.judge(index, key.namespace(), Subject::Group(key))
    }

    /// Whether it holds for one Pod alone, as for a group of nothing else.
    pub fn holds_pod(&self, index: &Index, pod: &ObjectKey) -> bool {
        self.judge(index, &pod.namespace, Subject::Pod(pod))
    }

    /// What the reader can take away one by one, each as text: the terms; several alternatives are one.
    pub fn chips(&self) -> Vec<String> {
        match self.alternatives.as_slice() {
            [] => Vec::new(),
            [terms] => terms.iter().map(ToString::to_string).collect(),
            _ => vec![self.to_string()],
        }
    }

    /// The filter without the chip of this number, counted from 0.
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
        // What the namespace decides alone is decided without looking for members.
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
            decided || judge::all(terms, index, members.get_or_insert_with(|| members::of(index, subject, nodes)))
        };
        self.is_empty() || self.alternatives.iter().any(|terms| holds(terms))
    }
}
