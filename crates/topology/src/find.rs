//! Search, filters and completions for texts that a reader types.
//!
//! * [`search`] finds objects by names, addresses, ports and labels;
//! * [`filter`] is the language of the fields Find and Hide;
//! * [`completion`] completes the fields From and To.

pub mod completion;
pub mod filter;
pub mod search;
