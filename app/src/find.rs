//! The search of the key `/`, and the filters with their chips.

mod chips;
mod filters;
mod hit;
mod search;
mod server_hits;

pub use chips::Chips;
pub use filters::Filters;
pub(crate) use filters::plain;
pub use search::Search;
