//! What the evaluations of one question have in common: joined endpoints, and lists of endpoints. Each is computed once, whatever the number
//! of Nodes.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::cluster::facts::{ServiceFact, ServicePortFact};
use crate::cluster::key::ObjectKey;
use crate::cluster::port::Protocol;
use crate::cluster::view::Cluster;
use crate::path::deliver::{DeliveredList, DeliveredListKey};
use crate::path::endpoints::PortEndpoints;

/// What the evaluations of one question have in common.
#[derive(Default)]
pub(crate) struct SharedFacts<'a> {
    endpoints: RefCell<BTreeMap<PortKey<'a>, Rc<PortEndpoints<'a>>>>,
    lists: RefCell<BTreeMap<DeliveredListKey, Rc<DeliveredList<'a>>>>,
}

/// A Service port in one family.
type PortKey<'a> = (ObjectKey, &'a str, Protocol, u16, bool);

impl<'a> SharedFacts<'a> {
    /// The endpoints of a Service port.
    pub(crate) fn endpoints(
        &self,
        cluster: Cluster<'a>,
        service: &'a ServiceFact,
        port: &'a ServicePortFact,
        ipv4: bool,
    ) -> Rc<PortEndpoints<'a>> {
        let key = (service.key(), port.name.as_str(), port.protocol, port.port.0, ipv4);
        let mut known = self.endpoints.borrow_mut();
        known.entry(key).or_insert_with(|| Rc::new(PortEndpoints::of(cluster.index, service, port, ipv4))).clone()
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
