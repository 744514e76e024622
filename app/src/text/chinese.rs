//! 简体中文. Kubernetes' own terms stay as they are written in manifests and commands; what readers say in Chinese is Chinese.

mod details;
mod find;
mod frame;
mod inspect;
mod picture;
mod table;
mod top;

use super::{Catalogue, Language, Words};

/// The Chinese texts, in simplified characters.
pub(super) fn catalogue(words: &'static Words) -> Catalogue {
    Catalogue {
        words,
        language: Language::Chinese,
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
        table: table::TABLE,
        details: details::DETAILS,
        socket: picture::SOCKET,
        outcome: inspect::OUTCOME,
        hop: inspect::HOP,
        inspector: inspect::INSPECTOR,
        summary: inspect::SUMMARY,
    }
}
