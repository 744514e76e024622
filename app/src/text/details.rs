//! Texts of what is told of an object, of problems, and of what a reader takes away.

use topology::health::Trouble;

/// Manifest, recent changes, problems, namespaces, export.
#[expect(missing_docs, reason = "named after the text; `english` shows each one")]
pub struct DetailsWords {
    pub manifest: &'static str,
    pub show_all: &'static str,
    pub show_less: &'static str,
    pub copy_manifest: &'static str,
    /// With the server's words.
    pub manifest_trouble: fn(&str) -> String,
    pub changes: &'static str,
    pub no_changes: &'static str,
    /// The object as a whole came or went.
    pub created: &'static str,
    pub deleted: &'static str,
    /// In place of a value.
    pub unset: &'static str,
    pub problems: &'static str,
    pub errors: fn(usize) -> String,
    pub warnings: fn(usize) -> String,
    /// What becomes of packets, in one word, or how many are ready.
    pub verdict: fn(&Trouble) -> String,
    pub namespaces: &'static str,
    /// So many of so many are open.
    pub open_of: fn(usize, usize) -> String,
    pub namespace: &'static str,
    pub services: &'static str,
    pub pods: &'static str,
    /// The label of the bar below the inspector.
    pub actions: &'static str,
    pub copy_link: &'static str,
    pub copy_text: &'static str,
    pub take_away: &'static str,
    pub svg: &'static str,
    pub png: &'static str,
    pub mermaid: &'static str,
    pub json: &'static str,
    /// The browser has no clipboard for this page: the text is shown to be copied by hand.
    pub by_hand: &'static str,
    /// The picture cannot be made, or the server does not answer; with its words, which may be empty.
    pub refused: fn(&str) -> String,
}
