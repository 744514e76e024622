//! English.

mod find;
mod frame;
mod inspect;
mod picture;
mod top;

use super::Catalogue;

/// The English texts.
pub const ENGLISH: Catalogue = Catalogue {
    tag: "en",
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
};

/// `1 Pod`, `2 Pods`.
fn count(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}
