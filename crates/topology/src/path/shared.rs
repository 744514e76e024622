//! What the evaluations of one question have in common: joined endpoints, and lists of endpoints. Each is computed once, whatever the number
//! of Nodes.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::rc::Rc;
use std::sync::Arc;

use ipnet::IpNet;

use crate::cluster::facts::{ServiceFact, ServicePortFact};
use crate::cluster::index::Index;
use crate::cluster::key::ObjectKey;
use crate::cluster::port::Protocol;
use crate::cluster::view::Cluster;
use crate::path::answer::{EntryKind, Remark, SharedEndpoints};
use crate::path::endpoints::{Candidate, DuplicateChoice, PortEndpoints};

/// What the evaluations of one question have in common.
#[derive(Default)]
pub(crate) struct SharedFacts<'a> {
    endpoints: RefCell<BTreeMap<PortKey<'a>, Rc<PortEndpoints<'a>>>>,
    lists: RefCell<BTreeMap<DeliveredListKey, Rc<DeliveredList<'a>>>>,
    pod_cidrs: OnceCell<PodCidrs<'a>>,
}

/// The chosen endpoints of a Service port as on a Node that has none of them.
pub(crate) struct DeliveredList<'a> {
    pub(super) shared: Arc<SharedEndpoints>,
    /// The endpoints, in the order of the shared list.
    pub(super) endpoints: Vec<Candidate<'a>>,
    /// The positions of the endpoints that are on a Node, by its name or by kube-proxy's hostname of it.
    pub(super) on_nodes: BTreeMap<String, BTreeSet<usize>>,
    /// What there is to say of the endpoints after the translation, by kind and by position.
    pub(super) remarks: Vec<Vec<(usize, Remark)>>,
    pub(super) doubts: ListDoubts,
}

/// The doubts about endpoints of a Service that are the same on every Node.
pub(crate) struct ListDoubts {
    /// Endpoints without their Pod, or without a declaration of their port.
    pub(super) pods: Vec<Remark>,
    pub(super) policies: Vec<Remark>,
}

/// The properties of a packet and of its Node on which a shared list depends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct DeliveredListKey {
    /// The identity of the chosen endpoints. They are kept as long as the list.
    pub(super) chosen: usize,
    pub(super) kind: EntryKind,
    pub(super) marked: bool,
    pub(super) is_from_here: bool,
    pub(super) is_from_host: bool,
    pub(super) has_node: bool,
    pub(super) has_node_fact: bool,
}

/// The Nodes by their Pod CIDRs: for each length of a prefix the networks, each with the number and the name of its first Node.
type PodCidrs<'a> = BTreeMap<u8, BTreeMap<IpAddr, (usize, &'a str)>>;

/// A Service port in one family, with a choice among its duplicates.
type PortKey<'a> = (ObjectKey, &'a str, Protocol, u16, bool, DuplicateChoice);

impl<'a> SharedFacts<'a> {
    /// The endpoints of a Service port.
    pub(crate) fn endpoints(
        &self,
        cluster: Cluster<'a>,
        service: &'a ServiceFact,
        port: &'a ServicePortFact,
        ipv4: bool,
        choice: DuplicateChoice,
    ) -> Rc<PortEndpoints<'a>> {
        let key = (service.key(), port.name.as_str(), port.protocol, port.port.0, ipv4, choice);
        let mut known = self.endpoints.borrow_mut();
        known
            .entry(key)
            .or_insert_with(|| Rc::new(PortEndpoints::of(cluster.index, service, port, ipv4, choice)))
            .clone()
    }

    /// The name of the Node with an address: the Node of its Pod, the Node that has it, or the first Node whose Pod CIDR contains it. `nodeName` of
    /// endpoints is not used. It is [`Index::node_with_pod_cidr`] without a look at each Node.
    pub(crate) fn node_name_of(&self, index: &'a Index, ip: IpAddr) -> Option<&'a str> {
        index.node_name_at(ip).or_else(|| {
            let networks = self.pod_cidrs.get_or_init(|| pod_cidrs(index)).iter();
            let found = networks.filter_map(|(length, nodes)| nodes.get(&IpNet::new(ip, *length).ok()?.network()));
            found.min().map(|(_, node)| *node)
        })
    }

    /// The list with this key, which `make` makes if it is new.
    pub(crate) fn list(
        &self,
        key: DeliveredListKey,
        make: impl FnOnce() -> DeliveredList<'a>,
    ) -> Rc<DeliveredList<'a>> {
        self.lists.borrow_mut().entry(key).or_insert_with(|| Rc::new(make())).clone()
    }
}

fn pod_cidrs(index: &Index) -> PodCidrs<'_> {
    let mut by_length = PodCidrs::new();
    for (n, node) in index.nodes().enumerate() {
        for cidr in &node.pod_cidrs {
            let networks = by_length.entry(cidr.prefix_len()).or_default();
            networks.entry(cidr.network()).or_insert((n, node.name.as_str()));
        }
    }
    by_length
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::row::Row;
    use crate::testing::{node, put};

    #[test]
    fn the_node_of_an_address_is_that_of_the_index() {
        let mut index = Index::default();
        let cidrs = ["10.0.1.0/24", "10.0.0.0/16", "10.0.2.0/24", "fd00:1::/64", "0.0.0.0/0", "10.0.1.128/25"];
        for (n, cidr) in (1..).zip(cidrs) {
            let fact = crate::cluster::facts::NodeFact { pod_cidrs: vec![cidr.parse().unwrap()], ..node(n) };
            put(&mut index, Row::Node(fact));
        }
        let shared = SharedFacts::default();
        for ip in
            ["10.0.1.5", "10.0.1.200", "10.0.2.5", "10.0.9.9", "192.168.0.3", "203.0.113.1", "fd00:1::5", "fd00:2::5"]
        {
            let ip = ip.parse().unwrap();
            let by_cidr = || index.node_with_pod_cidr(ip).map(|node| node.name.as_str());
            assert_eq!(shared.node_name_of(&index, ip), index.node_name_at(ip).or_else(by_cidr), "{ip}");
        }
    }
}
