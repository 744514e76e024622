//! Errors of a filter text as values. `words` has their sentences.

/// A word that is not a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterError {
    /// Byte offset of the word.
    pub at: usize,
    /// The word as written. For an unknown key, only the key with its colon.
    pub word: String,
    /// The problem of the word.
    pub problem: FilterProblem,
}

/// The problem of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilterProblem {
    /// The key does not exist.
    Key,
    /// The kind does not exist.
    Kind,
    /// The type of Service does not exist.
    Type,
    /// The state does not exist.
    State,
    /// The value is not a port, a range of ports or a port name.
    Port,
    /// The value is not an IP address or a CIDR.
    Ip,
    /// The value is not a label.
    Label,
    /// A key or a pair of quotes has an empty value.
    NoValue,
    /// An `or` or a negation has no term.
    NoTerm,
    /// A quote has no end.
    Quote,
}
