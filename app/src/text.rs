//! The texts of the page in the reader's language, from [`words`], and the formats of numbers.

#[cfg(test)]
mod tests;

use leptos::prelude::*;
pub use words::{Language, Words};

/// The page's language and its texts. Provided as a context value.
#[derive(Clone, Copy)]
pub struct PageText {
    /// The language.
    pub language: Language,
    /// Its texts.
    pub words: &'static Words,
}

impl PageText {
    /// A language and its texts.
    pub fn new(language: Language, words: &'static Words) -> Self {
        Self { language, words }
    }

    /// The provided context value. Tests without one get English texts.
    #[expect(clippy::expect_used, reason = "without texts there is no page")]
    fn provided() -> Self {
        let provided = use_context::<Self>();
        #[cfg(test)]
        let provided = provided.or_else(|| Some(Self::new(Language::English, Language::English.words())));
        provided.expect("the texts are provided before any component")
    }
}

/// The page's language and its texts.
///
/// # Panics
///
/// Outside of the page, where no [`PageText`] is provided.
pub fn page_text() -> PageText {
    PageText::provided()
}

/// The texts of the page's language.
///
/// # Panics
///
/// Outside of the page, where no [`PageText`] is provided.
pub fn text() -> &'static Words {
    PageText::provided().words
}

/// The page's language.
///
/// # Panics
///
/// Outside of the page, where no [`PageText`] is provided.
pub fn language() -> Language {
    PageText::provided().language
}

/// A share of new connections: `1/3` if it is one of equal parts, else a percentage.
pub fn share(probability: f64) -> String {
    let parts = (1.0 / probability).round();
    if probability > 0.0 && (1.0 / probability - parts).abs() < 1e-6 {
        format!("1/{parts}")
    } else {
        format!("{:.0} %", probability * 100.0)
    }
}

/// A number with its digits in groups of three, for example `1,212`.
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

/// The time of day of `ms`, in ms since the Unix epoch. In UTC, so that server and browser write the same text.
pub fn clock(ms: i64) -> String {
    let seconds = ms.div_euclid(1000).rem_euclid(86_400);
    format!("{:02}:{:02}:{:02} UTC", seconds / 3600, seconds / 60 % 60, seconds % 60)
}
