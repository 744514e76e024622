//! Finding: the search behind `/`, and the filters with their chips.

mod chips;
mod elsewhere;
mod filters;
mod hit;
mod search;

pub use chips::Chips;
pub use filters::Filters;
pub(crate) use filters::plain;
pub use search::Search;
