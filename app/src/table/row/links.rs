//! What a group joins to what, and each of its sockets as an item of a cell.

use std::collections::{BTreeMap, BTreeSet};

use topology::graph::{Card, EndpointState, Group, Wire};
use topology::socket::{Socket, SocketKind};

use super::{Item, state};
use crate::text::Words;

/// What each socket leads to, the card that it is on, and what a row carries already.
pub(super) struct Links<'a> {
    to: BTreeMap<&'a Socket, Vec<&'a Socket>>,
    cards: BTreeMap<&'a Socket, &'a Card>,
    text: &'a Words,
    seen: BTreeSet<&'a Socket>,
}

impl<'a> Links<'a> {
    /// Nothing is carried yet.
    pub(super) fn of(group: &'a Group, text: &'a Words) -> Self {
        let mut links = Self { to: BTreeMap::new(), cards: BTreeMap::new(), text, seen: BTreeSet::new() };
        for Wire { from, to, .. } in &group.wires {
            if let (Some(from), Some(to)) = (from, to) {
                links.to.entry(from).or_default().push(to);
            }
        }
        for card in &group.cards {
            links.cards.extend(card.sockets().into_iter().map(|socket| (socket, card)));
        }
        links
    }

    /// What a socket leads to.
    pub(super) fn from(&self, socket: &Socket) -> Vec<&'a Socket> {
        self.to.get(socket).cloned().unwrap_or_default()
    }

    /// Whether one leads to the other.
    pub(super) fn joins(&self, from: &Socket, to: &Socket) -> bool {
        self.to.get(from).is_some_and(|all| all.contains(&to))
    }

    /// A row carries it: elsewhere it is text.
    pub(super) fn carry(&mut self, socket: &'a Socket) {
        self.seen.insert(socket);
    }

    /// Whether a row carries it.
    pub(super) fn is_carried(&self, socket: &Socket) -> bool {
        self.seen.contains(socket)
    }

    /// The port that an endpoint or a container has, with its protocol.
    pub(super) fn port_of(&self, socket: &Socket) -> Option<String> {
        match self.cards.get(socket)? {
            Card::Endpoint { port: Some(port), protocol, .. } | Card::Container { port, protocol, .. } => {
                Some(format!("{port}{}", protocol.suffix()))
            }
            _ => None,
        }
    }

    /// An address as an item, to be selected where it stands for the first time.
    pub(super) fn item(&mut self, socket: &'a Socket) -> Item {
        let words = self.text;
        let mut item = Item::plain(&socket.address, "");
        match self.cards.get(socket) {
            Some(Card::Entry { node, .. }) => item.note = node.clone().unwrap_or_default(),
            Some(Card::Endpoint { state, .. }) => {
                (item.icon, item.tone) = state::mark(*state);
                item.state = Some(*state);
                if *state != EndpointState::Ready {
                    item.note = words.endpoint_state(*state);
                }
            }
            Some(Card::Pod { pod, node, known, state, .. }) => {
                item.lead = pod.name.clone();
                item.state = Some(*state);
                if *state != EndpointState::Ready {
                    (item.icon, item.tone) = state::mark(*state);
                }
                let node = node.clone().unwrap_or_default();
                item.note = if *known { node } else { words.card_pod_not_known() };
            }
            Some(Card::Container { container, port, protocol, .. }) => {
                item.text = format!("{container}:{port}{}", protocol.suffix());
            }
            Some(Card::Outside { node, dns_only, .. }) => {
                item.outside = node.is_none();
                item.note = match (node, dns_only) {
                    (Some(node), _) => words.card_node_process(node),
                    (None, true) => words.card_outside_dns(),
                    (None, false) => words.card_outside_unchecked(),
                };
            }
            _ => {}
        }
        item.socket = self.seen.insert(socket).then(|| socket.clone());
        item
    }

    /// Those of a Pod's containers that a socket leads to: by the port; a hostPort, whose card does not name it, by the line that it is on.
    fn containers(&self, from: &Socket, port: Option<&str>, all: Vec<&'a Socket>) -> Vec<&'a Socket> {
        let line = |socket: &Socket| self.cards.get(socket).map(|card| card.area().y);
        let leads = |own: &&&'a Socket| match port {
            Some(port) => self.port_of(own).as_deref() == Some(port),
            None => line(own) == line(from),
        };
        let found: Vec<&Socket> = all.iter().filter(leads).copied().collect();
        if found.is_empty() && port.is_none() { all } else { found }
    }

    /// The Pods and containers behind an endpoint or a hostPort, and the numbers of the containers' ports. Outside, only what is there.
    pub(super) fn behind(&mut self, socket: &'a Socket, pods: &mut Vec<Item>, numbers: &mut Vec<Item>) {
        let wanted = self.port_of(socket);
        for next in self.from(socket) {
            pods.push(self.item(next));
            if next.kind != SocketKind::PodIp {
                continue;
            }
            let containers = self.containers(socket, wanted.as_deref(), self.from(next));
            if containers.is_empty() {
                numbers.extend(wanted.iter().map(|port| Item::plain(port, self.text.card_not_declared())));
            }
            for container in containers {
                numbers.extend(self.port_of(container).map(|port| Item::plain(port, "")));
                pods.push(self.item(container));
            }
        }
    }
}
