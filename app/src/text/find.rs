//! Texts of search and filters.

/// Search, filters, chips.
#[expect(missing_docs, reason = "named after the text; `english` shows each one")]
pub struct FindWords {
    pub search: &'static str,
    pub search_label: &'static str,
    pub nothing: &'static str,
    pub filters: &'static str,
    pub find: &'static str,
    pub hide: &'static str,
    pub apply: &'static str,
    pub problems_only: &'static str,
    pub by_node: &'static str,
    pub examples: &'static str,
    /// The language in one paragraph.
    pub language: &'static str,
    /// The label of a chip's button.
    pub remove: fn(&str) -> String,
    /// So many Services of so many.
    pub showing: fn(usize, usize) -> String,
    pub showing_nodes: fn(usize, usize) -> String,
    /// In place of these, while no namespace of a big cluster is open.
    pub open_first: &'static str,
    /// The button with the numbers of errors and warnings.
    pub problems: fn(usize, usize) -> String,
}
