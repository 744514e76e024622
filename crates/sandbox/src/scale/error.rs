//! What can be wrong with the numbers of the scenario `scale`.

/// A number of the scenario `scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScaleNumber {
    /// The number of Nodes.
    Nodes,
    /// The number of Pods.
    Pods,
    /// The number of Services.
    Services,
    /// The number of changes per second.
    Changes,
}

/// Why a text is not the numbers of the scenario `scale`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScaleError {
    /// There are fewer than three numbers, or more than four.
    NotThreeOrFour,
    /// A text is no number.
    NoNumber {
        /// The number that it should be.
        number: ScaleNumber,
        /// The text.
        text: String,
        /// The least number that is allowed.
        least: u32,
        /// The greatest number that is allowed.
        most: u32,
    },
    /// A number is out of its range.
    OutOfRange {
        /// The number.
        number: ScaleNumber,
        /// Its digits; they may be too many for any type.
        text: String,
        /// The least number that is allowed.
        least: u32,
        /// The greatest number that is allowed.
        most: u32,
    },
    /// The Nodes do not have room for the Pods.
    TooManyPods {
        /// The number of Pods.
        pods: u32,
        /// The number of Nodes.
        nodes: u32,
        /// Maximum number of Pods on one Node.
        pods_per_node: u32,
        /// The greatest number of Pods that these Nodes have room for.
        most_pods: u32,
        /// The least number of Nodes that have room for these Pods.
        least_nodes: u32,
    },
}
