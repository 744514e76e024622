//! What a reader's text finds and hides, and what a text that is not yet complete may become.
//!
//! * [`search`]: names, addresses, ports and labels, to get somewhere;
//! * [`filter`]: the language of Find and Hide;
//! * [`completion`]: the possible completions of From and To.

pub mod completion;
pub mod filter;
pub mod search;
