//! 简体中文. Kubernetes' own terms stay as they are written in manifests and commands; what readers say in Chinese is Chinese.

mod find;
mod frame;
mod inspect;
mod picture;
mod top;

use super::Catalogue;

/// The Chinese texts, in simplified characters.
pub const CHINESE: Catalogue = Catalogue {
    tag: "zh-Hans",
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
