//! Wires of a group: one for each link, from the place of its one part to that of the other.

use super::Layout;
use crate::graph::{Link, PartId};
use crate::picture::lanes::LaneKind;
use crate::picture::wire::{Pin, Wire};

/// From one trunk to the next where several ports have one each.
const APART: i32 = 6;
/// After so many ports a trunk is used again.
const TRUNKS: usize = 5;
/// The mark at the end of a broken path stands on the edge of its card, the wire ends before it.
const END_MARK: i32 = 8;

impl Layout<'_> {
    pub(super) fn wires(&self) -> Vec<Wire> {
        self.parts.links.iter().map(|link| self.wire(link)).collect()
    }

    fn wire(&self, link: &Link) -> Wire {
        let (from, to) = (self.places.area(link.from), self.places.area(link.to));
        let mark = if matches!(link.to, PartId::End(_)) { END_MARK } else { 0 };
        let from = Pin { x: from.right(), y: from.middle(), socket: self.parts.socket(link.from) };
        let to = Pin { x: to.x - mark, y: to.middle(), socket: self.parts.socket(link.to) };
        Wire::between(from, to, self.trunk(link), link.kind)
    }

    /// Where the wire of a link turns. Trunks of different ports stand apart, so that a wire can be followed by eye.
    fn trunk(&self, link: &Link) -> i32 {
        let lanes = self.lanes;
        match (link.from, link.to) {
            (_, PartId::Entry(_) | PartId::Client) => lanes[LaneKind::Node].trunk,
            (_, PartId::Port(port)) => {
                let (place, of) = self.place_of_port(port);
                let spread = (i32::try_from(of.min(TRUNKS)).unwrap_or_default() - 1) * APART;
                lanes[LaneKind::Service].trunk + place - spread / 2
            }
            (PartId::Port(port), PartId::Endpoint(_) | PartId::EndpointCount) => {
                lanes[LaneKind::Slice].trunk + self.place_of_port(port).0
            }
            (PartId::Name(_), _) | (_, PartId::Endpoint(_) | PartId::EndpointCount | PartId::End(_)) => {
                lanes[LaneKind::Slice].trunk
            }
            (_, PartId::ContainerPort(_)) => lanes[LaneKind::Container].trunk,
            (_, PartId::Name(_)) => lanes[LaneKind::Service].trunk,
            (_, PartId::Pod(_) | PartId::PodCount | PartId::Target(_)) => lanes[LaneKind::Pod].trunk,
        }
    }

    /// The trunk of a port among those of its Service, from the first, and the number of ports.
    fn place_of_port(&self, port: usize) -> (i32, usize) {
        let own = self.parts.services.iter().map(|service| &service.ports).find(|ports| ports.contains(&port));
        let own = own.cloned().unwrap_or(port..port + 1);
        (i32::try_from((port - own.start) % TRUNKS).unwrap_or_default() * APART, own.len())
    }
}
