//! Wires of a group: one for each link, between the areas of its two parts.

use super::Layout;
use crate::graph::{Link, PartId};
use crate::picture::lanes::LaneKind;
use crate::picture::wire::{Pin, Wire};

/// Horizontal distance between the trunks of two adjacent ports, in px.
const APART: i32 = 6;
/// Number of distinct trunks of a Service. Port `n` uses trunk `n % TRUNKS`.
const TRUNKS: usize = 5;
/// Distance between the end of a wire and the card where packets end, in px. The mark of a broken path fills this space.
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

    /// The x coordinate where the wire of a link turns. Different ports have different trunks, so that their wires do not overlap.
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

    /// Distance of a port's trunk from the first trunk of its Service in px, and the number of ports of the Service.
    fn place_of_port(&self, port: usize) -> (i32, usize) {
        let own = self.parts.services.iter().map(|service| &service.ports).find(|ports| ports.contains(&port));
        let own = own.cloned().unwrap_or(port..port + 1);
        (i32::try_from((port - own.start) % TRUNKS).unwrap_or_default() * APART, own.len())
    }
}
