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

use std::ops::Deref;
#[cfg(any(test, feature = "ssr"))]
use std::sync::LazyLock;

use leptos::prelude::*;
use topology::trace::Outcome;
pub use words::{Language, Words};

pub use card::{CardWords, SocketWords};
pub use details::DetailsWords;
pub use find::FindWords;
pub use frame::{AskWords, FrameWords, KnownWords, LaneWords, LegendWords};
pub use inspect::{HopWords, InspectorWords, OutcomeWords, SummaryWords};
pub use table::TableWords;
pub use top::{HelpWords, StatusWords, TopWords};

#[cfg(doc)]
use topology::socket::SocketKind;

/// The English texts.
#[cfg(any(test, feature = "ssr"))]
pub static ENGLISH: LazyLock<Catalogue> = LazyLock::new(|| english::catalogue(Language::English.words()));
/// The Chinese texts.
#[cfg(any(test, feature = "ssr"))]
pub static CHINESE: LazyLock<Catalogue> = LazyLock::new(|| chinese::catalogue(Language::Chinese.words()));

/// All texts of one language.
pub struct Catalogue {
    /// The texts of the catalogue of words.
    pub words: &'static Words,
    /// The language.
    pub language: Language,
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

impl Deref for Catalogue {
    type Target = Words;

    fn deref(&self) -> &Words {
        self.words
    }
}

/// The texts of the page's language. Provided as a context value.
#[derive(Clone, Copy)]
pub struct PageText(pub &'static Catalogue);

impl PageText {
    /// The texts of a language, from the binary.
    #[cfg(any(test, feature = "ssr"))]
    pub fn embedded(language: Language) -> Self {
        Self(match language {
            Language::English => &ENGLISH,
            Language::Chinese => &CHINESE,
        })
    }

    /// The texts of a language, from the words that the browser has loaded.
    ///
    /// They are leaked: the page has one catalogue for as long as it is open, and every closure and every component refers to it. With a
    /// lifetime or a reference count each of them would carry it along.
    #[cfg(feature = "browser")]
    pub fn loaded(language: Language, words: Words) -> Self {
        let words = Box::leak(Box::new(words));
        Self(Box::leak(Box::new(match language {
            Language::English => english::catalogue(words),
            Language::Chinese => chinese::catalogue(words),
        })))
    }
}

/// The texts of the page's language; tests that provide none read English.
///
/// # Panics
///
/// Outside of the page, where no [`PageText`] is provided.
#[expect(clippy::expect_used, reason = "without texts there is no page")]
pub fn text() -> &'static Catalogue {
    let provided = use_context::<PageText>();
    #[cfg(test)]
    let provided = provided.or_else(|| Some(PageText::embedded(Language::English)));
    provided.expect("the texts are provided before any component").0
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

/// A count whose digits stand in groups of three: `1,212`.
pub fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
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
