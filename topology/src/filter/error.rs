use std::fmt;

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

impl Problem {
    /// What is wrong, and what would be right, after the word itself.
    fn text(self) -> &'static str {
        match self {
            Self::Key => "is no key; keys are kind, ns, name, label, port, ip, node, type, is",
            Self::Kind => "is no kind; kinds are service, pod, node, slice, endpoint, hostport",
            Self::Type => "is no type of Service; types are NodePort, ClusterIP, LoadBalancer, ExternalName, headless",
            Self::State => "is no state; states are ready, not-ready, terminating, outside, empty",
            Self::Port => "is no port; write a number from 1 to 65535, a range as 8000-8100, or a port's name",
            Self::Ip => "is no IP address or CIDR",
            Self::Label => "is no label; write label:KEY or label:KEY=VALUE",
            Self::NoValue => "is empty; write as in ns:default",
            Self::NoTerm => "has no term to go with; write as in not ns:default, or ns:a or ns:b",
            Self::Quote => "has no closing quote",
        }
    }
}

impl fmt::Display for FilterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`")?;
        f.write_str(&self.word)?;
        f.write_str("` ")?;
        f.write_str(self.problem.text())
    }
}

impl std::error::Error for FilterError {}
