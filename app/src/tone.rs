//! The tone of an answer: what its colour and its shape say. The verdict, the tables of the inspector and the terminal take it from here.

#[cfg(test)]
mod tests;

use topology::path::answer::{Arrival, Evaluation, Outcome};

/// What the colour and the shape of an answer say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Packets and their replies arrive.
    Path,
    /// An endpoint is chosen and it is not known whether packets and replies arrive, or it is not known which rule applies.
    Warn,
    /// Packets are refused or dropped, or every connection fails.
    Bad,
    /// kube-proxy has no rule, or the known facts do not decide.
    Quiet,
}

impl Tone {
    /// The tone of an evaluation.
    pub fn of(evaluation: &Evaluation) -> Self {
        match Self::of_outcome(evaluation.outcome) {
            Self::Path => Self::of_arrival(evaluation.arrival()),
            tone => tone,
        }
    }

    /// The tone of packets to chosen endpoints.
    pub(crate) fn of_arrival(arrival: Arrival) -> Self {
        match arrival {
            Arrival::Always => Self::Path,
            Arrival::Sometimes | Arrival::NotKnown => Self::Warn,
            Arrival::Never => Self::Bad,
        }
    }

    /// The tone of an outcome whose chosen endpoints are all reached.
    pub(crate) fn of_outcome(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Endpoints | Outcome::HostPort | Outcome::Direct => Self::Path,
            Outcome::Reject | Outcome::Drop | Outcome::PolicyDeny => Self::Bad,
            Outcome::Ambiguous => Self::Warn,
            Outcome::Unhandled | Outcome::Unknown => Self::Quiet,
        }
    }

    /// The class of a text in its colour.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Path => "tone-path",
            Self::Warn => "tone-warn",
            Self::Bad => "tone-bad",
            Self::Quiet => "tone-quiet",
        }
    }

    /// The class of a verdict's box; the box of [`Tone::Path`] has none.
    pub(crate) fn box_class(self) -> &'static str {
        match self {
            Self::Path => "",
            Self::Warn => "warn",
            Self::Bad => "bad",
            Self::Quiet => "open",
        }
    }

    /// The id of its shape.
    pub(crate) fn icon(self) -> &'static str {
        match self {
            Self::Path => "i-ready",
            Self::Warn => "i-warning",
            Self::Bad => "i-error",
            Self::Quiet => "i-unknown",
        }
    }
}
