//! How a reader wants to see the cluster.

use crate::find::filter::Filter;

/// How much of a group is drawn (design §5).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Detail {
    /// One line.
    Line,
    /// Addresses, Pods and Nodes stacked with their counts.
    Folded,
    /// Every Node of a few, every endpoint, Pod and container of a group of ten.
    #[default]
    Full,
}

/// What groups of the picture are about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Arrangement {
    /// One Service each, by namespace.
    #[default]
    Service,
    /// One Node each, with what is on it; then what is on no Node.
    Node,
}

/// How a reader wants to see the cluster.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Only groups of these namespaces are drawn; `None` for all.
    pub only: Option<Vec<String>>,
    /// How much of each group is drawn.
    pub detail: Detail,
    /// What groups are about.
    pub arrangement: Arrangement,
    /// Only what this filter holds for is drawn.
    pub find: Filter,
    /// What this filter holds for is left out, unless it is empty.
    pub hide: Filter,
    /// Only what something is wrong with is drawn.
    pub troubled: bool,
}
