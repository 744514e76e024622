//! Lays out a Node: its card, then the Services, hostPorts and Pods on it, one below the other.

use super::Layout;
use super::places::leads;
use super::service::Free;
use crate::graph::PartId;
use crate::picture::area::{Area, size};
use crate::picture::card::{Card, CountCard, NodeCard, ServicePortCard, UnlistedEntriesCard};
use crate::picture::lanes::LaneKind;

/// Height of a Node's card in px. It has three lines of text: name, address and Pod CIDR.
const NODE_CARD: i32 = size::CARD + 16;
/// Height of the reason above a card where packets end, in px.
const REASON: i32 = 16;
/// Space between two cards of one lane, in px.
const BETWEEN: i32 = size::PITCH - size::CARD;

impl Layout<'_> {
    /// Lays out the group of a Node.
    pub(super) fn node(&mut self) {
        let Some(node) = &self.parts.node else { return };
        let lane = self.lanes[LaneKind::Node];
        let area = Area { x: lane.x, y: 0, w: lane.width, h: NODE_CARD };
        self.cards.push(Card::Node(NodeCard { area, node: node.clone() }));
        if let Some(readiness) = self.parts.pod_count {
            let area = self.lanes[LaneKind::Pod].row(area.middle());
            self.places.pod_count = area;
            self.cards.push(Card::PodCount(CountCard { area, readiness }));
        }
        if !self.parts.entries.is_empty() {
            self.client(area.middle());
        }
        let below = Free { entries: area.bottom() + BETWEEN, right: 0 };
        let below = self.services_here(below);
        let below = self.host_ports_here(below);
        let below = self.pods_here(below);
        let below = self.services_elsewhere(below);
        self.unlisted_entries(below.entries);
        self.behind();
    }

    /// Places the Services that have endpoints on the Node.
    fn services_here(&mut self, mut free: Free) -> Free {
        for n in 0..self.parts.services.len() {
            if !self.parts.services[n].elsewhere {
                let below = self.service_block(n, free);
                let between = if self.parts.services[n].entries.is_empty() { 0 } else { BETWEEN };
                // The gap has room for the name above the next Service's card.
                free = Free { entries: below.entries + between, right: below.right + size::GAP };
            }
        }
        free
    }

    /// Places the hostPorts. Their wires cross the lanes of Services and slices, so these lanes stay empty at that height.
    fn host_ports_here(&mut self, free: Free) -> Free {
        let of_service = |n: &usize| self.parts.services.iter().any(|service| service.entries.contains(n));
        let own: Vec<usize> = (0..self.parts.entries.len()).filter(|n| !of_service(n)).collect();
        if own.is_empty() {
            return free;
        }
        let first = free.entries.max(free.right) + size::CARD / 2;
        for (row, n) in (0..).zip(&own) {
            self.entry(*n, first + row * size::PITCH);
        }
        self.host_port_note(first);
        let below = first + i32::try_from(own.len()).unwrap_or_default() * size::PITCH - size::CARD / 2;
        Free { entries: below, right: below }
    }

    /// Places the Pods that no Service and no hostPort leads to.
    fn pods_here(&mut self, free: Free) -> Free {
        let leads = leads(self.parts);
        let lone: Vec<usize> = (0..self.parts.pods.len()).filter(|n| leads[*n].is_empty()).collect();
        if lone.is_empty() {
            return free;
        }
        let below = self.pods_below(free.right + size::CARD / 2, lone.into_iter());
        Free { right: below - size::CARD / 2, ..free }
    }

    /// Places the nodePorts of Services without endpoints on this Node, with the Service port and the end of the path.
    fn services_elsewhere(&mut self, mut free: Free) -> Free {
        for n in 0..self.parts.services.len() {
            if self.parts.services[n].elsewhere {
                free = self.service_elsewhere(n, free);
            }
        }
        free
    }

    fn service_elsewhere(&mut self, n: usize, free: Free) -> Free {
        let service = &self.parts.services[n];
        let above = if service.end.is_some() { REASON } else { 0 };
        let mut y = free.entries.max(free.right + above) + size::CARD / 2;
        let first = y;
        for port in service.ports.clone() {
            let leads = |entry: &usize| {
                let link = (PartId::Entry(*entry), PartId::Port(port));
                self.parts.links.iter().any(|own| (own.from, own.to) == link)
            };
            let entries: Vec<usize> = service.entries.clone().filter(leads).collect();
            let rows = i32::try_from(entries.len().max(1)).unwrap_or_default();
            for (row, entry) in (0..).zip(entries) {
                self.entry(entry, y + row * size::PITCH);
            }
            let area = self.lanes[LaneKind::Service].row(y + (rows - 1) * size::PITCH / 2);
            self.places.ports[port] = area;
            let (service, port) = (service.service.clone(), self.parts.ports[port].clone());
            self.cards.push(Card::ServicePort(ServicePortCard { area, service, port }));
            y += rows * size::PITCH;
        }
        if let Some(end) = service.end {
            self.end(end, (first + y - size::PITCH) / 2);
        }
        Free { entries: y - size::CARD / 2, right: y - size::CARD / 2 }
    }

    fn unlisted_entries(&mut self, top: i32) {
        let Some(unlisted) = self.parts.unlisted_entries else { return };
        let area = self.lanes[LaneKind::Node].row(top + size::CARD / 2);
        self.cards.push(Card::UnlistedEntries(UnlistedEntriesCard { area, unlisted }));
    }
}
