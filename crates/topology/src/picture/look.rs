//! The reader's settings of the picture.

use std::collections::BTreeSet;

use crate::find::filter::Filter;

/// How much of a group is drawn (design §5).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Detail {
    /// One line.
    Line,
    /// Addresses, Pods and Nodes stacked with their counts.
    Folded,
    /// Nodes, endpoints, Pods and containers are listed, up to the numbers in [`Limits::LISTED`](crate::graph::Limits::LISTED).
    #[default]
    Full,
}

/// The objects by which the picture is grouped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Arrangement {
    /// One group for each Service, sorted by namespace.
    #[default]
    Service,
    /// One group for each Node with the objects on it, then groups of objects on no Node.
    Node,
}

/// The reader's settings of the picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Draws only groups of these namespaces; `None` for all.
    pub only: Option<Vec<String>>,
    /// The detail of each group.
    pub detail: Detail,
    /// The objects by which the picture is grouped.
    pub arrangement: Arrangement,
    /// Draws only units that match this filter.
    pub find: Filter,
    /// Excludes units that match this filter. An empty filter excludes nothing.
    pub hide: Filter,
    /// Draws only units with a trouble.
    pub troubled: bool,
    /// Namespaces whose groups are folded away. Has no effect on the arrangement by Node.
    pub closed: BTreeSet<String>,
}
