//! Lays out Pods with their ports, targets that are not Pods, and groups that consist of Pods only.

use super::Layout;
use super::places::leads;
use crate::graph::{EntryPart, Link, Note, PartId};
use crate::picture::area::{Area, size};
use crate::picture::card::{
    Card, ClientCard, ContainerPortCard, CountCard, EntryCard, NodePortsCard, NoteCard, PodCard, TargetCard,
};
use crate::picture::lanes::LaneKind;

impl Layout<'_> {
    /// Lays out a group of hostPorts: wires lead directly from the Node to the Pod.
    pub(super) fn host_ports(&mut self) {
        if self.parts.entries.is_empty() {
            return self.lone_pods();
        }
        let rows = i32::try_from(self.parts.entries.len()).unwrap_or_default();
        let middle = size::CARD / 2 + (rows - 1).max(0) * size::PITCH / 2;
        self.client(middle);
        for n in 0..self.parts.entries.len() {
            self.entry(n, size::CARD / 2 + i32::try_from(n).unwrap_or_default() * size::PITCH);
        }
        self.behind();
        self.host_port_note(middle);
    }

    /// Lays out a group of Pods that no Service and no hostPort leads to.
    pub(super) fn lone_pods(&mut self) {
        if let Some(readiness) = self.parts.pod_count {
            let area = self.lanes[LaneKind::Pod].row(size::CARD / 2);
            self.cards.push(Card::PodCount(CountCard { area, readiness }));
        }
        self.pods_below(size::CARD / 2, 0..self.parts.pods.len());
    }

    pub(super) fn client(&mut self, middle: i32) {
        let area = self.lanes[LaneKind::Client].row(middle);
        self.places.client = area;
        self.cards.push(Card::Client(ClientCard { area, entries: self.parts.entry_sockets().cloned().collect() }));
    }

    pub(super) fn entry(&mut self, n: usize, middle: i32) {
        let area = self.lanes[LaneKind::Node].row(middle);
        self.places.entries[n] = area;
        self.cards.push(match &self.parts.entries[n] {
            EntryPart::Address(entry) => Card::Entry(EntryCard { area, entry: entry.clone() }),
            EntryPart::UnlistedNodes(unlisted) => Card::NodePorts(NodePortsCard { area, unlisted: *unlisted }),
        });
    }

    /// Places the note on the wires that lead directly from a Node to a Pod.
    pub(super) fn host_port_note(&mut self, middle: i32) {
        let x = self.lanes[LaneKind::Node].right();
        let w = self.lanes[LaneKind::Pod].x - x;
        let area = Area { x, y: middle - size::CARD / 2, w, h: size::CARD };
        self.cards.push(Card::Note(NoteCard { area, note: Note::HostPort }));
    }

    /// Places the Pods with their ports, then the other targets. The endpoints and hostPorts that lead to them must be placed before.
    pub(super) fn behind(&mut self) {
        for (pod, leads) in leads(self.parts).into_iter().enumerate().filter(|(_, leads)| !leads.is_empty()) {
            self.pod(pod, self.middle_of_first(&leads));
            for link in &leads {
                let Some(n) = link.container_port else { continue };
                // A container port has the height of the first line that leads to it.
                if self.places.container_ports[n] == Area::default() {
                    self.container_port(n, self.places.area(link.from).middle());
                }
            }
        }
        for link in &self.parts.links {
            let PartId::Target(n) = link.to else { continue };
            let area = self.lanes.targets().row(self.places.area(link.from).middle());
            self.places.targets[n] = area;
            self.cards.push(Card::Target(TargetCard { area, target: self.parts.targets[n].clone() }));
        }
    }

    /// The y coordinate of a Pod's middle: the middle of those of its lines that belong to its first slice.
    fn middle_of_first(&self, leads: &[Link]) -> i32 {
        let slice = |link: &Link| match link.from {
            PartId::Endpoint(n) => self.parts.slices.iter().position(|slice| slice.endpoints.contains(&n)),
            _ => None,
        };
        let first = leads.first().and_then(slice);
        let near = leads.iter().take_while(|link| slice(link) == first);
        let middles: Vec<i32> = near.map(|link| self.places.area(link.from).middle()).collect();
        (middles.first().copied().unwrap_or(0) + middles.last().copied().unwrap_or(0)) / 2
    }

    /// Stacks Pods, each centred on its ports. The middle of the first row is at `y`. Returns the middle of the next free row.
    pub(super) fn pods_below(&mut self, mut y: i32, pods: impl Iterator<Item = usize>) -> i32 {
        let links = self.parts.links_by_source();
        for pod in pods {
            let ports = links.get(&PartId::Pod(pod)).map(Vec::as_slice).unwrap_or_default();
            let rows = i32::try_from(ports.len().max(1)).unwrap_or_default();
            self.pod(pod, y + (rows - 1) * size::PITCH / 2);
            for (row, link) in (0..).zip(ports) {
                if let PartId::ContainerPort(n) = link.to {
                    self.container_port(n, y + row * size::PITCH);
                }
            }
            y += rows * size::PITCH;
        }
        y
    }

    fn pod(&mut self, n: usize, middle: i32) {
        let area = self.lanes[LaneKind::Pod].row(middle);
        self.places.pods[n] = area;
        self.cards.push(Card::Pod(PodCard { area, pod: self.parts.pods[n].clone() }));
    }

    fn container_port(&mut self, n: usize, middle: i32) {
        let area = self.lanes[LaneKind::Container].row(middle);
        self.places.container_ports[n] = area;
        self.cards.push(Card::ContainerPort(ContainerPortCard { area, port: self.parts.container_ports[n].clone() }));
    }
}
