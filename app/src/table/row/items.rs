//! The parts of a unit as items of cells, and the links of a part.

use std::collections::{BTreeMap, BTreeSet};

use topology::graph::socket::Socket;
use topology::graph::{EndpointState, EntryPart, Link, PartId, Parts};

use super::{Item, state};
use crate::text::Words;

/// Makes items from the parts of a unit. A socket can be selected in its first item; later items have it as text.
pub(super) struct Items<'a> {
    pub(super) parts: &'a Parts,
    links: BTreeMap<PartId, Vec<Link>>,
    text: &'a Words,
    carried: BTreeSet<&'a Socket>,
}

impl<'a> Items<'a> {
    /// Starts without any item.
    pub(super) fn of(parts: &'a Parts, text: &'a Words) -> Self {
        Self { parts, links: parts.links_by_source(), text, carried: BTreeSet::new() }
    }

    /// The links that begin at a part.
    pub(super) fn links_from(&self, part: PartId) -> &[Link] {
        self.links.get(&part).map(Vec::as_slice).unwrap_or_default()
    }

    /// The ports of a Pod that a container declares.
    pub(super) fn declared_ports(&self, pod: PartId) -> Vec<usize> {
        let ports = self.links_from(pod).iter().filter_map(|link| match link.to {
            PartId::ContainerPort(n) => Some(n),
            _ => None,
        });
        ports.filter(|n| self.parts.container_ports[*n].declared.is_some()).collect()
    }

    /// Notes that a row has this socket, so that later items have it as text.
    pub(super) fn carry(&mut self, socket: &'a Socket) {
        self.carried.insert(socket);
    }

    /// Whether a row has the socket of a part; true for a part without a socket.
    pub(super) fn is_carried(&self, part: PartId) -> bool {
        self.parts.socket(part).is_none_or(|socket| self.carried.contains(socket))
    }

    /// A socket as an item. It can be selected in its first item only.
    pub(super) fn socket(&mut self, socket: &'a Socket) -> Item {
        let first = self.carried.insert(socket).then(|| socket.clone());
        Item { socket: first, ..Item::plain(&socket.address, "") }
    }

    /// A part as an item; `None` if it has no socket.
    pub(super) fn item(&mut self, part: PartId) -> Option<Item> {
        let parts = self.parts;
        let mut item = self.socket(parts.socket(part)?);
        match part {
            PartId::Entry(n) => {
                if let EntryPart::Address(entry) = &parts.entries[n] {
                    item.note = entry.node.clone().unwrap_or_default();
                }
            }
            PartId::Endpoint(n) => {
                let state = parts.endpoints[n].state;
                (item.icon, item.tone) = state::mark(state);
                item.state = Some(state);
                if state != EndpointState::Ready {
                    item.note = self.text.endpoint_state(state);
                }
            }
            PartId::Pod(n) => {
                let pod = &parts.pods[n];
                item.lead = pod.pod.name.clone();
                item.state = Some(pod.state);
                if pod.state != EndpointState::Ready {
                    (item.icon, item.tone) = state::mark(pod.state);
                }
                let node = pod.node.clone().unwrap_or_default();
                item.note = if pod.known { node } else { self.text.card_pod_not_known() };
            }
            PartId::ContainerPort(n) => {
                if let Some(declared) = &parts.container_ports[n].declared {
                    item.text = format!("{}:{}", declared.container, self.port_text(n));
                }
            }
            PartId::Target(n) => {
                let target = &parts.targets[n];
                item.outside = target.node.is_none();
                item.note = match (&target.node, target.dns_only) {
                    (Some(node), _) => self.text.card_node_process(node),
                    (None, true) => self.text.card_outside_dns(),
                    (None, false) => self.text.card_outside_unchecked(),
                };
            }
            _ => {}
        }
        Some(item)
    }

    /// The number of a Pod's port, with its protocol if that is not TCP.
    pub(super) fn port_text(&self, n: usize) -> String {
        let port = &self.parts.container_ports[n];
        format!("{}{}", port.port, port.protocol.suffix())
    }

    /// Adds the Pods and containers behind an endpoint or a hostPort, and the numbers of the containers' ports. A target that is not a Pod
    /// adds only the parts that it has.
    pub(super) fn behind(&mut self, part: PartId, pods: &mut Vec<Item>, numbers: &mut Vec<Item>) {
        for link in self.links_from(part).to_vec() {
            let Some(item) = self.item(link.to) else { continue };
            pods.push(item);
            if !matches!(link.to, PartId::Pod(_)) {
                continue;
            }
            let ports = match link.container_port {
                Some(port) if self.parts.container_ports[port].declared.is_none() => {
                    numbers.push(Item::plain(self.port_text(port), self.text.card_not_declared()));
                    Vec::new()
                }
                Some(port) => vec![port],
                // A link without a port can mean any declared port.
                None => self.declared_ports(link.to),
            };
            for port in ports {
                numbers.push(Item::plain(self.port_text(port), ""));
                pods.extend(self.item(PartId::ContainerPort(port)));
            }
        }
    }
}
