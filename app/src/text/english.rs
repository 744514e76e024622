//! English.

mod details;
mod find;
mod frame;
mod inspect;
mod picture;
mod table;
mod top;

use super::{Catalogue, Language, Words};

/// The English texts.
pub(super) fn catalogue(words: &'static Words) -> Catalogue {
    Catalogue {
        words,
        language: Language::English,
        frame: frame::FRAME,
        top: top::TOP,
        status: top::STATUS,
        help: top::HELP,
        ask: frame::ASK,
        find: find::FIND,
        lanes: frame::LANES,
        legend: frame::LEGEND,
        known: frame::KNOWN,
        card: picture::CARD,
        socket: picture::SOCKET,
        outcome: inspect::OUTCOME,
        hop: inspect::HOP,
        inspector: inspect::INSPECTOR,
        summary: inspect::SUMMARY,
        table: table::TABLE,
        details: details::DETAILS,
    }
}

/// `1 Pod`, `2 Pods`.
fn count(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}
