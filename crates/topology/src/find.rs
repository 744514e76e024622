//! Finding things by what a reader types.

pub mod completion;
