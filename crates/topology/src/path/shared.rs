//! What the evaluations of one question have in common: joined endpoints, and lists of endpoints. Each is computed once, whatever the number
//! of Nodes.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::rc::Rc;

use ipnet::IpNet;

use crate::cluster::facts::{ServiceFact, ServicePortFact};
use crate::cluster::index::Index;
use crate::cluster::key::ObjectKey;
use crate::cluster::port::Protocol;
use crate::cluster::view::Cluster;
use crate::path::deliver::{DeliveredList, DeliveredListKey};
use crate::path::endpoints::{DuplicateChoice, PortEndpoints};

/// What the evaluations of one question have in common.
#[derive(Default)]
pub(crate) struct SharedFacts<'a> {
    endpoints: RefCell<BTreeMap<PortKey<'a>, Rc<PortEndpoints<'a>>>>,
    lists: RefCell<BTreeMap<DeliveredListKey, Rc<DeliveredList<'a>>>>,
    pod_cidrs: OnceCell<PodCidrs<'a>>,
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

    /// The name of the Node with an address; see [`Index::node_name_of`].
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
            assert_eq!(shared.node_name_of(&index, ip), index.node_name_of(ip), "{ip}");
        }
    }
}
