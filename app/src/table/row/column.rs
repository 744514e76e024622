//! The columns of the table after a row's head, and the items of a row in each of them.

use super::Item;
use crate::text::Words;

/// A column after the head of the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Ways in: nodePorts, external IPs and load balancer IPs, DNS names.
    Ways,
    /// Cluster IP and port.
    Port,
    /// targetPort.
    Target,
    /// containerPort.
    Container,
    /// Endpoints. The cell shows the row's state too.
    Endpoints,
    /// Pods.
    Pods,
}

impl Column {
    /// Every column, in its order on the page.
    pub const ALL: [Self; 6] = [Self::Ways, Self::Port, Self::Target, Self::Container, Self::Endpoints, Self::Pods];

    /// The class of its cells.
    pub fn class(self) -> &'static str {
        match self {
            Self::Ways => "ways",
            Self::Port => "port",
            Self::Target => "target",
            Self::Container => "container",
            Self::Endpoints => "endpoints",
            Self::Pods => "pods",
        }
    }

    /// Its heading.
    pub fn heading(self, words: &Words) -> String {
        match self {
            Self::Ways => words.table_ways_in(),
            Self::Port => words.table_cluster_ip_port(),
            Self::Target => words.table_target_port(),
            Self::Container => words.table_container_port(),
            Self::Endpoints => words.table_endpoints(),
            Self::Pods => words.table_pods(),
        }
    }
}

/// The items of a row by column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cells {
    /// Items of [`Column::Ways`].
    pub ways: Vec<Item>,
    /// Items of [`Column::Port`].
    pub port: Vec<Item>,
    /// Items of [`Column::Target`].
    pub target: Vec<Item>,
    /// Items of [`Column::Container`].
    pub container: Vec<Item>,
    /// Items of [`Column::Endpoints`].
    pub endpoints: Vec<Item>,
    /// Items of [`Column::Pods`].
    pub pods: Vec<Item>,
}

impl Cells {
    /// The items of a column.
    pub fn of(&self, column: Column) -> &[Item] {
        match column {
            Column::Ways => &self.ways,
            Column::Port => &self.port,
            Column::Target => &self.target,
            Column::Container => &self.container,
            Column::Endpoints => &self.endpoints,
            Column::Pods => &self.pods,
        }
    }

    /// The items of every column, in the order of the columns.
    pub(super) fn items(&self) -> impl Iterator<Item = &Item> {
        Column::ALL.into_iter().flat_map(|column| self.of(column))
    }

    /// The lists of items of every column.
    pub(super) fn lists_mut(&mut self) -> [&mut Vec<Item>; Column::ALL.len()] {
        let Self { ways, port, target, container, endpoints, pods } = self;
        [ways, port, target, container, endpoints, pods]
    }
}
