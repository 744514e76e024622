//! Lays out a Service: its entries on the left, then the Service, its slices, Pods and containers.

use super::Layout;
use crate::cluster::facts::ServiceType;
use crate::graph::{Note, Readiness, ServicePart};
use crate::picture::area::{Area, size};
use crate::picture::card::{Card, CountCard, EndCard, EndpointCard, NoteCard, PortRow, ServiceCard, SliceCard};
use crate::picture::lanes::LaneKind;

/// The first free y coordinate in px, for the lane of entries and for the lanes to its right.
#[derive(Clone, Copy, Default)]
pub(super) struct Free {
    pub(super) entries: i32,
    pub(super) right: i32,
}

/// Vertical position of a Service's rows, in px.
struct Rows {
    /// The top of the Service's card.
    top: i32,
    /// The y coordinate on which entries and endpoints are centred.
    centre: i32,
}

/// Height of a note below the slices, in px.
const REMARK: i32 = 20;

impl Layout<'_> {
    /// Lays out the group of a Service.
    pub(super) fn service(&mut self) {
        let Some(service) = self.parts.services.first() else { return };
        let rows = self.rows(service, Free::default());
        if !service.entries.is_empty() {
            self.client(rows.centre);
        }
        self.service_block(0, Free::default());
        self.behind();
        self.evidence(rows.centre);
        if self.parts.slices_unknown {
            let slices = self.lanes[LaneKind::Slice];
            let area = Area { x: slices.x, y: rows.top, w: slices.width, h: size::CARD };
            self.cards.push(Card::Note(NoteCard { area, note: Note::NotKnown }));
        }
    }

    /// Entries and endpoints are centred on the Service's port rows. A column of endpoints that is longer than the column of entries grows
    /// downwards only, so that the Service and its entries do not move when the number of endpoints changes (design §1.6).
    fn rows(&self, service: &ServicePart, free: Free) -> Rows {
        let ports = i32::try_from(service.ports.len()).unwrap_or_default();
        let to_centre = size::CARD / 2 + if ports > 0 { size::PITCH * (ports + 1) / 2 } else { 0 };
        let above = match service.entries.is_empty() {
            true => 0,
            false => free.entries + span(service.entries.len()) / 2 + size::CARD / 2 - to_centre,
        };
        let top = above.max(free.right);
        Rows { top, centre: top + to_centre }
    }

    /// Places a Service with its entries and its endpoints (or their number, or the DNS note of an ExternalName). [`Layout::behind`] places
    /// the Pods later. Returns the free positions below.
    pub(super) fn service_block(&mut self, n: usize, free: Free) -> Free {
        let service = &self.parts.services[n];
        let Rows { top, centre } = self.rows(service, free);
        let first = centre - span(service.entries.len()) / 2;
        for (row, entry) in (0..).zip(service.entries.clone()) {
            self.entry(entry, first + row * size::PITCH);
        }
        self.service_card(n, top);
        let mut bottom = self.cards.last().map_or(top, |card| card.area().bottom());
        if service.service_type == ServiceType::ExternalName {
            let area = self.lanes[LaneKind::Slice].row(centre);
            self.cards.push(Card::Note(NoteCard { area, note: Note::CName }));
        } else if let Some(readiness) = self.parts.endpoint_count {
            bottom = bottom.max(self.counts(centre, readiness, service.end));
        } else {
            let first = (centre - self.slices_span(service) / 2).max(free.right + size::CARD / 2);
            bottom = bottom.max(self.endpoints(service, first));
        }
        let entries_end = service.entries.clone().last().map(|last| self.places.entries[last].bottom());
        Free { entries: entries_end.unwrap_or(free.entries), right: bottom }
    }

    fn service_card(&mut self, n: usize, top: i32) {
        let service = &self.parts.services[n];
        let lane = self.lanes[LaneKind::Service];
        let header = Area { x: lane.x, y: top, w: lane.width, h: size::CARD };
        self.places.services[n] = header;
        let mut rows = Vec::with_capacity(service.ports.len());
        for (row, port) in (1..).zip(service.ports.clone()) {
            let area = lane.row(top + size::CARD / 2 + size::PITCH * row);
            self.places.ports[port] = area;
            rows.push(PortRow { y: area.middle(), port: self.parts.ports[port].clone() });
        }
        self.cards.push(Card::Service(ServiceCard {
            area: Area { h: size::CARD + size::PITCH * i32::try_from(rows.len()).unwrap_or_default(), ..header },
            service: service.service.clone(),
            service_type: service.service_type,
            headless: service.headless,
            dns: service.dns.clone(),
            cluster_ips: service.cluster_ips.clone(),
            readiness: service.readiness,
            stopped: service.stopped,
            ports: rows,
        }));
    }

    /// Places the counts of endpoints and Pods. Returns the lower edge in px.
    fn counts(&mut self, y: i32, readiness: Readiness, end: Option<usize>) -> i32 {
        let area = self.lanes[LaneKind::Slice].row(y);
        self.places.endpoint_count = area;
        self.cards.push(Card::EndpointCount(CountCard { area, readiness }));
        if let Some(readiness) = self.parts.pod_count {
            let area = self.lanes[LaneKind::Pod].row(y);
            self.places.pod_count = area;
            self.cards.push(Card::PodCount(CountCard { area, readiness }));
        }
        match end {
            Some(end) => self.end(end, y + size::PITCH + size::GAP),
            None => area.bottom(),
        }
    }

    /// Distance from the middle of the first line to the middle of the last line in px, including the gaps between slices.
    fn slices_span(&self, service: &ServicePart) -> i32 {
        let slices = &self.parts.slices[service.slices.clone()];
        let lines = slices.iter().map(|slice| slice.endpoints.len()).sum();
        let gaps = i32::try_from(slices.len()).unwrap_or_default() - 1;
        span(lines) + gaps.max(0) * size::GAP
    }

    /// Places the slices with a line for each endpoint, and the end of ports without an endpoint. The middle of the first line is at `y`.
    /// Returns the lower edge in px.
    fn endpoints(&mut self, service: &ServicePart, mut y: i32) -> i32 {
        let lane = self.lanes[LaneKind::Slice];
        let (mut frames, mut lines) = (Vec::new(), Vec::new());
        let mut bottom = y - size::CARD / 2;
        for (n, slice) in self.parts.slices[service.slices.clone()].iter().enumerate() {
            y += if n > 0 { size::GAP } else { 0 };
            let top = y - size::CARD / 2;
            for (row, own) in slice.endpoints.clone().enumerate() {
                let area = lane.row(y);
                self.places.endpoints[own] = area;
                let endpoint = self.parts.endpoints[own].clone();
                lines.push(Card::Endpoint(EndpointCard { area, first: row == 0, endpoint }));
                bottom = area.bottom();
                y += size::PITCH;
            }
            let area = Area { x: lane.x, y: top, w: lane.width, h: bottom - top };
            frames.push(Card::Slice(SliceCard { area, slice: slice.slice.clone(), writer: slice.writer.clone() }));
        }
        let any = !lines.is_empty();
        self.cards.extend(frames.into_iter().chain(lines));
        // The end stands below the endpoints, so that no endpoint moves when the end appears.
        match service.end {
            Some(end) => self.end(end, if any { y + size::GAP } else { y }),
            None => bottom,
        }
    }

    /// Places the card where packets end. Returns its lower edge in px.
    pub(super) fn end(&mut self, n: usize, y: i32) -> i32 {
        let area = self.lanes[LaneKind::Slice].row(y);
        self.places.ends[n] = area;
        self.cards.push(Card::End(EndCard { area, end: self.parts.ends[n].clone() }));
        area.bottom()
    }

    /// Places the note about the Endpoints object below the last card in the lane of slices, or at `y` if that lane is empty.
    fn evidence(&mut self, y: i32) {
        let Some(evidence) = self.parts.evidence else { return };
        let lane = self.lanes[LaneKind::Slice];
        let in_lane = self.cards.iter().map(|card| card.area()).filter(|area| area.x == lane.x);
        let top = in_lane.map(|area| area.bottom()).max().unwrap_or(y);
        let note = Note::Endpoints { addresses: evidence.addresses, mirrored: evidence.mirrored };
        let area = Area { x: lane.x, y: top, w: lane.width, h: REMARK };
        self.cards.push(Card::Note(NoteCard { area, note }));
    }
}

/// Distance from the middle of the first row to the middle of the last row, in px.
fn span(rows: usize) -> i32 {
    (i32::try_from(rows).unwrap_or_default() - 1).max(0) * size::PITCH
}
