//! What cannot be read of a filter, as a value: `words` has its sentences.

/// A word that is no term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterError {
    /// Where the word begins, in bytes.
    pub at: usize,
    /// The word, as written; of an unknown key, the key with its colon.
    pub word: String,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What is wrong with a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// There is no such key.
    Key,
    /// There is no such kind.
    Kind,
    /// There is no such type of Service.
    Type,
    /// There is no such state.
    State,
    /// It is no port, no range of ports and no port's name.
    Port,
    /// It is no IP address and no CIDR.
    Ip,
    /// It is no label.
    Label,
    /// A key, or a pair of quotes, with nothing in it.
    NoValue,
    /// An `or` or a negation with no term to go with it.
    NoTerm,
    /// A quote that does not end.
    Quote,
}
