//! Every text that the page shows, one [`Catalogue`] per language.
//!
//! The compiler checks that a language is complete: a catalogue has all fields, and matches over [`SocketKind`] or [`Outcome`] have
//! all arms. Kubernetes' own terms (nodePort, EndpointSlice, Cluster IP) stay as they are in every language.

mod card;
mod chinese;
mod details;
mod english;
mod find;
mod frame;
mod inspect;
mod table;
#[cfg(test)]
mod tests;
mod top;

use leptos::prelude::*;
use topology::trace::Outcome;

pub use card::{CardWords, SocketWords};
pub use chinese::CHINESE;
pub use details::DetailsWords;
pub use english::ENGLISH;
pub use find::FindWords;
pub use frame::{AskWords, FrameWords, KnownWords, LaneWords, LegendWords};
pub use inspect::{HopWords, InspectorWords, OutcomeWords, SummaryWords};
pub use table::TableWords;
pub use top::{HelpWords, StatusWords, TopWords};

#[cfg(doc)]
use topology::socket::SocketKind;

/// All texts of one language.
pub struct Catalogue {
    /// The language's tag, for `<html lang>`.
    pub tag: &'static str,
    /// Around the picture: top bar, strip for trouble, labels of the landmarks.
    pub frame: FrameWords,
    /// The top bar's menus and buttons.
    pub top: TopWords,
    /// How fresh the data is.
    pub status: StatusWords,
    /// The help.
    pub help: HelpWords,
    /// The From and To bar.
    pub ask: AskWords,
    /// Search and filters.
    pub find: FindWords,
    /// The heads of the lanes.
    pub lanes: LaneWords,
    /// The legend.
    pub legend: LegendWords,
    /// On the cards, and beside wires.
    pub card: CardWords,
    /// What a socket is.
    pub socket: SocketWords,
    /// How well something is known.
    pub known: KnownWords,
    /// What happens to a packet.
    pub outcome: OutcomeWords,
    /// The steps of a packet.
    pub hop: HopWords,
    /// The inspector with a selection.
    pub inspector: InspectorWords,
    /// The inspector without one.
    pub summary: SummaryWords,
    /// The table.
    pub table: TableWords,
    /// What is told of an object, problems, and what a reader takes away.
    pub details: DetailsWords,
}

/// The language that the page is in. Provided as a context value; without one it is English.
#[derive(Clone, Copy)]
pub struct Language(pub &'static Catalogue);

impl Language {
    /// The language of a tag, as in `lang=` and `<html lang>`: Chinese for `zh` and whatever begins with it, else English.
    pub fn of(tag: &str) -> Self {
        let chinese = tag.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("zh"));
        Self(if chinese { &CHINESE } else { &ENGLISH })
    }
}

/// The texts of the page's language.
pub fn text() -> &'static Catalogue {
    use_context::<Language>().map_or(&ENGLISH, |language| language.0)
}

/// A share of new connections: `1/3` where it is one of equal parts, else a percentage.
pub fn share(probability: f64) -> String {
    let parts = (1.0 / probability).round();
    if probability > 0.0 && (1.0 / probability - parts).abs() < 1e-6 {
        format!("1/{}", parts as u32)
    } else {
        format!("{} %", (probability * 100.0).round_ties_even() as u32)
    }
}

/// A number with one decimal. Formatting an `f64` itself would be a hundredth of the page's module.
pub fn tenths(number: f64) -> String {
    let tenths = (number.abs() * 10.0).round() as u32;
    let sign = if number < 0.0 && tenths > 0 { "-" } else { "" };
    format!("{sign}{}.{}", tenths / 10, tenths % 10)
}

/// The time of day of a moment in milliseconds since the Unix epoch. In UTC, so that server and browser say the same.
pub fn clock(ms: i64) -> String {
    let seconds = ms.div_euclid(1000).rem_euclid(86_400);
    format!("{:02}:{:02}:{:02} UTC", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// Which shape goes with an outcome.
pub fn outcome_icon(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Endpoints | Outcome::HostPort | Outcome::Direct => "i-ready",
        Outcome::Reject | Outcome::Drop | Outcome::PolicyDeny => "i-error",
        Outcome::Ambiguous => "i-warning",
        Outcome::Unhandled | Outcome::Unknown => "i-unknown",
    }
}
