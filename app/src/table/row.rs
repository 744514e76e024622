//! The rows of the table: a unit of the graph as text. There is a row for each port of a Service, each hostPort, and each Pod that is
//! reached by its own IP only.
//!
//! The rows are a pure function of the unit: the unit's links tell which parts belong to a port. Each socket of the unit can be selected
//! in one row only; a later row with the same address has it as text.

mod build;
mod chain;
mod column;
mod items;
mod state;
#[cfg(test)]
mod tests;

use topology::graph::socket::Socket;
use topology::graph::{EndpointState, NodePart, Unit};

use crate::text::Words;
pub use column::{Cells, Column};

/// The meaning of a shape or word, which its colour repeats.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RowTone {
    /// No meaning.
    #[default]
    None,
    /// Ready.
    Ok,
    /// Partly not ready.
    Warn,
    /// Refused.
    Bad,
    /// Neither good nor bad.
    Quiet,
    /// Outside the cluster.
    Outside,
}

impl RowTone {
    /// The class of its colour.
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

/// One line of a cell: an address, a fold, or text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// The socket, if it can be selected.
    pub socket: Option<Socket>,
    /// Whether a click opens the group's folds instead of selecting.
    pub fold: bool,
    /// Its readiness, if it has one.
    pub state: Option<EndpointState>,
    /// Whether it is outside the cluster.
    pub outside: bool,
    /// The id of the shape before the text; empty for none.
    pub icon: &'static str,
    /// The tone of the shape.
    pub tone: RowTone,
    /// A name before the address.
    pub lead: String,
    /// The address, or other text in a fixed-width font.
    pub text: String,
    /// A remark after the text.
    pub note: String,
}

impl Item {
    /// A text that cannot be selected.
    fn plain(text: impl Into<String>, note: impl Into<String>) -> Self {
        Self { text: text.into(), note: note.into(), ..Self::default() }
    }

    /// Whether both are the same item of a cell, at two times.
    pub fn is(&self, other: &Self) -> bool {
        let texts = |item: &Self| item.lead == other.lead && item.text == other.text && item.note == other.note;
        self.socket == other.socket && (self.socket.is_some() || texts(self))
    }

    /// A key that is equal for items that are the same by [`Item::is`].
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
    /// The socket that a click on the row selects; `None` for a Pod without an IP.
    pub main: Option<Socket>,
    /// The name of the Service, Pod or Node.
    pub name: String,
    /// The Service's type, or the port's name.
    pub tag: String,
    /// The shape of its state.
    pub icon: &'static str,
    /// The tone of its state.
    pub tone: RowTone,
    /// Its state in one or two words, for example `2/3 ready`.
    pub state: String,
    /// The reasons and remarks of its state, as text.
    pub why: String,
    /// The ports that a packet passes, for example `30001 → 30080 → 80 → 80`.
    pub chain: String,
    /// The items of its cells.
    pub cells: Cells,
}

impl Row {
    /// Whether both are the same row of a group, at two times.
    pub fn is(&self, other: &Self) -> bool {
        self.main == other.main && (self.main.is_some() || self.name == other.name)
    }

    /// A key that is equal for rows that are the same by [`Row::is`].
    pub fn key(&self) -> String {
        self.main.as_ref().map_or_else(|| self.name.clone(), socket_key)
    }

    /// Whether this socket can be selected in the row.
    pub fn carries(&self, socket: &Socket) -> bool {
        self.main.as_ref() == Some(socket) || self.items().any(|item| item.socket.as_ref() == Some(socket))
    }

    fn items(&self) -> impl Iterator<Item = &Item> {
        self.cells.items()
    }
}

fn socket_key(socket: &Socket) -> String {
    format!("{} {} {}", socket.kind.as_str(), socket.address, socket.object_text())
}

/// The rows of a unit, in the order of its ports. A unit that is drawn as one line has no parts and so no rows.
pub fn rows(unit: &Unit, text: &Words) -> Vec<Row> {
    unit.parts().map(|parts| build::rows(parts, text)).unwrap_or_default()
}

/// The number of rows of a unit.
pub fn count(unit: &Unit) -> usize {
    unit.parts().map_or(0, build::count)
}

/// A row for each Node that has a card.
pub fn nodes(nodes: &[NodePart], text: &Words) -> Vec<Row> {
    let row = |node: &NodePart| {
        let ways = node.socket.iter().map(|socket| Item::plain(&socket.address, text.socket_name(socket.kind)));
        Row {
            main: node.socket.clone(),
            name: node.name.clone(),
            tag: text.table_node(),
            icon: if node.ready { "i-ready" } else { "i-unready" },
            tone: if node.ready { RowTone::Ok } else { RowTone::Warn },
            state: if node.ready { text.card_node_ready() } else { text.card_node_not_ready() },
            chain: node.socket.as_ref().map(|socket| socket.address.clone()).unwrap_or_default(),
            cells: Cells {
                ways: ways.collect(),
                pods: node.pod_cidrs.iter().map(|cidr| Item::plain(cidr, text.card_pod_cidr())).collect(),
                ..Cells::default()
            },
            ..Row::default()
        }
    };
    nodes.iter().map(row).collect()
}
