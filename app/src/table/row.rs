//! The rows of the table: what a unit of the graph says, in words. One row per Service and port, per hostPort, and per Pod that
//! nothing leads to but its own IP.
//!
//! A pure function of the unit: what belongs to a port is what the unit's links join to it. Each socket of the unit is carried
//! once; where a later row says the same address again, it is text.

mod build;
mod chain;
mod items;
mod state;
#[cfg(test)]
mod tests;

use topology::graph::socket::Socket;
use topology::graph::{EndpointState, Unit};
use topology::picture::NodeCard;

use crate::text::Words;

/// How many cells follow a row's head.
pub const CELLS: usize = 6;

/// What a shape or a word means, which its colour repeats.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing.
    #[default]
    None,
    /// Ready.
    Ok,
    /// Some of it is not ready.
    Warn,
    /// Refused.
    Bad,
    /// Neither good nor bad.
    Quiet,
    /// Outside the cluster.
    Outside,
}

impl Tone {
    /// The class that gives it its colour.
    pub fn class(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Ok => "tone-ok",
            Self::Warn => "tone-warn",
            Self::Bad => "tone-bad",
            Self::Quiet => "tone-quiet",
            Self::Outside => "tone-ext",
        }
    }
}

/// One line of a cell: an address, a fold, or words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// The socket, if it can be selected.
    pub socket: Option<Socket>,
    /// Whether it opens the group's folds instead.
    pub fold: bool,
    /// Its readiness, if it has one.
    pub state: Option<EndpointState>,
    /// Whether it is outside the cluster.
    pub outside: bool,
    /// The shape before it, if any.
    pub icon: &'static str,
    /// The tone of the shape.
    pub tone: Tone,
    /// A name before the address.
    pub lead: String,
    /// The address, or other text in mono.
    pub text: String,
    /// A remark behind it.
    pub note: String,
}

impl Item {
    /// Text that does nothing.
    fn plain(text: impl Into<String>, note: impl Into<String>) -> Self {
        Self { text: text.into(), note: note.into(), ..Self::default() }
    }

    /// Whether it is the same item, in its cell, as at another time.
    pub fn is(&self, other: &Self) -> bool {
        let texts = |item: &Self| item.lead == other.lead && item.text == other.text && item.note == other.note;
        self.socket == other.socket && (self.socket.is_some() || texts(self))
    }

    /// A text that [`Item::is`] the same where the items are.
    pub fn key(&self) -> String {
        match &self.socket {
            Some(socket) => socket_key(socket),
            None => format!("{} {} {}", self.lead, self.text, self.note),
        }
    }
}

/// One row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// What is selected with the row; a Pod without an IP has none.
    pub main: Option<Socket>,
    /// The name of the Service, Pod or Node.
    pub name: String,
    /// What it is: the Service's type, the port's name.
    pub tag: String,
    /// The shape of its state.
    pub icon: &'static str,
    /// The tone of its state.
    pub tone: Tone,
    /// Its state in a word or two: `2/3 ready`.
    pub state: String,
    /// What is wrong or remarkable, in words.
    pub why: String,
    /// The ports that a packet passes, as `30001 → 30080 → 80 → 80`.
    pub chain: String,
    /// Ways in, Cluster IP and port, targetPort, containerPort, endpoints, Pods.
    pub cells: [Vec<Item>; CELLS],
}

impl Row {
    /// Whether it is the same row, in its group, as at another time.
    pub fn is(&self, other: &Self) -> bool {
        self.main == other.main && (self.main.is_some() || self.name == other.name)
    }

    /// A text that [`Row::is`] the same where the rows are.
    pub fn key(&self) -> String {
        self.main.as_ref().map_or_else(|| self.name.clone(), socket_key)
    }

    /// Whether it carries this socket.
    pub fn carries(&self, socket: &Socket) -> bool {
        self.main.as_ref() == Some(socket) || self.items().any(|item| item.socket.as_ref() == Some(socket))
    }

    fn items(&self) -> impl Iterator<Item = &Item> {
        self.cells.iter().flatten()
    }
}

fn socket_key(socket: &Socket) -> String {
    format!("{} {} {}", socket.kind.as_str(), socket.address, socket.object_text())
}

/// The rows of a unit, in the order of its ports. A unit in one line has none: the table lists parts.
pub fn rows(unit: &Unit, text: &Words) -> Vec<Row> {
    unit.parts().map(|parts| build::rows(parts, text)).unwrap_or_default()
}

/// The number of rows of a unit.
pub fn count(unit: &Unit) -> usize {
    unit.parts().map_or(0, build::count)
}

/// A row for each Node that has a card.
pub fn nodes(cards: &[NodeCard], text: &Words) -> Vec<Row> {
    let row = |card: &NodeCard| {
        let node = &card.node;
        Row {
            main: node.socket.clone(),
            name: node.name.clone(),
            tag: text.table_node(),
            icon: if node.ready { "i-ready" } else { "i-unready" },
            tone: if node.ready { Tone::Ok } else { Tone::Warn },
            state: if node.ready { text.card_node_ready() } else { text.card_node_not_ready() },
            chain: node.socket.as_ref().map(|socket| socket.address.clone()).unwrap_or_default(),
            cells: [
                node.socket.iter().map(|socket| Item::plain(&socket.address, text.socket_name(socket.kind))).collect(),
                Vec::new(),
                Vec::new(),
                Vec::new(),
                Vec::new(),
                node.pod_cidrs.iter().map(|cidr| Item::plain(cidr, text.card_pod_cidr())).collect(),
            ],
            ..Row::default()
        }
    };
    cards.iter().map(row).collect()
}
