//! Lays out one unit: its cards in their lanes, and the wires between them. The result depends only on the unit and the lanes.

mod node;
mod places;
mod pods;
mod service;
mod wires;

use super::area::{Area, size};
use super::card::{Card, LineCard};
use super::lanes::{LaneKind, Lanes};
use super::wire::Wire;
use crate::graph::socket::Socket;
use crate::graph::{Content, Parts, Summary, Unit, UnitKind};
use places::Places;

/// A unit that is laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The unit.
    pub unit: Unit,
    /// Its height in px, without the gap to the next group.
    pub height: i32,
    /// The wires. They are drawn behind the cards.
    pub wires: Vec<Wire>,
    /// The cards in the order in which a packet passes them. This is also the focus order.
    pub cards: Vec<Card>,
}

impl Group {
    /// Lays out a unit.
    pub(super) fn of(unit: Unit, lanes: &Lanes) -> Self {
        let (cards, wires) = match &unit.content {
            Content::Summary(summary) => (vec![line(&unit, summary, lanes)], Vec::new()),
            Content::Parts(parts) => {
                let mut layout = Layout::new(parts, lanes);
                match unit.key.kind {
                    UnitKind::Service => layout.service(),
                    UnitKind::HostPorts => layout.host_ports(),
                    UnitKind::Pods => layout.lone_pods(),
                    UnitKind::Node => layout.node(),
                }
                let wires = layout.wires();
                (layout.cards, wires)
            }
        };
        let height = cards.iter().map(|card| card.area().bottom()).max().unwrap_or(0);
        Self { unit, height, wires, cards }
    }

    /// Every socket on its cards.
    pub fn sockets(&self) -> impl Iterator<Item = &Socket> {
        self.cards.iter().flat_map(Card::sockets)
    }
}

fn line(unit: &Unit, summary: &Summary, lanes: &Lanes) -> Card {
    let x = lanes[LaneKind::Client].x;
    let area = Area { x, y: 0, w: lanes.right() - x, h: size::LINE };
    Card::Line(Box::new(LineCard { area, lanes: *lanes, summary: summary.clone(), trouble: unit.trouble.clone() }))
}

/// Builds a group.
struct Layout<'a> {
    parts: &'a Parts,
    lanes: &'a Lanes,
    /// The area of each part that is placed.
    places: Places,
    cards: Vec<Card>,
}

impl<'a> Layout<'a> {
    fn new(parts: &'a Parts, lanes: &'a Lanes) -> Self {
        Self { parts, lanes, places: Places::of(parts), cards: Vec::new() }
    }
}
